"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

if TYPE_CHECKING:
    from landbridge.routing.metrics import By as Measure

Year = Annotated[
    int | None, typer.Option(help="Year of the network: sections open and close.", metavar="YEAR")
]
Cargo = Annotated[str, typer.Option(help="Cargo class: general, bulk, electronics …")]
By = Annotated[str, typer.Option(help="Best by: time, cost, co2 or generalised.")]
Modes = Annotated[
    list[str] | None,
    typer.Option(help="Keep to these modes: rail, road, sea, air, ferry.", metavar="MODE[,MODE…]"),
]
Avoid = Annotated[
    list[str] | None,
    typer.Option(help="Economies never entered, ISO 3166 alpha-3.", metavar="ISO3[,ISO3…]"),
]
Close = Annotated[
    list[str] | None,
    typer.Option(help="Crossings and chokepoints shut, such as Suez.", metavar="NAME[,NAME…]"),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def measure(word: str) -> Measure:
    """Pass a word on as a measure: the world checks it, and suggests the closest."""
    return cast("Measure", word)


def words(values: list[str] | None) -> tuple[str, ...]:
    """Split repeated and comma-joined values, in order, without blanks.

    Examples
    --------
    >>> words(["RUS,BLR", " KAZ "])
    ('RUS', 'BLR', 'KAZ')
    """
    return tuple(
        word.strip() for value in values or () for word in value.split(",") if word.strip()
    )
