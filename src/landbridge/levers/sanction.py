"""Sanctions on trade, and territory shut to transit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from landbridge.levers.bargain import grouped, pairs_between
from landbridge.levers.checks import many_given, year_problems
from landbridge.levers.effects import EdgeEffect, TradeEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.parties import territories, territory_problems
from landbridge.levers.phrases import amount, joined
from landbridge.levers.published import effect
from landbridge.levers.quantity import Uncertain
from landbridge.levers.sectors import sector_problems, sectors_named
from landbridge.levers.sides import side_problems, sides


class Sanction(Lever):
    """Trade that some economies sanction with others.

    Effect: log trade changes by `trade_log` at given sizes and prices (cost factor
    exp(-trade_log / theta_j), a `TradeEffect`), or the pairs are shut; both ways unless
    `both_ways = false`, when only what `by` sells to `on` is hit. With `transit`, every crossing
    on the border between the two is shut to freight (an `EdgeEffect`).

    Without a size it is that of complete trade sanctions, row `sanction-complete` of
    `effect_sizes.csv`: -77 per cent (-85 to -60), recalled of Felbermayr et al. (2020), not read
    there: give your own where it matters.

    Attributes
    ----------
    by, on : parties
    sectors : blank is all goods
    trade_log : log points of trade, negative
    shut : no trade at all
    transit : whether the borders between them are shut too
    both_ways : whether both directions of trade are hit

    Examples
    --------
    >>> Sanction(by=["EU"], on=["BLR"], shut=True, source="example").describe()
    'EU sanctioning BLR: no trade in all goods'
    """

    kind: Literal["sanction"] = "sanction"
    by: tuple[str, ...]
    on: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    trade_log: Uncertain | None = None
    shut: bool = False
    transit: bool = False
    both_ways: bool = True

    @model_validator(mode="before")
    @classmethod
    def _default_size(cls, given: Any) -> Any:
        if isinstance(given, dict) and not given.get("shut") and given.get("trade_log") is None:
            return {**given, "trade_log": effect("sanction-complete")}
        return given

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown parties or sectors, sanctions that help trade, no border to shut."""
        yield from year_problems(self)
        wrong = list(side_problems(stage, by=self.by, on=self.on))
        yield from wrong
        yield from sector_problems(self.sectors)
        if self.shut:
            yield from many_given(self, "trade_log", "shut")
        if self.trade_log is not None and self.trade_log.value > 0.0:
            yield f"trade_log is {self.trade_log.value:g}: a sanction lowers trade, give it a minus"
        if not self.transit or wrong:
            return
        unknown = [*territory_problems(self.by, stage), *territory_problems(self.on, stage)]
        yield from unknown
        if not unknown and not len(self._borders(stage)):
            yield (
                f"no crossing leads from {joined(self.by)} to {joined(self.on)}: "
                "transit = true would shut nothing"
            )

    def effects(self, stage: Stage) -> Iterator[TradeEffect | EdgeEffect]:
        """Trade, and the borders where transit is shut."""
        targets, senders = sides(self.on, self.by, stage)
        pairs = pairs_between(senders, targets)
        if not self.both_ways:
            pairs = frozenset(pair for pair in pairs if pair[0] in targets)
        log = 0.0 if self.trade_log is None else min(0.0, self.trade_log.value)
        for sellers, buyers in grouped(pairs).items():
            yield TradeEffect(
                buyers, sellers, sectors_named(self.sectors), trade_log=log, shut=self.shut
            )
        if self.transit:
            yield EdgeEffect(self._borders(stage), open=False)

    def describe(self) -> str:
        """Who sanctions whom, and how hard."""
        what = joined(self.sectors) if self.sectors else "all goods"
        if self.trade_log is None:
            size = f"no trade in {what}"
        else:
            size = f"trade in {what} {amount(self.trade_log)} log points"
        borders = ", borders shut to freight" if self.transit else ""
        return f"{joined(self.by)} sanctioning {joined(self.on)}: {size}{borders}"

    def _borders(self, stage: Stage) -> NDArray[np.int64]:
        """Edges of crossings that lead from one side's territory to the other's."""
        net = stage.network
        by, on = (
            np.isin(np.array(net.economies), territories(names, stage))
            for names in (self.by, self.on)
        )
        tail, head = net.node_economy[net.edge_tail], net.node_economy[net.edge_head]
        lands = (tail >= 0) & (head >= 0) & (net.edge_border_rule > 0)
        across = (by[tail] & on[head]) | (on[tail] & by[head])
        return np.flatnonzero(lands & across).astype(np.int64)
