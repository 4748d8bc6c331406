"""Freight rates: what carriers charge for running, by mode and territory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from landbridge.levers import checks
from landbridge.levers.effects import EdgeEffect, Effect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.parties import territories, territory_problems
from landbridge.levers.phrases import changed, joined
from landbridge.levers.places import edges_in
from landbridge.levers.quantity import Uncertain
from landbridge.levers.running import running_effects
from landbridge.network.graph import Mode, Network
from landbridge.routing.filters import parse_modes
from landbridge.routing.rates.sea import sea_rate


class FreightRate(Lever):
    """Multiplies the charge for running; payments at borders and terminals stay.

    Attributes
    ----------
    modes : of rail, road, sea, air, ferry
    factor : on the rate
    economies : territories the edges lie in; blank is everywhere. Sea lanes and air ways lie in
        no territory
    """

    kind: Literal["freight_rate"] = "freight_rate"
    modes: tuple[str, ...]
    factor: Uncertain
    economies: tuple[str, ...] = ()

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown modes and territories, lanes that lie in none, a factor that is none."""
        yield from checks.year_problems(self)
        yield from checks.not_positive(self, "factor")
        if self.factor.is_certain and self.factor.value == 1.0:
            yield "nothing is changed: factor is 1"
        yield from checks.asked(lambda: parse_modes(self.modes))
        yield from territory_problems(self.economies, stage)
        yield from lanes_without_land(self.modes, self.economies)

    def effects(self, stage: Stage) -> Iterator[Effect]:
        """Multiply the money of running; at sea also the part of the rate that stands at ports."""
        modes = parse_modes(self.modes) or frozenset()
        codes = territories(self.economies, stage) if self.economies else None
        edges = edges_in(stage.network, codes, modes)
        yield from running_effects(stage, edges, cost_factor=self.factor.value)
        if Mode.SEA in modes and codes is None:
            fixed = sea_rate().fixed_usd_feu / 2.0
            added = (self.factor.value - 1.0) * fixed
            yield EdgeEffect(_sea_sides(stage.network), cost_add_usd_feu=added)

    def describe(self) -> str:
        """What it does, as a phrase for people."""
        where = f" in {joined(self.economies)}" if self.economies else ""
        return f"{changed(self.factor, f'{joined(self.modes)} freight rates')}{where}"


def lanes_without_land(modes: tuple[str, ...], economies: tuple[str, ...]) -> Iterator[str]:
    """Sea or air asked for by territory, which they have none of."""
    lanes = [mode for mode in modes if mode.strip().lower() in ("sea", "air")]
    if economies and lanes:
        yield f"{joined(lanes)} lies in no economy: leave out economies, or the mode"


def _sea_sides(network: Network) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Transfer edges between a port and the sea."""
    ends = np.stack([network.node_mode[network.edge_tail], network.node_mode[network.edge_head]])
    at_sea = (ends == Mode.SEA).any(axis=0) & (network.edge_terminal >= 0)
    return np.flatnonzero((network.edge_mode == Mode.TRANSFER) & at_sea)
