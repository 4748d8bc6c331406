"""Draws of an outlook: how many a second, on one worker and two, and what ten times as many take.

Parts are those of the real outlook where the network is in the cache; states of the network that
are not kept yet are made first and are not timed.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import results

FEW, MANY = 24, 240
SCENARIOS = ("partnership", "confrontation")
TO = 2036


def timed(draws: int, workers: int) -> tuple[float, float]:
    """Seconds for draws, start of workers apart, and the parent's peak memory in MB."""
    code = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
import outlook
outlook.child({draws}, {workers})
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    return float(done[-2]), float(done[-1])


def child(draws: int, workers: int) -> None:
    """Run draws and print seconds and peak memory."""
    from landbridge.outlook.engine import CHUNK, run
    from landbridge.outlook.spec import checked

    spec = checked(SCENARIOS, TO)
    parts = _parts(spec)
    marks: list[tuple[float, float]] = []

    def progress(stage: str, share: float) -> None:
        marks.append((time.perf_counter(), share * draws))

    with tempfile.TemporaryDirectory() as folder:
        run(spec, draws, 1, parts=parts, workers=workers, folder=Path(folder), progress=progress)
    # From the first chunk of every worker on, when all are at work.
    warm = [m for m in marks if m[1] >= workers * CHUNK]
    first, last = warm[0], warm[-1]
    seconds = (last[0] - first[0]) / (last[1] - first[1]) * draws
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    sys.stdout.write(f"{seconds} {peak}\n")


def _parts(spec):  # type: ignore[no-untyped-def]
    from landbridge import World
    from landbridge.assess.assessor import Assessor
    from landbridge.outlook.parts import prepare

    return prepare(spec, Assessor(World.base()), lambda stage, share: None)


def main() -> None:
    """Time and store."""
    size = f"{len(SCENARIOS)} scenarios to {TO}"
    few, few_mb = timed(FEW, 1)
    two, _ = timed(2 * FEW, 2)
    again, _ = timed(FEW, 1)
    many, many_mb = timed(MANY, 1)
    # Before and after the two, so that what else the machine does weighs on both alike.
    one_draw, two_draw = 0.5 * (few + again) / FEW, two / (2 * FEW)
    rows = [
        results.row("outlook: a draw", f"{size}, one worker", "s", one_draw),
        results.row("outlook: a draw", f"{size}, two workers", "s", two_draw, one_draw),
        results.row("outlook: efficiency of two workers", size, "share", one_draw / two_draw / 2),
        results.row(
            "outlook: time of ten times the draws", f"{MANY} over {FEW}", "ratio",
            many / (one_draw * FEW),
        ),
        results.row("outlook: peak memory", f"{FEW} draws", "MB", few_mb),
        results.row("outlook: peak memory", f"{MANY} draws", "MB", many_mb, few_mb),
    ]  # fmt: skip
    results.merge(rows, "outlook")
    results.show(rows, "Outlook")


if __name__ == "__main__":
    main()
