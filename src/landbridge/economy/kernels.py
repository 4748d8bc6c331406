"""The inner loops of the solver: one sweep through the equilibrium conditions, no matrix kept.

Reductions may be reordered (so that they vectorise); infinities and NaN keep their meaning, since
the driver reads them as "this step went too far".
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray

from landbridge.economy.base import Array

MATHS = {"reassoc", "contract", "nsz", "arcp"}


@nb.njit(cache=True, nogil=True, fastmath=MATHS)
def shifted_shares(
    shares: Array,
    old: Array,
    new: Array,
    iceberg: Array,
    lift: Array,
    theta: Array,
    flags: tuple[bool, bool, bool],
    direct: Array,
    net: Array,
) -> int:
    """Fill what the shock alone does to the trade shares, before any cost has moved.

    `direct[j, n, i]` is pi (kappa_hat)^-theta lambda_hat of eq. (12); `net` the same over one plus
    the new tariff. Returns -1, or the flat index j * N + n of a buyer left without any supplier.
    """
    with_tariff, with_iceberg, with_lift = flags
    sectors, n_eco = shares.shape[0], shares.shape[1]
    for j in range(sectors):
        power = -theta[j]
        for n in range(n_eco):
            total = 0.0
            for i in range(n_eco):
                value = shares[j, n, i]
                if value != 0.0:
                    ratio = 1.0
                    if with_tariff:
                        ratio = new[j, n, i] / old[j, n, i]
                    if with_iceberg:
                        ratio *= iceberg[j, n, i]
                    if ratio != 1.0:
                        value *= np.exp(power * np.log(ratio))
                    if with_lift:
                        value *= lift[j, i]
                direct[j, n, i] = value
                total += value
            if total <= 0.0:
                return int(j * n_eco + n)
            for i in range(n_eco):
                net[j, n, i] = direct[j, n, i] / new[j, n, i]
    return -1


@nb.njit(cache=True, nogil=True, fastmath=MATHS)
def trade_sweep(
    direct: Array,
    net: Array,
    theta: Array,
    cost: Array,
    spending: Array,
    free: NDArray[np.bool_],
    log_price: Array,
    output: Array,
    kept: Array,
) -> None:
    """Go once through eqs. (11)-(13): prices, and what buyers' spending earns each seller.

    `cost` (J, N) is the log of unit cost, `spending` (N, J). Fills `log_price` (N, J), `output`
    (J, N) and `kept` (N,), the tariff revenue. `free` (J,) names the sectors without any tariff.
    """
    sectors, n_eco = cost.shape
    supply = np.empty(n_eco)
    earned = np.empty(n_eco)
    kept[:] = 0.0
    for j in range(sectors):
        # Costs are taken relative to the sector's lowest, so that the powers cannot all vanish.
        low = cost[j, 0]
        for i in range(1, n_eco):
            low = min(low, cost[j, i])
        for i in range(n_eco):
            supply[i] = np.exp(-theta[j] * (cost[j, i] - low))
            earned[i] = 0.0
        for n in range(n_eco):
            gross = 0.0
            for i in range(n_eco):
                gross += direct[j, n, i] * supply[i]
            log_price[n, j] = low - np.log(gross) / theta[j]
            per_unit = spending[n, j] / gross
            if free[j]:
                for i in range(n_eco):
                    earned[i] += direct[j, n, i] * per_unit
            else:
                after = 0.0
                for i in range(n_eco):
                    after += net[j, n, i] * supply[i]
                    earned[i] += net[j, n, i] * per_unit
                kept[n] += spending[n, j] - per_unit * after
        for i in range(n_eco):
            output[j, i] = earned[i] * supply[i]


@nb.njit(cache=True, nogil=True, fastmath=MATHS)
def log_unit_cost(
    log_wage: Array, log_price: Array, va_share: Array, input_share: Array, cost: Array
) -> None:
    """Fill the log of unit cost (J, N), eq. (10), before any change of productivity."""
    n_eco, sectors = va_share.shape
    row = np.empty(sectors)
    for n in range(n_eco):
        for j in range(sectors):
            row[j] = va_share[n, j] * log_wage[n]
        for k in range(sectors):
            price = log_price[n, k]
            for j in range(sectors):
                row[j] += input_share[n, k, j] * price
        for j in range(sectors):
            cost[j, n] = row[j]


@nb.njit(cache=True, nogil=True, fastmath=MATHS)
def equilibrium_map(
    x: Array,
    out: Array,
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
    step: Array,
    cost: Array,
    output: Array,
    kept: Array,
) -> float:
    """Apply the joint map once to x = (log wage N, log price N*J, spending N*J).

    Fixed points are the equilibria, eqs. (10)-(15). Writes the image to `out` and returns the
    largest gap: of labour demand against wages, of log prices, of spending against its uses.
    """
    n_eco, sectors = va_share.shape
    at_x = n_eco + n_eco * sectors
    log_price = x[n_eco:at_x].reshape((n_eco, sectors))
    spending = x[at_x:].reshape((n_eco, sectors))
    new_price = out[n_eco:at_x].reshape((n_eco, sectors))
    new_spending = out[at_x:].reshape((n_eco, sectors))
    log_unit_cost(x[:n_eco], log_price, va_share, input_share, cost)
    trade_sweep(direct, net, theta, cost, spending, free, new_price, output, kept)
    scale = 1.0
    if deficit_per_output:
        world = 0.0
        for j in range(sectors):
            for i in range(n_eco):
                world += output[j, i]
        scale = world / base_output
    gap = 0.0
    level = 0.0
    world_va = 0.0
    row = np.empty(sectors)
    for n in range(n_eco):
        earned = 0.0
        total = 0.0
        for j in range(sectors):
            row[j] = output[j, n]
        for j in range(sectors):
            earned += va_share[n, j] * row[j]
            total += spending[n, j]
        paid = np.exp(x[n]) * value_added[n]
        gap = max(gap, abs(earned / paid - 1.0))
        out[n] = x[n] + step[n] * np.log(earned / paid)
        level += np.exp(out[n]) * value_added[n]
        world_va += value_added[n]
        income = paid + kept[n] + scale * deficit[n]
        for k in range(sectors):
            used = final_share[n, k] * income
            for j in range(sectors):
                used += input_share[n, k, j] * row[j]
            new_spending[n, k] = used
            gap = max(gap, abs(used - spending[n, k]) / (abs(spending[n, k]) + 1e-6 * total))
            gap = max(gap, abs(new_price[n, k] - log_price[n, k]))
    shift = np.log(level / world_va)
    for n in range(n_eco):
        out[n] -= shift
    return gap if np.isfinite(shift) else np.inf
