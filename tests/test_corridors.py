"""Corridors: names, gates, and the best way through them against a search that tries them all."""

import itertools

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from landbridge import facts
from landbridge.errors import UnknownNameError
from landbridge.network.graph import Mode
from landbridge.routing.cch import build_hierarchy, customise
from landbridge.routing.corridors import Corridor, Ends, corridors, named, through
from small_network import numbers, scattered

COLUMN = {"crossings": "edge_crossing", "chokepoints": "edge_chokepoint",
          "terminals": "edge_terminal", "mode": "edge_mode"}  # fmt: skip


def corridor_of(*groups):
    gates = tuple(tuple(("crossings", numbers("crossings")[g]) for g in group) for group in groups)
    nobody = frozenset()
    return Corridor("test", "test", "test", True, frozenset({Mode.RAIL}), gates, nobody, nobody,
                    nobody, nobody)  # fmt: skip


def layered(network, forward, backward, origin, target, order):
    """Least weight to pass one gate of each group in turn: one copy of the network a stage."""
    n, stages = network.n_nodes, len(order) + 1
    tail = np.r_[network.edge_tail, network.edge_head].astype(np.int64)
    head = np.r_[network.edge_head, network.edge_tail].astype(np.int64)
    weight = np.r_[forward, backward].astype(np.float64)
    gate_of = np.r_[network.edge_crossing, network.edge_crossing]
    best: dict[tuple[int, int], float] = {}

    def add(a, b, w):
        for x, y, z in zip(a.tolist(), b.tolist(), w.tolist(), strict=True):
            if np.isfinite(z):
                best[x, y] = min(z, best.get((x, y), np.inf))

    for stage in range(stages):
        add(tail + stage * n, head + stage * n, weight)
        if stage < len(order):
            at = np.isin(gate_of, [row for _, row in order[stage]])
            add(tail[at] + stage * n, head[at] + (stage + 1) * n, weight[at])
    pairs = np.array(list(best), np.int64).T
    graph = csr_matrix((list(best.values()), (pairs[0], pairs[1])), shape=(n * stages, n * stages))
    return dijkstra(graph, indices=origin)[target + (stages - 1) * n]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    "groups",
    [
        [("rail-alashankou-dostyk",)],
        [("rail-alashankou-dostyk", "rail-khorgos-altynkol")],
        [("rail-alashankou-dostyk",), ("rail-manzhouli-zabaikalsk", "rail-suifenhe-grodekovo")],
    ],
    ids=["one gate", "either gate", "gate after gate"],
)
def test_the_best_way_through_gates_is_the_best_of_all(seed, groups):
    network = scattered(seed, n_nodes=40, n_edges=110)
    rng = np.random.default_rng(seed)
    forward, backward = rng.uniform(1, 100, (2, network.n_edges))
    forward[rng.random(network.n_edges) < 0.1] = np.inf
    hierarchy = build_hierarchy(network.n_nodes, network.edge_tail, network.edge_head)
    metric = customise(hierarchy, forward, backward)
    corridor = corridor_of(*groups)
    for origin, target in rng.integers(0, network.n_nodes, (8, 2)).tolist():
        orders = {corridor.gates, corridor.gates[::-1]}
        want = min(layered(network, forward, backward, origin, target, o) for o in orders)
        ends = [Ends(np.array([node]), np.zeros(1)) for node in (origin, target)]
        path = through(metric, network, *ends, corridor)
        if not np.isfinite(want):
            assert path is None
            continue
        assert path.weight == pytest.approx(want, rel=1e-5)
        weights = np.where(path.forward, forward[path.edges], backward[path.edges])
        assert weights.sum() == pytest.approx(want, rel=1e-5)
        leave = np.where(path.forward, network.edge_head[path.edges], network.edge_tail[path.edges])
        enter = np.where(path.forward, network.edge_tail[path.edges], network.edge_head[path.edges])
        assert enter[0] == origin
        assert leave[-1] == target
        assert (leave[:-1] == enter[1:]).all()


def test_offsets_of_the_ends_count():
    network = scattered(3)
    ones = np.ones(network.n_edges)
    metric = customise(
        build_hierarchy(network.n_nodes, network.edge_tail, network.edge_head), ones, ones
    )
    corridor = corridor_of(("rail-alashankou-dostyk",))
    nodes = np.arange(network.n_nodes)
    free, charged = Ends(nodes, nodes * 0.0), Ends(nodes, nodes * 0.0 + 5)
    assert through(metric, network, free, free, corridor).weight == 1.0
    assert through(metric, network, charged, free, corridor).weight == 6.0
    assert through(metric, network, charged, charged, corridor).weight == 11.0


def test_a_gate_that_no_line_passes_leads_nowhere():
    network = scattered(1)
    ones = np.ones(network.n_edges)
    metric = customise(
        build_hierarchy(network.n_nodes, network.edge_tail, network.edge_head), ones, ones
    )
    anywhere = Ends(np.arange(network.n_nodes), np.zeros(network.n_nodes))
    for gate in ("rail-erenhot-zamyn-uud", "rail-mohan-boten"):
        assert through(metric, network, anywhere, anywhere, corridor_of((gate,))) is None
    shut = np.where(network.edge_crossing >= 0, np.inf, 1.0)
    metric = customise(metric.hierarchy, shut, shut)
    gate = corridor_of(("rail-alashankou-dostyk",))
    assert through(metric, network, anywhere, anywhere, gate) is None


def test_every_name_of_every_corridor_is_understood():
    for corridor, row in zip(corridors(), facts.rows("corridors"), strict=True):
        for name in (row.id, row.name, row.name.upper(), row.name_short, *(row.aliases or ())):
            assert named(name) is corridor, name


def test_no_two_corridors_share_a_name():
    said = [
        {name.casefold() for name in (row.id, row.name, row.name_short, *(row.aliases or ()))}
        for row in facts.rows("corridors")
    ]
    for one, other in itertools.combinations(said, 2):
        assert not one & other


@pytest.mark.parametrize(
    ("text", "meant"), [("midle corridor", "middle"), ("new-eurasian-landbridge", "eurasian")]
)
def test_a_misspelt_corridor_is_refused_with_suggestions(text, meant):
    with pytest.raises(UnknownNameError, match="unknown corridor") as caught:
        named(text)
    assert any(meant in name for name in caught.value.suggestions)


def test_gates_stand_where_the_corridor_says():
    by_id = {row.id: row for row in facts.rows("crossings")}
    for corridor, row in zip(corridors(), facts.rows("corridors"), strict=True):
        assert bool(corridor.gates) == bool(row.gates), row.id
        assert not corridor.through & corridor.avoids, row.id
        for gate in itertools.chain.from_iterable(row.gates or ()):
            if gate in by_id:
                sides = {by_id[gate].economy_a, by_id[gate].economy_b}
                assert not sides & corridor.avoids, (row.id, gate)
                assert Mode[by_id[gate].mode.upper()] in corridor.modes, (row.id, gate)


#: No line of the network reaches these gates; a corridor that has no other is refused.
UNREACHED = {"road-moreh-tamu", "rail-svisloch-siemianowka"}


def test_gates_have_edges_in_the_network(world):
    for corridor, row in zip(corridors(), facts.rows("corridors"), strict=True):
        for group, ids in zip(corridor.gates, row.gates or (), strict=bool(row.gates)):
            for (table, number), gate in zip(group, ids, strict=True):
                edges = np.flatnonzero(getattr(world.network, COLUMN[table]) == number)
                assert len(edges) or gate in UNREACHED, (row.id, gate)
