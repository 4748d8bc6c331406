"""The border crossings of an economy: what they pass, what they could, and in how many hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess.setting import Setting
from landbridge.assess.settle import State
from landbridge.assess.through import sides_of
from landbridge.assess.transport import send
from landbridge.levers.effects import EdgeEffect
from landbridge.routing.rates.borders import crossing_terms, members
from landbridge.routing.rates.gauges import same_gauge

Floats = NDArray[np.float64]
Face = Literal["east", "west", ""]
Kind = tuple[str, bool] | None
BEST = 0.2
"""The benchmark: the hours that this share of comparable passages stays within."""
FEWEST = 10
"""Passages that a benchmark takes at least."""
SMALLEST_FEU = 0.5
"""Flows below half a container a year are none."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A border crossing of an economy, both directions together.

    Attributes
    ----------
    face : east where through freight for Europe enters the economy, west where it leaves; empty
        where none passes
    through_feu : east-west FEU a year that neither start nor end in the economy
    feu : all FEU a year
    capacity_feu, unused_feu : published, and what is left of it (0 where the load is beyond it);
        None where none is published
    hours : mean of both directions
    best_hours : benchmark of comparable crossings, None at open borders and
        where comparable ones are too few
    """

    id: str
    name: str
    neighbour: str
    mode: str
    face: Face
    through_feu: float
    feu: float
    capacity_feu: float | None
    unused_feu: float | None
    hours: float
    best_hours: float | None


def gates_of(given: Setting, state: State, iso3: str) -> tuple[Gate, ...]:
    """Every crossing of an economy on the network, the one with most through freight first.

    A crossing that carries nothing has a place in the list too: its capacity is unused.
    """
    carriers = state.carriers
    listed = facts.rows("crossings")
    own = [
        k
        for k, table in enumerate(carriers.table)
        if table == "crossings"
        and iso3 in (listed[carriers.row[k]].economy_a, listed[carriers.row[k]].economy_b)
    ]
    if not own:
        return ()
    westbound, eastbound = (_through(given, state, iso3, way) for way in ("west", "east"))
    terms = crossing_terms(state.year).time_h
    best = _benchmarks(state)
    found = []
    for k in own:
        row, edges = listed[carriers.row[k]], carriers.edges[k]
        ahead = row.economy_b == iso3
        enters, leaves = (0, 1) if ahead else (1, 0)
        inward = westbound[enters, edges].sum() + eastbound[leaves, edges].sum()
        outward = westbound[leaves, edges].sum() + eastbound[enters, edges].sum()
        through = float(inward + outward)
        capacity = float(carriers.capacity_feu[k])
        published = bool(np.isfinite(capacity))
        face: Face = ""
        if through > SMALLEST_FEU:
            face = "east" if inward > outward else "west"
        found.append(
            Gate(
                id=row.id,
                name=f"{row.name_a}-{row.name_b}",
                neighbour=row.economy_a if ahead else row.economy_b,
                mode=row.mode,
                face=face,
                through_feu=through,
                feu=float(state.load[k]),
                capacity_feu=capacity if published else None,
                unused_feu=max(capacity - float(state.load[k]), 0.0) if published else None,
                hours=float(terms[:, carriers.row[k]].mean()),
                best_hours=best.get(_kind(row, state.year)),
            )
        )
    return tuple(sorted(found, key=lambda g: (-g.through_feu, -g.feu)))


def _through(given: Setting, state: State, iso3: str, to: str) -> Floats:
    """East-west FEU on edges that neither start nor end in an economy, float64[2, m]."""
    count = given.masses.count
    eastbound = sides_of(given).eastbound(count)
    pairs = eastbound if to == "east" else eastbound.T
    codes = given.table.labels.economies
    if iso3 in codes:
        pairs = pairs.copy()
        pairs[codes.index(iso3)] = pairs[:, codes.index(iso3)] = False
    traffic = send(
        state.passage, given.goods, given.tastes, given.masses, state.volume * pairs,
        state.engine.network.n_edges,
    )  # fmt: skip
    return np.stack([traffic.forward.sum(axis=0), traffic.backward.sum(axis=0)])


def faster(state: State, iso3: str) -> tuple[EdgeEffect, ...]:
    """Effects that give an economy's crossings the hours of the best comparable ones.

    Comparable are crossings open in the year, of the same mode, where the gauge changes or does not
    alike, and no union has opened the border; the benchmark is the hours within which the best
    fifth of their passages stays. Crossings already better are left, as are open borders.
    """
    carriers, listed = state.carriers, facts.rows("crossings")
    terms, best = crossing_terms(state.year).time_h, _benchmarks(state)
    effects = []
    for k, table in enumerate(carriers.table):
        row = listed[carriers.row[k]] if table == "crossings" else None
        if row is None or iso3 not in (row.economy_a, row.economy_b):
            continue
        hours = best.get(_kind(row, state.year))
        for direction, word in enumerate(("forward", "backward")):
            over = 0.0 if hours is None else float(terms[direction, carriers.row[k]] - hours)
            if over > 0.0:
                effects.append(EdgeEffect(carriers.edges[k], word, time_add_h=-over))  # type: ignore[arg-type]
    return tuple(effects)


def _benchmarks(state: State) -> dict[Kind, float]:
    """Hours of the best fifth of passages of each kind that has enough of them."""
    open_ = state.engine.edge_metrics(state.year, "general").open
    terms = crossing_terms(state.year).time_h
    hours: dict[Kind, list[float]] = {}
    for k, table in enumerate(state.carriers.table):
        if table != "crossings":
            continue
        number = state.carriers.row[k]
        kind = _kind(facts.rows("crossings")[number], state.year)
        for direction in (0, 1):
            if kind and open_[direction, state.carriers.edges[k]].any():
                hours.setdefault(kind, []).append(float(terms[direction, number]))
    return {
        kind: float(np.quantile(known, BEST))
        for kind, known in hours.items()
        if len(known) >= FEWEST
    }


def _kind(row: Any, year: int) -> Kind:
    """What makes crossings comparable, mode and change of gauge; None at open borders."""
    broken = row.mode == "rail" and not same_gauge(row.gauge_a_mm, row.gauge_b_mm)
    shared = members(row.economy_a, row.mode, year) & members(row.economy_b, row.mode, year)
    return None if shared else (row.mode, broken)
