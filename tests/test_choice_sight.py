"""Territories that a lorry crosses, and pairs that cross them freely."""

import numpy as np
import pytest

from landbridge import facts
from landbridge.network.graph import Mode
from landbridge.routing.choice.sight import free_pairs, landlocked, territory_changes

YEAR = 2023


@pytest.fixture(scope="module")
def changes(world):
    return territory_changes(world.network, YEAR)


def between(network, one, other):
    """Edges of roads and ferries between two economies, bool[m]."""
    wanted = {network.economies.index(one), network.economies.index(other)}
    ends = network.node_economy[np.stack([network.edge_tail, network.edge_head])]
    rolls = np.isin(network.edge_mode, (Mode.ROAD, Mode.FERRY))
    return rolls & np.isin(ends, list(wanted)).all(axis=0) & (ends[0] != ends[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CHN", "KAZ"),
        ("KAZ", "RUS"),
        ("BLR", "POL"),
        ("TUR", "BGR"),
        ("SRB", "HUN"),
        ("KAZ", "UZB"),
    ],
)
def test_a_border_of_two_laws_is_a_change(world, changes, one, other):
    edges = between(world.network, one, other)
    assert edges.any()
    assert changes[edges].all()


@pytest.mark.parametrize(("one", "other"), [("DEU", "POL"), ("DEU", "CHE"), ("RUS", "BLR")])
def test_a_border_inside_one_area_is_none(world, changes, one, other):
    edges = between(world.network, one, other)
    assert edges.any()
    assert not changes[edges].any()


def test_only_roads_and_ferries_change_territory(world, changes):
    assert set(world.network.edge_mode[changes]) <= {Mode.ROAD, Mode.FERRY}


def test_an_area_counts_from_its_year(world, changes):
    earlier = territory_changes(world.network, 1999)
    union_state = between(world.network, "RUS", "BLR")
    assert earlier[union_state].all()
    assert not changes[union_state].any()


def test_pairs_are_free_with_both_ends_inside_and_from_its_year():
    codes = ("RUS", "KGZ", "UZB")
    free = free_pairs(codes, YEAR)
    assert free.tolist() == [[True, True, False], [True, True, False], [False, False, False]]
    assert not free_pairs(codes, 2014).any()


def test_areas_are_of_known_economies_and_do_not_overlap():
    areas = [set(row.members) for row in facts.rows("haulage_areas") if row.within == "one"]
    assert all(len(area) > 1 for area in areas)
    assert len(set.union(*areas)) == sum(len(area) for area in areas)


def test_only_the_caspian_reaches_the_landlocked():
    ports = [row for row in facts.rows("terminals") if row.kind == "seaport"]
    theirs = [row for row in ports if row.economy in landlocked()]
    assert all(46.0 < row.lon < 55.0 and 36.0 < row.lat < 48.0 for row in theirs)
    assert {row.economy for row in theirs} == {"KAZ", "TKM"}
