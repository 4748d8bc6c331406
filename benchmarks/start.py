"""How long a command takes to start, beside the imports it cannot do without.

Run: python benchmarks/start.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from results import merge, row, show

PREFIX = "start: "
RUNS = 5
COMMAND = Path(sys.executable).with_name("landbridge")
LIBRARIES = "import numpy, numba, pydantic, typer, rich.console, rich.table"
CASES = {
    "landbridge --help": ([COMMAND, "--help"], "import typer, rich.console"),
    "landbridge route Almaty Aktau, one question": (
        [COMMAND, "route", "Almaty", "Aktau", "--modes", "rail"],
        LIBRARIES,
    ),
    "landbridge route Chongqing Duisburg, nine ways": (
        [COMMAND, "route", "Chongqing", "Duisburg"],
        LIBRARIES,
    ),
}


def seconds(command: list[Path | str]) -> float:
    """Median wall time of a command, after one run that warms the disk."""
    times = []
    for run in range(RUNS + 1):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        if run:
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Measure every case beside its libraries."""
    rows = []
    for name, (command, libraries) in CASES.items():
        reference = seconds([sys.executable, "-c", libraries])
        rows.append(row(PREFIX + name, "from the cache", "s", seconds(command), reference))
    show(rows, "Start of a command, beside importing its libraries")
    merge(rows, PREFIX)


if __name__ == "__main__":
    main()
