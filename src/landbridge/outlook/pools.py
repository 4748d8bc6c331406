"""Who does the draws: this process, several of this machine, or a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, Any, Protocol

from landbridge.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from landbridge.outlook.choice import Floats
    from landbridge.outlook.engine import Engine

Bounds = tuple[int, int]
PATIENCE_S = 5.0
"""How long a scheduler may take to answer."""
RETRIES = 5
"""How often a chunk is begun anew that was lost with its worker."""


class Pool(Protocol):
    """Does chunks of draws, in whatever order they are finished."""

    def do(self, engine: Engine, chunks: Sequence[Bounds]) -> Iterator[tuple[Bounds, Floats]]:
        """Results of chunks as they come."""
        ...

    def close(self) -> None:
        """Let go of what was held."""
        ...


def pool(workers: int | None, scheduler: str | None) -> Pool:
    """Whoever does the work.

    Parameters
    ----------
    workers : processes; as many as cores if None
    scheduler : address of a Dask scheduler, which then has the workers

    Raises
    ------
    InputError
        Where no scheduler answers within some seconds, or it has no workers.
    """
    if scheduler is not None:
        return Cluster(scheduler)
    count = cores() if workers is None else workers
    return Here() if count == 1 else Processes(count)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Here:
    """The process itself."""

    def do(self, engine: Engine, chunks: Sequence[Bounds]) -> Iterator[tuple[Bounds, Floats]]:
        """Chunks one after the other."""
        for first, last in chunks:
            yield (first, last), engine.draws(first, last)

    def close(self) -> None:
        """Nothing is held."""


_own: list[Engine] = []


def _begin(engine: Engine) -> None:
    _own[:] = [engine]


def _chunk(bounds: Bounds) -> Floats:
    return _own[0].draws(*bounds)


class Processes:
    """Processes of this machine, started with the first chunk."""

    def __init__(self, count: int) -> None:
        self._count = count

    def do(self, engine: Engine, chunks: Sequence[Bounds]) -> Iterator[tuple[Bounds, Floats]]:
        """Chunks side by side."""
        import multiprocessing

        if not chunks:
            return
        # A fork would share locks of threads that the parent runs.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            min(self._count, len(chunks)), context, initializer=_begin, initargs=(engine,)
        ) as executor:
            waiting = {executor.submit(_chunk, one): one for one in chunks}
            try:
                for future in as_completed(waiting):
                    yield waiting[future], future.result()
            finally:
                executor.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Processes end with `do`."""


class Cluster:
    """A Dask cluster; a worker that is lost costs only the chunks it was at."""

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError as error:
            raise MissingExtraError.for_package("distributed", "outlook", "--scheduler") from error
        from landbridge.outlook.answering import answers

        if not answers(address, PATIENCE_S):
            raise InputError(
                f"no scheduler answers at {address} within {PATIENCE_S:g} seconds: start one with "
                "`dask scheduler`, give its address (tcp://HOST:PORT), or leave --scheduler out"
            )
        made: Any = distributed.Client
        self._client: Any = made(address, timeout=PATIENCE_S, set_as_default=False)
        if not self._client.scheduler_info()["workers"]:
            self._client.close()
            raise InputError(
                f"the scheduler at {address} has no workers: start some with "
                f"`dask worker {address}`"
            )

    def do(self, engine: Engine, chunks: Sequence[Bounds]) -> Iterator[tuple[Bounds, Floats]]:
        """Chunks on the cluster."""
        import distributed

        completed: Any = distributed.as_completed
        if not chunks:
            return
        shared = self._client.scatter(engine, broadcast=True, hash=False)
        waiting = {
            self._client.submit(_draws, shared, one, pure=False, retries=RETRIES): one
            for one in chunks
        }
        for future in completed(list(waiting), loop=self._client.loop):
            values = future.result()
            bounds = waiting.pop(future)
            future.release()
            yield bounds, values

    def close(self) -> None:
        """Leave the cluster as it is."""
        self._client.close()


def _draws(engine: Engine, bounds: Bounds) -> Floats:
    return engine.draws(*bounds)
