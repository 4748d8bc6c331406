"""Indices from draws beside those known in closed form."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.errors import InputError
from landbridge.outlook.sensitivity import sensitivity


def _sobol(draws, unknowns):
    from scipy.stats import qmc

    return qmc.Sobol(unknowns, rng=np.random.default_rng(0)).random(draws)


def test_indices_of_a_product_are_those_of_the_closed_form():
    points = _sobol(512, 6)
    x = 2.0 * points - 1.0
    values = x[:, 0] + x[:, 1] + 2.0 * x[:, 0] * x[:, 1]
    # Variances 1/3, 1/3 and 4/9.
    found = sensitivity(points, values, list("abcdef"))
    assert found.first["a"] == pytest.approx(0.3, abs=0.01)
    assert found.total["a"] == pytest.approx(0.7, abs=0.01)
    assert found.total["c"] == pytest.approx(0.0, abs=0.01)
    assert found.caught > 0.99


def test_agrees_with_saltelli_of_salib():
    analyze = pytest.importorskip("SALib.analyze.sobol")
    sample = pytest.importorskip("SALib.sample.sobol")
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    design = sample.sample(problem, 1024, calc_second_order=False, seed=1)

    def model(p):
        return np.exp(p[:, 0]) + p[:, 1] * p[:, 2]

    theirs = analyze.analyze(problem, model(design), calc_second_order=False, seed=1)
    points = _sobol(512, 3)
    ours = sensitivity(points, model(points), problem["names"])
    assert list(ours.total.values()) == pytest.approx(theirs["ST"].tolist(), abs=0.03)
    assert list(ours.first.values()) == pytest.approx(theirs["S1"].tolist(), abs=0.03)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(-3, 3), min_size=3, max_size=3), st.integers(0, 5))
def test_no_index_is_negative_and_none_is_less_in_total(weights, seed):
    points = np.random.default_rng(seed).random((100, 3))
    values = points @ np.array(weights) + 0.1 * points[:, 0] ** 2 + 1e-3 * points[:, 1]
    found = sensitivity(points, values, ["x: a", "x: b", "c"])
    assert set(found.first) == {"x", "c"}
    assert all(0.0 <= found.first[k] <= found.total[k] + 1e-12 for k in found.first)


@pytest.mark.parametrize("values", [np.ones(50), np.full(50, np.nan), np.arange(5.0)])
def test_what_says_nothing_is_refused(values):
    with pytest.raises(InputError):
        sensitivity(np.random.default_rng(0).random((len(values), 2)), values, ["a", "b"])
