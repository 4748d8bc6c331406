"""What an assessment answers: frozen, labelled, with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from landbridge.assess.setting import Setting
from landbridge.assess.settle import State

if TYPE_CHECKING:
    from landbridge.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class EconomyChange:
    """What a scenario does to one economy, per cent against the baseline.

    `welfare_pct` is real final spending, `real_gdp_pct` value added and tariff revenue at consumer
    prices; exports and imports are values of goods and services in the money in which world value
    added does not change. `tariff_revenue_usd_mn` is the change in it.
    """

    iso3: str
    welfare_pct: float
    real_gdp_pct: float
    exports_pct: float
    imports_pct: float
    tariff_revenue_usd_mn: float
    partners_hhi_base: float
    partners_hhi: float
    products_hhi_base: float
    products_hhi: float
    imputed_share: float


@dataclass(frozen=True, slots=True)
class WayChange:
    """A corridor or way: containers a year and mean hours of what goes by it."""

    id: str
    name: str
    feu_base: float
    feu: float
    tonnes_base: float
    tonnes: float
    time_h_base: float | None
    time_h: float | None


@dataclass(frozen=True, slots=True)
class CarrierChange:
    """A crossing, section or terminal: what it carries, and what is left of its capacity.

    `hours` are the mean dwell at a crossing (both directions) and None elsewhere; shares are of
    the published capacity, None where none is published. `trains_day` counts container trains.
    """

    table: str
    id: str
    name: str
    economies: tuple[str, ...]
    mode: str
    feu_base: float
    feu: float
    tonnes_base: float
    tonnes: float
    trains_day_base: float | None
    trains_day: float | None
    hours_base: float | None
    hours: float | None
    capacity_share_base: float | None
    capacity_share: float | None


@dataclass(frozen=True, slots=True)
class Contribution:
    """One lever alone: what it does to the economies that change most."""

    lever: int
    what: str
    welfare_pct: Mapping[str, float]
    world_welfare_pct: float


@dataclass(frozen=True, slots=True)
class Band:
    """Median and 90 % band over draws."""

    name: str
    iso3: str
    low: float
    median: float
    high: float


@dataclass(frozen=True, eq=False)
class Assessment:
    """A scenario against its baseline; tables are worked out by `landbridge.assess.tables`.

    Attributes
    ----------
    scenario : what was asked
    given : what is taken as given
    base, changed : the world before and after
    economies, ways, carriers : the answers by label
    co2_mt_base, co2_mt : freight's emissions, million tonnes CO2e a year
    contributions : each lever alone, where there are several
    bands : over draws, where asked for
    draws : how many courses the bands rest on
    notes : what a reader must know
    convergence : converged, iterations, residual, assignment_gap, rounds
    """

    scenario: Scenario
    given: Setting = field(repr=False)
    base: State = field(repr=False)
    changed: State = field(repr=False)
    economies: tuple[EconomyChange, ...] = field(repr=False)
    ways: tuple[WayChange, ...] = field(repr=False)
    carriers: tuple[CarrierChange, ...] = field(repr=False)
    co2_mt_base: float
    co2_mt: float
    world_welfare_pct: float
    contributions: tuple[Contribution, ...] = ()
    bands: tuple[Band, ...] = ()
    draws: int = 0
    notes: tuple[str, ...] = ()
    convergence: Mapping[str, Any] = field(default_factory=dict)

    def economy(self, iso3: str) -> EconomyChange:
        """The answer for one economy.

        Raises
        ------
        UnknownNameError
            For a code the base does not have.
        """
        self.given.table.labels.economy(iso3)
        return next(change for change in self.economies if change.iso3 == iso3)

    def largest(self, count: int = 5) -> Sequence[EconomyChange]:
        """The economies whose welfare changes most, whichever way."""
        return sorted(self.economies, key=lambda e: -abs(e.welfare_pct))[:count]
