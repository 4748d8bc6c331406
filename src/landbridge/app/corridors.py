"""Named corridors as the pages tell them, and the way through each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from landbridge import facts
from landbridge.app.rows import found, source_of
from landbridge.errors import UnreachableError

if TYPE_CHECKING:
    from landbridge.world import World


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
    _, row = found("corridor", identifier)
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
        **source_of(row),
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
