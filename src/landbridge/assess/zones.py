"""The cities that stand for economies: more of them where more people live."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from landbridge.assess.origins import far_places
from landbridge.routing.choice.logit import Masses
from landbridge.routing.skim import Zone

if TYPE_CHECKING:
    from landbridge.economy.table.basetable import BaseTable
    from landbridge.world import World

MOST_OF_ONE = 12
"""Cities of one economy at most."""
MOST_OF_REST = 30
"""Economies without a row of their own that send freight, the ones with the largest cities."""
_LISTED = 25_000
"""Cities looked through: so many that the largest of Malta, of 32,000 people, is among them."""


def freight_zones(world: World, table: BaseTable) -> tuple[tuple[Zone, ...], Masses]:
    """Cities that freight is sent from and to, and their shares of their economy's freight.

    An economy of P million people has its sqrt(P) largest cities (rounded, 1 to 12), the rest of
    the world the largest city of 30 of its economies; cities are added where bulky
    goods come from far off (`origins.far_places`). Freight is shared by population.

    Returns
    -------
    zones, masses : Z zones by economy, and their place in the base table
    """
    labels = table.labels
    by_economy: dict[str, list[Zone]] = {}
    for city in world.gazetteer.largest_cities(_LISTED):
        if city.economy in world.network.economies:
            by_economy.setdefault(city.economy, []).append(
                Zone(city.ref, city.name, city.economy, city.lat, city.lon, city.population)
            )
    zones: list[Zone] = []
    rest = [code for code in by_economy if code not in labels.economies]
    for code in sorted(rest, key=lambda c: -by_economy[c][0].population)[MOST_OF_REST:]:
        del by_economy[code]
    for code, cities in sorted(by_economy.items()):
        count = 1
        if code in labels.economies:
            people_m = float(table.population[labels.economies.index(code)]) / 1e6
            if math.isfinite(people_m):
                count = min(max(round(math.sqrt(people_m)), 1), MOST_OF_ONE)
        zones += cities[:count]
    zones += far_places(zones, (city for cities in by_economy.values() for city in cities))
    zones.sort(key=lambda zone: zone.economy)
    economy = np.array([labels.place(zone.economy) for zone in zones], np.int64)
    people = np.array([zone.population for zone in zones], np.float64)
    total = np.bincount(economy, people, len(labels.economies))
    return tuple(zones), Masses(economy, people / total[economy], len(labels.economies))
