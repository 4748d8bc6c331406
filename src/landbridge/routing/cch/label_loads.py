"""Loads of labels: pairs put their flow where they meet, and it runs down to their ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.routing.cch.ancestry import common_depths, shared_by
from landbridge.routing.cch.hierarchy import Hierarchy
from landbridge.routing.cch.minimum import NO_NAN, smaller
from landbridge.routing.cch.threads import share_out

NO_FLOW, NO_WAY = -1, -2
"""Stand for the depth where a pair meets: where nothing flows, and where the flow cannot go."""

ROWS = 16
"""Sources that a thread takes at a time."""
COLUMNS = 64
"""Targets that a thread takes at a time: their loads stay in the cache."""


@dataclass(frozen=True, slots=True)
class LabelLoads:
    """What t terminals know of their ancestors, [t, depths] each.

    Attributes
    ----------
    ranks : int32[t], ranks of the terminals
    weight : float32, distance to the ancestor at each depth; inf where there is none or no way
    by_arc : int32, arc by which it was reached; defined where it was, save at the start
    came_from : int32, depth of the lower end of that arc; -1 at the start
    load : float64, flow that meets there; afterwards all that passes
    """

    ranks: NDArray[np.int32]
    weight: NDArray[np.float32]
    by_arc: NDArray[np.int32]
    came_from: NDArray[np.int32]
    load: NDArray[np.float64]

    @classmethod
    def climbed(
        cls, hierarchy: Hierarchy, ranks: NDArray[np.int32], arc_weight: NDArray[np.float32]
    ) -> LabelLoads:
        """Labels without loads of the terminals at `ranks`."""
        shape = (len(ranks), int(hierarchy.depth[ranks].max(initial=-1)) + 1)
        labels = cls(
            ranks,
            np.empty(shape, np.float32),
            np.empty(shape, np.int32),
            np.empty(shape, np.int32),
            np.zeros(shape),
        )

        def work(tasks: Iterator[int]) -> None:
            for i in tasks:
                _climb_row(
                    ranks[i],
                    hierarchy.up_ptr,
                    hierarchy.up_depth,
                    hierarchy.parent,
                    hierarchy.depth,
                    arc_weight,
                    labels.weight[i],
                    labels.by_arc[i],
                    labels.came_from[i],
                )

        share_out(range(len(ranks)), work)
        return labels

    def to_arcs(self, n_arcs: int) -> NDArray[np.float64]:
        """Load of each arc, float64[a], by the ways from the ancestors that hold the loads."""
        arc_load = np.zeros(n_arcs)
        _load_arcs(self.by_arc, self.came_from, self.load, arc_load)
        return arc_load


def load_labels(
    hierarchy: Hierarchy, source: LabelLoads, target: LabelLoads, flow: NDArray[np.float64]
) -> NDArray[np.int32]:
    """Add each flow to both labels where they meet; return that depth (or NO_...), int32[S, T]."""
    places = np.union1d(source.ranks, target.ranks)
    top = np.empty(flow.shape, dtype=np.int32)
    if flow.size == 0:
        return top
    table = common_depths(hierarchy, places)
    source_place = np.searchsorted(places, source.ranks)
    target_place = np.searchsorted(places, target.ranks)

    def meet(tasks: Iterator[NDArray[np.int64]]) -> None:
        for rows in tasks:
            _meet_rows(
                rows, source.weight, target.weight, source_place, target_place, table, flow, top,
                source.load,
            )  # fmt: skip

    def gather(tasks: Iterator[int]) -> None:
        for begin in tasks:
            _gather_columns(begin, min(begin + COLUMNS, flow.shape[1]), flow, top, target.load)

    by_rank = np.argsort(source_place, kind="stable")
    share_out((by_rank[i : i + ROWS] for i in range(0, len(by_rank), ROWS)), meet)
    share_out(range(0, flow.shape[1], COLUMNS), gather)
    return top


@nb.njit(cache=True, nogil=True)
def _climb_row(  # type: ignore[no-untyped-def]
    rank, up_ptr, up_depth, parent, depth, arc_weight, weight, by_arc, came_from
):
    weight[:] = np.inf
    weight[depth[rank]] = 0.0
    came_from[depth[rank]] = -1
    x = rank
    while x >= 0:
        here = depth[x]
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
    rows, source_weight, target_weight, source_place, target_place, table, flow, top, source_load
):
    for i in rows:
        away = source_weight[i]
        for j in range(len(target_place)):
            if flow[i, j] == 0.0:
                top[i, j] = NO_FLOW
                continue
            back = target_weight[j]
            shared = shared_by(table, source_place[i], target_place[j])
            best = np.float32(np.inf)
            for k in range(np.uint64(shared)):
                best = smaller(best, away[k] + back[k])
            if best == np.inf:
                top[i, j] = NO_WAY
                continue
            at = 0
            while away[at] + back[at] != best:
                at += 1
            top[i, j] = at
            source_load[i, at] += flow[i, j]


@nb.njit(cache=True, nogil=True)
def _gather_columns(begin, end, flow, top, target_load):  # type: ignore[no-untyped-def]
    """Add the flows to some targets, in the order of sources whatever thread found where."""
    for i in range(len(flow)):
        for j in range(begin, end):
            if top[i, j] >= 0:
                target_load[j, top[i, j]] += flow[i, j]


@nb.njit(cache=True, nogil=True)
def _load_arcs(by_arc, came_from, load, arc_load):  # type: ignore[no-untyped-def]
    """Hand loads from each ancestor to the one it was reached from, down to the terminal."""
    for i in range(len(load)):
        for d in range(load.shape[1]):
            if load[i, d] > 0.0 and came_from[i, d] >= 0:
                arc_load[by_arc[i, d]] += load[i, d]
                load[i, came_from[i, d]] += load[i, d]
