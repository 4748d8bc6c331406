"""The map of a brief: real incomes by economy, crossings whose containers change most."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import shapely

from landbridge import facts
from landbridge.brief import signs
from landbridge.brief.basemap import land_within
from landbridge.brief.document import Picture
from landbridge.brief.pen import WIDTH_IN, Pen, finished
from landbridge.brief.projection import EqualEarth

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    Tables = Mapping[str, pd.DataFrame]

_CENTRE = 70.0
_LAT, _LON = (4.0, 71.0), (-74.0, 72.0)
ASPECT = 1.75
_POSTS, _LEAST_FEU = 8, 1_000.0
_PAD, _LEAST_WIDE = 0.16, 0.9
_FINE = 0.0006
_SEA, _EDGE = "#eef3f6", "#ffffff"


def atlas(tables: Tables, pen: Pen) -> Picture:
    """Draw incomes and crossings where most changes, with a key of the crossings below."""
    from matplotlib.figure import Figure

    made = tables["economies"]
    welfare = dict(zip(map(str, made["iso3"]), made["welfare_pct"].astype(float), strict=True))
    names = dict(zip(map(str, made["iso3"]), map(str, made["name"]), strict=True))
    steps = signs.classes(max((abs(v) for v in welfare.values()), default=0.0))
    marks = crossings(tables, pen)
    frame = _around(marks)
    rows = math.ceil(len(marks) / 2)
    key_in = signs.KEY_HEAD_IN + signs.KEY_ROW_IN * rows if marks else 0.0
    with pen.style():
        map_in = WIDTH_IN / ASPECT
        figure = Figure(figsize=(WIDTH_IN, map_in + key_in))
        axes = figure.add_axes((0.0, key_in / (map_in + key_in), 1.0, map_in / (map_in + key_in)))
        axes.set(xlim=frame[0::2], ylim=frame[1::2], facecolor=_SEA)
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        spots = _land(axes, welfare, steps)
        taken = signs.circles(axes, marks)
        signs.legend(axes, steps, pen, taken)
        signs.economies(axes, spots, welfare, names, pen, taken)
        signs.key(figure, marks, pen)
        posts = pen.numbers.listed([mark.name for mark in marks[:3]]) if marks else "–"
        return finished(
            figure, pen, "map", pen.words["map.note"], pen.words.say("map.alt", posts=posts)
        )


def _around(marks: tuple[signs.Mark, ...]) -> signs.Box:
    """Page box (left, bottom, right, top) of one shape around the crossings, with land about."""
    corners = np.array([[_LON[0], _LAT[0]], [_LON[1], _LAT[1]]])
    if marks:
        points = signs.page(np.array([[mark.lon, mark.lat] for mark in marks]))
    else:
        points = signs.page(corners)
    wide = max(float(np.ptp(points[:, 0])) + 2 * _PAD, _LEAST_WIDE)
    tall = max(float(np.ptp(points[:, 1])) + 2 * _PAD, wide / ASPECT)
    wide = tall * ASPECT
    x, y = (points.min(axis=0) + points.max(axis=0)) / 2
    return (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)


def crossings(tables: Tables, pen: Pen) -> tuple[signs.Mark, ...]:
    """Crossings whose containers change most, largest first."""
    made = tables["crossings"]
    made = made.assign(more=(made["feu"] - made["feu_base"]).astype(float))
    made = made[made["more"].abs() >= _LEAST_FEU].sort_values("more", key=abs, ascending=False)
    known = facts.by_id("crossings")
    found = []
    for id_, name, more in made[["id", "name", "more"]].itertuples(index=False):
        row = known.get(str(id_))
        if row is None:
            continue
        turned = (float(row.lon) - _CENTRE + 180.0) % 360.0 - 180.0
        if _LAT[0] < row.lat < _LAT[1] and _LON[0] < turned < _LON[1]:
            title = pen.names.crossing(str(id_), str(name))
            found.append(signs.Mark(title, float(row.lat), turned, float(more)))
    return tuple(found[:_POSTS])


def _land(
    axes: Axes, welfare: Mapping[str, float], steps: tuple[float, float, float]
) -> dict[str, tuple[float, float]]:
    """Paint the land; where the name of each economy in view could stand."""
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    seen = land_within(EqualEarth(_CENTRE, 1.0), _LAT, _LON)
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    fine = (right - left) * _FINE
    laid = shapely.coverage_simplify(shapely.transform(seen.shapes, signs.page), fine)
    cut = shapely.clip_by_rect(shapely.make_valid(laid), left, low, right, high)
    spots: dict[str, tuple[float, float]] = {}
    paths, colours = [], []
    for code, shape in zip(seen.codes, cut, strict=True):
        parts = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
        parts = [part for part in parts if part.area > fine**2]
        for part in parts:
            rings = [Path(np.asarray(ring.coords)) for ring in (part.exterior, *part.interiors)]
            paths.append(Path.make_compound_path(*rings))
            colours.append(signs.colour(welfare.get(code), steps))
        if parts:
            middle = max(parts, key=lambda part: part.area).representative_point()
            spots[code] = (float(middle.x), float(middle.y))
    axes.add_collection(PathCollection(paths, facecolors=colours, edgecolors=_EDGE, linewidths=0.4))
    return spots
