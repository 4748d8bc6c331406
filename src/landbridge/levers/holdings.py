"""Who sells and who buys a commodity, net, in the base world."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from landbridge.economy.base import Array
from landbridge.economy.table.basetable import BaseTable
from landbridge.errors import UnknownNameError

ENERGY = "B05T06"
"""The sector in which crude oil, gas and coal lie together."""
COMMODITIES: Mapping[str, tuple[str, str]] = {
    "crude_oil": (ENERGY, "crude"),
    "gas": (ENERGY, "gas"),
    "coal": (ENERGY, "coal"),
    "energy": (ENERGY, ""),
    "petroleum": ("C19", ""),
    "metals": ("C24", ""),
    "ores": ("B07T09", ""),
}
"""Commodities to their sector, and to the product inside it; blank is all of the sector."""


def net_exports(commodity: str, table: BaseTable) -> Array:
    """Exports less imports of a commodity at base prices, million USD, (N,); adds to zero.

    A seller's trade in its sector is split by what it sells abroad (`table.products`), the same
    for all who buy from it: economy i sells to n the share products[i] / sum of products[i] of
    trade[n, i]. Imports follow, and the world's net exports add to zero.

    Raises
    ------
    UnknownNameError
        With the closest commodities.

    Examples
    --------
    >>> from landbridge.economy.table.basetable import load_base
    >>> world = load_base()
    >>> net = net_exports("crude_oil", world)
    >>> bool(net[world.labels.economy("KAZ")] > 0 > net[world.labels.economy("CHN")])
    True
    """
    if commodity not in COMMODITIES:
        raise UnknownNameError.from_available("commodity", commodity, COMMODITIES)
    isic, product = COMMODITIES[commodity]
    trade = np.array(table.base.trade[table.labels.sector(isic)])
    np.fill_diagonal(trade, 0.0)
    if product:
        trade *= _share(product, table)[None, :]
    sold, bought = trade.sum(axis=0), trade.sum(axis=1)
    return np.asarray(sold - bought)


def _share(product: str, table: BaseTable) -> Array:
    """Share of a product in what each economy sells abroad of its sector, (N,)."""
    apart = [name for isic, name in COMMODITIES.values() if isic == ENERGY and name]
    whole = sum((table.products[name] for name in apart), np.zeros(len(table.gdp)))
    held = table.products[product]
    return np.divide(held, whole, out=np.zeros_like(whole), where=whole > 0.0)
