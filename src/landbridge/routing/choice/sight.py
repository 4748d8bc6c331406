"""How ways seem to those who choose among them, over what they cost in hours and money."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.network.graph import Mode, Network


@dataclass(frozen=True, slots=True)
class Sight:
    """Factors on hours and money; above one a way is held to be dearer and slower than it is.

    Attributes
    ----------
    eu_over_russia : ways over Russia, to shippers of the EU: above one they hold back; below, block
        trains and subsidies outweigh what is held against them
    lorry_third : ways by lorry, for each territory on the way that is neither end's: permits of
        third countries are few
    bulk_transit : bulk over the gates of Xinjiang and Erenhot with no end in an economy without a
        sea: Kazakhstan and Mongolia charge and ration what only passes
    air_landlocked : by air between East Asia and economies without a sea, which few freighters call
    sea_landlocked : by ship between China and economies without a sea: round over a third economy's
        port, where trains and lorries go from door to door
    """

    eu_over_russia: float = 1.0
    lorry_third: float = 1.0
    bulk_transit: float = 1.0
    air_landlocked: float = 1.0
    sea_landlocked: float = 1.0


@cache
def landlocked() -> frozenset[str]:
    """Economies beside China that no ocean reaches, nor a port of their union.

    Examples
    --------
    >>> "KAZ" in landlocked(), "HUN" in landlocked()
    (True, False)
    """
    return frozenset(("KAZ", "KGZ", "MNG", "TJK", "TKM", "UZB"))


def territory_changes(network: Network, year: int) -> NDArray[np.bool_]:
    """Edges on which a lorry enters another territory, bool[m], from `haulage_areas.csv`.

    Economies between which lorries go as within one are one territory; ferries land abroad too.
    """
    area = np.arange(len(network.economies))
    for row in facts.rows("haulage_areas"):
        if row.within == "one" and row.since <= year:
            own = [k for k, code in enumerate(network.economies) if code in row.members]
            area[own] = own[0]
    ends = network.node_economy[np.stack([network.edge_tail, network.edge_head])]
    rolls = np.isin(network.edge_mode, (Mode.ROAD, Mode.FERRY))
    return np.asarray(rolls & (ends >= 0).all(axis=0) & (area[ends[0]] != area[ends[1]]))


def free_pairs(economies: tuple[str, ...], year: int) -> NDArray[np.bool_]:
    """Pairs of zones whose lorries cross third territories freely, bool[Z, Z]."""
    free = np.zeros((len(economies),) * 2, bool)
    for row in facts.rows("haulage_areas"):
        if row.within == "ends" and row.since <= year:
            member = np.array([code in row.members for code in economies])
            free |= member[:, None] & member[None, :]
    return free
