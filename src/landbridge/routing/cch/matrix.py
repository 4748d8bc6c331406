"""Distances between many places at once."""

from __future__ import annotations

from collections.abc import Iterator

import numba as nb
import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge.routing.cch.ancestry import common_depths, shared_by
from landbridge.routing.cch.checks import checked_nodes, checked_offsets
from landbridge.routing.cch.labels import LANES, label
from landbridge.routing.cch.metric import Metric
from landbridge.routing.cch.minimum import NO_NAN, smaller
from landbridge.routing.cch.threads import share_out


def distances(
    metric: Metric,
    sources: ArrayLike,
    targets: ArrayLike,
    source_offsets: ArrayLike | None = None,
    target_offsets: ArrayLike | None = None,
) -> NDArray[np.float32]:
    """Return the shortest distance from every source to every target.

    Parameters
    ----------
    metric : Metric
    sources, targets : int[S], int[T]
        Nodes; the same node may stand more than once.
    source_offsets, target_offsets : float[S], float[T], optional
        Weight added before a source and after a target (0 or more).

    Returns
    -------
    float32[S, T]
        In the unit of the weights; inf where there is no way, which the caller must not let pass.

    Raises
    ------
    InputError
        If a node does not exist or an offset is negative or NaN.

    Examples
    --------
    >>> from landbridge.routing.cch import build_hierarchy, customise
    >>> metric = customise(build_hierarchy(3, [0, 1], [1, 2]), [1.0, 2.0], [1.0, 2.0])
    >>> distances(metric, [0], [1, 2], target_offsets=[0.5, 0.0])
    array([[1.5, 3. ]], dtype=float32)
    """
    hierarchy = metric.hierarchy
    source_nodes = checked_nodes("sources", sources, hierarchy.n_nodes)
    target_nodes = checked_nodes("targets", targets, hierarchy.n_nodes)
    source_start = checked_offsets("source_offsets", source_offsets, len(source_nodes))
    target_start = checked_offsets("target_offsets", target_offsets, len(target_nodes))
    out = np.empty((len(source_nodes), len(target_nodes)), dtype=np.float32)
    if out.size == 0:
        return out
    source = label(hierarchy, metric.up, source_nodes, source_start)
    target = label(hierarchy, metric.down, target_nodes, target_start)
    places = np.union1d(source.ranks, target.ranks)
    table = common_depths(hierarchy, places)
    source_place = np.searchsorted(places, source.ranks)
    target_place = np.searchsorted(places, target.ranks)

    def work(tasks: Iterator[int]) -> None:
        for tile in tasks:
            _combine_with_tile(
                tile,
                source.weight,
                target.weight[tile],
                source_place,
                target_place,
                source.order,
                target.order,
                table,
                out,
            )

    share_out(range(len(target.weight)), work)
    return out


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _combine_with_tile(  # type: ignore[no-untyped-def]
    tile, source, target, source_place, target_place, source_order, target_order, table, out
):
    """Fill the columns of one tile of targets, which stays in the nearest cache."""
    begin = tile * LANES
    n_lanes = min(LANES, len(target_order) - begin)
    first, last = target_place[begin], target_place[begin + n_lanes - 1]
    within = shared_by(table, first, last)
    shared = np.empty(LANES, np.int32)
    best = np.empty(LANES, np.float32)
    lane_target = target.reshape(-1)
    for s in range(len(source_place)):
        place = source_place[s]
        lane_source = source[s // LANES].reshape(-1)
        at = s % LANES
        outside = place < first or place > last
        near = first if place < first else last
        if outside and shared_by(table, place, near) <= within:
            shared[:n_lanes] = shared_by(table, place, near)
        else:
            for j in range(n_lanes):
                shared[j] = shared_by(table, place, target_place[begin + j])
        j = 0
        while j < n_lanes:
            end = j + 1
            while end < n_lanes and shared[end] == shared[j]:
                end += 1
            best[j:end] = np.inf
            _meet(lane_source, at, lane_target, shared[j], j, end, best)
            j = end
        for j in range(n_lanes):
            out[source_order[s], target_order[begin + j]] = best[j]


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _meet(source, at, target, n_shared, begin, end, best):  # type: ignore[no-untyped-def]
    """Lower `best` of lanes begin .. end - 1 to the shortest way over the shared ancestors."""
    step, width = np.uint64(LANES), np.uint64(LANES)
    up, down = np.uint64(at), np.uint64(0)
    k = 0
    if begin == 0 and end == LANES:
        while k + 3 < n_shared:
            a, b = source[up], source[up + step]
            c, d = source[up + step + step], source[up + step + step + step]
            for j in range(width):
                ab = smaller(a + target[down + j], b + target[down + step + j])
                cd = smaller(
                    c + target[down + step + step + j], d + target[down + step + step + step + j]
                )
                best[j] = smaller(best[j], smaller(ab, cd))
            up += step + step + step + step
            down += step + step + step + step
            k += 4
    while k < n_shared:
        a = source[up]
        for j in range(np.uint64(begin), np.uint64(end)):
            best[j] = smaller(best[j], a + target[down + j])
        up += step
        down += step
        k += 1
