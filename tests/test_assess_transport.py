"""Traffic: what is sent arrives, and what the edges carry is what the ways take."""

from dataclasses import replace

import numpy as np
import pytest

from landbridge.assess.goods import ROUTED_AS, goods_of
from landbridge.assess.transport import (
    eu_shippers,
    freight_costs,
    passage,
    send,
    split_ways,
    with_payments,
)
from landbridge.economy.table.basetable import load_base
from landbridge.levers.effects import CapacityEffect, WayEffect
from landbridge.routing.choice.logit import Masses, pair_costs
from landbridge.routing.choice.sight import Sight
from landbridge.routing.choice.tastes import tastes
from landbridge.routing.choice.ways import THROUGH, between_sides, ways
from landbridge.routing.skim import Zone

YEAR = 2023
#: Two zones for China and for Kazakhstan, so that zones and economies differ.
CITIES = ("Xi'an", "Shanghai", "Almaty", "Astana", "Moscow", "Warsaw", "Berlin", "Istanbul",
          "Tbilisi", "Tashkent", "Tehran", "Ulaanbaatar")  # fmt: skip
IDS = [way.id for way in ways()]
GATED = [k for k, way in enumerate(ways()) if way.gates]
GOODS = goods_of(load_base())
TASTES = tastes(GOODS.vot_usd_h, list(GOODS.flies))
SECTORS = len(GOODS.id)


@pytest.fixture(scope="module")
def zones(world):
    found = [world.place(name) for name in CITIES]
    return tuple(Zone(p.ref, p.name, p.economy, p.lat, p.lon, 1) for p in found)


@pytest.fixture(scope="module")
def codes(zones):
    return sorted({zone.economy for zone in zones})


@pytest.fixture(scope="module")
def masses(zones, codes):
    economy = np.array([codes.index(zone.economy) for zone in zones])
    share = 1.0 / np.bincount(economy)[economy]
    return Masses(economy, share, len(codes))


@pytest.fixture(scope="module")
def passed(world, zones):
    return passage(world.router, zones, YEAR)


@pytest.fixture(scope="module")
def volume(codes):
    """FEU of every sector between all economies, none at home."""
    made = np.random.default_rng(3).uniform(10, 1000, (SECTORS, len(codes), len(codes)))
    made[:, np.arange(len(codes)), np.arange(len(codes))] = 0.0
    return made


@pytest.fixture(scope="module")
def traffic(world, passed, masses, volume):
    return send(passed, GOODS, TASTES, masses, volume, world.network.n_edges)


def along(world, traffic, crossings, number):
    """FEU over crossings of a class, along and against their edges."""
    edges = np.flatnonzero(np.isin(world.network.edge_crossing, crossings))
    return traffic.forward[number][edges].sum(), traffic.backward[number][edges].sum()


# Who sees ways over Russia otherwise


def test_the_union_alone_sees_russia_in_its_own_light():
    assert {"DEU", "POL", "FRA"} <= eu_shippers()
    assert not {"KAZ", "RUS", "CHN", "TUR", "BLR"} & eu_shippers()


def test_a_pair_is_wary_if_either_end_is(passed, zones):
    union = np.array([zone.economy in {"DEU", "POL"} for zone in zones])
    assert (passed.wary == (union[:, None] | union[None, :])).all()


def test_skims_come_in_the_order_of_the_ways(passed):
    assert len(passed.skims) == len(ROUTED_AS)
    for skims in passed.skims:
        assert [skim.way.id for skim in skims] == IDS


# Reluctance


def test_a_reluctance_of_one_changes_nothing(passed):
    for skims, (cost, hours, spread) in zip(passed.skims, passed.arrays(Sight()), strict=True):
        np.testing.assert_array_equal(cost, np.stack([s.cost_usd_feu for s in skims]))
        np.testing.assert_array_equal(hours, np.stack([s.time_h for s in skims]))
        np.testing.assert_array_equal(spread, np.sqrt(np.stack([s.var_h2 for s in skims])))


