"""The published algorithm, ported straightforwardly: what the solver is timed against.

Caliendo & Parro's (2015) own procedure in numpy: an inner loop on prices to tolerance, the
expenditure system built dense and solved, then a damped step of all wages on excess demand; again
until trade balances. One linear solve where the authors' files form an inverse twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landbridge.economy.base import Array, BaseEconomy, Shock

DAMPING = 0.2


@dataclass(frozen=True)
class Ported:
    """What the port answers."""

    wage_hat: Array
    price_hat: Array
    expenditure: Array
    rounds: int
    gap: float


def prices(base: BaseEconomy, direct: Array, wage_hat: Array, tolerance: float) -> tuple:
    """Iterate on prices at given wages; returns prices and bundle costs, both (J, N)."""
    n_eco, sectors = base.economies, base.sectors
    price, cost = np.ones((sectors, n_eco)), np.ones((sectors, n_eco))
    gap = 1.0
    while gap > tolerance:
        log_price, log_wage = np.log(price), np.log(wage_hat)
        for n in range(n_eco):
            inputs = base.input_share[n].T @ log_price[:, n]
            cost[:, n] = np.exp(base.value_added_share[n] * log_wage[n] + inputs)
        renewed = np.empty_like(price)
        for j in range(sectors):
            supply = cost[j] ** -base.theta[j]
            for n in range(n_eco):
                renewed[j, n] = (direct[j, n] @ supply) ** (-1.0 / base.theta[j])
        gap = np.abs(renewed - price).max()
        price = renewed
    return price, cost


def expenditure(base: BaseEconomy, net: Array, wage_hat: Array) -> Array:
    """Solve the expenditure system at given wages and shares, (N, J)."""
    n_eco, sectors = base.economies, base.sectors
    system = np.zeros((n_eco, sectors, n_eco, sectors))
    for n in range(n_eco):
        for j in range(sectors):
            for k in range(sectors):
                system[n, j, :, k] = base.input_share[n, j, k] * net[k, :, n]
        system[n, :, n, :] += np.outer(base.final_share[n], 1.0 - net[:, n, :].sum(axis=1))
    size = n_eco * sectors
    income = base.final_share * (wage_hat * base.value_added + base.deficit)[:, None]
    return np.linalg.solve(np.eye(size) - system.reshape(size, size), income.ravel()).reshape(
        n_eco, sectors
    )


def solve_as_published(base: BaseEconomy, shock: Shock, tolerance: float) -> Ported:
    """Solve to the largest trade imbalance of `tolerance`, relative to value added."""
    gross = base.gross_tariff if shock.tariff is None else 1.0 + shock.tariff
    iceberg = 1.0 if shock.iceberg_hat is None else shock.iceberg_hat
    direct = base.shares * (iceberg * gross / base.gross_tariff) ** -base.theta[:, None, None]
    wage_hat = np.ones(base.economies)
    for rounds in range(1, 5000):
        price, cost = prices(base, direct, wage_hat, tolerance)
        net = np.empty_like(direct)
        for j in range(base.sectors):
            net[j] = direct[j] * (cost[j][None, :] / price[j][:, None]) ** -base.theta[j]
        net = net / gross
        spending = expenditure(base, net, wage_hat)
        imports, exports = np.zeros(base.economies), np.zeros(base.economies)
        for j in range(base.sectors):
            flows = net[j] * spending[:, j][:, None]
            imports += flows.sum(axis=1)
            exports += flows.sum(axis=0)
        excess = (exports - imports + base.deficit) / base.value_added
        gap = float(np.abs(excess).max())
        if gap < tolerance:
            return Ported(wage_hat, price.T, spending, rounds, gap)
        wage_hat = wage_hat + DAMPING * excess
    raise ArithmeticError(f"the port did not converge: gap {gap:.3g}")
