"""What a trade agreement is worth beyond its tariffs, and for which pairs it is new.

The published effect of an agreement contains the tariffs it abolished. So that these are not
counted twice, what is left for other costs is

    e - mean of theta_j ln((1 + t_jni) / (1 + t'_jni)),    not below zero,

with e the published change of log trade, t the tariff before and t' after, and the mean taken over
pairs and goods sectors with base trade as weights: e is an average over all goods, so one number is
left, the same for every sector. Pairs that share an agreement of `trade_blocs.csv` already have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.economy.table.basetable import BaseTable
from landbridge.levers.effects import TradeEffect

Pair = tuple[str, str]
"""Who buys, and who sells."""


def pairs_between(first: Iterable[str], second: Iterable[str]) -> frozenset[Pair]:
    """Pairs of different economies across two groups, both ways.

    Examples
    --------
    >>> sorted(pairs_between(["KAZ"], ["CHN"]))
    [('CHN', 'KAZ'), ('KAZ', 'CHN')]
    """
    one = {(a, b) for a in first for b in second if a != b}
    return frozenset(one | {(b, a) for a, b in one})


def share_agreement(pair: Pair, year: int, *, besides: str = "") -> bool:
    """Whether two economies levy (nearly) no duty on each other, by `trade_blocs.csv`.

    Left out are the agreement with the id `besides` and those it has made with others, whose ids
    begin with it (`eu`, `eu-turkiye`): they hold through it.
    """
    return any(
        not (besides and f"{row.id}-".startswith(f"{besides}-"))
        and row.in_force <= year
        and pair[0] in row.members
        and pair[1] in row.members
        for row in facts.rows("trade_blocs")
    )


def without_agreement(
    pairs: Iterable[Pair], table: BaseTable, *, besides: str = ""
) -> frozenset[Pair]:
    """Those of the pairs that share no agreement in the year of the base world."""
    return frozenset(
        pair for pair in pairs if not share_agreement(pair, table.year, besides=besides)
    )


def tariff_part(
    pairs: Iterable[Pair],
    sectors: tuple[str, ...],
    table: BaseTable,
    after: Array | None = None,
) -> float:
    """Mean log trade that a change of tariffs is worth by itself (module docstring).

    Parameters
    ----------
    after : (J, N, N) array of the rates after the change; blank means no tariffs

    Returns
    -------
    Log points, positive where tariffs fall; zero where the pairs do not trade.
    """
    found = [(table.labels.economy(buys), table.labels.economy(sells)) for buys, sells in pairs]
    if not found or not sectors:
        return 0.0
    rows = np.array([table.labels.sector(isic) for isic in sectors], dtype=np.intp)[:, None]
    buyers, sellers = np.array(found, dtype=np.intp).T
    trade = table.base.trade[rows, buyers, sellers]
    worth = np.log1p(table.base.tariff[rows, buyers, sellers])
    if after is not None:
        worth = worth - np.log1p(after[rows, buyers, sellers])
    worth = worth * table.base.theta[rows]
    total = float(trade.sum())
    return float((trade * worth).sum()) / total if total > 0.0 else 0.0


def trade_effects(
    pairs: Iterable[Pair], sectors: tuple[str, ...], trade_log: float
) -> Iterator[TradeEffect]:
    """The pairs as few effects: buyers who buy from the same sellers together."""
    if trade_log == 0.0 or not sectors:
        return
    for sellers, buyers in grouped(pairs).items():
        yield TradeEffect(buyers, sellers, sectors, trade_log=trade_log)


def grouped(pairs: Iterable[Pair]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Sellers to the buyers who buy from just these.

    Examples
    --------
    >>> grouped(pairs_between(["KAZ", "KGZ"], ["CHN"]))
    {('KAZ', 'KGZ'): ('CHN',), ('CHN',): ('KAZ', 'KGZ')}
    """
    sells: dict[str, list[str]] = {}
    for buyer, seller in sorted(pairs):
        sells.setdefault(buyer, []).append(seller)
    groups: dict[tuple[str, ...], tuple[str, ...]] = {}
    for buyer, sellers in sells.items():
        groups[tuple(sellers)] = (*groups.get(tuple(sellers), ()), buyer)
    return groups
