"""Borders: hours, spread and money to pass, by crossing, direction and year.

The tables and the way they are read together are described in `facts/data/README_borders.md`: a
figure of the crossing itself, on the road else one of its economy, else the named rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.routing.rates.gauges import gauge_change, same_gauge
from landbridge.routing.rates.lookup import in_year

CAREC = frozenset(["AFG", "AZE", "CHN", "GEO", "KAZ", "KGZ", "MNG", "PAK", "TJK", "TKM", "UZB"])
"""Members of the Central Asia Regional Economic Cooperation, whose corridors CPMM measures."""

ROLES = (("outbound", "inbound"), ("inbound", "outbound"))
"""Role of side a and of side b, in direction 0 (a to b) and 1 (b to a)."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One passage of a border in one direction: hours, their standard deviation, USD per FEU."""

    hours: float
    hours_sd: float
    cost_usd_feu: float


@dataclass(frozen=True, slots=True)
class CrossingTerms:
    """Passing each row of the crossings table; every array is float64[2, n_crossings].

    Direction 0 is from side a to side b. `sailing_h` is the published sailing time of a ferry and
    0 elsewhere; `time_h` does not hold it.
    """

    time_h: NDArray[np.float64]
    var_h2: NDArray[np.float64]
    cost_usd_feu: NDArray[np.float64]
    sailing_h: NDArray[np.float64]


@cache
def crossing_terms(year: int) -> CrossingTerms:
    """Terms of every listed crossing in a year.

    Examples
    --------
    >>> terms = crossing_terms(2017)
    >>> bool((terms.time_h >= 0).all())
    True
    """
    crossings = facts.rows("crossings")
    time_h, var_h2, cost, sailing = np.zeros((4, 2, len(crossings)))
    for k, crossing in enumerate(crossings):
        for direction in (0, 1):
            passed = pass_crossing(crossing, direction, year)
            time_h[direction, k] = passed.hours
            var_h2[direction, k] = passed.hours_sd**2
            cost[direction, k] = passed.cost_usd_feu
            if crossing.mode == "ferry":
                sailing[direction, k] = _sailing_h(crossing, direction, year)
    for array in (time_h, var_h2, cost, sailing):
        array.flags.writeable = False
    return CrossingTerms(time_h, var_h2, cost, sailing)


def pass_crossing(crossing: Any, direction: int, year: int) -> Pass:
    """Pass one row of the crossings table in one direction (0 from side a to side b).

    Examples
    --------
    >>> dostyk = facts.by_id("crossings")["rail-alashankou-dostyk"]
    >>> pass_crossing(dostyk, 0, 2019).hours
    24.85
    """
    broken = not same_gauge(crossing.gauge_a_mm, crossing.gauge_b_mm)
    own = [row for row in _dwell("crossing", crossing.id) if row.unit_basis != "sailing"]
    own = [row for row in own if _goes(row, direction)]
    if not own and crossing.mode == "rail":
        own = _same_border(crossing, direction, broken) or _same_outer_border(
            crossing, direction, year
        )
    whole = _chosen([row for row in own if row.sides == "both"], year)
    rule = border_rule(
        crossing.mode,
        crossing.economy_a,
        crossing.economy_b,
        year,
        gauge_break=broken,
    )
    if whole is not None:
        cost = rule.cost_usd_feu if whole.cost_usd_feu is None else whole.cost_usd_feu
        passed = _spread(crossing.mode, whole.hours, cost)
        if broken and whole.gauge_change == "no":
            return _with_gauge_change(passed, crossing.economy_b, year)
        return passed
    if crossing.mode != "road" or _union(crossing.economy_a, crossing.economy_b, "road", year):
        return rule
    sides = [
        _road_side(own, side, economy, role, year)
        for side, economy, role in zip(
            "ab", (crossing.economy_a, crossing.economy_b), ROLES[direction], strict=True
        )
    ]
    return Pass(
        sum(s.hours for s in sides),
        sum(s.hours_sd**2 for s in sides) ** 0.5,
        sum(s.cost_usd_feu for s in sides),
    )


@cache
def border_rule(
    mode: str, economy_a: str, economy_b: str, year: int, *, gauge_break: bool = False
) -> Pass:
    """Pass a border that has no figure of its own, by the rule for its kind.

    Examples
    --------
    >>> border_rule("rail", "FRA", "DEU", 2020).hours
    2.0
    >>> border_rule("rail", "CHN", "KAZ", 2019, gauge_break=True).hours > 20
    True
    """
    union = _union(economy_a, economy_b, mode, year)
    if union is not None:
        row, sides, factor = union, 1, 1.0
    else:
        name, sides = {
            "road": ("road-side", 2),
            "rail": ("rail-gauge-break" if gauge_break else "rail-same-gauge", 1),
            "ferry": ("ferry-border", 1),
        }[mode]
        row, factor = facts.by_id("border_rules")[name], _factor(mode, (economy_a, economy_b), year)
    passed = Pass(
        row.hours * factor * sides,
        row.hours_sd * factor * sides**0.5,
        row.cost_usd_feu * sides,
    )
    if gauge_break and not row.gauge_change:
        return _with_gauge_change(passed, economy_b, year)
    return passed


def _with_gauge_change(passed: Pass, economy: str, year: int) -> Pass:
    change = gauge_change(economy, year)
    return Pass(
        passed.hours + change.time_h, passed.hours_sd, passed.cost_usd_feu + change.cost_usd_feu
    )


