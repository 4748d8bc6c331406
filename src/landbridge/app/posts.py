"""Border crossings as the pages tell them: today's terms, and what they rest on."""

from __future__ import annotations

import math
from typing import Any

from landbridge import facts
from landbridge.app.localnames import of_place
from landbridge.app.rows import economy_name, found, known, source_of
from landbridge.assess.capacity import published_feu_year
from landbridge.levers.places import crossing_title
from landbridge.routing.rates.borders import CrossingTerms, crossing_terms
from landbridge.routing.rates.gauges import same_gauge
from landbridge.routing.rates.opening import open_rows

_WAYS = ("a_to_b", "b_to_a")


def crossings(year: int) -> list[dict[str, Any]]:
    """Every listed crossing with what passing it takes in a year, in the order of the table."""
    terms = crossing_terms(year)
    works = open_rows("crossings", year)
    return [
        _brief(row, k, bool(works[k]), terms, year) for k, row in enumerate(facts.rows("crossings"))
    ]


def crossing(identifier: str, year: int) -> dict[str, Any]:
    """One crossing: both directions, capacity, gauges, and every figure that was read.

    Raises
    ------
    UnknownNameError
        With the closest ids.
    """
    at, row = found("crossing", identifier)
    terms = crossing_terms(year)
    read = [_figure(one) for one in facts.rows("crossing_dwell") if one.key == identifier]
    own = any(one["hours"] is not None and one["use"] != "evidence" for one in read)
    told = _brief(row, at, bool(open_rows("crossings", year)[at]), terms, year)
    return {
        **told,
        "year": year,
        "economy_a_name": economy_name(row.economy_a),
        "economy_b_name": economy_name(row.economy_b),
        "local_a": of_place(row.name_a, row.economy_a, row.economy_b).model_dump(),
        "local_b": of_place(row.name_b, row.economy_b, row.economy_a).model_dump(),
        "directions": [_direction(row, at, way, terms) for way in (0, 1)],
        "basis": _basis(own),
        "own_figures": own,
        "cargo": row.cargo,
        "closed": list(row.closed or ()),
        "planned_year": row.planned_year,
        "capacity_per_day": row.capacity_per_day,
        "capacity_unit": row.capacity_unit,
        "gauge_break": not same_gauge(row.gauge_a_mm, row.gauge_b_mm),
        "source": source_of(row),
        "figures": read,
    }


def _brief(row: facts.Row, at: int, works: bool, terms: CrossingTerms, year: int) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": crossing_title(row),
        "name_a": row.name_a,
        "name_b": row.name_b,
        "economy_a": row.economy_a,
        "economy_b": row.economy_b,
        "mode": row.mode,
        "lat": row.lat,
        "lon": row.lon,
        "gauge_a_mm": row.gauge_a_mm,
        "gauge_b_mm": row.gauge_b_mm,
        "open": works,
        "status": row.status,
        "open_year": row.open_year,
        "hours_a_to_b": _round(terms.time_h[0, at]),
        "hours_b_to_a": _round(terms.time_h[1, at]),
        "cost_usd_feu_a_to_b": _round(terms.cost_usd_feu[0, at]),
        "cost_usd_feu_b_to_a": _round(terms.cost_usd_feu[1, at]),
        "capacity_feu_year": known(published_feu_year("crossings", row.id, year)),
    }


def _direction(row: facts.Row, at: int, way: int, terms: CrossingTerms) -> dict[str, Any]:
    sides = (row.economy_a, row.economy_b)
    return {
        "direction": _WAYS[way],
        "from_economy": sides[way],
        "to_economy": sides[1 - way],
        "hours": _round(terms.time_h[way, at]),
        "hours_sd": _round(math.sqrt(terms.var_h2[way, at])),
        "cost_usd_feu": _round(terms.cost_usd_feu[way, at]),
        "sailing_h": _round(terms.sailing_h[way, at]),
    }


def _basis(own: bool) -> str:
    if own:
        return "from what was measured at this post (below), by the rules of the page on costs"
    return (
        "no figure read about this post is taken: they come from the posts of the same border or "
        "economy, else from the rule for borders of its kind"
    )


def _figure(row: facts.Row) -> dict[str, Any]:
    return {
        "year": row.year,
        "direction": row.direction,
        "hours": row.hours,
        "cost_usd_feu": row.cost_usd_feu,
        "sides": row.sides,
        "unit_basis": row.unit_basis,
        "use": row.use,
        **source_of(row),
    }


def _round(value: float) -> float:
    return round(float(value), 2)
