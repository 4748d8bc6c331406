"""Kernels that release the interpreter, side by side on the cores there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from numba import config

Task = TypeVar("Task")


def n_threads() -> int:
    """Return how many threads to use: the cores, or what NUMBA_NUM_THREADS says."""
    return int(config.NUMBA_NUM_THREADS)  # type: ignore[attr-defined]


def share_out(tasks: Iterable[Task], worker: Callable[[Iterator[Task]], None]) -> None:
    """Run one `worker` a thread; each draws tasks until none are left.

    Parameters
    ----------
    tasks : iterable
        What there is to do, the longest first.
    worker : callable
        Called once in each thread with an iterator over the tasks, shared by all.

    Examples
    --------
    >>> done = []
    >>> share_out(range(3), lambda tasks: done.extend(tasks))
    >>> sorted(done)
    [0, 1, 2]
    """
    waiting = list(tasks)
    if len(waiting) < 2:
        # A thread costs more than a small question.
        worker(iter(waiting))
        return
    shared = _Shared(waiting)
    with ThreadPoolExecutor(n_threads()) as pool:
        for future in [pool.submit(worker, shared) for _ in range(n_threads())]:
            future.result()


class _Shared(Iterator[Task]):
    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = iter(tasks)
        self._lock = Lock()

    def __next__(self) -> Task:
        with self._lock:
            return next(self._tasks)
