"""Track gauge of every rail node, and the cuts where gauges meet without a place to change."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.network.draft import Draft, keep_edges
from landbridge.network.geo import PointIndex
from landbridge.network.repair import Repair

#: 1520 and 1524 mm run through.
SAME_GAUGE_MM = 4
#: A listed gauge break serves the tracks this near to it.
BREAK_KM = 30.0


@dataclass(frozen=True, slots=True)
class GaugeException:
    """Track of another gauge than its economy's: near a line of points, or in a box.

    `box` is south, north, west, east in degrees; `line` is (lat, lon) points with `buffer_km`.
    """

    economy: int
    gauge_mm: int
    box: tuple[float, float, float, float] | None = None
    line: tuple[tuple[float, float], ...] = ()
    buffer_km: float = 0.0


def assign(
    draft: Draft,
    gauge_of: Mapping[int, int],
    exceptions: Sequence[GaugeException],
    default_mm: int = 1435,
) -> Draft:
    """Give every node the gauge of its economy, then the exceptions theirs."""
    top = max([int(draft.economy.max()), *gauge_of]) + 1
    table = np.full(top + 1, default_mm, np.int16)
    for economy, gauge in gauge_of.items():
        table[economy] = gauge
    gauge_mm = table[draft.economy]
    for case in exceptions:
        at = np.flatnonzero(draft.economy == case.economy)
        gauge_mm[at[_covered(case, draft.lat[at], draft.lon[at])]] = case.gauge_mm
    return replace(draft, gauge_mm=gauge_mm)


def _covered(
    case: GaugeException, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> NDArray[np.bool_]:
    if case.box is not None:
        south, north, west, east = case.box
        return np.asarray((lat >= south) & (lat <= north) & (lon >= west) & (lon <= east))
    share = np.linspace(0, 1, 200)
    points = np.array(case.line)
    dense = np.vstack([a + share[:, None] * (b - a) for a, b in itertools.pairwise(points)])
    km, _ = PointIndex(dense[:, 0], dense[:, 1]).nearest(lat, lon)
    return np.asarray(km <= case.buffer_km)


def cut_unlisted_breaks(
    draft: Draft, break_lat: NDArray[np.float64], break_lon: NDArray[np.float64]
) -> tuple[Draft, Repair]:
    """Cut edges whose ends differ in gauge where no place to change is listed, borders too."""
    step = np.abs(draft.gauge_mm[draft.tail] - draft.gauge_mm[draft.head])
    differs = step > SAME_GAUGE_MM
    at = np.flatnonzero(differs)
    places = PointIndex(break_lat, break_lon)
    km = [
        places.nearest(draft.lat[end], draft.lon[end])[0]
        for end in (draft.tail[at], draft.head[at])
    ]
    cut = at[np.minimum(*km) > BREAK_KM]
    keep = np.ones(draft.n_edges, bool)
    keep[cut] = False
    return keep_edges(draft, keep), Repair(
        "rail edges cut where gauges meet and no place to change is listed",
        len(cut),
        float(draft.length_km[cut].sum()),
    )