def test_reluctance_makes_gates_dearer_and_slower_to_the_wary_alone(passed):
    touched = np.zeros((len(IDS), *passed.wary.shape), bool)
    touched[GATED] = passed.wary
    for plain, seen in zip(
        passed.arrays(Sight()), passed.arrays(Sight(eu_over_russia=1.5)), strict=True
    ):
        for before, after in zip(plain, seen, strict=True):
            np.testing.assert_allclose(after, before * np.where(touched, 1.5, 1.0), rtol=1e-6)


def test_the_wary_go_elsewhere_and_nobody_else_does(passed, masses, volume, codes):
    plain, wary = (
        split_ways(passed, GOODS, replace(TASTES, sight=Sight(eu_over_russia=r)), masses, volume)[1]
        for r in (1.0, 1.6)
    )
    china, germany, russia = (codes.index(c) for c in ("CHN", "DEU", "RUS"))
    for one, other in ((china, germany), (germany, china)):
        gates = plain[:, GATED, one, other].sum(), wary[:, GATED, one, other].sum()
        assert gates[1] < gates[0]
        assert wary[:, :, one, other].sum() == pytest.approx(plain[:, :, one, other].sum())
    np.testing.assert_allclose(wary[:, :, china, russia], plain[:, :, china, russia])


def test_every_third_territory_makes_a_lorry_dearer_once_more(passed):
    lorries = np.array([way.by_lorry for way in ways()])
    for number, skims in enumerate(passed.skims):
        seen = passed.seen(number, Sight(lorry_third=2.0))
        third = np.stack([skim.third for skim in skims])
        np.testing.assert_array_equal(seen, 2.0**third)
        assert (third[~lorries] == 0).all()
        assert third[lorries].max() > 1


def test_aircraft_to_where_no_ship_comes_are_dearer_from_east_asia_alone(passed, zones):
    east, inland = ({"CHN"}, {"KAZ", "MNG", "UZB"})
    codes = [zone.economy for zone in zones]
    expected = np.array([[{a, b} & east != set() and {a, b} & inland != set() for b in codes]
                         for a in codes])  # fmt: skip
    seen = passed.seen(0, Sight(air_landlocked=7.0))
    air = IDS.index("air")
    np.testing.assert_array_equal(seen[air], np.where(expected, 7.0, 1.0))
    assert (np.delete(seen, air, axis=0) == 1.0).all()


def test_ships_to_where_no_ship_comes_are_dearer_from_china_alone(passed, zones):
    china = np.array([zone.economy == "CHN" for zone in zones])
    inland = np.array([zone.economy in ("KAZ", "MNG", "UZB") for zone in zones])
    expected = china[:, None] & inland | inland[:, None] & china
    sea = IDS.index("sea")
    for number in range(len(ROUTED_AS)):
        seen = passed.seen(number, Sight(sea_landlocked=4.0))
        np.testing.assert_array_equal(seen[sea], np.where(expected, 4.0, 1.0))
        assert (np.delete(seen, sea, axis=0) == 1.0).all()


def test_bulk_in_transit_pays_at_the_gates_into_third_economies_alone(passed):
    general, bulk = (passed.seen(k, Sight(bulk_transit=2.0)) for k in (0, 1))
    gates = np.isin(IDS, THROUGH)
    assert (general == 1.0).all()
    assert (bulk[~gates] == 1.0).all()
    np.testing.assert_array_equal(bulk[gates][0], np.where(passed.landlocked, 1.0, 2.0))


# Payments by way


