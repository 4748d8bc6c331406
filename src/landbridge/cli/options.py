"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
OutFile = Annotated[Path | None, typer.Option(metavar="FILE")]


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
