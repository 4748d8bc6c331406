"""Bulky goods leave from where they are made, the rest from where people live."""

import numpy as np
import pytest

from landbridge import facts
from landbridge.assess.origins import FAR_KM, far_places, origin_shares
from landbridge.network.geo import haversine_km
from landbridge.routing.choice.logit import Masses
from landbridge.routing.skim import Zone

MOSCOW = Zone("1", "Moscow", "RUS", 55.75, 37.6, 12)
NOVOSIBIRSK = Zone("2", "Novosibirsk", "RUS", 55.0, 82.9, 2)
ASTANA = Zone("3", "Astana", "KAZ", 51.1, 71.4, 1)
BERLIN = Zone("4", "Berlin", "DEU", 52.5, 13.4, 4)
ZONES = (MOSCOW, NOVOSIBIRSK, ASTANA, BERLIN)
MASSES = Masses(np.array([0, 0, 1, 2]), np.array([0.8, 0.2, 1.0, 1.0]), 3)
SECTORS = ("energy-mining", "metals", "electronics", "metals")
URGENT = (False, False, False, True)


@pytest.fixture(scope="module")
def shares():
    return origin_shares(SECTORS, URGENT, ZONES, MASSES)


def test_what_an_economy_sends_adds_up(shares):
    for row in shares:
        np.testing.assert_allclose(np.bincount(MASSES.economy, row, 3), 1.0)


def test_coal_of_russia_leaves_from_siberia(shares):
    coal = [r for r in facts.rows("origins") if (r.economy, r.sector) == ("RUS", "energy-mining")]
    west = sum(r.output for r in coal if r.lon < 60.0) / sum(r.output for r in coal)
    covered = coal[0].covered_share
    expected = covered * west + (1.0 - covered) * 0.8
    assert shares[0, 0] == pytest.approx(expected, abs=1e-9)
    assert shares[0, 1] > 0.8


def test_sectors_without_places_and_urgent_goods_leave_from_where_people_live(shares):
    np.testing.assert_array_equal(shares[2], MASSES.share)
    np.testing.assert_array_equal(shares[3], MASSES.share)
    assert shares[0, 3] == 1.0


def test_far_places_get_the_city_nearest_to_them_once():
    yakutsk = Zone("5", "Yakutsk", "RUS", 62.0, 129.7, 1)
    vologda = Zone("6", "Vologda", "RUS", 59.2, 39.9, 1)
    offered = [MOSCOW, NOVOSIBIRSK, yakutsk, vologda]
    added = far_places([MOSCOW, NOVOSIBIRSK], offered)
    assert set(added) == {yakutsk, vologda}
    assert len(added) == 2
    assert far_places(offered, offered) == []


def test_economies_without_zones_add_none():
    assert far_places([BERLIN], [BERLIN, MOSCOW]) == []


def test_no_place_of_the_model_is_far_from_a_city(assessor):
    given = assessor.given(assessor.table.year)
    for row in facts.rows("origins"):
        own = [z for z in given.zones if z.economy == row.economy]
        away = [float(haversine_km(row.lat, row.lon, z.lat, z.lon)) for z in own]
        assert min(away) <= 2.0 * FAR_KM, row.id


def test_an_economy_that_is_not_among_the_zones_is_left_alone():
    alone = origin_shares(("metals",), (False,), (BERLIN,), Masses(np.array([0]), np.ones(1), 1))
    np.testing.assert_array_equal(alone, [[1.0]])
