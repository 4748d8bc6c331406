"""Welfare split into terms of trade and volume of trade: Caliendo & Parro (2015), eq. (18)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landbridge.economy.base import Array
from landbridge.errors import InputError


@dataclass(frozen=True, slots=True)
class Welfare:
    """First-order welfare change of N economies, as shares of base income (0.01 is one per cent).

    Attributes
    ----------
    terms_of_trade_by_pair : (J, N, N) array
        `[j, n, i]`: n's gain on sector j in trade with i, from export prices less import prices.
    volume_of_trade_by_pair : (J, N, N) array
        `[j, n, i]`: tariff revenue on the change in the quantity that n buys from i.
    technology : (N,) array
        Resources freed by iceberg costs and productivity themselves; zero when only tariffs move.
    """

    terms_of_trade_by_pair: Array
    volume_of_trade_by_pair: Array
    technology: Array

    @property
    def terms_of_trade(self) -> Array:
        """Terms of trade, (N,)."""
        return np.asarray(self.terms_of_trade_by_pair.sum(axis=(0, 2)))

    @property
    def volume_of_trade(self) -> Array:
        """Volume of trade, (N,)."""
        return np.asarray(self.volume_of_trade_by_pair.sum(axis=(0, 2)))

    @property
    def total(self) -> Array:
        """Sum of the parts, (N,)."""
        return self.terms_of_trade + self.volume_of_trade + self.technology


def split_welfare(
    *,
    base_trade: Array,
    base_tariff: Array,
    base_income: Array,
    new_trade: Array,
    price_hat: Array,
    iceberg_hat: Array | None = None,
    productivity_hat: Array | None = None,
) -> Welfare:
    """Split the first-order change of welfare, eq. (18), as the paper's own figures do.

    The formula is a differential; as published, log changes are taken as ratios less one. With
    large shocks it departs from the exact change, `Equilibrium.real_income_hat`. What iceberg costs
    and productivity free by themselves, absent from the paper's tariff experiments, is a third
    term.

    Parameters
    ----------
    base_trade, new_trade : (J, N, N) arrays
        Trade before tariffs, `[j, n, i]` bought by n from i.
    base_tariff : (J, N, N) array
        Tariff rates in the base.
    base_income : (N,) array
        Final spending in the base.
    price_hat : (N, J) array
        Change in producer prices.
    iceberg_hat : (J, N, N) array, optional
    productivity_hat : (N, J) array, optional

    Raises
    ------
    InputError
        A pair that traded is closed altogether: no first-order split exists.
    """
    income = base_income[None, :, None]
    dearer = (price_hat - 1.0).T[:, None, :]
    paid_more = base_trade * dearer
    terms = (paid_more.transpose(0, 2, 1) - paid_more) / income
    expected = base_trade * (1.0 + dearer)
    technology = np.zeros(len(base_income))
    if iceberg_hat is not None:
        if np.isinf(iceberg_hat[base_trade > 0.0]).any():
            raise InputError(
                "welfare cannot be split to first order when a pair that traded is closed: "
                "use real_income_hat, which is exact"
            )
        wasted = np.where(base_trade > 0.0, base_trade * (iceberg_hat - 1.0), 0.0)
        expected = expected + wasted
        technology -= wasted.sum(axis=(0, 2)) / base_income
    if productivity_hat is not None:
        output = base_trade.sum(axis=1).T
        technology += (output * (productivity_hat - 1.0)).sum(axis=1) / base_income
    volume = base_tariff * (new_trade - expected) / income
    return Welfare(terms, volume, technology)
