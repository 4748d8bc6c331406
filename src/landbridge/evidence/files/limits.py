"""How much a file may ask of us, and the error when it asks for more."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from landbridge.errors import InputError


class UnreadableError(InputError):
    """A file that cannot or may not be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take.

    Attributes
    ----------
    file_bytes : larger files are refused unread
    text_characters : longer texts are refused
    unpacked_bytes : all parts of a packed file together
    unpacked_ratio : unpacked over packed size of one part
    pages : of a PDF
    seconds : for one file, reading and finding facts
    """

    file_bytes: int = 500_000_000
    text_characters: int = 20_000_000
    unpacked_bytes: int = 200_000_000
    unpacked_ratio: float = 200.0
    pages: int = 5000
    seconds: float = 120.0


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so many seconds, where the system can interrupt it.

    Interrupts work in the main thread of a process, on systems with timers; elsewhere nothing
    is stopped.

    Raises
    ------
    UnreadableError
        when the time is over
    """
    able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not able:
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise UnreadableError(f"took longer than {seconds:g} s; raise the limit to read it")

    before = signal.signal(signal.SIGALRM, stop)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, left, every)
