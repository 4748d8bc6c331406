"""`landbridge crossings`: the border points, their gauges, measured hours and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import options, say
from landbridge.errors import UnknownNameError

if TYPE_CHECKING:
    from landbridge.facts import Row


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("crossings")(crossings)


def crossings(
    name: Annotated[
        str | None,
        typer.Argument(help="Part of a crossing's name, or an ISO 3166 code.", metavar="NAME"),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """List the border crossings; with a name, also what was measured at those it fits."""
    from landbridge import facts

    found = facts.rows("crossings")
    if name is not None:
        found = matching(found, name.strip())
    wanted = {row.id for row in found}
    measured = [row for row in facts.rows("crossing_dwell") if row.key in wanted]
    if as_json:
        from landbridge.exchange.objects import crossing_object

        say.json_object({"crossings": [crossing_object(row, measured) for row in found]})
        return
    columns = [
        ("crossing", False),
        ("between", False),
        ("mode", False),
        ("gauge mm", False),
        ("since", True),
        ("status", False),
    ]
    console = say.console()
    console.print(say.table(columns, [_cells(row) for row in found], wide="crossing"))
    if name is not None:
        for row in measured:
            console.print(_measurement(row), markup=False, soft_wrap=True)


def matching(rows: tuple[Row, ...], name: str) -> tuple[Row, ...]:
    """Rows whose id, posts or economies fit a name.

    Raises
    ------
    UnknownNameError
        None does; the message suggests the closest.
    """
    wanted = name.casefold()
    found = tuple(
        row
        for row in rows
        if wanted in {row.economy_a.casefold(), row.economy_b.casefold()}
        or wanted in f"{row.id} {row.name_a} {row.name_b} {title(row)}".casefold()
    )
    if not found:
        raise UnknownNameError.from_available("crossing", name, [title(row) for row in rows])
    return found


def title(row: Row) -> str:
    """Both posts of a crossing."""
    return f"{row.name_a}–{row.name_b}"


def _cells(row: Row) -> list[str]:
    gauges = [gauge for gauge in (row.gauge_a_mm, row.gauge_b_mm) if gauge]
    return [
        title(row),
        f"{row.economy_a}–{row.economy_b}",
        row.mode,
        "/".join(str(gauge) for gauge in dict.fromkeys(gauges)),
        "" if row.open_year is None else str(row.open_year),
        row.status,
    ]


def _measurement(row: Row) -> str:
    figures = [f"{row.year}", row.direction.replace("_", " ")]
    if row.hours is not None:
        figures.append(f"{row.hours:g} h")
    if row.cost_usd_feu is not None:
        figures.append(f"{row.cost_usd_feu:,g} USD/FEU")
    source = row.source_title or row.rule or row.confidence
    return f"{row.key}: {', '.join(figures)} ({row.unit_basis.replace('_', ' ')}; {source})"
