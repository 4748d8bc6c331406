"""What contraction adds, before any weight is known: arcs, the tree, and blocks of nodes.

Ranks number the nodes in order of contraction; every array here speaks of ranks. An *arc* joins
a rank to a higher one. A *block* is a run of consecutive ranks whose upper neighbours nest
(a supernode of sparse matrix factorisation); its *border* is the upper neighbours of its last rank.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.routing.cch.rows import grown


@nb.njit(cache=True, nogil=True)
def fill_in(first, neighbour, node_at, rank):  # type: ignore[no-untyped-def]
    """Contract every node in turn; return the upward arcs and the elimination tree.

    Returns `up_ptr` int64[n + 1], `up_head` int32[arcs] ascending in each row, and `parent`
    int32[n] (-1 at a root). The upper neighbours of a node are those of the graph and those of
    its children in the tree.
    """
    n = len(node_at)
    up_ptr = np.zeros(n + 1, np.int64)
    up_head = np.empty(4 * len(neighbour) + 64, np.int32)
    parent = np.full(n, -1, np.int32)
    first_child = np.full(n, -1, np.int32)
    sibling = np.full(n, -1, np.int32)
    seen_by = np.full(n, -1, np.int32)
    row = np.empty(n, np.int32)
    filled = 0
    for r in range(n):
        x = node_at[r]
        k = 0
        seen_by[r] = r
        for e in range(first[x], first[x + 1]):
            y = rank[neighbour[e]]
            if y > r and seen_by[y] != r:
                seen_by[y] = r
                row[k] = y
                k += 1
        child = first_child[r]
        while child >= 0:
            for e in range(up_ptr[child], up_ptr[child + 1]):
                y = up_head[e]
                if seen_by[y] != r:
                    seen_by[y] = r
                    row[k] = y
                    k += 1
            child = sibling[child]
        if filled + k > len(up_head):
            up_head = grown(up_head, k)
        for i in range(k):
            y, at = row[i], filled + i
            while at > filled and up_head[at - 1] > y:
                up_head[at] = up_head[at - 1]
                at -= 1
            up_head[at] = y
        if k > 0:
            parent[r] = up_head[filled]
            sibling[r] = first_child[parent[r]]
            first_child[parent[r]] = r
        filled += k
        up_ptr[r + 1] = filled
    return up_ptr, up_head[:filled].copy(), parent


@nb.njit(cache=True, nogil=True)
def tree_depth(parent):  # type: ignore[no-untyped-def]
    """Return the depth of each rank in the elimination tree: int32[n], 0 at a root."""
    n = len(parent)
    depth = np.zeros(n, np.int32)
    for x in range(n - 1, -1, -1):
        if parent[x] >= 0:
            depth[x] = depth[parent[x]] + 1
    return depth


def downward(
    up_ptr: NDArray[np.int64], up_head: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Return the arcs seen from above: `down_ptr` int64[n + 1], `down_tail`, `down_arc` int32."""
    n = len(up_ptr) - 1
    down_arc = np.argsort(up_head, kind="stable").astype(np.int32)
    tail = np.repeat(np.arange(n, dtype=np.int32), np.diff(up_ptr))
    down_ptr = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(up_head, minlength=n), out=down_ptr[1:])
    return down_ptr, tail[down_arc], down_arc


def find_arcs(
    low: NDArray[np.int32],
    high: NDArray[np.int32],
    up_ptr: NDArray[np.int64],
    up_head: NDArray[np.int32],
) -> NDArray[np.int32]:
    """Return the arc from each rank `low` to the higher rank `high`: int32, -1 for a loop."""
    n = len(up_ptr) - 1
    key = np.repeat(np.arange(n, dtype=np.int64) * n, np.diff(up_ptr)) + up_head
    arc = np.searchsorted(key, low.astype(np.int64) * n + high)
    return np.where(low == high, -1, arc).astype(np.int32)


def find_blocks(
    up_ptr: NDArray[np.int64], parent: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the first rank of each block, int32[b + 1], and its parent block, int32[b]."""
    n = len(parent)
    degree = np.diff(up_ptr)
    ranks = np.arange(n)
    goes_on = (parent[:-1] == ranks[1:]) & (degree[:-1] == degree[1:] + 1) if n else ranks[:0]
    starts = np.r_[True, ~goes_on] if n else np.zeros(0, dtype=bool)
    first = np.r_[np.flatnonzero(starts), n].astype(np.int32)
    block_of = np.cumsum(starts) - 1
    above = parent[first[1:] - 1]
    block_parent = np.where(above >= 0, block_of[above], -1) if n else above
    return first, block_parent.astype(np.int32)
