"""New terms of passing a crossing, as effects on the edges that carry it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from landbridge.levers.effects import Direction, EdgeEffect
from landbridge.levers.lever import Stage
from landbridge.levers.places import Edges
from landbridge.network.graph import Mode, Network
from landbridge.routing.rates.borders import crossing_terms
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.rates.running import PerKm, ferry_rate_usd_feu_km, per_km
from landbridge.routing.rates.sea import market_usd_feu, sea_rate

WAYS: tuple[Direction, Direction] = ("forward", "backward")
"""Direction 0 of a crossing, from side a to side b, is along its edges; 1 is back."""


@dataclass(frozen=True, slots=True)
class Terms:
    """New terms of a crossing in one direction: hours, spread against the old, USD per FEU."""

    hours: float
    sd_factor: float
    cost_usd_feu: float


def old_terms(row: int, way: int, year: int) -> Terms:
    """Terms of a row of the crossings table in the base world."""
    terms = crossing_terms(year)
    return Terms(float(terms.time_h[way, row]), 1.0, float(terms.cost_usd_feu[way, row]))


def passing_effects(
    stage: Stage, edges: Edges, row: int, way: int, new: Terms
) -> Iterator[EdgeEffect]:
    """Give the edges of a crossing new terms in one direction, leaving what runs on them.

    The hours and the money are added to each edge as the difference from the base. The spread is
    that of the edge as a whole: with the variance v of the crossing and r of running, the factor
    on the edge is sqrt((r + v f^2) / (r + v)).
    """
    old = old_terms(row, way, stage.year)
    add_h, add_usd = new.hours - old.hours, new.cost_usd_feu - old.cost_usd_feu
    factors = np.ones(len(edges))
    variance = float(crossing_terms(stage.year).var_h2[way, row])
    if new.sd_factor != 1.0 and variance > 0:
        running = running_var_h2(stage.network, edges, stage.year)
        factors = np.sqrt((running + variance * new.sd_factor**2) / (running + variance))
    for factor in np.unique(factors):
        if add_h or add_usd or factor != 1.0:
            yield EdgeEffect(
                edges[factors == factor],
                WAYS[way],
                time_add_h=add_h,
                sd_factor=float(factor),
                cost_add_usd_feu=add_usd,
            )


def running_var_h2(network: Network, edges: Edges, year: int) -> NDArray[np.float64]:
    """Variance of running over edges, float64[k], h2; the same for every cargo."""
    return _of_running(network, edges, _per_km(network.economies, year).var_h2)


def running_usd_feu(network: Network, edges: Edges, year: int) -> NDArray[np.float64]:
    """Charge of general cargo for running over edges, float64[k], USD/FEU; at sea that back east.

    The way back to East Asia is the cheaper one, so that no direction costs less than this.
    """
    usd = _of_running(network, edges, _per_km(network.economies, year).usd_feu)
    mode, km = network.edge_mode[edges], network.edge_length_km[edges]
    ferry = ferry_rate_usd_feu_km(network.node_lon[network.edge_tail[edges]], year)
    lane = sea_rate().per_km * market_usd_feu(year) * sea_rate().backhaul
    usd = np.where(mode == Mode.FERRY, km * ferry, usd)
    return np.where(mode == Mode.SEA, km * lane, usd)


def _of_running(network: Network, edges: Edges, table: NDArray[np.float64]) -> NDArray[np.float64]:
    # The last column serves edges outside any economy, which carry -1.
    cells = table[network.edge_mode[edges], network.edge_economy[edges]]
    return np.asarray(cells * network.edge_length_km[edges], np.float64)


@cache
def _per_km(economies: tuple[str, ...], year: int) -> PerKm:
    return per_km(economies, year, cargo_class())