def _factor(mode: str, economies: tuple[str, ...], year: int) -> float:
    if CAREC.isdisjoint(economies):
        return 1.0
    factors = [row for row in facts.rows("border_year_factors") if row.mode == mode]
    return float(in_year(factors, year).factor) if factors else 1.0


def _union(economy_a: str, economy_b: str, mode: str, year: int) -> Any | None:
    """Return the rule of a union both economies are in, the most open where there are several."""
    shared = members(economy_a, mode, year) & members(economy_b, mode, year)
    if "schengen" in shared and "eu_customs" not in shared:
        shared = (shared - {"schengen"}) | {"schengen_customs"}
    rules = [
        row
        for row in facts.rows("border_rules")
        if row.kind == "crossing" and row.mode == mode and shared.intersection(row.union)
    ]
    return min(rules, key=lambda row: row.hours) if rules else None


@cache
def members(economy: str, mode: str, year: int) -> frozenset[str]:
    """Border unions that an economy is in for a mode in a year."""
    return frozenset(
        row.union
        for row in facts.rows("border_unions")
        if row.economy == economy
        and mode in row.modes
        and row.from_year <= year
        and (row.to_year is None or year <= row.to_year)
    )


def _road_side(own: list[Any], side: str, economy: str, role: str, year: int) -> Pass:
    rule = facts.by_id("border_rules")["road-side"]
    row = _chosen([r for r in own if r.sides == side], year)
    series = [r for r in _dwell("economy", economy) if r.mode == "road"]
    for direction in (role, "both"):
        row = row or _chosen([r for r in series if r.direction == direction], year)
    if row is None:
        factor = _factor("road", (economy,), year)
        return Pass(rule.hours * factor, rule.hours_sd * factor, rule.cost_usd_feu)
    cost = rule.cost_usd_feu if row.cost_usd_feu is None else row.cost_usd_feu
    return _spread("road", row.hours, cost)


def _sailing_h(crossing: Any, direction: int, year: int) -> float:
    rows = [row for row in _dwell("crossing", crossing.id) if row.unit_basis == "sailing"]
    row = _chosen([r for r in rows if _goes(r, direction)], year)
    return 0.0 if row is None else float(row.hours)


def _chosen(rows: Iterable[Any], year: int) -> Any | None:
    """Return a figure of the very year, else the norm of the latest year not after it."""
    known = [row for row in rows if row.hours is not None]
    exact = [row for row in known if row.use == "year_only" and row.year == year]
    if exact:
        return exact[0]
    norms = [row for row in known if row.use == "norm"]
    return in_year(norms, year) if norms else None


def _same_border(crossing: Any, direction: int, broken: bool) -> list[Any]:
    """Return the figures of measured posts on the same border, for a post without its own.

    The same railways and customs work both; without this, a post that nobody measured would look
    quicker than the one whose queues are known. Rule `same-border`.
    """
    found = []
    for other in _rail_posts().get(frozenset((crossing.economy_a, crossing.economy_b)), ()):
        if broken == same_gauge(other.gauge_a_mm, other.gauge_b_mm):
            continue
        way = direction if other.economy_a == crossing.economy_a else 1 - direction
        rows = [r for r in _dwell("crossing", other.id) if r.unit_basis != "sailing"]
        found += [row for row in rows if _goes(row, way)]
    return found


def _same_outer_border(crossing: Any, direction: int, year: int) -> list[Any]:
    """Return the figures of measured posts of one side's border with the other side's union.

    Belarus meets one customs union at Brest and at Gudogai; the queue is known at Brest only. Rule
    `same-outer-border`.
    """
    found = []
    for inner, outer in (
        (crossing.economy_a, crossing.economy_b),
        (crossing.economy_b, crossing.economy_a),
    ):
        union = members(outer, "rail", year) & {"eu_customs"}
        for other in _rail_posts_of().get(inner, ()):
            far = other.economy_b if other.economy_a == inner else other.economy_a
            if not union & members(far, "rail", year):
                continue
            leaves = (crossing.economy_a == inner) == (direction == 0)
            way = 0 if leaves == (other.economy_a == inner) else 1
            rows = [r for r in _dwell("crossing", other.id) if r.unit_basis != "sailing"]
            found += [row for row in rows if _goes(row, way)]
    return found


@cache
def _rail_posts_of() -> dict[str, list[Any]]:
    """Rail crossings by each economy they touch."""
    index: dict[str, list[Any]] = {}
    for pair, posts in _rail_posts().items():
        for economy in pair:
            index.setdefault(economy, []).extend(posts)
    return index


@cache
def _rail_posts() -> dict[frozenset[str], list[Any]]:
    """Rail crossings by the pair of economies they join."""
    index: dict[frozenset[str], list[Any]] = {}
    for row in facts.rows("crossings"):
        if row.mode == "rail":
            index.setdefault(frozenset((row.economy_a, row.economy_b)), []).append(row)
    return index


def _goes(row: Any, direction: int) -> bool:
    return row.direction in ("both", ("a_to_b", "b_to_a")[direction])


def _spread(mode: str, hours: float, cost: float) -> Pass:
    rule = "dwell-spread-between-places" + ("" if mode == "rail" else "-road")
    ratio = facts.by_id("border_rules")[rule].value
    return Pass(float(hours), float(hours * ratio), float(cost))


@cache
def _dwell_index() -> dict[tuple[str, str], list[Any]]:
    index: dict[tuple[str, str], list[Any]] = {}
    for row in facts.rows("crossing_dwell"):
        index.setdefault((row.scope, row.key), []).append(row)
    return index


def _dwell(scope: str, key: str) -> list[Any]:
    return _dwell_index().get((scope, key), [])
