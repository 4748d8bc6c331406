"""States of the network that an outlook needs, each asked once and kept on disk by its content."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from landbridge.assess.edges import change_of
from landbridge.assess.goods import ROUTED_AS
from landbridge.assess.setting import Setting
from landbridge.assess.through import territory
from landbridge.assess.transport import eu_shippers, passage, with_payments
from landbridge.levers.effects import EdgeEffect, WayEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.network import cache
from landbridge.outlook import known as facts
from landbridge.outlook.pairstate import Figure, Floats, PairState, pair_state
from landbridge.routing.engine import Engine
from landbridge.routing.rates.borders import crossing_terms
from landbridge.shelf import Shelf

if TYPE_CHECKING:
    from landbridge.assess.assessor import Assessor

HUB = "KAZ"
"""Economy whose transit and share of east-west freight are followed."""
ENDS = (("KAZ", "AZE"), ("TKM", "AZE"))
"""Sides of the ferries over the Caspian."""
_KEPT = 60
_METRICS = ("time_h", "var_h2", "cost_usd_feu", "co2_kg_feu", "open")


@dataclass(frozen=True, slots=True)
class StateName:
    """What a state of the network is of.

    Attributes
    ----------
    year : of the network and its rates
    who : scenario or event whose levers act on edges; blank for none
    """

    year: int
    who: str = ""


@dataclass(frozen=True, eq=False)
class Watched:
    """A carrier with a published capacity whose load is followed.

    Attributes
    ----------
    id, name : of the crossing
    capacity_feu : FEU a year both ways
    hours : mean dwell, both directions
    """

    id: str
    name: str
    capacity_feu: float
    hours: float


def watched(given: Setting) -> tuple[Watched, ...]:
    """Crossings of the hub whose capacity is published."""
    terms = crossing_terms(given.year).time_h.mean(axis=0)
    found = []
    for k, table in enumerate(given.carriers.table):
        if table != "crossings" or not np.isfinite(given.carriers.capacity_feu[k]):
            continue
        row = facts.row("crossings", given.carriers.id[k])
        if HUB in (row.economy_a, row.economy_b):
            capacity = float(given.carriers.capacity_feu[k])
            hours = float(terms[given.carriers.row[k]])
            found.append(Watched(row.id, f"{row.name_a}–{row.name_b}", capacity, hours))
    return tuple(found)


def figures_of(given: Setting, engine: Engine, year: int) -> tuple[Figure, ...]:
    """What is summed along ways: the hub's land, the Caspian, hours at borders, each carrier."""
    network = engine.network
    on_hub = territory(network, HUB).astype(float)
    rows = network.edge_crossing
    listed = facts.rows("crossings")
    ferries = [
        k
        for k, row in enumerate(listed)
        if row.mode == "ferry" and {row.economy_a, row.economy_b} in [set(ends) for ends in ENDS]
    ]
    caspian = np.isin(rows, ferries).astype(float)
    terms = crossing_terms(year).time_h
    at = rows >= 0
    hours = np.zeros((2, len(rows)))
    hours[:, at] = terms[:, rows[at]]
    found = [
        Figure("hub", np.stack([on_hub, on_hub]), counted=True),
        Figure("caspian", np.stack([caspian, caspian]), counted=True),
        Figure("border-hours", hours, counted=False),
    ]
    place = {identifier: k for k, identifier in enumerate(given.carriers.id)}
    for carrier in watched(given):
        along = np.zeros(network.n_edges)
        along[given.carriers.edges[place[carrier.id]]] = 1.0
        found.append(Figure(carrier.id, np.stack([along, along]), counted=True))
    return tuple(found)


NetworkEffect = EdgeEffect | WayEffect


def network_effects(levers: Iterable[Lever], stage: Stage) -> tuple[NetworkEffect, ...]:
    """What levers do to edges and to ways; those that scale running before those that set hours."""
    found = [
        e for lever in levers for e in lever.effects(stage) if isinstance(e, EdgeEffect | WayEffect)
    ]
    return tuple(sorted(found, key=lambda e: 0 if getattr(e, "time_factor", 1.0) != 1.0 else 1))


def state_of(
    assessor: Assessor,
    year: int,
    effects: Sequence[NetworkEffect],
    volume: Floats,
    on: Shelf,
    say: Callable[[], None],
) -> PairState:
    """A state of the network, from the shelf or asked anew.

    Its key is made of what goes in (what every edge takes, zones, tastes, volumes), so that
    a changed fact that does not reach the network costs nothing.
    """
    given = assessor.given(assessor.table.year)
    engine: Engine = assessor.world.router
    on_edges = [effect for effect in effects if isinstance(effect, EdgeEffect)]
    on_ways = [effect for effect in effects if isinstance(effect, WayEffect)]
    if on_edges:
        engine = engine.changed(change_of(on_edges))
    figures = figures_of(given, engine, year)
    key = _key(given, engine, year, volume, figures, on_ways)
    if (kept := on.get(key)) is not None and set(kept) == {f.name for f in fields(PairState)}:
        return PairState(**{name: np.asarray(array) for name, array in kept.items()})
    say()
    reference = assessor.base(assessor.table.year).passage
    passed = with_payments(passage(engine, given.zones, year, like=reference), on_ways)
    made = pair_state(given, passed, volume, figures)
    on.put(key, made.arrays())
    return made


def shelf() -> Shelf:
    """The shelf of states, in the cache folder."""
    folder = cache.root() / "outlook"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return Shelf(folder, "pairs", "2", most=_KEPT)


def _key(
    given: Setting,
    engine: Engine,
    year: int,
    volume: Floats,
    figures: Sequence[Figure],
    on_ways: Sequence[WayEffect],
) -> str:
    digest = hashlib.sha256()
    for cargo in ROUTED_AS:
        metrics = engine.edge_metrics(year, cargo)
        for name in _METRICS:
            digest.update(np.ascontiguousarray(getattr(metrics, name)).tobytes())
    for zone in given.zones:
        digest.update(f"{zone.id}:{zone.population};".encode())
    tastes = given.tastes
    origins = given.masses.origins(len(volume))
    for array in (tastes.vot_usd_h, tastes.constant, origins, volume.astype(np.float32)):
        digest.update(np.ascontiguousarray(array).tobytes())
    digest.update(
        f"{tastes.within},{tastes.between},{tastes.sight},{tastes.reliability_ratio},"
        f"{sorted(eu_shippers())}{[repr(effect) for effect in on_ways]}".encode()
    )
    for figure in figures:
        digest.update(figure.id.encode() + np.ascontiguousarray(figure.along).tobytes())
    return digest.hexdigest()[:16]
