"""Terminals: where cargo changes mode. Each is a node of its own, joined to what it serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.network.draft import LISTED_CROSSING, Draft, with_edges, with_nodes
from landbridge.network.geo import PointIndex, haversine_km
from landbridge.network.graph import Mode

#: A terminal is joined to the nearest line of its own economy within this distance.
LAND_KM = {Mode.RAIL: 25.0, Mode.ROAD: 100.0}
#: Length of the way from a terminal to that line over the great circle: a siding, a local road.
STUB_DETOUR = {Mode.RAIL: 1.0, Mode.ROAD: 1.3}
#: A port is joined to the nearest sea lane; lanes are drawn coarsely near some coasts.
SEA_KM = 400.0
#: Shorter flights are trucked.
SHORTEST_FLIGHT_KM = 400.0
#: A ferry port is the terminal nearest to it.
FERRY_PORT_KM = 80.0


@dataclass(frozen=True, slots=True)
class TerminalPoint:
    """What the builder needs of a row of the terminals table."""

    row: int
    id: str
    economy: int
    lat: float
    lon: float
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class FerryLine:
    """What the builder needs of a ferry in the crossings table: side a, side b in degrees."""

    row: int
    id: str
    economy_a: int
    lat_a: float
    lon_a: float
    economy_b: int
    lat_b: float
    lon_b: float


def attach(
    draft: Draft, terminals: Sequence[TerminalPoint], later: Sequence[int] = ()
) -> tuple[Draft, NDArray[np.int32], tuple[str, ...]]:
    """Add the terminals with their transfer edges, port approaches and air lanes.

    A terminal is joined to a line that stands; where none is near, to one that does not yet, by a
    siding that opens with it. `later` are the rows of the sections that do not stand.

    Returns
    -------
    The draft, the node of each terminal (in the order given) and a note for each mode that a
    terminal should serve and no line near it offers.
    """
    lat = np.array([t.lat for t in terminals])
    lon = np.array([t.lon for t in terminals])
    rows = np.array([t.row for t in terminals], np.int32)
    economy = np.array([t.economy for t in terminals], np.int16)
    draft, nodes = with_nodes(draft, lat, lon, Mode.TRANSFER, economy)
    notes: list[str] = []
    for mode in (Mode.RAIL, Mode.ROAD):
        served = np.array([mode in t.modes for t in terminals])
        stands_now = on_standing_lines(draft, later)
        near = nearest_of_economy(draft, mode, lat, lon, economy, LAND_KM[mode], stands_now)
        alone = near < 0
        near[alone] = nearest_of_economy(
            draft, mode, lat[alone], lon[alone], economy[alone], LAND_KM[mode]
        )
        notes += [
            f"{terminals[k].id}: no {mode.name.lower()} of its economy within {LAND_KM[mode]:g} km"
            for k in np.flatnonzero(served & (near < 0)).tolist()
        ]
        at = np.flatnonzero(served & (near >= 0))
        line = near[at]
        draft, stands = _stand(draft, nodes, rows, at, mode, economy[at], draft.gauge_mm[line])
        km = haversine_km(lat[at], lon[at], draft.lat[line], draft.lon[line]) * STUB_DETOUR[mode]
        with_line = np.where(stands_now[line], -1, _section_of_node(draft)[line]).astype(np.int32)
        draft = with_edges(draft, stands, line, mode, np.maximum(km, 0.01), section=with_line)
    lanes = np.flatnonzero(draft.mode == Mode.SEA)
    ports = np.array([k for k, t in enumerate(terminals) if Mode.SEA in t.modes], np.int64)
    km, position = PointIndex(draft.lat[lanes], draft.lon[lanes]).nearest(
        lat[ports], lon[ports], within_km=SEA_KM
    )
    notes += [
        f"{terminals[k].id}: no sea lane within {SEA_KM:g} km" for k in ports[np.isinf(km)].tolist()
    ]
    ports, position = ports[np.isfinite(km)], position[np.isfinite(km)]
    berths = lanes[position].astype(np.int32)
    at_sea = np.full(len(terminals), -1, np.int16)
    no_track = np.zeros(len(terminals), np.int16)
    draft, quays = _stand(
        draft, nodes, rows, ports, Mode.SEA, at_sea[: len(ports)], no_track[: len(ports)]
    )
    approach = haversine_km(lat[ports], lon[ports], draft.lat[berths], draft.lon[berths])
    draft = with_edges(draft, quays, berths, Mode.SEA, np.maximum(approach, 0.01))
    airports = np.array([k for k, t in enumerate(terminals) if Mode.AIR in t.modes], np.int64)
    draft, aprons = _stand(
        draft, nodes, rows, airports, Mode.AIR, at_sea[: len(airports)], no_track[: len(airports)]
    )
    a, b = np.triu_indices(len(aprons), 1)
    flight = haversine_km(lat[airports[a]], lon[airports[a]], lat[airports[b]], lon[airports[b]])
    far = flight >= SHORTEST_FLIGHT_KM
    draft = with_edges(draft, aprons[a[far]], aprons[b[far]], Mode.AIR, flight[far])
    return draft, nodes, tuple(notes)


def on_standing_lines(draft: Draft, later: Sequence[int]) -> NDArray[np.bool_]:
    """Nodes that no line touches or one that stands, bool[n]; `later` are sections that do not."""
    waits = np.isin(draft.section, later)
    standing, waiting = np.zeros((2, draft.n_nodes), bool)
    for end in (draft.tail, draft.head):
        standing[end[~waits]] = True
        waiting[end[waits]] = True
    return np.asarray(standing | ~waiting)


def _section_of_node(draft: Draft) -> NDArray[np.int32]:
    """A section that each node lies on, -1 where none."""
    section = np.full(draft.n_nodes, -1, np.int32)
    of = np.flatnonzero(draft.section >= 0)
    section[draft.tail[of]] = draft.section[of]
    section[draft.head[of]] = draft.section[of]
    return section


def _stand(
    draft: Draft,
    nodes: NDArray[np.int32],
    rows: NDArray[np.int32],
    which: NDArray[np.int64],
    mode: Mode,
    economy: NDArray[np.int16],
    gauge_mm: NDArray[np.int16],
) -> tuple[Draft, NDArray[np.int32]]:
    """A node of the mode at each terminal of `which`, joined to it by a transfer edge."""
    at = nodes[which]
    tracks = np.r_[draft.gauge_mm, gauge_mm]
    draft, stands = with_nodes(draft, draft.lat[at], draft.lon[at], mode, economy)
    draft = replace(draft, gauge_mm=tracks)
    draft = with_edges(draft, at, stands, Mode.TRANSFER, np.zeros(len(which)), terminal=rows[which])
    return draft, stands


def ferries(
    draft: Draft,
    lines: Sequence[FerryLine],
    terminals: Sequence[TerminalPoint],
    nodes: NDArray[np.int32],
) -> tuple[Draft, tuple[str, ...]]:
    """Add each ferry between berths at the terminals of its two ports; note those without one.

    A berth is a node of its own: cargo waits between the yard and the ship.
    """
    sailings, notes = [], []
    for line in lines:
        a = _port(terminals, line.economy_a, line.lat_a, line.lon_a)
        b = _port(terminals, line.economy_b, line.lat_b, line.lon_b)
        if a is None or b is None:
            notes.append(f"{line.id}: no terminal within {FERRY_PORT_KM:g} km of one of its ports")
        else:
            sailings.append((line.row, a, b))
    rows = np.array([t.row for t in terminals], np.int32)
    ports = np.array(sorted({port for _, a, b in sailings for port in (a, b)}), np.int64)
    economy = np.array([terminals[port].economy for port in ports.tolist()], np.int16)
    no_track = np.zeros(len(ports), np.int16)
    draft, berths = _stand(draft, nodes, rows, ports, Mode.FERRY, economy, no_track)
    berth = dict(zip(ports.tolist(), berths.tolist(), strict=True))
    tail = np.array([berth[a] for _, a, _ in sailings], np.int32)
    head = np.array([berth[b] for _, _, b in sailings], np.int32)
    km = haversine_km(draft.lat[tail], draft.lon[tail], draft.lat[head], draft.lon[head])
    draft = with_edges(
        draft,
        tail,
        head,
        Mode.FERRY,
        np.maximum(km, 0.01),
        crossing=np.array([row for row, _, _ in sailings], np.int32),
        border_rule=LISTED_CROSSING,
    )
    return draft, tuple(notes)


def _port(terminals: Sequence[TerminalPoint], economy: int, lat: float, lon: float) -> int | None:
    """The terminal nearest to a ferry's port: where in `terminals` it stands, None if far."""
    ports = [
        k
        for k, t in enumerate(terminals)
        if t.economy == economy and {Mode.SEA, Mode.FERRY} & set(t.modes)
    ]
    if not ports:
        return None
    km = haversine_km(
        lat,
        lon,
        np.array([terminals[k].lat for k in ports]),
        np.array([terminals[k].lon for k in ports]),
    )
    return ports[int(km.argmin())] if km.min() <= FERRY_PORT_KM else None


def nearest_of_economy(
    draft: Draft,
    mode: Mode,
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    economy: NDArray[np.int16],
    within_km: float,
    among: NDArray[np.bool_] | None = None,
) -> NDArray[np.int32]:
    """Nearest node of a mode in the given economy for each point, -1 where none is near.

    `among`, bool[n], leaves out nodes.
    """
    found = np.full(len(lat), -1, np.int32)
    of_mode = draft.mode == mode if among is None else (draft.mode == mode) & among
    for code in np.unique(economy):
        nodes = np.flatnonzero(of_mode & (draft.economy == code))
        which = np.flatnonzero(economy == code)
        if not len(nodes):
            continue
        km, near = PointIndex(draft.lat[nodes], draft.lon[nodes]).nearest(
            lat[which], lon[which], within_km=within_km
        )
        ok = np.isfinite(km)
        found[which[ok]] = nodes[near[ok]]
    return found
