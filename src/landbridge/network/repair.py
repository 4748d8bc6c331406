"""Mend a line layer: close the gaps that digitising left, and count what was done.

A gap is closed only inside one economy: what joins two economies is a border crossing and comes
from the facts (`network/borders.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from landbridge.network.countries import Countries
from landbridge.network.geo import PointIndex, haversine_km
from landbridge.network.layers import Layer

#: Half of the gaps measured in the railway layer are under 0.25 km; past 3 km a link is a guess.
GAP_KM = 3.0
#: Longest edge between two points of a line.
STEP_KM = 12.0
_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of repair, for the report.

    `what` says what was done, `count` how often, `km` how much line it added.
    """

    what: str
    count: int
    km: float
    note: str = ""


def components(n: int, tail: NDArray[np.int32], head: NDArray[np.int32]) -> NDArray[np.int32]:
    """Label of the connected component of each node."""
    matrix = coo_array((np.ones(len(tail), np.int8), (tail, head)), shape=(n, n))
    return np.asarray(connected_components(matrix, directed=False)[1], np.int32)


def bridge_gaps(
    layer: Layer, economy: NDArray[np.int16], gap_km: float = GAP_KM
) -> tuple[Layer, Repair]:
    """Join each dangling end to a node of another piece within `gap_km`.

    Candidates are the dozen nodes nearest to the end: past them, a link would cut through what is
    drawn. Shortest gaps first, so that a bridge already built makes a longer one needless. Two
    dangling ends of the same piece are joined too: a line interrupted between two stations.
    """
    n = layer.n_nodes
    piece = components(n, layer.tail, layer.head)
    degree = np.bincount(np.r_[layer.tail, layer.head], minlength=n)
    ends = np.flatnonzero(degree <= 1)
    index = PointIndex(layer.lat, layer.lon)
    distance, near = index.nearest(
        layer.lat[ends], layer.lon[ends], k=_NEIGHBOURS, within_km=gap_km
    )
    a = np.repeat(ends, _NEIGHBOURS)
    b, d = near.ravel(), distance.ravel()
    known = np.isfinite(d)
    a, b, d = a[known], b[known], d[known]
    dangling = degree <= 1
    useful = (economy[a] == economy[b]) & (a != b)
    useful &= (piece[a] != piece[b]) | (dangling[a] & dangling[b])
    a, b, d = a[useful], b[useful], d[useful]
    order = np.argsort(d, kind="stable")
    parent = np.arange(piece.max() + 1)
    chosen: list[int] = []
    served = np.zeros(n, bool)
    for i in order:
        root_a, root_b = _root(parent, piece[a[i]]), _root(parent, piece[b[i]])
        if root_a != root_b:
            parent[root_a] = root_b
        elif served[a[i]] or served[b[i]] or not (dangling[a[i]] and dangling[b[i]]):
            continue
        served[a[i]] = served[b[i]] = True
        chosen.append(int(i))
    pick = np.array(chosen, np.int64)
    mended, km = add_links(layer, a[pick], b[pick])
    return mended, Repair(
        f"gaps of {gap_km:g} km or less closed inside one economy", len(pick), float(km.sum())
    )


def split_long(
    layer: Layer, economy: NDArray[np.int16], shapes: Countries, step_km: float = STEP_KM
) -> tuple[Layer, NDArray[np.int16], Repair]:
    """Put points on edges longer than `step_km`, so that places beside them find a node.

    The layers draw some lines as one straight edge over hundreds of km. Points between two ends
    in one economy lie in that economy, whatever corner the straight edge cuts.
    """
    long = np.flatnonzero(layer.length_km > step_km)
    parts = np.ceil(layer.length_km[long] / step_km).astype(np.int64)
    inner = parts - 1
    edge = np.repeat(long, inner)
    place = np.arange(len(edge)) - np.repeat(np.cumsum(inner) - inner, inner) + 1
    share = place / np.repeat(parts, inner)
    tail, head = layer.tail[edge], layer.head[edge]
    span = (layer.lon[head] - layer.lon[tail] + 180) % 360 - 180
    lat = layer.lat[tail] + share * (layer.lat[head] - layer.lat[tail])
    lon = (layer.lon[tail] + share * span + 180) % 360 - 180
    between = economy[tail].copy()
    abroad = economy[tail] != economy[head]
    between[abroad] = shapes.locate(lat[abroad], lon[abroad])
    # Over water between two economies a point keeps to the nearer end.
    lost = between < 0
    between[lost] = np.where(share[lost] < 0.5, economy[tail[lost]], economy[head[lost]])
    new = layer.n_nodes + np.arange(len(edge))
    last = np.cumsum(inner) - 1
    first = last - inner + 1
    starts = new.copy()
    follows = np.ones(len(edge), bool)
    follows[last] = False
    ends = np.where(follows, np.r_[new[1:], -1] if len(new) else new, head)
    keep = np.ones(len(layer.tail), bool)
    keep[long] = False
    piece_km = layer.length_km[long] / parts
    return (
        Layer(
            np.r_[layer.lat, lat],
            np.r_[layer.lon, lon],
            np.r_[layer.tail[keep], layer.tail[long], starts].astype(np.int32),
            np.r_[layer.head[keep], new[first], ends].astype(np.int32),
            np.r_[layer.length_km[keep], piece_km, np.repeat(piece_km, inner)],
        ),
        np.r_[economy, between].astype(np.int16),
        Repair(
            f"edges longer than {step_km:g} km given points on the way",
            len(long),
            float(layer.length_km[long].sum()),
        ),
    )


def add_links(
    layer: Layer,
    tail: NDArray[np.int64],
    head: NDArray[np.int64],
    length_km: NDArray[np.float64] | None = None,
) -> tuple[Layer, NDArray[np.float64]]:
    """The layer with more edges; great-circle lengths (at least 10 m) unless given."""
    if length_km is None:
        length_km = haversine_km(layer.lat[tail], layer.lon[tail], layer.lat[head], layer.lon[head])
    length_km = np.maximum(length_km, 0.01)
    return (
        Layer(
            layer.lat,
            layer.lon,
            np.r_[layer.tail, tail.astype(np.int32)],
            np.r_[layer.head, head.astype(np.int32)],
            np.r_[layer.length_km, length_km],
        ),
        length_km,
    )


def _root(parent: NDArray[np.int64], x: int) -> int:
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = int(parent[x])
    return x
