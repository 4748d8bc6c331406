"""Effects on edges: each does what it says, where it says, one after the other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.assess.edges import change_of
from landbridge.levers.effects import EdgeEffect
from landbridge.network.graph import Mode
from landbridge.routing.cch import build_hierarchy
from landbridge.routing.engine import Engine
from landbridge.routing.metrics import EdgeMetrics
from landbridge.routing.question import Question
from small_network import chain, scattered

FIGURES = ("time_h", "var_h2", "distance_km", "cost_usd_feu", "co2_kg_feu", "open")
COUNT = 6


def metrics(seed=0):
    """What six edges take; like those of the router not to be written to."""
    rng = np.random.default_rng(seed)
    made = EdgeMetrics(
        2023,
        *(rng.uniform(1, 100, (2, COUNT)).astype(np.float32) for _ in range(2)),
        rng.uniform(1, 900, COUNT),
        *(rng.uniform(1, 1000, (2, COUNT)).astype(np.float32) for _ in range(2)),
        rng.random((2, COUNT)) < 0.8,
    )
    for figure in FIGURES:
        getattr(made, figure).flags.writeable = False
    return made


def engine(network):
    return Engine(network, build_hierarchy(network.n_nodes, network.edge_tail, network.edge_head))


AT = np.array([1, 4])


@pytest.mark.parametrize(
    ("said", "figure", "expected"),
    [
        ({"time_factor": 0.5}, "time_h", lambda m: m.time_h * 0.5),
        ({"time_add_h": 3.0}, "time_h", lambda m: m.time_h + 3),
        ({"time_add_h": -1e6}, "time_h", lambda m: m.time_h * 0),
        ({"time_factor": 2.0, "time_add_h": 1.0}, "time_h", lambda m: m.time_h * 2 + 1),
        ({"sd_factor": 3.0}, "var_h2", lambda m: m.var_h2 * 9),
        ({"sd_factor": 0.0}, "var_h2", lambda m: m.var_h2 * 0),
        ({"cost_factor": 0.9}, "cost_usd_feu", lambda m: m.cost_usd_feu * 0.9),
        ({"cost_add_usd_feu": 50.0}, "cost_usd_feu", lambda m: m.cost_usd_feu + 50),
        ({"cost_add_usd_feu": -1e6}, "cost_usd_feu", lambda m: m.cost_usd_feu * 0),
        (
            {"cost_usd_per_co2_kg": 0.1},
            "cost_usd_feu",
            lambda m: m.cost_usd_feu + 0.1 * m.co2_kg_feu,
        ),
        (
            {"cost_factor": 0.0, "cost_usd_per_co2_kg": 0.1},
            "cost_usd_feu",
            lambda m: 0.1 * m.co2_kg_feu,
        ),
        ({"open": False}, "open", lambda m: np.zeros_like(m.open)),
        ({"open": True}, "open", lambda m: np.ones_like(m.open)),
    ],
    ids=lambda value: "so" if callable(value) else str(value),
)
@pytest.mark.parametrize("direction", ["both", "forward", "backward"])
def test_an_effect_changes_its_figure_on_its_edges_in_its_direction(
    said, figure, expected, direction
):
    before = metrics()
    after = change_of([EdgeEffect(AT, direction, **said)])(before)
    ways = {"both": [0, 1], "forward": [0], "backward": [1]}[direction]
    touched = np.zeros((2, COUNT), bool)
    touched[np.ix_(ways, AT)] = True
    wanted = np.where(touched, expected(before), getattr(before, figure))
    np.testing.assert_allclose(getattr(after, figure), wanted, rtol=1e-6)
    assert getattr(after, figure).dtype == getattr(before, figure).dtype
    for other in FIGURES:
        if other != figure:
            np.testing.assert_array_equal(getattr(after, other), getattr(before, other))


def test_no_effects_are_the_same_metrics():
    before = metrics()
    after = change_of([])(before)
    for figure in FIGURES:
        assert getattr(after, figure) is getattr(before, figure)


def test_an_effect_of_nothing_changes_nothing():
    before = metrics()
    after = change_of([EdgeEffect(AT)])(before)
    for figure in FIGURES:
        np.testing.assert_array_equal(getattr(after, figure), getattr(before, figure))


FACTORS = st.floats(0.0, 4.0)
EFFECTS = st.builds(
    EdgeEffect,
    st.lists(st.integers(0, COUNT - 1), unique=True).map(lambda e: np.array(e, np.int64)),
    st.sampled_from(["both", "forward", "backward"]),
    time_factor=FACTORS,
    time_add_h=st.floats(-50, 50),
    sd_factor=FACTORS,
    cost_factor=FACTORS,
    cost_add_usd_feu=st.floats(-500, 500),
    cost_usd_per_co2_kg=st.floats(0, 1),
    open=st.sampled_from([None, True, False]),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(EFFECTS, max_size=4), st.integers(0, 99))
def test_effects_follow_each_other_and_nothing_falls_below_nought(effects, seed):
    before = metrics(seed)
    kept = {figure: np.array(getattr(before, figure)) for figure in FIGURES}
    at_once = change_of(effects)(before)
    in_turn = before
    for effect in effects:
        in_turn = change_of([effect])(in_turn)
    for figure in FIGURES:
        np.testing.assert_array_equal(getattr(at_once, figure), getattr(in_turn, figure))
        np.testing.assert_array_equal(getattr(before, figure), kept[figure])
        assert (getattr(at_once, figure) >= 0).all()


def test_the_later_of_two_that_set_wins():
    shut, opened = EdgeEffect(AT, open=False), EdgeEffect(AT, open=True)
    assert change_of([shut, opened])(metrics()).open[:, AT].all()
    assert not change_of([opened, shut])(metrics()).open[:, AT].any()


# The network that a change makes


def test_a_changed_engine_takes_what_the_change_makes_and_the_old_one_does_not():
    old = engine(chain())
    edges = np.arange(old.network.n_edges)
    new = old.changed(change_of([EdgeEffect(edges, time_factor=2.0)]))
    plain, doubled = (e.edge_metrics(2023, "general") for e in (old, new))
    np.testing.assert_allclose(doubled.time_h, 2 * plain.time_h)
    np.testing.assert_array_equal(doubled.cost_usd_feu, plain.cost_usd_feu)
    assert new.network is old.network
    assert new.finder is old.finder


def test_changes_of_a_changed_engine_add_to_it():
    old = engine(chain())
    edges = np.arange(old.network.n_edges)
    once = old.changed(change_of([EdgeEffect(edges, time_add_h=1.0)]))
    twice = once.changed(change_of([EdgeEffect(edges, time_factor=2.0)]))
    plain = old.edge_metrics(2023, "general").time_h
    np.testing.assert_allclose(twice.edge_metrics(2023, "general").time_h, 2 * (plain + 1))


def test_a_changed_engine_finds_other_ways():
    network = scattered(3, 40, 120)
    old = engine(network)
    question = Question(2023, modes=frozenset({Mode.RAIL}))
    weight = old.metric(question)
    used = np.flatnonzero(np.isfinite(weight.forward))[:20]
    new = old.changed(change_of([EdgeEffect(used, open=False)]))
    assert np.isinf(new.metric(question).forward[used]).all()
    assert np.isfinite(old.metric(question).forward[used]).all()
    rest = np.setdiff1d(np.arange(network.n_edges), used)
    np.testing.assert_array_equal(new.metric(question).forward[rest], weight.forward[rest])


def test_every_year_and_cargo_of_a_changed_engine_is_changed():
    old = engine(chain())
    edges = np.arange(old.network.n_edges)
    new = old.changed(change_of([EdgeEffect(edges, cost_add_usd_feu=11.0)]))
    for year, cargo in ((2019, "general"), (2023, "bulk"), (2030, "general")):
        np.testing.assert_allclose(
            new.edge_metrics(year, cargo).cost_usd_feu,
            old.edge_metrics(year, cargo).cost_usd_feu + 11,
        )


class Shelf:
    """Keeps copies, as a run leaves them on disk."""

    def __init__(self):
        self.kept = {}

    def get(self, name):
        return self.kept.get(name)

    def put(self, name, arrays):
        self.kept[name] = {key: np.array(value) for key, value in arrays.items()}


def test_what_a_changed_engine_makes_is_not_kept_between_runs():
    network = chain()
    shelf = Shelf()
    hierarchy = build_hierarchy(network.n_nodes, network.edge_tail, network.edge_head)
    old = Engine(network, hierarchy, shelf)
    old.changed(change_of([EdgeEffect(np.array([0]), time_add_h=5.0)])).metric(Question(2025))
    assert list(shelf.kept) == ["2025-general"]
    plain = Engine(network, hierarchy).edge_metrics(2025, "general")
    np.testing.assert_array_equal(shelf.kept["2025-general"]["time_h"], plain.time_h)