def test_payments_for_containers_add_to_their_ways_and_never_below_nothing(passed):
    effects = [WayEffect(("middle",), 100.0), WayEffect(("middle", "dostyk"), -1e6)]
    before, after = (
        dict(zip(ROUTED_AS, p.arrays(Sight()), strict=True))
        for p in (passed, with_payments(passed, effects))
    )
    for k, name in enumerate(IDS):
        plain, new = before["general"][0][k], after["general"][0][k]
        assert (np.isfinite(new) == np.isfinite(plain)).all()
        if name in ("middle", "dostyk"):
            assert (new[np.isfinite(new)] == 0).all()
        else:
            np.testing.assert_array_equal(new, plain)
    for one, other in zip(before["general"][1:], after["general"][1:], strict=True):
        np.testing.assert_array_equal(one, other)
    for one, other in zip(before["bulk"], after["bulk"], strict=True):
        np.testing.assert_array_equal(one, other)


def test_payments_of_several_effects_add_up(passed):
    effects = [WayEffect(("middle",), 100.0), WayEffect(("middle", "sea"), -30.0)]
    added = dict(zip(IDS, with_payments(passed, effects).added_usd_feu, strict=True))
    assert added.pop("middle") == 70.0
    assert added.pop("sea") == -30.0
    assert not any(added.values())


def test_without_payments_it_is_the_same_passage(passed):
    assert with_payments(passed, [CapacityEffect("crossings", "x", factor=2.0)]) is passed


def test_a_subsidy_draws_freight_to_its_way(passed, masses, volume):
    paid = with_payments(passed, [WayEffect(("middle",), -1000.0)])
    before, after = (
        split_ways(p, GOODS, TASTES, masses, volume)[1].sum(axis=(0, 2, 3)) for p in (passed, paid)
    )
    middle = IDS.index("middle")
    assert after[middle] > before[middle]
    assert (np.delete(after, middle) <= np.delete(before, middle) * (1 + 1e-9)).all()


# Costs


def test_each_sector_pays_the_costs_of_its_class(passed, masses):
    costs = freight_costs(passed, GOODS, TASTES, masses)
    assert np.isfinite(costs).all()
    for number, arrays in enumerate(passed.arrays(TASTES.sight)):
        every = pair_costs(*arrays, TASTES, masses)
        own = GOODS.routed_as == number
        np.testing.assert_allclose(costs[own], every[own])
        assert own.any()


def test_containers_cost_more_to_send_farther(passed, masses, codes):
    costs = freight_costs(passed, GOODS, TASTES, masses)
    near, far = (costs[:, codes.index("UZB"), codes.index(other)] for other in ("KAZ", "DEU"))
    assert (near < far).all()


# What is sent


def test_everything_sent_arrives(traffic, volume):
    np.testing.assert_allclose(traffic.by_pair.sum(axis=1), volume, rtol=1e-9)
    assert traffic.feu.sum() == pytest.approx(volume.sum())
    np.testing.assert_allclose(traffic.feu, traffic.by_pair.sum(axis=(0, 2, 3)), rtol=1e-9)


def test_what_does_not_fly_goes_by_land_or_sea(traffic):
    by_air = traffic.by_pair[:, IDS.index("air")].sum(axis=(1, 2))
    assert not by_air[~GOODS.flies].any()
    assert (by_air[GOODS.flies] > 0).all()


def test_loads_are_what_the_ways_take(world, passed, masses, volume, traffic):
    """Hours, kilometres and CO2 summed over edges and doors are those summed over trips."""
    by_zones, _ = split_ways(passed, GOODS, TASTES, masses, volume)
    network = world.network
    for number, cargo in enumerate(ROUTED_AS):
        edges = world.router.edge_metrics(YEAR, cargo)
        forward, backward = traffic.forward[number], traffic.backward[number]
        for figure in ("time_h", "co2_kg_feu", "cost_usd_feu"):
            take = getattr(edges, figure).astype(np.float64)
            used = [flow > 0 for flow in (forward, backward)]
            on_edges = forward[used[0]] @ take[0][used[0]] + backward[used[1]] @ take[1][used[1]]
            on_trips = at_doors = 0.0
            for skim, flow in zip(passed.skims[number], by_zones[number], strict=True):
                go = flow > 0
                on_trips += (flow[go] * getattr(skim, figure)[go]).sum()
                at_doors += _at_doors(passed.bundles[number], skim, flow, figure)
            assert on_edges + at_doors == pytest.approx(on_trips, rel=1e-4), (cargo, figure)
        assert not forward[~edges.open[0]].any()
        assert not backward[~edges.open[1]].any()
        assert forward.shape == (network.n_edges,)


