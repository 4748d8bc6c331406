"""The world a command works on, with the progress of a first build on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from landbridge.world import World


class Report(Protocol):
    """What a builder calls: a stage, and how much of the whole is done, 0 to 1."""

    def __call__(self, stage: str, fraction: float) -> None:
        """Report progress."""


def world(year: int | None = None, *, rebuild: bool = False) -> World:
    """Load the network, building it when the cache is missing or stale, and go to a year."""
    from landbridge.world import World

    with progress() as report:
        base = World.base(progress=report, rebuild=rebuild)
    return base if year is None else base.at(year)


@contextmanager
def progress() -> Iterator[Report]:
    """Show a bar on a terminal, one line a stage elsewhere, and nothing when nothing is built."""
    bar = _Bar() if sys.stderr.isatty() else _Lines()
    try:
        yield bar
    finally:
        bar.close()


class _Lines:
    """A line for every stage, for logs and pipes."""

    def __init__(self) -> None:
        self._stage = ""

    def __call__(self, stage: str, fraction: float) -> None:
        if stage != self._stage:
            self._stage = stage
            sys.stderr.write(f"[{fraction:4.0%}] {stage}\n")
            sys.stderr.flush()

    def close(self) -> None:
        """Nothing is held open."""


class _Bar:
    """A bar that appears with the first report, so that a cached start draws nothing."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __call__(self, stage: str, fraction: float) -> None:
        if self._progress is None:
            self._start()
        assert self._progress is not None
        assert self._task is not None
        self._progress.update(self._task, completed=fraction, description=stage)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            TextColumn("{task.description:<40.40}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._task = self._progress.add_task("building the network", total=1.0)
        self._progress.start()

    def close(self) -> None:
        """Leave the finished bar on the screen."""
        if self._progress is not None:
            self._progress.stop()
