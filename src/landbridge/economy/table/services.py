"""Services that cross borders: no open source has them by pair, so gravity imputes them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.economy.table.icio import Icio
from landbridge.economy.table.labels import labels, products


def impute_services(spending_musd: Array, output_musd: Array, ease: Array) -> Array:
    """Services bought across borders, (J, N, N), million USD, zero for goods.

    A pair's trade in a service is proportional to what the buyer spends on it, what the seller
    makes of it, and the pair's ease of reaching each other; the scale is world exports as
    published (`services_world.csv`). What is not listed there does not cross borders.

    Parameters
    ----------
    spending_musd, output_musd : (N, J) arrays
        Of an economy that makes itself what customs do not count.
    ease : (N, N) array
    """
    size, sectors = spending_musd.shape
    flows = np.zeros((sectors, size, size))
    apart = ~np.eye(size, dtype=bool)
    for row in facts.rows("services_world"):
        j = labels().sector(row.isic)
        pull = spending_musd[:, j, None] * output_musd[None, :, j] * ease * apart
        flows[j] = pull * (row.exports_usd_tn * 1e6 / pull.sum())
    return flows


def services_from_table(
    imputed: Array, table: Icio, gdp_musd: Array
) -> tuple[Array, NDArray[np.bool_]]:
    """Put services of an input-output table where it has both economies.

    Its flows grow with the geometric mean of both economies' GDP since its year. Pairs it does
    not have keep gravity, on the scale that fits the pairs it has.

    Parameters
    ----------
    imputed : (J, N, N) array
        By gravity, million USD.
    table
    gdp_musd : (N,) array
        Of the year wanted.

    Returns
    -------
    flows : (J, N, N) array
    given : (N, N) array of bool
        Pairs the table has.
    """
    names = labels().economies
    inside = [(names.index(c), m) for m, c in enumerate(table.economies) if c in names[:-1]]
    mine = np.array([n for n, _ in inside])
    theirs = np.array([m for _, m in inside])
    growth = np.sqrt(gdp_musd[mine] / table.value_added[theirs])
    given = np.zeros(imputed.shape[1:], dtype=bool)
    given[np.ix_(mine, mine)] = True
    np.fill_diagonal(given, val=False)
    flows = imputed.copy()
    counted = set(products().sector.tolist())
    for j, goods in enumerate(labels().goods):
        if goods or j in counted:
            continue
        block = table.trade[j][np.ix_(theirs, theirs)] * np.outer(growth, growth)
        np.fill_diagonal(block, 0.0)
        by_gravity = imputed[j][given].sum()
        if by_gravity > 0.0:
            flows[j] *= block.sum() / by_gravity
        flows[j][np.ix_(mine, mine)] = block
    return flows, given
