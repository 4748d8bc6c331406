"""A price on the greenhouse gas of transport."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from landbridge.levers import checks
from landbridge.levers.effects import EdgeEffect, Effect
from landbridge.levers.freight_rate import lanes_without_land
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.parties import territories, territory_problems
from landbridge.levers.phrases import amount, joined
from landbridge.levers.places import edges_in
from landbridge.levers.quantity import Uncertain
from landbridge.routing.filters import parse_modes


class CarbonPrice(Lever):
    """Charges each edge for its CO2e, well to wheel.

    Attributes
    ----------
    usd_t : USD for each tonne of CO2e
    modes : of rail, road, sea, air, ferry; blank is all, with the handling at terminals
    economies : territories the edges lie in; blank is everywhere. Sea lanes and air ways lie in
        no territory
    """

    kind: Literal["carbon_price"] = "carbon_price"
    usd_t: Uncertain
    modes: tuple[str, ...] = ()
    economies: tuple[str, ...] = ()

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown modes and territories, lanes that lie in none, a price that is none."""
        yield from checks.year_problems(self)
        yield from checks.below_zero(self, "usd_t")
        if self.usd_t.is_certain and self.usd_t.value == 0:
            yield "nothing is changed: usd_t is 0"
        if self.modes:
            yield from checks.asked(lambda: parse_modes(self.modes))
        yield from territory_problems(self.economies, stage)
        yield from lanes_without_land(self.modes, self.economies)

    def effects(self, stage: Stage) -> Iterator[Effect]:
        """A thousandth of the price on each kg of the edges."""
        modes = parse_modes(self.modes) if self.modes else None
        codes = territories(self.economies, stage) if self.economies else None
        edges = edges_in(stage.network, codes, modes)
        yield EdgeEffect(edges, cost_usd_per_co2_kg=checks.not_below(self.usd_t) / 1000.0)

    def describe(self) -> str:
        """What it does, as a phrase for people."""
        what = f" on {joined(self.modes)}" if self.modes else " on all transport"
        where = f" in {joined(self.economies)}" if self.economies else ""
        return f"{amount(self.usd_t)} USD per tonne of CO2{what}{where}"
