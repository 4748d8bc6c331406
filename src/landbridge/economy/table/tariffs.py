"""Tariffs of the base year, as far as had: one rate an importer, none inside blocs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.economy.base import Array
from landbridge.economy.table.labels import REST, labels
from landbridge.errors import FactError


@dataclass(frozen=True, slots=True)
class Tariffs:
    """Ad-valorem rates.

    Attributes
    ----------
    rate : (J, N, N) array
        `rate[j, n, i]` of n on i, zero for services.
    imputed : (N,) array of bool
        Importers whose rate is the median of the others.
    """

    rate: Array
    imputed: NDArray[np.bool_]


def base_tariffs(goods: Array, year: int) -> Tariffs:
    """Rates that give each importer its published average, weighted by its imports.

    Members of a bloc levy nothing on each other. Where the published average counts that trade
    too, the rate on all others is raised so that the average holds (rule
    `tariff-keeps-weighted-average`).

    Parameters
    ----------
    goods : (J, N, N) array
        Imports by sector and pair.
    year
        Blocs in force in that year count.
    """
    size = len(labels().economies)
    known = {row.iso3: row for row in facts.rows("tariffs_base")}
    strangers = sorted(set(known) - set(labels().economies))
    if strangers:
        raise FactError(f"tariffs_base.csv names economies not in economies.csv: {strangers}")
    median = float(np.median([row.applied_weighted_pct for row in known.values()])) / 100.0
    free = _free_pairs(year)
    total = goods.sum(axis=0)
    outside = (total * ~free).sum(axis=1) / total.sum(axis=1)
    rate = np.zeros((size, size))
    imputed = np.zeros(size, dtype=bool)
    for n, iso3 in enumerate(labels().economies):
        row = known.get(iso3)
        imputed[n] = row is None
        level = median if row is None else row.applied_weighted_pct / 100.0
        averaged_over_all = row is not None and not row.outside_bloc_only
        rate[n] = level / outside[n] if averaged_over_all else level
    rate[free] = 0.0
    is_goods = np.array(labels().goods, dtype=float)
    return Tariffs(is_goods[:, None, None] * rate[None], imputed)


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
