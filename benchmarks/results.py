"""Rows of `results.json`, merged with what other benchmarks wrote there."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

PATH = Path(__file__).parent / "results.json"


def row(
    name: str, size: str, unit: str, ours: float, reference: float | None = None
) -> dict[str, str | float | None]:
    """Return one result; `ratio` is the reference over ours: above 1, ours takes less."""
    ratio = None if reference is None else reference / ours
    return {
        "name": name,
        "ours": ours,
        "reference": reference,
        "ratio": ratio,
        "unit": unit,
        "size": size,
    }


def merge(rows: list[dict[str, str | float | None]], prefix: str) -> None:
    """Replace the stored rows whose name begins with `prefix`."""
    stored = json.loads(PATH.read_text("utf-8")) if PATH.exists() else []
    kept = [old for old in stored if not old["name"].startswith(prefix)]
    part = PATH.with_suffix(".part")
    part.write_text(json.dumps(kept + rows, indent=1) + "\n", "utf-8")
    part.replace(PATH)


def show(rows: list[dict[str, str | float | None]], title: str) -> None:
    """Print the rows as a table."""
    table = Table(title=title, title_justify="left")
    table.add_column("what")
    table.add_column("size")
    for column in ("ours", "reference", "ratio"):
        table.add_column(column, justify="right")
    table.add_column("unit")
    for r in rows:
        numbers = ["" if r[c] is None else f"{r[c]:,.4g}" for c in ("ours", "reference", "ratio")]
        table.add_row(str(r["name"]), str(r["size"]), *numbers, str(r["unit"]))
    Console(width=150).print(table)
