"""The choice among ways against the formulas written out slowly, and the laws it must obey."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.routing.choice.logit import Masses, Tastes, pair_costs, split

SINGLE = 1e-5
"""Skims are held in single precision."""


def drawn(seed, *, n_ways=5, n_zones=7, n_economies=3, n_sectors=2, shut=0.25):
    """Skims, tastes, masses and volumes at random; some ways are not open."""
    rng = np.random.default_rng(seed)
    shape = (n_ways, n_zones, n_zones)
    skims = [rng.uniform(low, high, shape) for low, high in ((200, 9000), (10, 900), (1, 90))]
    closed = rng.random(shape) < shut
    skims = [np.where(closed, np.nan, a).astype(np.float32) for a in skims]
    economy = np.r_[np.arange(n_economies), rng.integers(0, n_economies, n_zones - n_economies)]
    people = rng.uniform(0.1, 5, n_zones)
    share = people / np.bincount(economy, people, n_economies)[economy]
    between = rng.uniform(1.0, 4.0)
    tastes = Tastes(
        vot_usd_h=rng.uniform(0.1, 30, n_sectors),
        reliability_ratio=rng.uniform(0.2, 1.5),
        constant=np.exp(rng.normal(0, 2, (n_sectors, n_ways))),
        nest=rng.integers(0, 3, n_ways),
        within=between + rng.uniform(0, 5),
        between=between,
    )
    volume = rng.uniform(0, 1000, (n_sectors, n_economies, n_economies))
    return skims, tastes, Masses(economy, share, n_economies), volume


def paid(skims, tastes, sector):
    """G_w in double precision, float64[W, Z, Z], inf where it is not open."""
    cost, time, sd = (a.astype(np.float64) for a in skims)
    g = cost + tastes.vot_usd_h[sector] * (time + tastes.reliability_ratio * sd)
    return np.where(np.isnan(g), np.inf, g)


def slowly(skims, tastes, sector):
    """Cost index [Z, Z] and shares [W, Z, Z], nest by nest as the formulas say."""
    g = paid(skims, tastes, sector)
    weight = tastes.constant[sector][:, None, None] * g ** (-tastes.within)
    share = np.zeros_like(g)
    top = np.zeros(g.shape[1:])
    with np.errstate(divide="ignore", invalid="ignore"):
        for nest in np.unique(tastes.nest):
            own = tastes.nest == nest
            index = weight[own].sum(axis=0) ** (-1.0 / tastes.within)
            value = np.where(np.isfinite(index), index ** (-tastes.between), 0.0)
            share[own] = np.nan_to_num(weight[own] / weight[own].sum(axis=0)) * value
            top += value
        return top ** (-1.0 / tastes.between), np.nan_to_num(share / top)


# Against the formulas


@pytest.mark.parametrize("seed", range(20))
def test_costs_are_those_of_the_formulas(seed):
    skims, tastes, masses, _ = drawn(seed)
    found = pair_costs(*skims, tastes, masses)
    for sector in range(2):
        cost, _ = slowly(skims, tastes, sector)
        mass = masses.share[:, None] * masses.share[None, :]
        for a in range(3):
            for b in range(3):
                at = np.ix_(masses.economy == a, masses.economy == b)
                harmonic = 1.0 / (mass[at] / cost[at]).sum()
                assert found[sector, a, b] == pytest.approx(harmonic, rel=1e-10)


@pytest.mark.parametrize("seed", range(20))
def test_flows_are_those_of_the_formulas(seed):
    skims, tastes, masses, volume = drawn(seed)
    by_zone, by_pair = split(*skims, tastes, masses, volume)
    open_ = np.isfinite(skims[0]).any(axis=0)
    mass = masses.share[:, None] * masses.share[None, :] * open_
    wanted_zone = np.zeros_like(by_zone)
    wanted_pair = np.zeros_like(by_pair)
    for sector in range(2):
        _, share = slowly(skims, tastes, sector)
        for a in range(3):
            for b in range(3):
                at = np.ix_(masses.economy == a, masses.economy == b)
                sent = volume[sector, a, b] * mass[at] / mass[at].sum()
                flows = share[(slice(None), *at)] * sent
                wanted_zone[(slice(None), *at)] += flows
                wanted_pair[sector, :, a, b] = flows.sum(axis=(1, 2))
    np.testing.assert_allclose(by_zone, wanted_zone, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(by_pair, wanted_pair, rtol=1e-9, atol=1e-9)


# Nothing is lost and nothing is made


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.floats(0.0, 0.9))
def test_what_is_sent_arrives_once_wherever_a_way_is_open(seed, shut):
    skims, tastes, masses, volume = drawn(seed, shut=shut)
    by_zone, by_pair = split(*skims, tastes, masses, volume)
    linked = np.isfinite(pair_costs(*skims, tastes, masses))
    assert (by_zone >= 0).all()
    np.testing.assert_allclose(
        by_pair.sum(axis=1), np.where(linked, volume, 0.0), rtol=1e-9, atol=1e-9
    )
    assert by_zone.sum() == pytest.approx(by_pair.sum(), rel=1e-9)
    for way in range(len(by_zone)):
        gathered = np.zeros((3, 3))
        np.add.at(gathered, (masses.economy[:, None], masses.economy[None, :]), by_zone[way])
        np.testing.assert_allclose(gathered, by_pair[:, way].sum(axis=0), rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6))
def test_nothing_is_lost_where_a_sector_has_fewer_ways_than_others(seed):
    """A pair open by air alone passes on the volume of what does not fly."""
    skims, tastes, masses, volume = drawn(seed, shut=0.6)
    barred = np.array(tastes.constant)
    barred[1, 0] = 0.0
    tastes = replace(tastes, constant=barred)
    linked = np.isfinite(pair_costs(*skims, tastes, masses))
    by_zone, by_pair = split(*skims, tastes, masses, volume)
    np.testing.assert_allclose(
        by_pair.sum(axis=1), np.where(linked, volume, 0.0), rtol=1e-9, atol=1e-9
    )
    assert (by_pair[1, 0] == 0).all()
    assert by_zone.sum() == pytest.approx(by_pair.sum(), rel=1e-9)


def test_a_pair_of_zones_without_a_way_passes_its_volume_on():
    cost = np.full((1, 2, 2), np.nan, np.float32)
    cost[0, 0, 1] = 100.0
    rest = np.where(np.isnan(cost), cost, 1.0).astype(np.float32)
    masses = Masses(np.array([0, 0]), np.array([0.2, 0.8]), 1)
    by_zone, by_pair = split(cost, rest, rest, one_way(), masses, np.full((1, 1, 1), 50.0))
    assert by_zone[0].ravel().tolist() == pytest.approx([0.0, 50.0, 0.0, 0.0])
    assert by_pair.ravel().tolist() == pytest.approx([50.0])


def test_economies_without_a_way_cost_more_than_anything_and_get_nothing():
    nothing = np.full((2, 2, 2), np.nan, np.float32)
    masses = Masses(np.array([0, 1]), np.ones(2), 2)
    tastes = replace(one_way(), constant=np.ones((1, 2)), nest=np.array([0, 1]))
    assert np.isinf(pair_costs(nothing, nothing, nothing, tastes, masses)).all()
    by_zone, by_pair = split(nothing, nothing, nothing, tastes, masses, np.ones((1, 2, 2)))
    assert not by_zone.any()
    assert not by_pair.any()


@pytest.mark.parametrize("seed", range(3))
def test_the_result_does_not_depend_on_who_worked_it_out(seed):
    """Threads write where no other does."""
    skims, tastes, masses, volume = drawn(seed, n_zones=30, n_economies=8)
    first = split(*skims, tastes, masses, volume), pair_costs(*skims, tastes, masses)
    for _ in range(3):
        again = split(*skims, tastes, masses, volume), pair_costs(*skims, tastes, masses)
        assert (again[0][0] == first[0][0]).all()
        assert (again[0][1] == first[0][1]).all()
        assert (again[1] == first[1]).all()


# The cost index and the shares belong together


def one_way(vot=2.0, ratio=0.5, within=6.0, between=2.0):
    return Tastes(np.array([vot]), ratio, np.ones((1, 1)), np.zeros(1, np.int64), within, between)


def single_pair(seed, shut=0.0):
    """One pair of zones of two economies, so that the cost of the pair is its index."""
    skims, tastes, _, _ = drawn(seed, n_zones=2, n_economies=2, n_sectors=1, shut=shut)
    return skims, tastes, Masses(np.array([0, 1]), np.ones(2), 2)


def index_and_shares(skims, tastes, masses):
    cost = pair_costs(*skims, tastes, masses)[0, 0, 1]
    _, by_pair = split(*skims, tastes, masses, np.ones((1, 2, 2)))
    return cost, by_pair[0, :, 0, 1]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(0, 4))
def test_the_elasticity_of_the_cost_to_a_ways_cost_is_its_share(seed, way):
    """Shephard's lemma, by differences of half a per cent to both sides."""
    skims, tastes, masses = single_pair(seed)
    _, shares = index_and_shares(skims, tastes, masses)
    step = 0.005
    ends = []
    for factor in (1 + step, 1 - step):
        moved = [np.array(a) for a in skims]
        for array in moved:
            array[way] *= np.float32(factor)
        ends.append(np.log(index_and_shares(moved, tastes, masses)[0]))
    slope = (ends[0] - ends[1]) / (np.log(1 + step) - np.log(1 - step))
    # The third derivative is at most of the order of within^2 times the share.
    assert slope == pytest.approx(shares[way], abs=2 * step**2 * tastes.within**2)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 4), st.floats(0.2, 0.98))
