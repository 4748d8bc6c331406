"""People who may travel: visas between economies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import model_validator

from landbridge.levers.bargain import pairs_between, trade_effects
from landbridge.levers.checks import none_given, year_problems
from landbridge.levers.effects import TradeEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.phrases import amount, joined
from landbridge.levers.published import effect
from landbridge.levers.quantity import Uncertain
from landbridge.levers.sectors import sector_problems, sectors_named
from landbridge.levers.sides import side_problems, sides

CARRIED = ("trade-hospitality", "transport", "other-services")
"""Sectors whose trade people carry: hotels and shops, journeys, business and schooling."""


class Mobility(Lever):
    """Freer or harder travel between two groups of economies, both ways.

    Effect: log trade in the services that people carry changes by `trade_log` (a `TradeEffect`).
    `visa_free` without a size takes row `visa-travel` of `effect_sizes.csv`: a visa deters about
    20 per cent of visitors (Czaika & Neumayer 2017), so 0.22 log points, from 0 to 0.33. Neumayer
    (2011) finds up to 28 per cent of goods trade for visas on both sides; goods are left out
    unless named.

    Attributes
    ----------
    parties_a, parties_b : the two groups
    visa_free : whether visas fall
    trade_log : log points of trade, positive where travel becomes easier
    sectors : blank is `trade-hospitality`, `transport` and `other-services`

    Examples
    --------
    >>> Mobility(parties_a=["CHN"], parties_b=["KAZ"], visa_free=True, source="eg.").describe()
    'no visas between CHN and KAZ: trade that people carry 0.2231 (0 to 0.3285) log points'
    """

    kind: Literal["mobility"] = "mobility"
    parties_a: tuple[str, ...]
    parties_b: tuple[str, ...]
    visa_free: bool | None = None
    trade_log: Uncertain | None = None
    sectors: tuple[str, ...] = CARRIED

    @model_validator(mode="before")
    @classmethod
    def _default_size(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("visa_free") and given.get("trade_log") is None:
            return {**given, "trade_log": effect("visa-travel")}
        return given

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown parties or sectors, no change, free travel that lowers trade."""
        yield from year_problems(self)
        yield from side_problems(stage, parties_a=self.parties_a, parties_b=self.parties_b)
        yield from sector_problems(self.sectors)
        if self.trade_log is None:
            yield from none_given(self, "trade_log")
        elif self.visa_free and self.trade_log.value < 0.0:
            yield f"trade_log is {self.trade_log.value:g} though visas fall: make it positive"

    def effects(self, stage: Stage) -> Iterator[TradeEffect]:
        """Trade in the sectors, both ways."""
        pairs = pairs_between(*sides(self.parties_a, self.parties_b, stage))
        log = 0.0 if self.trade_log is None else self.trade_log.value
        yield from trade_effects(pairs, sectors_named(self.sectors, blank="services"), log)

    def describe(self) -> str:
        """Between whom, and how much it is worth."""
        what = "no visas" if self.visa_free else "travel"
        size = "0" if self.trade_log is None else amount(self.trade_log)
        who = f"between {joined(self.parties_a)} and {joined(self.parties_b)}"
        return f"{what} {who}: trade that people carry {size} log points"
