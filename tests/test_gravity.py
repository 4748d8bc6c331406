"""Gravity on panels with known coefficients: what is recovered, what is refused."""

import builtins

import numpy as np
import pandas as pd
import pytest

from landbridge.economy.gravity.panel import Panel
from landbridge.economy.gravity.results import GravityEstimate
from landbridge.economy.gravity.sample import kept_rows, unidentified
from landbridge.economy.gravity.specification import Specification, group_codes
from landbridge.economy.gravity.synthetic import synthetic_panel
from landbridge.errors import InputError, MissingExtraError, UnknownNameError

pytest.importorskip("pyfixest", reason="the extra gravity is not installed")
from landbridge.economy.gravity import estimate as estimation
from landbridge.economy.gravity.estimate import estimate

TRUE = {"ln_distance": -0.9, "contiguity": 0.4, "agreement": 0.3}
PAIR = ("exporter-year", "importer-year", "pair")
YEARS = (2000, 2004, 2008, 2012)

SAMPLING_ERRORS = 3.0
"""Standard errors within which a known coefficient must lie (one seed in four hundred fails)."""
EXACT = 1e-6
"""Flows without noise are fitted to the tolerance of the iteration."""


@pytest.fixture(scope="module")
def panel():
    return synthetic_panel(25, YEARS, TRUE, seed=3, domestic=True, zeros=0.1)


def off(found, name):
    one = found.coefficient(name)
    return abs(one.estimate - TRUE[name]) / one.se


@pytest.mark.parametrize(
    ("regressors", "effects", "domestic"),
    [
        (tuple(TRUE), ("exporter-year", "importer-year"), False),
        (tuple(TRUE), ("exporter-year", "importer-year"), True),
        (tuple(TRUE), ("exporter-year", "importer-year", "domestic"), True),
        (("agreement",), PAIR, False),
        (("agreement",), PAIR, True),
        (("agreement",), ("exporter-year", "importer-year", "directed-pair"), False),
    ],
)
def test_ppml_recovers_the_known_coefficients(panel, regressors, effects, domestic):
    found = estimate(panel, Specification("known", regressors, effects, domestic=domestic))
    assert found.converged
    assert not found.dropped
    assert all(off(found, name) < SAMPLING_ERRORS for name in regressors)


def test_ppml_is_exact_without_noise_and_ols_agrees():
    plain = synthetic_panel(10, YEARS, TRUE, seed=1, spread=0.0)
    for estimator in ("ppml", "ols"):
        found = estimate(plain, Specification("exact", tuple(TRUE), estimator=estimator))
        values = [found.coefficient(name).estimate for name in TRUE]
        assert values == pytest.approx(list(TRUE.values()), abs=EXACT)
        assert found.pseudo_r2 == pytest.approx(1.0, abs=EXACT)
        assert found.r2 == pytest.approx(1.0, abs=EXACT)


def test_no_bias_over_many_draws():
    estimates = []
    for seed in range(30):
        drawn = synthetic_panel(20, (2000,), {"ln_distance": -0.9}, seed=seed, spread=0.3)
        found = estimate(drawn, Specification("d", ("ln_distance",)))
        estimates.append(found.coefficient("ln_distance").estimate)
    error_of_mean = np.std(estimates, ddof=1) / np.sqrt(len(estimates))
    assert abs(np.mean(estimates) + 0.9) < SAMPLING_ERRORS * error_of_mean


def test_scaling_money_changes_nothing_real(panel):
    asked = Specification("scale", tuple(TRUE))
    thousand = Panel(panel.rows.assign(trade=panel.rows["trade"] * 1e3), panel.sources)
    a, b = estimate(panel, asked), estimate(thousand, asked)
    assert [c.estimate for c in b.coefficients] == pytest.approx(
        [c.estimate for c in a.coefficients], abs=1e-7
    )
    assert b.pseudo_r2 == pytest.approx(a.pseudo_r2, abs=1e-9)


