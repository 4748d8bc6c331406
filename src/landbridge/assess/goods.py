"""Goods as freight: what a tonne is worth, what a day costs, and what does not ride in boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import FactError

if TYPE_CHECKING:
    from landbridge.economy.table.basetable import BaseTable

BULK = frozenset({"bulk", "grain", "metals"})
"""Cargo classes that choose their way as bulk does; the others as general cargo."""
ROUTED_AS = ("general", "bulk")
FUELS = ("crude", "gas")
"""Products of the energy sector that ride pipelines and tankers."""
PRECIOUS = "precious"
"""Product of the metals sector that flies in vaults: gold, silver, platinum."""
ENERGY, METALS = "energy-mining", "metals"


@dataclass(frozen=True, slots=True, eq=False)
class Goods:
    """The goods sectors of the base as freight, in S rows, N economies.

    A sector that flies stands in two rows: its ordinary goods, and the urgent part that is worth so
    much by weight that it may fly. One mean value by weight would put too much mass in the air for
    what is worth so much there.

    Attributes
    ----------
    sector : int64[S], position in the base table
    id : id of each row's sector in the facts
    part : float64[S], the row's part of what its sector is worth
    routed_as : position in ROUTED_AS of each
    value_usd_t : float64[S, N], by exporter; of energy that of coal, which alone is freight
    payload_t_feu : float64[S]
    time_cost_pct_day : float64[S]
    flies : bool[S], whether the sector flies at all
    urgent : bool[S], the row of a sector's urgent goods, the only ones that fly
    dry_share : float64[S, N], share of what an exporter sells that could fill containers: not crude
        oil, not gas, not precious metals
    """

    sector: NDArray[np.int64]
    id: tuple[str, ...]
    part: NDArray[np.float64]
    routed_as: NDArray[np.int64]
    value_usd_t: NDArray[np.float64]
    payload_t_feu: NDArray[np.float64]
    time_cost_pct_day: NDArray[np.float64]
    flies: NDArray[np.bool_]
    urgent: NDArray[np.bool_]
    dry_share: NDArray[np.float64]

    @property
    def value_usd_feu(self) -> NDArray[np.float64]:
        """What a container is worth, by exporter, float64[S, N]."""
        return np.asarray(self.value_usd_t * self.payload_t_feu[:, None])

    @property
    def vot_usd_h(self) -> NDArray[np.float64]:
        """Value of an hour in transit, USD per FEU, float64[S], at the world's value of a tonne."""
        world = np.median(self.value_usd_feu, axis=1)
        return np.asarray(world * self.time_cost_pct_day / 100.0 / 24.0)

    @property
    def sectors(self) -> NDArray[np.int64]:
        """Positions of the goods sectors in the base table, each once."""
        return np.unique(self.sector)

    def with_urgent(self, share: float) -> Goods:
        """The same goods where this share of the value of what flies is urgent."""
        return replace(self, part=_parts(self.flies, self.urgent, share))

    def feu(self, value_usd_mn: NDArray[np.float64]) -> NDArray[np.float64]:
        """Containers for values by the row's sector, exporter and importer, of what fills them."""
        dry = value_usd_mn * self.dry_share[:, :, None] * self.part[:, None, None]
        return np.asarray(dry * 1e6 / self.value_usd_feu[:, :, None])


def goods_of(table: BaseTable) -> Goods:
    """Freight properties of the goods sectors of a base table, from `sector_freight.csv`.

    Raises
    ------
    FactError
        Where a goods sector has no row for the world.
    """
    labels = table.labels
    of_isic = {row.isic: row.id for row in facts.rows("sectors")}
    sector = np.flatnonzero(labels.goods)
    ids = tuple(of_isic[labels.sectors[k]] for k in sector)
    world = {row.sector: row for row in facts.rows("sector_freight") if row.exporter is None}
    if missing := [name for name in ids if name not in world]:
        raise FactError(f"sector_freight.csv lacks rows for the world: {', '.join(missing)}")
    value = np.array([[float(world[name].value_usd_t)] * len(labels.economies) for name in ids])
    for row in facts.rows("sector_freight"):
        if row.exporter in labels.economies and row.sector in ids:
            at = ids.index(row.sector), labels.economies.index(row.exporter)
            value[at] = row.value_usd_t
    value[ids.index(ENERGY)] = coal_usd_t(labels.economies, table.year)
    cargo = facts.by_id("cargo_classes")
    dry = np.ones((len(ids), len(labels.economies)))
    fuel = sum(table.products[name] for name in FUELS)
    energy = fuel + table.products["coal"]
    metals = _sold(table, sector[ids.index(METALS)])
    precious = table.products.get(PRECIOUS, np.zeros_like(metals))
    with np.errstate(invalid="ignore"):
        dry[ids.index(ENERGY)] = np.where(energy > 0, 1.0 - fuel / energy, 1.0)
        dry[ids.index(METALS)] = np.where(metals > 0, np.maximum(1.0 - precious / metals, 0), 1)
    flies = np.array([bool(cargo[world[name].cargo_class].air_eligible) for name in ids])
    rows = np.concatenate([np.arange(len(ids)), np.flatnonzero(flies)])
    urgent = np.arange(len(rows)) >= len(ids)
    value = value[rows]
    value[urgent] = facts.row("choice_constants", "urgent-value-usd-t").value
    share = float(facts.row("choice_constants", "urgent-share").value)
    return Goods(
        sector=sector[rows],
        id=tuple(ids[k] for k in rows),
        part=_parts(flies[rows], urgent, share),
        routed_as=np.array([int(world[name].cargo_class in BULK) for name in ids])[rows],
        value_usd_t=value,
        payload_t_feu=np.array([float(world[name].payload_t_feu) for name in ids])[rows],
        time_cost_pct_day=np.array([float(world[name].time_cost_pct_day) for name in ids])[rows],
        flies=flies[rows],
        urgent=urgent,
        dry_share=dry[rows],
    )


def coal_usd_t(economies: Sequence[str], year: int) -> NDArray[np.float64]:
    """What a tonne of coal is worth at the border, by exporter, float64[N], from `fuel_values.csv`.

    That of the year nearest to `year`; the world's price where an economy has none.
    """
    known: dict[str | None, Any] = {}
    for row in facts.rows("fuel_values"):
        held = known.get(row.economy)
        if row.partner is None and (held is None or abs(row.year - year) < abs(held.year - year)):
            known[row.economy] = row
    return np.array([float((known.get(code) or known[None]).value_usd_t) for code in economies])


def _sold(table: BaseTable, sector: int) -> NDArray[np.float64]:
    """What each economy sells abroad of a sector, million USD, (N,)."""
    trade = table.base.trade[sector]
    return np.asarray(trade.sum(axis=0) - np.diag(trade))


def _parts(
    flies: NDArray[np.bool_], urgent: NDArray[np.bool_], share: float
) -> NDArray[np.float64]:
    return np.where(flies, np.where(urgent, share, 1.0 - share), 1.0)
