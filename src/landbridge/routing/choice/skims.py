"""What each way takes between zones, and by which doors and gates it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.network.graph import Mode, Network
from landbridge.routing import cch
from landbridge.routing.alternatives import DETOUR_LIMIT
from landbridge.routing.cch import Metric
from landbridge.routing.choice.doors import Doors, Passes, doors_of, passes_of
from landbridge.routing.choice.sight import free_pairs, territory_changes
from landbridge.routing.choice.ways import Way, in_scope
from landbridge.routing.engine import Engine
from landbridge.routing.metrics import EdgeMetrics, generalised
from landbridge.routing.question import Question
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.skim import Zone

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
TIME, VAR, KM, COST, CO2, NEED = range(6)
"""Rows of the figures that are summed along a way; the last is the length of what it needs, or the
territories entered where it goes by lorry."""


@dataclass(frozen=True, slots=True, eq=False)
class WaySkim:
    """One way between Z zones; NaN where it is not open or not itself.

    Attributes
    ----------
    time_h, var_h2, distance_km, cost_usd_feu, co2_kg_feu : float32[Z, Z]
    start, end : int32[Z, Z], doors of the pair's trip; -1 where there is none
    gate : int32[Z, Z], pass of the trip, -1 where the way has no gates
    third : uint8[Z, Z], territories that a lorry crosses and that are neither end's; 0 by other
        modes
    detour : bool[Z, Z], where it is left out for being so much longer than the shortest
    """

    way: Way
    time_h: Floats
    var_h2: Floats
    distance_km: Floats
    cost_usd_feu: Floats
    co2_kg_feu: Floats
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    gate: NDArray[np.int32]
    third: NDArray[np.uint8]
    detour: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Ways that share a question and so one weighted hierarchy.

    Attributes
    ----------
    nodes : int64[D + 2 P]; doors, then where passes are entered, then where they are left
    passes : of all gates of the ways in the bundle
    """

    question: Question
    metric: Metric
    doors: Doors
    passes: Passes
    nodes: NDArray[np.int64]
    skims: tuple[WaySkim, ...]


def skim_ways(
    engine: Engine,
    zones: tuple[Zone, ...],
    ways: Sequence[Way],
    year: int,
    cargo: str,
    *,
    like: Sequence[Bundle] | None = None,
) -> tuple[Bundle, ...]:
    """Skim every way between all zones for a cargo class in a year.

    Parameters
    ----------
    like : the same ways in the state this one is compared with, whose detours are those here

    Returns
    -------
    tuple of Bundle
        Ways that ask the same of the router and need the same share one; takes one customisation
        and one skim each.

    Raises
    ------
    InputError
        Where no zone has a line within reach under some way.
    """
    asked: dict[tuple[Question, str | None], list[Way]] = {}
    for way in ways:
        key = way.question(engine.network, year, cargo), way.needs
        asked.setdefault(key, []).append(way)
    return without_detours(
        tuple(
            _bundle(engine, zones, question, sharing, cargo)
            for (question, _), sharing in asked.items()
        ),
        like,
    )


def without_detours(
    bundles: tuple[Bundle, ...], like: Sequence[Bundle] | None = None
) -> tuple[Bundle, ...]:
    """The same bundles without ways that are `DETOUR_LIMIT` times longer than the shortest.

    Aircraft fly straight: the shortest is that on the ground or at sea, as for routes; and not by
    lorries through third territories, which few may take and which would be all that is left.

    Parameters
    ----------
    like : the state compared with. What was a choice there stays one, or a new line, by being
        short, would take the ship away from those who use it and leave them worse off; what was a
        detour stays one as long as anything else is open
    """
    grounded = [
        np.where(skim.third > 0, np.float32(np.nan), skim.distance_km)
        for bundle in bundles
        for skim in bundle.skims
        if Mode.AIR not in skim.way.modes
    ]
    shortest: Floats = np.fmin.reduce(grounded)
    shortest[np.isnan(shortest)] = np.inf
    longest = np.float32(DETOUR_LIMIT) * shortest
    left_out = {
        skim.way.id: skim.distance_km > longest
        for bundle in bundles
        for skim in bundle.skims
        if Mode.AIR not in skim.way.modes
    }
    if like is not None:
        left_out = _as_before(bundles, like, left_out)
    return tuple(
        replace(
            bundle,
            skims=tuple(
                _without(skim, left_out[skim.way.id]) if skim.way.id in left_out else skim
                for skim in bundle.skims
            ),
        )
        for bundle in bundles
    )


