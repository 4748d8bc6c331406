"""`landbridge outlook`: years ahead, as distributions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import load, options, say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.outlook.ensemble import Ensemble

SHOWN = (
    "china-europe-trains",
    "china-europe-teu",
    "kazakhstan-transit-teu",
    "trans-caspian-mt",
    "hub-share-overland",
    "welfare-KAZ",
    "welfare-EU",
    "co2-mt",
    "border-hours",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("outlook")(outlook)


def outlook(
    names: Annotated[
        list[str],
        typer.Argument(
            help="Scenarios, shipped or files; `baseline` for none.", metavar="SCENARIO…"
        ),
    ],
    to: Annotated[int, typer.Option(help="Last year.", metavar="YEAR")] = 2036,
    draws: Annotated[int, typer.Option(help="How many courses are drawn.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 1,
    as_of: Annotated[
        int | None, typer.Option("--as-of", help="Use only what was known by then.", metavar="YEAR")
    ] = None,
    hazard: Annotated[
        list[str] | None,
        typer.Option(help="Yearly probability of an event, ID=P.", metavar="ID=P"),
    ] = None,
    workers: Annotated[int | None, typer.Option(help="Processes; all cores if left out.")] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(help="A Dask scheduler that does the draws.", metavar="tcp://HOST:PORT"),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for draws, tables, figures; a stopped run goes on in it."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Draw what is not known of the years ahead, and show what follows, in bands.

    Growth, openings, freight rates, hours, elasticities and events are drawn together; each draw
    is a chain of years.
    """
    from landbridge.outlook.spec import checked

    spec = checked(names, to, as_of, _hazards(hazard or []))
    from landbridge.outlook.engine import run

    with load.progress() as report:
        found = run(
            spec, draws, seed, workers=workers, scheduler=scheduler, folder=out, progress=report
        )
    if out is not None:
        from landbridge.outlook.publish import write

        for path in write(found):
            say.wrote(path)
    if as_json:
        from landbridge.outlook.summary import as_object

        say.json_object(as_object(found))
        return
    show(found)


def _hazards(words: list[str]) -> dict[str, float]:
    found = {}
    for word in words:
        event, equals, chance = word.partition("=")
        try:
            found[event.strip()] = float(chance)
        except ValueError:
            equals = ""
        if not equals:
            raise InputError(f"--hazard {word}: write EVENT=PROBABILITY, suez-closed=0.05 say")
    return found


def show(found: Ensemble) -> None:
    """Print bands of the main series, and what must be true for the Middle Corridor."""
    from landbridge.outlook.summary import bands, middle_corridor

    console = say.console()
    years = found.years
    chosen = sorted({0, len(years) // 2, len(years) - 1})
    columns = [("series", False), ("scenario", False), ("unit", False)]
    columns += [(f"{years[k]}: 5, 50, 95 %", True) for k in chosen]
    rows = [
        (band.what, band.scenario, band.unit, *(_band(band.quantiles, k) for k in chosen))
        for band in bands(found)
        if band.name in SHOWN
    ]
    console.print(say.table(columns, rows, wide="series"))
    for one in middle_corridor(found):
        apart = ", ".join(split.unknown for split in one.splits[:3])
        console.print(
            f"{one.scenario}: {one.share:.0%} of draws carry {one.figure:g} Mt over the Caspian "
            f"in {one.year} ({one.low:.0%} to {one.high:.0%})"
            + (f"; set apart by {apart}." if apart else "."),
            markup=False,
        )


def _band(quantiles: dict[str, Any], year: int) -> str:
    return " · ".join(f"{quantiles[share][year]:,.4g}" for share in ("0.05", "0.5", "0.95"))
