"""The hub index argued: what goes through, what is lost, what crossings could take."""

import json
from dataclasses import replace

import numpy as np
import pytest

from landbridge import facts
from landbridge.assess.assessor import Assessor
from landbridge.assess.gates import Gate, faster, gates_of
from landbridge.assess.hub import Hub, at_capacity, hub, named
from landbridge.assess.through import crossing, east_west, sides_of, territory
from landbridge.assess.without import passage_round
from landbridge.cli.hub import sentences
from landbridge.cli.main import run
from landbridge.errors import UnknownNameError
from landbridge.routing.choice.logit import Masses
from landbridge.routing.choice.ways import ways
from landbridge.routing.rates.borders import crossing_terms

YEAR = 2023


@pytest.fixture(scope="module")
def few(assessor):
    """The real world with the largest city of each economy alone: the same laws, quicker."""
    own = Assessor(assessor.world, assessor.table)
    given = assessor.given(YEAR)
    _, first = np.unique(given.masses.economy, return_index=True)
    masses = Masses(given.masses.economy[first], np.ones(len(first)), given.masses.count)
    own._settings[YEAR] = replace(given, zones=tuple(given.zones[k] for k in first), masses=masses)
    return own


@pytest.fixture(scope="module")
def measured(few):
    """East-west freight through economies, measured once each."""
    kept = {}

    def of(code):
        if code not in kept:
            own = territory(few.world.network, code)
            kept[code] = east_west(few.given(YEAR), few.base(YEAR), code, own)
        return kept[code]

    return of


def a_gate(identifier, face, feu, capacity):
    unused = None if capacity is None else max(capacity - feu, 0.0)
    return Gate(identifier, identifier, "XXX", "rail", face, feu, feu, capacity, unused, 9.0, None)


@pytest.mark.parametrize("code", ["KAZ", "EGY", "NZL"])
def test_shares_are_shares_and_parts_are_of_the_whole(measured, code):
    found = measured(code)
    for value in (True, False):
        for overland in (True, False):
            assert 0.0 <= found.share(value=value, overland=overland) <= 1.0
    assert (found.through_feu <= found.feu * (1 + 1e-9)).all()
    assert (found.through_value_usd_mn <= found.value_usd_mn * (1 + 1e-9)).all()
    assert found.through_feu.sum() + found.ends_feu <= found.feu.sum() * (1 + 1e-9)


def test_kazakhstan_carries_all_that_enters_it_by_its_own_gates(measured):
    by_way = dict(zip([way.id for way in ways()], range(len(ways())), strict=True))
    found = measured("KAZ")
    for gate in ("dostyk", "khorgos"):
        assert found.through_feu[by_way[gate]] == pytest.approx(found.feu[by_way[gate]])
    assert found.through_feu[by_way["sea"]] == 0.0
    assert found.share(value=True, overland=True) > found.share(value=True)


def test_ships_pass_egypt_by_its_canal_alone(measured):
    found = measured("EGY")
    assert found.share(value=False) > 0.5
    assert found.share(value=False, overland=True) == 0.0


def test_an_island_on_no_way_has_nothing(measured):
    found = measured("NZL")
    assert found.through_feu.sum() == 0.0
    assert found.ends_feu == 0.0


def test_straits_are_nobodys_and_canals_are_somebodys(world):
    network = world.network
    rows = {row.id: k for k, row in enumerate(facts.rows("chokepoints"))}
    suez = network.edge_chokepoint == rows["suez"]
    malacca = network.edge_chokepoint == rows["malacca"]
    assert suez.any()
    assert malacca.any()
    assert territory(network, "EGY")[suez].all()
    assert not (territory(network, "MYS") | territory(network, "SGP"))[malacca].any()


def test_four_neighbours_hold_every_rail_gate_of_china(few):
    given, base = few.given(YEAR), few.base(YEAR)
    network = few.world.network
    neighbours = ("RUS", "MNG", "KAZ", "KGZ")
    own = np.any([territory(network, code) for code in neighbours], axis=0)
    trade = sides_of(given).pairs(given.masses.count)
    trade = trade[np.ix_(given.masses.economy, given.masses.economy)]
    crosses = crossing(base.passage, own, trade)
    gated = [k for k, way in enumerate(ways()) if way.gates]
    rows = facts.rows("crossings")
    built = {k for k in gated if any(rows[g].status != "planned" for g in ways()[k].gates)}
    assert built
    assert all(rows[g].economy_b in neighbours for k in gated for g in ways()[k].gates)
    for of_class, skims in zip(crosses, base.passage.skims, strict=True):
        for k in gated:
            known = trade & np.isfinite(skims[k].time_h)
            assert known.any() == (k in built)
            assert of_class[k][known].all()


def test_what_crosses_agrees_with_the_length_found_there(few):
    """A way that needs the ferry uses a ferry edge on each of its trips, and only such ways do."""
    given, base = few.given(YEAR), few.base(YEAR)
    middle = next(k for k, way in enumerate(ways()) if way.needs == "ferry")
    ferry = ways()[middle].needed(few.world.network)
    everyone = ~np.eye(len(given.zones), dtype=bool)
    crosses = crossing(base.passage, ferry, everyone)
    for of_class, skims in zip(crosses, base.passage.skims, strict=True):
        known = everyone & np.isfinite(skims[middle].time_h)
        assert (of_class[middle] == known).all()
        assert not of_class[[k for k, way in enumerate(ways()) if way.nest == 1]].any()


