"""Cargo classes: what a container is worth, weighs and loses by the day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from landbridge import facts
from landbridge.errors import UnknownNameError
from landbridge.routing.rates.lookup import constant


@dataclass(frozen=True, slots=True)
class CargoClass:
    """A kind of cargo in a laden forty-foot container.

    `time_cost_pct_day` is the ad-valorem cost of a day in transit (Hummels & Schaur 2013, AER
    103(7), find 0.6-2.1 % for manufactures); `reliability_ratio` is the value of an hour of
    standard deviation over the value of an hour (de Jong et al. 2014).
    """

    id: str
    name: str
    value_usd_feu: float
    payload_t_feu: float
    time_cost_pct_day: float
    reliability_ratio: float
    air_eligible: bool

    @property
    def vot_usd_h(self) -> float:
        """Value of an hour in transit, USD per FEU."""
        return self.value_usd_feu * self.time_cost_pct_day / 100.0 / 24.0

    @property
    def vor_usd_h(self) -> float:
        """Value of an hour of standard deviation, USD per FEU."""
        return self.reliability_ratio * self.vot_usd_h


@cache
def cargo_class(name: str = "general") -> CargoClass:
    """Return the cargo class of this id.

    Raises
    ------
    UnknownNameError
        With the closest ids.

    Examples
    --------
    >>> round(cargo_class("general").vot_usd_h, 1)
    36.3
    """
    table = facts.by_id("cargo_classes")
    if name not in table:
        raise UnknownNameError.from_available("cargo class", name, table)
    row = table[name]
    return CargoClass(
        id=row.id,
        name=row.name,
        value_usd_feu=row.value_usd_feu,
        payload_t_feu=row.payload_t_feu,
        time_cost_pct_day=row.time_cost_pct_day,
        reliability_ratio=constant("reliability-ratio"),
        air_eligible=row.air_eligible,
    )


def cargo_classes() -> tuple[CargoClass, ...]:
    """Every cargo class, in the order of the table.

    Examples
    --------
    >>> cargo_classes()[0].id
    'general'
    """
    return tuple(cargo_class(row.id) for row in facts.rows("cargo_classes"))
