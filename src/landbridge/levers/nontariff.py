"""Non-tariff costs of trade: standards, licences, paper, inspections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from landbridge.levers.checks import many_given, none_given, year_problems
from landbridge.levers.effects import TradeEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.phrases import amount, joined
from landbridge.levers.quantity import Uncertain
from landbridge.levers.sectors import sector_problems, sectors_named
from landbridge.levers.sides import side_problems, sides


class NonTariff(Lever):
    """Trade costs between economies that are neither freight, time nor tariff.

    Effect: cost factor 1 + cost_pct / 100, or exp(-trade_log / theta_j) in sector j (a
    `TradeEffect`). No default: `effect_sizes.csv` holds sizes to choose from (the Trade
    Facilitation Agreement, -10.4 to -17.4 per cent by income group; documents and automation
    alone, -2.8 to -4.2 per cent; OECD 2015).

    Attributes
    ----------
    importers, exporters : parties; `others` means all that the other side does not name
    sectors : blank is all goods
    cost_pct, trade_log : exactly one of them

    Examples
    --------
    >>> lever = NonTariff(importers=["KAZ"], exporters=["all"], cost_pct=-3.5, source="example")
    >>> lever.describe()
    'non-tariff costs of KAZ buying all goods from all: -3.5 %'
    """

    kind: Literal["nontariff"] = "nontariff"
    importers: tuple[str, ...]
    exporters: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    cost_pct: Uncertain | None = None
    trade_log: Uncertain | None = None

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown parties or sectors, no or several changes, costs below nothing."""
        yield from year_problems(self)
        yield from side_problems(stage, importers=self.importers, exporters=self.exporters)
        yield from sector_problems(self.sectors)
        yield from none_given(self, "cost_pct", "trade_log")
        yield from many_given(self, "cost_pct", "trade_log")
        if self.cost_pct is not None and self.cost_pct.at(0.0) <= -100.0:
            yield f"draws of cost_pct reach {self.cost_pct.at(0.0):g}: it must stay above -100"

    def effects(self, stage: Stage) -> Iterator[TradeEffect]:
        """One change of trade costs."""
        importers, exporters = sides(self.importers, self.exporters, stage)
        yield TradeEffect(
            importers,
            exporters,
            sectors_named(self.sectors),
            cost_pct=0.0 if self.cost_pct is None else self.cost_pct.value,
            trade_log=0.0 if self.trade_log is None else self.trade_log.value,
        )

    def describe(self) -> str:
        """What happens to whose costs."""
        what = joined(self.sectors) if self.sectors else "all goods"
        whose = f"{joined(self.importers)} buying {what} from {joined(self.exporters)}"
        if self.trade_log is not None:
            return f"{whose}: trade {amount(self.trade_log)} log points at given prices"
        change = "0" if self.cost_pct is None else amount(self.cost_pct)
        return f"non-tariff costs of {whose}: {change} %"
