"""Many files over the cores: results in order, few held at a time, a dead worker loses one file."""

from __future__ import annotations

import multiprocessing
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from landbridge.evidence.files import Found, Limits, Skipped

if TYPE_CHECKING:
    from landbridge.evidence.read import Read

_AHEAD = 4
# A worker may be deep in a library that no timer interrupts.
_GRACE_S = 30.0


def many(files: Iterable[Found], limits: Limits, jobs: int) -> Iterator[Read | Skipped]:
    """Read files in order with so many processes; one process is this one.

    Parameters
    ----------
    files : to read
    limits : what each may take
    jobs : processes
    """
    from landbridge.evidence.read import read_one

    if jobs <= 1:
        for found in files:
            yield read_one(found, limits)
        return
    todo = deque(files)
    while todo:
        yield from _until_broken(todo, limits, jobs)
        if todo:
            yield _alone(todo.popleft(), limits)


def _until_broken(todo: deque[Found], limits: Limits, jobs: int) -> Iterator[Read | Skipped]:
    """Yield results and shorten `todo`; stop where a worker died or hangs."""
    from landbridge.evidence.read import read_one

    pool = _pool(jobs)
    waiting: deque[Future[Read | Skipped]] = deque()
    sent = 0
    try:
        while todo:
            while sent < len(todo) and len(waiting) < _AHEAD * jobs:
                waiting.append(pool.submit(read_one, todo[sent], limits))
                sent += 1
            result = waiting[0].result(timeout=limits.seconds + _GRACE_S)
            waiting.popleft()
            todo.popleft()
            sent -= 1
            yield result
    except (BrokenProcessPool, TimeoutError):
        return
    finally:
        _close(pool)


def _alone(found: Found, limits: Limits) -> Read | Skipped:
    """Read one file in a process of its own, which it may bring down."""
    from landbridge.evidence.read import read_one

    pool = _pool(1)
    try:
        return pool.submit(read_one, found, limits).result(timeout=limits.seconds + _GRACE_S)
    except BrokenProcessPool:
        return Skipped(str(found.path), "brought its reader down (memory, or a damaged file)")
    except TimeoutError:
        return Skipped(str(found.path), f"took longer than {limits.seconds:g} s")
    finally:
        _close(pool)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(_start_method()))


def _start_method() -> str:
    """Fork where that is safe: no other thread holds a lock then."""
    forks = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return "fork" if forks else "spawn"


def _close(pool: ProcessPoolExecutor) -> None:
    """End the pool's processes, even one that hangs."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    pool.shutdown(wait=True)
