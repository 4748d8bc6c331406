"""Transit: from one neighbour to another, not a line that cuts a corner."""

from dataclasses import replace

import numpy as np
import pytest

from landbridge import facts
from landbridge.assess.through import crossing, crossings, transit
from landbridge.assess.transport import passage
from landbridge.routing.choice.ways import ways
from landbridge.routing.skim import Zone

CITIES = ("Orenburg", "Astrakhan", "Urumqi", "Moscow", "Tashkent", "Almaty")
IDS = [way.id for way in ways()]


@pytest.fixture(scope="module")
def zones(world):
    found = [world.place(name) for name in CITIES]
    return tuple(Zone(p.ref, p.name, p.economy, p.lat, p.lon, 1) for p in found)


@pytest.fixture(scope="module")
def passed(world, zones):
    """The ways asked about alone, for boxes: sums along every way take their time."""
    asked = {"rail-broad", "dostyk", "truck", "road"}
    whole = passage(world.router, zones, 2023)
    kept = (bundle for bundle in whole.bundles[0] if asked & {s.way.id for s in bundle.skims})
    return replace(whole, bundles=(tuple(kept),))


@pytest.fixture(scope="module")
def elsewhere(zones):
    away = np.array([zone.economy != "KAZ" for zone in zones])
    return away[:, None] & away[None, :]


def posts(world, neighbour=None):
    rows = [
        k
        for k, row in enumerate(facts.rows("crossings"))
        if "KAZ" in (row.economy_a, row.economy_b)
        and neighbour in (None, row.economy_a, row.economy_b)
    ]
    return np.isin(world.network.edge_crossing, rows)


def by(found, way, one, other):
    return bool(found[0][IDS.index(way), CITIES.index(one), CITIES.index(other)])


def test_a_line_that_comes_back_to_the_neighbour_it_left_is_no_transit(world, passed, elsewhere):
    touched = crossing(passed, posts(world), elsewhere)
    counted = transit(world.network, passed, "KAZ", ("rail", "road"), elsewhere)
    for way in ("rail-broad", "road"):
        assert by(touched, way, "Orenburg", "Astrakhan")
        assert not by(counted, way, "Orenburg", "Astrakhan")


def test_what_goes_from_one_neighbour_to_another_is(world, passed, elsewhere):
    rail = transit(world.network, passed, "KAZ", ("rail",), elsewhere)
    road = transit(world.network, passed, "KAZ", ("road",), elsewhere)
    assert by(rail, "dostyk", "Urumqi", "Moscow")
    assert by(rail, "rail-broad", "Tashkent", "Orenburg")
    assert by(road, "truck", "Urumqi", "Moscow")
    assert not by(road, "dostyk", "Urumqi", "Moscow")


def test_trips_with_an_end_there_are_none(world, passed, elsewhere):
    found = transit(world.network, passed, "KAZ", ("rail", "road"), elsewhere)
    at = CITIES.index("Almaty")
    assert not any(of_class[:, at].any() or of_class[:, :, at].any() for of_class in found)


def test_sets_together_say_what_each_says_alone(world, passed, elsewhere):
    sets = np.stack([posts(world, "RUS"), posts(world, "CHN"), posts(world)])
    together = crossings(passed, sets, elsewhere)
    for k, edges in enumerate(sets):
        for of_class, alone in zip(together, crossing(passed, edges, elsewhere), strict=True):
            np.testing.assert_array_equal(of_class[k], alone)
