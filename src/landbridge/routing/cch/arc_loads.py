"""From loads of arcs to loads of edges: the mirror of `attributes`, from the top rank down."""

from __future__ import annotations

from collections.abc import Iterator

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError
from landbridge.routing.cch.metric import Metric
from landbridge.routing.cch.rows import first_from
from landbridge.routing.cch.threads import share_out


def edge_loads(
    metric: Metric, up: NDArray[np.float64], down: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Hand what each arc carries to the edges it stands for.

    Parameters
    ----------
    metric : Metric
    up, down : float64[a]
        Load of each arc from its lower to its higher end, and back. Used as working memory:
        afterwards they hold what went through each arc, on its own or as part of a higher one.

    Returns
    -------
    forward, backward : float64[m]
        Load of each input edge from tail to head, and back.

    Raises
    ------
    InputError
        If a loaded arc's weight comes from none of the edges and triangles below it.
    """
    hierarchy = metric.hierarchy
    forward = np.zeros(hierarchy.n_edges)
    backward = np.zeros(hierarchy.n_edges)

    def work(tasks: Iterator[tuple[int, int]]) -> None:
        arc_to = np.empty(hierarchy.n_nodes, dtype=np.int32)
        for low, high in tasks:
            astray = _hand_down(
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
                up,
                down,
                forward,
                backward,
            )
            if astray >= 0:
                raise InputError(
                    f"the metric's weight of arc {astray} is that of no way through lower ranks: "
                    "its weights belong to another hierarchy; make it anew with customise"
                )

    first = hierarchy.block_first
    # An arc's load is complete when all higher ranks have handed down theirs.
    work((int(first[b]), int(first[b + 1])) for b in hierarchy.above[::-1])
    pieces = first[hierarchy.piece_first], first[hierarchy.piece_last + 1]
    largest_first = np.argsort(pieces[0] - pieces[1])
    share_out(((int(pieces[0][p]), int(pieces[1][p])) for p in largest_first), work)
    return forward, backward


@nb.njit(cache=True, nogil=True)
def _hand_down(  # type: ignore[no-untyped-def]
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
    up,
    down,
    forward,
    backward,
):
    """Hand the loads of ranks high - 1 .. low to the edge or the triangle that gave the weight.

    Ties go as in `attributes`. Returns an arc that could not hand on its load, or -1.
    """
    for x in range(high - 1, low - 1, -1):
        begin, end = up_ptr[x], up_ptr[x + 1]
        waiting = 0
        for e in range(begin, end):
            waiting += (up[e] > 0.0) + (down[e] > 0.0)
        if waiting == 0:
            continue
        up_waits = up[begin:end] > 0.0
        down_waits = down[begin:end] > 0.0
        for e in range(begin, end):
            arc_to[up_head[e]] = e
        slot = first_from(input_arc, 0, len(input_arc), begin)
        while slot < len(input_arc) and input_arc[slot] < end:
            arc, e = input_arc[slot], input_edge[slot]
            to_high, to_low = weight_forward[e], weight_backward[e]
            high_load, low_load = forward, backward
            if not edge_up[e]:
                to_high, to_low = to_low, to_high
                high_load, low_load = low_load, high_load
            if up_waits[arc - begin] and to_high == weight_up[arc]:
                up_waits[arc - begin] = False
                high_load[e] = up[arc]
                waiting -= 1
            if down_waits[arc - begin] and to_low == weight_down[arc]:
                down_waits[arc - begin] = False
                low_load[e] = down[arc]
                waiting -= 1
            slot += 1
        i = down_ptr[x]
        while waiting > 0 and i < down_ptr[x + 1]:
            below, first = down_tail[i], down_arc[i]
            for second in range(first + 1, up_ptr[below + 1]):
                e = arc_to[up_head[second]]
                if up_waits[e - begin] and weight_down[first] + weight_up[second] == weight_up[e]:
                    up_waits[e - begin] = False
                    down[first] += up[e]
                    up[second] += up[e]
                    waiting -= 1
                if (
                    down_waits[e - begin]
                    and weight_down[second] + weight_up[first] == weight_down[e]
                ):
                    down_waits[e - begin] = False
                    down[second] += down[e]
                    up[first] += down[e]
                    waiting -= 1
            i += 1
        if waiting > 0:
            for e in range(begin, end):
                if up_waits[e - begin] or down_waits[e - begin]:
                    return e
    return np.int64(-1)
