"""An assessment in the four sentences an analyst would say."""

from __future__ import annotations

import math
from collections.abc import Sequence

from landbridge.assess.assessment import Assessment, CarrierChange, EconomyChange, WayChange

HUB = "KAZ"
MOST_DECIMALS = 5
LEAST_FEU = 1_000.0
"""A corridor or crossing with less freight than this both before and after is not told of."""


def sentences(told: Assessment) -> tuple[str, ...]:
    """Who gains and loses; what freight does; where it queues; emissions and how sure."""
    return tuple(
        sentence
        for sentence in (_incomes(told), _flows(told), _posts(told), _rest(told))
        if sentence
    )


def _incomes(told: Assessment) -> str:
    gains = [e for e in _by_size(told) if e.welfare_pct > 0][:3]
    losses = [e for e in _by_size(told) if e.welfare_pct < 0][:3]
    parts = []
    if gains:
        parts.append(f"{_listed(told, gains)} gain most in real income")
    if losses:
        parts.append(f"{_listed(told, losses)} lose most" + ("" if gains else " in real income"))
    if HUB not in {e.iso3 for e in (*gains, *losses)}:
        hub = told.economy(HUB)
        parts.append(f"Kazakhstan's changes by {_income(told, hub)}")
    world = f"the world's real income changes by {_signed(told.world_welfare_pct)} %"
    return f"{_joined(parts)}; {world}."


def _flows(told: Assessment) -> str:
    moved = [
        w for w in told.ways if w.id.startswith("way:") and max(w.feu_base, w.feu) >= LEAST_FEU
    ]
    moved.sort(key=lambda w: -abs(_ratio(w.feu, w.feu_base)))
    moved = [w for w in moved if abs(_ratio(w.feu, w.feu_base)) >= 0.0005][:2]
    if not moved:
        return "Freight keeps to its ways: no mode or corridor changes by 0.05 % or more."
    return f"Of the ways, {_joined([_way(w) for w in moved])}."


def _posts(told: Assessment) -> str:
    posts = [
        c for c in told.carriers if c.table == "crossings" and max(c.feu_base, c.feu) >= LEAST_FEU
    ]
    by_hours = [c for c in posts if _hours(c) is not None and abs(_hours(c) or 0.0) >= 0.1]
    if by_hours:
        most = max(by_hours, key=lambda c: abs(_hours(c) or 0.0) * max(c.feu, c.feu_base))
        return (
            f"At {most.name} a crossing takes {most.hours:.1f} h instead of {most.hours_base:.1f}, "
            f"and {most.feu:,.0f} containers pass a year instead of {most.feu_base:,.0f}"
            f"{_of_capacity(most)}."
        )
    if not posts:
        return ""
    most = max(posts, key=lambda c: abs(c.feu - c.feu_base))
    return (
        f"No border becomes slower or quicker; most moves at {most.name}, where {most.feu:,.0f} "
        f"containers pass a year instead of {most.feu_base:,.0f}{_of_capacity(most)}."
    )


def _rest(told: Assessment) -> str:
    co2 = told.co2_mt - told.co2_mt_base
    share = 100.0 * co2 / told.co2_mt_base
    text = f"Freight's emissions change by {_signed(co2, 1)} Mt CO2e ({_signed(share)} %)"
    bands = [b for b in told.bands if b.name == "welfare_pct" and b.iso3 == HUB]
    if bands:
        band = bands[0]
        text += (
            f"; nine draws in ten put Kazakhstan's real income between {_signed(band.low)} and "
            f"{_signed(band.high)} %"
        )
    else:
        text += "; how sure this is, --draws 200 says"
    return f"{text}."


def _by_size(told: Assessment) -> Sequence[EconomyChange]:
    return sorted(
        (e for e in told.economies if abs(e.welfare_pct) >= 0.0005 and e.iso3 != "ROW"),
        key=lambda e: -abs(e.welfare_pct),
    )


def _listed(told: Assessment, economies: Sequence[EconomyChange]) -> str:
    return _joined([f"{_name(e.iso3)} ({_income(told, e)})" for e in economies])


def _income(told: Assessment, economy: EconomyChange) -> str:
    place = told.given.table.labels.economies.index(economy.iso3)
    usd_mn = economy.welfare_pct / 100.0 * told.given.table.base.income[place]
    money = f"{usd_mn / 1e3:+,.1f} bn" if abs(usd_mn) >= 1e3 else f"{_signed(usd_mn, 0)} mn"
    return f"{_signed(economy.welfare_pct)} %, {money} USD a year"


def _name(iso3: str) -> str:
    from landbridge.network.countries import country_names

    return dict(country_names()).get(iso3, iso3)


def _way(way: WayChange) -> str:
    change = "no longer goes" if way.feu < 1 else f"{100 * _ratio(way.feu, way.feu_base):+.1f} %"
    hours = ""
    if way.time_h is not None and way.time_h_base is not None:
        gained = way.time_h - way.time_h_base
        if abs(gained) >= 0.5:
            hours = f", {gained:+.0f} h"
    name = way.name[0].lower() + way.name[1:]
    return f"{name}: {way.feu:,.0f} containers a year after {way.feu_base:,.0f} ({change}{hours})"


def _hours(post: CarrierChange) -> float | None:
    if post.hours is None or post.hours_base is None:
        return None
    return post.hours - post.hours_base


def _of_capacity(post: CarrierChange) -> str:
    if post.capacity_share is None:
        return ""
    return f", {100 * post.capacity_share:.0f} % of what it can pass"


def _ratio(new: float, old: float) -> float:
    return new / old - 1.0 if old > 0 else (0.0 if new <= 0 else float("inf"))


def _signed(value: float, fewest: int = 2) -> str:
    """Two significant digits or more, so that a small loss does not read as none.

    Examples
    --------
    >>> [_signed(value) for value in (12.345, 0.0576, -0.00061, 1e-7)]
    ['+12.35', '+0.058', '-0.00061', '0']
    """
    if abs(value) < 0.5 * 10.0**-MOST_DECIMALS:
        return "0"
    decimals = 1 - math.floor(math.log10(abs(value)))
    return f"{value:+,.{min(max(decimals, fewest), MOST_DECIMALS)}f}"


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
