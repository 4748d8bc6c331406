"""The shapes on the map as SVG: land, ways, crossings, ends."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landbridge.brief.basemap import Land, land_within
from landbridge.brief.lanes import Lanes
from landbridge.brief.projection import EqualEarth, centre_of
from landbridge.errors import InputError
from landbridge.routing.results import Leg, Place, RouteAnswer

WIDTH = 1000.0
"""Page units across the routes; the drawing scales to any screen."""

_PAD = 0.04
_SHORT_NAMES = {"CHN": "China"}

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page is laid: the projection, and the box (west, north, width, height)."""

    view: EqualEarth
    box: Box
    lat: tuple[float, float]
    turned_lon: tuple[float, float]

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Page position of one point."""
        x, y = self.view.project(np.array([lat]), np.array([lon]))
        return round(float(x[0]), 2), round(float(y[0]), 2)


def fit(answer: RouteAnswer) -> Frame:
    """Centre the projection on the routes and fit the page around them."""
    lat = np.array([v for way in answer.routes for leg in way.legs for v in leg.lat], np.float64)
    lon = np.array([v for way in answer.routes for leg in way.legs for v in leg.lon], np.float64)
    if len(lat) < 2:
        raise InputError("these routes carry no geometry, so there is nothing to draw on a map")
    centre = round(centre_of(lon))
    unit_x, _ = EqualEarth(centre, 1.0).project(lat, lon)
    view = EqualEarth(centre, WIDTH / max(float(np.ptp(unit_x)), 0.02))
    turned = view.turn(lon)
    return Frame(
        view,
        _box(*view.project(lat, lon)),
        (float(lat.min()), float(lat.max())),
        (float(turned.min()), float(turned.max())),
    )


def starting_box(drawn: Lanes, whole: Box) -> tuple[Box, int | None]:
    """Box the map opens with, and the way that runs out of it.

    One way much longer than the rest (round the Cape) would press the others together: when
    leaving it out makes the box a quarter lower, the map opens on the others.
    """
    boxes = []
    for left_out in range(len(drawn.ways)):
        runs = {run for way, parts in enumerate(drawn.ways) if way != left_out for run, _ in parts}
        if runs:
            x, y = np.vstack([drawn.runs[run].points for run in runs]).T
            boxes.append((_box(x, y), left_out))
    smallest = min(boxes, key=lambda item: item[0][2] * item[0][3], default=(whole, None))
    return smallest if smallest[0][3] < 0.75 * whole[3] else (whole, None)


def _box(x: NDArray[np.float64], y: NDArray[np.float64]) -> Box:
    pad = _PAD * WIDTH
    return (
        float(x.min()) - pad,
        float(y.min()) - pad,
        float(np.ptp(x)) + 2 * pad,
        float(np.ptp(y)) + 2 * pad,
    )


def countries_in(frame: Frame) -> Land:
    """Cut the countries to the frame and lay them on the page."""
    seen = land_within(frame.view, frame.lat, frame.turned_lon)
    # The shapes already count longitude from the view's meridian.
    local = EqualEarth(0.0, frame.view.scale)
    laid = shapely.transform(
        seen.shapes, lambda xy: np.column_stack(local.project(xy[:, 1], xy[:, 0]))
    )
    return Land(seen.codes, seen.names, laid)


def land_svg(land: Land, passed: set[str]) -> str:
    """Draw every country as one path; those the ways pass are marked."""
    paths = []
    for code, shape in zip(land.codes, land.shapes, strict=True):
        kind = ' class="on"' if code in passed else ""
        if outline := _path(shape):
            paths.append(f'<path data-iso="{code}"{kind} d="{outline}"/>')
    return "\n".join(paths)


def _path(shape: shapely.Geometry) -> str:
    """Write a polygon as relative SVG moves of tenths of a unit; specks are dropped."""
    words = []
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon" or part.area < 0.4:
            continue
        for ring in (part.exterior, *part.interiors):
            steps = np.round(shapely.get_coordinates(ring)[:-1] * 10).astype(int)
            moves = np.diff(steps, axis=0)
            moves = moves[np.any(moves != 0, axis=1)]
            if len(moves) < 2:
                continue
            start = f"M{steps[0, 0] / 10:g} {steps[0, 1] / 10:g}"
            words.append(start + "l" + " ".join(f"{a / 10:g} {b / 10:g}" for a, b in moves) + "z")
    return "".join(words)


def ways_svg(answer: RouteAnswer, drawn: Lanes) -> str:
    """Draw the ways as plain lines, for readers that run no script."""
    found = []
    for rank, parts in enumerate(drawn.ways):
        words = []
        for run, along in parts:
            points = drawn.runs[run].points if along else drawn.runs[run].points[::-1]
            words.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))
        name = escape(answer.routes[rank].corridor_name)
        found.append(
            f'<path class="way c{rank % 10}" d="{"".join(words)}"><title>{name}</title></path>'
        )
    return "\n".join(found)


def country_names(land: Land, passed: set[str]) -> list[dict[str, Any]]:
    """Place the name of each country passed at the middle of its largest part in view."""
    found = []
    for code, name, shape in zip(land.codes, land.names, land.shapes, strict=True):
        if code not in passed:
            continue
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        spot = shapely.maximum_inscribed_circle(largest, tolerance=1.0)
        x, y = shapely.get_coordinates(spot)[0]
        found.append(
            {
                "name": _SHORT_NAMES.get(code, name),
                "x": round(x, 1),
                "y": round(y, 1),
                "room": round(spot.length, 1),
            }
        )
    return found


def crossings_svg(answer: RouteAnswer, frame: Frame) -> str:
    """Mark every border passed once, with what it costs and which ways pass it."""
    at: dict[str, list[tuple[int, Leg]]] = {}
    for rank, way in enumerate(answer.routes, 1):
        for leg in way.legs:
            if leg.crossing and leg.lat:
                at.setdefault(leg.crossing, []).append((rank, leg))
    marks = []
    for name, passes in at.items():
        leg = passes[0][1]
        middle = len(leg.lat) // 2
        x, y = frame.place(leg.lat[middle], leg.lon[middle])
        ways = ", ".join(str(rank) for rank in dict.fromkeys(rank for rank, _ in passes))
        gauge = (
            f"gauge {leg.gauge_from_mm} → {leg.gauge_to_mm} mm"
            if leg.gauge_from_mm and leg.gauge_to_mm and leg.gauge_from_mm != leg.gauge_to_mm
            else ""
        )
        lines = [
            name,
            f"{leg.mode}, {leg.time_h:,.0f} ± {leg.time_sd_h:,.0f} h, "
            f"{leg.cost_usd_feu:,.0f} USD/FEU",
            gauge,
            f"ways {ways}" if "," in ways else f"way {ways}",
        ]
        label = escape("; ".join(line for line in lines if line))
        kind = "crossing break" if gauge else "crossing"
        marks.append(
            f'<g class="{kind}" tabindex="0" role="img" aria-label="{label}" data-x="{x}" '
            f'data-y="{y}" transform="translate({x} {y})"><circle r="4"/></g>'
        )
    return "\n".join(marks)


def end_svg(place: Place, frame: Frame) -> str:
    """Mark where the ways begin or end."""
    x, y = frame.place(place.lat, place.lon)
    return (
        f'<g class="end" data-x="{x}" data-y="{y}" transform="translate({x} {y})">'
        f'<circle r="6"/><text y="-11">{escape(place.name)}</text></g>'
    )
