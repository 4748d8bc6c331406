"""Labels: what each terminal knows of its ancestors in the elimination tree.

Every shortest way meets a common ancestor of its ends, so the distances from one end up to its
ancestors and from the other's ancestors down to it decide. Terminals are sorted by rank and
labelled LANES at a time: those neighbours share most of their ancestors, so one arc serves a whole
vector of them. A label row belongs to a depth; in the lanes of one branch it belongs to one node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.routing.cch.hierarchy import Hierarchy
from landbridge.routing.cch.lanes import LANES, offer_lanes
from landbridge.routing.cch.threads import share_out


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of t terminals, in tiles of LANES.

    Attributes
    ----------
    order : int64[t]
        Which terminal stands at each place, by rank.
    ranks : int32[t]
        Their ranks, ascending.
    weight : float32[tiles, depths, LANES]
        Distance between the terminal in each lane and its ancestor at each depth; inf elsewhere.
    """

    order: NDArray[np.int64]
    ranks: NDArray[np.int32]
    weight: NDArray[np.float32]


def label(
    hierarchy: Hierarchy,
    arc_weight: NDArray[np.float32],
    nodes: NDArray[np.int64],
    offsets: NDArray[np.float32],
) -> Labels:
    """Label the terminals at `nodes`, each starting from its offset."""
    ranks = hierarchy.rank[nodes]
    order = np.argsort(ranks, kind="stable")
    ranks = ranks[order]
    offsets = offsets[order]
    n_depths = int(hierarchy.depth[ranks].max(initial=-1)) + 1
    n_tiles = -(-len(ranks) // LANES)
    weight = np.empty((n_tiles, n_depths, LANES), dtype=np.float32)

    def work(tasks: Iterator[int]) -> None:
        for tile in tasks:
            lanes = slice(tile * LANES, min((tile + 1) * LANES, len(ranks)))
            _label_tile(
                ranks[lanes],
                offsets[lanes],
                hierarchy.up_ptr,
                hierarchy.up_depth,
                hierarchy.parent,
                hierarchy.depth,
                arc_weight,
                weight[tile],
            )

    share_out(range(n_tiles), work)
    return Labels(order, ranks, weight)


@nb.njit(cache=True, nogil=True)
def _label_tile(ranks, offsets, up_ptr, up_depth, parent, depth, arc_weight, out):  # type: ignore[no-untyped-def]
    out[:] = np.inf
    flat = out.reshape(-1)
    row = np.empty(LANES, np.float32)
    # Lanes from first_lane[d] on have the same ancestor at depth d as the present lane.
    first_lane = np.zeros(out.shape[0], np.int64)
    fork = -1
    for lane in range(len(ranks)):
        x = ranks[lane]
        first_lane[fork + 1 : depth[x] + 1] = lane
        out[depth[x], lane] = offsets[lane]
        # In a postorder, ancestors below the next terminal's rank are not its ancestors.
        stop = ranks[lane + 1] if lane + 1 < len(ranks) else len(parent)
        while x >= 0 and x < stop:
            here, first = depth[x] * LANES, first_lane[depth[x]]
            for j in range(LANES):
                row[j] = flat[here + j] if first <= j <= lane else np.inf
            for e in range(up_ptr[x], up_ptr[x + 1]):
                offer_lanes(flat, up_depth[e] * LANES, row, arc_weight[e])
            x = parent[x]
        fork = depth[x] if x >= 0 else -1
