"""Distances between many places at once."""

from __future__ import annotations

from collections.abc import Iterator

import numba as nb
import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge.routing.cch.ancestry import common_depths, shared_by
from landbridge.routing.cch.checks import checked_nodes, checked_offsets
from landbridge.routing.cch.labels import label
from landbridge.routing.cch.lanes import LANES, meet_lanes
from landbridge.routing.cch.metric import Metric
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
            _combine_tile(
                tile,
                source.weight[tile].reshape(-1),
                target.weight.reshape(-1),
                target.weight[0].size,
                source_place,
                target_place,
                source.order,
                target.order,
                table,
                out,
            )

    share_out(range(len(source.weight)), work)
    return out


@nb.njit(cache=True, nogil=True)
def _combine_tile(  # type: ignore[no-untyped-def]
    tile,
    source,
    target,
    target_size,
    source_place,
    target_place,
    source_order,
    target_order,
    table,
    out,
):
    """Fill the rows of one tile of sources; labels and rows stay in the nearest caches."""
    rows = range(tile * LANES, min((tile + 1) * LANES, len(source_order)))
    shared = np.empty(LANES, np.int32)
    best = np.empty(LANES, np.float32)
    for begin in range(0, len(target_order), LANES):
        n_lanes = min(LANES, len(target_order) - begin)
        first, last = target_place[begin], target_place[begin + n_lanes - 1]
        within = shared_by(table, first, last)
        labels = target[begin // LANES * target_size :]
        for s in rows:
            place = source_place[s]
            near = first if place < first else last
            alike = shared_by(table, place, near)
            if (place < first or place > last) and alike <= within:
                shared[:n_lanes] = alike
            else:
                for j in range(n_lanes):
                    shared[j] = shared_by(table, place, target_place[begin + j])
            j = 0
            while j < n_lanes:
                end = j + 1
                while end < n_lanes and shared[end] == shared[j]:
                    end += 1
                # Lanes outside the run get numbers without meaning; they are not read.
                meet_lanes(source, s % LANES, labels, np.int64(shared[j]), best)
                for lane in range(j, end):
                    out[source_order[s], target_order[begin + lane]] = best[lane]
                j = end
