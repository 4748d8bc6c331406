"""`landbridge route A B`: the ways between two places, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import load, options, say

if TYPE_CHECKING:
    from rich.console import Console

    from landbridge.routing.results import Route, RouteAnswer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("route")(route)


def route(
    origin: Annotated[
        str, typer.Argument(help="City, UN/LOCODE, terminal, crossing or lat,lon.", metavar="FROM")
    ],
    destination: Annotated[str, typer.Argument(help="The same.", metavar="TO")],
    cargo: options.Cargo = "general",
    modes: options.Modes = None,
    year: options.Year = None,
    by: options.By = "generalised",
    via: Annotated[
        str | None,
        typer.Option(help="Keep to one corridor (`landbridge corridors`).", metavar="CORRIDOR"),
    ] = None,
    avoid: options.Avoid = None,
    close: options.Close = None,
    legs: Annotated[bool, typer.Option("--legs", help="Also list each way leg by leg.")] = False,
    as_json: options.Json = False,
    geojson: Annotated[
        Path | None, typer.Option(help="Write the lines as GeoJSON.", metavar="FILE")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--map", help="Write a map that opens offline, as HTML.", metavar="FILE"),
    ] = None,
) -> None:
    """Show the ways from one place to another: km, days, dollars, CO2, borders."""
    answer = load.world(year).route(
        origin.strip(),
        destination.strip(),
        cargo=cargo,
        modes=options.words(modes) or None,
        by=options.measure(by),
        via=via,
        avoid=options.words(avoid),
        close=options.words(close),
    )
    write_files(answer, geojson=geojson, html=html)
    if as_json:
        from landbridge.exchange.json import route_object

        for line in notes(answer):
            say.note(line)
        say.json_object(route_object(answer))
    else:
        show(answer, legs=legs)


def write_files(answer: RouteAnswer, *, geojson: Path | None, html: Path | None) -> None:
    """Write the files that were asked for."""
    if geojson is not None:
        from landbridge.exchange.geojson import write_routes

        write_routes(answer, geojson)
        say.wrote(geojson)
    if html is not None:
        from landbridge.brief.map import write_map

        write_map(answer, html)
        say.wrote(html)


def show(answer: RouteAnswer, *, legs: bool = False) -> None:
    """Print the ways as a table for people, then the notes."""
    console = say.console()
    console.print(
        f"{answer.origin.name} ({answer.origin.economy}) → "
        f"{answer.destination.name} ({answer.destination.economy}), {answer.year}, "
        f"{answer.cargo} cargo, by "
        f"{'generalised cost' if answer.by == 'generalised' else answer.by}\n",
        style="bold",
        markup=False,
    )
    columns = [
        ("", True),
        ("way", False),
        ("km", True),
        ("days", True),
        ("USD/FEU", True),
        ("kg CO2/FEU", True),
        ("borders", True),
    ]
    console.print(
        say.table(
            columns, [_row(rank, way) for rank, way in enumerate(answer.routes, 1)], wide="way"
        )
    )
    for rank, way in enumerate(answer.routes, 1):
        console.print(f"{rank}  {' → '.join(way.economies)}", markup=False)
    if legs:
        for way in answer.routes:
            _show_legs(console, way)
    for line in notes(answer):
        console.print(line, markup=False)


def notes(answer: RouteAnswer) -> list[str]:
    """List what was understood and what was assumed, each once."""
    said = (answer.origin.note, answer.destination.note, *answer.notes)
    return [f"note: {line}" for line in dict.fromkeys(said) if line]


def _row(rank: int, way: Route) -> list[str]:
    from landbridge.brief.names import short_name

    days, spread = way.time_h / 24, way.time_sd_h / 24
    return [
        str(rank),
        f"{short_name(way)} ({', '.join(way.modes)})",
        say.number(way.distance_km),
        f"{days:.1f} ± {spread:.1f}",
        say.number(way.cost_usd_feu),
        say.number(way.co2_kg_feu),
        str(len(way.economies) - 1),
    ]


def _show_legs(console: Console, way: Route) -> None:
    columns = [
        ("mode", False),
        ("leg", False),
        ("in", False),
        ("km", True),
        ("h", True),
        ("USD/FEU", True),
    ]
    rows = [
        [
            "border" if leg.crossing else leg.mode,
            leg.crossing or f"{leg.from_} → {leg.to}",
            leg.economy,
            say.number(leg.distance_km),
            say.number(leg.time_h, 1),
            say.number(leg.cost_usd_feu),
        ]
        for leg in way.legs
    ]
    console.print(f"\n{way.corridor_name}", style="bold", markup=False)
    console.print(say.table(columns, rows, wide="leg"))
