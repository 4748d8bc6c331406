"""The contraction hierarchy against Dijkstra and Floyd-Warshall, and the laws of distances."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay

from landbridge.errors import InputError
from landbridge.routing.cch import (
    Hierarchy,
    build_hierarchy,
    customise,
    distances,
    shortest_path,
    skim,
)

# Single precision rounds each addition by 6e-8; ways here have tens to hundreds of additions.
RELATIVE = 1e-5


@st.composite
def multigraphs(draw):
    """Small directed multigraphs with loops, parts, zero and closed edges."""
    n = draw(st.integers(1, 14))
    m = draw(st.integers(0, 30))
    nodes = st.lists(st.integers(0, n - 1), min_size=m, max_size=m)
    weight = st.sampled_from([0.0, 0.5, 1.0, 3.0, 10.0, np.inf])
    weights = st.lists(weight, min_size=m, max_size=m)
    return (
        n,
        *(np.array(draw(s), dtype=int) for s in (nodes, nodes)),
        *(np.array(draw(weights)) for _ in range(2)),
    )


def floyd_warshall(n, tail, head, forward, backward):
    best = np.full((n, n), np.inf)
    np.fill_diagonal(best, 0.0)
    np.minimum.at(best, (tail, head), forward)
    np.minimum.at(best, (head, tail), backward)
    for k in range(n):
        best = np.minimum(best, best[:, [k]] + best[[k], :])
    return best


def assert_contiguous(path, tail, head, start, end):
    at = start
    for edge, ahead in zip(path.edges, path.forward, strict=True):
        begin, finish = (tail[edge], head[edge]) if ahead else (head[edge], tail[edge])
        assert begin == at
        at = finish
    assert at == end


@settings(deadline=None, max_examples=150)
@given(multigraphs())
def test_all_pairs_equal_floyd_warshall(graph):
    n, tail, head, forward, backward = graph
    metric = customise(build_hierarchy(n, tail, head), forward, backward)
    nodes = np.arange(n)
    np.testing.assert_allclose(
        distances(metric, nodes, nodes), floyd_warshall(*graph), rtol=RELATIVE
    )


@settings(deadline=None, max_examples=60)
@given(multigraphs(), st.data())
def test_paths_are_contiguous_open_and_sum_to_their_weight(graph, data):
    n, tail, head, forward, backward = graph
    metric = customise(build_hierarchy(n, tail, head), forward, backward)
    node = st.integers(0, n - 1)
    sources = data.draw(st.lists(node, min_size=1, max_size=3))
    targets = data.draw(st.lists(node, min_size=1, max_size=3))
    offset = st.sampled_from([0.0, 0.25, 4.0, np.inf])
    before = np.array([data.draw(offset) for _ in sources])
    after = np.array([data.draw(offset) for _ in targets])
    between = floyd_warshall(*graph)[np.ix_(sources, targets)]
    expected = (before[:, None] + between + after).min()
    path = shortest_path(metric, sources, before, targets, after)
    if path is None:
        assert expected == np.inf
        return
    assert path.weight == pytest.approx(expected, rel=RELATIVE)
    assert_contiguous(path, tail, head, sources[path.source_index], targets[path.target_index])
    along = np.where(path.forward, forward[path.edges], backward[path.edges])
    ends = before[path.source_index] + after[path.target_index]
    assert path.weight == pytest.approx(along.sum() + ends, rel=RELATIVE)


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 8), st.integers(1, 11), st.randoms(use_true_random=False))
def test_skim_sums_attributes_along_the_one_shortest_path(n, m, random):
    tail = np.array([random.randrange(n) for _ in range(m)])
    head = np.array([random.randrange(n) for _ in range(m)])
    # Distinct powers of two: no two sets of edges weigh the same, and every sum is exact.
    powers = [2.0**k for k in range(2 * m)]
    random.shuffle(powers)
    forward, backward = np.array(powers[:m]), np.array(powers[m:])
    metric = customise(build_hierarchy(n, tail, head), forward, backward)
    nodes = np.arange(n)
    found = skim(metric, nodes, nodes, [forward, np.ones(m)], [backward, np.ones(m)])
    np.testing.assert_array_equal(found.weight, floyd_warshall(n, tail, head, forward, backward))
    reached = np.isfinite(found.weight)
    np.testing.assert_array_equal(found.attributes[0][reached], found.weight[reached])
    assert np.isnan(found.attributes[:, ~reached]).all()
    for i, j in zip(*np.nonzero(reached), strict=True):
        path = shortest_path(metric, [i], None, [j], None)
        assert found.attributes[1, i, j] == len(path.edges)


@pytest.fixture(scope="module")
def country():
    """A road-like graph: 20,000 clustered places, thinned Delaunay edges, one-way closures."""
    rng = np.random.default_rng(7)
    towns = rng.uniform(0, 1000, (200, 2))
    places = towns[rng.integers(200, size=20_000)] + rng.normal(0, 40, (20_000, 2))
    corners = Delaunay(places).simplices
    pairs = np.concatenate((corners[:, :2], corners[:, 1:], corners[:, ::2]))
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    pairs = pairs[rng.random(len(pairs)) < 0.6]
    length = np.linalg.norm(places[pairs[:, 0]] - places[pairs[:, 1]], axis=1)
    forward = length * rng.uniform(0.5, 2.0, len(length))
    backward = length * rng.uniform(0.5, 2.0, len(length))
    forward[rng.random(len(length)) < 0.03] = np.inf
    backward[rng.random(len(length)) < 0.03] = np.inf
    hierarchy = build_hierarchy(len(places), pairs[:, 0], pairs[:, 1])
    return hierarchy, pairs[:, 0], pairs[:, 1], forward, backward


def reference(n, tail, head, forward, backward, sources):
    starts, ends = np.r_[tail, head], np.r_[head, tail]
    weight = np.r_[forward, backward]
    open_ = np.isfinite(weight)
    graph = csr_array((weight[open_], (starts[open_], ends[open_])), shape=(n, n))
    return dijkstra(graph, indices=sources)


def test_thousands_of_pairs_equal_dijkstra_with_closures(country):
    hierarchy, tail, head, forward, backward = country
    rng = np.random.default_rng(1)
    sources = rng.integers(hierarchy.n_nodes, size=40)
    targets = rng.integers(hierarchy.n_nodes, size=300)
    metric = customise(hierarchy, forward, backward)
    expected = reference(hierarchy.n_nodes, tail, head, forward, backward, sources)[:, targets]
    assert np.isinf(expected).any()
    assert np.isfinite(expected).sum() > 5000
    np.testing.assert_allclose(distances(metric, sources, targets), expected, rtol=RELATIVE)


def test_a_new_weight_replaces_the_old(country):
    hierarchy, tail, head, forward, backward = country
    rng = np.random.default_rng(2)
    changed = forward * np.where(rng.random(len(forward)) < 0.05, 3.0, 1.0)
    sources = rng.integers(hierarchy.n_nodes, size=5)
    customise(hierarchy, forward, backward)
    metric = customise(hierarchy, changed, backward)
    expected = reference(hierarchy.n_nodes, tail, head, changed, backward, sources)
    found = distances(metric, sources, np.arange(hierarchy.n_nodes))
    np.testing.assert_allclose(found, expected, rtol=RELATIVE)


def test_paths_and_skims_agree_with_distances(country):
    hierarchy, tail, head, forward, backward = country
    rng = np.random.default_rng(3)
    metric = customise(hierarchy, forward, backward)
    sources, targets = rng.integers(hierarchy.n_nodes, size=(2, 60))
    away, back = rng.uniform(0, 1, (2, 3, len(tail)))
    found = skim(metric, sources, targets, away, back)
    np.testing.assert_array_equal(found.weight, distances(metric, sources, targets))
    for i, j in enumerate(rng.permutation(60)):
        path = shortest_path(metric, [sources[i]], None, [targets[j]], None)
        if path is None:
            assert np.isinf(found.weight[i, j])
            continue
        assert_contiguous(path, tail, head, sources[i], targets[j])
        assert path.weight == pytest.approx(found.weight[i, j], rel=RELATIVE)
        along = np.where(path.forward, away[:, path.edges], back[:, path.edges]).sum(axis=1)
        np.testing.assert_allclose(found.attributes[:, i, j], along, rtol=RELATIVE)


def test_distances_obey_the_triangle_inequality(country):
    hierarchy, _, _, forward, backward = country
    nodes = np.random.default_rng(4).integers(hierarchy.n_nodes, size=60)
    between = distances(customise(hierarchy, forward, backward), nodes, nodes).astype(float)
    detour = (between[:, :, None] + between[None, :, :]).min(axis=1)
    reached = np.isfinite(detour)
    assert (between[reached] <= detour[reached] * (1 + RELATIVE)).all()


def test_offsets_are_added_at_both_ends(country):
    hierarchy, _, _, forward, backward = country
    rng = np.random.default_rng(5)
    sources, targets = rng.integers(hierarchy.n_nodes, size=(2, 40))
    before, after = rng.uniform(0, 100, (2, 40))
    metric = customise(hierarchy, forward, backward)
    plain = distances(metric, sources, targets)
    found = distances(metric, sources, targets, before, after)
    np.testing.assert_allclose(found, plain + before[:, None] + after, rtol=RELATIVE)


def test_scaling_the_weights_scales_the_distances(country):
    hierarchy, _, _, forward, backward = country
    nodes = np.random.default_rng(6).integers(hierarchy.n_nodes, size=50)
    one = distances(customise(hierarchy, forward, backward), nodes, nodes)
    eight = distances(customise(hierarchy, forward * 8, backward * 8), nodes, nodes)
    np.testing.assert_array_equal(eight, one * 8)


def test_stored_hierarchy_works_memory_mapped_and_read_only(country, tmp_path):
    hierarchy, _, _, forward, backward = country
    for name, array in hierarchy.to_arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    restored = Hierarchy.from_arrays(
        {path.stem: np.load(path, mmap_mode="r") for path in tmp_path.glob("*.npy")}
    )
    forward, backward = forward.copy(), backward.copy()
    nodes = np.arange(0, hierarchy.n_nodes, 997)
    for array in (forward, backward, nodes):
        array.flags.writeable = False
    np.testing.assert_array_equal(
        distances(customise(restored, forward, backward), nodes, nodes),
        distances(customise(hierarchy, forward, backward), nodes, nodes),
    )


def test_a_truncated_store_is_noticed(country):
    arrays = country[0].to_arrays()
    for name in ("up_head", "depth", "block_first", "input_edge"):
        with pytest.raises(InputError, match="build it anew"):
            Hierarchy.from_arrays(arrays | {name: arrays[name][:-1]})


SHAPES = {
    "clique": (40, [(i, j) for i in range(40) for j in range(i)]),
    "star": (60, [(0, i) for i in range(1, 60)]),
    "line": (300, [(i, i + 1) for i in range(299)]),
    "ring": (300, [(i, (i + 1) % 300) for i in range(300)]),
    "grid": (
        900,
        [(i, i + 1) for i in range(900) if i % 30 < 29] + [(i, i + 30) for i in range(870)],
    ),
    "two grids": (
        200,
        [(i, i + 1) for i in range(200) if i % 10 < 9]
        + [(i, i + 10) for i in range(190) if not 90 <= i < 100],
    ),
    "two cliques joined": (
        80,
        [(i, j) for i in range(40) for j in range(i)]
        + [(40 + i, 40 + j) for i in range(40) for j in range(i)]
        + [(0, 40)],
    ),
    "no edges": (5, []),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_equal_dijkstra_between_all_pairs(shape):
    n, pairs = SHAPES[shape]
    tail, head = np.array(pairs, dtype=int).reshape(-1, 2).T
    rng = np.random.default_rng(8)
    forward, backward = rng.exponential(10.0, (2, len(tail)))
    forward[rng.random(len(tail)) < 0.1] = np.inf
    nodes = np.arange(n)
    metric = customise(build_hierarchy(n, tail, head), forward, backward)
    expected = reference(n, tail, head, forward, backward, nodes)
    np.testing.assert_allclose(distances(metric, nodes, nodes), expected, rtol=RELATIVE)


def test_an_empty_graph_has_a_hierarchy():
    assert build_hierarchy(0, [], []).n_arcs == 0


def test_the_metric_does_not_follow_later_changes_of_the_input():
    hierarchy = build_hierarchy(2, [0], [1])
    weight = np.array([1.0], dtype=np.float32)
    metric = customise(hierarchy, weight, weight)
    weight[0] = 9.0
    assert shortest_path(metric, [0], None, [1], None).weight == 1.0


def test_distances_without_places_are_empty():
    metric = customise(build_hierarchy(2, [0], [1]), [1.0], [1.0])
    assert distances(metric, [], [1]).shape == (0, 1)


@pytest.mark.parametrize("weight", [-1.0, np.nan, 1e31, 1e39, -np.inf])
def test_impossible_weights_are_refused_by_place(weight):
    hierarchy = build_hierarchy(3, [0, 1], [1, 2])
    with pytest.raises(InputError, match=r"weight_backward\[1\]"):
        customise(hierarchy, [1.0, 1.0], [1.0, weight])


def test_what_does_not_fit_is_refused():
    hierarchy = build_hierarchy(3, [0, 1], [1, 2])
    metric = customise(hierarchy, [1.0, 1.0], [1.0, 1.0])
    with pytest.raises(InputError, match="2 edges"):
        customise(hierarchy, [1.0], [1.0, 1.0])
    with pytest.raises(InputError, match="node 3"):
        distances(metric, [3], [0])
    with pytest.raises(InputError, match="node -1"):
        build_hierarchy(3, [-1], [0])
    with pytest.raises(InputError, match="tail has 1"):
        build_hierarchy(3, [0], [0, 1])
    with pytest.raises(InputError, match="target_offsets"):
        distances(metric, [0], [1], None, [-1.0])
    with pytest.raises(InputError, match="at least one"):
        shortest_path(metric, [], None, [0], None)
    with pytest.raises(InputError, match="attributes_forward has shape"):
        skim(metric, [0], [1], [[1.0]], [[1.0, 1.0]])
    with pytest.raises(InputError, match="build it anew"):
        Hierarchy.from_arrays({})
