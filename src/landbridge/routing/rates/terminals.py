"""Terminals: the time, spread and money between a mode and the terminal that serves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from landbridge import facts
from landbridge.errors import FactError
from landbridge.routing.rates.lookup import (
    WORLD,
    by_place,
    constant,
    in_year,
    of_economy,
    spread_of_range,
)
from landbridge.routing.rates.sea import sea_rate

ANY = "any"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer edge, the same both ways: hours, h2, USD and kg per FEU."""

    time_h: float
    var_h2: float
    cost_usd_feu: float
    co2_kg_feu: float


@cache
def transfer(kind: str, side: str, economy: str | None, year: int) -> Transfer:
    """Return the half of a transfer that lies between a mode (`side`) and a terminal.

    Seaports add half a ship's call, half the variance of the schedule and half of the fixed part
    of the sea rate to their sea side, so that a voyage between two ports has each of them once.

    Parameters
    ----------
    kind : kind of the terminal, as in `terminals.csv`.
    side : rail, road, sea, air or ferry.
    economy : where the terminal stands; None where unknown.

    Examples
    --------
    >>> round(transfer("seaport", "sea", "CHN", 2019).time_h / 24, 2)
    4.35
    >>> transfer("dry_port", "rail", "KAZ", 2022).cost_usd_feu
    80.0
    """
    place = economy or WORLD
    times = _rows("terminal_times", kind, side)
    time_h = of_economy(by_place(times, year, lambda r: r.time_h), place)
    spread_h = of_economy(
        by_place(times, year, lambda r: spread_of_range(r.low_h, r.high_h)), place
    )
    charges = _rows("terminal_charges", kind, side)
    cost = of_economy(by_place(charges, year, lambda r: r.charge_usd_feu), place)
    var_h2 = spread_h**2
    if side == "sea":
        time_h += constant("ship-call-h") / 2.0
        var_h2 += schedule_var_h2(year) / 2.0
        cost += sea_rate().fixed_usd_feu / 2.0
    lift = constant("lift-co2-kg-feu") if side != "air" else 0.0
    return Transfer(time_h, var_h2, cost, lift)


def schedule_var_h2(year: int) -> float:
    """Variance of a liner's arrival about its schedule, h2.

    A share p of vessels is late by an exponential delay of mean L, the rest are on time
    (rule `exponential-lateness`): variance p (2 - p) L^2.

    Examples
    --------
    >>> round(schedule_var_h2(2019) ** 0.5 / 24, 1)
    2.4
    """
    row = in_year(facts.rows("schedule_reliability"), year)
    late = 1.0 - row.on_time_share
    return float(late * (2.0 - late) * (24.0 * row.late_days) ** 2)


def _rows(table: str, kind: str, side: str) -> list[Any]:
    rows = [row for row in facts.rows(table) if row.side == side]
    found = [row for row in rows if row.kind == kind] or [row for row in rows if row.kind == ANY]
    if not found:
        raise FactError(
            f"{table}.csv: nothing for the {side} side of a {kind}; add a row of kind {kind} or "
            f"{ANY} with side {side}"
        )
    return found
