"""Services that cross borders: no open source has them by pair, so gravity imputes them."""

from __future__ import annotations

import numpy as np

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.economy.table.labels import labels


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
