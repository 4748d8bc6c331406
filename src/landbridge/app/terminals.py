"""Terminals as the pages tell them: what they may handle, what they handled."""

from __future__ import annotations

from typing import Any

from landbridge import facts
from landbridge.app.localnames import of_place
from landbridge.app.rows import economy_name, found, known, source_of
from landbridge.assess.capacity import published_feu_year
from landbridge.routing.rates.opening import open_rows


def terminals(year: int) -> list[dict[str, Any]]:
    """Every terminal, with whether it works in a year."""
    works = open_rows("terminals", year)
    return [_terminal(row, bool(works[k])) for k, row in enumerate(facts.rows("terminals"))]


def terminal(identifier: str, year: int) -> dict[str, Any]:
    """One terminal: what it may handle, what it handled, and where that was read.

    Raises
    ------
    UnknownNameError
        With the closest ids.
    """
    at, row = found("terminal", identifier)
    return {
        **_terminal(row, bool(open_rows("terminals", year)[at])),
        "year": year,
        "economy_name": economy_name(row.economy),
        "local": of_place(row.name, row.economy).model_dump(),
        "capacity": row.capacity,
        "capacity_unit": row.capacity_unit,
        "capacity_feu_year": known(published_feu_year("terminals", row.id, year)),
        "throughput": row.throughput,
        "throughput_unit": row.throughput_unit,
        "throughput_year": row.throughput_year,
        "source": source_of(row),
    }


def _terminal(row: facts.Row, works: bool) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "economy": row.economy,
        "kind": row.kind,
        "modes": list(row.modes),
        "lat": row.lat,
        "lon": row.lon,
        "un_locode": row.un_locode,
        "open": works,
        "stage": row.stage,
        "open_year": row.open_year or row.planned_year,
    }
