"""A corridor: opened, closed, subsidised, widened at its gates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from landbridge import facts
from landbridge.levers import checks
from landbridge.levers.effects import CapacityEffect, Carrier, EdgeEffect, Effect, WayEffect
from landbridge.levers.lever import Lever, Stage
from landbridge.levers.phrases import amount, changed, joined
from landbridge.levers.places import Edges, edges_in, edges_of, posts_of, shut_by
from landbridge.levers.quantity import Quantity, Uncertain
from landbridge.network.graph import Network
from landbridge.routing.choice.ways import ways
from landbridge.routing.corridors import Corridor as Way
from landbridge.routing.corridors import corridors, named
from landbridge.routing.filters import Closed

Gate = tuple[str, int]


class Corridor(Lever):
    """Changes one row of the corridors table, through its gates.

    A corridor passes one gate of each of its groups, so it is shut by shutting one group. Gates
    are shared (Dostyk and Khorgos belong to four corridors), so the group chosen is the one whose
    loss closes the fewest corridors of other families, by the rule of `gates_to_shut`.

    Attributes
    ----------
    corridor : id, name or alias
    open : false shuts the group of `gates_to_shut`; true opens every gate whatever the year. A
        corridor without gates is its modes: all their edges
    subsidy_usd_feu : paid to the shipper for each FEU by the ways of the corridor's family between
        East Asia and the west (`ways.csv`), both directions; below zero it is a charge, as where a
        subsidy that the fitted choice rests on is ended
    capacity_factor : on every gate that has a capacity (crossings and terminals)
    """

    kind: Literal["corridor"] = "corridor"
    corridor: str
    open: bool | None = None
    subsidy_usd_feu: Uncertain | None = None
    capacity_factor: Uncertain | None = None

    def problems(self, stage: Stage) -> Iterator[str]:
        """Unknown corridor, gates the network lacks, contradictions, a subsidy without object."""
        yield from checks.year_problems(self)
        yield from checks.none_given(self, "open", "subsidy_usd_feu", "capacity_factor")
        yield from checks.shut_and_changed(self, "subsidy_usd_feu", "capacity_factor")
        yield from checks.not_positive(self, "capacity_factor")
        unknown = tuple(checks.asked(lambda: named(self.corridor)))
        yield from unknown
        if unknown:
            return
        way = named(self.corridor)
        if not way.gates and self.capacity_factor is not None:
            yield f"{way.name} has no gates that could be widened: change its terminals"
        for group in way.gates:
            if not len(_edges(stage.network, group)):
                ids = ", ".join(_id(gate) for gate in group)
                yield f"{way.name}: no gate of {ids} lies on a line of the network"
        if self.capacity_factor is not None and way.gates and not _wide(way):
            yield f"{way.name} has only passages of ships as gates, which have no capacity"
        if self.subsidy_usd_feu is not None and not _paid(way):
            yield f"{way.name} is no way of ways.csv that shippers choose: lower a rate instead"

    def effects(self, stage: Stage) -> Iterator[Effect]:
        """Open or shut edges of gates, pay at the first group, widen all."""
        way = named(self.corridor)
        if self.open is not None and not way.gates:
            yield EdgeEffect(edges_in(stage.network, None, way.modes), open=self.open)
        elif self.open:
            every = tuple(gate for group in way.gates for gate in group)
            yield EdgeEffect(_edges(stage.network, every), open=True)
        elif self.open is False:
            yield EdgeEffect(shut_by(stage.network, _closed(gates_to_shut(way))), open=False)
        if self.subsidy_usd_feu is not None:
            yield WayEffect(_paid(way), -self.subsidy_usd_feu.value)
        if self.capacity_factor is not None:
            for carrier, name in _wide(way):
                yield CapacityEffect(carrier, name, factor=self.capacity_factor.value)

    def describe(self) -> str:
        """What it does, as a phrase for people."""
        unknown = any(checks.asked(lambda: named(self.corridor)))
        name = self.corridor if unknown else named(self.corridor).name
        parts = [] if self.open is None else ["open" if self.open else "shut"]
        if self.open is False and not unknown and named(self.corridor).gates:
            parts = [f"shut at {joined([_id(g) for g in gates_to_shut(named(self.corridor))])}"]
        if self.subsidy_usd_feu is not None:
            size, what = self.subsidy_usd_feu, "subsidy"
            if size.value < 0:
                size, what = _negated(size), "subsidy less"
            parts.append(f"{amount(size)} USD of {what} per FEU")
        if self.capacity_factor is not None:
            parts.append(changed(self.capacity_factor, "capacity of its gates"))
        return f"{name}: {joined(parts)}"


def gates_to_shut(way: Way) -> tuple[Gate, ...]:
    """Group of gates whose loss shuts a corridor at the least cost to others.

    Losing a group closes another corridor when a group of that lies wholly within it. Candidates
    are the corridor's own groups and, if each of them closes a corridor of another family, the
    groups of those of its family that share a gate with it (they describe the same way further
    on). Chosen is the one that closes the fewest corridors of other families, the last of equals.

    Examples
    --------
    >>> [facts.rows(table)[row].id for table, row in gates_to_shut(named("northern"))][:1]
    ['rail-brest-terespol-malaszewicze']
    >>> gates_to_shut(named("northern")) == gates_to_shut(named("new-eurasian-land-bridge"))
    True
    >>> [facts.rows(table)[row].id for table, row in gates_to_shut(named("maritime-suez"))]
    ['suez']
    """
    others = [other for other in corridors() if other.family != way.family]

    def closes(group: Sequence[Gate]) -> int:
        return sum(any(set(theirs) <= set(group) for theirs in other.gates) for other in others)

    own = {gate for group in way.gates for gate in group}
    candidates = list(way.gates)
    if all(closes(group) for group in candidates):
        for other in corridors():
            kin = other.family == way.family and other.id != way.id
            if kin and any(own.intersection(group) for group in other.gates):
                candidates += other.gates
    return min(reversed(candidates), key=closes)


def _edges(network: Network, gates: Sequence[Gate]) -> Edges:
    found = [edges_of(network, table, (row,)) for table, row in gates]
    posts = [post for table, row in gates if table == "chokepoints" for post in posts_of(row)]
    return np.unique(np.concatenate([*found, edges_of(network, "crossings", tuple(posts))]))


def _closed(gates: Sequence[Gate]) -> Closed:
    rows: dict[str, list[int]] = {"chokepoints": [], "crossings": [], "terminals": []}
    for table, row in gates:
        rows[table].append(row)
        if table == "chokepoints":
            rows["crossings"] += posts_of(row)
    return Closed(**{table: tuple(found) for table, found in rows.items()})


def _wide(way: Way) -> list[tuple[Carrier, str]]:
    carriers: dict[str, Carrier] = {"crossings": "crossings", "terminals": "terminals"}
    gates = dict.fromkeys(gate for group in way.gates for gate in group)
    return [(carriers[gate[0]], _id(gate)) for gate in gates if gate[0] in carriers]


def _id(gate: Gate) -> str:
    return str(facts.rows(gate[0])[gate[1]].id)


def _paid(corridor: Way) -> tuple[str, ...]:
    """Ways that shippers choose, of the corridor or of others in its family."""
    family = {other.id for other in corridors() if other.family == corridor.family}
    return tuple(way.id for way in ways() if way.corridor in family)


def _negated(quantity: Quantity) -> Quantity:
    low, high = quantity.low, quantity.high
    return Quantity(
        value=-quantity.value,
        low=None if high is None else -high,
        high=None if low is None else -low,
    )