def _at_doors(bundles, skim, flow, figure):
    doors = next(b.doors for b in bundles if any(s is skim for s in b.skims))
    row = ("time_h", "var_h2", "distance_km", "cost_usd_feu", "co2_kg_feu").index(figure)
    go = flow > 0
    ends = doors.figures[row][skim.start[go]] + doors.figures[row][skim.end[go]]
    return (flow[go] * ends).sum()


def test_a_cut_of_gates_carries_what_goes_by_them(world, passed, masses, volume):
    """With no other way that runs on rails all railway freight between the sides is theirs."""
    barred = {"a-middle": 0.0, "a-southern": 0.0, "a-sea": 0.0}
    only = tastes(GOODS.vot_usd_h, list(GOODS.flies), over=barred)
    found = send(passed, GOODS, only, masses, volume, world.network.n_edges)
    for number in range(len(ROUTED_AS)):
        own = found.by_pair[GOODS.routed_as == number].sum(axis=(0, 2, 3))
        for k in GATED:
            over = along(world, found, ways()[k].gates, number)
            assert sum(over) == pytest.approx(own[k], rel=1e-6), IDS[k]
        whole = along(world, found, between_sides("rail"), number)
        assert sum(whole) == pytest.approx(own[GATED].sum(), rel=1e-6)


def test_what_leaves_china_goes_along_and_what_enters_it_against(world, passed, masses, volume,
                                                                 codes):  # fmt: skip
    china = codes.index("CHN")
    westward = np.zeros_like(volume)
    westward[:, china] = volume[:, china]
    found = send(passed, GOODS, TASTES, masses, westward, world.network.n_edges)
    network = world.network
    edges = np.flatnonzero(np.isin(network.edge_crossing, between_sides("rail")))
    from_china = network.node_economy[network.edge_tail[edges]] == network.economies.index("CHN")
    out = np.where(from_china, found.forward[:, edges], found.backward[:, edges])
    back = np.where(from_china, found.backward[:, edges], found.forward[:, edges])
    assert out.sum() > 0
    assert not back.any()


def test_both_ways_is_the_sum_of_directions_and_classes(traffic):
    summed = traffic.forward[0] + traffic.forward[1] + traffic.backward[0] + traffic.backward[1]
    np.testing.assert_allclose(traffic.both_ways, summed)


def test_hours_of_a_way_lie_between_those_of_its_trips(passed, traffic):
    for k, name in enumerate(IDS):
        hours = [skims[k].time_h for skims in passed.skims]
        if traffic.feu[k] > 0:
            low, high = (f(np.concatenate([h.ravel() for h in hours])) for f in
                         (np.nanmin, np.nanmax))  # fmt: skip
            assert low <= traffic.hours[k] <= high, name
            assert traffic.co2_t[k] > 0
    flown, sailed = IDS.index("air"), IDS.index("sea")
    assert traffic.hours[flown] < traffic.hours[sailed]
    each = traffic.co2_t[[flown, sailed]] / traffic.feu[[flown, sailed]]
    assert each[0] > each[1]


def test_twice_as_much_is_twice_as_much_everywhere(world, passed, masses, volume, traffic):
    twice = send(passed, GOODS, TASTES, masses, 2 * volume, world.network.n_edges)
    np.testing.assert_allclose(twice.both_ways, 2 * traffic.both_ways, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(twice.feu, 2 * traffic.feu)
    np.testing.assert_allclose(twice.hours, traffic.hours)


def test_nothing_sent_is_nothing_carried(world, passed, masses, volume):
    idle = send(passed, GOODS, TASTES, masses, 0 * volume, world.network.n_edges)
    assert not idle.both_ways.any()
    assert not idle.feu.any()
    assert np.isnan(idle.hours).all()
