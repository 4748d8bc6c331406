"""The hub index: what an economy means for freight between East Asia and Europe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from landbridge.assess.assessor import Assessor
from landbridge.assess.gates import BEST, Gate, faster, gates_of
from landbridge.assess.settle import Progress, quiet, settle
from landbridge.assess.through import EastWest, east_west, territory
from landbridge.assess.without import loss_without
from landbridge.errors import UnknownNameError
from landbridge.routing.choice.ways import ways
from landbridge.routing.economies import economy_choices, economy_named

MOST_TOLD = 8
"""Economies whose loss is told."""


@dataclass(frozen=True, slots=True)
class HubWay:
    """East-west freight by one way: all of it, and what goes through the economy."""

    id: str
    name: str
    feu: float
    value_usd_bn: float
    through_feu: float
    through_value_usd_bn: float


@dataclass(frozen=True, slots=True)
class Hub:
    """What of the freight between East Asia and Europe an economy carries, and what hangs on it.

    Freight goes through an economy where it crosses its land, borders, terminals or canals and
    neither starts nor ends there. Volumes are a year's; shares run from 0 to 1; losses are per
    cent, a gain negative.

    Attributes
    ----------
    share_of_east_west_value, share_of_east_west_feu : through, of all ways by land, sea and air
    share_of_overland_value, share_of_overland_feu : through by rail and road, of all by rail and
        road
    east_west_feu, east_west_value_usd_bn : the whole
    through_feu, through_value_usd_bn : what goes through
    ends_feu, ends_value_usd_bn : what starts or ends in the economy, on whatever way
    loss_without_pct : east-west trade lost, in value at base prices, were it shut to through
        freight of the whole world
    loss_without_feu_pct, loss_without_overland_feu_pct : the same in containers, and in those that
        go by rail and road
    world_welfare_loss_pct : real final spending of the world
    welfare_loss_pct : of the economies that lose most
    pairs_cut : pairs of economies that no way would link in some sector
    capacity_unused_feu : of all its crossings whose capacity is published; None where none is
    crossings_published, crossings_unpublished : how many of those it has on the network
    feu_at_capacity : what would go through were published capacity used up (see `at_capacity`);
        None where no crossing towards East Asia has any
    potential_share_* : the shares were its crossings as quick as the best fifth of comparable
        ones, trade, choice of way and queues settled anew
    hastened : crossings that the benchmark makes quicker
    ways, gates : by way, by crossing
    notes : what a reader must know
    """

    iso3: str
    year: int
    share_of_east_west_value: float
    share_of_east_west_feu: float
    share_of_overland_value: float
    share_of_overland_feu: float
    east_west_feu: float
    east_west_value_usd_bn: float
    overland_feu: float
    through_feu: float
    through_value_usd_bn: float
    ends_feu: float
    ends_value_usd_bn: float
    loss_without_pct: float
    loss_without_feu_pct: float
    loss_without_overland_feu_pct: float
    world_welfare_loss_pct: float
    welfare_loss_pct: Mapping[str, float]
    pairs_cut: int
    capacity_unused_feu: float | None
    crossings_published: int
    crossings_unpublished: int
    feu_at_capacity: float | None
    potential_share_of_east_west_value: float
    potential_share_of_east_west_feu: float
    potential_share_of_overland_feu: float
    potential_through_feu: float
    hastened: tuple[str, ...]
    ways: tuple[HubWay, ...] = field(repr=False)
    gates: tuple[Gate, ...] = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)


def hub(assessor: Assessor, iso3: str, year: int | None = None, progress: Progress = quiet) -> Hub:
    """Work out the hub index of any economy the network knows.

    Parameters
    ----------
    iso3 : ISO 3166 alpha-3 code or English name
    year : of the network, rates and volumes; the year of the base economy if None

    Raises
    ------
    UnknownNameError
        For a name that is no economy.
    NotConvergedError
        Where the world without it, or with it at its best, does not settle.

    Examples
    --------
    >>> from landbridge import World  # doctest: +SKIP
    >>> hub(Assessor(World.base()), "KAZ").share_of_overland_feu  # doctest: +SKIP
    """
    network = assessor.world.network
    code = named(iso3, network.economies)
    when = assessor.table.year if year is None else year
    given, base = assessor.given(when), assessor.base(when, progress)
    own = territory(network, code)
    progress("what goes through", 0.0)
    now = east_west(given, base, code, own)
    gates = gates_of(given, base, code)
    progress("the world without it", 0.3)
    loss = loss_without(given, base, code, own)
    effects = faster(base, code)
    best = now
    if effects:
        best = east_west(given, settle(given, base, effects, progress), code, own)
    unused = [gate.unused_feu for gate in gates if gate.unused_feu is not None]
    worst = sorted(loss.welfare_pct.items(), key=lambda item: -item[1])[:MOST_TOLD]
    return Hub(
        iso3=code,
        year=when,
        share_of_east_west_value=now.share(value=True),
        share_of_east_west_feu=now.share(value=False),
        share_of_overland_value=now.share(value=True, overland=True),
        share_of_overland_feu=now.share(value=False, overland=True),
        east_west_feu=float(now.feu.sum()),
        east_west_value_usd_bn=float(now.value_usd_mn.sum() / 1e3),
        overland_feu=now.overland_feu,
        through_feu=float(now.through_feu.sum()),
        through_value_usd_bn=float(now.through_value_usd_mn.sum() / 1e3),
        ends_feu=now.ends_feu,
        ends_value_usd_bn=now.ends_value_usd_mn / 1e3,
        loss_without_pct=loss.value_pct,
        loss_without_feu_pct=loss.feu_pct,
        loss_without_overland_feu_pct=loss.overland_feu_pct,
        world_welfare_loss_pct=loss.world_welfare_pct,
        welfare_loss_pct=dict(worst),
        pairs_cut=loss.pairs_cut,
        capacity_unused_feu=float(sum(unused)) if unused else None,
        crossings_published=len(unused),
        crossings_unpublished=len(gates) - len(unused),
        feu_at_capacity=at_capacity(float(now.through_feu.sum()), gates),
        potential_share_of_east_west_value=best.share(value=True),
        potential_share_of_east_west_feu=best.share(value=False),
        potential_share_of_overland_feu=best.share(value=False, overland=True),
        potential_through_feu=float(best.through_feu.sum()),
        hastened=tuple(g.id for g in gates if g.best_hours is not None and g.hours > g.best_hours),
        ways=_ways(now),
        gates=gates,
        notes=_notes(code, now, gates, in_base=code in assessor.table.labels.economies),
    )


def named(text: str, known: tuple[str, ...]) -> str:
    """Code of an economy of the network, by code or English name.

    Raises
    ------
    UnknownNameError
        With the closest names.

    Examples
    --------
    >>> named("Kazakhstan", ("CHN", "KAZ"))
    'KAZ'
    """
    code = economy_named(text, known)
    if code is None:
        raise UnknownNameError.from_available("economy", text.strip(), economy_choices())
    return code


def at_capacity(through_feu: float, gates: tuple[Gate, ...]) -> float | None:
    """What would go through if published capacity were used up, FEU a year.

    All through freight enters by the face towards East Asia (or leaves there, on its way back), so
    what its crossings leave unused comes on top; no more than the other face leaves, where all
    crossings that carry through freight there have a published capacity. Crossings without one may
    let more pass.
    """
    faces = {face: [gate for gate in gates if gate.face == face] for face in ("east", "west")}
    room = {
        face: sum(gate.unused_feu for gate in own if gate.unused_feu is not None)
        for face, own in faces.items()
    }
    if all(gate.unused_feu is None for gate in faces["east"]):
        return None
    if faces["west"] and all(gate.unused_feu is not None for gate in faces["west"]):
        return through_feu + min(room.values())
    return through_feu + room["east"]


def _ways(now: EastWest) -> tuple[HubWay, ...]:
    return tuple(
        HubWay(
            id=way.id,
            name=way.name,
            feu=float(now.feu[k]),
            value_usd_bn=float(now.value_usd_mn[k] / 1e3),
            through_feu=float(now.through_feu[k]),
            through_value_usd_bn=float(now.through_value_usd_mn[k] / 1e3),
        )
        for k, way in enumerate(ways())
        if now.feu[k] > 0
    )


def _notes(code: str, now: EastWest, gates: tuple[Gate, ...], *, in_base: bool) -> tuple[str, ...]:
    notes = [
        "crude oil and gas are not counted; straits belong to no economy, canals to the one they "
        "lie in",
        "the loss leaves out the queues of those who go round: a lower bound",
        f"best: the hours within which {BEST:.0%} of comparable crossings' passages stay; many "
        "hours are filled by rule, so the benchmark is often that rule",
    ]
    if not np.any(now.through_feu > 0):
        notes.insert(0, f"no freight between East Asia and Europe goes through {code}")
    if not gates:
        notes.append(f"{code} has no border crossing on the network")
    over = [g.name for g in gates if g.capacity_feu is not None and g.feu > g.capacity_feu]
    if over:
        notes.append(f"loaded beyond the published capacity, so taken as full: {', '.join(over)}")
    if not in_base:
        notes.append(f"{code} has no row in the base economy: its own loss is not known")
    return tuple(notes)
