"""Routes as GeoJSON (RFC 7946): a line for each way, a point for each border passed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from landbridge.exchange.files import write_text
from landbridge.exchange.json import dumps, plain, route_object
from landbridge.exchange.sources import provenance
from landbridge.routing.results import Leg, Route, RouteAnswer

Coordinates = list[list[float]]


def write_routes(answer: RouteAnswer, target: Path) -> None:
    """Write the routes of an answer as one FeatureCollection."""
    write_text(target, dumps(routes_to_geojson(answer)) + "\n")


def routes_to_geojson(answer: RouteAnswer) -> dict[str, Any]:
    """Make the FeatureCollection: `kind` tells routes from crossings and places.

    Lines that pass the antimeridian are cut there, as RFC 7946 §3.1.9 asks.
    """
    features: list[dict[str, Any]] = []
    for rank, (route, shown) in enumerate(
        zip(answer.routes, route_object(answer)["routes"], strict=True), 1
    ):
        shown.pop("legs")
        features.append(
            _feature(
                {"type": "MultiLineString", "coordinates": route_lines(route)},
                {"kind": "route", "rank": rank, **shown},
            )
        )
        features += [_crossing(rank, leg) for leg in route.legs if leg.crossing and leg.lat]
    for role, place in (("origin", answer.origin), ("destination", answer.destination)):
        features.append(
            _feature(
                {"type": "Point", "coordinates": [_degrees(place.lon), _degrees(place.lat)]},
                {"kind": role, "name": place.name, "economy": place.economy},
            )
        )
    return {
        "type": "FeatureCollection",
        "features": features,
        "landbridge": {"year": answer.year, "cargo": answer.cargo, **provenance()},
    }


def route_lines(route: Route) -> list[Coordinates]:
    """Draw the way from end to end as lines of [lon, lat], cut at the antimeridian."""
    points: Coordinates = []
    for leg in route.legs:
        for lon, lat in zip(leg.lon, leg.lat, strict=True):
            point = [_degrees(lon), _degrees(lat)]
            if not points or points[-1] != point:
                points.append(point)
    return [line for line in cut_at_antimeridian(points) if len(line) > 1]


def cut_at_antimeridian(points: Coordinates) -> list[Coordinates]:
    """Split a line where its longitude jumps by more than half the globe.

    Examples
    --------
    >>> cut_at_antimeridian([[170.0, 0.0], [-170.0, 10.0]])
    [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]
    """
    lines: list[Coordinates] = [points[:1]]
    for here, there in pairwise(points):
        if abs(there[0] - here[0]) > 180:
            edge = 180.0 if here[0] > 0 else -180.0
            run = (there[0] + 2 * edge) - here[0]
            share = (edge - here[0]) / run if run else 0.0
            lat = _degrees(here[1] + share * (there[1] - here[1]))
            lines[-1].append([edge, lat])
            lines.append([[-edge, lat]])
        lines[-1].append(there)
    return lines


def _crossing(rank: int, leg: Leg) -> dict[str, Any]:
    middle = len(leg.lat) // 2
    return _feature(
        {"type": "Point", "coordinates": [_degrees(leg.lon[middle]), _degrees(leg.lat[middle])]},
        {
            "kind": "crossing",
            "rank": rank,
            "crossing": leg.crossing,
            "mode": leg.mode,
            "from": leg.from_,
            "to": leg.to,
            "time_h": plain(leg.time_h),
            "time_sd_h": plain(leg.time_sd_h),
            "cost_usd_feu": plain(leg.cost_usd_feu),
            "gauge_from_mm": leg.gauge_from_mm,
            "gauge_to_mm": leg.gauge_to_mm,
        },
    )


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _degrees(value: float) -> float:
    return round(float(value), 5)
