"""Reach a far equilibrium by small stages: the shock is let in little by little.

The straight way fails when the shock carries the world far from its base, for instance when trade
all but vanishes while deficits must still be paid. Here a parameter goes from zero (the base) to
one (the shock); each stage starts from the last, extrapolated, and its length follows success.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from landbridge.economy.base import Array

Attempt = Callable[[float, Array, float, int], tuple[Array, int, float]]
"""Seek the equilibrium at a stage: (stage, start, tolerance, limit) -> (point, sweeps, gap)."""

STAGE_TOLERANCE = 1e-6
STAGE_LIMIT = 250
SHORTEST = 1e-4


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the stages came: the last point, sweeps made in all, the gap at the full shock."""

    point: Array
    sweeps: int
    gap: float


def follow(
    attempt: Attempt, start: Array, positive: slice, tolerance: float, limit: int
) -> Reached:
    """Walk from `start`, the solution at stage 0, to stage 1.

    `positive` marks the unknowns that must stay above zero; they are extrapolated in logs.

    Examples
    --------
    A scalar equation, x = stage:

    >>> found = follow(lambda s, x, tol, n: (np.array([s]), 1, 0.0), np.zeros(1), slice(1, 1),
    ...                1e-9, 100)
    >>> found.point.tolist(), found.gap
    ([1.0], 0.0)
    """
    stage, length, sweeps, gap = 0.0, 0.25, 0, np.inf
    here, before, last_length = start, start, 0.0
    while sweeps < limit and length >= SHORTEST:
        target = min(1.0, stage + length)
        reach = target - stage
        ahead = reach / last_length if last_length > 0.0 else 0.0
        guess = _extrapolate(before, here, ahead, positive)
        goal = tolerance if target == 1.0 else max(tolerance, STAGE_TOLERANCE)
        found, made, found_gap = attempt(target, guess, goal, min(STAGE_LIMIT, limit - sweeps))
        sweeps += made
        if found_gap < goal:
            before, here, last_length, stage = here, found, reach, target
            if stage == 1.0:
                gap = found_gap
                break
            length *= 2.0 if made < STAGE_LIMIT // 3 else 1.0
        else:
            length = 0.3 * reach
    return Reached(here, sweeps, gap)


def between(first: Array, last: Array, stage: float) -> Array:
    """Go the part `stage` from `first` to `last`: evenly in logs, evenly in levels to zero.

    Examples
    --------
    >>> between(np.array([1.0, 1.0]), np.array([4.0, 0.0]), 0.5).tolist()
    [2.0, 0.5]
    """
    if stage == 1.0:
        return last
    usual = (first > 0.0) & (last > 0.0)
    logs = np.zeros_like(first)
    np.log(np.divide(last, first, out=np.ones_like(first), where=usual), out=logs)
    return np.where(usual, first * np.exp(stage * logs), (1.0 - stage) * first + stage * last)


def _extrapolate(before: Array, here: Array, ahead: float, positive: slice) -> Array:
    if ahead == 0.0:
        return here.copy()
    guess = here + ahead * (here - before)
    old, new = before[positive], here[positive]
    grown = (old > 0.0) & (new > 0.0)
    ratio = np.divide(new, old, out=np.ones_like(new), where=grown)
    guess[positive] = new * np.clip(ratio, 0.1, 10.0) ** ahead
    return np.asarray(guess)