def test_order_of_rows_and_names_of_economies_do_not_matter(panel):
    asked = Specification("order", ("agreement",), PAIR)
    rows = panel.rows.sample(frac=1.0, random_state=1).reset_index(drop=True)
    rows["exporter"], rows["importer"] = "X" + rows["exporter"], "X" + rows["importer"]
    a, b = estimate(panel, asked), estimate(Panel(rows, panel.sources), asked)
    assert b.coefficients[0].estimate == pytest.approx(a.coefficients[0].estimate, abs=1e-7)
    assert b.coefficients[0].se == pytest.approx(a.coefficients[0].se, rel=1e-5)


def test_separated_pairs_are_counted_and_do_not_move_the_estimate(panel):
    asked = Specification("separated", ("agreement",), PAIR)
    rows = panel.rows.copy()
    dead = rows["exporter"].isin(["E00", "E01"]) & rows["importer"].isin(["E00", "E01"])
    dead &= rows["exporter"] != rows["importer"]
    rows.loc[dead, "trade"] = 0.0
    with_zeros = estimate(Panel(rows, panel.sources), asked)
    without = estimate(Panel(rows[~dead].reset_index(drop=True), panel.sources), asked)
    assert with_zeros.n_separated == int(dead.sum()) == 2 * len(YEARS)
    assert with_zeros.n == without.n
    assert with_zeros.coefficients[0].estimate == pytest.approx(
        without.coefficients[0].estimate, abs=1e-7
    )


def test_a_regressor_that_separates_is_handled(panel):
    """A dummy that is one only where trade is zero has no finite coefficient under PPML."""
    only_zero = (panel.rows["trade"] == 0.0) & (panel.rows["exporter"] == "E03")
    marked = panel.adding("embargo", only_zero.astype(float), "an example")
    assert only_zero.sum() > 1
    found = estimate(marked, Specification("embargo", ("ln_distance", "embargo")))
    assert [each.name for each in found.dropped] == ["embargo"]
    assert found.n_separated >= only_zero.sum()
    assert off(found, "ln_distance") < SAMPLING_ERRORS


def test_collinear_regressors_are_named_not_estimated(panel):
    twice = panel.adding("twice", 2.0 * panel.rows["ln_distance"], "an example")
    twice = twice.adding("always", np.ones(len(twice.rows)), "an example")
    found = estimate(twice, Specification("c", ("ln_distance", "twice", "always")))
    assert {each.name: each.reason for each in found.dropped} == {
        "twice": "a combination of ln_distance and the fixed effects",
        "always": "the same in every row",
    }
    with pytest.raises(UnknownNameError, match="twice was dropped"):
        found.coefficient("twice")
    with_pairs = estimate(twice, Specification("p", ("ln_distance", "agreement"), PAIR))
    assert [each.name for each in with_pairs.coefficients] == ["agreement"]
    assert with_pairs.dropped[0].reason == "absorbed by the fixed effects"


def test_nothing_left_is_an_error(panel):
    with pytest.raises(InputError, match=r"nothing is left to estimate.*absorbed"):
        estimate(panel, Specification("none", ("ln_distance",), PAIR))
    one_year = panel.where(panel.rows["year"] == 2000)
    with pytest.raises(InputError, match="nothing is left to estimate"):
        estimate(one_year, Specification("none", ("agreement",), PAIR))


def test_every_problem_of_the_input_is_listed_at_once():
    rows = pd.DataFrame(
        {
            "exporter": ["A", "A", "B", "", "C"],
            "importer": ["B", "B", "A", "A", "A"],
            "year": [2000, 2000, 2000.5, 2000, 2000],
            "trade": [1.0, 2.0, -3.0, np.nan, 1.0],
            "ln_distance": [1.0, 1.0, np.inf, 1.0, 1.0],
        }
    )
    with pytest.raises(InputError) as caught:
        Panel(rows, {"trade": "an example"})
    said = str(caught.value)
    for problem in (
        "'ln_distance' has no source",
        "exporter is empty in 1 row, first -A 2000",
        "year is not a whole number in 1 row",
        "trade is not a finite number in 1 row",
        "trade is negative in 1 row, first B-A",
        "ln_distance is not a finite number in 1 row",
        "the pair stands twice in a year in 1 row, first A-B 2000",
    ):
        assert problem in said


