"""The ways of an answer on one self-contained HTML page that opens without a network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
import shapely

from landbridge.brief.basemap import land_within
from landbridge.brief.lanes import Lanes, lanes
from landbridge.brief.projection import EqualEarth, centre_of
from landbridge.brief.table import facts_html, legs_html, rows_html, ways_label
from landbridge.errors import InputError
from landbridge.exchange.files import write_text
from landbridge.exchange.sources import ATTRIBUTION
from landbridge.routing.results import Leg, Place, RouteAnswer

WIDTH = 1000.0
"""Page units across the routes; the drawing scales to any screen."""

_PAD = 0.04


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page is laid: the projection, and the box that holds the routes."""

    view: EqualEarth
    west: float
    north: float
    width: float
    height: float

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Page position of one point."""
        x, y = self.view.project(np.array([lat]), np.array([lon]))
        return round(float(x[0]), 2), round(float(y[0]), 2)


def write_map(answer: RouteAnswer, target: Path) -> None:
    """Write the page of an answer, whole or not at all.

    Raises
    ------
    InputError
        The routes carry no geometry, or the folder does not exist.
    """
    write_text(target, page(answer))


def page(answer: RouteAnswer) -> str:
    """Fill the template: styles, script and shapes are all inside the page."""
    frame = fit(answer)
    drawn = lanes(answer.routes, frame.view)
    title = f"{answer.origin.name} to {answer.destination.name}: {ways_label(answer)}"
    asset = files("landbridge.brief") / "assets"
    return Template((asset / "map.html").read_text(encoding="utf-8")).substitute(
        title=escape(title),
        origin=escape(answer.origin.name),
        destination=escape(answer.destination.name),
        lead=escape(
            f"{ways_label(answer).capitalize()} for a forty-foot container (FEU) of "
            f"{answer.cargo} cargo in {answer.year}, best first by {answer.by} cost."
            if answer.by == "generalised"
            else f"{ways_label(answer).capitalize()} for a forty-foot container (FEU) of "
            f"{answer.cargo} cargo in {answer.year}, best first by {answer.by}."
        ),
        style=(asset / "map.css").read_text(encoding="utf-8"),
        script=(asset / "map.js").read_text(encoding="utf-8"),
        data=_inline_json(_data(answer, drawn, frame)),
        viewbox=f"{frame.west:.1f} {frame.north:.1f} {frame.width:.1f} {frame.height:.1f}",
        land=_land(answer, frame),
        ways=_ways(answer, drawn),
        crossings=_crossings(answer, frame),
        ends=_end(answer.origin, frame) + _end(answer.destination, frame),
        facts=facts_html(answer),
        rows=rows_html(answer),
        legs=legs_html(answer),
        notes=_notes(answer),
        attribution=escape(ATTRIBUTION),
    )


def fit(answer: RouteAnswer) -> Frame:
    """Centre the projection on the routes and fit the page around them."""
    lat = np.array([v for way in answer.routes for leg in way.legs for v in leg.lat])
    lon = np.array([v for way in answer.routes for leg in way.legs for v in leg.lon])
    if len(lat) < 2:
        raise InputError("these routes carry no geometry, so there is nothing to draw on a map")
    centre = round(centre_of(lon))
    unit_x, _ = EqualEarth(centre, 1.0).project(lat, lon)
    view = EqualEarth(centre, WIDTH / max(float(np.ptp(unit_x)), 0.02))
    x, y = view.project(lat, lon)
    pad = _PAD * WIDTH
    return Frame(
        view,
        west=float(x.min()) - pad,
        north=float(y.min()) - pad,
        width=float(np.ptp(x)) + 2 * pad,
        height=float(np.ptp(y)) + 2 * pad,
    )


def _land(answer: RouteAnswer, frame: Frame) -> str:
    """Draw every country as one path; those the ways pass are marked."""
    passed = {code for way in answer.routes for code in way.economies}
    lat = np.array([v for way in answer.routes for leg in way.legs for v in leg.lat])
    lon = frame.view.turn([v for way in answer.routes for leg in way.legs for v in leg.lon])
    seen = land_within(
        frame.view, (float(lat.min()), float(lat.max())), (float(lon.min()), float(lon.max()))
    )
    local = EqualEarth(0.0, frame.view.scale)
    paths = []
    for code, shape in zip(seen.codes, seen.shapes, strict=True):
        drawn = shapely.transform(
            shape, lambda xy: np.column_stack(local.project(xy[:, 1], xy[:, 0]))
        )
        kind = ' class="on"' if code in passed else ""
        if outline := _path(drawn):
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
            start = f"M{steps[0, 0] / 10:g} {steps[0, 1] / 10:g}"
            words.append(start + "l" + " ".join(f"{a / 10:g} {b / 10:g}" for a, b in moves) + "z")
    return "".join(words)


def _ways(answer: RouteAnswer, drawn: Lanes) -> str:
    """Draw the ways as plain lines, for readers that run no script."""
    found = []
    for rank, parts in enumerate(drawn.ways):
        words = []
        for run, along in parts:
            points = drawn.runs[run].points if along else drawn.runs[run].points[::-1]
            words.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))
        name = escape(answer.routes[rank].corridor_name)
        found.append(f'<path class="way c{rank % 10}" d="{"".join(words)}"><title>{name}</title></path>')
    return "\n".join(found)


def _data(answer: RouteAnswer, drawn: Lanes, frame: Frame) -> dict[str, Any]:
    """Collect what the script draws: runs in tenths of a unit, the ways that follow them."""
    return {
        "box": [frame.west, frame.north, frame.width, frame.height],
        "runs": [
            {
                "ways": run.ways,
                "mode": run.mode,
                "at": np.round(run.points * 10).astype(int).ravel().tolist(),
            }
            for run in drawn.runs
        ],
        "ways": [
            {"name": way.corridor_name, "parts": [[run, int(along)] for run, along in parts]}
            for way, parts in zip(answer.routes, drawn.ways, strict=True)
        ],
        "countries": _country_names(answer, frame),
    }


def _country_names(answer: RouteAnswer, frame: Frame) -> list[dict[str, Any]]:
    """Place the name of each country passed at the middle of its largest part in view."""
    passed = {code for way in answer.routes for code in way.economies}
    lat = [v for way in answer.routes for leg in way.legs for v in leg.lat]
    lon = frame.view.turn([v for way in answer.routes for leg in way.legs for v in leg.lon])
    seen = land_within(
        frame.view, (min(lat), max(lat)), (float(np.min(lon)), float(np.max(lon)))
    )
    local = EqualEarth(0.0, frame.view.scale)
    found = []
    for code, name, shape in zip(seen.codes, seen.names, seen.shapes, strict=True):
        if code not in passed:
            continue
        largest = max(shapely.get_parts(shape), key=lambda part: part.area)
        drawn = shapely.transform(
            largest, lambda xy: np.column_stack(local.project(xy[:, 1], xy[:, 0]))
        )
        spot = shapely.maximum_inscribed_circle(drawn, tolerance=1.0)
        x, y = shapely.get_coordinates(spot)[0]
        found.append({"name": name, "x": round(x, 1), "y": round(y, 1), "room": round(spot.length, 1)})
    return found


def _crossings(answer: RouteAnswer, frame: Frame) -> str:
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
            f"{leg.mode}, {leg.time_h:,.0f} ± {leg.time_sd_h:,.0f} h, {leg.cost_usd_feu:,.0f} USD/FEU",
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


def _end(place: Place, frame: Frame) -> str:
    x, y = frame.place(place.lat, place.lon)
    return (
        f'<g class="end" data-x="{x}" data-y="{y}" transform="translate({x} {y})">'
        f'<circle r="6"/><text y="-11">{escape(place.name)}</text></g>'
    )


def _notes(answer: RouteAnswer) -> str:
    said = (answer.origin.note, answer.destination.note, *answer.notes)
    lines = [f"<li>{escape(line)}</li>" for line in dict.fromkeys(said) if line]
    return "".join(lines)


def _inline_json(value: object) -> str:
    """Write JSON that cannot end the script element it stands in."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")
