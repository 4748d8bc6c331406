"""One sector, no inputs: the Armington world of Anderson & van Wincoop (2003)."""

from __future__ import annotations

import numpy as np

from landbridge.economy.base import Array, BaseEconomy


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
