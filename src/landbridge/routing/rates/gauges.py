"""Changing gauge: what lifting the containers of a train to another track takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from landbridge import facts
from landbridge.routing.rates.lookup import by_place, of_economy


@dataclass(frozen=True, slots=True)
class GaugeChange:
    """One change of gauge: hours of the train, USD per FEU."""

    time_h: float
    cost_usd_feu: float


@cache
def gauge_change(economy: str, year: int) -> GaugeChange:
    """Change of gauge in an economy, apart from the border it may stand at.

    Examples
    --------
    >>> gauge_change("KAZ", 2020)
    GaugeChange(time_h=4.0, cost_usd_feu=329.0)
    """
    rows = facts.rows("gauge_changes")
    return GaugeChange(
        of_economy(by_place(rows, year, lambda row: row.time_h), economy),
        of_economy(by_place(rows, year, lambda row: row.charge_usd_feu), economy),
    )


def same_gauge(a_mm: int | None, b_mm: int | None) -> bool:
    """Whether wagons run through: equal, unknown, or 1520 and 1524 (interoperable).

    Examples
    --------
    >>> same_gauge(1520, 1524), same_gauge(1435, 1520)
    (True, False)
    """
    if a_mm is None or b_mm is None or a_mm == b_mm:
        return True
    return {a_mm, b_mm} == {1520, 1524}
