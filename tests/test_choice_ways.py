"""Ways: every row of the table names what exists, and pairs have the ways they should have."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from landbridge import facts
from landbridge.network.graph import Mode
from landbridge.routing.choice.tastes import constants, tastes
from landbridge.routing.choice.ways import EAST, NESTS, in_scope, ways
from landbridge.routing.corridors import corridors
from landbridge.routing.rates.lookup import constant
from small_network import ECONOMIES, chain

BY_ID = {way.id: way for way in ways()}
EASTERN = next(c.one_end_in for c in corridors() if c.id == EAST)
each_way = pytest.mark.parametrize("way", ways(), ids=lambda way: way.id)


# The table


def test_ways_come_in_the_order_of_the_table_each_once():
    assert [way.id for way in ways()] == [row.id for row in facts.rows("ways")]
    assert len(BY_ID) == len(ways())


@each_way
def test_a_way_is_its_row_with_every_name_understood(way):
    row = facts.row("ways", way.id)
    assert NESTS[way.nest] == row.nest
    assert {mode.name.lower() for mode in way.modes} == set(row.modes)
    assert way.avoid == frozenset(row.avoid or ())
    assert [facts.rows("crossings")[k].id for k in way.gates] == list(row.gates or ())
    assert (way.needs, way.scope, way.land_weight) == (row.needs, row.scope, row.land_weight)


@each_way
def test_a_gate_is_a_border_of_china_by_a_mode_of_the_way(way):
    for gate in way.gates:
        crossing = facts.rows("crossings")[gate]
        assert "CHN" in (crossing.economy_a, crossing.economy_b)
        assert crossing.mode in {mode.name.lower() for mode in way.modes}
        assert not {crossing.economy_a, crossing.economy_b} & way.avoid


def test_no_two_ways_share_a_gate():
    gates = [gate for way in ways() for gate in way.gates]
    assert len(gates) == len(set(gates)) > 0


@each_way
def test_what_a_way_needs_it_may_use(way):
    """Else it could never be itself."""
    assert way.needs not in way.avoid
    if way.needs is not None and way.needs.upper() in Mode.__members__:
        assert Mode[way.needs.upper()] in way.modes


@each_way
def test_land_legs_weigh_no_less_than_they_are(way):
    assert way.land_weight >= 1.0


@each_way
def test_a_gate_belongs_to_ways_between_east_and_west_alone(way):
    """A pair of one side never needs a border of China with the west."""
    if way.gates:
        assert way.scope == "east-west"
        assert way.over_russia


def test_two_ways_of_one_scope_that_ask_the_same_differ_in_gates_or_needs():
    """Else one trip would stand as two alternatives."""
    network = chain()
    for one, other in itertools.combinations(ways(), 2):
        if _questions(one, network) == _questions(other, network):
            assert (one.gates, one.needs, one.scope) != (other.gates, other.needs, other.scope)


def test_ways_that_share_a_skim_need_nothing_different():
    """The skim sums the length of one need alone."""
    network = chain()
    needs = {}
    for way in ways():
        if way.needs is not None:
            needs.setdefault(_questions(way, network), set()).add(way.needs)
    assert all(len(found) == 1 for found in needs.values())


def _questions(way, network):
    here = frozenset(code for code in way.avoid if code in network.economies)
    return way.modes, here, way.land_weight


# Scope


def test_each_pair_has_the_ways_of_its_side():
    economies = ("CHN", "JPN", "DEU", "KAZ")
    east = np.array([code in EASTERN for code in economies])
    assert east.tolist() == [True, True, False, False]
    across = [[False, False, True, True]] * 2 + [[True, True, False, False]] * 2
    assert in_scope(BY_ID["dostyk"], economies).tolist() == across
    assert in_scope(BY_ID["sea"], economies) is None


SIDES = ("CHN", "KOR", "DEU", "KAZ", "USA", "IRN")


@each_way
def test_scope_is_the_same_both_ways_and_home_is_one_side(way):
    scope = in_scope(way, SIDES)
    if scope is None:
        assert way.scope == "all"
        return
    assert (scope == scope.T).all()
    assert not (way.scope == "east-west" and np.diag(scope).any())


@pytest.mark.parametrize("nest", ["road", "rail"])
def test_scopes_part_all_pairs_so_that_no_trip_is_open_twice(nest):
    """What goes over a gate is not also the rail or the road of one side."""
    scopes = {w.scope: in_scope(w, SIDES) for w in ways() if NESTS[w.nest] == nest}
    scopes.pop("all", None)
    assert "east-west" in scopes
    assert (np.sum(list(scopes.values()), axis=0) == 1).all()


# What is asked of the router


@each_way
def test_the_question_keeps_modes_and_economies_of_the_way(way):
    network = chain()
    if not way.avoid <= set(network.economies):
        pytest.skip("the small network lacks an economy")
    asked = way.question(network, 2023, "bulk")
    assert (asked.year, asked.cargo, asked.modes) == (2023, "bulk", way.modes)
    assert {network.economies[k] for k in asked.avoid} == way.avoid
    assert asked.land_weight == way.land_weight
    assert asked.via is None


def test_the_middle_way_keeps_out_of_russia_and_needs_the_ferry():
    network = chain()
    needed = BY_ID["middle"].needed(network)
    assert needed.tolist() == (network.edge_mode == Mode.FERRY).tolist()
    assert needed.sum() == 1
    asked = BY_ID["middle"].question(network, 2023, "general")
    assert ECONOMIES.index("RUS") in asked.avoid


def test_a_need_may_be_an_economy():
    network = chain()
    way = replace(BY_ID["southern"], needs="KAZ")
    owner = np.array(network.economies)[network.edge_economy]
    assert way.needed(network).tolist() == (owner == "KAZ").tolist()
    assert way.needed(network).any()


def test_no_need_is_no_edges_to_look_for():
    assert BY_ID["road"].needed(chain()) is None


# Constants


def test_every_way_has_a_constant_and_every_constant_is_of_a_way():
    of_ways = {name for name in constants() if name.startswith("a-")}
    assert of_ways == {way.constant for way in ways()}
    assert all(value > 0 for value in constants().values())


def test_alternatives_of_a_nest_are_closer_than_nests():
    """The nests are consistent with people who choose the best (McFadden 1978)."""
    assert constants()["elasticity-within"] >= constants()["elasticity-between"] > 0


def test_the_constants_say_what_they_were_fitted_to_and_what_came_out():
    for row in facts.rows("choice_constants"):
        assert (row.target is None) == (row.model is None) == (row.fitted_to is None)
        if row.target is not None:
            assert row.model == pytest.approx(row.target, rel=0.01), row.id


def test_elasticities_lie_in_their_ranges():
    for name in ("elasticity-between", "elasticity-within"):
        row = facts.row("choice_constants", name)
        assert row.low <= row.value <= row.high


def test_tastes_take_the_table_and_what_is_said_over_it():
    plain = tastes([10.0, 2.0], [True, False])
    other = tastes([10.0, 2.0], [True, False], over={"a-middle": 7.5, "elasticity-within": 9.0})
    at = list(BY_ID).index("middle")
    assert plain.constant[0].tolist() == [constants()[way.constant] for way in ways()]
    assert (other.constant[:, at] == 7.5).all()
    assert other.within == 9.0
    rest = np.arange(len(BY_ID)) != at
    assert (other.constant[:, rest] == plain.constant[:, rest]).all()
    assert plain.reliability_ratio == constant("reliability-ratio")
    assert plain.nest.tolist() == [way.nest for way in ways()]


def test_what_does_not_fly_has_no_way_by_air_and_all_others():
    made = tastes([10.0, 2.0, 1.0], [True, False, False])
    air = list(BY_ID).index("air")
    assert made.constant[:, air].tolist() == [constants()["a-air"], 0.0, 0.0]
    rest = np.delete(made.constant, air, axis=1)
    assert (rest > 0).all()
    assert (rest == rest[0]).all()


def test_tastes_of_some_ways_alone():
    some = [BY_ID["sea"], BY_ID["dostyk"]]
    made = tastes([1.0], [True], chosen=some)
    assert made.constant.shape == (1, 2)
    assert made.nest.tolist() == [NESTS.index("sea"), NESTS.index("rail")]


def test_bulk_multiplies_the_constants_of_its_ways_alone():
    bulk = {"bulk-middle": 5.0, "bulk-lorry": 0.5}
    made = tastes([1.0, 1.0], [False, False], bulk=[False, True], over=bulk)
    ratio = dict(
        zip(BY_ID, (made.constant[1] / made.constant[0].clip(1e-300)).tolist(), strict=True)
    )
    assert ratio["middle"] == pytest.approx(5.0)
    assert ratio["truck"] == pytest.approx(0.5)
    assert ratio["sea"] == ratio["southern"] == ratio["dostyk"] == 1.0