def _as_before(
    bundles: tuple[Bundle, ...], like: Sequence[Bundle], left_out: Mapping[str, Bools]
) -> dict[str, Bools]:
    """What is left out here, bool[Z, Z] by way, given what was left out in another state."""
    now = {skim.way.id: skim for bundle in bundles for skim in bundle.skims}
    found = dict(left_out)
    for bundle in like:
        for old in bundle.skims:
            if old.way.id in left_out:
                chosen = np.isfinite(old.time_h)
                found[old.way.id] = left_out[old.way.id] & ~chosen | old.detour
    remains = np.any([np.isfinite(now[way].time_h) & ~out for way, out in found.items()], axis=0)
    return {way: np.where(remains, out, left_out[way]) for way, out in found.items()}


def _without(skim: WaySkim, detour: Bools) -> WaySkim:
    if not detour.any():
        return skim
    nothing = np.float32(np.nan)
    return replace(
        skim,
        detour=detour,
        time_h=np.where(detour, nothing, skim.time_h),
        var_h2=np.where(detour, nothing, skim.var_h2),
        distance_km=np.where(detour, nothing, skim.distance_km),
        cost_usd_feu=np.where(detour, nothing, skim.cost_usd_feu),
        co2_kg_feu=np.where(detour, nothing, skim.co2_kg_feu),
        start=np.where(detour, -1, skim.start).astype(np.int32),
        end=np.where(detour, -1, skim.end).astype(np.int32),
        gate=np.where(detour, -1, skim.gate).astype(np.int32),
    )


def _bundle(
    engine: Engine, zones: tuple[Zone, ...], question: Question, ways: list[Way], cargo: str
) -> Bundle:
    network = engine.network
    metric = engine.metric(question)
    edges = engine.edge_metrics(question.year, cargo)
    doors = doors_of(engine, zones, question)
    passes = passes_of(network, tuple({gate for way in ways for gate in way.gates}))
    nodes = np.concatenate([doors.node, passes.enter, passes.leave])
    needed = _noted(ways[0], network, question.year)
    rows = [_figures(edges, direction, needed) for direction in (0, 1)]
    found = cch.skim(metric, nodes, nodes, rows[0], rows[1])
    weights = _pass_weights(edges, passes, question)
    of_pass = np.where(passes.forward, rows[0][:, passes.edge], rows[1][:, passes.edge])
    economies = tuple(zone.economy for zone in zones)
    direct: _Legs | None = None
    skims = []
    for way in ways:
        if way.gates:
            own = np.isin(network.edge_crossing[passes.edge], way.gates)
            trip = _through(found, doors, len(zones), np.flatnonzero(own), weights, of_pass)
        else:
            direct = direct or _direct(found, doors, len(zones))
            trip = direct
        skims.append(_way_skim(way, trip, economies, question.year))
    return Bundle(question, metric, doors, passes, nodes, tuple(skims))


def _noted(way: Way, network: Network, year: int) -> NDArray[np.float64]:
    """What is counted along a way beside its figures, float64[m]."""
    if way.by_lorry:
        return territory_changes(network, year).astype(np.float64)
    need = way.needed(network)
    return np.zeros(network.n_edges) if need is None else need * network.edge_length_km


def _pass_weights(edges: EdgeMetrics, passes: Passes, question: Question) -> NDArray[np.float64]:
    """Weight of every pass, float64[P]; gates are shut to the legs on both sides of them."""
    if not len(passes.edge):
        return np.zeros(0)
    ahead, back = generalised(edges, cargo_class(question.cargo), question.by)
    return np.where(passes.forward, ahead[passes.edge], back[passes.edge])