def test_a_cheaper_way_takes_more_from_every_other_and_the_trip_gets_cheaper(seed, way, factor):
    skims, tastes, masses = single_pair(seed)
    cost, shares = index_and_shares(skims, tastes, masses)
    for of in range(3):
        moved = [np.array(a) for a in skims]
        moved[of][way] *= np.float32(factor)
        new_cost, new = index_and_shares(moved, tastes, masses)
        assert new_cost <= cost * (1 + 1e-12)
        assert new[way] >= shares[way] - 1e-12
        others = np.arange(5) != way
        assert (new[others] <= shares[others] + 1e-12).all()
        assert new.sum() == pytest.approx(1.0)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(0, 4))
def test_a_neighbour_in_the_nest_loses_a_larger_part_than_other_nests(seed, way):
    skims, tastes, masses = single_pair(seed)
    _, before = index_and_shares(skims, tastes, masses)
    skims[0][way] *= np.float32(0.7)
    _, after = index_and_shares(skims, tastes, masses)
    kept = after / before
    same = (tastes.nest == tastes.nest[way]) & (np.arange(5) != way)
    other = tastes.nest != tastes.nest[way]
    if same.any() and other.any() and (before > 1e-12).all():
        assert kept[same].max() <= kept[other].min() * (1 + 1e-6)
        # Independence of irrelevant alternatives holds for all that are equally far.
        assert kept[other] == pytest.approx(kept[other][0])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(-3, 3))
