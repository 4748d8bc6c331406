"""Tariffs of the base year: published averages, sector profiles where had, none inside blocs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.economy.table.labels import REST, labels, products
from landbridge.errors import FactError

HEADINGS = 10_000
"""Headings of the Harmonized System have four digits."""


@dataclass(frozen=True, slots=True)
class Tariffs:
    """Ad-valorem rates.

    Attributes
    ----------
    rate : (J, N, N) array
        `rate[j, n, i]` of n on i, zero for services.
    imputed : (N,) array of bool
        Importers whose average is the median of the others.
    profiled : (N,) array of bool
        Importers whose product groups are their own (`tariffs_sector.csv`); the others' sectors
        stand to each other as in the mean of those.
    """

    rate: Array
    imputed: NDArray[np.bool_]
    profiled: NDArray[np.bool_]


def base_tariffs(goods: Array, headings: Array, year: int) -> Tariffs:
    """Rates that give each importer its published average, weighted by its imports.

    Sectors stand to each other as the duties of the importer's product groups do. Members of a
    bloc levy nothing on each other. Where the published average counts that trade too, the rate
    on all others is raised so that the average holds (rule `tariff-keeps-weighted-average`).

    Parameters
    ----------
    goods : (J, N, N) array
        Imports by sector and pair.
    headings : (N, 10000) array
        Imports by heading of the Harmonized System: only shares inside a sector count.
    year
        Blocs in force in that year count.

    Raises
    ------
    FactError
        The tables name economies, blocs or groups that are not, or leave a heading without duty.
    """
    size = len(labels().economies)
    known = {row.iso3: row for row in facts.rows("tariffs_base")}
    strangers = sorted(set(known) - set(labels().economies))
    if strangers:
        raise FactError(f"tariffs_base.csv names economies not in economies.csv: {strangers}")
    median = float(np.median([row.applied_weighted_pct for row in known.values()])) / 100.0
    free = _free_pairs(year)
    profile, profiled = sector_profiles(headings)
    scale, imputed = np.zeros(size), np.zeros(size, dtype=bool)
    for n, iso3 in enumerate(labels().economies):
        row = known.get(iso3)
        imputed[n] = row is None
        level = median if row is None else row.applied_weighted_pct / 100.0
        taxed = goods[:, n] * ~free[n]
        over_all = row is not None and not row.outside_bloc_only
        counted = (goods[:, n] if over_all else taxed).sum()
        paid = float(profile[n] @ taxed.sum(axis=1))
        # Who buys nothing from outside its blocs pays nothing whatever the rate.
        scale[n] = level * counted / paid if paid > 0.0 else level
    rate = np.where(free[None], 0.0, (scale[:, None] * profile).T[:, :, None])
    return Tariffs(rate, imputed, profiled)


def sector_profiles(headings: Array) -> tuple[Array, NDArray[np.bool_]]:
    """What importers levy on sectors relative to each other, and whose profile is their own.

    A heading takes the duty of its product group, a sector the mean of its headings weighted by
    the importer's imports (the world's where it buys none). An importer without published groups
    takes the mean, heading by heading, of those with them, each relative to its own average.

    Parameters
    ----------
    headings : (N, 10000) array

    Returns
    -------
    profile : (N, J) array
        Zero for services; only ratios inside a row mean anything.
    own : (N,) array of bool
    """
    size = len(labels().economies)
    world = headings.sum(axis=0)
    relative: dict[str, Array] = {}
    own = np.zeros(size, dtype=bool)
    for importer, duty in group_duties().items():
        here = [labels().economy(iso3) for iso3 in _members(importer)]
        bought = headings[here].sum(axis=0) if headings[here].any() else world
        relative[importer] = duty / np.average(duty, weights=bought)
        own[here] = True
    others: Array = np.mean(list(relative.values()), axis=0)
    of: dict[int, Array] = {
        labels().economy(i): relative[name] for name in relative for i in _members(name)
    }
    profile = np.zeros((size, len(labels().sectors)))
    sector = _sector_of_heading()
    for j in np.flatnonzero(labels().goods):
        inside = sector == j
        for n in range(size):
            weight = headings[n, inside] if headings[n, inside].any() else world[inside]
            profile[n, j] = np.average(
                of.get(n, others)[inside], weights=weight if weight.any() else None
            )
    return profile, own


def group_duties() -> dict[str, Array]:
    """Duty by heading, (10000,) in per cent, of each importer of `tariffs_sector.csv`.

    Where two groups of an importer hold a heading, a published rate counts before a recalled one.
    Headings that no good has are 0.
    """
    spans: dict[str, list[slice]] = {}
    for row in facts.rows("tariff_groups"):
        spans.setdefault(row.group, []).append(slice(row.hs4_from, row.hs4_to + 1))
    rows = sorted(facts.rows("tariffs_sector"), key=lambda row: row.confidence == "published")
    problems = sorted({row.group for row in rows} - set(spans))
    if problems:
        raise FactError(f"tariffs_sector.csv names groups not in tariff_groups.csv: {problems}")
    found: dict[str, Array] = {}
    for row in rows:
        duty = found.setdefault(row.importer, np.full(HEADINGS, np.nan))
        for span in spans[row.group]:
            duty[span] = row.rate_pct
    taxable = _sector_of_heading() >= 0
    for importer, duty in found.items():
        bare = np.flatnonzero(taxable & np.isnan(duty))
        if len(bare):
            listed = ", ".join(f"{h:04d}" for h in bare[:10])
            raise FactError(
                f"tariffs_sector.csv has no duty of {importer} on headings {listed}: add the group"
            )
        duty[np.isnan(duty)] = 0.0
    return found


def _sector_of_heading() -> NDArray[np.int64]:
    """Goods sector of each heading, -1 for headings that none has (electricity among them)."""
    product = products().heading
    sector = np.where(product >= 0, products().sector[product], -1)
    return np.where(np.array(labels().goods)[sector] & (sector >= 0), sector, -1)


def _members(importer: str) -> tuple[str, ...]:
    """Economies that levy a published tariff: one, or the members of a bloc."""
    if importer in labels().economies:
        return (importer,)
    return tuple(facts.row("trade_blocs", importer).members)


def _free_pairs(year: int) -> NDArray[np.bool_]:
    size = len(labels().economies)
    free = np.eye(size, dtype=bool)
    for bloc in facts.rows("trade_blocs"):
        if bloc.in_force > year:
            continue
        members = [labels().economy(iso3) for iso3 in bloc.members if iso3 != REST]
        eu = _hub(bloc.id, members)
        for n in members:
            for i in members:
                free[n, i] |= eu is None or n in eu or i in eu
    return free


def _hub(bloc: str, members: list[int]) -> set[int] | None:
    """Members of the hub when a bloc joins the European Union to partners, else None."""
    if not bloc.startswith("eu-"):
        return None
    union = facts.row("trade_blocs", "eu").members
    return {labels().economy(iso3) for iso3 in union} & set(members)