def _figures(
    edges: EdgeMetrics, direction: int, needed: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.stack(
        [
            edges.time_h[direction],
            edges.var_h2[direction],
            edges.distance_km,
            edges.cost_usd_feu[direction],
            edges.co2_kg_feu[direction],
            needed,
        ]
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Legs:
    """Best trips of all pairs: figures float32[6, Z, Z], doors and passes int32[Z, Z]."""

    figures: Floats
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    gate: NDArray[np.int32]


def _direct(found: cch.SkimArrays, doors: Doors, n_zones: int) -> _Legs:
    count = len(doors.node)
    weight = found.weight[:count, :count] + doors.weight[:, None] + doors.weight[None, :]
    rows, best_row = _best(weight, doors.owner, n_zones, axis=0)
    both, best_column = _best(rows, doors.owner, n_zones, axis=1)
    end = best_column
    start = np.take_along_axis(best_row, np.maximum(end, 0), axis=1)
    known = np.isfinite(both)
    start, end = np.where(known, start, -1), np.where(known, end, -1)
    figures = np.full((found.attributes.shape[0], n_zones, n_zones), np.nan, np.float32)
    at = (start[known], end[known])
    figures[:, known] = found.attributes[:, at[0], at[1]]
    figures[:NEED, known] += doors.figures[:, at[0]] + doors.figures[:, at[1]]
    return _Legs(figures, start, end, np.full(start.shape, -1, np.int32))


def _through(
    found: cch.SkimArrays,
    doors: Doors,
    n_zones: int,
    own: NDArray[np.intp],
    weights: NDArray[np.float64],
    of_pass: NDArray[np.float64],
) -> _Legs:
    """The best trips over one of the passes `own`."""
    count, n_passes = len(doors.node), len(weights)
    enter, leave = count + own, count + n_passes + own
    to, to_door = _best(
        found.weight[:count, enter] + doors.weight[:, None], doors.owner, n_zones, axis=0
    )
    onward, onward_door = _best(
        found.weight[leave, :count] + doors.weight[None, :], doors.owner, n_zones, axis=1
    )
    best = np.full((n_zones, n_zones), np.inf)
    chosen = np.full((n_zones, n_zones), -1, np.int32)
    for number, row in enumerate(own):
        total = to[:, number][:, None] + weights[row] + onward[number][None, :]
        better = total < best
        best[better] = total[better]
        chosen[better] = number
    known = chosen >= 0
    origin, destination = np.nonzero(known)
    k = chosen[known]
    start, end = np.full((2, *best.shape), -1, np.int32)
    start[known], end[known] = to_door[origin, k], onward_door[k, destination]
    figures = np.full((found.attributes.shape[0], n_zones, n_zones), np.nan, np.float32)
    figures[:, known] = (
        found.attributes[:, start[known], enter[k]]
        + of_pass[:, own[k]]
        + found.attributes[:, leave[k], end[known]]
    )
    figures[:NEED, known] += doors.figures[:, start[known]] + doors.figures[:, end[known]]
    gate = np.where(known, own[np.maximum(chosen, 0)] if len(own) else -1, -1).astype(np.int32)
    return _Legs(figures, start, end, gate)


def _best(
    weight: NDArray[np.floating], owner: NDArray[np.int64], n_zones: int, *, axis: int
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Smallest weight over the doors of each zone along an axis, and the door that has it."""
    along = weight if axis == 0 else weight.T
    best = np.full((n_zones, along.shape[1]), np.inf)
    door = np.full(best.shape, -1, np.int32)
    first = np.searchsorted(owner, np.arange(n_zones))
    counts = np.bincount(owner, minlength=n_zones)
    for k in range(int(counts.max())):
        have = np.flatnonzero(counts > k)
        candidate = along[first[have] + k]
        better = candidate < best[have]
        best[have] = np.where(better, candidate, best[have])
        door[have] = np.where(better, (first[have] + k)[:, None], door[have])
    return (best, door) if axis == 0 else (best.T, door.T)


def _way_skim(way: Way, trip: _Legs, economies: tuple[str, ...], year: int) -> WaySkim:
    is_itself = np.isfinite(trip.figures[TIME])
    if way.needs is not None:
        is_itself &= trip.figures[NEED] > 0
    scope = in_scope(way, economies)
    if scope is not None:
        is_itself &= scope
    third = np.zeros(is_itself.shape, np.uint8)
    if way.by_lorry:
        crossed = is_itself & ~free_pairs(economies, year)
        third[crossed] = np.maximum(np.rint(trip.figures[NEED][crossed]) - 1.0, 0.0)
    masked = np.where(is_itself, trip.figures[:NEED], np.float32(np.nan))
    return WaySkim(
        way=way,
        time_h=masked[TIME],
        var_h2=masked[VAR],
        distance_km=masked[KM],
        cost_usd_feu=masked[COST],
        co2_kg_feu=masked[CO2],
        start=np.where(is_itself, trip.start, -1),
        end=np.where(is_itself, trip.end, -1),
        gate=np.where(is_itself, trip.gate, -1),
        third=third,
        detour=np.zeros(is_itself.shape, bool),
    )
