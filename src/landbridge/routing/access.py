"""How a place reaches the network: the nodes it can start from, and what getting there takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import UnknownNameError
from landbridge.network.geo import PointIndex, haversine_km
from landbridge.network.graph import Mode, Network
from landbridge.routing.rates.cargo import CargoClass
from landbridge.routing.rates.connector import Connector, connector
from landbridge.routing.rates.opening import open_rows
from landbridge.routing.results import Place

#: A place loads on the nearest line of its own economy within this distance.
REACH_KM = {Mode.RAIL: 60.0, Mode.ROAD: 120.0, Mode.SEA: 200.0, Mode.AIR: 300.0, Mode.FERRY: 200.0}
#: An index of points pays after this many questions about one group.
_ASKED_OFTEN = 8
#: Streets are this much longer than the great circle.
STREET_DETOUR = 1.3


@dataclass(frozen=True, slots=True)
class Access:
    """The nodes a place can start from or end at, [k] each.

    Attributes
    ----------
    nodes : int64[k]
    mode : int8[k], the `Mode` of the node; `Mode.TRANSFER` for a terminal itself
    distance_km : float64[k], by truck between the place and the node
    time_h, var_h2, cost_usd_feu, co2_kg_feu : float64[k]
    """

    nodes: NDArray[np.int64]
    mode: NDArray[np.int8]
    distance_km: NDArray[np.float64]
    time_h: NDArray[np.float64]
    var_h2: NDArray[np.float64]
    cost_usd_feu: NDArray[np.float64]
    co2_kg_feu: NDArray[np.float64]


class _Group:
    """Nodes of one mode, economy and gauge, at least one."""

    def __init__(self, nodes: NDArray[np.int64], network: Network) -> None:
        self.nodes = nodes
        self.lat, self.lon = network.node_lat[nodes], network.node_lon[nodes]
        self.asked = 0
        self.index: PointIndex | None = None

    def nearest(self, lat: float, lon: float) -> tuple[int, float]:
        """The nearest node and its great-circle distance in km."""
        self.asked += 1
        if self.index is None and self.asked > _ASKED_OFTEN:
            self.index = PointIndex(self.lat, self.lon)
        if self.index is None:
            at = int(haversine_km(lat, lon, self.lat, self.lon).argmin())
        else:
            at = int(self.index.nearest(np.array([lat]), np.array([lon]))[1][0])
        return int(self.nodes[at]), float(haversine_km(lat, lon, self.lat[at], self.lon[at]))


class NodeFinder:
    """Nearest node of a mode in an economy: by looking at all, or by an index after a few times."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._groups: dict[tuple[int, int, bytes], tuple[_Group, ...]] = {}
        self._served: dict[bytes, NDArray[np.bool_]] = {}

    def nearest(
        self, mode: Mode, economy: int, lat: float, lon: float, within_km: float, year: int
    ) -> tuple[tuple[int, float], ...]:
        """The nearest node of each track gauge within reach, and its distance in km.

        Nodes of sections not yet open in the year do not count.
        """
        found = []
        for group in self._of(mode, economy, open_rows("sections", year)):
            node, km = group.nearest(lat, lon)
            if km <= within_km:
                found.append((node, km))
        return tuple(found)

    def _of(self, mode: Mode, economy: int, built: NDArray[np.bool_]) -> tuple[_Group, ...]:
        asked = (mode, economy, built.tobytes())
        if asked not in self._groups:
            net = self.network
            mine = (net.node_mode == mode) & (net.node_economy == economy)
            nodes = np.flatnonzero(mine & self._nodes_served(built))
            gauges = net.node_gauge_mm[nodes]
            self._groups[asked] = tuple(
                _Group(nodes[gauges == gauge], net) for gauge in np.unique(gauges)
            )
        return self._groups[asked]

    def _nodes_served(self, built: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Nodes that a line which stands touches, bool[n]; the same for many years."""
        asked = built.tobytes()
        if asked not in self._served:
            net = self.network
            stands = net.edge_mode != Mode.TRANSFER
            in_section = np.flatnonzero(net.edge_section >= 0)
            stands[in_section] &= built[net.edge_section[in_section]]
            served = np.zeros(net.n_nodes, bool)
            served[net.edge_tail[stands]] = True
            served[net.edge_head[stands]] = True
            self._served[asked] = served
        return self._served[asked]

    def terminal_node(self, row: int) -> int | None:
        """Node of a row of the terminals table."""
        net = self.network
        edges = np.flatnonzero(net.edge_terminal == row)
        if not len(edges):
            return None
        tail = int(net.edge_tail[edges[0]])
        is_terminal = net.node_mode[tail] == Mode.TRANSFER
        return tail if is_terminal else int(net.edge_head[edges[0]])

    def crossing_nodes(self, row: int) -> tuple[int, ...]:
        """Nodes on both sides of a row of the crossings table."""
        net = self.network
        edges = np.flatnonzero(net.edge_crossing == row)
        return tuple(sorted({*net.edge_tail[edges].tolist(), *net.edge_head[edges].tolist()}))


def access(
    place: Place,
    finder: NodeFinder,
    modes: frozenset[Mode] | None,
    year: int,
    cargo: CargoClass,
    row_of: Callable[[str, str], int],
) -> Access:
    """Where a place meets the network.

    A city or a point loads on the nearest railway (at a freight station) and on the nearest road;
    asked to keep to sea or air alone, it stands at the nearest port or airport of its economy. A
    terminal stands at its own node, a crossing on its line.

    Parameters
    ----------
    modes : the modes of the request, None for all
    row_of : position of an id in a facts table

    Raises
    ------
    UnknownNameError
        Where the network does not hold the place's economy.
    """
    net = finder.network
    if place.economy not in net.economies:
        raise UnknownNameError.from_available("economy", place.economy, net.economies)
    economy = net.economies.index(place.economy)
    found: list[tuple[int, Mode, float, bool]] = []
    if place.kind == "terminal":
        node = finder.terminal_node(row_of("terminals", place.ref))
        if node is not None:
            found.append((node, Mode.TRANSFER, 0.0, True))
    elif place.kind == "crossing":
        nodes = finder.crossing_nodes(row_of("crossings", place.ref))
        found += [(node, Mode(int(net.node_mode[node])), 0.0, True) for node in nodes]
    if not found:
        wanted = [Mode.RAIL, Mode.ROAD] if modes is None else sorted(modes)
        land = {Mode.RAIL, Mode.ROAD} & set(wanted)
        for mode in land or ():
            near = finder.nearest(mode, economy, place.lat, place.lon, REACH_KM[mode], year)
            found += [(node, mode, km * STREET_DETOUR, False) for node, km in near]
        if not found:
            found += _ports(place, net, economy, set(wanted))
    return _collect(found, place, year, cargo)


def _ports(
    place: Place, net: Network, economy: int, modes: set[Mode]
) -> list[tuple[int, Mode, float, bool]]:
    """The nearest terminals of the economy that serve one of the modes."""
    found = []
    for mode in (Mode.SEA, Mode.AIR, Mode.FERRY):
        if mode not in modes:
            continue
        transfers = np.flatnonzero(net.edge_mode == Mode.TRANSFER)
        stands = transfers[net.node_mode[net.edge_head[transfers]] == mode]
        ports = net.edge_tail[stands]
        ports = ports[net.node_economy[ports] == economy]
        if not len(ports):
            continue
        km = haversine_km(
            np.float64(place.lat), np.float64(place.lon), net.node_lat[ports], net.node_lon[ports]
        )
        best = int(km.argmin())
        if km[best] <= REACH_KM[mode]:
            found.append((int(ports[best]), Mode.TRANSFER, float(km[best]) * STREET_DETOUR, False))
    return found


def _collect(
    found: Sequence[tuple[int, Mode, float, bool]], place: Place, year: int, cargo: CargoClass
) -> Access:
    free = Connector(0.0, 0.0, 0.0, 0.0)
    terms = [
        free if at_once else connector(mode, km, place.economy, year, cargo)
        for _, mode, km, at_once in found
    ]
    return Access(
        nodes=np.array([node for node, _, _, _ in found], np.int64),
        mode=np.array([mode for _, mode, _, _ in found], np.int8),
        distance_km=np.array([km for _, _, km, _ in found], np.float64),
        time_h=np.array([t.time_h for t in terms], np.float64),
        var_h2=np.array([t.var_h2 for t in terms], np.float64),
        cost_usd_feu=np.array([t.cost_usd_feu for t in terms], np.float64),
        co2_kg_feu=np.array([t.co2_kg_feu for t in terms], np.float64),
    )
