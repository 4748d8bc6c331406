"""All that a draw needs, made once: arrays on pairs, policy by year, what is measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from landbridge.assess.goods import Goods
from landbridge.assess.through import sides_of
from landbridge.assess.views import View
from landbridge.economy.base import BaseEconomy
from landbridge.economy.equilibrium import solve
from landbridge.economy.table.labels import Labels
from landbridge.levers.effects import CapacityEffect, EdgeEffect, Effect, WayEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.outlook import known as facts
from landbridge.outlook import states
from landbridge.outlook.choice import FLOOR, Entries, Floats, dearer
from landbridge.outlook.pairstate import PairState
from landbridge.outlook.spec import Spec, scenario_of
from landbridge.outlook.states import NetworkEffect, StateName, Watched
from landbridge.outlook.unknowns import LEVELS
from landbridge.routing.choice.logit import Tastes
from landbridge.routing.choice.ways import NESTS, ways
from landbridge.scenario import read_scenario

if TYPE_CHECKING:
    from landbridge.assess.assessor import Assessor

Progress = Callable[[str, float], None]


@dataclass(frozen=True, eq=False)
class Layer:
    """A state at the entries.

    Attributes
    ----------
    times : float64[S, E], how many times as dear each way is as in the reference
    money_usd_feu, time_h, sd_h, co2_kg_feu : float64[2, E]
    figures : float64[K, 2, E], in the order of `Parts.figures`
    """

    times: Floats
    money_usd_feu: Floats
    time_h: Floats
    sd_h: Floats
    co2_kg_feu: Floats
    figures: Floats


@dataclass(frozen=True, eq=False)
class Policy:
    """What a scenario or an event does, year by year.

    Attributes
    ----------
    edges : state whose difference to the reference is its effect on the network; None for none
    effects : on trade and incomes, by size of the levers
    """

    edges: StateName | None
    effects: tuple[tuple[Effect, ...], ...]


@dataclass(frozen=True, eq=False)
class Sides:
    """Entries and pairs that the measures look at.

    Attributes
    ----------
    china_europe, china_eu, east_west : bool[E]
    rail, land : bool[E], by nest of the way
    not_hub : bool[E], neither end in the hub
    gates : bool[E] of each way over a gate of China, by id of the way
    trade : bool[N, N] of each pair of partners that is followed, by name
    groups : int64 positions of economies of each group whose welfare is followed, by name
    """

    china_europe: NDArray[np.bool_]
    china_eu: NDArray[np.bool_]
    east_west: NDArray[np.bool_]
    rail: NDArray[np.bool_]
    land: NDArray[np.bool_]
    not_hub: NDArray[np.bool_]
    gates: Mapping[str, NDArray[np.bool_]]
    trade: Mapping[str, NDArray[np.bool_]]
    groups: Mapping[str, NDArray[np.int64]]


@dataclass(frozen=True, eq=False)
class Parts:
    """What draws share. Pickles, so that workers elsewhere can have it.

    Attributes
    ----------
    spec : what is asked
    base, labels, goods, tastes : the economy of `base_year` and its freight
    entries : pairs and ways
    share, cost_usd_feu : float64[S, E] and [S, P] of the reference
    layers : states by name; the reference is `StateName(base_year)`
    figures : ids of what is summed along ways
    watched : carriers with a capacity; the last of `figures` are theirs
    policies : by scenario and year, and by event
    sides : what measures look at
    """

    spec: Spec
    base_year: int
    base: BaseEconomy
    labels: Labels
    goods: Goods
    tastes: Tastes
    entries: Entries
    share: Floats
    cost_usd_feu: Floats
    layers: Mapping[StateName, Layer]
    figures: tuple[str, ...]
    watched: tuple[Watched, ...]
    policies: Mapping[tuple[str, int], Policy]
    events: Mapping[str, Policy]
    sides: Sides

    def main(self, year: int) -> StateName:
        """The state of the network in a year, levers and events apart."""
        return StateName(self.spec.known.network_year(year))


def prepare(spec: Spec, assessor: Assessor, progress: Progress) -> Parts:
    """Make the parts: every state of the network that the outlook may need.

    Raises
    ------
    InputError
        Where levers of a scenario cannot act.
    """
    table = assessor.table
    given = assessor.given(table.year)
    volume = given.feu(solve(table.base).trade)
    policies, events, edges = _policies(spec, assessor)
    mains = {spec.known.network_year(y) for y in (spec.known.as_of, *spec.years)}
    wanted: dict[StateName, tuple[NetworkEffect, ...]] = {StateName(table.year): ()}
    wanted |= {StateName(year): () for year in sorted(mains)}
    wanted |= edges
    on = states.shelf()
    dense: dict[StateName, PairState] = {}
    for number, (name, effects) in enumerate(wanted.items()):

        def say(at: int = number, of: StateName = name) -> None:
            progress(f"the network of {of.year}{f', {of.who}' if of.who else ''}", at / len(wanted))

        dense[name] = states.state_of(assessor, name.year, effects, volume, on, say)
    carriers = states.watched(given)
    figures = states.figures_of(given, assessor.world.router, table.year)
    used = np.any([(d.share > 0.0).any(axis=0) for d in dense.values()], axis=0)
    entries = Entries.where(used, given.tastes.nest)
    reference = dense[StateName(table.year)]
    share, cost = _shares(entries, reference), _costs(reference)
    in_any = np.any([_shares(entries, d) > 0.0 for d in dense.values()], axis=0)
    share = np.where((share == 0.0) & in_any, FLOOR, share)
    tastes = given.tastes
    layers = {name: layer_of(entries, share, cost, tastes, one) for name, one in dense.items()}
    return Parts(
        spec=spec,
        base_year=table.year,
        base=table.base,
        labels=table.labels,
        goods=given.goods,
        tastes=tastes,
        entries=entries,
        share=share,
        cost_usd_feu=cost,
        layers=layers,
        figures=tuple(f.id for f in figures),
        watched=carriers,
        policies=policies,
        events=events,
        sides=_sides(View(given, np.empty(0)), entries, sides_of(given).pairs(entries.count)),
    )


def layer_of(
    entries: Entries, share: Floats, cost: Floats, tastes: Tastes, state: PairState
) -> Layer:
    """A state at the entries, against the reference with these shares and costs."""
    return Layer(
        times=dearer(
            entries, share, cost, _shares(entries, state), _costs(state),
            tastes.within, tastes.between,
        ),
        money_usd_feu=_filled(entries, state.money_usd_feu),
        time_h=_filled(entries, state.time_h),
        sd_h=_filled(entries, state.sd_h),
        co2_kg_feu=_filled(entries, state.co2_kg_feu),
        figures=_filled(entries, state.figures),
    )  # fmt: skip


def _shares(entries: Entries, state: PairState) -> Floats:
    return np.asarray(entries.take(state.share), np.float64)


def _costs(state: PairState) -> Floats:
    return state.cost_usd_feu.reshape(len(state.cost_usd_feu), -1).astype(np.float64)


def _filled(entries: Entries, dense: NDArray[np.float32]) -> Floats:
    """Values at entries; where the state does not have the way, nothing goes and 0 is as good."""
    return np.nan_to_num(np.asarray(entries.take(dense), np.float64))


def _policies(
    spec: Spec, assessor: Assessor
) -> tuple[
    dict[tuple[str, int], Policy], dict[str, Policy], dict[StateName, tuple[NetworkEffect, ...]]
]:
    """Policies of scenarios by year and of events, and the states of the network they ask for."""
    from landbridge.assess.assessor import refuse

    reference = assessor.table.year
    edges: dict[StateName, tuple[NetworkEffect, ...]] = {}
    made: dict[tuple[str, tuple[Lever, ...]], Policy] = {}

    def policy(name: str, levers: tuple[Lever, ...], year: int) -> Policy:
        if (name, levers) not in made:
            stage = assessor.stage(year)
            of_edges = states.network_effects(levers, stage)
            state = None
            if of_edges:
                state = StateName(reference, f"{name}/{len(made)}")
                edges[state] = of_edges
            sizes = tuple(_effects(levers, stage, (k + 0.5) / LEVELS) for k in range(LEVELS))
            made[name, levers] = Policy(state, sizes)
        return made[name, levers]

    policies: dict[tuple[str, int], Policy] = {}
    for name in spec.scenarios:
        scenario = scenario_of(name)
        if scenario is not None:
            refuse(scenario, scenario.levers_in(scenario.year), assessor.stage(scenario.year))
        for year in spec.years:
            levers: tuple[Lever, ...] = ()
            if scenario is not None:
                levers = tuple(
                    lever
                    for lever in scenario.levers_in(year)
                    if lever.from_year is not None or year >= scenario.year
                )
            policies[name, year] = policy(name, levers, max(year, reference))
    events = {}
    for event, hazard in spec.known.hazards.items():
        scenario = read_scenario(hazard.scenario)
        levers = scenario.levers_in(scenario.year)
        events[event] = policy(event, levers, scenario.year)
        if spec.probabilities[event] <= 0.0 and (state := events[event].edges) is not None:
            edges.pop(state, None)
    return policies, events, edges


def _effects(levers: Sequence[Lever], stage: Stage, share: float) -> tuple[Effect, ...]:
    """What levers of a size do to trade and incomes; edges and capacity are the network's."""
    drawn = [lever.drawn(dict.fromkeys(lever.uncertain, share)) for lever in levers]
    return tuple(
        replace(effect)
        for lever in drawn
        for effect in lever.effects(stage)
        if not isinstance(effect, EdgeEffect | CapacityEffect | WayEffect)
    )


