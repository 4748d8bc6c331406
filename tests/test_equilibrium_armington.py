"""One sector without inputs, and the fixed-share convention of structural-gravity tools."""

import numpy as np
import pytest

from landbridge.economy.armington import armington_base, gravity_shares, solve_fixed_shares
from landbridge.economy.base import Shock
from landbridge.economy.equilibrium import solve
from landbridge.errors import InputError, NotConvergedError

AGREES = 1e-6


def world(n, seed=0):
    """A gravity world in the form `gegravity` takes it."""
    rng = np.random.default_rng(seed)
    output = np.exp(rng.normal(0.0, 1.0, n)) * 1e3
    expenditure = output * np.exp(rng.normal(0.0, 0.05, n))
    expenditure *= output.sum() / expenditure.sum()
    log_distance = rng.uniform(0.5, 2.5, (n, n))
    log_distance = (log_distance + log_distance.T) / 2
    np.fill_diagonal(log_distance, 0.0)
    return output, expenditure, log_distance


def gegravity_answer(output, expenditure, log_distance, cheaper, sigma):
    """Solve the same world with `gegravity`: factory prices and real spending, by economy."""
    pandas = pytest.importorskip("pandas")
    gegravity = pytest.importorskip("gegravity")
    names = [f"E{k:03d}" for k in range(len(output))]
    rows = [
        (names[i], names[n], 2020, 1.0, output[i], expenditure[n], log_distance[n, i])
        for i in range(len(output))
        for n in range(len(output))
    ]
    columns = ["exporter", "importer", "year", "trade", "Y", "E", "cost"]
    table = pandas.DataFrame(rows, columns=columns)
    coefficients = pandas.DataFrame({"name": ["cost"], "value": [-1.0]})
    model = gegravity.OneSectorGE(
        gegravity.BaselineData(
            table, trade_var_name="trade", expend_var_name="E", output_var_name="Y"
        ),
        year="2020",
        reference_importer=names[-1],
        expend_var_name="E",
        output_var_name="Y",
        sigma=sigma,
        cost_variables=["cost"],
        cost_coeff_values=gegravity.CostCoeffs(
            coefficients, identifier_col="name", coeff_col="value"
        ),
        quiet=True,
    )
    model.build_baseline()
    experiment = table.copy()
    experiment["cost"] = cheaper.T.ravel()
    model.define_experiment(experiment)
    model.simulate(ge_tolerance=1e-10)
    return model.country_results.sort_index()


@pytest.mark.filterwarnings("ignore")
def test_agrees_with_gegravity_under_its_own_convention():
    output, expenditure, log_distance = world(12)
    rng = np.random.default_rng(1)
    theta = 4.0
    cheaper = log_distance - 0.3 * (rng.random(log_distance.shape) < 0.3)
    np.fill_diagonal(cheaper, 0.0)
    theirs = gegravity_answer(output, expenditure, log_distance, cheaper, theta + 1.0)
    shares = gravity_shares(np.exp(-log_distance), output, expenditure)
    iceberg_hat = np.exp((cheaper - log_distance) / theta)
    ours = solve_fixed_shares(shares, output, expenditure, iceberg_hat, theta)
    factory = 1.0 + theirs["factory gate price change (percent)"].to_numpy(float) / 100.0
    real = 1.0 / theirs["welfare statistic"].to_numpy(float)
    np.testing.assert_allclose(ours.factory_price_hat, factory, rtol=AGREES)
    np.testing.assert_allclose(ours.factory_price_hat / ours.price_hat, real, rtol=AGREES)


def test_nothing_in_nothing_out():
    output, expenditure, log_distance = world(9)
    shares = gravity_shares(np.exp(-log_distance), output, expenditure)
    np.testing.assert_allclose(expenditure @ shares, output, rtol=1e-10)
    found = solve_fixed_shares(shares, output, expenditure, np.ones((9, 9)), 4.0)
    np.testing.assert_allclose(found.factory_price_hat, 1.0, rtol=1e-10)


def test_fixed_shares_differ_from_the_exact_answer_but_not_by_much():
    """Under one convention incomes follow prices, under the other they do not."""
    output, _, log_distance = world(12, seed=2)
    shares = gravity_shares(np.exp(-log_distance), output, output)
    iceberg_hat = np.where(log_distance < 1.2, 0.97, 1.0)
    np.fill_diagonal(iceberg_hat, 1.0)
    fixed = solve_fixed_shares(shares, output, output, iceberg_hat, 4.0)
    exact = solve(
        armington_base(shares * output[:, None], theta=4.0), Shock(iceberg_hat=iceberg_hat[None])
    )
    gap = np.abs(fixed.factory_price_hat / fixed.price_hat - exact.real_income_hat)
    assert 1e-6 < gap.max() < 0.02


def test_symmetric_pair_against_the_closed_form():
    """Two equal economies: wages do not move, prices follow from the shares alone."""
    home, theta, factor = 0.8, 5.0, 1.3
    base = armington_base(np.array([[home, 1 - home], [1 - home, home]]), theta)
    iceberg = np.array([[[1.0, factor], [factor, 1.0]]])
    found = solve(base, Shock(iceberg_hat=iceberg))
    price = (home + (1 - home) * factor**-theta) ** (-1 / theta)
    np.testing.assert_allclose(found.price_hat[:, 0], price, rtol=1e-10)
    np.testing.assert_allclose(found.real_income_hat, 1 / price, rtol=1e-10)


def test_gains_follow_the_home_share():
    """Arkolakis, Costinot & Rodríguez-Clare (2012): real income moves by home share alone."""
    rng = np.random.default_rng(5)
    flows = rng.gamma(1.0, 1.0, (6, 6)) + 5.0 * np.eye(6)
    theta = 4.0
    base = solve(armington_base(flows, theta), deficits="closed").as_base()
    found = solve(base, Shock(iceberg_hat=np.exp(rng.normal(0, 0.3, (1, 6, 6))) ** (1 - np.eye(6))))
    home = np.diagonal(found.shares[0]) / np.diagonal(base.shares[0])
    np.testing.assert_allclose(found.real_income_hat, home ** (-1.0 / theta), rtol=1e-8)


def test_bad_input_is_refused():
    output, expenditure, log_distance = world(4)
    shares = gravity_shares(np.exp(-log_distance), output, expenditure)
    with pytest.raises(InputError, match=r"iceberg_hat \(3, 3\)"):
        solve_fixed_shares(shares, output, expenditure, np.ones((3, 3)), 4.0)
    with pytest.raises(InputError, match="must be positive"):
        solve_fixed_shares(shares, output, expenditure, -np.ones((4, 4)), 4.0)
    with pytest.raises(NotConvergedError, match="after 1 iterations"):
        solve_fixed_shares(
            shares, output, expenditure, 1.0 + 0.5 * (log_distance > 0), 4.0, max_iterations=1
        )
