"""Borders that are shut in a year, and those that are shut for too short a time to be."""

from __future__ import annotations

import numpy as np
import pytest

from landbridge import facts
from landbridge.network.graph import Mode, Network
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.rates.edges import open_edges
from landbridge.routing.rates.opening import closed_pairs, open_rows

ECONOMIES = ("QAT", "SAU", "ARE")
QAT, SAU, ARE = range(3)


def roads(*edges: tuple[int, int, Mode, int, int]) -> Network:
    """A network of (from economy, to economy, mode, border rule, crossing), each on its own."""
    n, m = 2 * len(edges), len(edges)
    sides = [economy for edge in edges for economy in edge[:2]]
    modes = [edge[2] for edge in edges]
    no = np.full(m, -1, np.int32)
    return Network(
        node_lat=np.linspace(24.0, 25.0, n),
        node_lon=np.linspace(50.0, 51.0, n),
        node_mode=np.repeat(modes, 2).astype(np.int8),
        node_economy=np.array(sides, np.int16),
        node_gauge_mm=np.zeros(n, np.int16),
        edge_tail=np.arange(0, n, 2, dtype=np.int32),
        edge_head=np.arange(1, n, 2, dtype=np.int32),
        edge_mode=np.array(modes, np.int8),
        edge_length_km=np.full(m, 1.0),
        edge_economy=np.array(sides[::2], np.int16),
        edge_crossing=np.array([edge[4] for edge in edges], np.int32),
        edge_border_rule=np.array([edge[3] for edge in edges], np.int8),
        edge_gauge_tail_mm=np.zeros(m, np.int16),
        edge_gauge_head_mm=np.zeros(m, np.int16),
        edge_section=no,
        edge_terminal=no,
        edge_chokepoint=no,
        shape_ptr=np.zeros(m + 1, np.int64),
        shape_lat=np.zeros(0, np.float32),
        shape_lon=np.zeros(0, np.float32),
        economies=ECONOMIES,
    )


def crossing(identifier: str) -> int:
    return next(k for k, row in enumerate(facts.rows("crossings")) if row.id == identifier)


def is_open(network: Network, year: int) -> list[bool]:
    both_ways = open_edges(network, year, cargo_class())
    assert (both_ways[0] == both_ways[1]).all()
    return both_ways[0].tolist()


@pytest.mark.parametrize(("year", "works"), [(2016, True), (2019, False), (2022, True)])
def test_an_open_border_of_a_closed_pair_is_shut_in_its_years(year, works):
    there, back, beside = is_open(
        roads(
            (QAT, SAU, Mode.ROAD, 2, -1), (SAU, QAT, Mode.ROAD, 2, -1), (SAU, ARE, Mode.ROAD, 2, -1)
        ),
        year,
    )
    assert (there, back, beside) == (works, works, True)


def test_a_closure_is_of_its_mode():
    assert is_open(roads((QAT, SAU, Mode.RAIL, 2, -1)), 2019) == [True]


def test_a_closed_pair_leaves_other_edges_alone():
    inside_and_listed = roads(
        (QAT, QAT, Mode.ROAD, 0, -1), (QAT, SAU, Mode.ROAD, 1, crossing("road-kozlovichi-kukuryki"))
    )
    assert is_open(inside_and_listed, 2019) == [True, True]


def test_a_network_without_open_borders():
    assert is_open(roads((QAT, QAT, Mode.ROAD, 0, -1)), 2019) == [True]


def test_all_modes_are_shut_by_a_row_for_all():
    for mode in ("road", "rail"):
        assert ("RUS", "UKR") in closed_pairs(mode, 2023)
        assert ("RUS", "UKR") not in closed_pairs(mode, 2019)


@pytest.mark.parametrize(
    "identifier", ["rail-brest-terespol-malaszewicze", "road-kozlovichi-kukuryki"]
)
def test_two_weeks_do_not_shut_a_year(identifier):
    assert open_rows("crossings", 2025)[crossing(identifier)]


def test_a_post_shut_for_most_of_the_year_is_shut():
    posts = open_rows("crossings", 2020), open_rows("crossings", 2023), open_rows("crossings", 2025)
    assert [bool(p[crossing("road-torfyanovka-vaalimaa")]) for p in posts] == [True, True, False]


@pytest.mark.parametrize("year", [2019, 2023, 2025])
def test_no_edge_of_the_network_passes_a_closed_border(world, year):
    """Neither an open border nor a listed crossing, but those that a closure leaves."""
    net = world.network
    ends = net.node_economy[net.edge_tail], net.node_economy[net.edge_head]
    works = open_edges(net, year, cargo_class())[0]
    for row in facts.rows("closed_borders"):
        if not row.from_year <= year <= (row.to_year or year):
            continue
        a, b = net.economies.index(row.economy_a), net.economies.index(row.economy_b)
        between = ((ends[0] == a) & (ends[1] == b)) | ((ends[0] == b) & (ends[1] == a))
        between &= net.edge_border_rule == 2
        if row.mode != "all":
            between &= net.edge_mode == Mode[row.mode.upper()]
        assert not works[between].any(), row.id


@pytest.mark.parametrize(
    ("economies", "year", "works"),
    [(("BLR", "UKR"), 2019, True), (("BLR", "UKR"), 2023, False), (("RUS", "UKR"), 2023, False)],
)
def test_borders_shut_by_war(world, economies, year, works):
    net = world.network
    pair = [net.economies.index(code) for code in economies]
    sides = np.stack([net.node_economy[net.edge_tail], net.node_economy[net.edge_head]])
    border = np.isin(sides, pair).all(axis=0) & (sides[0] != sides[1])
    assert border.any()
    assert open_edges(net, year, cargo_class())[:, border].any() == works
