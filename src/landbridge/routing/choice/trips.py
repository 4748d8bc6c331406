"""The best trips between zones, from sums along the best ways between doors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.routing import cch
from landbridge.routing.choice.doors import Doors

Floats = NDArray[np.float32]
TIME, VAR, KM, COST, CO2, NEED = range(6)
"""Rows of the figures that are summed along a way; the last is the length of what it needs, or the
territories entered where it goes by lorry. It is below nothing where the way is shut."""


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Best trips of all pairs: figures float32[6, Z, Z], doors and passes int32[Z, Z]."""

    figures: Floats
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    gate: NDArray[np.int32]


def direct(found: cch.SkimArrays, doors: Doors, n_zones: int) -> Legs:
    """The best trips from door to door."""
    count = len(doors.node)
    weight = found.weight[:count, :count] + doors.weight[:, None] + doors.weight[None, :]
    rows, best_row = _best(weight, doors.owner, n_zones, axis=0)
    both, best_column = _best(rows, doors.owner, n_zones, axis=1)
    end = best_column
    start = np.take_along_axis(best_row, np.maximum(end, 0), axis=1)
    known = np.isfinite(both)
    start, end = np.where(known, start, -1), np.where(known, end, -1)
    figures = np.full((found.attributes.shape[0], n_zones, n_zones), np.nan, np.float32)
    at = (start[known], end[known])
    figures[:, known] = found.attributes[:, at[0], at[1]]
    figures[:NEED, known] += doors.figures[:, at[0]] + doors.figures[:, at[1]]
    return Legs(figures, start, end, np.full(start.shape, -1, np.int32))


def through(
    found: cch.SkimArrays,
    doors: Doors,
    n_zones: int,
    own: NDArray[np.intp],
    weights: NDArray[np.float64],
    of_pass: NDArray[np.float64],
) -> Legs:
    """The best trips over one of the passes `own`."""
    count, n_passes = len(doors.node), len(weights)
    enter, leave = count + own, count + n_passes + own
    to, to_door = _best(
        found.weight[:count, enter] + doors.weight[:, None], doors.owner, n_zones, axis=0
    )
    onward, onward_door = _best(
        found.weight[leave, :count] + doors.weight[None, :], doors.owner, n_zones, axis=1
    )
    best = np.full((n_zones, n_zones), np.inf)
    chosen = np.full((n_zones, n_zones), -1, np.int32)
    for number, row in enumerate(own):
        total = to[:, number][:, None] + weights[row] + onward[number][None, :]
        better = total < best
        best[better] = total[better]
        chosen[better] = number
    known = chosen >= 0
    origin, destination = np.nonzero(known)
    k = chosen[known]
    start, end = np.full((2, *best.shape), -1, np.int32)
    start[known], end[known] = to_door[origin, k], onward_door[k, destination]
    figures = np.full((found.attributes.shape[0], n_zones, n_zones), np.nan, np.float32)
    figures[:, known] = (
        found.attributes[:, start[known], enter[k]]
        + of_pass[:, own[k]]
        + found.attributes[:, leave[k], end[known]]
    )
    figures[:NEED, known] += doors.figures[:, start[known]] + doors.figures[:, end[known]]
    gate = np.where(known, own[np.maximum(chosen, 0)] if len(own) else -1, -1).astype(np.int32)
    return Legs(figures, start, end, gate)


def _best(
    weight: NDArray[np.floating], owner: NDArray[np.int64], n_zones: int, *, axis: int
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Smallest weight over the doors of each zone along an axis, and the door that has it."""
    along = weight if axis == 0 else weight.T
    best = np.full((n_zones, along.shape[1]), np.inf)
    door = np.full(best.shape, -1, np.int32)
    first = np.searchsorted(owner, np.arange(n_zones))
    counts = np.bincount(owner, minlength=n_zones)
    for k in range(int(counts.max())):
        have = np.flatnonzero(counts > k)
        candidate = along[first[have] + k]
        better = candidate < best[have]
        best[have] = np.where(better, candidate, best[have])
        door[have] = np.where(better, (first[have] + k)[:, None], door[have])
    return (best, door) if axis == 0 else (best.T, door.T)
