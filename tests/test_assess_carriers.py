"""Carriers: what they carry, how they slow down, and what that does to the network."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.assess.capacity import published_feu_year
from landbridge.assess.carriers import TABLES, Carriers, carriers_of, delay, queues, slower
from landbridge.assess.edges import change_of
from landbridge.levers.effects import CapacityEffect, EdgeEffect
from landbridge.routing.cch import build_hierarchy
from landbridge.routing.engine import Engine
from landbridge.routing.rates.borders import crossing_terms
from small_network import chain, numbers

YEAR = 2023
NETWORK = chain()
CARRIERS = carriers_of(NETWORK, YEAR)
AT = {name: k for k, name in enumerate(zip(CARRIERS.table, CARRIERS.id, strict=True))}
DOSTYK = AT["crossings", "rail-alashankou-dostyk"]
FERRY = AT["crossings", "ferry-aktau-alat"]
SECTION = AT["sections", "dostyk-moiynty-second-track"]
PORT = AT["terminals", "aktau-port"]


def some(capacity):
    """Carriers of these capacities that lie nowhere."""
    count = len(capacity)
    nowhere = (np.zeros(0, np.int64),) * count
    ids = tuple(f"c{k}" for k in range(count))
    return Carriers(("crossings",) * count, ids, np.arange(count), nowhere, np.array(capacity))


# What they are


def test_every_listed_thing_that_an_edge_carries_is_there_once():
    assert set(AT) == {
        ("crossings", "rail-alashankou-dostyk"),
        ("crossings", "ferry-aktau-alat"),
        ("sections", "dostyk-moiynty-second-track"),
        ("terminals", "aktau-port"),
    }
    assert len(AT) == len(CARRIERS.id)
    for (table, name), k in AT.items():
        assert CARRIERS.row[k] == numbers(table)[name]


def test_their_edges_are_those_that_name_them():
    columns = dict(
        zip(
            TABLES,
            (NETWORK.edge_crossing, NETWORK.edge_section, NETWORK.edge_terminal),
            strict=True,
        )
    )
    for (table, _name), k in AT.items():
        wanted = np.flatnonzero(columns[table] == CARRIERS.row[k])
        assert CARRIERS.edges[k].tolist() == wanted.tolist()


def test_capacities_are_the_published_ones_of_the_year():
    for (table, name), k in AT.items():
        assert CARRIERS.capacity_feu[k] == published_feu_year(table, name, YEAR)
    later = carriers_of(NETWORK, 2025)
    assert later.capacity_feu[SECTION] > CARRIERS.capacity_feu[SECTION]


def test_the_carriers_of_the_world(world):
    """Every crossing, section and terminal of the network, no edge in two of one table."""
    found = carriers_of(world.network, YEAR)
    for table, column in zip(TABLES, ("crossing", "section", "terminal"), strict=True):
        own = [k for k, name in enumerate(found.table) if name == table]
        edges = np.concatenate([found.edges[k] for k in own])
        carrying = np.flatnonzero(getattr(world.network, f"edge_{column}") >= 0)
        assert sorted(edges.tolist()) == carrying.tolist()
    assert np.isfinite(found.capacity_feu).sum() > 20


# Loads


def flow(**by_edge):
    along = np.zeros(NETWORK.n_edges)
    for name, value in by_edge.items():
        along[int(name[1:])] = value
    return along


def test_a_crossing_carries_what_goes_over_its_edges():
    load = CARRIERS.load(flow(e1=70.0, e5=30.0, e0=999.0), NETWORK)
    assert load[DOSTYK] == 70.0
    assert load[FERRY] == 30.0


def test_a_terminal_counts_what_comes_in_and_goes_out_once():
    """Forty containers come by rail, thirty go on by sea and ten by road."""
    assert CARRIERS.load(flow(e3=40.0, e4=10.0, e5=30.0), NETWORK)[PORT] == pytest.approx(25.0)
    through = CARRIERS.load(flow(e3=40.0, e4=40.0), NETWORK)
    assert through[PORT] == pytest.approx(40.0)


def test_a_section_carries_the_mean_over_its_length():
    long = replace(
        CARRIERS, edges=tuple(np.array([0, 2]) if k == SECTION else e
                              for k, e in enumerate(CARRIERS.edges)),
    )  # fmt: skip
    km = NETWORK.edge_length_km[[0, 2]]
    load = long.load(flow(e0=100.0, e2=10.0), NETWORK)[SECTION]
    assert load == pytest.approx((100 * km[0] + 10 * km[1]) / km.sum())
    assert long.load(flow(e0=7.0, e2=7.0), NETWORK)[SECTION] == pytest.approx(7.0)


def test_loads_add_up():
    rng = np.random.default_rng(1)
    one, other = rng.uniform(0, 100, (2, NETWORK.n_edges))
    np.testing.assert_allclose(
        CARRIERS.load(one + other, NETWORK),
        CARRIERS.load(one, NETWORK) + CARRIERS.load(other, NETWORK),
    )
    assert not CARRIERS.load(np.zeros(NETWORK.n_edges), NETWORK).any()


# Capacities changed


def test_factors_multiply_and_levels_set():
    changed = CARRIERS.changed(
        [
            CapacityEffect("crossings", "rail-alashankou-dostyk", factor=2.0),
            CapacityEffect("crossings", "rail-alashankou-dostyk", factor=1.5),
            CapacityEffect("terminals", "aktau-port", feu_per_year=1234.0),
        ]
    )
    assert changed.capacity_feu[DOSTYK] == pytest.approx(3 * CARRIERS.capacity_feu[DOSTYK])
    assert changed.capacity_feu[PORT] == 1234.0
    for k in (FERRY, SECTION):
        assert changed.capacity_feu[k] == CARRIERS.capacity_feu[k]


def test_the_base_keeps_its_capacities():
    before = CARRIERS.capacity_feu.copy()
    CARRIERS.changed([CapacityEffect("crossings", "rail-alashankou-dostyk", factor=2.0)])
    np.testing.assert_array_equal(CARRIERS.capacity_feu, before)


def test_what_no_edge_carries_changes_nothing():
    changed = CARRIERS.changed([CapacityEffect("crossings", "rail-erenhot-zamyn-uud", factor=2.0)])
    np.testing.assert_array_equal(changed.capacity_feu, CARRIERS.capacity_feu)


def test_a_factor_on_nothing_known_is_nothing_known_and_a_level_is_known():
    unknown = some([math.nan])
    assert math.isnan(
        unknown.changed([CapacityEffect("crossings", "c0", factor=2.0)]).capacity_feu[0]
    )
    given_ = unknown.changed([CapacityEffect("crossings", "c0", feu_per_year=5.0)])
    assert given_.capacity_feu[0] == 5.0


# How much slower

POSITIVE = st.floats(1.0, 1e6)


@settings(deadline=None)
@given(st.lists(st.tuples(POSITIVE, st.floats(0, 1e7)), min_size=1, max_size=5))
def test_at_the_base_nothing_is_slower(pairs):
    """Even where the base loads more than is published."""
    capacity, load = np.array(pairs).T
    carriers = some(capacity)
    np.testing.assert_allclose(slower(carriers, load, carriers, load), 1.0)


@settings(deadline=None)
@given(POSITIVE, st.floats(0, 1e6), st.floats(0, 2e6), st.floats(0, 2e6))
def test_more_load_is_never_quicker(capacity, base_load, one, other):
    carriers = some([capacity])
    light, heavy = (
        slower(carriers, np.array([load]), carriers, np.array([base_load]))[0]
        for load in sorted((one, other))
    )
    assert 0 < light <= heavy < np.inf


@settings(deadline=None)
@given(POSITIVE, st.floats(1, 1e6), st.floats(1.0, 10.0))
def test_more_capacity_is_never_slower_and_as_much_more_load_is_the_same(capacity, load, factor):
    base, wide = some([capacity]), some([capacity * factor])
    at = np.array([load])
    assert slower(wide, at, base, at)[0] <= 1.0 + 1e-12
    assert slower(wide, at * factor, base, at)[0] == pytest.approx(1.0)


def test_hours_by_the_bureau_of_public_roads():
    """Full where it was half full: 1.15 over 1 + 0.15 / 16."""
    carriers = some([100.0])
    found = slower(carriers, np.array([100.0]), carriers, np.array([50.0]))
    assert found[0] == pytest.approx(1.15 / (1 + 0.15 / 16))
    assert delay(np.array([0.0, 0.5, 1.0])).tolist() == pytest.approx([1.0, 1.009375, 1.15])


def test_a_carrier_loaded_beyond_what_is_published_is_taken_to_be_full():
    carriers = some([100.0])
    found = slower(carriers, np.array([800.0]), carriers, np.array([400.0]))
    assert found[0] == pytest.approx((1 + 0.15 * 16) / 1.15)


def test_half_the_capacity_of_a_full_carrier():
    found = slower(some([50.0]), np.array([100.0]), some([100.0]), np.array([100.0]))
    assert found[0] == pytest.approx(3.4 / 1.15)


def test_without_a_known_capacity_nothing_slows_down():
    unknown = some([math.nan])
    assert slower(unknown, np.array([9e9]), unknown, np.array([1.0])).tolist() == [1.0]


@settings(deadline=None)
@given(POSITIVE, st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_capacity_given_first_by_a_lever_is_that_of_the_base_too(capacity, base_load, load):
    """Where nothing is published the hours are those of the base load, whatever it is."""
    unknown, stated = some([math.nan]), some([capacity])
    args = np.array([load]), np.array([base_load])
    found = slower(stated, args[0], unknown, args[1])
    assert np.isfinite(found).all()
    np.testing.assert_allclose(found, slower(stated, args[0], stated, args[1]))


# What the queue does


def queued(slow):
    engine = Engine(NETWORK, build_hierarchy(NETWORK.n_nodes, NETWORK.edge_tail, NETWORK.edge_head))
    before = engine.edge_metrics(YEAR, "general")
    return before, change_of(queues(CARRIERS, slow, YEAR))(before)


def factors(**at):
    slow = np.ones(len(CARRIERS.id))
    for name, value in at.items():
        slow[globals()[name]] = value
    return slow


def test_no_queue_is_no_effect():
    assert list(queues(CARRIERS, factors(), YEAR)) == []


def test_a_queue_at_a_border_takes_its_part_of_the_hours_of_the_border_in_each_direction():
    before, after = queued(factors(DOSTYK=1.5))
    hours = crossing_terms(YEAR).time_h[:, CARRIERS.row[DOSTYK]]
    edges = CARRIERS.edges[DOSTYK]
    for way in (0, 1):
        more = after.time_h[way][edges] - before.time_h[way][edges]
        np.testing.assert_allclose(more, 0.5 * hours[way], rtol=1e-4)
    rest = np.setdiff1d(np.arange(NETWORK.n_edges), edges)
    np.testing.assert_array_equal(after.time_h[:, rest], before.time_h[:, rest])


def test_a_queue_at_a_ferry_port_does_not_slow_the_ship():
    before, after = queued(factors(FERRY=3.0))
    edges = CARRIERS.edges[FERRY]
    hours = crossing_terms(YEAR).time_h[0, CARRIERS.row[FERRY]]
    more = after.time_h[0][edges] - before.time_h[0][edges]
    np.testing.assert_allclose(more, 2.0 * hours, rtol=1e-4)
    assert (more < 2.0 * before.time_h[0][edges]).all()


@pytest.mark.parametrize("name", ["SECTION", "PORT"])
def test_trains_and_terminals_slow_down_as_a_whole(name):
    before, after = queued(factors(**{name: 1.4}))
    edges = CARRIERS.edges[globals()[name]]
    np.testing.assert_allclose(after.time_h[:, edges], 1.4 * before.time_h[:, edges], rtol=1e-5)


def test_a_queue_costs_hours_not_money():
    before, after = queued(factors(DOSTYK=2.0, SECTION=2.0, PORT=2.0))
    np.testing.assert_array_equal(after.cost_usd_feu, before.cost_usd_feu)
    np.testing.assert_array_equal(after.open, before.open)


def test_less_load_is_a_shorter_queue():
    before, after = queued(factors(DOSTYK=0.9))
    edges = CARRIERS.edges[DOSTYK]
    assert (after.time_h[:, edges] < before.time_h[:, edges]).all()


@pytest.mark.parametrize("direction", ["both", "forward"])
def test_a_queue_is_a_share_of_the_hours_that_levers_leave(direction):
    edges = CARRIERS.edges[DOSTYK]
    hours = crossing_terms(YEAR).time_h[:, CARRIERS.row[DOSTYK]]
    quicker = EdgeEffect(edges, direction, time_add_h=-0.5 * float(hours[0]))
    forward, backward = queues(CARRIERS, factors(DOSTYK=1.5), YEAR, [quicker])
    assert forward.time_add_h == pytest.approx(0.5 * 0.5 * hours[0])
    left = hours[1] - 0.5 * hours[0] if direction == "both" else hours[1]
    assert backward.time_add_h == pytest.approx(0.5 * left)
