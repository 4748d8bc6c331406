"""What contraction adds, before any weight is known: arcs, the tree, and blocks of nodes.

Ranks number the nodes in order of contraction; every array here speaks of ranks. An *arc* joins
a rank to a higher one. A *block* is a run of consecutive ranks whose upper neighbours nest
(a supernode of sparse matrix factorisation); its *border* is the upper neighbours of its last rank.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray


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
            grown = np.empty(2 * len(up_head) + k, np.int32)
            grown[:filled] = up_head[:filled]
            up_head = grown
        up_head[filled : filled + k] = np.sort(row[:k])
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


@nb.njit(cache=True, nogil=True)
def downward(up_ptr, up_head):  # type: ignore[no-untyped-def]
    """Return the arcs seen from above: `down_ptr` int64[n + 1], `down_tail`, `down_arc` int32."""
    n = len(up_ptr) - 1
    down_ptr = np.zeros(n + 1, np.int64)
    for e in range(len(up_head)):
        down_ptr[up_head[e] + 1] += 1
    down_ptr[:] = np.cumsum(down_ptr)
    fill = down_ptr[:-1].copy()
    down_tail = np.empty(len(up_head), np.int32)
    down_arc = np.empty(len(up_head), np.int32)
    for x in range(n):
        for e in range(up_ptr[x], up_ptr[x + 1]):
            y = up_head[e]
            down_tail[fill[y]] = x
            down_arc[fill[y]] = e
            fill[y] += 1
    return down_ptr, down_tail, down_arc


@nb.njit(cache=True, nogil=True)
def find_arcs(low, high, up_ptr, up_head):  # type: ignore[no-untyped-def]
    """Return the arc from each rank `low` to the higher rank `high`: int32, -1 for a loop."""
    arc = np.empty(len(low), np.int32)
    for i in range(len(low)):
        if low[i] == high[i]:
            arc[i] = -1
        else:
            row = up_head[up_ptr[low[i]] : up_ptr[low[i] + 1]]
            arc[i] = up_ptr[low[i]] + np.searchsorted(row, high[i])
    return arc


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
