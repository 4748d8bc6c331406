"""The network as few lines as the eye can tell apart: by mode and gauge, sections by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.app.drawing.grid import shape_points, snapped, written
from landbridge.app.drawing.kept import kept
from landbridge.network.graph import Mode, Network
from landbridge.routing.rates.opening import NEW

if TYPE_CHECKING:
    from landbridge.world import World

OVERVIEW_DEG = 0.1
CLOSE_DEG = 0.02
TILE_DEG = 10
"""A tile of close lines is this wide and high."""

GAUGES_MM = (1435, 1520)
"""Gauges drawn in a colour of their own; others are `0`."""

_CITIES = 500
_USED = 40.0
"""Pairs of cities that must share a road for it to be drawn from afar."""
_SPUR_CELLS = 2.5

Bools = NDArray[np.bool_]


def overview_text(world: World, key: str) -> str:
    """The whole network as JSON text, from the cache when it holds it.

    `groups` is a list of {mode, gauge_mm, section, opens_year, lines}; a line is its first point
    and the steps to the next ones in units of `unit_deg`, longitude first. Railways are there
    whole; of roads those that the best ways between the largest cities use, of sea lanes those
    between the ports of the facts. `section` is the id of a new line, which is not there before
    `opens_year`.
    """
    return kept(key, "overview.json", lambda: _overview(world))


def close_text(world: World, key: str, west: int, south: int) -> str:
    """Every railway and road of a tile, closer, as `overview_text` writes it."""
    name = f"close-{west + 180}-{south + 90}.json"
    return kept(key, name, lambda: _close(world.network, west, south))


def _overview(world: World) -> str:
    network = world.network
    cities = world.zones(_CITIES)
    ports = [row for row in facts.rows("terminals") if "sea" in row.modes]
    wanted = np.isin(network.edge_mode, [Mode.RAIL, Mode.FERRY])
    wanted |= _used(world, Mode.ROAD, cities, _USED) | _used(world, Mode.SEA, ports, 1.0)
    return _written(network, wanted, OVERVIEW_DEG, _SPUR_CELLS)


def _close(network: Network, west: int, south: int) -> str:
    lon, lat = network.node_lon, network.node_lat
    inside = np.zeros(network.n_edges, bool)
    for node in (network.edge_tail, network.edge_head):
        inside |= (
            (lon[node] >= west)
            & (lon[node] < west + TILE_DEG)
            & (lat[node] >= south)
            & (lat[node] < south + TILE_DEG)
        )
    inside &= np.isin(network.edge_mode, [Mode.RAIL, Mode.ROAD, Mode.FERRY])
    return _written(network, inside, CLOSE_DEG, 0.0)


def _written(network: Network, wanted: Bools, unit_deg: float, least: float) -> str:
    groups = []
    for told, edges in _groups(network, wanted):
        lines = snapped(*shape_points(network, edges), unit_deg)
        apart = told["mode"] == "rail" and told["section"] is None
        if drawn := written(lines, least if apart else 0.0):
            groups.append({**told, "lines": drawn})
    return json.dumps({"unit_deg": unit_deg, "groups": groups}, separators=(",", ":"))


def _groups(network: Network, wanted: Bools) -> Iterator[tuple[dict[str, Any], NDArray[np.int64]]]:
    """Edges that look alike: new sections each by itself, the rest by mode and gauge."""
    rows = facts.rows("sections")
    section = network.edge_section
    fresh = np.array([*(row.effect in NEW for row in rows), False])[section]
    for number in np.unique(section[wanted & fresh]):
        row = rows[int(number)]
        edges = np.flatnonzero(wanted & (section == number))
        opens = row.opens_year if row.freight else None
        yield _told(network, edges, row.id, opens), edges
    plain = wanted & ~fresh
    gauge = _gauge(network)
    for mode in (Mode.SEA, Mode.ROAD, Mode.FERRY, Mode.RAIL):
        own = plain & (network.edge_mode == mode)
        for width in np.unique(gauge[own]):
            edges = np.flatnonzero(own & (gauge == width))
            yield _told(network, edges, None, None), edges


def _told(
    network: Network, edges: NDArray[np.int64], section: str | None, opens: int | None
) -> dict[str, Any]:
    gauges = _gauge(network)[edges]
    return {
        "mode": Mode(int(network.edge_mode[edges[0]])).name.lower(),
        "gauge_mm": int(np.bincount(gauges).argmax()),
        "section": section,
        "opens_year": opens,
    }


def _gauge(network: Network) -> NDArray[np.int64]:
    """Gauge by which a line is coloured, 0 for other gauges and for what is no railway."""
    tail = network.edge_gauge_tail_mm.astype(np.int64)
    tail = np.where(tail == 1524, 1520, tail)
    return np.where(np.isin(tail, GAUGES_MM), tail, 0)


def _used(world: World, mode: Mode, places: Sequence[Any], least: float) -> Bools:
    """Edges on the best ways by one mode between places, for as many pairs as `least`, bool[m]."""
    from landbridge.routing import cch
    from landbridge.routing.engine import EVERYDAY_YEAR
    from landbridge.routing.question import Question

    network = world.network
    metric = world.router.metric(Question(EVERYDAY_YEAR, modes=frozenset([mode])))
    nodes = _nearest(network, mode, places)
    apart = cch.distances(metric, nodes, nodes, np.zeros(len(nodes)))
    loads = cch.load(metric, nodes, nodes, np.where(np.isfinite(apart) & (apart > 0), 1.0, 0.0))
    used = (loads.forward + loads.backward) >= least
    return np.asarray(used & (network.edge_mode == mode))


def _nearest(network: Network, mode: Mode, places: Sequence[Any]) -> NDArray[np.int64]:
    """Node of a mode nearest to each place."""
    from scipy.spatial import cKDTree

    nodes = np.flatnonzero(network.node_mode == mode)
    tree = cKDTree(_ball(network.node_lat[nodes], network.node_lon[nodes]))
    at = _ball(np.array([p.lat for p in places]), np.array([p.lon for p in places]))
    return np.unique(nodes[tree.query(at)[1]]).astype(np.int64)


def _ball(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    phi, lam = np.radians(lat), np.radians(lon)
    return np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))
