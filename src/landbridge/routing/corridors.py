"""Named ways: the gates each corridor passes, and the best path through them in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.errors import FactError, UnknownNameError
from landbridge.network.gazetteer import key
from landbridge.network.graph import Mode, Network
from landbridge.routing.cch import Metric, Path, distances, shortest_path

#: A gate group with more edges than this is thinned to its cheapest; no pass has so many lines.
_MOST_GATES = 200


@dataclass(frozen=True, slots=True)
class Corridor:
    """A row of the corridors table, ready to route.

    Attributes
    ----------
    modes : modes of the main haul
    gates : groups in order from east to west; a path passes one gate of each group. A gate is
        (table, row) with table `crossings`, `chokepoints` or `terminals`; without gates the
        corridor is the best way that uses one of its modes at all
    through, avoids : economies it passes, economies it keeps out of
    one_end_in, other_end_in : economies where the trip has one end, and the other; empty for any
    family : of the corridors of one family the best is shown
    compare : shown without being asked for
    """

    id: str
    name: str
    family: str
    compare: bool
    modes: frozenset[Mode]
    gates: tuple[tuple[tuple[str, int], ...], ...]
    through: frozenset[str]
    avoids: frozenset[str]
    one_end_in: frozenset[str]
    other_end_in: frozenset[str]

    @property
    def haul(self) -> frozenset[Mode]:
        """Modes a trip may use: ports are reached by rail and road, airports stand near cities."""
        return self.modes | {Mode.RAIL, Mode.ROAD} if Mode.SEA in self.modes else self.modes


@dataclass(frozen=True, slots=True)
class Ends:
    """Nodes a path may start or end at, with the weight of getting there: int64[k], float64[k]."""

    nodes: NDArray[np.int64]
    offsets: NDArray[np.float64]


@cache
def corridors() -> tuple[Corridor, ...]:
    """Every corridor of the facts table, in its order."""
    numbers = {
        table: {row.id: k for k, row in enumerate(facts.rows(table))}
        for table in ("crossings", "chokepoints", "terminals")
    }

    def gate(name: str, corridor: str) -> tuple[str, int]:
        for table, ids in numbers.items():
            if name in ids:
                return table, ids[name]
        raise FactError(
            f"corridors.csv, {corridor}: the gate {name!r} is no crossing, chokepoint or terminal"
        )

    found = []
    for row in facts.rows("corridors"):
        modes = frozenset(Mode[mode.upper()] for mode in row.modes)
        listed = tuple(tuple(gate(name, row.id) for name in group) for group in row.gates or ())
        found.append(
            Corridor(
                id=row.id,
                name=row.name,
                family=row.family,
                compare=row.compare,
                modes=modes,
                gates=listed,
                through=frozenset(row.through or ()),
                avoids=frozenset(row.avoids or ()),
                one_end_in=frozenset(row.one_end_in or ()),
                other_end_in=frozenset(row.other_end_in or ()),
            )
        )
    return tuple(found)


def named(text: str) -> Corridor:
    """The corridor of an id, name or alias.

    Raises
    ------
    UnknownNameError
        With the closest names.
    """
    index: dict[str, Corridor] = {}
    for corridor, row in zip(corridors(), facts.rows("corridors"), strict=True):
        for name in (row.id, row.name, row.name_short, *(row.aliases or ())):
            index.setdefault(key(name), corridor)
    if key(text) not in index:
        raise UnknownNameError.from_available("corridor", text, index)
    return index[key(text)]


def through(
    metric: Metric, network: Network, origin: Ends, destination: Ends, corridor: Corridor
) -> Path | None:
    """The best path that passes one gate of each group, in order or in reverse order.

    Returns None where no such path is open.
    """
    if not corridor.gates:
        path = shortest_path(
            metric, origin.nodes, origin.offsets, destination.nodes, destination.offsets
        )
        modes = () if path is None else network.edge_mode[path.edges]
        return path if np.isin(modes, [int(mode) for mode in corridor.modes]).any() else None
    groups = [_gate_edges(network, group) for group in corridor.gates]
    if any(not len(group) for group in groups):
        return None
    ways = (groups, groups[::-1]) if len(groups) > 1 else (groups,)
    tried = [_chain(metric, network, origin, destination, order) for order in ways]
    found = [path for path in tried if path is not None]
    return min(found, key=lambda path: path.weight, default=None)


def turns_round(path: Path, network: Network) -> bool:
    """Whether a way comes back to a node it has left: it fetched its gate and returned."""
    tail, head = network.edge_tail[path.edges], network.edge_head[path.edges]
    entered = np.where(path.forward, head, tail)
    left = np.where(path.forward, tail, head)[:1]
    nodes = np.r_[left, entered]
    return len(np.unique(nodes)) < len(nodes)


def _gate_edges(network: Network, group: tuple[tuple[str, int], ...]) -> NDArray[np.int64]:
    columns = {
        "crossings": network.edge_crossing,
        "chokepoints": network.edge_chokepoint,
        "terminals": network.edge_terminal,
    }
    hits = [np.flatnonzero(columns[table] == row) for table, row in group]
    return np.unique(np.concatenate(hits))


def _chain(
    metric: Metric,
    network: Network,
    origin: Ends,
    destination: Ends,
    groups: Sequence[NDArray[np.int64]],
) -> Path | None:
    """Dynamic programming over the gates: the least weight to have passed each one."""
    steps = []
    nodes, reach = origin.nodes, origin.offsets
    for group in groups:
        edges = np.r_[group, group]
        ahead = np.r_[np.ones(len(group), bool), np.zeros(len(group), bool)]
        enter = np.where(ahead, network.edge_tail[edges], network.edge_head[edges])
        leave = np.where(ahead, network.edge_head[edges], network.edge_tail[edges])
        weight = np.where(ahead, metric.forward[edges], metric.backward[edges])
        usable = np.flatnonzero(np.isfinite(weight))
        if not len(usable):
            return None
        edges, ahead, enter, leave, weight = (
            a[usable] for a in (edges, ahead, enter, leave, weight)
        )
        table = distances(metric, nodes, enter, reach).astype(np.float64)
        before = table.argmin(axis=0)
        total = table[before, np.arange(len(enter))] + weight
        cheapest = np.argsort(total, kind="stable")[:_MOST_GATES]
        cheapest = cheapest[np.isfinite(total[cheapest])]
        if not len(cheapest):
            return None
        steps.append((edges[cheapest], ahead[cheapest], enter[cheapest], before[cheapest]))
        nodes, reach = leave[cheapest].astype(np.int64), total[cheapest]
    last = distances(metric, nodes, destination.nodes, reach, destination.offsets)
    if not np.isfinite(last).any():
        return None
    choice, target = np.unravel_index(int(last.argmin()), last.shape)
    return _stitch(metric, network, origin, destination, steps, int(choice), int(target))


def _stitch(
    metric: Metric,
    network: Network,
    origin: Ends,
    destination: Ends,
    steps: Sequence[
        tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int32], NDArray[np.int64]]
    ],
    choice: int,
    target: int,
) -> Path | None:
    chosen = []
    for edges, ahead, enter, before in reversed(steps):
        chosen.append((int(edges[choice]), bool(ahead[choice]), int(enter[choice])))
        choice = int(before[choice])
    source = choice
    chosen.reverse()
    pieces: list[NDArray[np.int64]] = []
    ways: list[NDArray[np.bool_]] = []
    at = int(origin.nodes[source])
    weight = float(origin.offsets[source] + destination.offsets[target])
    for edge, forward, door in [*chosen, (-1, True, int(destination.nodes[target]))]:
        path = shortest_path(metric, [at], None, [door], None)
        if path is None:
            return None
        pieces.append(path.edges)
        ways.append(path.forward)
        weight += path.weight
        if edge >= 0:
            pieces.append(np.array([edge]))
            ways.append(np.array([forward]))
            weight += float((metric.forward if forward else metric.backward)[edge])
            at = int((network.edge_head if forward else network.edge_tail)[edge])
    return Path(weight, np.concatenate(pieces), np.concatenate(ways), source, target)
