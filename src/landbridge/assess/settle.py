"""From hours to incomes and back, until hours, trade and queues agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.assess.averaging import Averaging
from landbridge.assess.carriers import Carriers, queues, slower
from landbridge.assess.edges import change_of
from landbridge.assess.policy import shock_of
from landbridge.assess.setting import Setting
from landbridge.assess.transport import (
    Passage,
    Traffic,
    freight_costs,
    passage,
    send,
    with_payments,
)
from landbridge.economy.equilibrium import solve
from landbridge.economy.results import Equilibrium
from landbridge.errors import NotConvergedError
from landbridge.levers.effects import CapacityEffect, EdgeEffect, Effect, WayEffect
from landbridge.routing.engine import Engine

if TYPE_CHECKING:
    from landbridge.world import World

Floats = NDArray[np.float64]
Progress = Callable[[str, float], None]

GAP = 0.01
"""Hours at carriers that may still be in doubt, as a share of all hours there."""
ROUNDS = 30


@dataclass(frozen=True, eq=False)
class State:
    """The world settled under some effects.

    Attributes
    ----------
    year : of the network and its rates
    engine : the network as it is then, queues included
    passage : what ways take between zones
    freight : float64[S, N, N], USD per FEU over all ways, from exporter to importer
    equilibrium : the economy
    volume : float64[S, N, N], FEU a year from exporter to importer
    traffic : who goes by which way
    load : float64[C], FEU a year over each carrier, both ways
    slow : float64[C], hours at each carrier over those of the base
    carriers : with their capacities
    rounds, gap : of the assignment
    """

    year: int
    engine: Engine
    passage: Passage
    freight: Floats
    equilibrium: Equilibrium
    volume: Floats
    traffic: Traffic
    load: Floats
    slow: Floats
    carriers: Carriers
    rounds: int
    gap: float


def settle_base(given: Setting, progress: Progress, *, network_of: World | None = None) -> State:
    """The baseline: published hours, the base economy, and the loads that go with them.

    Parameters
    ----------
    network_of : a world whose network and rates are taken instead of those of the year given
    """
    world = network_of or given.world
    engine = world.router
    progress("ways between cities", 0.0)
    passed = passage(engine, given.zones, world.year)
    progress("trade costs", 0.6)
    freight = freight_costs(passed, given.goods, given.tastes, given.masses)
    equilibrium = solve(given.table.base)
    volume = given.feu(equilibrium.trade)
    progress("loads", 0.7)
    network = engine.network
    traffic = send(passed, given.goods, given.tastes, given.masses, volume, network.n_edges)
    load = given.carriers.load(traffic.both_ways, network)
    return State(
        year=world.year,
        engine=engine,
        passage=passed,
        freight=freight,
        equilibrium=equilibrium,
        volume=volume,
        traffic=traffic,
        load=load,
        slow=np.ones_like(load),
        carriers=given.carriers,
        rounds=1,
        gap=0.0,
    )


def settle(given: Setting, base: State, effects: Sequence[Effect], progress: Progress) -> State:
    """The world under effects: equilibrium of trade, and of hours with the queues they make.

    Loads are averaged over the rounds (`averaging`), as two posts side by side would else pass all
    freight to and fro.

    Raises
    ------
    NotConvergedError
        Where hours and loads do not come to agree.
    InputError, NotConvergedError
        As the equilibrium of the economy raises them.
    """
    on_edges = [effect for effect in effects if isinstance(effect, EdgeEffect)]
    paid = any(isinstance(effect, WayEffect) for effect in effects)
    carriers = base.carriers.changed(e for e in effects if isinstance(e, CapacityEffect))
    network = base.engine.network
    load = base.load
    slow = slower(carriers, load, base.carriers, base.load)
    state: State | None = None
    steps = Averaging()
    for number in range(ROUNDS):
        progress("ways, trade and queues", number / ROUNDS)
        queued = list(queues(carriers, slow, given.year, on_edges))
        moved = bool(on_edges or queued) or base.year != given.year
        engine = base.engine.changed(change_of([*on_edges, *queued])) if moved else base.engine
        passed = base.passage
        if moved:
            passed = passage(engine, given.zones, given.year, like=base.passage)
        passed = with_payments(passed, effects)
        freight = (
            freight_costs(passed, given.goods, given.tastes, given.masses)
            if moved or paid
            else base.freight
        )
        hat = freight_hat(given, base.freight, freight)
        shock = shock_of(effects, given.table.base, given.table.labels, hat)
        start = base.equilibrium if state is None else state.equilibrium
        equilibrium = solve(given.table.base, shock, start=start)
        volume = given.feu(equilibrium.trade, equilibrium.producer_price_hat)
        traffic = send(passed, given.goods, given.tastes, given.masses, volume, network.n_edges)
        found = base.carriers.load(traffic.both_ways, network)
        wanted = slower(carriers, found, base.carriers, base.load)
        gap = _gap(slow, wanted, found)
        state = State(
            year=given.year,
            engine=engine,
            passage=passed,
            freight=freight,
            equilibrium=equilibrium,
            volume=volume,
            traffic=traffic,
            load=found,
            slow=slow,
            carriers=carriers,
            rounds=number + 1,
            gap=gap,
        )
        if gap <= GAP:
            return state
        load = steps.towards(load, found)
        slow = slower(carriers, load, base.carriers, base.load)
    raise NotConvergedError(
        f"hours and queues do not agree after {ROUNDS} rounds, {gap:.1%} of the hours at "
        f"crossings, sections and terminals are in doubt ({GAP:.0%} allowed): a milder change, or "
        "more capacity where the queue stands, would settle"
    )


def _gap(slow: Floats, wanted: Floats, load: Floats) -> float:
    """Hours in doubt over all hours at carriers that have a queue at all."""
    queued = (np.abs(slow - 1.0) > 1e-9) | (np.abs(wanted - 1.0) > 1e-9)
    if not queued.any() or not load[queued].any():
        return 0.0
    in_doubt = load[queued] @ np.abs(wanted[queued] - slow[queued])
    return float(in_doubt / (load[queued] @ wanted[queued]))


def freight_hat(given: Setting, before: Floats, after: Floats) -> Floats:
    """Ratio of iceberg costs (J, N, N), `[j, n, i]` bought by n from i, from freight charges.

    A container that costs C and holds goods worth V arrives at 1 + C / V times its price at the
    gate; crude oil and gas do not ride in containers, so their part of energy does not move. A pair
    that no way links before is left as it was; one that none links any more is closed.
    """
    goods = given.goods
    value = goods.value_usd_feu[:, :, None]
    open_before = np.isfinite(before)
    ratio = np.ones_like(before)
    ratio[open_before] = (
        ((1.0 + after / value)[open_before]) / ((1.0 + before / value)[open_before])
    )
    dry = goods.dry_share[:, :, None]
    mixed = np.where(
        np.isinf(ratio) & (dry < 1.0), 1.0, 1.0 + dry * (np.minimum(ratio, 1e30) - 1.0)
    )
    ratio = np.where(np.isinf(ratio) & (dry == 1.0), np.inf, mixed)
    hat = np.ones_like(given.table.base.shares)
    hat[goods.sectors] = 0.0
    # A sector's goods of both kinds, each by what it is worth.
    np.add.at(hat, goods.sector, goods.part[:, None, None] * ratio.transpose(0, 2, 1))
    return hat


def quiet(stage: str, share: float) -> None:
    """Say nothing."""


def revalued(
    given: Setting,
    base: State,
    changed: State,
    effects: Sequence[Effect],
    *,
    same_network: bool,
) -> tuple[State, State]:
    """Both worlds for shippers or elasticities other than those they were settled for.

    Queues stay as they are in `changed`; with `same_network` so do skims. Loads are not made anew.
    """
    passed = changed.passage
    if not same_network:
        on_edges = [effect for effect in effects if isinstance(effect, EdgeEffect)]
        queued = queues(changed.carriers, changed.slow, given.year, on_edges)
        engine = base.engine.changed(change_of([*on_edges, *queued]))
        passed = passage(engine, given.zones, given.year, like=base.passage)
        passed = with_payments(passed, effects)
    before = freight_costs(base.passage, given.goods, given.tastes, given.masses)
    after = (
        before
        if passed is base.passage
        else freight_costs(passed, given.goods, given.tastes, given.masses)
    )
    old = solve(given.table.base)
    shock = shock_of(
        effects, given.table.base, given.table.labels, freight_hat(given, before, after)
    )
    return (
        replace(base, freight=before, equilibrium=old),
        replace(
            changed,
            passage=passed,
            freight=after,
            equilibrium=solve(given.table.base, shock, start=old),
        ),
    )
