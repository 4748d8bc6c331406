"""Skims: the weight of the best way between all pairs, and what else adds up along it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge.errors import InputError
from landbridge.routing.cch.ancestry import common_depths, shared_by
from landbridge.routing.cch.attributes import arc_attributes, checked_attributes
from landbridge.routing.cch.checks import checked_nodes
from landbridge.routing.cch.hierarchy import Hierarchy
from landbridge.routing.cch.metric import Metric
from landbridge.routing.cch.minimum import NO_NAN, smaller
from landbridge.routing.cch.threads import share_out

ROWS = 16
"""Sources that a thread takes at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class SkimArrays:
    """Sums along the shortest way from each of S sources to each of T targets.

    Attributes
    ----------
    weight : float32[S, T]
        What is minimised; inf where there is no way.
    attributes : float32[A, S, T]
        The sum of each attribute along that way; NaN where there is none.
    """

    weight: NDArray[np.float32]
    attributes: NDArray[np.float32]


def skim(
    metric: Metric,
    sources: ArrayLike,
    targets: ArrayLike,
    attributes_forward: ArrayLike,
    attributes_backward: ArrayLike,
) -> SkimArrays:
    """Sum attributes of the edges along the shortest way between every source and target.

    No path is unpacked: every arc carries the sums of what it stands for, every label those of
    the way it came. Beside the result this takes 8 (A + 1) bytes an arc, and 4 (A + 1) bytes for
    each ancestor of each source and target.

    Parameters
    ----------
    metric : Metric
    sources, targets : int[S], int[T]
        Nodes.
    attributes_forward, attributes_backward : float[A, m]
        What each input edge adds from tail to head, and from head to tail. Where two ways weigh
        the same, the sums are those of one of them.

    Returns
    -------
    SkimArrays

    Raises
    ------
    InputError
        If a node does not exist or the attributes do not fit the edges.

    Examples
    --------
    >>> from landbridge.routing.cch import build_hierarchy, customise
    >>> metric = customise(build_hierarchy(3, [0, 1], [1, 2]), [1.0, 2.0], [1.0, 2.0])
    >>> time_h, distance_km = [[5.0, 6.0]], [[7.0, 8.0]]
    >>> skim(metric, [0], [2], time_h, distance_km).attributes
    array([[[11.]]], dtype=float32)
    """
    hierarchy = metric.hierarchy
    source_nodes = checked_nodes("sources", sources, hierarchy.n_nodes)
    target_nodes = checked_nodes("targets", targets, hierarchy.n_nodes)
    forward = checked_attributes("attributes_forward", attributes_forward, hierarchy.n_edges)
    backward = checked_attributes("attributes_backward", attributes_backward, hierarchy.n_edges)
    if forward.shape != backward.shape:
        raise InputError(
            f"attributes_forward has {forward.shape[1]} rows and attributes_backward "
            f"{backward.shape[1]}: give the same attributes both ways"
        )
    shape = (len(source_nodes), len(target_nodes))
    weight = np.empty(shape, dtype=np.float32)
    attributes = np.empty((forward.shape[1], *shape), dtype=np.float32)
    if weight.size == 0:
        return SkimArrays(weight, attributes)
    arc_up, arc_down = arc_attributes(metric, forward, backward)
    source = _label_rows(hierarchy, hierarchy.rank[source_nodes], metric.up, arc_up)
    target = _label_rows(hierarchy, hierarchy.rank[target_nodes], metric.down, arc_down)
    places = np.union1d(source[0], target[0])
    table = common_depths(hierarchy, places)
    source_place = np.searchsorted(places, hierarchy.rank[source_nodes])
    target_place = np.searchsorted(places, hierarchy.rank[target_nodes])

    def work(tasks: Iterator[NDArray[np.int64]]) -> None:
        for rows in tasks:
            _meet_rows(
                rows,
                *source[1:],
                *target[1:],
                source_place,
                target_place,
                table,
                weight,
                attributes,
            )

    by_rank = np.argsort(source_place, kind="stable")
    share_out((by_rank[i : i + ROWS] for i in range(0, len(by_rank), ROWS)), work)
    return SkimArrays(weight, attributes)


def _label_rows(
    hierarchy: Hierarchy,
    ranks: NDArray[np.int32],
    arc_weight: NDArray[np.float32],
    arc_attribute: NDArray[np.float32],
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]:
    """Return ranks, and the weight [t, depths] and attributes [t, depths, A] to each ancestor."""
    n_depths = int(hierarchy.depth[ranks].max(initial=-1)) + 1
    weight = np.empty((len(ranks), n_depths), dtype=np.float32)
    attribute = np.empty((*weight.shape, arc_attribute.shape[1]), dtype=np.float32)

    def work(tasks: Iterator[int]) -> None:
        for i in tasks:
            _label_row(
                ranks[i],
                hierarchy.up_ptr,
                hierarchy.up_depth,
                hierarchy.parent,
                hierarchy.depth,
                arc_weight,
                arc_attribute,
                weight[i],
                attribute[i],
            )

    share_out(range(len(ranks)), work)
    return ranks, weight, attribute


@nb.njit(cache=True, nogil=True)
def _label_row(  # type: ignore[no-untyped-def]
    rank, up_ptr, up_depth, parent, depth, arc_weight, arc_attribute, weight, attribute
):
    weight[:] = np.inf
    attribute[:] = np.nan
    by_arc = np.empty(len(weight), np.int64)
    came_from = np.empty(len(weight), np.int32)
    weight[depth[rank]] = 0.0
    attribute[depth[rank]] = 0.0
    x = rank
    while x >= 0:
        here = depth[x]
        if x != rank and weight[here] < np.inf:
            for a in range(attribute.shape[1]):
                attribute[here, a] = attribute[came_from[here], a] + arc_attribute[by_arc[here], a]
        for e in range(up_ptr[x], up_ptr[x + 1]):
            there = up_depth[e]
            through = weight[here] + arc_weight[e]
            if through < weight[there]:
                weight[there] = through
                by_arc[there] = e
                came_from[there] = here
        x = parent[x]


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _meet_rows(  # type: ignore[no-untyped-def]
    rows,
    source_weight,
    source_attribute,
    target_weight,
    target_attribute,
    source_place,
    target_place,
    table,
    weight,
    attribute,
):
    for i in rows:
        away = source_weight[i]
        for j in range(len(target_place)):
            back = target_weight[j]
            shared = shared_by(table, source_place[i], target_place[j])
            best = np.float32(np.inf)
            for k in range(np.uint64(shared)):
                best = smaller(best, away[k] + back[k])
            weight[i, j] = best
            top = 0
            while top < shared and away[top] + back[top] != best:
                top += 1
            found = best < np.inf
            for a in range(attribute.shape[0]):
                attribute[a, i, j] = (
                    source_attribute[i, top, a] + target_attribute[j, top, a] if found else np.nan
                )
