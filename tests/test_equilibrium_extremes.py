"""Worlds pushed to the edge: closed pairs, tenfold costs, autarky, sectors not made."""

import numpy as np
import pytest

from landbridge.economy.base import Shock
from landbridge.economy.equilibrium import solve
from landbridge.economy.synthetic import base_from_final_demand, synthetic_world
from landbridge.errors import InputError
from test_equilibrium import assert_equilibrium

SEEDS = range(6)


def away(base):
    return np.broadcast_to(~np.eye(base.economies, dtype=bool), base.shares.shape)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pair_closed_altogether(seed):
    base = synthetic_world(7, 4, seed=seed)
    iceberg = np.ones_like(base.shares)
    iceberg[:, 0, 1] = iceberg[:, 1, 0] = np.inf
    found = solve(base, Shock(iceberg_hat=iceberg))
    assert_equilibrium(found)
    assert found.trade[:, 0, 1].sum() == found.trade[:, 1, 0].sum() == 0.0
    with pytest.raises(InputError, match="real_income_hat"):
        _ = found.welfare


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("deficits", ["held", "scaled", "closed"])
def test_costs_ten_times_higher(seed, deficits):
    base = synthetic_world(7, 4, seed=seed)
    found = solve(base, Shock(iceberg_hat=np.where(away(base), 10.0, 1.0)), deficits=deficits)
    assert_equilibrium(found)
    assert found.trade[away(base)].sum() < base.trade[away(base)].sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_everyone_in_autarky(seed):
    """With one sector and no inputs the loss is the home share to the power 1 / theta."""
    base = synthetic_world(5, 1, seed=seed, highest_tariff=0.0)
    alone = Shock(iceberg_hat=np.where(away(base), np.inf, 1.0))
    balanced = solve(base, deficits="closed").as_base()
    found = solve(balanced, alone)
    assert_equilibrium(found)
    assert found.imports.max() < 1e-12 * base.output.max()
    home = np.diagonal(balanced.shares[0])
    own_inputs = balanced.input_share[:, 0, 0]
    expected = home ** (1.0 / (balanced.theta[0] * (1.0 - own_inputs)))
    np.testing.assert_allclose(found.real_income_hat, expected, rtol=1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_economy_in_autarky(seed):
    base = solve(synthetic_world(6, 4, seed=seed), deficits="closed").as_base()
    iceberg = np.ones_like(base.shares)
    iceberg[:, 0, 1:] = iceberg[:, 1:, 0] = np.inf
    found = solve(base, Shock(iceberg_hat=iceberg))
    assert_equilibrium(found)
    assert found.real_income_hat[0] < 1.0
    assert abs(found.exports[0].sum()) < 1e-12 * base.output.max()


def test_autarky_with_a_deficit_left_is_refused():
    base = synthetic_world(5, 2, seed=0)
    iceberg = np.ones_like(base.shares)
    iceberg[:, 0, 1:] = iceberg[:, 1:, 0] = np.inf
    with pytest.raises(InputError, match=r"economies \[0\] trade with nobody"):
        solve(base, Shock(iceberg_hat=iceberg))


@pytest.mark.parametrize("seed", SEEDS)
def test_sectors_that_some_do_not_make(seed):
    base = synthetic_world(6, 5, seed=seed, unmade=0.5)
    assert (base.output == 0.0).any()
    found = solve(base, Shock(tariff=0.2 * base.tariff))
    assert_equilibrium(found)
    assert not found.output[base.output == 0.0].any()


def test_closing_the_only_supplier_is_refused():
    base = synthetic_world(5, 4, seed=1, unmade=0.5)
    sector, importer = np.argwhere(base.shares[:, range(5), range(5)] == 0.0)[0]
    iceberg = np.ones_like(base.shares)
    iceberg[sector, importer] = np.inf
    with pytest.raises(InputError, match=f"economy {importer} without any supplier"):
        solve(base, Shock(iceberg_hat=iceberg))


def test_a_sector_that_one_economy_does_not_buy():
    base = synthetic_world(3, 2, seed=4)
    shares, spending = base.shares.copy(), base.expenditure.copy()
    inputs, final = base.input_share.copy(), base.final_share.copy()
    inputs[0, 1, :] = 0.0
    final[0] = [1.0, 0.0]
    shares[1, 0] = 0.0
    world = base_from_final_demand(
        shares=shares,
        tariff=base.tariff,
        theta=base.theta,
        input_share=inputs,
        final_demand=final * spending.sum(axis=1, keepdims=True),
    )
    found = solve(world, Shock(tariff=0.0 * base.tariff))
    assert_equilibrium(found)
    assert found.expenditure[0, 1] == 0.0
    np.testing.assert_array_equal(found.as_base().shares[1, 0], 0.0)


@pytest.mark.parametrize("theta", [(0.3, 0.5), (60.0, 65.0)])
@pytest.mark.parametrize("seed", SEEDS)
def test_very_low_and_very_high_elasticities(theta, seed):
    base = synthetic_world(6, 3, seed=seed, theta=theta)
    found = solve(base, Shock(iceberg_hat=np.where(away(base), 1.2, 1.0)), deficits="closed")
    assert_equilibrium(found)


def test_tariffs_of_five_hundred_per_cent():
    base = synthetic_world(6, 3, seed=9)
    found = solve(base, Shock(tariff=np.where(away(base), 5.0, 0.0)), deficits="closed")
    assert_equilibrium(found)


def test_a_world_of_one_economy():
    base = synthetic_world(1, 3, seed=0)
    found = solve(base, Shock(productivity_hat=np.full((1, 3), 1.1)))
    assert_equilibrium(found)
    assert found.real_income_hat[0] > 1.1
