"""The yardstick: the least work that reads the same labels for every pair."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.routing.cch import Metric
from landbridge.routing.cch.ancestry import common_depths, shared_by
from landbridge.routing.cch.labels import label
from landbridge.routing.cch.minimum import NO_NAN, smaller
from landbridge.routing.cch.threads import share_out

ROWS = 16


class Sweep:
    """A copy-and-minimum sweep over the labels of sources and targets.

    For every pair it reads both label rows once up to the last ancestor the two share, and copies
    the least number met. It is a plain vectorised loop on the same threads: it adds nothing,
    finds no ancestors, makes no labels, and takes no account of caches. `whole=True` reads the
    rows to their end instead, as one would who did not know the tree.
    """

    def __init__(self, metric: Metric, places: NDArray[np.int64], *, whole: bool) -> None:
        hierarchy, zeros = metric.hierarchy, np.zeros(len(places), dtype=np.float32)
        self.rows = [
            np.ascontiguousarray(
                label(hierarchy, arcs, places, zeros)
                .weight.transpose(0, 2, 1)
                .reshape(-1, int(hierarchy.depth[hierarchy.rank[places]].max()) + 1)[: len(places)]
            )
            for arcs in (metric.up, metric.down)
        ]
        n, depths = self.rows[0].shape
        table = common_depths(hierarchy, np.sort(hierarchy.rank[places]))
        self.shared = np.full((n, n), depths, dtype=np.int32) if whole else _shared(table)
        self.out = np.empty((n, n), dtype=np.float32)

    def run(self) -> None:
        """Sweep once."""

        def work(tasks) -> None:
            for first in tasks:
                _sweep(first, min(first + ROWS, len(self.out)), *self.rows, self.shared, self.out)

        share_out(range(0, len(self.out), ROWS), work)


@nb.njit(cache=True, nogil=True)
def _shared(table):
    n = table.shape[1]
    out = np.empty((n, n), np.int32)
    for i in range(n):
        for j in range(n):
            out[i, j] = shared_by(table, i, j)
    return out


@nb.njit(cache=True, nogil=True, fastmath=NO_NAN)
def _sweep(first, last, source, target, shared, out):
    for i in range(first, last):
        for j in range(out.shape[1]):
            least = np.float32(np.inf)
            for k in range(np.uint64(shared[i, j])):
                least = smaller(least, smaller(source[i, k], target[j, k]))
            out[i, j] = least