def test_all_costs_times_a_factor_are_the_trip_times_it_and_nobody_changes(seed, power):
    skims, tastes, masses = single_pair(seed, shut=0.2)
    cost, shares = index_and_shares(skims, tastes, masses)
    factor = 2.0**power
    scaled = index_and_shares([a * np.float32(factor) for a in skims], tastes, masses)
    assert scaled[0] == pytest.approx(cost * factor, rel=1e-12)
    np.testing.assert_allclose(scaled[1], shares, rtol=1e-10, atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.floats(10, 1e5), st.floats(0, 1e4), st.floats(0, 1e3), st.floats(0, 50))
def test_the_cost_of_one_way_is_what_it_takes(cost, time, sd, vot):
    tastes = one_way(vot=vot)
    skims = [np.full((1, 2, 2), value, np.float32) for value in (cost, time, sd)]
    masses = Masses(np.array([0, 1]), np.ones(2), 2)
    found, shares = index_and_shares(skims, tastes, masses)
    assert found == pytest.approx(cost + vot * (time + 0.5 * sd), rel=SINGLE)
    assert shares.tolist() == [1.0]


@pytest.mark.parametrize("seed", range(10))
def test_a_way_that_is_not_open_is_as_if_it_were_not_there(seed):
    skims, tastes, masses, volume = drawn(seed, shut=0.0)
    for array in skims:
        array[2] = np.nan
    rest = [0, 1, 3, 4]
    fewer = replace(tastes, constant=tastes.constant[:, rest].copy(), nest=tastes.nest[rest])
    by_zone, by_pair = split(*skims, tastes, masses, volume)
    left = [a[rest] for a in skims]
    without = split(*left, fewer, masses, volume)
    assert not by_zone[2].any()
    assert not by_pair[:, 2].any()
    np.testing.assert_allclose(by_zone[rest], without[0])
    np.testing.assert_allclose(by_pair[:, rest], without[1])
    np.testing.assert_allclose(pair_costs(*skims, tastes, masses), pair_costs(*left, fewer, masses))


