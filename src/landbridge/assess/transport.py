"""The network in a state: what ways take between zones, who goes by which, what edges carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess.goods import ROUTED_AS, Goods
from landbridge.levers.effects import Effect, WayEffect
from landbridge.routing import cch
from landbridge.routing.choice.bundles import Bundle, WaySkim, joined
from landbridge.routing.choice.logit import Masses, Tastes, pair_costs, split
from landbridge.routing.choice.sight import Sight, landlocked
from landbridge.routing.choice.skims import skim_ways
from landbridge.routing.choice.ways import NESTS, THROUGH, east_asia, ways
from landbridge.routing.engine import Engine
from landbridge.routing.skim import Zone

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Passage:
    """What the ways take between zones, for each of the classes that choose a way.

    Attributes
    ----------
    bundles : by class of ROUTED_AS, ways that share a skim together
    wary : bool[Z, Z], pairs with an end in the EU, which sees ways over Russia in its own light
    landlocked : bool[Z, Z], pairs of East Asia and an economy that no ship reaches
    overland : bool[Z, Z], those of them with China at one end
    added_usd_feu : float64[W], paid for a container of general cargo beside what the network takes,
        by way; negative is received. Bulk in wagons pays and gets nothing
    """

    bundles: tuple[tuple[Bundle, ...], ...]
    wary: NDArray[np.bool_]
    landlocked: NDArray[np.bool_]
    overland: NDArray[np.bool_]
    added_usd_feu: Floats = field(default_factory=lambda: np.zeros(len(ways())))

    @cached_property
    def skims(self) -> tuple[tuple[WaySkim, ...], ...]:
        """Skims of every class, ways in the order of `ways()`."""
        of_classes = [joined(of_class) for of_class in self.bundles]
        return tuple(
            tuple(found[way.id] for way in ways() if way.id in found) for found in of_classes
        )

    def seen(self, number: int, sight: Sight) -> Singles:
        """What hours and money of a class seem, over what they are, float32[W, Z, Z]."""
        factor = np.ones((len(ways()), *self.wary.shape), np.float32)
        for k, (way, skim) in enumerate(zip(ways(), self.skims[number], strict=True)):
            if way.over_russia:
                factor[k][self.wary] *= sight.eu_over_russia
            if way.id in THROUGH and ROUTED_AS[number] == "bulk":
                factor[k][~self.landlocked] *= sight.bulk_transit
            if NESTS[way.nest] == "air":
                factor[k][self.landlocked] *= sight.air_landlocked
            if NESTS[way.nest] == "sea":
                factor[k][self.overland] *= sight.sea_landlocked
            if way.by_lorry:
                factor[k] *= np.float32(sight.lorry_third) ** skim.third
        return factor

    def arrays(self, sight: Sight) -> tuple[tuple[Singles, Singles, Singles], ...]:
        """Cost, hours and spread of every class as shippers see them, each float32[W, Z, Z]."""
        found = []
        for number, skims in enumerate(self.skims):
            seen = self.seen(number, sight)
            money = np.stack([skim.cost_usd_feu for skim in skims]) + _deep(self.paid[number])
            found.append(
                (
                    np.maximum(money, 0.0) * seen,
                    np.stack([skim.time_h for skim in skims]) * seen,
                    np.sqrt(np.stack([skim.var_h2 for skim in skims])) * seen,
                )
            )
        return tuple(found)

    @property
    def paid(self) -> tuple[Floats, ...]:
        """What a container of each class pays beside what the network takes, by way."""
        return self.added_usd_feu, np.zeros(len(ways()))


def _deep(by_way: Floats) -> Singles:
    return by_way.astype(np.float32)[:, None, None]


def passage(
    engine: Engine, zones: tuple[Zone, ...], year: int, *, like: Passage | None = None
) -> Passage:
    """Skim every way for every class: the full skim of an assessment.

    Parameters
    ----------
    like : the state this one is compared with, whose choices stay choices (`skim_ways`)
    """
    inland = _with_end_in(landlocked(), zones)
    before = [None] * len(ROUTED_AS) if like is None else like.bundles
    return Passage(
        tuple(
            skim_ways(engine, zones, ways(), year, cargo, like=bundles)
            for cargo, bundles in zip(ROUTED_AS, before, strict=True)
        ),
        _with_end_in(eu_shippers(), zones),
        landlocked=inland & _with_end_in(east_asia(), zones),
        overland=inland & _with_end_in(frozenset({"CHN"}), zones),
    )


def _with_end_in(economies: frozenset[str], zones: tuple[Zone, ...]) -> NDArray[np.bool_]:
    member = np.array([zone.economy in economies for zone in zones])
    return np.asarray(member[:, None] | member[None, :])


def with_payments(passed: Passage, effects: Iterable[Effect]) -> Passage:
    """The same passage with what is paid by way."""
    order = [way.id for way in ways()]
    added = np.zeros(len(order))
    for effect in effects:
        if isinstance(effect, WayEffect):
            for way in effect.ways:
                added[order.index(way)] += effect.cost_add_usd_feu
    return replace(passed, added_usd_feu=added) if added.any() else passed


def eu_shippers() -> frozenset[str]:
    """Economies whose shippers see ways over Russia otherwise than those costs alone: the EU."""
    return frozenset(next(row for row in facts.rows("trade_blocs") if row.id == "eu").members)


def freight_costs(passed: Passage, goods: Goods, tastes: Tastes, masses: Masses) -> Floats:
    """Cost of a container between economies by sector: money, hours and spread, over all ways.

    Returns
    -------
    float64[S, N, N], USD per FEU, from the row's economy to the column's; inf where none is open
    """
    costs = np.empty((len(goods.id), masses.count, masses.count))
    for number, arrays in enumerate(passed.arrays(tastes.sight)):
        of_class = goods.routed_as == number
        costs[of_class] = pair_costs(*arrays, _only(tastes, of_class), masses.of(of_class))
    return costs


@dataclass(frozen=True, eq=False)
class Traffic:
    """Who goes by which way, and what that puts on the network.

    Attributes
    ----------
    by_pair : float64[S, W, N, N], FEU a year of each sector by way, from the row's economy
    forward, backward : float64[2, m], FEU a year of each class of ROUTED_AS on every edge, along it
        and against it
    hours : float64[W], mean hours of a container by way, NaN where none goes
    co2_t : float64[W], tonnes CO2e a year by way
    feu : float64[W], FEU a year by way
    """

    by_pair: Floats
    forward: Floats
    backward: Floats
    hours: Floats
    co2_t: Floats
    feu: Floats

    @property
    def both_ways(self) -> Floats:
        """FEU a year on every edge, both ways and both classes together, float64[m]."""
        return np.asarray((self.forward + self.backward).sum(axis=0))


def split_ways(
    passed: Passage, goods: Goods, tastes: Tastes, masses: Masses, volume: Floats
) -> tuple[list[Floats], Floats]:
    """Split volumes over zones and ways.

    Returns
    -------
    by_zone : of each class of ROUTED_AS, float64[W, Z, Z], FEU a year
    by_pair : float64[S, W, N, N], FEU a year
    """
    by_pair = np.zeros((len(goods.id), len(ways()), masses.count, masses.count))
    by_zones = []
    for number, arrays in enumerate(passed.arrays(tastes.sight)):
        own = goods.routed_as == number
        by_zone, by_pair[own] = split(*arrays, _only(tastes, own), masses.of(own), volume[own])
        by_zones.append(by_zone)
    return by_zones, by_pair


def send(
    passed: Passage,
    goods: Goods,
    tastes: Tastes,
    masses: Masses,
    volume: Floats,
    n_edges: int,
    *,
    only: NDArray[np.bool_] | None = None,
) -> Traffic:
    """Split volumes over zones and ways and load them on the network.

    Parameters
    ----------
    volume : float64[S, N, N], FEU a year from the row's economy to the column's
    only : bool[W], ways whose part is loaded and told; all if None
    """
    n_ways = len(ways())
    forward, backward = np.zeros((2, len(ROUTED_AS), n_edges))
    feu, hours, co2 = np.zeros((3, n_ways))
    by_zones, by_pair = split_ways(passed, goods, tastes, masses, volume)
    if only is not None:
        by_zones = [by_zone * only[:, None, None] for by_zone in by_zones]
        by_pair *= only[:, None, None]
    for number, (of_class, by_zone) in enumerate(zip(passed.bundles, by_zones, strict=True)):
        for k, skim in enumerate(passed.skims[number]):
            used = by_zone[k] > 0
            feu[k] += by_zone[k].sum()
            hours[k] += (by_zone[k][used] * skim.time_h[used]).sum()
            co2[k] += (by_zone[k][used] * skim.co2_kg_feu[used]).sum() / 1e3
        at = {way.id: k for k, way in enumerate(ways())}
        for bundle in of_class:
            flows = {s.way.id: by_zone[at[s.way.id]] for s in bundle.skims}
            _load(bundle, flows, forward[number], backward[number])
    with np.errstate(invalid="ignore"):
        return Traffic(by_pair, forward, backward, hours / feu, co2, feu)


def _load(bundle: Bundle, flows: dict[str, Floats], forward: Floats, backward: Floats) -> None:
    """Add the flows of a bundle's ways to the edges."""
    doors, passes = len(bundle.doors.node), len(bundle.passes.edge)
    matrix = np.zeros((len(bundle.nodes), len(bundle.nodes)))
    through = np.zeros(passes)
    for skim in bundle.skims:
        flow = flows[skim.way.id]
        used = (flow > 0) & (skim.start >= 0)
        start, end, gate, amount = skim.start[used], skim.end[used], skim.gate[used], flow[used]
        if skim.way.gates:
            np.add.at(matrix, (start, doors + gate), amount)
            np.add.at(matrix, (doors + passes + gate, end), amount)
            np.add.at(through, gate, amount)
        else:
            np.add.at(matrix, (start, end), amount)
    if not matrix.any():
        return
    loads = cch.load(bundle.metric, bundle.nodes, bundle.nodes, matrix)
    forward += loads.forward
    backward += loads.backward
    ahead = bundle.passes.forward
    np.add.at(forward, bundle.passes.edge[ahead], through[ahead])
    np.add.at(backward, bundle.passes.edge[~ahead], through[~ahead])


def _only(tastes: Tastes, sectors: NDArray[np.bool_]) -> Tastes:
    return replace(
        tastes,
        vot_usd_h=tastes.vot_usd_h[sectors],
        constant=np.ascontiguousarray(tastes.constant[sectors]),
    )
