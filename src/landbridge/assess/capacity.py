"""Published capacities, all as containers a year both ways."""

from __future__ import annotations

import math
from functools import cache

from landbridge import facts

_YEARLY_T = {"Mt/yr": 1e6}
"""Unit words of sections that mean a capacity of today; plans and first years are not one."""


@cache
def published_feu_year(table: str, identifier: str, year: int) -> float:
    """Capacity of a crossing, section or terminal, FEU a year both ways; NaN where none is known.

    Units are turned into one another by `capacity_rules.csv`. A section has its capacity before
    works until it opens, and that after them from then on.

    Examples
    --------
    >>> round(published_feu_year("crossings", "rail-alashankou-dostyk", 2023), -3)
    749000.0
    """
    row = facts.row(table, identifier)
    if table == "crossings":
        if row.capacity_per_day is None:
            return math.nan
        return float(row.capacity_per_day * _rule("days-a-year") * _feu(row.capacity_unit))
    if table == "sections":
        opened = row.opens_year is not None and row.opens_year <= year
        trains = row.capacity_after_trains_day if opened else row.capacity_before_trains_day
        if trains:
            return float(trains * _rule("days-a-year") * _feu("trains"))
        amount = row.capacity_after if opened else row.capacity_before
        if amount and row.capacity_unit in _YEARLY_T:
            return float(amount * _YEARLY_T[row.capacity_unit] * _feu("t"))
        return math.nan
    if row.capacity_teu_per_year is not None:
        return float(row.capacity_teu_per_year * _feu("teu"))
    if row.capacity_t_per_year is not None:
        return float(row.capacity_t_per_year * _feu("t"))
    return math.nan


def _rule(identifier: str) -> float:
    return float(facts.row("capacity_rules", identifier).value)


def _feu(unit: str) -> float:
    """Containers that one of a unit makes."""
    lorries = _rule("trucks-a-feu")
    return {
        "t": 1.0 / _rule("t-a-feu-bulk"),
        "teu": 1.0 / _rule("teu-a-feu"),
        "trains": _rule("feu-a-container-train"),
        "wagons": _rule("feu-a-wagon"),
        "trucks": 1.0 / lorries,
        "vehicles": _rule("trucks-a-vehicle") / lorries,
    }[unit]
