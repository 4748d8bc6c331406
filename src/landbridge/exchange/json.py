"""Answers as plain JSON objects: the contract of `--json`, units in the names."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from landbridge.routing.results import Leg, Place, Route, RouteAnswer


def dumps(value: object) -> str:
    """One JSON document; a missing figure is null, never NaN.

    Examples
    --------
    >>> dumps({"km": float("nan"), "who": ("KAZ",)})
    '{"km": null, "who": ["KAZ"]}'
    """
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False)


def plain(value: object) -> Any:
    """Reduce dataclasses, arrays' scalars, mappings and sequences to what JSON holds."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    return value


def route_object(answer: RouteAnswer) -> dict[str, Any]:
    """Build the object `landbridge route --json` prints."""
    return {
        "origin": _place(answer.origin),
        "destination": _place(answer.destination),
        "year": answer.year,
        "cargo": answer.cargo,
        "by": answer.by,
        "routes": [_route(route) for route in answer.routes],
        "notes": list(answer.notes),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "kind": place.kind,
        "economy": place.economy,
        "un_locode": place.un_locode,
        "lat": plain(place.lat),
        "lon": plain(place.lon),
        "note": place.note,
    }


def _route(route: Route) -> dict[str, Any]:
    return {
        "corridor": route.corridor,
        "corridor_name": route.corridor_name,
        "modes": list(route.modes),
        "distance_km": plain(route.distance_km),
        "time_h": plain(route.time_h),
        "time_sd_h": plain(route.time_sd_h),
        "cost_usd_feu": plain(route.cost_usd_feu),
        "co2_kg_feu": plain(route.co2_kg_feu),
        "generalised_usd_feu": plain(route.generalised_usd_feu),
        "economies": list(route.economies),
        "crossings": list(route.crossings),
        "chokepoints": list(route.chokepoints),
        "legs": [_leg(leg) for leg in route.legs],
    }


def _leg(leg: Leg) -> dict[str, Any]:
    shown = {
        "mode": leg.mode,
        "from": leg.from_,
        "to": leg.to,
        "economy": leg.economy,
        "distance_km": plain(leg.distance_km),
        "time_h": plain(leg.time_h),
        "time_sd_h": plain(leg.time_sd_h),
        "cost_usd_feu": plain(leg.cost_usd_feu),
        "co2_kg_feu": plain(leg.co2_kg_feu),
    }
    if leg.section is not None:
        shown["section"] = leg.section
    if leg.crossing is not None:
        shown["crossing"] = leg.crossing
        shown["gauge_from_mm"] = leg.gauge_from_mm
        shown["gauge_to_mm"] = leg.gauge_to_mm
    return shown
