"""Market access: how much of the world's spending each city can reach, and how cheaply.

Access of zone i is the sum over all other zones j of Y_j (1 + G_ij / V)^-theta, in million USD:
spending within reach, each dollar discounted by what it costs to get there. That is the market
access of Redding & Venables (2004, J. Int. Econ. 62(1)) with the same price level everywhere, and
the approximation that Donaldson & Hornbeck (2016, QJE 131(2)) work out for railways. Y_j is the
GDP of the base year of its economy by population, G_ij the generalised cost of a container of
general cargo on its best way, V what is in it, theta the trade elasticity of the goods sectors of
the base, weighed by trade. Tariffs and the taste for home goods are left out: access is what the
network gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from landbridge.assess.edges import change_of
from landbridge.errors import InputError
from landbridge.levers.effects import EdgeEffect, Effect
from landbridge.routing.engine import Engine
from landbridge.routing.question import Question
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.rates.lookup import constant
from landbridge.routing.skim import Zone, skim

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.assess.assessment import Assessment
    from landbridge.economy.table.basetable import BaseTable
    from landbridge.routing.route import Router
    from landbridge.world import World

Floats = NDArray[np.float64]
CARGO = "general"


@dataclass(frozen=True, eq=False)
class MarketAccess:
    """Market access of Z zones before and after.

    Attributes
    ----------
    zones : the cities
    access_base, access : float64[Z], million USD; 0 where no other zone can be reached
    reached : int64[Z], other zones that can be reached before
    """

    zones: tuple[Zone, ...]
    access_base: Floats
    access: Floats
    reached: NDArray[np.int64]

    @property
    def change_pct(self) -> Floats:
        """Change in per cent, NaN for a zone that reaches no other one before, float64[Z]."""
        reached = self.reached > 0
        change = np.full(len(self.zones), np.nan)
        change[reached] = 100.0 * (self.access[reached] / self.access_base[reached] - 1.0)
        return change

    @property
    def isolated(self) -> tuple[Zone, ...]:
        """Zones that reach no other one before."""
        return tuple(z for z, n in zip(self.zones, self.reached, strict=True) if n == 0)

    def table(self) -> pd.DataFrame:
        """One row a zone: place, access before and after, change, zones it can reach."""
        import pandas as pd

        return pd.DataFrame(
            {
                "zone": [zone.name for zone in self.zones],
                "geonames_id": [zone.id for zone in self.zones],
                "economy": [zone.economy for zone in self.zones],
                "lat": [zone.lat for zone in self.zones],
                "lon": [zone.lon for zone in self.zones],
                "access_base_usd_mn": self.access_base,
                "access_usd_mn": self.access,
                "change_pct": self.change_pct,
                "reached": self.reached,
            }
        )


def market_access(
    world: World,
    table: BaseTable,
    zones: int | Sequence[Zone] = 1000,
    effects: Iterable[Effect] = (),
) -> MarketAccess:
    """Market access in a world's year, before and after effects on its edges.

    Parameters
    ----------
    zones : how many (see `World.zones`), or the zones themselves
    effects : those that act on edges count, at the hours they set; no queue is worked out

    Raises
    ------
    InputError
        For fewer than two zones.

    Examples
    --------
    >>> from landbridge import World  # doctest: +SKIP
    >>> market_access(World.base(), load_base(), 50).access_base.min() > 0  # doctest: +SKIP
    """
    chosen = world.zones(zones) if isinstance(zones, int) else tuple(zones)
    edges = [effect for effect in effects if isinstance(effect, EdgeEffect)]
    changed = world.router.changed(change_of(edges)) if edges else world.router
    return compared(chosen, table, (world.router, world.year), (changed, world.year))


def access_of(assessment: Assessment, zones: int | Sequence[Zone] = 1000) -> MarketAccess:
    """Market access before and after a scenario, the queues it makes and takes away included."""
    given = assessment.given
    chosen = given.world.zones(zones) if isinstance(zones, int) else tuple(zones)
    base, changed = assessment.base, assessment.changed
    return compared(chosen, given.table, (base.engine, base.year), (changed.engine, changed.year))


def access_table(assessment: Assessment, zones: int | Sequence[Zone] = 1000) -> pd.DataFrame:
    """The table `access` of a run: one row a zone (see `MarketAccess.table`)."""
    return access_of(assessment, zones).table()


def compared(
    zones: tuple[Zone, ...],
    table: BaseTable,
    before: tuple[Engine, int],
    after: tuple[Engine, int],
) -> MarketAccess:
    """Market access of zones on two networks, each with its year.

    Raises
    ------
    InputError
        For fewer than two zones.
    """
    if len(zones) < 2:
        raise InputError(f"market access of {len(zones)} zones: give at least two")
    value = cargo_class(CARGO).value_usd_feu
    mass, theta = masses_usd_mn(zones, table), theta_of(table)
    cost = costs(*before, zones)
    base = access_from(cost, value, mass, theta)
    same = after[0] is before[0] and after[1] == before[1]
    changed = base if same else access_from(costs(*after, zones), value, mass, theta)
    return MarketAccess(zones, base, changed, _reached(cost))


def costs(engine: Engine, year: int, zones: tuple[Zone, ...]) -> Floats:
    """Generalised cost of a container of general cargo, USD, NaN for no way, float64[Z, Z].

    It is what the best way is the best by (`routing.metrics.generalised`), so that no edge can
    become cheaper to the loss of any zone.
    """
    cargo = cargo_class(CARGO)
    found = skim(_asked(engine), zones, Question(year=year, cargo=CARGO), lambda stage, share: None)
    spread = cargo.vor_usd_h / constant("reference-spread-h")
    hours, sd = found.time_h.astype(np.float64), found.time_sd_h.astype(np.float64)
    return np.asarray(found.cost_usd_feu + cargo.vot_usd_h * hours + spread * sd**2)


def _reached(cost: Floats) -> NDArray[np.int64]:
    known = np.isfinite(cost)
    np.fill_diagonal(known, val=False)
    return np.asarray(known.sum(axis=1), np.int64)


def _asked(engine: Engine) -> Router:
    # A skim asks a router for nothing that an engine lacks.
    return cast("Router", engine)


def access_from(
    cost_usd_feu: NDArray[np.floating], value_usd_feu: float, mass: Floats, theta: float
) -> Floats:
    """Sum of masses elsewhere, discounted by their cost; what cannot be reached adds nothing.

    Parameters
    ----------
    cost_usd_feu : (Z, Z), NaN where there is no way
    mass : (Z,)

    Examples
    --------
    >>> cost = np.array([[0.0, 100.0], [np.nan, 0.0]])
    >>> access_from(cost, 100.0, np.array([1.0, 8.0]), 3.0)
    array([1., 0.])
    """
    discount = (1.0 + np.asarray(cost_usd_feu, np.float64) / value_usd_feu) ** -theta
    discount[~np.isfinite(discount)] = 0.0
    np.fill_diagonal(discount, 0.0)
    return np.asarray(discount @ mass)


def masses_usd_mn(zones: Sequence[Zone], table: BaseTable) -> Floats:
    """GDP of each zone: its economy's, shared among the zones of that economy by population."""
    place = np.array([table.labels.place(zone.economy) for zone in zones], np.int64)
    people = np.array([zone.population for zone in zones], np.float64)
    total = np.bincount(place, people, len(table.gdp))
    return np.asarray(table.gdp[place] * people / total[place])


def theta_of(table: BaseTable) -> float:
    """Trade elasticity of goods: that of each sector by its trade across borders."""
    trade = table.base.trade.copy()
    home = np.arange(trade.shape[1])
    trade[:, home, home] = 0.0
    weight = trade.sum(axis=(1, 2)) * np.array(table.labels.goods)
    return float(weight @ table.base.theta / weight.sum())
