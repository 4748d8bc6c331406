"""What contraction adds, before any weight is known: arcs, the tree, and blocks of nodes.

Ranks number the nodes in order of contraction; every array here speaks of ranks. An *arc* joins
a rank to a higher one. A *block* is a run of consecutive ranks whose upper neighbours nest
(a supernode of sparse matrix factorisation); its *border* is the upper neighbours of its last rank.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

BLOCK_OVERHEAD = 300
"""Cost of visiting a block, in triangles: what balances the work between threads."""

N_SPLITS = 64
"""How often the largest subtree may be split in search of balance."""


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


def plan_work(
    block_first: NDArray[np.int32],
    block_parent: NDArray[np.int32],
    up_ptr: NDArray[np.int64],
    n_threads: int = 2,
) -> NDArray[np.int32]:
    """Return the blocks at which subtrees are cut off to be worked on side by side: int32[t].

    The largest subtree is split again and again; kept is the cut with the shortest estimated
    time: that of the blocks above the cut, plus the share or the largest piece of the rest.
    """
    size = np.diff(block_first).astype(np.int64)
    border = np.diff(up_ptr)[block_first[1:] - 1]
    cost = (size * (size + border) ** 2 + BLOCK_OVERHEAD).astype(np.float64)
    total = _subtree_sums(block_parent, cost)
    pieces = list(np.flatnonzero(block_parent < 0))
    by_parent = np.argsort(block_parent, kind="stable")
    sorted_parent = block_parent[by_parent]
    above, best_time, best = 0.0, np.inf, pieces
    for _ in range(N_SPLITS):
        costs = total[pieces]
        time = above + max(costs.max(initial=0.0), costs.sum() / n_threads)
        if time < best_time:
            best_time, best = time, list(pieces)
        if len(pieces) == 0:
            break
        split = pieces.pop(int(costs.argmax()))
        above += cost[split]
        low, high = np.searchsorted(sorted_parent, (split, split + 1))
        pieces.extend(by_parent[low:high])
    return np.sort(np.array(best, dtype=np.int32))


@nb.njit(cache=True, nogil=True)
def _subtree_sums(parent, value):  # type: ignore[no-untyped-def]
    total = value.copy()
    for b in range(len(parent)):
        if parent[b] >= 0:
            total[parent[b]] += total[b]
    return total


@nb.njit(cache=True, nogil=True)
def children_of(parent):  # type: ignore[no-untyped-def]
    """Return the children of each block in compressed rows: int32[b + 1], int32[...]."""
    n = len(parent)
    first = np.zeros(n + 1, np.int32)
    for b in range(n):
        if parent[b] >= 0:
            first[parent[b] + 1] += 1
    for b in range(n):
        first[b + 1] += first[b]
    fill = first[:-1].copy()
    child = np.empty(first[-1], np.int32)
    for b in range(n):
        if parent[b] >= 0:
            child[fill[parent[b]]] = b
            fill[parent[b]] += 1
    return first, child


@nb.njit(cache=True, nogil=True)
def place_updates(cut, child_first, child, up_ptr, block_first):  # type: ignore[no-untyped-def]
    """Give every block a place for what it passes to its parent, on two stacks a subtree.

    Returns the first and last block of each subtree in `cut`, the blocks above them, the place of
    each block's triangle (int64[b]) and the total length needed.
    """
    n = len(block_first) - 1
    place = np.zeros(n, np.int64)
    piece = np.full(n, len(cut), np.int32)
    start = np.empty(len(cut), np.int32)
    n_above = n
    for t in range(len(cut)):
        b = cut[t]
        while child_first[b] < child_first[b + 1]:
            b = child[child_first[b]]
        start[t] = b
        piece[b : cut[t] + 1] = t
        n_above -= cut[t] + 1 - b
    above = np.empty(n_above, np.int32)
    k = 0
    for b in range(n):
        if piece[b] == len(cut):
            above[k] = b
            k += 1
    # A block's triangle must not overlie its children's: odd and even generations take turns.
    odd = np.zeros(n, np.int64)
    for b in range(n - 1, -1, -1):
        for i in range(child_first[b], child_first[b + 1]):
            odd[child[i]] = 1 - odd[b]
    bottom = 0
    top, highest = np.zeros(2, np.int64), np.zeros(2, np.int64)
    for t in range(len(cut) + 1):
        blocks = np.arange(start[t], cut[t] + 1).astype(np.int32) if t < len(cut) else above
        top[:] = 0
        highest[:] = 0
        for b in blocks:
            for i in range(child_first[b + 1] - 1, child_first[b] - 1, -1):
                if piece[child[i]] == t:
                    top[1 - odd[b]] = place[child[i]]
            border = up_ptr[block_first[b + 1]] - up_ptr[block_first[b + 1] - 1]
            place[b] = top[odd[b]]
            top[odd[b]] += border * (border - 1) // 2
            highest[odd[b]] = max(highest[odd[b]], top[odd[b]])
        for b in blocks:
            place[b] += bottom + odd[b] * highest[0]
        bottom += highest[0] + highest[1]
    return start, above, place, bottom
