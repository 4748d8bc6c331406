"""Borders: which edges change economy, and by which right.

An edge between two economies stays only if a listed crossing of its mode is near, if both
economies share a union without border checks, or if it belongs to a line that cuts a neighbour's
corner under agreement. Everything else is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.network.draft import (
    CORNER_TRANSIT,
    LISTED_CROSSING,
    OPEN_BORDER,
    Draft,
    keep_edges,
    with_edges,
)
from landbridge.network.geo import PointIndex, haversine_km
from landbridge.network.graph import Mode
from landbridge.network.repair import Repair, components

#: A border edge belongs to the nearest listed crossing of its pair and mode within this distance.
REACH_KM = {Mode.RAIL: 25.0, Mode.ROAD: 12.0}
#: Where no line of the layer meets the border, lines this near to the crossing are joined there.
LINK_KM = 25.0
#: Roads to a post that is written of are there, though the layer may draw none so near.
DESCRIBED_LINK_KM = 75.0
LINK_DETOUR = 1.3
#: A piece of line shorter than this that a drawn border cuts off its own country is drawing error.
SLIVER_KM = 15.0
_LARGE_PIECE = 500
#: A line's own node stands this near to where it enters a corner.
_CORNER_KM = 30.0


@dataclass(frozen=True, slots=True)
class CrossingPoint:
    """What the builder needs of a row of the crossings table (`row` is its position there).

    `described` tells a post that someone writes of from one only seen on the layer.
    """

    row: int
    economy_a: int
    economy_b: int
    lat: float
    lon: float
    described: bool = False


@dataclass(frozen=True, slots=True)
class Corner:
    """A line of `economy` that cuts through a corner of `neighbour` and comes back.

    `enters` and `leaves` are where it meets the border, (lat, lon) in degrees.
    """

    economy: int
    neighbour: int
    enters: tuple[float, float]
    leaves: tuple[float, float]
    length_km: float


def straighten(draft: Draft, sliver_km: float = SLIVER_KM) -> tuple[Draft, Repair]:
    """Give slivers back: small pieces that touch one other economy and are not home's main piece.

    Where a line runs along a border, its points fall now on this side and now on that one. A
    piece of less than `sliver_km` that is joined to only one other economy takes that economy.
    """
    economy = draft.economy.copy()
    inside = economy[draft.tail] == economy[draft.head]
    piece = components(draft.n_nodes, draft.tail[inside], draft.head[inside])
    n_pieces = int(piece.max()) + 1
    km = np.bincount(piece[draft.tail[inside]], draft.length_km[inside], minlength=n_pieces)
    home = np.zeros(n_pieces, np.int64)
    home[piece] = economy
    longest = np.zeros(int(economy.max()) + 2)
    np.maximum.at(longest, home, km)
    a, b = draft.tail[~inside], draft.head[~inside]
    touches: dict[int, set[int]] = {}
    for p, other in zip(
        np.r_[piece[a], piece[b]].tolist(), np.r_[piece[b], piece[a]].tolist(), strict=True
    ):
        touches.setdefault(p, set()).add(other)
    moved = 0
    moved_km = 0.0
    target = home.copy()
    for p, others in touches.items():
        beyond = {int(home[q]) for q in others}
        # Two slivers that touch only each other would change places: the larger one stays.
        largest = max((km[q], q) for q in others) > (km[p], p)
        if len(beyond) == 1 and largest and km[p] < sliver_km and km[p] < longest[home[p]]:
            target[p] = beyond.pop()
            moved += 1
            moved_km += float(km[p])
    straightened = target[piece].astype(np.int16)
    return (
        replace(draft, economy=straightened, edge_economy=straightened[draft.tail]),
        Repair(
            f"pieces under {sliver_km:g} km cut off by the drawn border given back",
            moved,
            moved_km,
        ),
    )


def border_edges(draft: Draft) -> NDArray[np.int64]:
    """Edges whose two ends lie in different economies."""
    return np.flatnonzero(draft.economy[draft.tail] != draft.economy[draft.head])


def enforce(
    draft: Draft,
    mode: Mode,
    crossings: Sequence[CrossingPoint],
    corners: Sequence[Corner],
    open_pairs: frozenset[tuple[int, int]],
) -> tuple[Draft, list[Repair], tuple[int, ...]]:
    """Cut every border edge that has no right to be, and join what should meet and does not.

    Parameters
    ----------
    draft : one layer of `mode`.
    crossings : the listed crossings of that mode.
    corners : lines whose transit through a corner is agreed; each gets an edge of its own past
        the two borders, so that only through traffic is free of them.
    open_pairs : sorted pairs of economies without border checks in some year; the metrics decide
        in which years.

    Returns
    -------
    The draft, what was done, and the rows of the crossings that no line reaches.
    """
    edges = border_edges(draft)
    a, b = draft.economy[draft.tail[edges]], draft.economy[draft.head[edges]]
    low, high = np.minimum(a, b), np.maximum(a, b)
    middle_lat = (draft.lat[draft.tail[edges]] + draft.lat[draft.head[edges]]) / 2
    middle_lon = (draft.lon[draft.tail[edges]] + draft.lon[draft.head[edges]]) / 2
    best_km = np.full(len(edges), REACH_KM[mode])
    owner = np.full(len(edges), -1, np.int64)
    for k, point in enumerate(crossings):
        pair = sorted((point.economy_a, point.economy_b))
        same = np.flatnonzero((low == pair[0]) & (high == pair[1]))
        if not len(same):
            continue
        km = haversine_km(
            np.float64(point.lat), np.float64(point.lon), middle_lat[same], middle_lon[same]
        )
        # A long border edge may have its middle far from a crossing that it passes close by.
        km = np.maximum(km - draft.length_km[edges[same]] / 2, 0.0)
        closer = km < best_km[same]
        best_km[same[closer]] = km[closer]
        owner[same[closer]] = k
    opened = np.array(
        [(int(x), int(y)) in open_pairs for x, y in zip(low, high, strict=True)], bool
    )
    rule = np.zeros(draft.n_edges, np.int8)
    crossing = draft.crossing.copy()
    listed = owner >= 0
    rule[edges[opened]] = OPEN_BORDER
    rule[edges[listed]] = LISTED_CROSSING
    rows = np.array([c.row for c in crossings], np.int32)
    crossing[edges[listed]] = rows[owner[listed]]
    cut = edges[~(listed | opened)]
    keep = np.ones(draft.n_edges, bool)
    keep[cut] = False
    cut_km = float(draft.length_km[cut].sum())
    enforced = keep_edges(replace(draft, crossing=crossing, border_rule=rule), keep)
    reached = set(owner[listed].tolist())
    missing = [c for k, c in enumerate(crossings) if k not in reached]
    joined, linked, lost = _join_at(enforced, mode, missing)
    joined, passed_by = _pass_corners(joined, mode, corners)
    oriented = _side_a_first(joined, {c.row: c.economy_a for c in crossings})
    name = mode.name.lower()
    return (
        oriented,
        [
            Repair(f"{name} edges over a border without a crossing cut", len(cut), cut_km),
            Repair(
                f"{name} crossings joined to lines within {LINK_KM:g} km that stop short",
                len(linked),
                float(sum(linked)),
            ),
            Repair(
                f"{name} lines through a neighbour's corner under agreement",
                len(passed_by),
                float(sum(passed_by)),
            ),
        ],
        lost,
    )


def _join_at(
    draft: Draft, mode: Mode, missing: Sequence[CrossingPoint]
) -> tuple[Draft, list[float], tuple[int, ...]]:
    piece = components(draft.n_nodes, draft.tail, draft.head)
    size = np.bincount(piece)[piece]
    index = PointIndex(draft.lat, draft.lon)
    tails, heads, rows, lost = [], [], [], []
    for point in missing:
        reach = DESCRIBED_LINK_KM if point.described and mode is Mode.ROAD else LINK_KM
        near = index.within(point.lat, point.lon, reach)
        km = haversine_km(
            np.float64(point.lat), np.float64(point.lon), draft.lat[near], draft.lon[near]
        )
        # A siding at the fence is nearer than the main line; prefer what leads somewhere.
        km = km + np.where(size[near] >= _LARGE_PIECE, 0.0, reach)
        side = [near[draft.economy[near] == e] for e in (point.economy_a, point.economy_b)]
        if not all(len(s) for s in side):
            lost.append(point.row)
            continue
        cost = dict(zip(near.tolist(), km.tolist(), strict=True))
        ends = [min(s.tolist(), key=cost.__getitem__) for s in side]
        tails.append(ends[0])
        heads.append(ends[1])
        rows.append(point.row)
    tail, head = np.array(tails, np.int32), np.array(heads, np.int32)
    length = np.maximum(
        haversine_km(draft.lat[tail], draft.lon[tail], draft.lat[head], draft.lon[head]), 0.01
    )
    # A short link is the last siding; a longer one is a road that winds.
    length = np.where(length > LINK_KM, length * LINK_DETOUR, length)
    joined = with_edges(
        draft,
        tail,
        head,
        mode,
        length,
        crossing=np.array(rows, np.int32),
        border_rule=LISTED_CROSSING,
    )
    return joined, length.tolist(), tuple(lost)


def _pass_corners(draft: Draft, mode: Mode, corners: Sequence[Corner]) -> tuple[Draft, list[float]]:
    tails, heads, lengths, through = [], [], [], []
    for corner in corners:
        own = np.flatnonzero(draft.economy == corner.economy)
        if not len(own):
            continue
        lat, lon = np.array([corner.enters, corner.leaves]).T
        km, near = PointIndex(draft.lat[own], draft.lon[own]).nearest(lat, lon)
        if (km > _CORNER_KM).any() or near[0] == near[1]:
            continue
        tails.append(own[near[0]])
        heads.append(own[near[1]])
        crow = haversine_km(*_point(draft, own[near[0]]), *_point(draft, own[near[1]]))
        lengths.append(max(float(corner.length_km + km.sum()), float(crow)))
        through.append(corner.neighbour)
    first = draft.n_edges
    past = with_edges(
        draft,
        np.array(tails, np.int32),
        np.array(heads, np.int32),
        mode,
        np.array(lengths),
        border_rule=CORNER_TRANSIT,
    )
    # The edge lies in the neighbour: whoever avoids the neighbour may not use it.
    economy = past.edge_economy.copy()
    economy[first:] = through
    return replace(past, edge_economy=economy), lengths


def _point(draft: Draft, node: int) -> tuple[float, float]:
    """Latitude and longitude of a node."""
    return float(draft.lat[node]), float(draft.lon[node])


def _side_a_first(draft: Draft, side_a: dict[int, int]) -> Draft:
    at = np.flatnonzero(draft.crossing >= 0)
    wanted = np.array([side_a[int(row)] for row in draft.crossing[at]], np.int16)
    flip = at[draft.economy[draft.tail[at]] != wanted]
    tail, head = draft.tail.copy(), draft.head.copy()
    tail[flip], head[flip] = draft.head[flip], draft.tail[flip]
    economy = draft.edge_economy.copy()
    economy[at] = draft.economy[tail[at]]
    return replace(draft, tail=tail, head=head, edge_economy=economy)