@pytest.mark.slow
def test_going_round_is_never_cheaper_and_leaves_those_at_home_alone(few):
    given, base = few.given(YEAR), few.base(YEAR)
    own = territory(few.world.network, "KAZ")
    around = passage_round(given, base, "KAZ", own)
    here = np.array([zone.economy == "KAZ" for zone in given.zones])
    ends = here[:, None] | here[None, :]
    longer = 0
    for old, new in zip(base.passage.skims, around.skims, strict=True):
        for before, after in zip(old, new, strict=True):
            np.testing.assert_array_equal(before.cost_usd_feu[ends], after.cost_usd_feu[ends])
            closed = np.isfinite(before.time_h) & ~np.isfinite(after.time_h)
            longer += closed.sum()
            if not before.way.needs:
                # A way that needs something may become itself where a better trip lacked it.
                assert not (~np.isfinite(before.time_h) & np.isfinite(after.time_h)).any()
    assert longer > 0


def test_gates_face_where_freight_enters_and_leaves(few):
    gates = gates_of(few.given(YEAR), few.base(YEAR), "KAZ")
    faces = {gate.id: gate.face for gate in gates}
    assert faces["rail-alashankou-dostyk"] == faces["rail-khorgos-altynkol"] == "east"
    entered = sum(gate.through_feu for gate in gates if gate.face == "east")
    left = sum(gate.through_feu for gate in gates if gate.face == "west")
    assert entered == pytest.approx(left, rel=0.01)
    for gate in gates:
        assert gate.through_feu <= gate.feu + 1e-6
        assert (gate.unused_feu is None) == (gate.capacity_feu is None)
        if gate.unused_feu:
            assert gate.unused_feu + gate.feu == pytest.approx(gate.capacity_feu)


def test_the_benchmark_makes_slower_crossings_as_quick_and_no_quicker(few):
    base = few.base(YEAR)
    effects = faster(base, "KAZ")
    assert effects
    best = {gate.id: gate.best_hours for gate in gates_of(few.given(YEAR), base, "KAZ")}
    terms = crossing_terms(YEAR).time_h
    for effect in effects:
        row = few.world.network.edge_crossing[effect.edges[0]]
        way = {"forward": 0, "backward": 1}[effect.direction]
        hours = best[facts.rows("crossings")[row].id]
        assert terms[way, row] + effect.time_add_h == pytest.approx(hours)


def test_published_capacity_binds_by_the_face_that_is_known():
    dostyk, khorgos = a_gate("d", "east", 300.0, 700.0), a_gate("k", "east", 500.0, None)
    west = a_gate("w", "west", 800.0, None)
    assert at_capacity(800.0, (dostyk, khorgos, west)) == 1200.0
    assert at_capacity(800.0, (dostyk, khorgos, a_gate("w", "west", 800.0, 900.0))) == 900.0
    assert at_capacity(800.0, (khorgos, west)) is None
    assert at_capacity(800.0, (a_gate("d", "east", 900.0, 700.0), west)) == 800.0
    assert at_capacity(0.0, ()) is None


@pytest.mark.slow
def test_a_zero_share_is_an_answer_and_nothing_is_lost_without_it(few):
    found = hub(few, "New Zealand", YEAR)
    assert isinstance(found, Hub)
    assert (found.iso3, found.share_of_east_west_feu) == ("NZL", 0.0)
    assert found.capacity_unused_feu is None
    assert found.loss_without_pct == pytest.approx(0.0, abs=1e-4)
    assert found.loss_without_overland_feu_pct == pytest.approx(0.0, abs=1e-4)
    assert found.world_welfare_loss_pct == pytest.approx(0.0, abs=1e-5)
    assert found.pairs_cut == 0
    said = sentences(found)
    assert len(said) == 4
    assert "its share is zero" in said[0]
    assert "no freight between East Asia and Europe goes through NZL" in found.notes


def test_no_economy_of_that_name():
    with pytest.raises(UnknownNameError, match=r"unknown economy 'Kazakstan'.*Kazakhstan"):
        named("Kazakstan", ("CHN", "KAZ"))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_command_prints_the_contract(capsys):
    assert run(["hub", "KAZ", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["iso3"], found["year"]) == ("KAZ", YEAR)
    assert 0.0 < found["share_of_east_west_value"] < 0.2
    assert 0.1 < found["share_of_overland_feu"] < 1.0
    assert found["loss_without_pct"] > 0.0
    assert found["loss_without_overland_feu_pct"] > found["loss_without_pct"]
    assert set(list(found["welfare_loss_pct"])[:3]) <= {"KGZ", "UZB", "TJK", "TKM", "RUS"}
    assert found["capacity_unused_feu"] > 0.0
    assert found["feu_at_capacity"] > found["through_feu"]
    assert found["potential_through_feu"] > found["through_feu"]
    assert "rail-alashankou-dostyk" in found["hastened"]
