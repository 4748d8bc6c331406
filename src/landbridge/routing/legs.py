"""From the edges of a path to the legs a person reads."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.network.draft import CORNER_TRANSIT, LISTED_CROSSING, NO_BORDER
from landbridge.network.geo import haversine_km
from landbridge.network.graph import Mode, Network
from landbridge.routing.metrics import EdgeMetrics
from landbridge.routing.results import Leg

#: A change of gauge is named after a listed break within this distance.
_BREAK_KM = 40.0


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive edges of a path that make one leg."""

    kind: str
    mode: Mode
    economy: int
    first: int
    last: int


def legs(
    network: Network,
    metrics: EdgeMetrics,
    edges: NDArray[np.int64],
    forward: NDArray[np.bool_],
    start: str,
    end: str,
) -> tuple[Leg, ...]:
    """Legs of a path: a stretch of one mode in one economy, a border, or a transfer.

    Parameters
    ----------
    edges, forward : int64[k], bool[k], in travel order; none where both ends share a node
    start, end : names of where the path begins and ends
    """
    if not len(edges):
        return ()
    direction = np.where(forward, 0, 1)
    runs = list(_runs(network, edges, forward))
    stops = [start, *_stops(network, edges, forward, runs), end]
    found = []
    for run, (before, after) in zip(runs, itertools.pairwise(stops), strict=True):
        part = slice(run.first, run.last)
        at, way = edges[part], direction[part]
        lat, lon = _shape(network, at, forward[part])
        border = run.kind == "border"
        names = _border(network, int(at[0]), bool(forward[run.first])) if border else None
        gauges = _gauges(network, at, forward[part])
        sections = dict.fromkeys(int(s) for s in network.edge_section[at] if s >= 0)
        named = facts.rows("sections") if sections else ()
        found.append(
            Leg(
                mode=run.mode.name.lower(),
                from_=names[1] if names else before,
                to=names[2] if names else after,
                economy=network.economies[run.economy] if run.economy >= 0 else None,
                distance_km=float(metrics.distance_km[at].sum()),
                time_h=float(metrics.time_h[way, at].sum(dtype=np.float64)),
                time_sd_h=float(np.sqrt(metrics.var_h2[way, at].sum(dtype=np.float64))),
                cost_usd_feu=float(metrics.cost_usd_feu[way, at].sum(dtype=np.float64)),
                co2_kg_feu=float(metrics.co2_kg_feu[way, at].sum(dtype=np.float64)),
                crossing=names[0] if names else None,
                gauge_from_mm=gauges[0] if border or run.kind == "gauge" else None,
                gauge_to_mm=gauges[1] if border or run.kind == "gauge" else None,
                section="; ".join(named[s].name for s in sections) or None,
                lat=tuple(lat.tolist()),
                lon=tuple(lon.tolist()),
            )
        )
    return tuple(found)


