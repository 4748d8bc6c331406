"""Contracting with weights: min-plus elimination, block by block.

The arcs of a dense block's ranks are rows of a small triangle. The block first takes over what its
children in the tree have left, then lets each of its ranks in turn offer a way through it, and
leaves a triangle of the ways between the ranks of its border to its parent (the multifrontal
scheme of sparse Cholesky factorisation, Duff & Reid 1983, in the min-plus semiring). So every
inner loop runs over neighbouring numbers, and what is read was written a moment before.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from landbridge.routing.cch.minimum import NO_NAN, smaller
from landbridge.routing.cch.rows import first_from


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def lay_inputs(  # type: ignore[no-untyped-def]
    blocks, block_first, up_ptr, input_arc, input_edge, edge_up, forward, backward, up, down
):
    """Set the arcs of `blocks` to the best input edge on each, or inf."""
    k = 0
    while k < len(blocks):
        begin = up_ptr[block_first[blocks[k]]]
        while k + 1 < len(blocks) and blocks[k + 1] == blocks[k] + 1:
            k += 1
        end = up_ptr[block_first[blocks[k] + 1]]
        k += 1
        up[begin:end] = np.inf
        down[begin:end] = np.inf
        slot = first_from(input_arc, 0, len(input_arc), begin)
        while slot < len(input_arc) and input_arc[slot] < end:
            arc, e = input_arc[slot], input_edge[slot]
            ahead, back, upwards = forward[e], backward[e], edge_up[e]
            up[arc] = smaller(up[arc], ahead if upwards else back)
            down[arc] = smaller(down[arc], back if upwards else ahead)
            slot += 1


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def eliminate(  # type: ignore[no-untyped-def]
    blocks,
    next_push,
    up_ptr,
    up_head,
    block_first,
    dense,
    leaves,
    leaver_ptr,
    leaver,
    place,
    push,
    widest_border,
    up,
    down,
    left_up,
    left_down,
):
    """Make `up` and `down`, which hold the input edges, the shortest ways through lower ranks.

    `blocks` come children before parents; `left_up` and `left_down` hold, at each dense block's
    place, for each rank of its border the ways to the later ones.
    """
    column = np.empty(widest_border, np.int64)
    for b in blocks:
        low, high = block_first[b], block_first[b + 1]
        if not dense[b]:
            for x in range(low, high):
                next_push = _push(up_ptr[x], up_ptr[x + 1], next_push, push, up, down)
            continue
        end = up_ptr[high]
        border = end - up_ptr[high - 1]
        to, length = place[b], border * (border - 1) // 2
        for at in range(to, to + length):
            left_up[at] = np.inf
            left_down[at] = np.inf
        for i in range(leaver_ptr[b], leaver_ptr[b + 1]):
            last = block_first[leaver[i] + 1] - 1
            _take_over(
                up_ptr[last],
                up_ptr[last + 1],
                place[leaver[i]],
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
        for i in range(low + 1, high):
            _offer(up, down, up_ptr[i], up_ptr[i + 1] - up_ptr[i], up, down, up_ptr, low, i)
        for n in range(border - 1, 0, -1):
            _offer(left_up, left_down, to, n, up, down, up_ptr, low, high)
            to += n
        if not leaves[b]:
            for at in range(place[b], place[b] + length):
                arc = push[next_push]
                up[arc] = smaller(up[arc], left_up[at])
                down[arc] = smaller(down[arc], left_down[at])
                next_push += 1


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _push(begin, end, next_push, push, up, down):  # type: ignore[no-untyped-def]
    """Offer the ways through one rank, whose arcs are begin .. end - 1, straight to their arcs."""
    i, j = begin, begin + 1
    if j >= end:
        return next_push
    down_i, up_i = down[i], up[i]
    n_pairs = (end - begin) * (end - begin - 1) // 2
    for at in range(next_push, next_push + n_pairs):
        arc = push[at]
        up[arc] = smaller(up[arc], down_i + up[j])
        down[arc] = smaller(down[arc], up_i + down[j])
        j += 1
        if j == end:
            i += 1
            j = i + 1
            down_i, up_i = down[i], up[i]
    return next_push + n_pairs


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
