"""What has a capacity: crossings, sections and terminals, their load and their queue.

Hours at a carrier grow with its load by the function of the US Bureau of Public Roads (1964),
1 + 0.15 (load / capacity)^4. The hours of the facts are those of the base year, so they are
multiplied by the function's value at the new load over that at the base load. A carrier that the
base loads beyond its published capacity is taken to be just full: the tables disagree there, and
the page of flows says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.assess.capacity import published_feu_year
from landbridge.levers.effects import CapacityEffect, Direction, EdgeEffect
from landbridge.network.graph import Network
from landbridge.routing.rates.borders import crossing_terms

Floats = NDArray[np.float64]
STEEPNESS, POWER = 0.15, 4
DIRECTIONS: tuple[Direction, Direction] = ("forward", "backward")
TABLES = ("crossings", "sections", "terminals")


@dataclass(frozen=True, eq=False)
class Carriers:
    """C carriers that lie on the network.

    Attributes
    ----------
    table, id : facts table and id of each
    row : int64[C], row in its table
    edges : edges of each
    capacity_feu : float64[C], FEU a year both ways; NaN where none is published
    """

    table: tuple[str, ...]
    id: tuple[str, ...]
    row: NDArray[np.int64]
    edges: tuple[NDArray[np.int64], ...]
    capacity_feu: Floats

    def load(self, along: Floats, network: Network) -> Floats:
        """FEU a year over each carrier, from flow on edges in both or one direction.

        A section carries the mean over its length, a terminal half of what enters and leaves.
        """
        loads = np.zeros(len(self.id))
        for k, (table, edges) in enumerate(zip(self.table, self.edges, strict=True)):
            if table == "sections":
                km = np.maximum(network.edge_length_km[edges], 1e-9)
                loads[k] = along[edges] @ km / km.sum()
            else:
                loads[k] = along[edges].sum() * (0.5 if table == "terminals" else 1.0)
        return loads

    def changed(self, effects: Iterable[CapacityEffect]) -> Carriers:
        """The same carriers with other capacities."""
        capacity = self.capacity_feu.copy()
        place = {(t, i): k for k, (t, i) in enumerate(zip(self.table, self.id, strict=True))}
        for effect in effects:
            k = place.get((effect.carrier, effect.id))
            if k is None:
                continue
            capacity[k] *= effect.factor
            if effect.feu_per_year is not None:
                capacity[k] = effect.feu_per_year
        return replace(self, capacity_feu=capacity)


def carriers_of(network: Network, year: int) -> Carriers:
    """Every crossing, section and terminal of the facts that some edge carries, in a year."""
    found: list[tuple[str, str, int, NDArray[np.int64]]] = []
    for table, rows in zip(
        TABLES, (network.edge_crossing, network.edge_section, network.edge_terminal), strict=True
    ):
        listed = facts.rows(table)
        edges = np.flatnonzero(rows >= 0)
        order = edges[np.argsort(rows[edges], kind="stable")]
        numbers, first = np.unique(rows[order], return_index=True)
        for number, own in zip(numbers, np.split(order, first[1:]), strict=True):
            found.append((table, listed[int(number)].id, int(number), own.astype(np.int64)))
    return Carriers(
        tuple(f[0] for f in found),
        tuple(f[1] for f in found),
        np.array([f[2] for f in found], np.int64),
        tuple(f[3] for f in found),
        np.array([published_feu_year(f[0], f[1], year) for f in found]),
    )


def delay(ratio: Floats) -> Floats:
    """Hours over those of an empty carrier, from load over capacity.

    Examples
    --------
    >>> delay(np.array([0.0, 1.0, 2.0])).round(2).tolist()
    [1.0, 1.15, 3.4]
    """
    return np.asarray(1.0 + STEEPNESS * ratio**POWER)


def slower(carriers: Carriers, load: Floats, base: Carriers, base_load: Floats) -> Floats:
    """Hours at each carrier over those of the base, float64[C]; 1 where no capacity is known.

    A capacity that is first given by a lever is taken to have been that of the base.
    """
    known = np.isfinite(base.capacity_feu)
    capacity = np.where(known, base.capacity_feu, carriers.capacity_feu)
    with np.errstate(invalid="ignore", divide="ignore"):
        held = np.where(base_load > capacity, base_load / capacity, 1.0)
        before = base_load / (capacity * held)
        after = load / (carriers.capacity_feu * held)
        return np.where(np.isfinite(after), delay(after) / delay(before), 1.0)


def queues(
    carriers: Carriers, slow: Floats, year: int, levers: Sequence[EdgeEffect] = ()
) -> Iterator[EdgeEffect]:
    """Effects of slower carriers on the network, to come after those of the levers.

    A queue multiplies the hours of passing a crossing as the levers leave them, not the running on
    its edges.
    """
    terms = crossing_terms(year)
    for k in np.flatnonzero(np.abs(slow - 1.0) > 1e-6):
        edges, factor = carriers.edges[k], float(slow[k])
        if carriers.table[k] == "crossings":
            for way, direction in enumerate(DIRECTIONS):
                hours = float(terms.time_h[way, carriers.row[k]])
                for lever in levers:
                    if lever.direction in ("both", direction) and edges[0] in lever.edges:
                        hours = max(hours * lever.time_factor + lever.time_add_h, 0.0)
                yield EdgeEffect(edges, direction, time_add_h=hours * (factor - 1.0))
        else:
            yield EdgeEffect(edges, time_factor=factor)
