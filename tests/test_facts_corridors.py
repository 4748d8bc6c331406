"""Corridors: gates that exist, names that do not clash, the six of the Belt and Road."""

from __future__ import annotations

import pytest

from landbridge import facts

SIX = {
    "new-eurasian-land-bridge",
    "china-mongolia-russia",
    "china-central-asia-west-asia",
    "china-indochina",
    "china-pakistan",
    "bangladesh-china-india-myanmar",
}


def test_the_six_corridors_and_the_maritime_road_are_marked():
    bri = {c.id for c in facts.rows("corridors") if c.bri}
    assert bri >= SIX | {"maritime-suez"}


def test_names_for_via_do_not_clash():
    names = [name for c in facts.rows("corridors") for name in (c.id, *c.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["northern", "mongolia", "manzhouli", "middle", "suez", "cape"])
def test_usual_names_are_known(name):
    assert any(name == c.id or name in c.aliases for c in facts.rows("corridors"))


def test_gates_are_of_the_modes_of_the_corridor():
    crossings = facts.by_id("crossings")
    chokepoints = facts.by_id("chokepoints")
    for corridor in facts.rows("corridors"):
        for gate in (choice for group in corridor.gates for choice in group):
            if gate in crossings:
                assert crossings[gate].mode in corridor.modes, (corridor.id, gate)
            elif gate in chokepoints:
                assert "sea" in corridor.modes
                assert chokepoints[gate].gate_lat_a is not None


def test_no_corridor_avoids_what_it_passes():
    crossings = facts.by_id("crossings")
    for corridor in facts.rows("corridors"):
        assert not set(corridor.avoids) & set(corridor.through), corridor.id
        for group in corridor.gates:
            ends = [
                {crossings[g].economy_a, crossings[g].economy_b} for g in group if g in crossings
            ]
            assert not any(both & set(corridor.avoids) for both in ends), corridor.id


def test_only_the_air_needs_no_gate():
    assert [c.id for c in facts.rows("corridors") if not c.gates] == ["air", "sea-shortest"]
