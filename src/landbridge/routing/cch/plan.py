"""Who does what when weights come: pieces for the threads, and how blocks hand on what they find.

A block that ends in a wide border is *dense*: it works on rows of neighbouring numbers and leaves
a triangle of ways between the ranks of its border to its parent. The many blocks with narrow
borders *push*: each rank offers its ways straight to the arcs concerned, through a list made here.
Blocks below two ranks of the common top count as dense too: only triangles cross from a piece to
what all pieces share, so that threads never write to the same arc.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

N_THREADS = 2
"""For how many threads the pieces are balanced."""

N_SPLITS = 64
"""How often the largest subtree may be split in search of balance."""

RANK_COST = 100
"""Cost of visiting a rank, in triangles of dense work."""

NARROW = 16
"""Widest border of a block that pushes; longer rows fill vectors."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to work through b blocks.

    Attributes
    ----------
    dense, leaves : bool[b]
        Whether the block works on rows, and whether it leaves a triangle to its parent.
    leaver_ptr, leaver : int32[b + 1], int32[...]
        Children that leave a triangle to each block.
    place : int64[b]
        Where the triangle of a dense block stands.
    piece_first, piece_last : int32[p]
        Subtrees, as runs of blocks, to be worked on side by side.
    above : int32[...]
        The other blocks, to be worked on after them.
    push_ptr : int64[p]
        Where the pushes of each piece start.
    push : int32[...]
        Arcs to offer ways to, for every pair of arcs of each rank that pushes, in order.
    length : int
        Room for all triangles that exist at a time.
    """

    dense: NDArray[np.bool_]
    leaves: NDArray[np.bool_]
    leaver_ptr: NDArray[np.int32]
    leaver: NDArray[np.int32]
    place: NDArray[np.int64]
    piece_first: NDArray[np.int32]
    piece_last: NDArray[np.int32]
    above: NDArray[np.int32]
    push_ptr: NDArray[np.int64]
    push: NDArray[np.int32]
    length: int


def make_plan(
    block_first: NDArray[np.int32],
    block_parent: NDArray[np.int32],
    up_ptr: NDArray[np.int64],
    up_head: NDArray[np.int32],
) -> Plan:
    """Plan the work on a hierarchy's blocks (see `structure.find_blocks`)."""
    n_blocks, last_rank = len(block_parent), block_first[1:] - 1
    border = np.diff(up_ptr)[last_rank]
    cut = _balanced_cut(block_first, block_parent, border)
    start = _first_descendant(block_parent)[cut]
    below_cut = np.zeros(n_blocks + 1, dtype=np.int64)
    below_cut[start] += 1
    below_cut[cut + 1] -= 1
    is_above = np.cumsum(below_cut[:-1]) == 0
    rank_above = np.repeat(is_above, np.diff(block_first))
    n_above = np.r_[0, np.cumsum(rank_above[up_head])]
    border_above = n_above[up_ptr[last_rank + 1]] - n_above[up_ptr[last_rank]]
    dense = (border > NARROW) | (border_above > 1) | is_above
    leaves = dense & (block_parent >= 0) & dense[block_parent]
    leaver_ptr, leaver = _children(np.where(leaves, block_parent, -1).astype(np.int32))
    above = np.flatnonzero(is_above).astype(np.int32)
    order = [np.arange(f, t + 1, dtype=np.int32) for f, t in zip(start, cut, strict=True)]
    place, length = np.zeros(n_blocks, dtype=np.int64), 0
    odd = _generation(leaver_ptr, leaver)
    for blocks in (*order, above):
        length = _place_triangles(
            blocks, dense, leaves, odd, leaver_ptr, leaver, border, place, length
        )
    # A dense block below a narrow one works on rows, then pushes what its last rank sees.
    pushes_from = np.where(leaves, block_first[1:], np.where(dense, last_rank, block_first[:-1]))
    degree = np.diff(up_ptr)
    n_pairs = np.r_[0, np.cumsum(degree * (degree - 1) // 2)]
    n_pushes = n_pairs[block_first[1:]] - n_pairs[pushes_from]
    pushed = [
        _list_pushes(blocks, pushes_from, block_first, up_ptr, up_head, int(n_pushes[blocks].sum()))
        for blocks in order
    ]
    return Plan(
        dense=dense,
        leaves=leaves,
        leaver_ptr=leaver_ptr,
        leaver=leaver,
        place=place,
        piece_first=start.astype(np.int32),
        piece_last=cut,
        above=above,
        push_ptr=np.cumsum([0, *(len(p) for p in pushed)], dtype=np.int64)[:-1],
        push=np.concatenate([np.zeros(0, dtype=np.int32), *pushed]),
        length=length,
    )


def _balanced_cut(
    block_first: NDArray[np.int32], block_parent: NDArray[np.int32], border: NDArray[np.int64]
) -> NDArray[np.int32]:
    """Return the roots of the subtrees that are worked on side by side.

    The largest subtree is split again and again; kept is the cut with the shortest estimated
    time: that of the blocks above the cut, plus the share or the largest piece of the rest.
    """
    size = np.diff(block_first).astype(np.int64)
    cost = size * ((size + border) ** 2 + RANK_COST).astype(np.float64)
    total = _subtree_sums(block_parent, cost)
    child_ptr, child = _children(block_parent)
    pieces = list(np.flatnonzero(block_parent < 0))
    above, best_time, best = 0.0, np.inf, pieces
    for _ in range(N_SPLITS):
        costs = total[pieces]
        time = above + max(costs.max(initial=0.0), costs.sum() / N_THREADS)
        if time < best_time:
            best_time, best = time, list(pieces)
        if len(pieces) == 0:
            break
        split = pieces.pop(int(costs.argmax()))
        above += cost[split]
        pieces.extend(child[child_ptr[split] : child_ptr[split + 1]])
    return np.sort(np.array(best, dtype=np.int32))


@nb.njit(cache=True, nogil=True)
def _subtree_sums(parent, value):  # type: ignore[no-untyped-def]
    total = value.copy()
    for b in range(len(parent)):
        if parent[b] >= 0:
            total[parent[b]] += total[b]
    return total


@nb.njit(cache=True, nogil=True)
def _first_descendant(parent):  # type: ignore[no-untyped-def]
    first = np.arange(len(parent))
    for b in range(len(parent)):
        if parent[b] >= 0:
            first[parent[b]] = min(first[parent[b]], first[b])
    return first


@nb.njit(cache=True, nogil=True)
def _children(parent):  # type: ignore[no-untyped-def]
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
def _generation(leaver_ptr, leaver):  # type: ignore[no-untyped-def]
    """Return 0 and 1 in turn, from parent to child."""
    odd = np.zeros(len(leaver_ptr) - 1, np.int64)
    for b in range(len(odd) - 1, -1, -1):
        for i in range(leaver_ptr[b], leaver_ptr[b + 1]):
            odd[leaver[i]] = 1 - odd[b]
    return odd


@nb.njit(cache=True, nogil=True)
def _place_triangles(blocks, dense, leaves, odd, leaver_ptr, leaver, border, place, bottom):  # type: ignore[no-untyped-def]
    """Stack the triangles of a piece, each on those still waiting; return where the next starts.

    A block's triangle must not overlie its children's: two stacks take generations in turn.
    """
    top, highest = np.zeros(2, np.int64), np.zeros(2, np.int64)
    first, last = blocks[0] if len(blocks) > 0 else 0, blocks[-1] if len(blocks) > 0 else -1
    inside = np.zeros(last - first + 1, np.bool_)
    for b in blocks:
        inside[b - first] = True
        if not dense[b]:
            continue
        for i in range(leaver_ptr[b + 1] - 1, leaver_ptr[b] - 1, -1):
            if leaver[i] >= first and inside[leaver[i] - first]:
                top[1 - odd[b]] = place[leaver[i]]
        place[b] = top[odd[b]]
        end = place[b] + border[b] * (border[b] - 1) // 2
        highest[odd[b]] = max(highest[odd[b]], end)
        if leaves[b]:
            top[odd[b]] = end
    # Places of leavers were read above as heights in their stack, so shift them only now.
    for b in blocks:
        place[b] += bottom + odd[b] * highest[0]
    return bottom + highest[0] + highest[1]


@nb.njit(cache=True, nogil=True)
def _list_pushes(blocks, pushes_from, block_first, up_ptr, up_head, length):  # type: ignore[no-untyped-def]
    """List the arcs that the ranks of a piece push to, in the order in which they do."""
    push = np.empty(length, np.int32)
    n = 0
    for b in blocks:
        for x in range(pushes_from[b], block_first[b + 1]):
            for i in range(up_ptr[x], up_ptr[x + 1]):
                arc = up_ptr[up_head[i]]
                for j in range(i + 1, up_ptr[x + 1]):
                    while up_head[arc] < up_head[j]:
                        arc += 1
                    push[n] = arc
                    n += 1
    return push
