"""Openings and closures: which rows of the network's tables work in a year."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import FactError

NO_TRANSIT = frozenset({"passengers", "trial", "local"})
"""Kinds of traffic of a crossing that leave no room for other freight."""

RESTRICTED_SINCE = 2022
"""From this year a railway crossing that is `restricted` in 2025 carries no through containers.

Most are so by the sanctions of that year (quotas, transit to Kaliningrad only); no table says since
when the others are. Rule `restricted-rail-since-2022`.
"""

NEW = frozenset({"new_line", "road_new"})
"""Effects of a section before which there was nothing to travel on."""


def closed_share(intervals: tuple[str, ...], year: int) -> float:
    """Share of a year's days inside `FROM/TO` intervals; an open end lasts.

    Examples
    --------
    >>> closed_share(("1967-06-05/1975-06-05",), 1970)
    1.0
    >>> closed_share(("2021-03-23/2021-03-29",), 2021) < 0.05
    True
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    days: set[date] = set()
    for interval in intervals:
        start, _, end = interval.partition("/")
        day = max(_first_day(start), first)
        until = min(_last_day(end), last) if end else last
        while day <= until:
            days.add(day)
            day += timedelta(days=1)
    return len(days) / ((last - first).days + 1)


def _first_day(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    return date(parts[0], *([*parts[1:], 1, 1][:2]))


def _last_day(text: str) -> date:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = (parts[0], 12) if len(parts) == 1 else (parts[0], parts[1])
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


@cache
def open_rows(table: str, year: int) -> NDArray[np.bool_]:
    """Whether each row of crossings, terminals, sections or chokepoints works in a year.

    Returns
    -------
    bool[number of rows], read-only.

    Examples
    --------
    >>> suez = [row.id for row in facts.rows("chokepoints")].index("suez")
    >>> bool(open_rows("chokepoints", 2019)[suez]), bool(open_rows("chokepoints", 1970)[suez])
    (True, False)
    """
    tests = {
        "crossings": _crossing_open,
        "terminals": _terminal_open,
        "sections": _section_open,
        "chokepoints": _chokepoint_open,
    }
    if table not in tests:
        raise FactError(f"table {table!r} has no opening years; ask for one of {sorted(tests)}")
    works = np.array([tests[table](row, year) for row in facts.rows(table)], np.bool_)
    works.flags.writeable = False
    return works


def _crossing_open(row: Any, year: int) -> bool:
    opening = row.open_year or row.planned_year
    if row.status == "planned" and (opening is None or year < opening):
        return False
    if opening is not None and year < opening:
        return False
    if row.cargo in NO_TRANSIT:
        return False
    if row.status == "restricted" and row.mode == "rail" and year >= RESTRICTED_SINCE:
        return False
    return closed_share(row.closed or (), year) <= 0.5


def _terminal_open(row: Any, year: int) -> bool:
    if row.stage == "planned":
        return False
    opening = row.open_year or (row.planned_year if row.stage == "under_construction" else None)
    if opening is None:
        return bool(row.stage == "open")
    return bool(year >= opening)


def _section_open(row: Any, year: int) -> bool:
    if row.effect not in NEW:
        return True
    return bool(row.freight and row.opens_year is not None and year >= row.opens_year)


def _chokepoint_open(row: Any, year: int) -> bool:
    return closed_share(row.closed or (), year) <= 0.5


@cache
def closed_pairs(mode: str, year: int) -> frozenset[tuple[str, str]]:
    """Pairs of economies whose border is shut to a mode but at listed crossings, codes sorted.

    Examples
    --------
    >>> ("QAT", "SAU") in closed_pairs("road", 2019), ("QAT", "SAU") in closed_pairs("road", 2022)
    (True, False)
    """
    return frozenset(
        (min(row.economy_a, row.economy_b), max(row.economy_a, row.economy_b))
        for row in facts.rows("closed_borders")
        if row.mode in (mode, "all")
        and row.from_year <= year
        and (row.to_year is None or year <= row.to_year)
    )
