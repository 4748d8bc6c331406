"""Ways that share a track are drawn side by side: here they are cut where the sharing changes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from landbridge.brief.projection import EqualEarth
from landbridge.routing.results import Leg, Route

GRID = 0.05
"""Page units within which two points count as one."""

_TOLERANCE = 0.12
_HIDDEN = frozenset({"transfer"})

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that the same ways share, in the direction the first of them travels.

    `ways` are positions of routes, in order; `points` is float[k, 2] in page units.
    """

    ways: tuple[int, ...]
    mode: str
    points: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lanes:
    """All runs, and for each way its runs in order: (position of the run, along or against)."""

    runs: tuple[Run, ...]
    ways: tuple[tuple[tuple[int, bool], ...], ...]


def lanes(routes: tuple[Route, ...], view: EqualEarth) -> Lanes:
    """Cut every way into runs of constant company and simplify each run once."""
    steps = [_steps(route, view) for route in routes]
    company: dict[frozenset[Point], list[int]] = {}
    for way, own in enumerate(steps):
        for here, there, _ in own:
            riders = company.setdefault(frozenset((here, there)), [])
            if way not in riders:
                riders.append(way)
    runs: list[Run] = []
    known: dict[tuple[Point, ...], int] = {}
    ways = []
    for own in steps:
        parts = []
        together = groupby(own, key=lambda step: (tuple(company[frozenset(step[:2])]), step[2]))
        for (company_here, mode), group in together:
            stretch = list(group)
            points = (stretch[0][0], *(there for _, there, _ in stretch))
            if points[::-1] in known:
                parts.append((known[points[::-1]], False))
                continue
            if points not in known:
                known[points] = len(runs)
                runs.append(Run(company_here, mode, _simplified(points)))
            parts.append((known[points], True))
        ways.append(tuple(parts))
    return Lanes(tuple(runs), tuple(ways))


def _steps(route: Route, view: EqualEarth) -> list[tuple[Point, Point, str]]:
    """List the segments of a way on the grid, with their mode, without jumps round the globe."""
    found: list[tuple[Point, Point, str]] = []
    last: Point | None = None
    half_page = np.pi * view.scale / GRID
    for leg in route.legs:
        if leg.mode in _HIDDEN or not leg.lat:
            continue
        points = _on_grid(leg, view)
        if last is not None:
            points = [last, *points]
        found += [
            (here, there, leg.mode)
            for here, there in pairwise(points)
            if here != there and abs(there[0] - here[0]) < half_page
        ]
        last = points[-1]
    return found


def _on_grid(leg: Leg, view: EqualEarth) -> list[Point]:
    lat, lon = np.asarray(leg.lat, np.float64), np.asarray(leg.lon, np.float64)
    if leg.mode == "air":
        lat, lon = great_circle(lat, lon)
    x, y = view.project(lat, lon)
    return [(round(a / GRID), round(b / GRID)) for a, b in zip(x, y, strict=True)]


def great_circle(
    lat: NDArray[np.float64], lon: NDArray[np.float64], step_deg: float = 2.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fill a line with points on the great circle between its own, in degrees.

    Examples
    --------
    >>> lat, lon = great_circle(np.array([0.0, 0.0]), np.array([0.0, 4.0]))
    >>> lon.round(6).tolist()
    [0.0, 2.0, 4.0]
    """
    phi, lam = np.radians(lat), np.radians(lon)
    unit = np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))
    filled = [unit[:1]]
    for here, there in pairwise(unit):
        arc = np.arccos(np.clip(here @ there, -1.0, 1.0))
        share = np.linspace(0.0, 1.0, max(int(np.ceil(np.degrees(arc) / step_deg - 1e-9)), 1) + 1)[
            1:
        ]
        if arc < 1e-9:
            filled.append(there[None])
            continue
        weights = np.column_stack((np.sin((1 - share) * arc), np.sin(share * arc))) / np.sin(arc)
        filled.append(weights @ np.vstack((here, there)))
    x, y, z = np.vstack(filled).T
    return np.degrees(np.arcsin(np.clip(z, -1, 1))), np.degrees(np.arctan2(y, x))


def _simplified(points: tuple[Point, ...]) -> NDArray[np.float64]:
    line = shapely.LineString(np.array(points) * GRID)
    return np.asarray(shapely.get_coordinates(line.simplify(_TOLERANCE)))
