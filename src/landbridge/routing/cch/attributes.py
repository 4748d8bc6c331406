"""Further quantities of an edge, carried along whatever way is shortest by weight."""

from __future__ import annotations

from collections.abc import Iterator

import numba as nb
import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge.errors import InputError
from landbridge.routing.cch.metric import Metric
from landbridge.routing.cch.rows import first_from
from landbridge.routing.cch.threads import share_out


def arc_attributes(
    metric: Metric, forward: NDArray[np.float32], backward: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Sum the attributes over what each arc stands for.

    Parameters
    ----------
    metric : Metric
    forward, backward : float32[m, A]
        Attributes of each input edge from tail to head, and back.

    Returns
    -------
    up, down : float32[a, A]
        Their sums along each arc from its lower to its higher end, and back; NaN where closed.
    """
    hierarchy = metric.hierarchy
    up = np.empty((hierarchy.n_arcs, forward.shape[1]), dtype=np.float32)
    down = np.empty_like(up)

    def work(tasks: Iterator[tuple[int, int]]) -> None:
        arc_to = np.empty(hierarchy.n_nodes, dtype=np.int32)
        for low, high in tasks:
            _carry_up(
                low,
                high,
                arc_to,
                hierarchy.up_ptr,
                hierarchy.up_head,
                hierarchy.down_ptr,
                hierarchy.down_tail,
                hierarchy.down_arc,
                hierarchy.input_arc,
                hierarchy.input_edge,
                hierarchy.edge_up,
                metric.forward,
                metric.backward,
                metric.up,
                metric.down,
                forward,
                backward,
                up,
                down,
            )

    first = hierarchy.block_first
    pieces = first[hierarchy.piece_first], first[hierarchy.piece_last + 1]
    largest_first = np.argsort(pieces[0] - pieces[1])
    share_out(((int(pieces[0][p]), int(pieces[1][p])) for p in largest_first), work)
    work((int(first[b]), int(first[b + 1])) for b in hierarchy.above)
    return up, down


def checked_attributes(name: str, attributes: ArrayLike, n_edges: int) -> NDArray[np.float32]:
    """Return attributes as float32[m, A]; raise `InputError` when they are not [A, m] numbers.

    Examples
    --------
    >>> checked_attributes("attributes_forward", [[1.0, 2.0]], 2).shape
    (2, 1)
    """
    given = np.asarray(attributes)
    if given.ndim != 2 or given.shape[1] != n_edges:
        raise InputError(
            f"{name} has shape {given.shape}: give one row an attribute, each with {n_edges} edges"
        )
    return np.ascontiguousarray(given.T, dtype=np.float32)


@nb.njit(cache=True, nogil=True)
def _carry_up(  # type: ignore[no-untyped-def]
    low,
    high,
    arc_to,
    up_ptr,
    up_head,
    down_ptr,
    down_tail,
    down_arc,
    input_arc,
    input_edge,
    edge_up,
    weight_forward,
    weight_backward,
    weight_up,
    weight_down,
    forward,
    backward,
    up,
    down,
):
    """Fill the arcs of ranks low .. high - 1 from the edge or the triangle that gave the weight."""
    slot = first_from(input_arc, 0, len(input_arc), up_ptr[low])
    n_attributes = up.shape[1]
    for x in range(low, high):
        begin, end = up_ptr[x], up_ptr[x + 1]
        up_is_known = np.isinf(weight_up[begin:end])
        down_is_known = np.isinf(weight_down[begin:end])
        for e in range(begin, end):
            arc_to[up_head[e]] = e
            up[e] = np.nan
            down[e] = np.nan
        while slot < len(input_arc) and input_arc[slot] < end:
            arc, e = input_arc[slot], input_edge[slot]
            to_high, to_low = weight_forward[e], weight_backward[e]
            high_row, low_row = forward[e], backward[e]
            if not edge_up[e]:
                to_high, to_low = to_low, to_high
                high_row, low_row = low_row, high_row
            if not up_is_known[arc - begin] and to_high == weight_up[arc]:
                up_is_known[arc - begin] = True
                up[arc] = high_row
            if not down_is_known[arc - begin] and to_low == weight_down[arc]:
                down_is_known[arc - begin] = True
                down[arc] = low_row
            slot += 1
        for i in range(down_ptr[x], down_ptr[x + 1]):
            below, first = down_tail[i], down_arc[i]
            for second in range(first + 1, up_ptr[below + 1]):
                e = arc_to[up_head[second]]
                if (
                    not up_is_known[e - begin]
                    and weight_down[first] + weight_up[second] == weight_up[e]
                ):
                    up_is_known[e - begin] = True
                    for a in range(n_attributes):
                        up[e, a] = down[first, a] + up[second, a]
                if (
                    not down_is_known[e - begin]
                    and weight_down[second] + weight_up[first] == weight_down[e]
                ):
                    down_is_known[e - begin] = True
                    for a in range(n_attributes):
                        down[e, a] = down[second, a] + up[first, a]
