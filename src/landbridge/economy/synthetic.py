"""Made-up worlds that balance: for tests, benchmarks and demonstrations, never for findings."""

from __future__ import annotations

import numpy as np

from landbridge.economy.base import Array, BaseEconomy
from landbridge.errors import NotConvergedError


def base_from_final_demand(
    *, shares: Array, tariff: Array, theta: Array, input_share: Array, final_demand: Array
) -> BaseEconomy:
    """Make the one base economy that these shares and this final demand imply.

    Spending follows from final demand through the input-output links; value added, tariff revenue
    and deficits follow from spending, so that every account balances by construction.

    Parameters
    ----------
    shares, tariff : (J, N, N) arrays
    theta : (J,) array
    input_share : (N, J, J) array
        What is left of each column is value added.
    final_demand : (N, J) array
        Final spending in money, tariffs included.

    Raises
    ------
    InputError
        The result breaks a rule of `BaseEconomy`.
    NotConvergedError
        Inputs use up (nearly) all of output somewhere, so that spending has no end.
    """
    net = shares / (1.0 + tariff)
    spending = final_demand.copy()
    for _ in range(5000):
        output = np.einsum("jni,nj->ij", net, spending)
        renewed = final_demand + np.einsum("nkj,nj->nk", input_share, output)
        moved = np.abs(renewed - spending).max()
        spending = renewed
        if moved <= 1e-15 * spending.max():
            break
    else:
        raise NotConvergedError(
            "spending on inputs does not settle: input shares leave too little value added"
        )
    output = np.einsum("jni,nj->ij", net, spending)
    va_share = 1.0 - input_share.sum(axis=1)
    value_added = (va_share * output).sum(axis=1)
    revenue = (spending * (1.0 - net.sum(axis=2).T)).sum(axis=1)
    income = final_demand.sum(axis=1)
    return BaseEconomy(
        shares=shares,
        tariff=tariff,
        theta=theta,
        value_added_share=va_share,
        input_share=input_share,
        final_share=final_demand / income[:, None],
        value_added=value_added,
        deficit=income - value_added - revenue,
        expenditure=spending,
    )


def synthetic_world(
    economies: int,
    sectors: int,
    *,
    seed: int = 0,
    home_share: float = 0.65,
    unmade: float = 0.0,
    highest_tariff: float = 0.12,
    theta: tuple[float, float] = (3.0, 9.0),
) -> BaseEconomy:
    """Make a world of gravity-like trade, unequal sizes and random input-output links.

    Parameters
    ----------
    economies, sectors
        N and J.
    seed
        Of the random numbers.
    home_share
        Typical share of spending that stays at home.
    unmade
        Chance that an economy does not make a sector at all (someone always does).
    highest_tariff
        Tariffs are drawn between zero and this, on six pairs in ten.
    theta
        Range of the trade elasticities.

    Examples
    --------
    >>> world = synthetic_world(4, 3, seed=1)
    >>> world.shares.shape, world.imbalance < 1e-12
    ((3, 4, 4), True)
    """
    rng = np.random.default_rng(seed)
    n, j = economies, sectors
    size = np.exp(rng.normal(0.0, 1.5, n))
    place = rng.uniform(0.0, 1.0, (n, 2))
    distance = np.hypot(*(place[:, None] - place[None]).T) * 10.0 + 0.3
    pull = size * np.exp(rng.normal(0.0, 0.8, (j, 1, n))) * distance**-1.2
    pull = pull * np.exp(rng.normal(0.0, 0.5, (j, n, n)))
    home = np.arange(n)
    pull[:, home, home] = 0.0
    foreign = pull.sum(axis=2, keepdims=True)
    at_home = 0.98 * rng.beta(8.0 * home_share, 8.0 * (1.0 - home_share), (j, n))
    shares = pull / np.where(foreign > 0.0, foreign, 1.0) * (1.0 - at_home)[:, :, None]
    shares[:, home, home] = at_home if n > 1 else 1.0
    makes = rng.random((j, n)) >= unmade
    makes[0] = True
    makes[np.arange(j), rng.integers(0, n, j)] = True
    shares = shares * makes[:, None, :]
    shares /= shares.sum(axis=2, keepdims=True)
    tariff = rng.uniform(0.0, highest_tariff, (j, n, n)) * (rng.random((j, n, n)) < 0.6)
    tariff[:, home, home] = 0.0
    left = rng.uniform(0.35, 0.7, (n, j))
    links = rng.dirichlet(np.full(j, 0.3), (n, j)).transpose(0, 2, 1)
    inputs = np.ascontiguousarray(links * left[:, None, :])
    demand = size[:, None] * rng.dirichlet(np.full(j, 2.0), n)
    elasticity = rng.uniform(*theta, j)
    world = base_from_final_demand(
        shares=shares, tariff=tariff, theta=elasticity, input_share=inputs, final_demand=demand
    )
    # Final demand is moved towards income, so that deficits are of the size seen in the world.
    for _ in range(4):
        excess = 0.6 * world.deficit / world.income
        demand = demand * (1.0 - excess)[:, None]
        world = base_from_final_demand(
            shares=shares, tariff=tariff, theta=elasticity, input_share=inputs, final_demand=demand
        )
    return world