@pytest.mark.parametrize("seed", range(10))
def test_a_constant_of_nought_is_a_way_not_taken_by_that_sector_alone(seed):
    skims, tastes, masses, volume = drawn(seed, shut=0.0)
    barred = np.array(tastes.constant)
    barred[0, 3] = 0.0
    _, by_pair = split(*skims, replace(tastes, constant=barred), masses, volume)
    _, before = split(*skims, tastes, masses, volume)
    assert not by_pair[0, 3].any()
    assert (by_pair[1] == before[1]).all()
    assert by_pair[0].sum() == pytest.approx(volume[0].sum())


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.floats(0.1, 10))
def test_a_constant_within_a_nest_moves_the_odds_by_itself(seed, factor):
    skims, tastes, masses = single_pair(seed)
    tastes = replace(tastes, nest=np.array([0, 0, 1, 1, 1]))
    _, before = index_and_shares(skims, tastes, masses)
    raised = np.array(tastes.constant)
    raised[0, 0] *= factor
    _, after = index_and_shares(skims, replace(tastes, constant=raised), masses)
    if (before > 1e-9).all() and (after > 1e-9).all():
        odds = (after[0] / after[1]) / (before[0] / before[1])
        assert odds == pytest.approx(factor, rel=1e-9)
        assert after[2] / after[3] == pytest.approx(before[2] / before[3], rel=1e-9)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.floats(0.1, 10))
def test_a_constant_of_a_whole_nest_moves_its_odds_by_the_ratio_of_elasticities(seed, factor):
    """The power by which the fit turns a ratio of shares into one of constants."""
    skims, tastes, masses = single_pair(seed)
    tastes = replace(tastes, nest=np.array([0, 0, 1, 1, 1]))
    _, before = index_and_shares(skims, tastes, masses)
    raised = np.array(tastes.constant)
    raised[0, :2] *= factor
    _, after = index_and_shares(skims, replace(tastes, constant=raised), masses)
    odds = (after[:2].sum() / after[2:].sum()) / (before[:2].sum() / before[2:].sum())
    assert odds == pytest.approx(factor ** (tastes.between / tastes.within), rel=1e-8)


def test_two_equal_ways_share_and_the_trip_is_cheaper_for_the_variety():
    tastes = replace(one_way(), constant=np.ones((1, 2)), nest=np.array([0, 0]))
    masses = Masses(np.array([0, 1]), np.ones(2), 2)
    skims = [np.full((2, 2, 2), value, np.float32) for value in (800.0, 60.0, 40.0)]
    cost, shares = index_and_shares(skims, tastes, masses)
    assert shares.tolist() == [0.5, 0.5]
    assert cost == pytest.approx(960.0 * 2 ** (-1 / 6))
    apart = replace(tastes, nest=np.array([0, 1]))
    assert index_and_shares(skims, apart, masses)[0] == pytest.approx(960.0 * 2 ** (-1 / 2))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6))
