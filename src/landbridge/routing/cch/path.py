"""One shortest path, edge by edge."""

from __future__ import annotations

from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge.errors import InputError
from landbridge.routing.cch.checks import checked_nodes, checked_offsets
from landbridge.routing.cch.metric import Metric
from landbridge.routing.cch.rows import first_from, grown


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A shortest path.

    Attributes
    ----------
    weight : float
        Sum of the edges' weights and of the offsets at both ends.
    edges : int64[k]
        Input edges in the order of travel.
    forward : bool[k]
        Whether each is travelled from its tail to its head.
    source_index, target_index : int
        Which of the sources and targets asked about it joins.
    """

    weight: float
    edges: NDArray[np.int64]
    forward: NDArray[np.bool_]
    source_index: int
    target_index: int


def shortest_path(
    metric: Metric,
    sources: ArrayLike,
    source_offsets: ArrayLike | None,
    targets: ArrayLike,
    target_offsets: ArrayLike | None,
) -> Path | None:
    """Return the best path from any of the sources to any of the targets.

    Parameters
    ----------
    metric : Metric
    sources, targets : int[S], int[T]
        Nodes to start and end at, at least one each.
    source_offsets, target_offsets : float[S], float[T] or None
        Weight added before each source and after each target (0 or more; inf rules it out).

    Returns
    -------
    Path or None
        None when no target can be reached.

    Raises
    ------
    InputError
        If a node does not exist, an offset is negative or NaN, or there is no source or target.

    Examples
    --------
    >>> from landbridge.routing.cch import build_hierarchy, customise
    >>> metric = customise(build_hierarchy(3, [1, 1], [0, 2]), [1.0, 2.0], [1.0, 2.0])
    >>> path = shortest_path(metric, [0], None, [2], None)
    >>> path.weight, path.edges.tolist(), path.forward.tolist()
    (3.0, [0, 1], [False, True])
    """
    hierarchy = metric.hierarchy
    source_nodes = checked_nodes("sources", sources, hierarchy.n_nodes)
    target_nodes = checked_nodes("targets", targets, hierarchy.n_nodes)
    if len(source_nodes) == 0 or len(target_nodes) == 0:
        raise InputError("a path needs at least one source and one target")
    source_start = checked_offsets("source_offsets", source_offsets, len(source_nodes))
    target_start = checked_offsets("target_offsets", target_offsets, len(target_nodes))
    tree = (hierarchy.up_ptr, hierarchy.up_head, hierarchy.parent, hierarchy.depth)
    by_rank = [np.argsort(hierarchy.rank[nodes]) for nodes in (source_nodes, target_nodes)]
    source_ranks = hierarchy.rank[source_nodes[by_rank[0]]]
    target_ranks = hierarchy.rank[target_nodes[by_rank[1]]]
    away = _climb(source_ranks, source_start[by_rank[0]], metric.up, *tree)
    back = _climb(target_ranks, target_start[by_rank[1]], metric.down, *tree)
    top, source_place, target_place, arcs = _meet(away, back)
    if top < 0:
        return None
    source_index, target_index = by_rank[0][source_place], by_rank[1][target_place]
    edges, forward = _unpack(
        arcs,
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
    )
    weights = np.where(forward, metric.forward[edges], metric.backward[edges])
    total = weights.sum(dtype=np.float64) + source_start[source_index] + target_start[target_index]
    return Path(float(total), edges, forward, int(source_index), int(target_index))


@nb.njit(cache=True, nogil=True)
def _climb(ranks, offsets, arc_weight, up_ptr, up_head, parent, depth):  # type: ignore[no-untyped-def]
    """Search upwards from all starts, given by ascending rank, at once.

    Returns the ancestors of the starts, ascending, and for each of them (and nothing else) the
    distance (inf where not reached), the arc by which it was reached from below (minus one less
    the place of the start where it is one), and the lower end of that arc, by rank.
    """
    n = len(parent)
    distance = np.empty(n, np.float64)
    by_arc = np.empty(n, np.int64)
    below = np.empty(n, np.int32)
    n_ancestors = 0
    for i in range(len(ranks)):
        n_ancestors += depth[ranks[i]] + 1
    ancestors = np.empty(n_ancestors, np.int32)
    n_ancestors = 0
    for i in range(len(ranks)):
        x = ranks[i]
        # In a postorder, ancestors from the next start's rank on are its ancestors too.
        stop = ranks[i + 1] if i + 1 < len(ranks) else n
        while x >= 0 and x < stop:
            ancestors[n_ancestors] = x
            n_ancestors += 1
            x = parent[x]
    ancestors = ancestors[:n_ancestors]
    # Arcs lead to ancestors only: the rest of these long arrays is never touched.
    for x in ancestors:
        distance[x] = np.inf
        by_arc[x] = -1
        below[x] = -1
    for i in range(len(ranks)):
        if offsets[i] < distance[ranks[i]]:
            distance[ranks[i]] = offsets[i]
            by_arc[ranks[i]] = -1 - i
    for x in ancestors:
        for e in range(up_ptr[x], up_ptr[x + 1]):
            y = up_head[e]
            through = distance[x] + arc_weight[e]
            if through < distance[y]:
                distance[y] = through
                by_arc[y] = e
                below[y] = x
    return distance, by_arc, below, ancestors


@nb.njit(cache=True, nogil=True)
def _meet(from_source, from_target):  # type: ignore[no-untyped-def]
    """Find the best common ancestor; return it, the ends used, and the arcs in travel order.

    Arcs travelled downwards are given as -1 - arc.
    """
    away, away_arc, away_below, ancestors = from_source
    back, back_arc, back_below, others = from_target
    top, best = np.int64(-1), np.inf
    i, j = 0, 0
    while i < len(ancestors) and j < len(others):
        x = ancestors[i]
        if x == others[j] and away[x] + back[x] < best:
            top, best = np.int64(x), away[x] + back[x]
        y = others[j]
        i += x <= y
        j += y <= x
    if top < 0:
        return top, top, top, np.empty(0, np.int64)
    n_up = 0
    x = top
    while away_arc[x] >= 0:
        n_up += 1
        x = away_below[x]
    source_index = -1 - away_arc[x]
    n_down = 0
    x = top
    while back_arc[x] >= 0:
        n_down += 1
        x = back_below[x]
    target_index = -1 - back_arc[x]
    arcs = np.empty(n_up + n_down, np.int64)
    x = top
    for i in range(n_up - 1, -1, -1):
        arcs[i] = away_arc[x]
        x = away_below[x]
    x = top
    for i in range(n_up, n_up + n_down):
        arcs[i] = -1 - back_arc[x]
        x = back_below[x]
    return top, source_index, target_index, arcs


@nb.njit(cache=True, nogil=True)
def _unpack(  # type: ignore[no-untyped-def]
    arcs,
    up_ptr,
    up_head,
    down_ptr,
    down_tail,
    down_arc,
    input_arc,
    input_edge,
    edge_up,
    forward,
    backward,
    up,
    down,
):
    """Replace arcs by the input edges they stand for; return edges and directions."""
    stack = arcs[::-1].copy()
    depth = len(arcs)
    edges = np.empty(256, np.int64)
    ahead = np.empty(256, np.bool_)
    n = 0
    while depth > 0:
        depth -= 1
        item = stack[depth]
        upwards = item >= 0
        arc = item if upwards else -1 - item
        target = up[arc] if upwards else down[arc]
        best = np.float32(np.inf)
        edge = np.int64(-1)
        slot = first_from(input_arc, 0, len(input_arc), arc)
        while slot < len(input_arc) and input_arc[slot] == arc:
            e = input_edge[slot]
            weight = forward[e] if edge_up[e] == upwards else backward[e]
            if weight < best:
                best, edge = weight, np.int64(e)
            slot += 1
        if best > target:
            low = first_from(up_ptr, 0, len(up_ptr), arc + 1) - 1
            high = up_head[arc]
            first, second = _lower_triangle(
                low,
                high,
                upwards,
                best,
                target,
                up_ptr,
                up_head,
                down_ptr,
                down_tail,
                down_arc,
                up,
                down,
            )
            if first >= 0:
                if depth + 2 > len(stack):
                    stack = grown(stack, 2)
                # Down from the tail to the lower rank, then up to the head.
                stack[depth], stack[depth + 1] = second, -1 - first
                depth += 2
                continue
        if n == len(edges):
            edges, ahead = grown(edges, 0), grown(ahead, 0)
        edges[n], ahead[n] = edge, edge_up[edge] == upwards
        n += 1
    return edges[:n].copy(), ahead[:n].copy()


@nb.njit(cache=True, nogil=True)
def _lower_triangle(  # type: ignore[no-untyped-def]
    low, high, upwards, best, target, up_ptr, up_head, down_ptr, down_tail, down_arc, up, down
):
    """Find the lower rank through which an arc is shortest, if it beats `best`.

    Returns the arcs from it to the tail and to the head of the way travelled, or -1, -1.
    """
    first, second = np.int64(-1), np.int64(-1)
    # Every lower neighbour of both ends has an arc to each; the lower end has the fewer.
    for i in range(down_ptr[low], down_ptr[low + 1]):
        x, to_low = down_tail[i], np.int64(down_arc[i])
        to_high = first_from(up_head, up_ptr[x], up_ptr[x + 1], high)
        if to_high == up_ptr[x + 1] or up_head[to_high] != high:
            continue
        to_tail, to_head = (to_low, to_high) if upwards else (to_high, to_low)
        through = down[to_tail] + up[to_head]
        if through < best:
            best, first, second = through, to_tail, to_head
            if best <= target:
                break
    return first, second
