"""What each way takes between zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from landbridge.network.graph import Network
from landbridge.routing import cch
from landbridge.routing.cch import Metric
from landbridge.routing.choice.bundles import Bundle, WaySkim, without
from landbridge.routing.choice.detours import without_detours
from landbridge.routing.choice.doors import Passes, doors_of, passes_of
from landbridge.routing.choice.sight import free_pairs, territory_changes
from landbridge.routing.choice.tastes import constants
from landbridge.routing.choice.trips import CO2, COST, KM, NEED, TIME, VAR, Legs, direct, through
from landbridge.routing.choice.ways import Way, in_scope
from landbridge.routing.engine import Engine
from landbridge.routing.metrics import EdgeMetrics, generalised
from landbridge.routing.question import Question
from landbridge.routing.rates.cargo import CargoClass, cargo_class
from landbridge.routing.skim import Zone

SHUT = -1e9
"""Noted of an edge that is shut, so that no way over it counts as open."""


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
    bundles = tuple(
        _bundle(engine, zones, question, sharing, cargo) for (question, _), sharing in asked.items()
    )
    if like is not None:
        bundles = tuple(
            part for bundle in bundles for part in _with_standing(engine, zones, bundle, like)
        )
    return without_detours(bundles, like)


def _with_standing(
    engine: Engine, zones: tuple[Zone, ...], bundle: Bundle, like: Sequence[Bundle]
) -> tuple[Bundle, ...]:
    """A bundle, and trips of the same ways as they went in another state, where they serve better.

    Ways with a weight on land, and lorries, of whom third territories ask more than money, are not
    searched by all that they are chosen by: where a land leg gets quicker the search may leave a
    port that serves better, or the ship, or enter a territory more. No shipper would.
    """
    question = bundle.question
    ways = [skim.way for skim in bundle.skims]
    if question.land_weight == 1.0 and not any(way.by_lorry for way in ways):
        return (bundle,)
    old = next(each for each in like if [skim.way for skim in each.skims] == ways)
    again = _bundle(engine, zones, question, ways, question.cargo, metric=old.metric)
    cargo = cargo_class(question.cargo)
    better = [
        np.isfinite(then.time_h) & ~(_paid(now, cargo) <= _paid(then, cargo))
        for now, then in zip(bundle.skims, again.skims, strict=True)
    ]
    return tuple(
        replace(
            each,
            skims=tuple(
                without(skim, theirs == first)
                for skim, theirs in zip(each.skims, better, strict=True)
            ),
        )
        for each, first in ((bundle, True), (again, False))
    )


def _paid(skim: WaySkim, cargo: CargoClass) -> NDArray[np.floating]:
    """Generalised cost as it seems, USD per FEU; NaN where the way is not open."""
    spread = np.sqrt(skim.var_h2)
    paid = skim.cost_usd_feu + cargo.vot_usd_h * skim.time_h + cargo.vor_usd_h * spread
    return paid * np.float64(constants()["lorry-third"]) ** skim.third


def _bundle(
    engine: Engine,
    zones: tuple[Zone, ...],
    question: Question,
    ways: list[Way],
    cargo: str,
    *,
    metric: Metric | None = None,
) -> Bundle:
    """What ways take; with a metric of another state, the trips that were the best there."""
    network = engine.network
    metric = metric or engine.metric(question)
    edges = engine.edge_metrics(question.year, cargo)
    doors = doors_of(engine, zones, question)
    passes = passes_of(network, tuple({gate for way in ways for gate in way.gates}))
    nodes = np.concatenate([doors.node, passes.enter, passes.leave])
    noted = _noted(ways[0], network, question.year)
    rows = [_figures(edges, direction, noted) for direction in (0, 1)]
    found = cch.skim(metric, nodes, nodes, rows[0], rows[1])
    weights = _pass_weights(edges, passes, question)
    of_pass = np.where(passes.forward, rows[0][:, passes.edge], rows[1][:, passes.edge])
    economies = tuple(zone.economy for zone in zones)
    straight: Legs | None = None
    skims = []
    for way in ways:
        if way.gates:
            own = np.isin(network.edge_crossing[passes.edge], way.gates)
            trip = through(found, doors, len(zones), np.flatnonzero(own), weights, of_pass)
        else:
            straight = straight or direct(found, doors, len(zones))
            trip = straight
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


def _figures(edges: EdgeMetrics, direction: int, noted: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack(
        [
            edges.time_h[direction],
            edges.var_h2[direction],
            edges.distance_km,
            edges.cost_usd_feu[direction],
            edges.co2_kg_feu[direction],
            np.where(edges.open[direction], noted, SHUT),
        ]
    )


def _way_skim(way: Way, trip: Legs, economies: tuple[str, ...], year: int) -> WaySkim:
    open_ = np.isfinite(trip.figures[TIME]) & (trip.figures[NEED] >= 0)
    scope = in_scope(way, economies)
    if scope is not None:
        open_ &= scope
    is_itself = open_ & (trip.figures[NEED] > 0) if way.needs is not None else open_
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
        detour=open_ & ~is_itself & (way.land_weight != 1.0),
    )
