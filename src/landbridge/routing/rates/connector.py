"""Connectors: how a place reaches the network, by truck."""

from __future__ import annotations

from typing import NamedTuple

from landbridge.network.graph import Mode
from landbridge.routing.rates.cargo import CargoClass, cargo_class
from landbridge.routing.rates.lookup import WORLD, constant, of_economy
from landbridge.routing.rates.running import (
    emissions_g_tkm,
    land_rates_usd_feu_km,
    running_var_h2_km,
)
from landbridge.routing.rates.terminals import transfer


class Connector(NamedTuple):
    """Access of a place to a node of the network; hours, h2, USD and kg per FEU."""

    time_h: float
    var_h2: float
    cost_usd_feu: float
    co2_kg_feu: float


def connector(
    mode: Mode,
    distance_km: float,
    economy: str | None,
    year: int,
    cargo: CargoClass | None = None,
) -> Connector:
    """Truck a container between a place and a node of `mode`, and load it there.

    The truck is charged there and back (rule `empty-return`). A railway node adds the loading of
    a freight station; a terminal's node (`Mode.TRANSFER`) adds the gate, since the rest stands on
    its transfer edges; a road node adds nothing.

    Parameters
    ----------
    mode : mode of the node reached.
    distance_km : from the place to the node, 0 or more.
    economy : where the place lies; None for the rule of the world.

    Examples
    --------
    >>> connector(Mode.ROAD, 42.0, "KAZ", 2022).time_h
    1.0
    """
    goods = cargo or cargo_class()
    place = economy or WORLD
    rate = of_economy(land_rates_usd_feu_km("road", year), place)
    gram = of_economy(emissions_g_tkm("road"), place)
    time_h = distance_km / constant("drayage-speed-km-h")
    var_h2 = distance_km * running_var_h2_km("road", year)
    cost = distance_km * rate * constant("drayage-round-trip")
    co2 = distance_km * gram * goods.payload_t_feu / 1000.0
    sides = {Mode.RAIL: ("road", "rail"), Mode.ROAD: ()}.get(mode, ("road",))
    for side in sides:
        half = transfer("rail_terminal", side, economy, year)
        time_h += half.time_h
        var_h2 += half.var_h2
        cost += half.cost_usd_feu
        co2 += half.co2_kg_feu
    return Connector(time_h, var_h2, cost, co2)