def passed(network: Network, edges: NDArray[np.int64]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the listed crossings and of the chokepoints on a path, in order, each once."""
    crossings, chokepoints = facts.rows("crossings"), facts.rows("chokepoints")
    posts = dict.fromkeys(int(c) for c in network.edge_crossing[edges] if c >= 0)
    straits = dict.fromkeys(int(c) for c in network.edge_chokepoint[edges] if c >= 0)
    return tuple(crossings[c].id for c in posts), tuple(chokepoints[c].id for c in straits)


def _sides(network: Network, edge: int, forward: bool) -> tuple[str, str]:
    """Economies left and entered at a border; a ferry's are those of its ports."""
    if network.edge_border_rule[edge] == LISTED_CROSSING:
        row = facts.rows("crossings")[int(network.edge_crossing[edge])]
        tail, head = str(row.economy_a), str(row.economy_b)
    else:
        tail = network.economies[int(network.node_economy[network.edge_tail[edge]])]
        head = network.economies[int(network.node_economy[network.edge_head[edge]])]
    return (tail, head) if forward else (head, tail)


def _key(network: Network, edge: int, forward: bool, position: int) -> tuple[str, int, int, int]:
    """What must be equal for two neighbouring edges to share a leg."""
    mode = int(network.edge_mode[edge])
    if network.edge_border_rule[edge] != NO_BORDER:
        # The edges of one listed crossing are one border; each other border is its own.
        row = int(network.edge_crossing[edge])
        mark = 2 * row + forward if row >= 0 else -2 - position
        entered = network.economies.index(_sides(network, edge, forward)[1])
        return "border", mode, entered, mark
    if mode == Mode.TRANSFER:
        return "transfer", mode, _terminal_economy(network, edge), int(network.edge_terminal[edge])
    if network.edge_gauge_tail_mm[edge] != network.edge_gauge_head_mm[edge]:
        return "gauge", mode, int(network.edge_economy[edge]), -2 - position
    return "run", mode, int(network.edge_economy[edge]), -1


def _terminal_economy(network: Network, edge: int) -> int:
    ends = (network.edge_tail[edge], network.edge_head[edge])
    own = [int(n) for n in ends if network.node_mode[n] == Mode.TRANSFER]
    return int(network.node_economy[own[0]])


def _runs(network: Network, edges: NDArray[np.int64], forward: NDArray[np.bool_]) -> Iterator[_Run]:
    first, current = 0, None
    for k, (edge, ahead) in enumerate(zip(edges.tolist(), forward.tolist(), strict=True)):
        key = _key(network, edge, ahead, k)
        if current is not None and key != current:
            yield _Run(current[0], Mode(current[1]), current[2], first, k)
            first = k
        current = key
    if current is not None:
        yield _Run(current[0], Mode(current[1]), current[2], first, len(edges))


def _stops(
    network: Network, edges: NDArray[np.int64], forward: NDArray[np.bool_], runs: list[_Run]
) -> Iterator[str]:
    """Name of the place between each leg and the next."""
    for before, after in itertools.pairwise(runs):
        for run, side in ((before, 2), (after, 1)):
            edge, ahead = int(edges[run.first]), bool(forward[run.first])
            if run.kind == "border":
                yield _border(network, edge, ahead)[side]
                break
            if run.kind == "transfer":
                yield facts.rows("terminals")[int(network.edge_terminal[edge])].name
                break
        else:
            edge, ahead = int(edges[after.first]), bool(forward[after.first])
            yield _gauge_break(
                network, int((network.edge_tail if ahead else network.edge_head)[edge])
            )


def _gauge_break(network: Network, node: int) -> str:
    """Name of the listed gauge break nearest to a node."""
    rows = facts.rows("gauge_break_points")
    km = haversine_km(
        network.node_lat[node],
        network.node_lon[node],
        np.array([row.lat for row in rows]),
        np.array([row.lon for row in rows]),
    )
    best = int(km.argmin())
    if km[best] > _BREAK_KM:
        return "change of gauge"
    return f"{rows[best].name} (change of gauge)"


def _border(network: Network, edge: int, forward: bool) -> tuple[str, str, str]:
    """Name of a border, and the names of the side left and of the side entered."""
    rule = network.edge_border_rule[edge]
    if rule == LISTED_CROSSING:
        row = facts.rows("crossings")[int(network.edge_crossing[edge])]
        names = (row.name_a, row.name_b) if forward else (row.name_b, row.name_a)
        return f"{row.name_a}–{row.name_b}", *names
    leaves, enters = _sides(network, edge, forward)
    if rule == CORNER_TRANSIT:
        through = network.economies[int(network.edge_economy[edge])]
        return f"corner transit through {through}", f"{through} corner", f"{through} corner"
    return f"open border {leaves}–{enters}", f"{leaves} border", f"{enters} border"


def _gauges(
    network: Network, edges: NDArray[np.int64], forward: NDArray[np.bool_]
) -> tuple[int | None, int | None]:
    if network.edge_mode[edges[0]] != Mode.RAIL:
        return None, None
    first, last = edges[0], edges[-1]
    begin = (network.edge_gauge_tail_mm if forward[0] else network.edge_gauge_head_mm)[first]
    finish = (network.edge_gauge_head_mm if forward[-1] else network.edge_gauge_tail_mm)[last]
    return int(begin), int(finish)


def _shape(
    network: Network, edges: NDArray[np.int64], forward: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    lat, lon = [], []
    for edge, ahead in zip(edges.tolist(), forward.tolist(), strict=True):
        part = slice(int(network.shape_ptr[edge]), int(network.shape_ptr[edge + 1]))
        step = 1 if ahead else -1
        lat.append(network.shape_lat[part][::step])
        lon.append(network.shape_lon[part][::step])
    return np.concatenate(lat), np.concatenate(lon)
