"""`landbridge outlook`: years ahead, as distributions; `outlook hindcast`: how good they were."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import load, options, say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from landbridge.outlook.ensemble import Ensemble
    from landbridge.outlook.hindcast import Hindcast

HINDCAST = "hindcast"
"""Word in the place of scenarios that asks how good outlooks of years past were."""
LAST, DRAWS = 2036, 1000

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
            help="Scenarios, shipped or files; `baseline` for none; or the word `hindcast`.",
            metavar="SCENARIO…",
        ),
    ],
    to: Annotated[
        int | None,
        typer.Option(help=f"Last year: {LAST}; of hindcasts the last counted.", metavar="YEAR"),
    ] = None,
    draws: Annotated[
        int | None, typer.Option(help=f"How many courses are drawn: {DRAWS}; for hindcasts 128.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 1,
    as_of: Annotated[
        list[str] | None,
        typer.Option(
            "--as-of",
            help="Use only what was known by then; hindcasts take several.",
            metavar="YEAR[,YEAR…]",
        ),
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
    is a chain of years. `landbridge outlook hindcast --as-of 2016` forecasts from what was known
    then, and scores the forecasts on what was counted since.
    """
    from landbridge.outlook.spec import checked

    years = _years(as_of)
    if HINDCAST in names:
        if len(names) > 1 or hazard:
            raise InputError(
                "a hindcast is of the baseline with the hazards of its date: write `landbridge "
                "outlook hindcast --as-of YEAR`, without scenarios and without --hazard"
            )
        _hindcast(years, to, draws, seed, workers, scheduler, out, as_json)
        return
    if len(years) > 1:
        raise InputError("an outlook is as of one year: give --as-of once")
    spec = checked(
        names, LAST if to is None else to, years[0] if years else None, _hazards(hazard or [])
    )
    from landbridge.outlook.engine import run

    count = DRAWS if draws is None else draws
    with load.progress() as report:
        found = run(
            spec, count, seed, workers=workers, scheduler=scheduler, folder=out, progress=report
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


def _years(words: list[str] | None) -> list[int]:
    found = []
    for word in options.words(words):
        if not word.isdecimal():
            raise InputError(f"--as-of {word}: give a year, 2016 say, or several as 2016,2018")
        found.append(int(word))
    return found


def _hindcast(
    years: Sequence[int],
    to: int | None,
    draws: int | None,
    seed: int,
    workers: int | None,
    scheduler: str | None,
    out: Path | None,
    as_json: bool,
) -> None:
    from landbridge.outlook.hindcast import DRAWS as FEW
    from landbridge.outlook.hindcast import as_object, hindcast, specs

    asked = specs(years, to)
    count = FEW if draws is None else draws
    found = []
    with load.progress() as report:
        for spec in asked:
            place = None if out is None else out / str(spec.as_of)
            found.append(
                hindcast(
                    spec, count, seed, workers=workers, scheduler=scheduler, folder=place,
                    progress=report,
                )
            )  # fmt: skip
    told = as_object(found)
    if out is not None:
        from landbridge.exchange.json import dumps

        out.mkdir(parents=True, exist_ok=True)
        target = out / "hindcast.json"
        target.write_text(dumps(told) + "\n", encoding="utf-8")
        say.wrote(target)
    if as_json:
        say.json_object(told)
        return
    show_hindcasts(found)


def show_hindcasts(found: Sequence[Hindcast]) -> None:
    """Print the score of every series, and the verdict."""
    from landbridge.outlook.record import verdict

    console = say.console()
    columns = [("as of", True), ("series", False), ("unit", False), ("CRPS", True),
               ("last value", True), ("last growth", True), ("in 50 %", True), ("in 90 %", True),
               ("years", True)]  # fmt: skip
    rows = [
        (
            str(one.as_of), each.series, each.unit, f"{each.crps:,.4g}",
            f"{each.crps_last_value:,.4g}", f"{each.crps_last_growth:,.4g}",
            f"{each.coverage_50:.0%}", f"{each.coverage_90:.0%}", str(each.n),
        )
        for one in found
        for each in one.scores
    ]  # fmt: skip
    console.print(say.table(columns, rows, wide="unit"))
    total = verdict([each for one in found for each in one.scores])
    console.print(
        f"{total.beats_both:.0%} of {total.series} series beat both naive forecasts "
        f"({total.beats_both_spread:.0%} where those have the spread of their own past errors); "
        f"bands of 90 % hold {total.coverage_90:.0%} of {total.years} counts, those of 50 % "
        f"{total.coverage_50:.0%}.",
        markup=False,
    )
    for one in found:
        console.print(f"{one.as_of}: growth from {one.growth}.", markup=False)
        for name, why in one.unscored.items():
            console.print(f"{one.as_of}: {name} is not scored: {why}.", markup=False)


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
