"""Which way along a sea edge leads away from East Asia."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heappop, heappush
from math import inf

import numpy as np
from numpy.typing import NDArray

from landbridge.network.graph import Mode, Network

SHANGHAI = (30.63, 122.07)
"""Roads of Yangshan, degrees north and east."""


def shanghai_gradient(
    network: Network, edges: NDArray[np.intp], open_: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Gradient of the sea distance to Shanghai from tail to head, in [-1, 1].

    Parameters
    ----------
    edges : rows of the network's sea edges, intp[k].
    open_ : bool[k]
        Edges a ship may use in the year; the distances run over these.

    Returns
    -------
    float64[k], 1 where the edge leads straight away; 0 where Shanghai cannot be reached.
    """
    sea = np.flatnonzero(network.node_mode == Mode.SEA)
    if not len(sea) or not len(edges):
        return np.zeros(len(edges))
    compact = np.full(network.n_nodes, -1, np.int64)
    compact[sea] = np.arange(len(sea))
    tail, head = compact[network.edge_tail[edges]], compact[network.edge_head[edges]]
    length = network.edge_length_km[edges]
    usable = open_ & (tail >= 0) & (head >= 0)
    away = np.cos(np.radians(SHANGHAI[0])) * (
        (network.node_lon[sea] - SHANGHAI[1] + 180.0) % 360.0 - 180.0
    )
    start = int(np.argmin(np.hypot(network.node_lat[sea] - SHANGHAI[0], away)))
    lanes = zip(tail[usable].tolist(), head[usable].tolist(), length[usable].tolist(), strict=True)
    distance = np.r_[_distances(len(sea), lanes, start), np.inf]
    with np.errstate(invalid="ignore", divide="ignore"):
        gradient = (distance[head] - distance[tail]) / length
    return np.clip(np.where(np.isfinite(gradient), gradient, 0.0), -1.0, 1.0)


def _distances(n: int, lanes: Iterable[tuple[int, int, float]], start: int) -> list[float]:
    """Shortest distances from one node; plain, as the sea has few nodes and scipy loads slowly."""
    near: list[list[tuple[int, float]]] = [[] for _ in range(n)]
    for a, b, km in lanes:
        near[a].append((b, km))
        near[b].append((a, km))
    distance = [inf] * n
    distance[start] = 0.0
    queue = [(0.0, start)]
    while queue:
        km, node = heappop(queue)
        if km > distance[node]:
            continue
        for other, more in near[node]:
            if km + more < distance[other]:
                distance[other] = km + more
                heappush(queue, (km + more, other))
    return distance
