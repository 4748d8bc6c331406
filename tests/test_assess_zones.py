"""Cities that stand for economies: more where more people live, shares that add to one."""

import math

import numpy as np
import pytest

from landbridge import facts
from landbridge.assess.origins import FAR_KM
from landbridge.assess.zones import MOST_OF_ONE, MOST_OF_REST, freight_zones
from landbridge.economy.table.basetable import load_base
from landbridge.economy.table.labels import REST
from landbridge.network.geo import haversine_km

TABLE = load_base()
CODES = TABLE.labels.economies


@pytest.fixture(scope="module")
def found(world):
    return freight_zones(world, TABLE)


def of(found, code):
    zones, masses = found
    return [zone for zone, at in zip(zones, masses.economy, strict=True) if CODES[at] == code]


def test_every_economy_sends_from_somewhere(found):
    assert set(found[1].economy.tolist()) == set(range(len(CODES)))
    assert found[1].count == len(CODES)


def test_shares_of_an_economy_add_to_one_and_follow_the_people(found):
    zones, masses = found
    np.testing.assert_allclose(np.bincount(masses.economy, masses.share), 1.0)
    for code in ("KAZ", "CHN", REST):
        own = of(found, code)
        share = [masses.share[zones.index(zone)] for zone in own]
        people = np.array([zone.population for zone in own])
        np.testing.assert_allclose(share, people / people.sum())


def most_of(code):
    people = TABLE.population[CODES.index(code)] / 1e6
    return min(max(round(math.sqrt(people)), 1), MOST_OF_ONE) if math.isfinite(people) else 1


@pytest.mark.parametrize("code", [code for code in CODES if code != REST])
def test_an_economy_has_the_root_of_its_millions_of_cities(found, code):
    own = of(found, code)
    assert len(own) >= 1
    assert len(own) <= most_of(code) or code in {row.economy for row in facts.rows("origins")}
    assert all(zone.economy == code for zone in own)


def test_examples_by_hand(found):
    """1,410 million people are twelve at most; 20 million are four; 83 million are nine."""
    assert [len(of(found, code)) for code in ("CHN", "FRA", "DEU")] == [12, 8, 9]
    assert most_of("KAZ") == 4
    assert of(found, "KAZ")[0].name == "Almaty"


def test_they_are_the_largest_cities_each_once(world, found):
    zones, _ = found
    assert len({zone.id for zone in zones}) == len(zones)
    by_size = [c.ref for c in world.gazetteer.largest_cities(12_000) if c.economy == "KAZ"]
    assert [zone.id for zone in of(found, "KAZ")][:4] == by_size[:4]


def test_what_is_beyond_the_largest_is_the_nearest_city_to_where_goods_come_from(found):
    for code in ("KAZ", "RUS", "MNG"):
        added = of(found, code)[most_of(code) :]
        places = [row for row in facts.rows("origins") if row.economy == code]
        assert added
        for city in added:
            near = min(haversine_km(row.lat, row.lon, city.lat, city.lon) for row in places)
            assert near < FAR_KM


def test_the_rest_of_the_world_is_the_largest_city_of_its_largest_economies(found):
    own = of(found, REST)
    assert len(own) == MOST_OF_REST
    assert len({zone.economy for zone in own}) == MOST_OF_REST
    assert not {zone.economy for zone in own} & set(CODES)


def test_every_zone_lies_in_an_economy_of_the_network(world, found):
    assert {zone.economy for zone in found[0]} <= set(world.network.economies)
