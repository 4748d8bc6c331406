"""Whether somebody listens at an address, before anything is begun."""

from __future__ import annotations

import re
import socket
import time

from landbridge.errors import InputError


def answers(address: str, patience_s: float) -> bool:
    """Whether a TCP address takes a connection within some seconds.

    Raises
    ------
    InputError
        For what is no address of the form tcp://HOST:PORT.

    Examples
    --------
    >>> answers("tcp://127.0.0.1:1", 0.2)
    False
    """
    found = re.fullmatch(r"(?:tcp|tls)://\[?([^\]/]+?)\]?:(\d{1,5})", address.strip())
    if found is None or not 0 < int(found[2]) < 65536:
        raise InputError(
            f"{address!r} is no address of a scheduler: write tcp://HOST:PORT, such as "
            "tcp://127.0.0.1:8786"
        )
    until = time.monotonic() + patience_s
    while (left := until - time.monotonic()) > 0.0:
        try:
            with socket.create_connection((found[1], int(found[2])), timeout=left):
                return True
        except OSError:
            time.sleep(min(0.2, max(left, 0.0)))
    return False
