"""One sector, no inputs: the Armington world of Anderson & van Wincoop (2003).

`armington_base` makes it a base like any other, for `equilibrium.solve`, in which incomes follow
output. `solve_fixed_shares` answers under the convention of structural-gravity tools (Larch & Yotov
2016): each economy's share of world output and of world spending stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from landbridge.economy.base import Array, BaseEconomy
from landbridge.errors import InputError, NotConvergedError


def armington_base(flows: Array, theta: float, tariff: Array | None = None) -> BaseEconomy:
    """Make a base economy of one sector from a table of trade, home sales on the diagonal.

    Parameters
    ----------
    flows : (N, N) array
        `flows[n, i]`: what n buys from i, before tariffs.
    theta : float
        Trade elasticity: elasticity of substitution less one.
    tariff : (N, N) array, optional
        Ad-valorem rates that n levies on i.

    Returns
    -------
    BaseEconomy
        With output as value added, and deficits as the table has them.

    Examples
    --------
    >>> base = armington_base(np.array([[8.0, 2.0], [1.0, 9.0]]), theta=4.0)
    >>> base.deficit.tolist(), base.imbalance
    ([1.0, -1.0], 0.0)
    """
    flows = np.asarray(flows, dtype=np.float64)
    n = len(flows)
    rates = np.zeros((n, n)) if tariff is None else np.asarray(tariff, dtype=np.float64)
    paid = flows * (1.0 + rates)
    spending = paid.sum(axis=1)
    output = flows.sum(axis=0)
    return BaseEconomy(
        shares=(paid / spending[:, None])[None],
        tariff=rates[None],
        theta=np.array([theta]),
        value_added_share=np.ones((n, 1)),
        input_share=np.zeros((n, 1, 1)),
        final_share=np.ones((n, 1)),
        value_added=output,
        deficit=flows.sum(axis=1) - output,
        expenditure=spending[:, None],
    )


@dataclass(frozen=True, slots=True)
class FixedShares:
    """Counterfactual of structural gravity with fixed output and spending shares, N economies.

    Attributes
    ----------
    converged : bool
        Always true: what does not converge is an error.
    iterations : int
    residual : float
        Largest relative gap between what buyers pay an economy and its output share.
    factory_price_hat : (N,) array
        In units of the reference economy's consumer price.
    price_hat : (N,) array
        Consumer prices (inward multilateral resistance); one for the reference.
    shares : (N, N) array
        `[n, i]`: share of n's spending that buys from i.
    """

    converged: bool
    iterations: int
    residual: float
    factory_price_hat: Array = field(repr=False)
    price_hat: Array = field(repr=False)
    shares: Array = field(repr=False)


def gravity_shares(
    ease: Array,
    output: Array,
    expenditure: Array,
    *,
    tolerance: float = 1e-12,
    max_iterations: int = 100,
) -> Array:
    """Trade shares that structural gravity implies, `[n, i]` of n's spending on i, (N, N).

    `ease[n, i]` is trade cost to the power of minus theta; `output` and `expenditure` (N,) have the
    same world total.

    Examples
    --------
    >>> ease = np.array([[1.0, 0.1], [0.1, 1.0]])
    >>> gravity_shares(ease, np.ones(2), np.ones(2)).round(4).tolist()
    [[0.9091, 0.0909], [0.0909, 0.9091]]
    """
    scale, _, _ = _clear(ease * output, output, expenditure, tolerance, max_iterations)
    supplied = ease * output * scale
    return np.asarray(supplied / supplied.sum(axis=1, keepdims=True))


def solve_fixed_shares(
    shares: Array,
    output: Array,
    expenditure: Array,
    iceberg_hat: Array,
    theta: float,
    *,
    reference: int = -1,
    tolerance: float = 1e-10,
    max_iterations: int = 100,
) -> FixedShares:
    """Solve one-sector gravity with each economy's shares of world output and spending held.

    This is the full general equilibrium of `gegravity` and of the replication files of Yotov et
    al. (2016). It differs from `equilibrium.solve` on the same data, where shares of the world
    follow prices.

    Parameters
    ----------
    shares : (N, N) array
        Base trade shares, `[n, i]` of n's spending on i.
    output, expenditure : (N,) arrays
        Of the base; their shares of the world are what is held.
    iceberg_hat : (N, N) array
        Ratio of new to old trade cost of n buying from i, positive.
    theta : float
        Trade elasticity: elasticity of substitution less one.
    reference : int
        The economy whose consumer price is the unit.

    Raises
    ------
    InputError
        Shapes or signs are wrong.
    NotConvergedError
        The tolerance was not met.

    Examples
    --------
    >>> shares = np.array([[0.8, 0.2], [0.3, 0.7]])
    >>> found = solve_fixed_shares(shares, np.array([11.0, 9.0]), np.full(2, 10.0),
    ...                            np.array([[1.0, 1.1], [1.1, 1.0]]), theta=4.0)
    >>> found.converged, float(found.price_hat[-1])
    (True, 1.0)
    """
    n = len(output)
    if shares.shape != (n, n) or iceberg_hat.shape != (n, n) or len(expenditure) != n:
        raise InputError(
            f"shares {shares.shape} and iceberg_hat {iceberg_hat.shape} must be {(n, n)}, "
            f"expenditure {expenditure.shape} must be {(n,)}, as output is"
        )
    if not ((iceberg_hat > 0.0).all() and (output > 0.0).all() and (shares >= 0.0).all()):
        raise InputError("output and iceberg_hat must be positive, shares not negative")
    direct = shares * iceberg_hat**-theta
    scale, made, gap = _clear(direct, output, expenditure, tolerance, max_iterations)
    supplied = direct * scale
    access = supplied.sum(axis=1)
    unit = access[reference]
    return FixedShares(
        converged=True,
        iterations=made,
        residual=gap,
        factory_price_hat=(scale / unit) ** (-1.0 / theta),
        price_hat=(access / unit) ** (-1.0 / theta),
        shares=supplied / access[:, None],
    )


def _clear(
    direct: Array, output: Array, expenditure: Array, tolerance: float, limit: int
) -> tuple[Array, int, float]:
    """Scale columns until buyers' spending, shared along rows, pays each seller its output.

    Newton's method on logs, held back to steps of one; the last scale is the unit.
    """
    made_share, spent_share = output / output.sum(), expenditure / expenditure.sum()
    log_scale = np.zeros(len(output))
    gap = np.inf
    for made in range(1, limit + 1):
        supplied = direct * np.exp(log_scale)
        flows = supplied / supplied.sum(axis=1, keepdims=True)
        earned = spent_share @ flows
        gap = float(np.abs(earned / made_share - 1.0).max())
        if gap < tolerance:
            return np.exp(log_scale), made, gap
        slope = np.diag(earned) - flows.T @ (spent_share[:, None] * flows)
        step = np.linalg.solve(slope[:-1, :-1], (made_share - earned)[:-1])
        log_scale[:-1] += step / max(1.0, np.abs(step).max())
    raise NotConvergedError(
        f"no fixed-share equilibrium within {tolerance:g}: the gap is {gap:.3g} after {limit} "
        "iterations; an economy may sell to nobody, or raise max_iterations"
    )
