"""The address a server listens on, or why it cannot."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.app.settings import Settings


def listen(settings: Settings) -> socket.socket:
    """Bind the address of the settings; port 0 takes a free one.

    Raises
    ------
    InputError
        The address is taken, is not this machine's, or may not be used.

    Examples
    --------
    >>> from pathlib import Path
    >>> from landbridge.app.settings import Settings
    >>> with listen(Settings(Path("data"), port=0)) as listening:
    ...     listening.getsockname()[0]
    '127.0.0.1'
    """
    host, port = settings.host, settings.port
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise InputError(f"host {host}: {error.strerror}; name an address of yours") from error
    listening = socket.socket(family, kind, number)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise InputError(f"{host}:{port}: {error.strerror}; choose another --port") from error
    return listening