def test_with_one_elasticity_nests_do_not_matter(seed):
    skims, tastes, masses = single_pair(seed)
    tastes = replace(tastes, within=tastes.between)
    nested = index_and_shares(skims, tastes, masses)
    flat = index_and_shares(skims, replace(tastes, nest=np.zeros(5, np.int64)), masses)
    assert nested[0] == pytest.approx(flat[0], rel=1e-10)
    np.testing.assert_allclose(nested[1], flat[1], rtol=1e-9, atol=1e-12)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6))
def test_who_values_an_hour_more_goes_by_the_faster_way(seed):
    rng = np.random.default_rng(seed)
    slow, fast = (1000.0, 800.0), (5000.0, 100.0)
    tastes = replace(one_way(), constant=np.exp(rng.normal(0, 1, (1, 2))), nest=np.array([0, 1]))
    masses = Masses(np.array([0, 1]), np.ones(2), 2)
    skims = [np.empty((2, 2, 2), np.float32) for _ in range(3)]
    for way, (cost, time) in enumerate((slow, fast)):
        skims[0][way], skims[1][way], skims[2][way] = cost, time, 0.0
    parts = [
        index_and_shares(skims, replace(tastes, vot_usd_h=np.array([vot])), masses)[1][1]
        for vot in (0.0, 1.0, 5.0, 25.0, 125.0)
    ]
    assert parts == sorted(parts)
    assert parts[-1] > parts[0]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10**6))
def test_the_cost_between_economies_lies_between_those_of_their_zones(seed):
    skims, tastes, masses, _ = drawn(seed, shut=0.0)
    found = pair_costs(*skims, tastes, masses)
    for sector in range(2):
        cost, _ = slowly(skims, tastes, sector)
        for a in range(3):
            for b in range(3):
                of_zones = cost[np.ix_(masses.economy == a, masses.economy == b)]
                low, high = of_zones.min() * (1 - 1e-9), of_zones.max() * (1 + 1e-9)
                assert low <= found[sector, a, b] <= high


# Where goods leave from


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_origins_that_are_the_shares_change_nothing(seed):
    skims, tastes, masses, volume = drawn(seed)
    alike = replace(masses, origin=np.tile(masses.share, (len(volume), 1)))
    np.testing.assert_array_equal(
        pair_costs(*skims, tastes, alike), pair_costs(*skims, tastes, masses)
    )
    for one, other in zip(
        split(*skims, tastes, alike, volume), split(*skims, tastes, masses, volume), strict=True
    ):
        np.testing.assert_array_equal(one, other)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_goods_leave_from_their_origins_and_arrive_where_people_live(seed):
    skims, tastes, masses, volume = drawn(seed, shut=0.0)
    rng = np.random.default_rng(seed)
    weight = rng.uniform(0, 1, (len(volume), len(masses.share)))
    whole = np.stack([np.bincount(masses.economy, w, masses.count) for w in weight])
    origin = weight / whole[:, masses.economy]
    by_zone, by_pair = split(*skims, tastes, replace(masses, origin=origin), volume)
    np.testing.assert_allclose(by_pair.sum(axis=1), volume)
    sent = np.einsum("sz,sz->z", volume.sum(axis=2)[:, masses.economy], origin)
    np.testing.assert_allclose(by_zone.sum(axis=(0, 2)), sent)
    received = volume.sum(axis=(0, 1))[masses.economy] * masses.share
    np.testing.assert_allclose(by_zone.sum(axis=(0, 1)), received)


def test_a_subset_of_sectors_takes_its_own_origins():
    _, _, masses, volume = drawn(1)
    origin = np.arange(len(volume) * len(masses.share), dtype=float).reshape(len(volume), -1)
    chosen = np.array([False, True])
    assert (replace(masses, origin=origin).of(chosen).origin == origin[1:]).all()
    assert masses.of(chosen) is masses
