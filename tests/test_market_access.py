"""Market access argued: laws of the sum, and of the network under it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.assess.access import (
    access_from,
    market_access,
    masses_usd_mn,
    theta_of,
)
from landbridge.economy.table.basetable import load_base
from landbridge.errors import InputError
from landbridge.levers.effects import CapacityEffect, EdgeEffect
from landbridge.network.graph import Mode

ZONES = 120
POSTS = ("time_factor", "cost_factor", "sd_factor")


@pytest.fixture(scope="module")
def table():
    return load_base()


@pytest.fixture(scope="module")
def gates(world):
    return np.flatnonzero(world.network.edge_crossing >= 0)


costs = st.lists(st.floats(0.0, 1e6), min_size=9, max_size=9).map(
    lambda values: np.array(values).reshape(3, 3)
)
masses = st.lists(st.floats(0.0, 1e6), min_size=3, max_size=3).map(np.array)


@given(costs, masses, st.floats(0.0, 1.0), st.floats(0.5, 12.0))
def test_access_never_falls_when_costs_fall(cost, mass, factor, theta):
    before = access_from(cost, 1e5, mass, theta)
    after = access_from(cost * factor, 1e5, mass, theta)
    assert (after >= before * (1 - 1e-12)).all()
    assert (after <= mass.sum() * (1 + 1e-12)).all()


@given(costs, masses, st.floats(0.1, 10.0))
def test_access_is_proportional_to_what_is_spent(cost, mass, scale):
    once = access_from(cost, 1e5, mass, 5.0)
    np.testing.assert_allclose(access_from(cost, 1e5, mass * scale, 5.0), once * scale, rtol=1e-9)


def test_what_cannot_be_reached_adds_nothing_and_home_does_not_count():
    cost = np.array([[0.0, np.nan, 0.0], [0.0, 0.0, np.nan], [np.nan, np.nan, 0.0]])
    assert access_from(cost, 1.0, np.array([1.0, 2.0, 4.0]), 5.0).tolist() == [4.0, 1.0, 0.0]


def test_masses_add_to_the_gdp_of_economies(world, table):
    zones = world.zones(400)
    mass = masses_usd_mn(zones, table)
    for code in ("CHN", "KAZ", "DEU"):
        own = np.array([zone.economy == code for zone in zones])
        assert mass[own].sum() == pytest.approx(table.gdp[table.labels.economy(code)])
    assert mass.sum() <= table.gdp.sum() * (1 + 1e-12)


def test_elasticity_lies_among_those_of_goods(table):
    theta = table.base.theta[np.array(table.labels.goods)]
    assert theta.min() < theta_of(table) < theta.max()


@pytest.mark.parametrize("what", POSTS)
def test_no_zone_loses_when_borders_take_less(world, table, gates, what):
    effect = EdgeEffect(gates, **{what: 0.5})
    found = market_access(world.at(2023), table, ZONES, [effect])
    reached = found.access_base > 0
    assert (found.change_pct[reached] > -1e-3).all()
    assert found.change_pct[reached].max() > 0.1


def test_a_border_shut_harms_those_behind_it(world, table):
    network = world.network
    rail = (network.edge_mode == Mode.RAIL) | (network.edge_mode == Mode.ROAD)
    kazakhstan = network.economies.index("KAZ")
    ends = network.node_economy[[network.edge_tail, network.edge_head]]
    shut = np.flatnonzero(rail & (ends == kazakhstan).any(axis=0) & (network.edge_crossing >= 0))
    found = market_access(world.at(2023), table, ZONES, [EdgeEffect(shut, open=False)])
    change = dict(zip([z.economy for z in found.zones], found.change_pct, strict=True))
    assert change["KAZ"] < -1.0
    assert change["KAZ"] < change["UZB"] <= 1e-3
    assert change["KAZ"] < change["USA"]
    assert np.nanmax(found.change_pct) < 1e-3


def test_the_table_names_zones_and_says_who_reaches_nobody(world, table):
    found = market_access(world.at(2023), table, ZONES, [CapacityEffect("crossings", "x", 2.0)])
    rows = found.table()
    assert len(rows) == ZONES
    assert list(rows.columns) == [
        "zone", "geonames_id", "economy", "lat", "lon",
        "access_base_usd_mn", "access_usd_mn", "change_pct", "reached",
    ]  # fmt: skip
    reached = rows["reached"] > 0
    assert (rows.loc[reached, "change_pct"] == 0.0).all()
    assert set(rows.loc[~reached, "zone"]) == {zone.name for zone in found.isolated}


def test_one_zone_has_no_market(world, table):
    with pytest.raises(InputError, match="at least two"):
        market_access(world, table, world.zones(5)[:1])
