"""Terminals join only what they serve, in their own economy, and say what they lack."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts import KM, draft
from landbridge.network.draft import LISTED_CROSSING, join
from landbridge.network.graph import Mode
from landbridge.network.terminals import (
    LAND_KM,
    SEA_KM,
    SHORTEST_FLIGHT_KM,
    STUB_DETOUR,
    FerryLine,
    TerminalPoint,
    attach,
    ferries,
    nearest_of_economy,
)


def land(mode=Mode.RAIL, east_km=(0, 50), economy=0, north_km=0.0, gauge=1520):
    points = [(north_km * KM, km * KM) for km in east_km]
    return draft(points, [(0, 1)], economy, mode, gauge_mm=[gauge if mode is Mode.RAIL else 0] * 2)


def lanes(east_km=(0, 500), north_km=-100.0):
    return draft([(north_km * KM, km * KM) for km in east_km], [(0, 1)], -1, Mode.SEA)


def terminal(row, east_km, *modes, economy=0, north_km=10.0):
    return TerminalPoint(row, f"t{row}", economy, north_km * KM, east_km * KM, modes)


def neighbours(made, node, mode):
    """Nodes that edges of a mode join to a node, with the edges."""
    at = np.flatnonzero((made.edge_mode == mode) & ((made.tail == node) | (made.head == node)))
    return [(int(made.tail[e] + made.head[e] - node), int(e)) for e in at]


def test_a_rail_terminal_has_a_stand_with_its_gauge_and_a_siding():
    made, (node,), notes = attach(land(), [terminal(6, 2, Mode.RAIL)])
    assert notes == ()
    assert made.mode[node] == Mode.TRANSFER
    ((stand, transfer),) = neighbours(made, node, Mode.TRANSFER)
    assert (made.mode[stand], made.economy[stand], made.gauge_mm[stand]) == (Mode.RAIL, 0, 1520)
    assert (made.terminal[transfer], made.length_km[transfer]) == (6, 0)
    ((line, siding),) = neighbours(made, stand, Mode.RAIL)
    assert line == 0
    assert made.length_km[siding] == pytest.approx(
        np.hypot(10, 2) * STUB_DETOUR[Mode.RAIL], rel=1e-3
    )
    assert (made.terminal[siding], made.edge_economy[siding]) == (-1, 0)


def test_lines_of_another_economy_are_not_joined_however_near():
    near_abroad = land(economy=1, north_km=10.0)
    home = land(north_km=-5.0)
    made, (node,), notes = attach(join((near_abroad, home)), [terminal(0, 0, Mode.RAIL)])
    ((stand, _),) = neighbours(made, node, Mode.TRANSFER)
    ((line, _),) = neighbours(made, stand, Mode.RAIL)
    assert line == 2
    _, _, notes = attach(near_abroad, [terminal(0, 0, Mode.RAIL)])
    assert notes == (f"t0: no rail of its economy within {LAND_KM[Mode.RAIL]:g} km",)


def test_only_the_modes_it_serves_are_joined():
    both = join((land(), land(Mode.ROAD), lanes()))
    for modes in ((Mode.RAIL,), (Mode.ROAD,), (Mode.RAIL, Mode.ROAD), (Mode.ROAD, Mode.SEA)):
        made, (node,), _ = attach(both, [terminal(0, 0, *modes)])
        stands = [stand for stand, _ in neighbours(made, node, Mode.TRANSFER)]
        assert {Mode(int(made.mode[stand])) for stand in stands} == set(modes)


def test_a_terminal_far_from_what_it_should_serve_says_so():
    far = max(LAND_KM.values()) + 10
    modes = (Mode.RAIL, Mode.ROAD, Mode.SEA)
    made, (node,), notes = attach(
        join((land(), land(Mode.ROAD), lanes(north_km=-SEA_KM - far))),
        [terminal(0, 0, *modes, north_km=far)],
    )
    assert len(notes) == 3
    assert neighbours(made, node, Mode.TRANSFER) == []


def test_no_terminals_of_a_mode_is_no_trouble():
    made, _, _ = attach(land(), [terminal(0, 0, Mode.RAIL)])
    assert len(made.gauge_mm) == made.n_nodes
    assert made.gauge_mm.tolist() == [1520, 1520, 0, 1520]


def test_ports_take_the_nearest_lane():
    made, (node,), _ = attach(lanes(), [terminal(0, 480, Mode.SEA, north_km=0)])
    ((quay, _),) = neighbours(made, node, Mode.TRANSFER)
    ((lane, approach),) = neighbours(made, quay, Mode.SEA)
    assert lane == 1
    assert made.economy[quay] == made.edge_economy[approach] == -1
    assert made.length_km[approach] == pytest.approx(np.hypot(100, 20), rel=1e-3)


def test_airports_fly_to_each_other_unless_they_are_near():
    where = [0, SHORTEST_FLIGHT_KM - 50, 2 * SHORTEST_FLIGHT_KM]
    airports = [terminal(k, km, Mode.AIR, economy=k) for k, km in enumerate(where)]
    made, _, _ = attach(land(), airports)
    flights = made.edge_mode == Mode.AIR
    assert sorted(made.length_km[flights].round().tolist()) == [
        SHORTEST_FLIGHT_KM + 50,
        2 * SHORTEST_FLIGHT_KM,
    ]
    assert (made.edge_economy[flights] == -1).all()


def ferry(row, east_a, east_b):
    return FerryLine(row, f"f{row}", 0, 10 * KM, east_a * KM, 1, 10 * KM, east_b * KM)


def test_a_ferry_joins_the_ports_of_its_two_economies():
    ports = [
        terminal(0, 0, Mode.SEA),
        terminal(1, 300, Mode.FERRY, economy=1),
        terminal(2, 295, Mode.RAIL, economy=1),
        terminal(3, 290, Mode.SEA, economy=2),
    ]
    made, nodes, _ = attach(join((land(), lanes())), ports)
    made, notes = ferries(made, [ferry(8, 5, 295)], ports, nodes)
    assert notes == ()
    (sailing,) = np.flatnonzero(made.edge_mode == Mode.FERRY)
    berths = [int(made.tail[sailing]), int(made.head[sailing])]
    assert (made.mode[berths] == Mode.FERRY).all()
    for berth, port in zip(berths, nodes[:2], strict=True):
        (joined,) = np.flatnonzero((made.head == berth) & (made.edge_mode == Mode.TRANSFER))
        assert made.tail[joined] == port
    assert (made.crossing[sailing], made.border_rule[sailing]) == (8, LISTED_CROSSING)
    assert made.edge_economy[sailing] == -1
    assert made.length_km[sailing] == pytest.approx(300, rel=1e-4)


def test_a_ferry_without_a_port_says_so():
    ports = [terminal(0, 0, Mode.SEA)]
    made, nodes, _ = attach(join((land(), lanes())), ports)
    after, notes = ferries(made, [ferry(8, 0, 300)], ports, nodes)
    assert after.n_edges == made.n_edges
    assert len(notes) == 1
    assert notes[0].startswith("f8: ")


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.integers(0, 500),
            st.sets(st.sampled_from([Mode.RAIL, Mode.ROAD, Mode.SEA, Mode.AIR]), min_size=1),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_terminals_never_join_two_economies(case):
    lines = [
        land(mode, (0, 250, 500)[e : e + 2], economy=e)
        for e in (0, 1)
        for mode in (Mode.RAIL, Mode.ROAD)
    ]
    ground = join((*lines, lanes()))
    points = [terminal(k, km, *modes, economy=e) for k, (e, km, modes) in enumerate(case)]
    made, nodes, notes = attach(ground, points)
    new = np.arange(ground.n_edges, made.n_edges)
    a, b = made.economy[made.tail[new]], made.economy[made.head[new]]
    on_land = (a >= 0) & (b >= 0)
    assert (a[on_land] == b[on_land]).all()
    assert (made.crossing[new] == -1).all()
    # Each mode of each terminal is joined or told of.
    joined = [
        {Mode(int(made.mode[stand])) for stand, _ in neighbours(made, node, Mode.TRANSFER)}
        for node in nodes
    ]
    assert sum(map(len, joined)) + len(notes) == sum(len(modes) for *_, modes in case)
    assert (made.gauge_mm[made.mode != Mode.RAIL] == 0).all()


def test_nearest_of_economy():
    made = join((land(), land(economy=1, east_km=(100, 150))))
    lat, lon = np.zeros(3), np.array([1, 99, 99]) * KM
    near = nearest_of_economy(made, Mode.RAIL, lat, lon, np.array([0, 0, 1], np.int16), 60.0)
    assert near.tolist() == [0, 1, 2]
    assert (
        nearest_of_economy(made, Mode.ROAD, lat, lon, np.array([0, 0, 1], np.int16), 60.0).tolist()
        == [-1] * 3
    )
