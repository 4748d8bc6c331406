"""How deep two terminals' ways through the elimination tree run together."""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.routing.cch.hierarchy import Hierarchy


def common_depths(hierarchy: Hierarchy, ranks: NDArray[np.int32]) -> NDArray[np.int32]:
    """Tabulate how many ancestors runs of terminals share.

    Parameters
    ----------
    hierarchy : Hierarchy
    ranks : int32[t]
        Ranks of the terminals, ascending, each once.

    Returns
    -------
    int32[levels, t]
        At [0, i] the number of ancestors of terminal i, itself included; at [k, i] the number
        that terminals i .. i + 2**(k - 1) all share (k > 0). Two lookups answer for any run.
    """
    shared = _shared_with_next(ranks, hierarchy.parent, hierarchy.depth)
    levels = [hierarchy.depth[ranks] + np.int32(1), shared]
    step = 1
    while 2 * step < len(ranks):
        last = levels[-1]
        wider = last.copy()
        wider[:-step] = np.minimum(last[:-step], last[step:])
        levels.append(wider)
        step *= 2
    return np.ascontiguousarray(np.stack(levels), dtype=np.int32)


@nb.njit(cache=True, nogil=True)
def _shared_with_next(ranks, parent, depth):  # type: ignore[no-untyped-def]
    shared = np.zeros(len(ranks), np.int32)
    for i in range(len(ranks) - 1):
        x = ranks[i]
        while x >= 0 and x < ranks[i + 1]:
            x = parent[x]
        shared[i] = depth[x] + 1 if x >= 0 else 0
    return shared


@nb.njit(cache=True, nogil=True)
def shared_by(table, i, j):  # type: ignore[no-untyped-def]
    """Return how many ancestors the terminals at places i and j share."""
    if i == j:
        return table[0, i]
    low, span = min(i, j), abs(i - j)
    level, step = 1, 1
    while 2 * step <= span:
        step *= 2
        level += 1
    return min(table[level, low], table[level, low + span - step])
