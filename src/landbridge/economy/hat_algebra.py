"""The equilibrium conditions written out plainly: Caliendo & Parro (2015), eqs. (10)-(14).

The solver's inner loops compute the same; these are what results are made from, and what checks it.
"""

from __future__ import annotations

import numpy as np

from landbridge.economy.base import Array


def unit_cost_hat(
    wage_hat: Array, price_hat: Array, value_added_share: Array, input_share: Array
) -> Array:
    """Change in the cost of a bundle of labour and inputs, (N, J), eq. (10).

    Examples
    --------
    >>> half = np.full((1, 1), 0.5)
    >>> unit_cost_hat(np.array([4.0]), np.ones((1, 1)), half, half[None]).tolist()
    [[2.0]]
    """
    log_inputs = np.einsum("nkj,nk->nj", input_share, np.log(price_hat))
    return np.asarray(np.exp(value_added_share * np.log(wage_hat)[:, None] + log_inputs))


def counterfactual_shares(direct: Array, cost_hat: Array, theta: Array) -> Array:
    """Trade shares after the shock, (J, N, N), eq. (12).

    `direct` (J, N, N) is the base share times what trade costs and technology do to it,
    `cost_hat` (N, J) the change in the cost of a bundle.
    """
    low = cost_hat.min(axis=0)
    supply = (cost_hat / low) ** -theta
    weighed = direct * supply.T[:, None, :]
    return np.asarray(weighed / weighed.sum(axis=2, keepdims=True))


def trade_flows(shares: Array, gross_tariff: Array, expenditure: Array) -> Array:
    """Value of trade before tariffs, (J, N, N): what n pays i net of duty, eqs. (13)-(14)."""
    return np.asarray(shares / gross_tariff * expenditure.T[:, :, None])


def price_index_hat(price_hat: Array, final_share: Array) -> Array:
    """Change in the price of final consumption, (N,): Cobb-Douglas over sectors."""
    return np.asarray(np.exp((final_share * np.log(price_hat)).sum(axis=1)))
