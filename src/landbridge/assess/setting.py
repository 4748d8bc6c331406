"""What a comparison stands on, made once: zones, goods, tastes, carriers, and the base settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.assess.carriers import Carriers, carriers_of
from landbridge.assess.goods import ROUTED_AS, Goods, goods_of
from landbridge.assess.growth import growth
from landbridge.assess.origins import origin_shares
from landbridge.assess.zones import freight_zones
from landbridge.routing.choice.logit import Masses, Tastes
from landbridge.routing.choice.tastes import tastes
from landbridge.routing.skim import Zone

if TYPE_CHECKING:
    from landbridge.economy.table.basetable import BaseTable
    from landbridge.world import World

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Setting:
    """What an assessment takes as given.

    Attributes
    ----------
    world : network and rates of the year
    table : base economy, of its own year
    zones, masses : cities that freight goes between, and their shares
    goods : the goods sectors as freight
    tastes : how shippers choose
    carriers : what has a capacity
    growth : float64[N], size of each economy in the year over that of the base
    """

    world: World
    table: BaseTable
    zones: tuple[Zone, ...]
    masses: Masses
    goods: Goods
    tastes: Tastes
    carriers: Carriers
    growth: Floats

    @property
    def year(self) -> int:
        """The year assessed."""
        return self.world.year

    def feu(self, trade: Floats, price_hat: Floats | None = None) -> Floats:
        """Containers a year, float64[S, N, N] from exporter to importer, of trade `[j, n, i]`.

        What stays at home is left out: no source says where it goes. `price_hat`, (N, J), takes
        out what has become dearer at the factory gate.
        """
        value = trade[self.goods.sector].transpose(0, 2, 1)
        if price_hat is not None:
            value = value / price_hat.T[self.goods.sector][:, :, None]
        scale = np.sqrt(np.outer(self.growth, self.growth))
        feu = self.goods.feu(value) * scale
        home = np.arange(feu.shape[1])
        feu[:, home, home] = 0.0
        return feu

    def valued(self, days: Mapping[str, float], choice: Mapping[str, float]) -> Setting:
        """The same setting with other costs of a day by sector (%) or other choice constants."""
        cost = self.goods.time_cost_pct_day.copy()
        for row, sector in enumerate(self.goods.id):
            cost[row] = days.get(sector, cost[row])
        goods = replace(self.goods, time_cost_pct_day=cost)
        if "urgent-share" in choice:
            goods = goods.with_urgent(choice["urgent-share"])
        return replace(self, goods=goods, tastes=_tastes(goods, choice))


def setting(world: World, table: BaseTable) -> Setting:
    """Make the setting of a world in its year."""
    zones, masses = freight_zones(world, table)
    goods = goods_of(table)
    origin = origin_shares(goods.id, goods.urgent.tolist(), zones, masses)
    return Setting(
        world=world,
        table=table,
        zones=zones,
        masses=replace(masses, origin=origin),
        goods=goods,
        tastes=_tastes(goods, {}),
        carriers=carriers_of(world.network, world.year),
        growth=growth(table, world.year),
    )


def _tastes(goods: Goods, choice: Mapping[str, float]) -> Tastes:
    bulk = [ROUTED_AS[number] == "bulk" for number in goods.routed_as]
    return tastes(goods.vot_usd_h, list(goods.urgent), bulk=bulk, over=choice)
