"""Scores beside what they are by definition, and naive forecasts beside a hand's count."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import lognorm

from landbridge.errors import InputError
from landbridge.outlook.record import reason, score, verdict
from landbridge.outlook.scores import covered, crps, crps_lognormal, last_growth, last_value

FIGURES = st.floats(-1e3, 1e3)
ENSEMBLES = st.lists(FIGURES, min_size=2, max_size=12).map(np.array)


def _by_integral(draws, outcome):
    """The integral of (F(x) - 1{x >= y})^2, exact for steps."""
    ends = np.sort(np.append(draws, outcome))
    middle = 0.5 * (ends[1:] + ends[:-1])
    held = (draws[None, :] <= middle[:, None]).mean(axis=1) - (middle >= outcome)
    return float((held**2 * np.diff(ends)).sum())


@given(ENSEMBLES, FIGURES)
def test_the_score_of_draws_is_the_integral_of_its_definition(draws, outcome):
    assert crps(draws, outcome, fair=False) == pytest.approx(_by_integral(draws, outcome), abs=1e-8)


@given(FIGURES, FIGURES)
def test_that_of_a_point_is_its_absolute_error_and_of_a_perfect_one_nothing(point, outcome):
    assert crps(np.array([point, point]), outcome) == pytest.approx(abs(point - outcome))
    assert crps(np.array([point] * 5), point) == pytest.approx(0.0, abs=1e-9)
    assert crps_lognormal(abs(point) + 1.0, 0.0, abs(point) + 1.0) == 0.0


@given(ENSEMBLES, FIGURES)
def test_the_fair_score_is_the_mean_of_those_of_every_two_draws(draws, outcome):
    of_two = [
        0.5 * (abs(a - outcome) + abs(b - outcome)) - 0.5 * abs(a - b)
        for i, a in enumerate(draws)
        for b in draws[i + 1 :]
    ]
    assert crps(draws, outcome) == pytest.approx(np.mean(of_two), abs=1e-8)


@given(ENSEMBLES, FIGURES, st.floats(0.01, 100.0), FIGURES)
def test_the_score_has_the_unit_of_what_is_forecast(draws, outcome, unit, shift):
    scaled = crps(draws * unit + shift, outcome * unit + shift)
    assert scaled == pytest.approx(unit * crps(draws, outcome), abs=1e-6 * max(unit, 1.0))


@settings(max_examples=25, deadline=None)
@given(st.floats(1.0, 100.0), st.floats(0.05, 1.2), st.floats(0.5, 200.0))
def test_the_closed_form_of_a_lognormal_is_that_of_its_draws(median, spread, outcome):
    quantiles = lognorm.ppf((np.arange(20_000) + 0.5) / 20_000, spread, scale=median)
    of_draws = crps(quantiles, outcome, fair=False)
    assert crps_lognormal(median, spread, outcome) == pytest.approx(of_draws, rel=0.02, abs=1e-3)


def test_the_true_forecast_scores_better_than_a_sharper_and_a_wider_one():
    rng = np.random.default_rng(0)
    outcomes = np.exp(0.4 * rng.standard_normal(4000))
    means = {s: np.mean([crps_lognormal(1.0, s, y) for y in outcomes]) for s in (0.1, 0.4, 1.2)}
    assert means[0.4] < min(means[0.1], means[1.2])


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_bands_hold_as_many_as_they_say(seed):
    rng = np.random.default_rng(seed)
    draws = rng.standard_normal(400)
    held = [covered(draws, y, 0.9) for y in rng.standard_normal(300)]
    assert 0.8 < np.mean(held) < 0.97


@pytest.mark.parametrize("draws", [[1.0], [1.0, math.nan], [1.0, math.inf]])
def test_what_has_no_score_is_refused(draws):
    with pytest.raises(InputError, match="two draws"):
        crps(np.array(draws), 1.0)


def test_naive_forecasts_go_on_as_they_are_named():
    counts = {2013: 1.0, 2014: 2.0, 2016: 8.0}
    value, growth = last_value(counts), last_growth(counts)
    assert [value.at(y) for y in (2017, 2020)] == [8.0, 8.0]
    # From 2014 to 2016 it doubled every year.
    assert [growth.at(y) for y in (2017, 2018)] == pytest.approx([16.0, 32.0])
    assert value.spread == pytest.approx(math.log(2.0))
    assert value.spread_at(2020) == pytest.approx(2.0 * math.log(2.0))
    assert growth.spread == pytest.approx(0.0)
    with pytest.raises(InputError, match="two counts"):
        last_growth({2016: 1.0})


def test_a_growth_that_turned_once_is_not_sure_of_itself():
    growth = last_growth({2013: 1.0, 2014: 2.0, 2015: 2.0})
    assert growth.at(2020) == 2.0
    # A random walk in growth: 1 + 4 + 9 squared steps after three years.
    assert growth.spread_at(2018) == pytest.approx(math.log(2.0) * math.sqrt(14.0))
    assert last_growth({2014: 1.0, 2015: 2.0}).spread_at(2018) is None


def _scored(values, outcomes, counts=None):
    return score("a", "TEU", values, (2017, 2018, 2019), counts or {2015: 1.0, 2016: 2.0}, outcomes)


def test_a_forecast_that_is_right_beats_naive_ones_and_one_far_off_does_not():
    values = np.tile([3.0, 4.0, 5.0], (10, 1)) * np.linspace(0.9, 1.1, 10)[:, None]
    good = _scored(values, {2017: 3.0, 2019: 5.0})
    assert (good.n, good.years, good.coverage_90) == (2, (2017, 2019), 1.0)
    assert good.crps_last_value == pytest.approx((1.0 + 3.0) / 2)
    assert good.crps_last_growth == pytest.approx((1.0 + 11.0) / 2)
    assert good.beats_both
    bad = _scored(100.0 * values, {2017: 2.0, 2019: 2.0})
    assert not bad.beats_both
    assert not bad.beats_both_spread
    assert bad.coverage_90 == 0.0
    total = verdict([good, bad])
    assert (total.series, total.years, total.beats_both, total.coverage_90) == (2, 4, 0.5, 0.5)


def test_a_verdict_on_nothing_is_refused():
    with pytest.raises(InputError, match="no series"):
        verdict([])


def test_why_a_series_is_not_scored_is_said():
    assert reason({}, {2020: 1.0}) == "nothing was counted yet"
    assert "one count" in reason({2016: 1.0}, {2020: 1.0})
    assert reason({2015: 1.0, 2016: 1.0}, {}) == "nothing was counted since"
    assert reason({2015: 1.0, 2016: 1.0}, {2020: 1.0}) == ""
