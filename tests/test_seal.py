"""Sealing carries every attribute of a chain into the network, and turns none round."""

import numpy as np
import pytest
from hypothesis import given, settings

from drafts import KM, draft
from landbridge.network.contract import contract
from landbridge.network.graph import Mode
from landbridge.network.seal import seal
from test_contract import graphs

CODES = ("AAA", "BBB")
PLAIN = np.ones(3)


def sealed(made, keep, detour=PLAIN, chain_km=30.0):
    return seal(made, contract(made, keep, chain_km), CODES, detour)


def everything(made):
    return np.ones(made.n_nodes, bool)


def test_a_border_line():
    # 0 -- 1 | 2 -- 3: two economies, two gauges; the crossing is drawn from 2 to 1.
    made = draft(
        [(0, 0), (0, 10 * KM), (0, 12 * KM), (0, 20 * KM)],
        [(0, 1), (2, 1), (2, 3)],
        economy=[0, 0, 1, 1],
        gauge_mm=[1520, 1520, 1435, 1435],
        crossing=[-1, 7, -1],
        border_rule=[0, 1, 0],
    )
    keep = np.array([True, False, False, True])
    net = sealed(made, keep)
    assert (net.n_nodes, net.n_edges) == (4, 3)
    at = int(np.flatnonzero(net.edge_crossing == 7)[0])
    assert net.node_economy[[net.edge_tail[at], net.edge_head[at]]].tolist() == [1, 0]
    assert (net.edge_gauge_tail_mm[at], net.edge_gauge_head_mm[at]) == (1435, 1520)
    assert net.edge_economy[at] == 1
    assert net.edge_border_rule[at] == 1
    shape = slice(*net.shape_ptr[at : at + 2])
    assert net.shape_lon[shape].tolist() == pytest.approx([12 * KM, 10 * KM])


def test_detours_lengthen_rail_by_economy_and_nothing_else():
    points, edges = [(0, 0)] * 4, [(0, 1), (1, 2), (2, 3)]
    made = draft(points, edges, economy=[0, 1, 1, 1], km=[10.0, 10.0, 10.0], edge_mode=[0, 0, 1])
    net = sealed(made, everything(made), np.array([1.1, 1.5, 9.0]))
    of = dict(zip(net.edge_economy.tolist(), net.edge_length_km.tolist(), strict=False))
    assert sorted(net.edge_length_km.tolist()) == pytest.approx([10.0, 11.0, 15.0])
    assert of[0] == pytest.approx(11.0)


def test_track_of_no_economy_takes_the_last_factor():
    made = draft([(0, 0)] * 2, [(0, 1)], economy=-1, km=[10.0])
    assert sealed(made, everything(made), np.array([1.1, 1.5, 2.0])).edge_length_km[0] == 20.0


def test_gauges_belong_to_rails_only():
    made = draft([(0, 0)] * 2, [(0, 1)], mode=Mode.ROAD, km=[1.0], gauge_mm=[1520, 1435])
    net = sealed(made, everything(made))
    assert net.edge_gauge_tail_mm.tolist() == net.edge_gauge_head_mm.tolist() == [0]


@settings(deadline=None, max_examples=200)
@given(graphs())
def test_single_edges_keep_their_direction_and_all_edges_their_ends(case):
    made, keep, chain_km = case
    chains = contract(made, keep, chain_km)
    net = seal(made, chains, CODES, PLAIN)
    single = np.diff(chains.edge_ptr) == 1
    edge = chains.edges[chains.edge_ptr[:-1][single]]
    assert np.array_equal(chains.nodes[net.edge_tail[single]], made.tail[edge])
    assert np.array_equal(chains.nodes[net.edge_head[single]], made.head[edge])
    for ours, theirs in [
        ("edge_crossing", "crossing"),
        ("edge_border_rule", "border_rule"),
        ("edge_terminal", "terminal"),
        ("edge_section", "section"),
        ("edge_chokepoint", "chokepoint"),
        ("edge_mode", "edge_mode"),
    ]:
        assert np.array_equal(getattr(net, ours)[single], getattr(made, theirs)[edge])
    assert net.edge_length_km.sum() == pytest.approx(made.length_km[chains.edges].sum())


@settings(deadline=None, max_examples=100)
@given(graphs())
def test_shapes_run_from_tail_to_head(case):
    made, keep, chain_km = case
    spread = np.arange(made.n_nodes, dtype=float)
    net = sealed(
        draft(
            np.column_stack((spread, -spread)),
            np.column_stack((made.tail, made.head)),
            km=made.length_km,
            section=made.section,
        ),
        keep,
        chain_km=chain_km,
    )
    assert net.shape_ptr[-1] == len(net.shape_lat) == len(net.shape_lon)
    assert net.shape_ptr[0] == 0
    first, last = net.shape_ptr[:-1], net.shape_ptr[1:] - 1
    assert (last > first).all()
    assert np.array_equal(net.shape_lat[first], net.node_lat[net.edge_tail].astype(np.float32))
    assert np.array_equal(net.shape_lon[last], net.node_lon[net.edge_head].astype(np.float32))