def _sides(view: View, entries: Entries, east_west: NDArray[np.bool_]) -> Sides:
    labels, n = view.given.table.labels, entries.count
    start, end = entries.pair // n, entries.pair % n
    china, europe = view.at(["CHN"]), view.at(view.europe)
    hub = labels.economies.index(states.HUB)
    nest_of = np.array([way.nest for way in ways()])
    nest = nest_of[entries.way]
    both = np.zeros((n, n), bool)
    both[np.ix_(china, europe)] = True
    both |= both.T
    listed = ways()
    gates = {way.id: entries.way == k for k, way in enumerate(listed) if way.gates}
    groups = {
        "EU": view.at(view.eu),
        "C5": view.at(["KAZ", "KGZ", "TJK", "TKM", "UZB"]),
        "world": np.arange(n),
    }
    for code in ("KAZ", "CHN", "RUS", "UZB", "AZE", "GEO", "TUR", "BLR", "USA"):
        groups[code] = view.at([code])
    groups = {name: those for name, those in groups.items() if len(those)}
    trade = {}
    for one, other in (
        ("CHN", "EU"), ("CHN", "KAZ"), ("CHN", "C5"), ("CHN", "RUS"), ("EU", "KAZ"),
        ("EU", "RUS"), ("EU", "C5"), ("KAZ", "RUS"), ("CHN", "USA"),
    ):  # fmt: skip
        if one not in groups or other not in groups:
            continue
        mask = np.zeros((n, n), bool)
        mask[np.ix_(groups[one], groups[other])] = True
        trade[f"{one}-{other}"] = mask | mask.T
    return Sides(
        china_europe=both[start, end],
        china_eu=trade["CHN-EU"][start, end],
        east_west=east_west[start, end],
        rail=nest == NESTS.index("rail"),
        land=(nest == NESTS.index("rail")) | (nest == NESTS.index("road")),
        not_hub=(start != hub) & (end != hub),
        gates=gates,
        trade=trade,
        groups=groups,
    )


def region_of(labels: Labels) -> tuple[str, ...]:
    """Region whose growth errors each economy shares."""
    from landbridge.outlook.past_errors import regions

    known = regions()
    fallback = next(row.region for row in facts.rows("economies") if row.region == "Rest")
    return tuple(known.get(code, fallback) for code in labels.economies)
