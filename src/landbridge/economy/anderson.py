"""Anderson acceleration of the joint equilibrium map, with safeguards.

The fixed point is sought by Anderson's (1965) mixing over the last few steps, in the form of Walker
& Ni (2011). Three safeguards keep it honest: a step in logs is limited; a step after which the gap
explodes is taken back, and the memory cleared; when the gap has not improved for a while the wage
step is halved and the memory cleared. It says how far it came; it does not decide whether that is
enough.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.economy.base import Array
from landbridge.economy.kernels import MATHS, equilibrium_map

LONGEST_LOG_STEP = 2.0
EXPLOSION = 1e3
PATIENCE = 60


@nb.njit(cache=True, nogil=True, fastmath=MATHS)
def _dot(left: Array, right: Array) -> float:
    total = 0.0
    for i in range(left.size):
        total += left[i] * right[i]
    return total


@nb.njit(cache=True, nogil=True, fastmath=MATHS)
def _add(to: Array, times: float, what: Array) -> None:
    for i in range(to.size):
        to[i] += times * what[i]


@nb.njit(cache=True, nogil=True, fastmath=MATHS)
def _mix(
    x: Array,
    image: Array,
    gap: Array,
    steps: Array,
    images: Array,
    gram: Array,
    held: int,
    logs: int,
) -> None:
    """Set `x` to the mixture of the held images that least squares calls best."""
    right = np.empty(held)
    for a in range(held):
        right[a] = _dot(steps[a], gap)
    system = gram[:held, :held].copy()
    for a in range(held):
        system[a, a] += 1e-12 * gram[a, a] + 1e-300
    weight = np.linalg.solve(system, right)
    x[:] = 0.0
    for a in range(held):
        _add(x, -weight[a], images[a])
    longest = 0.0
    for i in range(logs):
        longest = max(longest, abs(x[i]))
    shrink = min(1.0, LONGEST_LOG_STEP / (longest + 1e-300))
    for i in range(logs):
        x[i] = image[i] + shrink * x[i]
    for i in range(logs, x.size):
        mixed = image[i] + shrink * x[i]
        x[i] = mixed if mixed > 0.0 else image[i]


@nb.njit(cache=True, nogil=True, fastmath=MATHS)
def iterate(
    start: Array,
    weights: Array,
    direct: Array,
    net: Array,
    free: NDArray[np.bool_],
    theta: Array,
    va_share: Array,
    input_share: Array,
    final_share: Array,
    value_added: Array,
    deficit: Array,
    deficit_per_output: bool,
    base_output: float,
    first_step: Array,
    tolerance: float,
    limit: int,
    memory: int,
) -> tuple[Array, int, float]:
    """Seek the fixed point of `equilibrium_map` from `start`.

    `weights` scales each unknown in the least squares (logs count as they are, spending relative to
    its size). Returns the best point met, the sweeps made, and its gap.
    """
    n_eco, sectors = va_share.shape
    size = start.size
    logs = n_eco + n_eco * sectors
    x, image = start.copy(), np.empty(size)
    best, best_image = start.copy(), start.copy()
    gap, last_gap, last_image = np.empty(size), np.empty(size), np.empty(size)
    steps, images = np.zeros((memory, size)), np.zeros((memory, size))
    gram = np.zeros((memory, memory))
    cost, output = np.empty((sectors, n_eco)), np.empty((sectors, n_eco))
    kept = np.empty(n_eco)
    step = first_step.copy()
    best_gap = np.inf
    made = 0
    since = 0
    held = 0
    slot = 0
    fresh = True
    while made < limit:
        made += 1
        worst = equilibrium_map(
            x,
            image,
            direct,
            net,
            free,
            theta,
            va_share,
            input_share,
            final_share,
            value_added,
            deficit,
            deficit_per_output,
            base_output,
            step,
            cost,
            output,
            kept,
        )
        if worst < best_gap:
            best_gap = worst
            best[:] = x
            best_image[:] = image
            since = 0
            if worst < tolerance:
                break
        else:
            since += 1
        exploded = not worst < EXPLOSION * best_gap
        if exploded or since > PATIENCE:
            if made > 1 and (since > PATIENCE or fresh):
                step *= 0.5
            x[:] = best_image
            held, slot, since, fresh = 0, 0, 0, True
            if exploded and not np.isfinite(best_gap):
                break
            continue
        for i in range(size):
            gap[i] = (image[i] - x[i]) * weights[i]
        if not fresh:
            for i in range(size):
                steps[slot, i] = gap[i] - last_gap[i]
                images[slot, i] = image[i] - last_image[i]
            held = min(held + 1, memory)
            for a in range(held):
                gram[a, slot] = _dot(steps[a], steps[slot])
                gram[slot, a] = gram[a, slot]
            slot = (slot + 1) % memory
        last_gap[:] = gap
        last_image[:] = image
        if held > 0:
            _mix(x, image, gap, steps, images, gram, held, logs)
        else:
            x[:] = image
        fresh = False
    return best, made, best_gap
