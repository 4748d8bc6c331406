"""What levers do to the world: a short list of changes that the assessment knows how to apply.

A lever of any kind is turned into these. They name rows of the facts tables, edges of the network
and labels of the base economy, and act in any combination, one after the other in the order of the
scenario: a level that is set replaces what stood before it, and what comes later changes the level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Direction = Literal["both", "forward", "backward"]
"""Along an edge from tail to head (forward: at a crossing, from side a to side b), or back."""
Carrier = Literal["crossings", "sections", "terminals"]


@dataclass(frozen=True, slots=True, eq=False)
class EdgeEffect:
    """Changes what some edges of the network take: new = old x factor + add.

    Attributes
    ----------
    edges : int[k], positions in the network
    direction : which way along them
    time_factor, time_add_h : mean hours
    sd_factor : standard deviation of the hours
    cost_factor, cost_add_usd_feu : money; an edge's cost never falls below zero
    cost_usd_per_co2_kg : money for each kg CO2e, as a carbon price charges
    co2_factor : emissions
    open : True opens, False shuts, None leaves
    """

    edges: NDArray[np.int64]
    direction: Direction = "both"
    time_factor: float = 1.0
    time_add_h: float = 0.0
    sd_factor: float = 1.0
    cost_factor: float = 1.0
    cost_add_usd_feu: float = 0.0
    cost_usd_per_co2_kg: float = 0.0
    co2_factor: float = 1.0
    open: bool | None = None


@dataclass(frozen=True, slots=True)
class WayEffect:
    """Money paid to (negative) or by shippers for each container that goes by some ways.

    Containers of general cargo; bulk in wagons pays and gets nothing.
    `ways` are ids of `ways.csv`. A way never comes to cost less than nothing.
    """

    ways: tuple[str, ...]
    cost_add_usd_feu: float


@dataclass(frozen=True, slots=True)
class CapacityEffect:
    """Changes what a crossing, section or terminal can pass: factor on, or level of, FEU a year.

    `id` is that of the row in the facts table `carrier`; both directions together.
    """

    carrier: Carrier
    id: str
    factor: float = 1.0
    feu_per_year: float | None = None


@dataclass(frozen=True, slots=True)
class TariffEffect:
    """Changes tariffs between economies: new = old x factor + add, or `level` (rates, 0.05 = 5 %).

    Empty `sectors` means all goods; `importers` and `exporters` are codes of the base economy.
    """

    importers: tuple[str, ...]
    exporters: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    factor: float = 1.0
    add: float = 0.0
    level: float | None = None


@dataclass(frozen=True, slots=True)
class TradeEffect:
    """Changes trade costs that are neither freight, time nor tariff.

    Either `cost_pct`, an ad-valorem change in per cent (negative is cheaper), or
    `trade_log`, the change in log trade at given sizes and prices that studies report, which
    becomes a cost through the sector's trade elasticity: cost factor exp(-trade_log / theta).
    `shut` closes the pair altogether. Empty `sectors` means all goods.
    """

    importers: tuple[str, ...]
    exporters: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    cost_pct: float = 0.0
    trade_log: float = 0.0
    shut: bool = False


@dataclass(frozen=True, slots=True)
class ProductivityEffect:
    """Changes productivity of sectors (unit cost is divided by `hat`), or adds output.

    With `output_usd_mn` the hat is worked out from it: the one that would raise what the sector
    sells by that much at given wages and prices elsewhere.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    hat: float = 1.0
    output_usd_mn: float | None = None


@dataclass(frozen=True, slots=True)
class TransferEffect:
    """Money paid a year by one economy to another (debt service, a loss on the price of oil).

    `paid_usd_mn` by economy, positive for those who pay; adds to zero over the world.
    """

    paid_usd_mn: tuple[tuple[str, float], ...]
    what: str


Effect = (
    EdgeEffect
    | WayEffect
    | CapacityEffect
    | TariffEffect
    | TradeEffect
    | ProductivityEffect
    | TransferEffect
)
