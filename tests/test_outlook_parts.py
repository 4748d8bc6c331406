"""The parts of an outlook: what is known, the choice in hat algebra, counts gone on from."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge import facts
from landbridge.errors import InputError, UnknownNameError
from landbridge.outlook.anchor import Anchor, anchor, excess
from landbridge.outlook.chain import Chain
from landbridge.outlook.choice import Entries, choose, dearer
from landbridge.outlook.damped import Trend, Usual, ratio, usual_errors, usual_trend
from landbridge.outlook.known import known
from landbridge.outlook.past_errors import past_errors
from landbridge.outlook.spec import checked
from landbridge.outlook.unknowns import Unknowns
from outlook_sample import small_parts


@pytest.mark.parametrize("as_of", [2016, 2018, 2019, 2021, 2024])
def test_nothing_later_than_the_date_is_known(as_of):
    found = known(as_of)
    assert max(y for path in found.flows.values() for y in path) <= as_of
    assert max(y for path in found.rates.values() for y in path) <= as_of
    assert max(y for path in found.observed_growth_pct.values() for y in path) < as_of
    assert found.edition == "" or int(found.edition[:4]) <= as_of
    assert all(row.year < as_of for row in found.growth_errors)
    assert max((y for p in found.border_factors.values() for y in p), default=0) <= as_of
    told = {row.id: str(row.as_of)[:4] for row in facts.rows("sections")}
    assert all(int(told[section]) <= as_of for section in found.openings)


def test_hazards_count_only_what_had_happened():
    assert known(2016).hazards["suez-closed"].yearly_probability == pytest.approx(2.5 / 68)
    assert known().hazards["suez-closed"].yearly_probability == pytest.approx(2.5 / 77)


@pytest.mark.parametrize("as_of", [1999, 2012, 2090])
def test_a_date_without_tables_is_refused(as_of):
    with pytest.raises(InputError, match="as of"):
        known(as_of)


def test_the_table_of_errors_is_what_the_paths_give():
    stored = {(row.vintage, row.horizon_years): row for row in facts.rows("growth_errors")}
    made = past_errors()
    assert len(stored) == len(made)
    for error in made:
        row = stored[error.vintage, error.horizon]
        assert (row.common_pct, row.regional_pct, row.single_pct, row.economies) == (
            error.common_pct, error.regional_pct, error.single_pct, error.economies,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("names", "to", "hazards", "said"),
    [
        (["partnership"], 2051, {}, "2050"),
        (["partnership"], 2025, {}, "2026"),
        ([], 2030, {}, "no scenario"),
        (["partnership", "partnership-2027"], 2030, {}, "twice"),
        (["baseline"], 2030, {"suez-closed": 1.01}, "probability"),
        (["baseline"], 2030, {"suez-closed": math.nan}, "probability"),
    ],
)
def test_what_cannot_be_asked_is_said(names, to, hazards, said):
    with pytest.raises(InputError, match=said):
        checked(names, to, None, hazards)


def test_unknown_names_are_told_with_what_is_meant():
    with pytest.raises(UnknownNameError, match="suez-closed"):
        checked(["baseline"], 2030, None, {"suez": 0.1})
    with pytest.raises(UnknownNameError, match="partnership"):
        checked(["parnership-2027"], 2030)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(1.5, 9.0), st.floats(0.5, 1.0))
def test_the_state_measured_is_met_exactly(seed, within, of_within):
    rng = np.random.default_rng(seed)
    used = rng.random((5, 3, 3)) < 0.7
    used[0] = True
    entries = Entries.where(used, np.array([0, 0, 1, 1, 2]))
    between = within * of_within

    def shares():
        weight = rng.uniform(0.05, 1.0, (2, len(entries.way)))
        total = np.zeros((2, 9))
        np.add.at(total.T, entries.pair, weight.T)
        return weight / total[:, entries.pair]

    old, new = shares(), shares()
    cost, new_cost = rng.uniform(1.0, 9.0, (2, 2, 9))
    times = dearer(entries, old, cost, new, new_cost, within, between)
    met, hat = choose(entries, old, times, within, between)
    assert met == pytest.approx(new, rel=1e-9)
    assert hat * cost == pytest.approx(new_cost, rel=1e-9)


def test_what_is_as_dear_as_before_is_chosen_as_before_and_twice_costs_twice():
    used = np.ones((3, 2, 2), bool)
    entries = Entries.where(used, np.array([0, 1, 1]))
    share = np.tile([0.5, 0.3, 0.2], 4)[None, :]
    for factor in (1.0, 2.0):
        met, hat = choose(entries, share, np.full(share.shape, factor), 6.8, 2.5)
        assert met == pytest.approx(share)
        assert hat == pytest.approx(np.full((1, 4), factor))


def test_a_pair_with_every_way_shut_has_no_cost():
    entries = Entries.where(np.ones((1, 1, 1), bool), np.array([0]))
    met, hat = choose(entries, np.ones((1, 1)), np.full((1, 1), np.inf), 6.8, 2.5)
    assert met[0, 0] == 0.0
    assert hat[0, 0] == np.inf


USUAL = Usual((0.1, 0.2, 0.25))


def test_growth_beyond_the_model_dies_away():
    held = Anchor(2025, 100.0, 0.2, Trend(0.5, 0.3), USUAL, 1.0, 9)
    middle = [held.beyond(year, 0.0) for year in range(2026, 2050)]
    steps = np.diff(middle)
    assert (steps > 0).all()
    assert steps[-1] < 1e-6
    assert middle[-1] == pytest.approx(0.2)


@settings(max_examples=60, deadline=None)
@given(own=st.floats(0.05, 20.0), years=st.integers(0, 30))
def test_bands_never_narrow_and_lie_between_the_usual_ones_and_their_own(own, years):
    held = Anchor(2025, 100.0, 0.0, Trend(0.5, 0.3), USUAL, own, years)
    spreads = [held.spread(year) for year in range(2026, 2050)]
    assert (np.diff(spreads) >= 0).all()
    for horizon, spread in enumerate(spreads, start=1):
        most = max(USUAL.at(horizon), own * USUAL.at(horizon))
        assert min(USUAL.at(1), own * USUAL.at(1)) - 1e-12 <= spread <= most + 1e-12


def test_what_was_wild_grows_up_and_what_was_calm_stays_so():
    young, old = (Anchor(2025, 1.0, 0.0, Trend(0.5, 0.3), USUAL, 4.0, n) for n in (2, 20))
    assert young.spread(2026) == old.spread(2026) == 4.0 * USUAL.at(1)
    for year in (2028, 2030, 2036):
        assert USUAL.at(year - 2025) <= young.spread(year) < old.spread(year)
    calm = Anchor(2025, 1.0, 0.0, Trend(0.5, 0.3), USUAL, 0.5, 2)
    assert calm.spread(2036) == pytest.approx(0.5 * USUAL.at(11))


def test_few_errors_of_its_own_say_little_of_a_series():
    trend = Trend(0.5, 0.3)
    short, long = ([(2020 + k, 0.0) for k in range(n)] for n in (3, 30))
    assert 1.0 > ratio(short, trend, USUAL) > ratio(long, trend, USUAL) > 0.0
    assert ratio(short[:1], trend, USUAL) == 1.0


def test_a_count_that_grows_as_the_model_does_has_nothing_beyond_it():
    counts = {2020: 10.0, 2021: 12.0, 2022: 15.0}
    model = {year: value / 10.0 for year, value in counts.items()}
    found = anchor(counts, excess(counts, model), Trend(0.8, 0.3), USUAL)
    assert found.excess == pytest.approx(0.0)
    assert (found.year, found.value, found.years) == (2022, 15.0, 1)


def test_growth_seen_long_ago_has_faded_when_the_last_count_comes():
    counts = {2015: 1.0, 2016: 2.0, 2023: 3.0}
    trend = Trend(0.8, 0.3)
    beyond = excess(counts, dict.fromkeys(range(2010, 2024), 1.0))
    assert [year for year, _ in beyond] == [2016]
    assert anchor(counts, beyond, trend, USUAL).excess == pytest.approx(math.log(2.0) * 0.8**7)


def test_early_years_of_a_young_series_do_not_widen_its_late_bands():
    trend = Trend(0.8, 0.3)
    calm = [(2010 + k, 0.02 * (-1) ** k) for k in range(14)]
    wild = [(2010 + k, 1.0 / (k + 1)) for k in range(4)] + calm[4:]
    late = calm[:-4] + [(2020 + k, 1.0 / (k + 1)) for k in range(4)]
    usual = usual_errors([calm, wild, late], trend)
    spreads = [
        anchor({2010: 1.0, 2023: 9.0}, beyond, trend, usual).spread(2025)
        for beyond in (calm, wild, late)
    ]
    assert spreads == sorted(spreads)
    assert spreads[1] < 0.5 * spreads[2]


def test_usual_errors_are_those_that_were_made():
    """Errors of a random walk in the level, which nothing foresees, grow with the root of time."""
    rng = np.random.default_rng(0)
    walks = [[(1960 + k, 0.1 * rng.normal()) for k in range(60)] for _ in range(15)]
    usual = usual_errors(walks, Trend(0.5, 0.01))
    assert usual.at(1) == pytest.approx(0.1, rel=0.2)
    assert usual.at(9) == pytest.approx(0.3, rel=0.3)


def test_the_trend_that_foresaw_best_is_found():
    rng = np.random.default_rng(1)
    steady = [[(2000 + k, 0.2 * 0.9**k + 1e-4 * rng.normal()) for k in range(15)] for _ in range(5)]
    assert usual_trend(steady).damping == pytest.approx(0.9, abs=0.02)
    noise = [[(2000 + k, 0.1 * rng.normal()) for k in range(15)] for _ in range(40)]
    assert usual_trend(noise).renewal < 0.3


@pytest.fixture(scope="module")
def parts():
    return small_parts(to=2036)


@pytest.fixture(scope="module")
def unknowns(parts):
    own = parts.spec
    return Unknowns.of(own.known, own.probabilities, ["china-europe-trains"])


def test_growth_errors_are_as_large_as_those_of_the_past(unknowns):
    point = np.full(len(unknowns.names), 0.5)
    point[unknowns.names.index("growth: common")] = 0.8413447460685429
    drawn = unknowns.at(point, (2026, 2030))
    past = [row.common_pct for row in facts.rows("growth_errors") if row.horizon_years == 1]
    usual = math.sqrt(sum(x * x for x in past) / len(past))
    assert drawn.growth_pct[2026]["KAZ"] == pytest.approx(usual)
    assert abs(drawn.growth_pct[2030]["KAZ"]) > 0.0


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_point_means_something_sound(unknowns, seed):
    point = np.random.default_rng(seed).uniform(1e-6, 1 - 1e-6, len(unknowns.names))
    years = tuple(range(2026, 2037))
    drawn = unknowns.at(point, years)
    assert drawn.slip_years >= 0
    assert drawn.within > 0.0
    assert drawn.between > 0.0
    assert drawn.border_factor > 0.0
    for path in drawn.money.values():
        assert set(path) == set(years)
        assert all(0.02 < factor < 50.0 for factor in path.values())
    for first, last in drawn.events.values():
        assert first >= years[0]
        assert last >= first or first > years[-1]


def test_waiting_times_have_the_mean_of_their_probability(unknowns):
    k = unknowns.names.index("suez-closed: begins")
    point = np.full(len(unknowns.names), 0.5)
    chance = unknowns.probabilities["suez-closed"]
    shares = (np.arange(2000) + 0.5) / 2000
    begins = []
    for share in shares:
        point[k] = share
        begins.append(unknowns.at(point, (2026,)).events["suez-closed"][0] - 2026)
    within_ten = np.mean(np.array(begins) < 10)
    assert within_ten == pytest.approx(1.0 - (1.0 - chance) ** 10, abs=0.01)


def test_dearer_sea_sends_freight_to_rail_and_longer_borders_take_it_off(parts):
    from dataclasses import replace

    chain = Chain(parts)
    own = parts.spec
    unknowns = Unknowns.of(own.known, own.probabilities, [])
    years = (2026,)
    usual = unknowns.at(np.full(len(unknowns.names), 0.5), years)
    usual = replace(usual, events={}, money={m: {2026: 1.0} for m in usual.money})
    dear = replace(usual, money={**usual.money, "sea": {2026: 4.0}})
    slow = replace(usual, border_factor=3.0)
    rail = [chain.run("baseline", drawn, years)[0, 0] for drawn in (usual, dear, slow)]
    assert rail[1] > rail[0] > rail[2] > 0.0
