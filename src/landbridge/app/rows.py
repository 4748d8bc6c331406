"""Rows of facts tables as the pages tell them: which one is meant, and where it comes from."""

from __future__ import annotations

import math

from landbridge import facts
from landbridge.errors import UnknownNameError
from landbridge.network.countries import country_names

_SOURCE = ("source_title", "address", "as_of", "confidence", "rule", "note")


def found(what: str, identifier: str) -> tuple[int, facts.Row]:
    """Number and row of an id in the table of its kind, `crossing` in `crossings` say.

    Raises
    ------
    UnknownNameError
        With the closest ids.

    Examples
    --------
    >>> found("crossing", "rail-alashankou-dostyk")[1].economy_b
    'KAZ'
    """
    rows = facts.rows(f"{what}s")
    for number, row in enumerate(rows):
        if row.id == identifier:
            return number, row
    raise UnknownNameError.from_available(what, identifier, [row.id for row in rows])


def economy_name(iso3: str) -> str:
    """English name of an economy: that of the base world, else that of the map.

    Examples
    --------
    >>> economy_name("CHN"), economy_name("TLS")
    ('China', 'East Timor')
    """
    rows = {row.iso3: str(row.name) for row in facts.rows("economies")}
    return rows.get(iso3) or country_names().get(iso3, iso3)


def source_of(row: facts.Row) -> dict[str, str | None]:
    """Where a row comes from."""
    told = {name: getattr(row, name) for name in _SOURCE}
    return {name: None if value is None else str(value) for name, value in told.items()}


def known(value: float) -> float | None:
    """A figure to one decimal; None where there is none."""
    return round(float(value), 1) if math.isfinite(value) else None
