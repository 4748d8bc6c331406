"""Contracting with weights: min-plus elimination, block by block.

The arcs of a block's ranks are rows of a small dense triangle. A block first takes over what its
children in the tree have found, then lets each of its ranks in turn offer a way through it, and
leaves a triangle of the ways between the ranks of its border to its parent (the multifrontal
scheme of sparse Cholesky factorisation, Duff & Reid 1983, in the min-plus semiring). So every
inner loop runs over neighbouring numbers, and what is read was written a moment before.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from landbridge.routing.cch.minimum import NO_NAN, smaller

SMALL = 16
"""Border up to which single ranks are worked off pair by pair: rows so short do not fill vectors."""


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def eliminate(  # type: ignore[no-untyped-def]
    blocks,
    up_ptr,
    up_head,
    input_arc,
    input_edge,
    edge_up,
    block_first,
    child_ptr,
    child,
    place,
    widest_border,
    forward,
    backward,
    up,
    down,
    left_up,
    left_down,
):
    """Fill `up` and `down`, the weights of the arcs of `blocks` (children before parents).

    `left_up` and `left_down` hold, at each block's place, the triangle left to its parent: for
    each rank of the border the ways to the later ones.
    """
    column = np.empty(widest_border, np.int64)
    next_input = 0
    for done in range(len(blocks)):
        b = blocks[done]
        low, high = block_first[b], block_first[b + 1]
        begin, end = up_ptr[low], up_ptr[high]
        border = end - up_ptr[high - 1]
        if done == 0 or b != blocks[done - 1] + 1:
            next_input = np.searchsorted(input_arc, begin)
        for arc in range(begin, end):
            up[arc] = np.inf
            down[arc] = np.inf
        while next_input < len(input_arc) and input_arc[next_input] < end:
            arc, e = input_arc[next_input], input_edge[next_input]
            ahead, back, upwards = forward[e], backward[e], edge_up[e]
            up[arc] = smaller(up[arc], ahead if upwards else back)
            down[arc] = smaller(down[arc], back if upwards else ahead)
            next_input += 1
        to = place[b]
        for at in range(to, to + border * (border - 1) // 2):
            left_up[at] = np.inf
            left_down[at] = np.inf
        for i in range(child_ptr[b], child_ptr[b + 1]):
            c = child[i]
            last = block_first[c + 1] - 1
            _take_over(
                up_ptr[last],
                up_ptr[last + 1],
                place[c],
                low,
                high,
                end - border,
                end,
                to,
                up_ptr,
                up_head,
                column,
                up,
                down,
                left_up,
                left_down,
            )
        if high - low == 1 and border <= SMALL:
            _offer_one(left_up, left_down, to, border, up, down, begin)
            continue
        for i in range(low + 1, high):
            _offer(up, down, up_ptr[i], up_ptr[i + 1] - up_ptr[i], up, down, up_ptr, low, i)
        for n in range(border - 1, 0, -1):
            _offer(left_up, left_down, to, n, up, down, up_ptr, low, high)
            to += n


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _offer_one(left_up, left_down, to, border, up, down, begin):  # type: ignore[no-untyped-def]
    """Offer a small triangle the ways through one rank, pair by pair."""
    i, j = begin, begin + 1
    down_i, up_i = down[i], up[i]
    for at in range(to, to + border * (border - 1) // 2):
        left_up[at] = smaller(left_up[at], down_i + up[j])
        left_down[at] = smaller(left_down[at], up_i + down[j])
        j += 1
        if j == begin + border:
            i += 1
            j = i + 1
            down_i, up_i = down[i], up[i]


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _offer(to_up, to_down, to, n, up, down, up_ptr, low, high):  # type: ignore[no-untyped-def]
    """Offer n neighbouring arcs that start at `to` the ways through each rank in low .. high - 1.

    The arcs of such a rank end with the one to their tail and those to their n heads.
    """
    # Unsigned places cannot count from the end, so the compiler need not look, and vectorises.
    start, count, one = np.uint64(to), np.uint64(n), np.uint64(1)
    k = low
    while k + 3 < high:
        a, b = np.uint64(up_ptr[k + 1] - n), np.uint64(up_ptr[k + 2] - n)
        c, d = np.uint64(up_ptr[k + 3] - n), np.uint64(up_ptr[k + 4] - n)
        down_a, down_b, down_c, down_d = down[a - one], down[b - one], down[c - one], down[d - one]
        up_a, up_b, up_c, up_d = up[a - one], up[b - one], up[c - one], up[d - one]
        for j in range(count):
            ab = smaller(down_a + up[a + j], down_b + up[b + j])
            cd = smaller(down_c + up[c + j], down_d + up[d + j])
            to_up[start + j] = smaller(to_up[start + j], smaller(ab, cd))
        for j in range(count):
            ab = smaller(up_a + down[a + j], up_b + down[b + j])
            cd = smaller(up_c + down[c + j], up_d + down[d + j])
            to_down[start + j] = smaller(to_down[start + j], smaller(ab, cd))
        k += 4
    while k < high:
        a = np.uint64(up_ptr[k + 1] - n)
        down_a, up_a = down[a - one], up[a - one]
        for j in range(count):
            to_up[start + j] = smaller(to_up[start + j], down_a + up[a + j])
        for j in range(count):
            to_down[start + j] = smaller(to_down[start + j], up_a + down[a + j])
        k += 1


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _take_over(  # type: ignore[no-untyped-def]
    child_begin,
    child_end,
    child_place,
    low,
    high,
    border_begin,
    border_end,
    to,
    up_ptr,
    up_head,
    column,
    up,
    down,
    left_up,
    left_down,
):
    """Merge what a child left into the rows of its parent block and the parent's own triangle."""
    size, border, n = high - low, border_end - border_begin, child_end - child_begin
    k = border_begin
    for i in range(n):
        y = up_head[child_begin + i]
        if y < high:
            column[i] = y - low
        else:
            while up_head[k] < y:
                k += 1
            column[i] = size + k - border_begin
    taken = child_place
    for i in range(n - 1):
        c = column[i]
        if c < size:
            row = up_ptr[low + c] - c - 1
            for j in range(i + 1, n):
                at = row + column[j]
                up[at] = smaller(up[at], left_up[taken])
                down[at] = smaller(down[at], left_down[taken])
                taken += 1
        else:
            c -= size
            row = to + c * (2 * border - c - 1) // 2 - c - 1 - size
            for j in range(i + 1, n):
                at = row + column[j]
                left_up[at] = smaller(left_up[at], left_up[taken])
                left_down[at] = smaller(left_down[at], left_down[taken])
                taken += 1