def test_missing_columns_and_no_rows_are_told_together():
    with pytest.raises(
        InputError, match=r"no column 'importer'(.|\n)*no column 'trade'(.|\n)*no rows"
    ):
        Panel(pd.DataFrame({"exporter": [], "year": []}), {})


def test_names_that_mean_nothing_get_a_suggestion(panel):
    with pytest.raises(UnknownNameError, match="did you mean 'ln_distance'"):
        estimate(panel, Specification("typo", ("ln_distnace",)))
    with pytest.raises(UnknownNameError, match="did you mean 'ppml'"):
        Specification("typo", ("a",), estimator="pmpl")
    with pytest.raises(UnknownNameError, match="unknown cluster"):
        Specification("typo", ("a",), cluster="country")
    with pytest.raises(InputError, match="named twice"):
        Specification("twice", ("a", "a"))


def test_sum_and_change_follow_the_delta_method(panel):
    found = estimate(panel, Specification("delta", tuple(TRUE)))
    total = found.total(("contiguity", "agreement"))
    assert total.estimate == pytest.approx(sum(c.estimate for c in found.coefficients[1:]))
    assert total.se == pytest.approx(np.sqrt(found.covariance[1:, 1:].sum()))
    change = found.change_pct("contiguity", "agreement")
    a, b = found.covariance[1, 1], found.covariance[2, 2]
    x, y = (found.coefficient(name).estimate for name in ("contiguity", "agreement"))
    slope = np.array([-100 * y / x**2, 100 / x])
    assert change.estimate == pytest.approx(100 * (y - x) / x)
    cov = np.array([[a, found.covariance[1, 2]], [found.covariance[1, 2], b]])
    assert change.se == pytest.approx(np.sqrt(slope @ cov @ slope))


def test_sources_and_sizes_travel_with_the_estimate(panel):
    found = estimate(panel, Specification("sources", ("ln_distance",)))
    assert isinstance(found, GravityEstimate)
    assert found.coefficients[0].source == panel.sources["ln_distance"]
    assert (found.n, found.n_pairs, found.n_economies) == (25 * 24 * 4, 25 * 12, 25)
    assert found.n_zero == int(
        ((panel.rows["trade"] == 0) & (panel.rows["exporter"] != panel.rows["importer"])).sum()
    )
    assert found.n_clusters == found.n_pairs


def test_robust_errors_without_clusters(panel):
    clustered = estimate(panel, Specification("c", ("ln_distance",)))
    robust = estimate(panel, Specification("r", ("ln_distance",), cluster="none"))
    assert robust.n_clusters == robust.n
    assert robust.coefficients[0].estimate == clustered.coefficients[0].estimate
    assert robust.coefficients[0].se != clustered.coefficients[0].se


def test_without_the_extra_the_error_says_how_to_get_it(panel, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "pyfixest":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"pip install 'landbridge\[gravity\]'"):
        estimation.pyfixest()


def test_singletons_and_groups_of_zeros_cascade():
    trade = np.array([1.0, 0.0, 0.0, 4.0, 5.0, 6.0])
    first = np.array([0, 0, 1, 1, 1, 2])
    second = np.array([0, 1, 1, 2, 2, 3])
    kept = kept_rows(trade, [first, second], poisson=True)
    assert kept.rows.tolist() == [False, False, False, True, True, False]
    assert (kept.separated, kept.singletons) == (2, 2)
    ols = kept_rows(trade, [first, second], poisson=False)
    assert ols.separated == 0


def test_a_slowly_absorbed_regressor_is_found():
    """Symmetric pair distance under exporter, importer and pair effects, with domestic rows."""
    drawn = synthetic_panel(30, YEARS, {"ln_distance": -1.0}, seed=5, domestic=True)
    groups = [group_codes(drawn.rows, effect) for effect in PAIR]
    noise = np.random.default_rng(0).normal(size=len(drawn.rows))
    values = np.column_stack([drawn.rows["ln_distance"], noise])
    assert unidentified(values, ["ln_distance", "noise"], groups) == {
        "ln_distance": "absorbed by the fixed effects"
    }
