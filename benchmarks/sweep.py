"""The yardstick: the least work that reads the same labels for every pair."""

from __future__ import annotations

from collections.abc import Iterator

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

    For every pair it reads both label rows, copies the lesser of each two numbers, and keeps the
    least. It adds nothing, finds no ancestors and makes no labels. Three kinds, on the same
    threads, from the plain to the most that can be asked:

    - `plain`: numpy, a row of the sources against all targets: the copy is made in memory;
    - `compiled`: the same numbers in one vectorised loop that keeps the copy in registers;
    - `shared`: the same loop, told for each pair where the ancestors it shares end.
    """

    KINDS = ("plain", "compiled", "shared")

    def __init__(self, metric: Metric, places: NDArray[np.int64], kind: str) -> None:
        hierarchy, zeros = metric.hierarchy, np.zeros(len(places), dtype=np.float32)
        self.source, self.target = (
            _in_rows(label(hierarchy, arcs, places, zeros).weight)[: len(places)]
            for arcs in (metric.up, metric.down)
        )
        n, depths = self.source.shape
        ranks = np.sort(hierarchy.rank[places])
        self.shared = (
            _shared(common_depths(hierarchy, ranks))
            if kind == "shared"
            else np.full((n, n), depths, dtype=np.int32)
        )
        self.out = np.empty((n, n), dtype=np.float32)
        self.work = self._plain if kind == "plain" else self._compiled

    def run(self) -> None:
        """Sweep once."""
        share_out(range(0, len(self.out), ROWS), self.work)

    def _plain(self, tasks: Iterator[int]) -> None:
        copy = np.empty_like(self.target)
        for first in tasks:
            for i in range(first, min(first + ROWS, len(self.out))):
                np.minimum(self.source[i], self.target, out=copy)
                np.min(copy, axis=1, out=self.out[i])

    def _compiled(self, tasks: Iterator[int]) -> None:
        for first in tasks:
            last = min(first + ROWS, len(self.out))
            _sweep(first, last, self.source, self.target, self.shared, self.out)


def _in_rows(tiles: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.ascontiguousarray(tiles.transpose(0, 2, 1)).reshape(-1, tiles.shape[1])


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
