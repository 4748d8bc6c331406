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
    scratch,
    forward,
    backward,
    up,
    down,
    left_up,
    left_down,
):
    """Fill `up` and `down`, the weights of the arcs of `blocks` (children before parents).

    `left_up` and `left_down` hold, at each block's place, the triangle left to its parent.
    """
    triangle_up = np.empty(scratch[1] * (scratch[1] - 1) // 2, np.float32)
    triangle_down = np.empty_like(triangle_up)
    column = np.empty(scratch[1], np.int64)
    next_input = 0
    for n_done in range(len(blocks)):
        b = blocks[n_done]
        low, high = block_first[b], block_first[b + 1]
        size = high - low
        begin, end = up_ptr[low], up_ptr[high]
        border = end - up_ptr[high - 1]
        length = border * (border - 1) // 2
        up[begin:end] = np.inf
        down[begin:end] = np.inf
        if n_done == 0 or b != blocks[n_done - 1] + 1:
            next_input = np.searchsorted(input_arc, begin)
        while next_input < len(input_arc) and input_arc[next_input] < end:
            arc, e = input_arc[next_input], input_edge[next_input]
            to_high, to_low = forward[e], backward[e]
            if not edge_up[e]:
                to_high, to_low = to_low, to_high
            up[arc] = smaller(up[arc], to_high)
            down[arc] = smaller(down[arc], to_low)
            next_input += 1
        if size == 1 and child_ptr[b] == child_ptr[b + 1]:
            at = place[b]
            for i in range(begin, end):
                for j in range(i + 1, end):
                    left_up[at] = down[i] + up[j]
                    left_down[at] = down[j] + up[i]
                    at += 1
            continue
        triangle_up[:length] = np.inf
        triangle_down[:length] = np.inf
        for i in range(child_ptr[b], child_ptr[b + 1]):
            c = child[i]
            _take_over(
                up_head[up_ptr[block_first[c + 1] - 1] : up_ptr[block_first[c + 1]]],
                up_head[end - border : end],
                low,
                high,
                up_ptr,
                column,
                left_up[place[c] :],
                left_down[place[c] :],
                up,
                down,
                triangle_up,
                triangle_down,
            )
        for i in range(low + 1, high):
            _offer(up, down, up_ptr[i], up_ptr[i + 1] - up_ptr[i], up, down, up_ptr, low, i)
        row = 0
        for n in range(border - 1, 0, -1):
            _offer(triangle_up, triangle_down, row, n, up, down, up_ptr, low, high)
            row += n
        left_up[place[b] : place[b] + length] = triangle_up[:length]
        left_down[place[b] : place[b] + length] = triangle_down[:length]


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _offer(to_up, to_down, to, n, up, down, up_ptr, low, high):  # type: ignore[no-untyped-def]
    """Offer n neighbouring arcs that start at `to` the ways through each rank in low .. high - 1.

    The arcs of such a rank end with the one to their tail and those to their n heads.
    """
    # Unsigned places cannot count from the end, so the compiler need not look, and vectorises.
    start, count = np.uint64(to), np.uint64(n)
    k = low
    while k + 3 < high:
        a, b, c, d = (
            np.uint64(up_ptr[k + 1] - n),
            np.uint64(up_ptr[k + 2] - n),
            np.uint64(up_ptr[k + 3] - n),
            np.uint64(up_ptr[k + 4] - n),
        )
        one = np.uint64(1)
        da, db, dc, dd = down[a - one], down[b - one], down[c - one], down[d - one]
        ua, ub, uc, ud = up[a - one], up[b - one], up[c - one], up[d - one]
        for j in range(count):
            first = smaller(da + up[a + j], db + up[b + j])
            second = smaller(dc + up[c + j], dd + up[d + j])
            to_up[start + j] = smaller(to_up[start + j], smaller(first, second))
        for j in range(count):
            first = smaller(ua + down[a + j], ub + down[b + j])
            second = smaller(uc + down[c + j], ud + down[d + j])
            to_down[start + j] = smaller(to_down[start + j], smaller(first, second))
        k += 4
    while k < high:
        after = up_ptr[k + 1] - n
        before_down, before_up = down[after - 1], up[after - 1]
        a = np.uint64(after)
        for j in range(count):
            to_up[start + j] = smaller(to_up[start + j], before_down + up[a + j])
        for j in range(count):
            to_down[start + j] = smaller(to_down[start + j], before_up + down[a + j])
        k += 1


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _take_over(  # type: ignore[no-untyped-def]
    child_border,
    border,
    low,
    high,
    up_ptr,
    column,
    left_up,
    left_down,
    up,
    down,
    triangle_up,
    triangle_down,
):
    """Merge what a child left into the rows of its parent block and the parent's own triangle."""
    size = high - low
    k = 0
    for i in range(len(child_border)):
        y = child_border[i]
        if y < high:
            column[i] = y - low
        else:
            while border[k] < y:
                k += 1
            column[i] = size + k
    taken = 0
    for i in range(len(child_border)):
        c = column[i]
        if c < size:
            row = up_ptr[low + c] - c - 1
            to_up, to_down = up, down
        else:
            c -= size
            row = c * (2 * len(border) - c - 1) // 2 - c - 1 - size
            to_up, to_down = triangle_up, triangle_down
        for j in range(i + 1, len(child_border)):
            at = row + column[j]
            to_up[at] = smaller(to_up[at], left_up[taken])
            to_down[at] = smaller(to_down[at], left_down[taken])
            taken += 1
