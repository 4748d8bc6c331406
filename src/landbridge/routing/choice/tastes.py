"""Constants of the choice, from the facts: elasticities and the constants of ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge import facts
from landbridge.routing.choice.logit import Tastes
from landbridge.routing.choice.sight import Sight
from landbridge.routing.choice.ways import Way, ways
from landbridge.routing.rates.lookup import constant


@cache
def constants() -> Mapping[str, float]:
    """Every constant of the choice by its id.

    Examples
    --------
    >>> constants()["elasticity-within"] > constants()["elasticity-between"]
    True
    """
    return {row.id: float(row.value) for row in facts.rows("choice_constants")}


def tastes(
    vot_usd_h: ArrayLike,
    flies: Sequence[bool],
    *,
    bulk: Sequence[bool] | None = None,
    chosen: Sequence[Way] | None = None,
    over: Mapping[str, float] | None = None,
) -> Tastes:
    """Tastes of sectors with these values of an hour.

    Parameters
    ----------
    vot_usd_h : (S,) USD per FEU
    flies : (S,) whether the sector goes by air at all
    bulk : whether the sector chooses its way as bulk does; none if None
    chosen : the ways, those of the table if None
    over : constants to take instead of the table's, by id
    """
    held: NDArray[np.float64] = np.asarray(vot_usd_h, np.float64)
    table = {**constants(), **(over or {})}
    listed = ways() if chosen is None else tuple(chosen)
    level = np.array([table[way.constant] for way in listed])
    per_sector = np.repeat(level[None, :], len(held), axis=0)
    if bulk is not None:
        of_bulk = np.array([table[way.bulk] if way.bulk else 1.0 for way in listed])
        per_sector[np.asarray(bulk, bool)] *= of_bulk
    by_air = np.array([way.id == "air" for way in listed])
    per_sector[np.ix_(~np.asarray(flies, bool), by_air)] = 0.0
    return Tastes(
        vot_usd_h=held,
        reliability_ratio=constant("reliability-ratio"),
        constant=per_sector,
        nest=np.array([way.nest for way in listed], np.int64),
        within=table["elasticity-within"],
        between=table["elasticity-between"],
        sight=Sight(
            eu_over_russia=table["eu-over-russia"],
            lorry_third=table["lorry-third"],
            bulk_transit=table["bulk-transit"],
            air_landlocked=table["air-landlocked"],
            sea_landlocked=table["sea-landlocked"],
        ),
    )
