"""Contraction changes no distance between the nodes that stay, whatever the graph."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from drafts import draft
from landbridge.network.contract import CHAIN_KM, contract

MERGED = ("edge_mode", "edge_economy", "section", "chokepoint")
NEVER_MERGED = ("crossing", "terminal")


def kept(made, *nodes):
    keep = np.zeros(made.n_nodes, bool)
    keep[list(nodes)] = True
    return keep


def along(n, **columns):
    """A line of n nodes, a km apart."""
    return draft([(0, 0)] * n, [(k, k + 1) for k in range(n - 1)], km=[1.0] * (n - 1), **columns)


def lengths(made, chains):
    """Km of each chain."""
    return np.add.reduceat(made.length_km[chains.edges], chains.edge_ptr[:-1])


def distances(n, tail, head, km):
    """All distances of a graph with loops and parallel edges, km in whole numbers or halves."""
    order = np.argsort(-km, kind="stable")
    dense = np.full((n, n), np.inf)
    dense[tail[order], head[order]] = km[order]
    dense = np.minimum(dense, dense.T)
    np.fill_diagonal(dense, np.inf)
    row, column = np.nonzero(np.isfinite(dense))
    return dijkstra(coo_array((dense[row, column], (row, column)), shape=(n, n)).tocsr())


def test_a_line_becomes_one_edge():
    made = along(6)
    chains = contract(made, kept(made, 0, 5))
    assert chains.nodes.tolist() == [0, 5]
    assert (chains.tail.tolist(), chains.head.tolist()) == ([0], [1])
    assert chains.edges.tolist() == [0, 1, 2, 3, 4]
    assert chains.points.tolist() == [0, 1, 2, 3, 4, 5]


def test_a_kept_node_divides_a_line():
    made = along(6)
    chains = contract(made, kept(made, 0, 3, 5))
    assert chains.nodes.tolist() == [0, 3, 5]
    assert sorted(lengths(made, chains)) == [2, 3]


def test_a_dead_end_goes_and_one_with_a_place_on_it_stays():
    made = draft([(0, 0)] * 6, [(0, 1), (1, 2), (1, 3), (3, 4), (4, 5)], km=[1] * 5)
    without = contract(made, kept(made, 0, 2))
    assert without.nodes.tolist() == [0, 2]
    with_place = contract(made, kept(made, 0, 2, 4))
    assert with_place.nodes.tolist() == [0, 1, 2, 4]


def test_long_lines_are_cut_every_so_often():
    made = along(101)
    chains = contract(made, kept(made, 0, 100))
    assert lengths(made, chains).sum() == 100
    assert (lengths(made, chains) <= CHAIN_KM).all()
    assert len(chains.nodes) == 5


def test_a_line_nobody_needs_vanishes():
    made = along(6)
    assert len(contract(made, kept(made)).nodes) == 0
    ring = draft([(0, 0)] * 3, [(0, 1), (1, 2), (2, 0)], km=[1, 1, 1])
    assert len(contract(ring, kept(ring)).nodes) == 0


def test_a_kept_node_without_lines_vanishes():
    made = draft([(0, 0)] * 3, [(0, 1)], km=[1.0])
    assert contract(made, kept(made, 0, 1, 2)).nodes.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("edge_mode", [0, 0, 1, 1]),
        ("edge_economy", [0, 0, 4, 4]),
        ("section", [-1, 2, 2, -1]),
        ("chokepoint", [-1, 0, 0, -1]),
    ],
)
def test_unlike_edges_stay_apart(column, values):
    made = along(5, **{column: values})
    chains = contract(made, kept(made, 0, 4))
    for first, last in zip(chains.edge_ptr[:-1], chains.edge_ptr[1:], strict=True):
        assert len(set(getattr(made, column)[chains.edges[first:last]].tolist())) == 1
    assert len(chains.tail) == 1 + int((np.diff(values) != 0).sum())


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("crossing", [-1, 3, 3, -1]),
        ("border_rule", [0, 2, 2, 0]),
        ("terminal", [-1, 7, 7, -1]),
    ],
)
def test_borders_and_terminals_are_never_merged(column, values):
    made = along(5, **{column: values})
    chains = contract(made, kept(made, 0, 4))
    assert chains.nodes.tolist() == [0, 1, 2, 3, 4]


def test_a_gauge_break_stays_an_edge_of_its_own():
    made = along(6, gauge_mm=[1520, 1520, 1520, 1435, 1435, 1435])
    chains = contract(made, kept(made, 0, 5))
    assert chains.nodes.tolist() == [0, 2, 3, 5]


def test_parallel_ways_and_a_balloon_loop_stay_ways():
    # 0 =(1 or 3)= 1 - 2, and a loop 2-3-4-2.
    made = draft(
        [(0, 0)] * 5, [(0, 1), (1, 0), (1, 2), (2, 3), (3, 4), (4, 2)], km=[3, 1, 1, 1, 1, 1]
    )
    chains = contract(made, kept(made, 0, 3))
    k = len(chains.nodes)
    km = distances(k, chains.tail, chains.head, lengths(made, chains))
    at = {int(node): i for i, node in enumerate(chains.nodes)}
    assert km[at[0], at[3]] == 3


@st.composite
def graphs(draw):
    """Sparse graphs with loops, parallel edges and every attribute that keeps edges apart."""
    n = draw(st.integers(2, 16))
    node = st.integers(0, n - 1)
    # Chains matter most: edges mostly join a node to its successor.
    edge = st.one_of(node.map(lambda k: (k, (k + 1) % n)), st.tuples(node, node))
    edges = draw(st.lists(edge, min_size=1, max_size=2 * n))
    m = len(edges)

    def often(usual, *rare):
        return draw(st.lists(st.sampled_from([usual] * 8 + list(rare)), min_size=m, max_size=m))

    made = draft(
        [(0, 0)] * n,
        edges,
        km=draw(st.lists(st.integers(1, 24), min_size=m, max_size=m)),
        edge_mode=often(0, 1, 5),
        edge_economy=often(0, 1, -1),
        section=often(-1, 0, 1),
        chokepoint=often(-1, 0),
        crossing=often(-1, 0, 1),
        border_rule=often(0, 1, 2, 3),
        terminal=often(-1, 0),
        gauge_mm=draw(st.lists(st.sampled_from([1520, 1520, 1435]), min_size=n, max_size=n)),
    )
    keep = np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    return made, keep, draw(st.sampled_from([3.0, 30.0, 1000.0]))


@settings(deadline=None, max_examples=400)
@given(graphs())
def test_no_distance_between_kept_nodes_changes(case):
    made, keep, chain_km = case
    chains = contract(made, keep, chain_km)
    before = distances(made.n_nodes, made.tail, made.head, made.length_km)
    after = distances(len(chains.nodes), chains.tail, chains.head, lengths(made, chains))
    at = np.flatnonzero(keep[chains.nodes])
    nodes = chains.nodes[at]
    assert np.array_equal(before[np.ix_(nodes, nodes)], after[np.ix_(at, at)])
    # A kept node that is gone led nowhere.
    gone = np.setdiff1d(np.flatnonzero(keep), nodes)
    others = np.setdiff1d(np.flatnonzero(keep), gone)
    assert np.isinf(before[np.ix_(gone, others)]).all()


@settings(deadline=None, max_examples=200)
@given(graphs())
def test_chains_are_walks_of_like_edges_and_no_edge_is_used_twice(case):
    made, keep, chain_km = case
    chains = contract(made, keep, chain_km)
    assert len(np.unique(chains.edges)) == len(chains.edges)
    assert len(chains.points) == len(chains.edges) + len(chains.tail)
    for c in range(len(chains.tail)):
        first, last = chains.edge_ptr[c : c + 2]
        edges, points = chains.edges[first:last], chains.points[first + c : last + c + 1]
        assert points[0] == chains.nodes[chains.tail[c]]
        assert points[-1] == chains.nodes[chains.head[c]]
        for e, step in zip(edges, itertools.pairwise(points), strict=True):
            assert {int(made.tail[e]), int(made.head[e])} == set(map(int, step))
        for name in MERGED:
            assert len(np.unique(getattr(made, name)[edges])) == 1
        if len(edges) > 1:
            assert (made.border_rule[edges] == 0).all()
            assert all((getattr(made, name)[edges] == -1).all() for name in NEVER_MERGED)
            assert len(np.unique(made.gauge_mm[points])) == 1
        # Only the last edge of a chain may pass the length at which chains are cut.
        assert made.length_km[edges[:-1]].sum() < chain_km
