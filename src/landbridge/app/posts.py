"""Border crossings and corridors as the pages tell them: today's terms, and what they rest on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge import facts
from landbridge.app.localnames import of_place
from landbridge.assess.capacity import published_feu_year
from landbridge.errors import UnknownNameError, UnreachableError
from landbridge.levers.places import crossing_title
from landbridge.network.countries import country_names
from landbridge.routing.rates.borders import CrossingTerms, crossing_terms
from landbridge.routing.rates.gauges import same_gauge
from landbridge.routing.rates.opening import open_rows

if TYPE_CHECKING:
    from landbridge.world import World

_SOURCE = ("source_title", "address", "as_of", "confidence", "rule", "note")
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
    rows = facts.rows("crossings")
    at = next((k for k, row in enumerate(rows) if row.id == identifier), None)
    if at is None:
        raise UnknownNameError.from_available("crossing", identifier, [row.id for row in rows])
    row = rows[at]
    terms = crossing_terms(year)
    read = [_figure(one) for one in facts.rows("crossing_dwell") if one.key == identifier]
    own = any(one["hours"] is not None and one["use"] != "evidence" for one in read)
    told = _brief(row, at, bool(open_rows("crossings", year)[at]), terms, year)
    return {
        **told,
        "year": year,
        "economy_a_name": country_names().get(row.economy_a, row.economy_a),
        "economy_b_name": country_names().get(row.economy_b, row.economy_b),
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
        "source": {name: _word(getattr(row, name)) for name in _SOURCE},
        "figures": read,
    }


def corridors() -> list[dict[str, Any]]:
    """Every named corridor: its modes, gates and source."""
    return [_corridor(row) for row in facts.rows("corridors")]


def corridor(world: World, identifier: str, year: int) -> dict[str, Any]:
    """A corridor with the way through it between its named ends, drawn leg by leg.

    `lines` is empty, and `why` says why, where no way is open in the year.

    Raises
    ------
    UnknownNameError
        With the closest ids.
    """
    rows = facts.rows("corridors")
    row = next((one for one in rows if one.id == identifier), None)
    if row is None:
        raise UnknownNameError.from_available("corridor", identifier, [one.id for one in rows])
    one, other = _ends(world, row)
    told = {**_corridor(row), "year": year, "between": [one, other], "lines": [], "why": ""}
    try:
        answer = world.at(year).route(one, other, via=row.id)
    except UnreachableError as error:
        return {**told, "why": str(error)}
    best = answer.routes[0]
    return {
        **told,
        "distance_km": best.distance_km,
        "time_h": best.time_h,
        "cost_usd_feu": best.cost_usd_feu,
        "economies": list(best.economies),
        "crossings": list(best.crossings),
        "lines": [
            {"mode": leg.mode, "crossing": leg.crossing, **thinned(leg.lon, leg.lat)}
            for leg in best.legs
            if leg.mode != "transfer" and len(leg.lat) > 1
        ],
    }


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
    rows = facts.rows("terminals")
    at = next((k for k, row in enumerate(rows) if row.id == identifier), None)
    if at is None:
        raise UnknownNameError.from_available("terminal", identifier, [row.id for row in rows])
    row = rows[at]
    return {
        **_terminal(row, bool(open_rows("terminals", year)[at])),
        "year": year,
        "economy_name": country_names().get(row.economy, row.economy),
        "local": of_place(row.name, row.economy).model_dump(),
        "capacity": row.capacity,
        "capacity_unit": row.capacity_unit,
        "capacity_feu_year": _known(published_feu_year("terminals", row.id, year)),
        "throughput": row.throughput,
        "throughput_unit": row.throughput_unit,
        "throughput_year": row.throughput_year,
        "source": {name: _word(getattr(row, name)) for name in _SOURCE},
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


def thinned(lon: tuple[float, ...], lat: tuple[float, ...]) -> dict[str, list[float]]:
    """A leg's line as light as the map can show it: x and y in degrees.

    Examples
    --------
    >>> thinned((0.0, 0.5, 1.0), (0.0, 0.0001, 0.0))
    {'x': [0.0, 1.0], 'y': [0.0, 0.0]}
    """
    import shapely

    line = np.column_stack((lon, lat)).astype(np.float64)
    if len(line) > 2 and np.abs(np.diff(line[:, 0])).max() < 180.0:
        line = shapely.get_coordinates(shapely.simplify(shapely.LineString(line), 0.01))
    at = np.round(line, 3)
    return {"x": at[:, 0].tolist(), "y": at[:, 1].tolist()}


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
        "capacity_feu_year": _known(published_feu_year("crossings", row.id, year)),
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
        "no figure of this post itself was read: taken from the posts of the same border or "
        "economy, else by the rule for borders of its kind"
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
        **{name: _word(getattr(row, name)) for name in _SOURCE},
    }


def _corridor(row: facts.Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "name_short": row.name_short,
        "family": row.family,
        "bri": bool(row.bri),
        "modes": list(row.modes),
        "stage": row.stage,
        "ends": list(row.ends or ()),
        "gates": [list(group) for group in row.gates or ()],
        "through": list(row.through or ()),
        **{name: _word(getattr(row, name)) for name in _SOURCE},
    }


def _ends(world: World, row: facts.Row) -> tuple[str, str]:
    """Two of the corridor's named ends, one on each side of it where its sides are told."""
    ends = tuple(row.ends)
    side = set(row.one_end_in or ())
    inside = [name for name in ends if world.place(name).economy in side]
    outside = [name for name in ends if name not in inside]
    if inside and outside:
        return inside[0], outside[-1]
    return ends[0], ends[-1]


def _round(value: float) -> float:
    return round(float(value), 2)


def _known(value: float) -> float | None:
    return round(float(value), 1) if math.isfinite(value) else None


def _word(value: object) -> str | None:
    return None if value is None else str(value)
