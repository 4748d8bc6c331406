"""Freight between East Asia and Europe, and what of it passes through an economy.

East Asia is the eastern end of the northern corridor in `corridors.csv`, Europe where China-Europe
trains go to (`View.europe`), both as far as the base has rows for them. Freight is what rides in
containers or could; crude oil and gas, in tankers and pipes, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess.setting import Setting
from landbridge.assess.settle import State
from landbridge.assess.transport import Passage, split_ways
from landbridge.assess.views import View
from landbridge.network.countries import economy_at
from landbridge.network.graph import Network
from landbridge.routing import cch
from landbridge.routing.choice.bundles import Bundle
from landbridge.routing.choice.ways import EAST, NESTS, ways
from landbridge.routing.corridors import corridors
from landbridge.routing.filters import NOTHING_CLOSED, permitted

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
LAND = ("rail", "road")
"""Nests of the choice that count as overland; ferries on the way are part of them."""


def territory(network: Network, iso3: str) -> Bools:
    """Edges in an economy, over its borders, at its terminals and on its canals, bool[m].

    A canal is the economy's it lies in; straits are open to all ships by right and so nobody's.
    """
    own = ~permitted(network, None, frozenset({network.economies.index(iso3)}), NOTHING_CLOSED)
    canals = [number for number, owner in _canals() if owner == iso3]
    return np.asarray(own | np.isin(network.edge_chokepoint, canals))


@cache
def _canals() -> tuple[tuple[int, str | None], ...]:
    """Row of each canal in the chokepoints, and the economy it lies in."""
    return tuple(
        (number, economy_at(row.lat, row.lon))
        for number, row in enumerate(facts.rows("chokepoints"))
        if row.kind == "canal"
    )


@dataclass(frozen=True, eq=False)
class Sides:
    """Who trades east-west: positions of economies of the base.

    Attributes
    ----------
    east, west : int64[·]
    """

    east: NDArray[np.int64]
    west: NDArray[np.int64]

    def pairs(self, count: int) -> Bools:
        """Pairs of economies from one side to the other, either way, bool[count, count]."""
        found = self.eastbound(count)
        return found | found.T

    def eastbound(self, count: int) -> Bools:
        """Pairs from west to east, bool[count, count]."""
        found = np.zeros((count, count), bool)
        found[np.ix_(self.west, self.east)] = True
        return found


def sides_of(given: Setting) -> Sides:
    """East Asia and Europe among the economies of the base."""
    view = View(given, np.empty(0))
    east = next(corridor.one_end_in for corridor in corridors() if corridor.id == EAST)
    return Sides(view.at(sorted(east)), view.at(view.europe))


@dataclass(frozen=True, eq=False)
class EastWest:
    """East-west freight by way, whole and through one economy.

    Attributes
    ----------
    feu, value_usd_mn : float64[W], of every way
    through_feu, through_value_usd_mn : float64[W], what crosses the economy's territory and
        neither starts nor ends there
    ends_feu, ends_value_usd_mn : what starts or ends there
    """

    feu: Floats
    value_usd_mn: Floats
    through_feu: Floats
    through_value_usd_mn: Floats
    ends_feu: float
    ends_value_usd_mn: float

    @property
    def overland_feu(self) -> float:
        """FEU a year by rail and road."""
        return float(self.feu[by_land()].sum())

    def share(self, *, value: bool, overland: bool = False) -> float:
        """Share that goes through, of all ways or those over land; 0 where nothing moves."""
        land = by_land() if overland else np.ones(len(ways()), bool)
        whole = self.value_usd_mn if value else self.feu
        part = self.through_value_usd_mn if value else self.through_feu
        return float(part[land].sum() / whole[land].sum()) if whole[land].sum() > 0 else 0.0


def by_land() -> Bools:
    """Which ways are by rail or road, bool[W]."""
    return np.array([NESTS[way.nest] in LAND for way in ways()])


def east_west(given: Setting, state: State, iso3: str, own: Bools) -> EastWest:
    """Measure east-west freight in a settled world.

    Parameters
    ----------
    own : bool[m], edges of the economy's `territory`
    """
    sides = sides_of(given)
    volume = state.volume * sides.pairs(given.masses.count)
    value = volume * given.goods.value_usd_feu[:, :, None] / 1e6
    here = np.array([zone.economy == iso3 for zone in given.zones])
    ends = here[:, None] | here[None, :]
    trade = sides.pairs(given.masses.count)[np.ix_(given.masses.economy, given.masses.economy)]
    crossed = crossing(state.passage, own, trade & ~ends)
    whole, through, at_ends = [], [], []
    for amount in (volume, value):
        by_zone, _ = split_ways(state.passage, given.goods, given.tastes, given.masses, amount)
        whole.append(sum(flow.sum(axis=(1, 2)) for flow in by_zone))
        at_ends.append(float(sum(flow[:, ends].sum() for flow in by_zone)))
        through.append(
            sum(
                (flow * crosses).sum(axis=(1, 2))
                for flow, crosses in zip(by_zone, crossed, strict=True)
            )
        )
    return EastWest(
        feu=np.asarray(whole[0]),
        value_usd_mn=np.asarray(whole[1]),
        through_feu=np.asarray(through[0]),
        through_value_usd_mn=np.asarray(through[1]),
        ends_feu=at_ends[0],
        ends_value_usd_mn=at_ends[1],
    )


def crossing(passed: Passage, edges: Bools, pairs: Bools) -> tuple[Bools, ...]:
    """Which trips use one of some edges, by class of cargo bool[W, Z, Z].

    Parameters
    ----------
    edges : bool[m]
    pairs : bool[Z, Z], trips looked at; False for all others
    """
    return tuple(found[0] for found in crossings(passed, edges[None, :], pairs))


def transit(
    network: Network, passed: Passage, iso3: str, modes: Sequence[str], pairs: Bools
) -> tuple[Bools, ...]:
    """Trips that cross an economy's borders by some modes from one neighbour to another.

    A line that comes back to the neighbour it left, as that from Orenburg to Astrakhan, is none.

    Parameters
    ----------
    pairs : bool[Z, Z], trips looked at; those with an end in the economy are the caller's to leave

    Returns
    -------
    bool[W, Z, Z] by class of cargo
    """
    listed = facts.rows("crossings")
    beyond: dict[str, list[int]] = {}
    by_mode: list[int] = []
    for number, row in enumerate(listed):
        if iso3 in (row.economy_a, row.economy_b):
            other = row.economy_b if row.economy_a == iso3 else row.economy_a
            beyond.setdefault(other, []).append(number)
            if row.mode in modes:
                by_mode.append(number)
    sets = [np.isin(network.edge_crossing, rows) for rows in (by_mode, *beyond.values())]
    return tuple(
        found[0] & (found[1:].sum(axis=0, dtype=np.int8) > 1)
        for found in crossings(passed, np.stack(sets), pairs)
    )


def crossings(passed: Passage, sets: Bools, pairs: Bools) -> tuple[Bools, ...]:
    """Which trips use an edge of each of K sets, by class of cargo bool[K, W, Z, Z].

    One more figure a set is summed along the best ways: 1 on its edges, 0 elsewhere.

    Parameters
    ----------
    sets : bool[K, m]
    pairs : bool[Z, Z], trips looked at; False for all others
    """
    order = {way.id: k for k, way in enumerate(ways())}
    found = []
    for bundles in passed.bundles:
        crosses = np.zeros((len(sets), len(order), *pairs.shape), bool)
        for bundle in bundles:
            for way, used in _bundle_crossings(bundle, sets, pairs):
                crosses[:, order[way]] |= used
        found.append(crosses)
    return tuple(found)


def _bundle_crossings(bundle: Bundle, sets: Bools, pairs: Bools) -> Iterator[tuple[str, Bools]]:
    asked = [(skim, pairs & (skim.start >= 0)) for skim in bundle.skims]
    asked = [(skim, known) for skim, known in asked if known.any()]
    if not asked:
        return
    doors, passes = len(bundle.doors.node), len(bundle.passes.edge)
    ends = np.any([known.any(axis=0) | known.any(axis=1) for _, known in asked], axis=0)
    kept = np.concatenate([ends[bundle.doors.owner], np.ones(2 * passes, bool)])
    place = np.cumsum(kept) - 1
    nodes = bundle.nodes[kept]
    figures = sets.astype(np.float64)
    count = cch.skim(bundle.metric, nodes, nodes, figures, figures).attributes
    for skim, known in asked:
        used = np.zeros((len(sets), *pairs.shape), bool)
        start, end, gate = place[skim.start[known]], place[skim.end[known]], skim.gate[known]
        if skim.way.gates:
            enter, leave = place[doors + gate], place[doors + passes + gate]
            at_gate = sets[:, bundle.passes.edge[gate]]
            used[:, known] = at_gate | (count[:, start, enter] > 0) | (count[:, leave, end] > 0)
        else:
            used[:, known] = count[:, start, end] > 0
        yield skim.way.id, used
