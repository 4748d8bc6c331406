"""Which way along a sea edge leads away from East Asia."""

from __future__ import annotations

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
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    sea = np.flatnonzero(network.node_mode == Mode.SEA)
    if not len(sea) or not len(edges):
        return np.zeros(len(edges))
    compact = np.full(network.n_nodes, -1, np.int64)
    compact[sea] = np.arange(len(sea))
    tail, head = compact[network.edge_tail[edges]], compact[network.edge_head[edges]]
    length = network.edge_length_km[edges]
    usable = open_ & (tail >= 0) & (head >= 0)
    # A zero would vanish from a sparse matrix.
    km = np.maximum(length[usable], 1e-6)
    rows, columns = np.r_[tail[usable], head[usable]], np.r_[head[usable], tail[usable]]
    order = np.lexsort((np.r_[km, km], columns, rows))
    rows, columns, km = rows[order], columns[order], np.r_[km, km][order]
    first = np.r_[True, (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])][: len(rows)]
    graph = coo_array(
        (km[first], (rows[first], columns[first])), shape=(len(sea), len(sea))
    ).tocsr()
    away = np.cos(np.radians(SHANGHAI[0])) * (
        (network.node_lon[sea] - SHANGHAI[1] + 180.0) % 360.0 - 180.0
    )
    start = int(np.argmin(np.hypot(network.node_lat[sea] - SHANGHAI[0], away)))
    distance = np.r_[dijkstra(graph, directed=True, indices=start), np.inf]
    with np.errstate(invalid="ignore", divide="ignore"):
        gradient = (distance[head] - distance[tail]) / length
    return np.clip(np.where(np.isfinite(gradient), gradient, 0.0), -1.0, 1.0)
