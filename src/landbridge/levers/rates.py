"""Tariffs taken over from someone else, or back to what is usual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from landbridge.economy.base import Array
from landbridge.economy.table.basetable import BaseTable
from landbridge.levers.bargain import Pair, grouped, share_agreement
from landbridge.levers.effects import TariffEffect

ROUNDING = 6
"""Decimals of a rate by which tariffs are told apart."""


def outer_tariff(
    joins: tuple[str, ...],
    largest: str,
    outside: Sequence[str],
    sectors: tuple[str, ...],
    table: BaseTable,
) -> Iterator[TariffEffect]:
    """What `largest` levies on those outside, levied by those who join; sellers by rate."""
    after = np.array(table.base.tariff)
    for code in joins:
        after[:, table.labels.economy(code), :] = after[:, table.labels.economy(largest), :]
    pairs = [(buyer, seller) for buyer in joins for seller in outside]
    yield from set_tariffs(pairs, after, sectors, table)


def usual_tariff(buyer: str, table: BaseTable) -> Array:
    """Median rate by sector that an economy levies on sellers it has no agreement with, (J,)."""
    sellers = [
        table.labels.economy(code)
        for code in table.labels.economies
        if code != buyer and not share_agreement((buyer, code), table.year)
    ]
    rates = table.base.tariff[:, table.labels.economy(buyer), sellers]
    return np.asarray(np.median(rates, axis=1))


def set_tariffs(
    pairs: Iterable[Pair], after: Array, sectors: tuple[str, ...], table: BaseTable
) -> Iterator[TariffEffect]:
    """Tariffs set to those of a (J, N, N) array, in as few effects as the rates allow."""
    held = list(pairs)
    for isic in sectors:
        of_sector = after[table.labels.sector(isic)]
        by_rate: dict[float, list[Pair]] = {}
        for buyer, seller in held:
            rate = of_sector[table.labels.economy(buyer), table.labels.economy(seller)]
            by_rate.setdefault(round(float(rate), ROUNDING), []).append((buyer, seller))
        for rate, same in by_rate.items():
            for sellers, buyers in grouped(same).items():
                yield TariffEffect(buyers, sellers, (isic,), level=rate)
