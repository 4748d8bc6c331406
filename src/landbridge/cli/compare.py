"""`landbridge compare`: runs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import options, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from landbridge.exchange.compare import Comparison, Line

SHOWN = 12
_NAMED = 3


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare")(compare)


def compare(
    runs: Annotated[
        list[Path], typer.Argument(help="Folders of two runs or more.", metavar="RUN RUN…")
    ],
    as_json: options.Json = False,
) -> None:
    """Put runs side by side: economies, corridors, crossings; different bases are said.

    `landbridge assess SCENARIO… --out runs` writes the runs.
    """
    from landbridge.exchange.compare import compare_runs
    from landbridge.exchange.runs import read_run

    found = compare_runs([read_run(run) for run in runs])
    for difference in found.differences:
        say.note(f"not on one base: {difference}")
    if as_json:
        from landbridge.exchange.objects import comparison_object
        from landbridge.exchange.runs import exact_json

        typer.echo(exact_json(comparison_object(found)))
        return
    show(found)


def show(found: Comparison) -> None:
    """Print the runs, then what differs most between them."""
    console = say.console()
    many = len(found.labels) > _NAMED
    titles = [str(n) if many else label for n, label in enumerate(found.labels, start=1)]
    columns = [("", True), ("run", False), ("question", False), ("world %", True)]
    columns += [("CO2 Mt", True), ("change", True)]
    rows = [
        (
            number,
            label,
            about["scenario"]["question"],
            f"{about['world_welfare_pct']:+.4f}",
            say.number(about["co2_mt"], 1),
            f"{about['co2_mt'] - about['co2_mt_base']:+.2f}",
        )
        for number, (label, about) in enumerate(zip(found.labels, found.about, strict=True), 1)
    ]
    console.print(say.table(columns, rows, wide="question"))
    _part(
        "real income, %", found.economies, found.labels, titles,
        lambda line, label: _figure(line, label, "welfare_pct", "+.3f"),
        lambda line: max(abs(f["welfare_pct"] or 0.0) for f in line.runs.values()),
    )  # fmt: skip
    for title, lines in (
        ("containers by corridor, FEU a year", found.corridors),
        ("containers at crossings, FEU a year", found.crossings),
    ):
        _part(
            title, lines, found.labels, titles,
            lambda line, label: _figure(line, label, "feu", ",.0f"), _moved, base="feu_base",
        )  # fmt: skip


def _part(
    title: str,
    lines: Sequence[Line],
    labels: Sequence[str],
    titles: Sequence[str],
    cell: Callable[[Line, str], str],
    size: Callable[[Line], float],
    base: str | None = None,
) -> None:
    columns = [(title, False)]
    columns += [("before", True)] if base else []
    columns += [(each, True) for each in titles]
    rows = [
        (
            line.key["name"],
            *((_before(line, base),) if base else ()),
            *(cell(line, label) for label in labels),
        )
        for line in sorted(lines, key=size, reverse=True)[:SHOWN]
    ]
    say.console().print(say.table(columns, rows, wide=title))


def _figure(line: Line, label: str, value: str, shown: str) -> str:
    found = line.runs.get(label, {}).get(value)
    return "–" if found is None else format(found, shown)


def _before(line: Line, base: str) -> str:
    """What all runs start from; where they do not start from one, that is said."""
    found = {format(run[base] or 0.0, ",.0f") for run in line.runs.values()}
    return found.pop() if len(found) == 1 else "differs"


def _moved(line: Line) -> float:
    return max(abs((run["feu"] or 0.0) - (run["feu_base"] or 0.0)) for run in line.runs.values())
