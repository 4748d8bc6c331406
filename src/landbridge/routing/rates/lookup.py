"""Finds the figure of a table for an economy and a year, by rules that are the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import FactError

WORLD = "world"
"""Place of a row that stands in wherever no economy or region has one."""


@cache
def regions() -> dict[str, str]:
    """Region of every economy, from `cost_regions.csv`.

    Examples
    --------
    >>> regions()["KAZ"]
    'central-asia'
    """
    return {row.economy: row.region for row in facts.rows("cost_regions")}


@cache
def _members(region: str | None) -> tuple[str, ...]:
    return tuple(economy for economy, found in regions().items() if found == region)


def in_year(rows: Iterable[Any], year: int) -> Any:
    """Return the row of the latest year not after `year`, else the earliest row.

    Raises
    ------
    FactError
        When there is no row at all.

    Examples
    --------
    >>> in_year(facts.rows("sea_market"), 2014).year, in_year(facts.rows("sea_market"), 2000).year
    (2013, 2013)
    """
    known = sorted(rows, key=lambda row: row.year)
    if not known:
        raise FactError("no row to take a year from; add one to the table asked for")
    before = [row for row in known if row.year <= year]
    return before[-1] if before else known[0]


def by_place(rows: Iterable[Any], year: int, value: Callable[[Any], float]) -> dict[str, float]:
    """Value of each place that has rows, in the year that stands for `year`."""
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.place, []).append(row)
    return {place: value(in_year(group, year)) for place, group in grouped.items()}


def of_economy(known: dict[str, float], economy: str) -> float:
    """Value for one economy: its own, its region's, the world's; else a median.

    Where the table has no row for the world, the median of the region's economies stands in, and
    failing these the median of every place (rule `median-of-known`).

    Examples
    --------
    >>> of_economy({"KAZ": 3.0, "UZB": 1.0, "eu": 9.0}, "KGZ")
    2.0
    >>> of_economy({"KAZ": 3.0, "UZB": 1.0, "eu": 9.0}, "DEU")
    9.0
    """
    if not known:
        raise FactError(f"no row covers {economy}; add a row with place {economy} or {WORLD}")
    if economy in known:
        return known[economy]
    region = regions().get(economy)
    if region in known:
        return known[region]
    if WORLD in known:
        return known[WORLD]
    near = [known[e] for e in _members(region) if e in known]
    return float(median(near or known.values()))


def by_economy(known: dict[str, float], economies: Sequence[str]) -> NDArray[np.float64]:
    """Values for `economies` in order, and one more for places outside any economy.

    Returns
    -------
    float64[len(economies) + 1]
        The last entry serves index -1 (at sea, in the air).
    """
    outside = known.get(WORLD, float(median(known.values())))
    return np.array([of_economy(known, e) for e in economies] + [outside], np.float64)


@cache
def constant(name: str) -> float:
    """Value of a row of `cost_rules.csv`, in the unit that row names.

    Examples
    --------
    >>> constant("reference-spread-h")
    60.0
    """
    return float(facts.by_id("cost_rules")[name].value)


def spread_of_range(low: float | None, high: float | None) -> float:
    """Return the standard deviation of a range read as 5 to 95 % of a normal distribution.

    Examples
    --------
    >>> spread_of_range(None, 3.0)
    0.0
    """
    if low is None or high is None:
        return 0.0
    return (high - low) / constant("range-in-sd")
