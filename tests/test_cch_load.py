"""All-or-nothing loads: the adjoint of the skim, and path after path beside it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.errors import InputError, UnreachableError
from landbridge.routing.cch import build_hierarchy, customise, load, shortest_path, skim, threads

# Sums of flows in double precision, in two orders; skims here are whole numbers and exact.
RELATIVE = 1e-12


@st.composite
def questions(draw):
    """A directed multigraph with loops, parts, ties, zero and closed edges, and places in it."""
    n = draw(st.integers(1, 14))
    m = draw(st.integers(0, 40))
    end = st.lists(st.integers(0, n - 1), min_size=m, max_size=m)
    weight = st.sampled_from([0.0, 0.5, 1.0, 3.0, 10.0, np.inf])
    tail, head = (np.array(draw(end), dtype=int) for _ in range(2))
    forward, backward = (np.array(draw(st.lists(weight, min_size=m, max_size=m))) for _ in range(2))
    metric = customise(build_hierarchy(n, tail, head), forward, backward)
    place = st.lists(st.integers(0, n - 1), max_size=6)
    return metric, tail, head, draw(place), draw(place)


def random_flow(seed, reached):
    """Flows over nine orders of magnitude between the pairs that have a way, some of them none."""
    rng = np.random.default_rng(seed)
    size = 10.0 ** rng.uniform(-3, 6, reached.shape)
    return np.where(reached & (rng.random(reached.shape) < 0.7), size, 0.0)


def whole_attributes(seed, n_edges, count=3):
    return np.random.default_rng(seed).integers(0, 50, (2, count, n_edges)).astype(float)


def assert_adjoint(metric, sources, targets, flow, seed):
    away, back = whole_attributes(seed, metric.hierarchy.n_edges)
    found = skim(metric, sources, targets, away, back)
    loads = load(metric, sources, targets, flow)
    by_pairs = (np.where(flow > 0, found.attributes, 0.0) * flow).sum(axis=(1, 2))
    by_edges = away @ loads.forward + back @ loads.backward
    np.testing.assert_allclose(by_edges, by_pairs, rtol=RELATIVE)


def path_by_path(metric, sources, targets, flow):
    forward, backward = np.zeros((2, metric.hierarchy.n_edges))
    for i, j in np.argwhere(flow > 0):
        path = shortest_path(metric, [sources[i]], None, [targets[j]], None)
        forward[path.edges[path.forward]] += flow[i, j]
        backward[path.edges[~path.forward]] += flow[i, j]
    return forward, backward


def net_outflow(n, tail, head, loads):
    along = loads.forward - loads.backward
    return np.bincount(tail, along, n) - np.bincount(head, along, n)


@settings(deadline=None, max_examples=100)
@given(questions(), st.integers(0, 2**32))
def test_loads_times_attributes_equal_flows_times_skim(question, seed):
    metric, _, _, sources, targets = question
    nothing = np.zeros((1, metric.hierarchy.n_edges))
    reached = np.isfinite(skim(metric, sources, targets, nothing, nothing).weight)
    assert_adjoint(metric, sources, targets, random_flow(seed, reached), seed)


@settings(deadline=None, max_examples=60)
@given(questions(), st.integers(0, 2**32))
def test_what_enters_a_node_leaves_it_and_closed_edges_stay_empty(question, seed):
    metric, tail, head, sources, targets = question
    nothing = np.zeros((1, len(tail)))
    reached = np.isfinite(skim(metric, sources, targets, nothing, nothing).weight)
    flow = random_flow(seed, reached)
    loads = load(metric, sources, targets, flow)
    n = metric.hierarchy.n_nodes
    expected = np.zeros(n)
    np.add.at(expected, sources, flow.sum(axis=1))
    np.subtract.at(expected, targets, flow.sum(axis=0))
    scale = max(flow.sum(), 1.0)
    np.testing.assert_allclose(
        net_outflow(n, tail, head, loads), expected, atol=RELATIVE * scale, rtol=0
    )
    assert (loads.forward >= 0).all()
    assert (loads.backward >= 0).all()
    assert not loads.forward[np.isinf(metric.forward)].any()
    assert not loads.backward[np.isinf(metric.backward)].any()


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 8), st.integers(1, 11), st.randoms(use_true_random=False))
def test_without_ties_loads_equal_those_of_path_after_path(n, m, random):
    tail = np.array([random.randrange(n) for _ in range(m)])
    head = np.array([random.randrange(n) for _ in range(m)])
    # Distinct powers of two: no two sets of edges weigh the same, and every sum is exact.
    powers = [2.0**k for k in range(2 * m)]
    random.shuffle(powers)
    metric = customise(build_hierarchy(n, tail, head), powers[:m], powers[m:])
    nodes = np.arange(n)
    nothing = np.zeros((1, m))
    reached = np.isfinite(skim(metric, nodes, nodes, nothing, nothing).weight)
    flow = np.where(reached, np.arange(1.0, n * n + 1).reshape(n, n), 0.0)
    loads = load(metric, nodes, nodes, flow)
    np.testing.assert_array_equal(
        (loads.forward, loads.backward), path_by_path(metric, nodes, nodes, flow)
    )


@pytest.fixture(scope="module")
def city():
    """A grid of 60 x 60 streets with diagonals missing at random and one-way closures."""
    rng = np.random.default_rng(3)
    node = np.arange(3600).reshape(60, 60)
    pairs = np.concatenate(
        [
            np.stack((a.ravel(), b.ravel()), axis=1)
            for a, b in ((node[1:], node[:-1]), (node[:, 1:], node[:, :-1]))
        ]
    )
    pairs = pairs[rng.random(len(pairs)) < 0.95]
    forward, backward = rng.uniform(1, 10, (2, len(pairs)))
    forward[rng.random(len(pairs)) < 0.05] = np.inf
    tail, head = pairs.T
    metric = customise(build_hierarchy(3600, tail, head), forward, backward)
    sources, targets = rng.integers(3600, size=150), rng.integers(3600, size=170)
    nothing = np.zeros((1, len(pairs)))
    reached = np.isfinite(skim(metric, sources, targets, nothing, nothing).weight)
    assert reached.mean() > 0.5
    return metric, tail, head, sources, targets, random_flow(5, reached)


def test_a_city_is_loaded_as_path_by_path(city):
    metric, _, _, sources, targets, flow = city
    few = flow[:25, :25]
    loads = load(metric, sources[:25], targets[:25], few)
    expected = path_by_path(metric, sources[:25], targets[:25], few)
    np.testing.assert_allclose((loads.forward, loads.backward), expected, rtol=RELATIVE)


def test_a_city_obeys_the_law_of_the_skim(city):
    metric, _, _, sources, targets, flow = city
    assert_adjoint(metric, sources, targets, flow, seed=6)


def test_the_weight_itself_is_an_attribute(city):
    metric, _, _, sources, targets, flow = city
    nothing = np.zeros((1, metric.hierarchy.n_edges))
    weight = skim(metric, sources, targets, nothing, nothing).weight.astype(float)
    loads = load(metric, sources, targets, flow)
    used = loads.forward > 0, loads.backward > 0
    by_edges = metric.forward[used[0]].astype(float) @ loads.forward[used[0]]
    by_edges += metric.backward[used[1]].astype(float) @ loads.backward[used[1]]
    # Skims are in single precision: each of some hundred additions rounds by 6e-8.
    assert by_edges == pytest.approx((weight[flow > 0] * flow[flow > 0]).sum(), rel=1e-5)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_threads_do_not_change_a_digit(city, monkeypatch, count):
    metric, _, _, sources, targets, flow = city
    usual = load(metric, sources, targets, flow)
    monkeypatch.setattr(threads, "n_threads", lambda: count)
    again = load(metric, sources, targets, flow)
    np.testing.assert_array_equal(usual.forward, again.forward)
    np.testing.assert_array_equal(usual.backward, again.backward)


def test_loads_add_up_over_sources_and_over_places_named_twice(city):
    metric, _, _, sources, targets, flow = city
    whole = load(metric, sources, targets, flow)
    parts = [
        load(metric, sources[half], targets, flow[half]) for half in (slice(75), slice(75, 150))
    ]
    np.testing.assert_allclose(
        whole.forward, parts[0].forward + parts[1].forward, rtol=RELATIVE, atol=1e-6
    )
    twice = load(metric, np.r_[sources, sources], targets, np.r_[flow, 2 * flow])
    np.testing.assert_allclose(twice.backward, 3 * whole.backward, rtol=RELATIVE, atol=1e-6)


def test_a_place_to_itself_loads_nothing(city):
    metric, _, _, sources, _, _ = city
    places = np.unique(sources)
    loads = load(metric, places, places, np.diag(np.full(len(places), 7.0)))
    assert not loads.forward.any()
    assert not loads.backward.any()


def test_rows_without_flow_need_no_way(city):
    metric, tail, _, sources, targets, flow = city
    shut = np.full(len(tail), np.inf)
    nowhere = customise(metric.hierarchy, shut, shut)
    loads = load(nowhere, sources, targets, np.zeros_like(flow))
    assert not loads.forward.any()
    assert not loads.backward.any()
    half = flow.copy()
    half[::2] = 0.0
    alone = load(metric, sources[1::2], targets, flow[1::2])
    np.testing.assert_allclose(load(metric, sources, targets, half).forward, alone.forward)


def test_the_first_pair_without_a_way_is_named():
    metric = customise(build_hierarchy(4, [0, 1], [1, 2]), [1.0, 1.0], [1.0, np.inf])
    nodes = [0, 1, 2, 3]
    flow = np.zeros((4, 4))
    flow[0, 2], flow[2, 0], flow[2, 1], flow[3, 3] = 1.0, 4.0, 2.0, 5.0
    with pytest.raises(UnreachableError, match=r"sources\[2\] \(node 2\) to targets\[0\] \(node 0"):
        load(metric, nodes, nodes, flow)
    flow[2] = 0.0
    np.testing.assert_array_equal(load(metric, nodes, nodes, flow).forward, [1.0, 1.0])


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf])
def test_impossible_flows_are_refused_by_place(wrong):
    metric = customise(build_hierarchy(3, [0, 1], [1, 2]), [1.0, 1.0], [1.0, 1.0])
    with pytest.raises(InputError, match=r"flow\[0, 1\]"):
        load(metric, [0], [1, 2], [[1.0, wrong]])


@pytest.mark.parametrize("shape", [(2, 1), (2,), (1, 3), (0, 2)])
def test_flows_that_do_not_fit_the_places_are_refused(shape):
    metric = customise(build_hierarchy(3, [0, 1], [1, 2]), [1.0, 1.0], [1.0, 1.0])
    with pytest.raises(InputError, match="one row a source"):
        load(metric, [0], [1, 2], np.ones(shape))


def test_unknown_nodes_are_refused():
    metric = customise(build_hierarchy(2, [0], [1]), [1.0], [1.0])
    with pytest.raises(InputError, match="targets holds node 2"):
        load(metric, [0], [2], [[1.0]])


def test_no_places_load_nothing():
    metric = customise(build_hierarchy(2, [0], [1]), [1.0], [1.0])
    for sources, targets in (([], [1]), ([0], []), ([], [])):
        loads = load(metric, sources, targets, np.zeros((len(sources), len(targets))))
        assert loads.forward.tolist() == loads.backward.tolist() == [0.0]


def test_weights_of_another_metric_are_noticed():
    hierarchy = build_hierarchy(3, [0, 1], [1, 2])
    metric = customise(hierarchy, [1.0, 2.0], [1.0, 2.0])
    other = customise(hierarchy, [5.0, 6.0], [1.0, 2.0])
    mixed = replace(metric, forward=other.forward)
    with pytest.raises(InputError, match="anew with customise"):
        load(mixed, [0, 2], [2, 0], np.eye(2))


def test_flows_are_left_as_they_were(city):
    metric, _, _, sources, targets, flow = city
    before = flow.copy()
    load(metric, sources, targets, flow)
    np.testing.assert_array_equal(flow, before)
    assert flow.flags.writeable
