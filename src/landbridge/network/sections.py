"""Sections: named pieces of line, found on the layer or added to it.

A section that the layer draws is traced: the shortest way between its ends, if its length agrees
with the published one. One that the layer lacks (under construction, or drawn too coarsely) is
added with its published length along its waypoints. A section that can be neither is reported.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from landbridge.network.countries import Countries
from landbridge.network.draft import Draft, with_edges, with_nodes
from landbridge.network.geo import haversine_km
from landbridge.network.graph import Mode

#: A traced way may differ from the published length by this share.
TOLERANCE = 0.15
#: An improvement of a standing line is found even where the layer takes this much more.
LONGER_IMPROVED = 0.25
#: The layer may cut the bends of a mountain way down to this share of its published length.
SHORTEST_DRAWN = 0.6
#: Ends of a section lie this near to a line of its economies.
SNAP_KM = 40.0
#: Points of an added line are laid this far apart.
STEP_KM = 10.0
_END_SHARE, _END_KM = 0.05, 5.0


@dataclass(frozen=True, slots=True)
class SectionLine:
    """What the builder needs of a row of the sections table.

    `points` are the two ends with any waypoints between them, (lat, lon) in travel order;
    `new_line` tells a line that did not exist before from an improvement of one that did;
    `expected` is true for freight lines that may be added: those that stand or are being built,
    and new ones that are only planned, which no year opens; `standing` for lines that stand. A new
    line that does not stand is never traced: what the layer shows between its ends is an older
    line, which stays open. `promised` is false for plans: they are laid last, on what stands.
    """

    row: int
    id: str
    mode: Mode
    economies: tuple[int, ...]
    points: tuple[tuple[float, float], ...]
    length_km: float | None
    new_line: bool
    expected: bool
    standing: bool = True
    promised: bool = True


@dataclass(frozen=True, slots=True)
class SectionTrace:
    """How a section was found.

    `how` is traced (as the layer draws it), lengthened (traced, at its published length), added
    (the layer lacks it) or missing.
    """

    id: str
    how: str
    published_km: float | None
    model_km: float | None
    note: str = ""


def lay(
    draft: Draft, sections: Sequence[SectionLine], mode: Mode, shapes: Countries
) -> tuple[Draft, tuple[SectionTrace, ...]]:
    """Trace or add every section of a mode; new lines first, so that they own their edges.

    Plans come last: nothing that stands or is being built starts from a line that may never be.
    """
    traces: list[SectionTrace] = []
    for section in sorted(sections, key=lambda s: (not s.promised, not s.new_line)):
        if section.mode != mode:
            continue
        draft, trace = _lay_one(draft, section, shapes)
        traces.append(trace)
    return draft, tuple(traces)


def _lay_one(draft: Draft, section: SectionLine, shapes: Countries) -> tuple[Draft, SectionTrace]:
    inside = np.isin(draft.economy, section.economies)
    ends = (
        _snap(draft, section.economies[0], section.points[0]),
        _snap(draft, section.economies[-1], section.points[-1]),
    )
    path, note = None, "no line of its economies stands near an end"
    if section.new_line and not section.standing:
        note = "not built yet"
    elif ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
        middle = [_snap(draft, None, point, inside) for point in section.points[1:-1]]
        # Waypoints off the line (a pass, a bridge site) only guide an added line.
        stops = [ends[0], *(stop for stop in middle if stop is not None), ends[1]]
        path = _shortest(draft, inside, np.array(stops))
        note = "the layer has no way between the ends"
    if path is not None:
        km = float(draft.length_km[path].sum())
        ratio = km / section.length_km if section.length_km else 1.0
        longest = 1 + (TOLERANCE if section.new_line else LONGER_IMPROVED)
        if 1 - TOLERANCE <= ratio <= longest:
            return _tag(draft, path, section), SectionTrace(
                section.id, "traced", section.length_km, km
            )
        note = f"the layer's way between the ends has {km:.0f} km"
        if SHORTEST_DRAWN <= ratio < 1:
            longer = _tag(_lengthened(draft, path, 1 / ratio), path, section)
            return longer, SectionTrace(
                section.id, "lengthened", section.length_km, section.length_km, note
            )
    lacking = section.new_line or path is None
    if not section.expected and section.new_line:
        note = "for passengers only"
    if not (lacking and section.expected and section.length_km):
        return draft, SectionTrace(section.id, "missing", section.length_km, None, note)
    if None not in ends and _at_the_start(draft, section, ends[1]):
        ends = (ends[0], None)
    return _add(draft, section, ends, shapes), SectionTrace(
        section.id, "added", section.length_km, section.length_km, note
    )


def _at_the_start(draft: Draft, section: SectionLine, end: int | None) -> bool:
    """Whether the line found for the far end of a short section is that of its start."""
    if section.economies[0] != section.economies[-1] or end is None:
        return False
    first, last = section.points[0], section.points[-1]
    at = draft.lat[end], draft.lon[end]
    return bool(haversine_km(*first, *at) < haversine_km(*last, *at))


def _snap(
    draft: Draft,
    economy: int | None,
    point: tuple[float, float],
    inside: NDArray[np.bool_] | None = None,
) -> int | None:
    """The nearest node on a line, of one economy or of those inside; None where none is near."""
    allowed = inside if economy is None else draft.economy == economy
    joined = np.zeros(draft.n_nodes, bool)
    joined[draft.tail], joined[draft.head] = True, True
    nodes = np.flatnonzero(joined if allowed is None else joined & allowed)
    if not len(nodes):
        return None
    km = haversine_km(point[0], point[1], draft.lat[nodes], draft.lon[nodes])
    best = int(km.argmin())
    return int(nodes[best]) if km[best] <= SNAP_KM else None


def _lengthened(draft: Draft, path: NDArray[np.int64], factor: float) -> Draft:
    """The way at its published length: mountain roads are drawn with their bends cut off."""
    km = draft.length_km.copy()
    km[path] *= factor
    return replace(draft, length_km=km)


def _shortest(
    draft: Draft, inside: NDArray[np.bool_], stops: NDArray[np.int64]
) -> NDArray[np.int64] | None:
    """Edges of the shortest way through the stops in travel order, inside the given nodes."""
    usable = np.flatnonzero(inside[draft.tail] & inside[draft.head])
    tail, head = draft.tail[usable], draft.head[usable]
    # coo sums duplicates: keep the shortest of parallel edges
    order = np.argsort(draft.length_km[usable], kind="stable")
    low, high = np.minimum(tail, head)[order], np.maximum(tail, head)[order]
    key, first = np.unique(low.astype(np.int64) * draft.n_nodes + high, return_index=True)
    edge = usable[order][first]
    u, v = key // draft.n_nodes, key % draft.n_nodes
    shape = (draft.n_nodes, draft.n_nodes)
    matrix = coo_array((np.maximum(draft.length_km[edge], 1e-6), (u, v)), shape=shape).tocsr()
    found: list[int] = []
    for start, end in itertools.pairwise(stops):
        _, before = dijkstra(matrix, directed=False, indices=start, return_predecessors=True)
        at = int(end)
        behind: list[int] = []
        while at != start:
            back = int(before[at])
            if back < 0:
                return None
            low_, high_ = min(at, back), max(at, back)
            behind.append(int(edge[np.searchsorted(key, low_ * draft.n_nodes + high_)]))
            at = back
        found += reversed(behind)
    return np.array(found, np.int64)


def _tag(draft: Draft, path: NDArray[np.int64], section: SectionLine) -> Draft:
    """Give the edges to the section, but not the last bit at each end, shared with older lines."""
    km = draft.length_km[path]
    middle = np.cumsum(km) - km / 2
    spare = min(_END_KM, _END_SHARE * float(km.sum()))
    core = path[(middle > spare) & (middle < km.sum() - spare)] if section.new_line else path
    tags = draft.section.copy()
    tags[core[tags[core] < 0]] = section.row
    return replace(draft, section=tags)


def _add(
    draft: Draft, section: SectionLine, ends: tuple[int | None, int | None], shapes: Countries
) -> Draft:
    """Lay a line of the published length; an end that no line is near becomes a new node."""
    points = np.array(section.points)
    for k, end in zip((0, -1), ends, strict=True):
        if end is not None:
            points[k] = draft.lat[end], draft.lon[end]
    lat, lon = _densify(points)
    economy = shapes.locate(lat, lon)
    economy[0], economy[-1] = section.economies[0], section.economies[-1]
    # A straight line may cut the corner of an economy that the section keeps out of.
    astray = ~np.isin(economy, section.economies)
    last_own = np.maximum.accumulate(np.where(astray, 0, np.arange(len(economy))))
    economy = economy[last_own]
    fresh = np.ones(len(lat), bool)
    fresh[0], fresh[-1] = ends[0] is None, ends[1] is None
    longer, new = with_nodes(draft, lat[fresh], lon[fresh], section.mode, economy[fresh])
    chain = np.empty(len(lat), np.int32)
    chain[fresh] = new
    for k, end in zip((0, -1), ends, strict=True):
        if end is not None:
            chain[k] = end
    crow = np.maximum(haversine_km(lat[:-1], lon[:-1], lat[1:], lon[1:]), 0.01)
    # An end that had to be joined from afar makes the line longer than published.
    length = crow * max(section.length_km or 0.0, crow.sum()) / crow.sum()
    return with_edges(longer, chain[:-1], chain[1:], section.mode, length, section=section.row)


def _densify(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    pieces = []
    for (lat_a, lon_a), (lat_b, lon_b) in itertools.pairwise(points):
        km = float(haversine_km(lat_a, lon_a, lat_b, lon_b))
        steps = max(int(np.ceil(km / STEP_KM)), 1)
        share = np.arange(steps) / steps
        pieces.append(
            np.column_stack((lat_a + share * (lat_b - lat_a), lon_a + share * (lon_b - lon_a)))
        )
    line = np.vstack([*pieces, points[-1:]])
    return line[:, 0], line[:, 1]
