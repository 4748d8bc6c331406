"""Effects on trade, incomes and productivity, as one shock to the base economy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.economy.base import BaseEconomy, Shock
from landbridge.errors import InputError
from landbridge.levers.effects import (
    Effect,
    ProductivityEffect,
    TariffEffect,
    TradeEffect,
    TransferEffect,
)

if TYPE_CHECKING:
    from landbridge.economy.table.labels import Labels

Floats = NDArray[np.float64]
#: The hat of a new plant is worked out from its output; no plant multiplies a sector beyond this.
MOST_OUTPUT_RATIO = 20.0


def shock_of(
    effects: Iterable[Effect], base: BaseEconomy, labels: Labels, freight_hat: Floats | None = None
) -> Shock:
    """One shock from effects in their order, and from what freight has come to cost.

    Parameters
    ----------
    effects : those on edges and capacity are passed over
    freight_hat : (J, N, N) ratio of new to old iceberg cost, `[j, n, i]` bought by n from i

    Raises
    ------
    InputError
        For labels the base does not have, or transfers that do not add to zero.
    """
    tariff: Floats | None = None
    iceberg: Floats | None = None if freight_hat is None else np.array(freight_hat)
    productivity: Floats | None = None
    paid: Floats | None = None
    for effect in effects:
        if isinstance(effect, TariffEffect):
            tariff = base.tariff.copy() if tariff is None else tariff
            _tariff(effect, tariff, labels)
        elif isinstance(effect, TradeEffect):
            iceberg = np.ones_like(base.shares) if iceberg is None else iceberg
            _trade(effect, iceberg, base.theta, labels)
        elif isinstance(effect, ProductivityEffect):
            productivity = np.ones_like(base.expenditure) if productivity is None else productivity
            _productivity(effect, productivity, base, labels)
        elif isinstance(effect, TransferEffect):
            paid = np.zeros(base.economies) if paid is None else paid
            _transfer(effect, paid, labels)
    return Shock(
        tariff=tariff,
        iceberg_hat=None if iceberg is None or (iceberg == 1.0).all() else iceberg,
        productivity_hat=productivity,
        deficit=None if paid is None else base.deficit - paid,
    )


def _at(
    sectors: Sequence[str], importers: Sequence[str], exporters: Sequence[str], labels: Labels
) -> tuple[NDArray[np.intp], ...]:
    """Positions (j, n, i); sectors are ids or ISIC groups, none means all goods."""
    chosen = (
        [_sector(name, labels) for name in sectors]
        if sectors
        else [k for k, is_good in enumerate(labels.goods) if is_good]
    )
    return np.ix_(
        chosen,
        [labels.economy(code) for code in importers],
        [labels.economy(code) for code in exporters],
    )


def _sector(name: str, labels: Labels) -> int:
    from landbridge import facts

    table = facts.by_id("sectors")
    return labels.sector(table[name].isic if name in table else name)


def _across(at: tuple[NDArray[np.intp], ...]) -> NDArray[np.bool_]:
    """Pairs of different economies: nothing is levied or shut at home."""
    return np.broadcast_to(at[1] != at[2], np.broadcast_shapes(*(axis.shape for axis in at)))


def _tariff(effect: TariffEffect, tariff: Floats, labels: Labels) -> None:
    at = _at(effect.sectors, effect.importers, effect.exporters, labels)
    new = np.maximum(tariff[at] * effect.factor + effect.add, 0.0)
    if effect.level is not None:
        new = np.full_like(new, effect.level)
    tariff[at] = np.where(_across(at), new, tariff[at])


def _trade(effect: TradeEffect, iceberg: Floats, theta: Floats, labels: Labels) -> None:
    at = _at(effect.sectors, effect.importers, effect.exporters, labels)
    factor = (1.0 + effect.cost_pct / 100.0) * np.exp(-effect.trade_log / theta[at[0]])
    if effect.shut:
        factor = np.full_like(factor, np.inf)
    iceberg[at] = np.where(_across(at), iceberg[at] * factor, iceberg[at])


def _productivity(
    effect: ProductivityEffect, productivity: Floats, base: BaseEconomy, labels: Labels
) -> None:
    economies = [labels.economy(code) for code in effect.economies]
    sectors = [_sector(name, labels) for name in effect.sectors]
    at = np.ix_(economies, sectors)
    hat = np.full((len(economies), len(sectors)), effect.hat)
    if effect.output_usd_mn is not None:
        sold = base.output[at]
        ratio = 1.0 + effect.output_usd_mn / sold.sum()
        if not 0.0 < ratio < MOST_OUTPUT_RATIO:
            raise InputError(
                f"a change of output of {effect.output_usd_mn:,.0f} million USD does not fit "
                f"{', '.join(effect.economies)}, {', '.join(effect.sectors)}, which sells "
                f"{sold.sum():,.0f}: give a smaller one or a larger sector"
            )
        hat *= ratio ** (1.0 / base.theta[sectors])[None, :]
    productivity[at] *= hat


def _transfer(effect: TransferEffect, paid: Floats, labels: Labels) -> None:
    total = sum(amount for _, amount in effect.paid_usd_mn)
    largest = max((abs(amount) for _, amount in effect.paid_usd_mn), default=0.0)
    if abs(total) > 1e-6 * max(largest, 1.0):
        raise InputError(f"transfers of {effect.what} add to {total:,.3f} million USD, not to zero")
    for code, amount in effect.paid_usd_mn:
        paid[labels.economy(code)] += amount
