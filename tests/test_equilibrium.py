"""Laws that every equilibrium obeys, on made-up worlds."""

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from landbridge.economy import hat_algebra
from landbridge.economy.base import BaseEconomy, Shock
from landbridge.economy.equilibrium import solve, solve_many
from landbridge.economy.synthetic import synthetic_world
from landbridge.errors import InputError, NotConvergedError

CLEARS = 1e-9
"""Relative gap in any market; the solver's default tolerance is ten times tighter."""


@st.composite
def worlds(draw):
    return synthetic_world(
        draw(st.integers(2, 12)),
        draw(st.integers(1, 8)),
        seed=draw(st.integers(0, 10**6)),
        home_share=draw(st.sampled_from([0.3, 0.65, 0.95])),
        unmade=draw(st.sampled_from([0.0, 0.3])),
        highest_tariff=draw(st.sampled_from([0.0, 0.12, 1.0])),
        theta=draw(st.sampled_from([(1.0, 2.0), (3.0, 9.0), (0.5, 30.0)])),
    )


@st.composite
def shocks(draw, base):
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    kind = draw(st.sampled_from(["iceberg", "tariff", "productivity", "all"]))
    size = draw(st.sampled_from([0.05, 0.5]))
    shape = base.shares.shape
    away = ~np.eye(base.economies, dtype=bool)
    iceberg = np.where(away, np.exp(rng.normal(0.0, size, shape)), 1.0)
    tariff = np.where(away, rng.uniform(0.0, size, shape), 0.0)
    productivity = np.exp(rng.normal(0.0, size, base.expenditure.shape))
    return {
        "iceberg": Shock(iceberg_hat=iceberg),
        "tariff": Shock(tariff=tariff),
        "productivity": Shock(productivity_hat=productivity),
        "all": Shock(tariff=tariff, iceberg_hat=iceberg, productivity_hat=productivity),
    }[kind]


def assert_equilibrium(found):
    """Every condition of the model, recomputed in numpy from the answer alone."""
    base = found.base
    money = found.income
    assert found.converged
    for value in (found.wage_hat, found.price_hat, found.income, found.shares, found.trade):
        assert np.isfinite(value).all()
    assert (found.wage_hat > 0).all()
    assert (found.income > 0).all()
    earned = (base.value_added_share * found.output).sum(axis=1)
    np.testing.assert_allclose(earned, found.value_added, rtol=CLEARS)
    uses = np.einsum("nkj,nj->nk", base.input_share, found.output)
    uses += base.final_share * money[:, None]
    np.testing.assert_allclose(
        uses, found.expenditure, rtol=CLEARS, atol=CLEARS * found.expenditure.sum()
    )
    supply = found.producer_price_hat.T[:, None, :] ** -base.theta[:, None, None]
    iceberg = 1.0 if found.shock.iceberg_hat is None else found.shock.iceberg_hat
    landed = iceberg * found.gross_tariff / base.gross_tariff
    price = (base.supplied_shares * landed ** -base.theta[:, None, None] * supply).sum(axis=2)
    np.testing.assert_allclose(
        np.log(price.T) / -base.theta, np.log(found.price_hat), atol=1e-8, rtol=0
    )
    # Walras: what all owe each other adds to nothing, and nobody owes.
    world = base.value_added.sum()
    assert abs(found.excess_demand.sum()) < CLEARS * world
    assert np.abs(found.excess_demand / found.value_added).max() < 1e-7


def check_random_world(data):
    base = data.draw(worlds())
    shock = data.draw(shocks(base))
    deficits = data.draw(st.sampled_from(["held", "scaled", "closed"]))
    try:
        found = solve(base, shock, deficits=deficits)
    except NotConvergedError as error:
        # A shock may leave a lender without the means to lend as before; then the error says so.
        if deficits == "closed" or "owe more abroad than they earn" not in str(error):
            raise
        event("a lender without means")
    else:
        assert_equilibrium(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_worlds_have_an_equilibrium(data):
    check_random_world(data)


@pytest.mark.slow
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_thousands_of_random_worlds_have_an_equilibrium(data):
    check_random_world(data)


def test_a_lender_without_means_is_an_error():
    base = synthetic_world(4, 1, seed=3)
    owed = np.zeros(4)
    owed[:2] = 3.0 * base.value_added[0] * np.array([-1.0, 1.0])
    with pytest.raises(NotConvergedError, match="economies"):
        solve(base, Shock(deficit=owed, iceberg_hat=np.full(base.shares.shape, 1.0)))


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_nothing_in_nothing_out(base):
    for deficits in ("held", "scaled"):
        found = solve(base, deficits=deficits)
        np.testing.assert_allclose(found.wage_hat, 1.0, rtol=CLEARS)
        np.testing.assert_allclose(found.price_hat, 1.0, rtol=CLEARS)
        np.testing.assert_allclose(found.real_income_hat, 1.0, rtol=CLEARS)
        np.testing.assert_allclose(found.welfare.total, 0.0, atol=CLEARS)
        np.testing.assert_allclose(found.trade, base.trade, atol=CLEARS * base.trade.max())


@settings(max_examples=25, deadline=None)
@given(worlds(), st.sampled_from([1e-9, 1e3, 1e12]))
def test_the_unit_of_money_changes_nothing_real(base, unit):
    money = ("value_added", "deficit", "expenditure")
    other = dataclasses.replace(base, **{name: unit * getattr(base, name) for name in money})
    shock = Shock(tariff=np.where(base.tariff > 0, 0.5 * base.tariff, 0.0))
    one, two = solve(base, shock), solve(other, shock)
    np.testing.assert_allclose(two.real_income_hat, one.real_income_hat, rtol=1e-8)
    np.testing.assert_allclose(two.shares, one.shares, atol=1e-8)
    np.testing.assert_allclose(two.trade, unit * one.trade, atol=1e-8 * unit * one.trade.max())


@settings(max_examples=25, deadline=None)
@given(worlds(), st.integers(0, 10**6))
def test_productivity_is_cheaper_delivery_everywhere(base, seed):
    """A maker's productivity does what the inverse does as iceberg cost on all its sales."""
    rng = np.random.default_rng(seed)
    lift = np.exp(rng.normal(0.0, 0.2, base.expenditure.shape))
    melted = np.broadcast_to(1.0 / lift.T[:, None, :], base.shares.shape)
    made = solve(base, Shock(productivity_hat=lift), deficits="closed")
    sent = solve(base, Shock(iceberg_hat=melted), deficits="closed")
    np.testing.assert_allclose(made.wage_hat, sent.wage_hat, rtol=1e-7)
    np.testing.assert_allclose(made.shares, sent.shares, atol=1e-7)
    np.testing.assert_allclose(made.real_income_hat, sent.real_income_hat, rtol=1e-7)


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_cheaper_transport_never_lowers_world_welfare_without_tariffs(base):
    free = solve(base, Shock(tariff=np.zeros_like(base.tariff)), deficits="closed").as_base()
    cheaper = np.where(np.eye(base.economies, dtype=bool), 1.0, 0.9)
    found = solve(free, Shock(iceberg_hat=np.broadcast_to(cheaper, free.shares.shape)))
    world = (free.income * np.log(found.real_income_hat)).sum()
    assert world >= -1e-9 * free.income.sum()


def test_undoing_a_shock_returns_to_the_base():
    base = synthetic_world(6, 4, seed=5)
    rng = np.random.default_rng(0)
    iceberg = np.exp(rng.normal(0.0, 0.2, base.shares.shape))
    there = solve(base, Shock(iceberg_hat=iceberg))
    back = solve(there.as_base(), Shock(iceberg_hat=1.0 / iceberg))
    np.testing.assert_allclose(back.shares, base.shares, atol=1e-8)
    np.testing.assert_allclose(back.wage_hat * there.wage_hat, 1.0, rtol=1e-8)


@pytest.mark.parametrize(("size", "closeness"), [(1e-3, 2e-5), (1e-4, 2e-7)])
def test_small_shocks_agree_with_the_first_order_split(size, closeness):
    """The error falls with the square of the shock, as a first-order formula's must."""
    base = solve(synthetic_world(6, 4, seed=7), deficits="closed").as_base()
    rng = np.random.default_rng(1)
    foreign = ~np.eye(6, dtype=bool)
    shock = Shock(
        tariff=(base.tariff + size * rng.uniform(0.0, 1.0, base.tariff.shape)) * foreign,
        iceberg_hat=np.exp(rng.normal(0.0, size, base.shares.shape)),
        productivity_hat=np.exp(rng.normal(0.0, size, base.expenditure.shape)),
    )
    found = solve(base, shock, tolerance=1e-12)
    assert np.abs(np.log(found.real_income_hat)).max() > 100 * closeness
    assert np.abs(np.log(found.real_income_hat) - found.welfare.total).max() < closeness


def test_deficits_do_as_they_are_told():
    base = synthetic_world(5, 3, seed=2)
    shock = Shock(tariff=0.5 * base.tariff)
    np.testing.assert_array_equal(solve(base, shock).deficit, base.deficit)
    assert not solve(base, shock, deficits="closed").deficit.any()
    scaled = solve(base, shock, deficits="scaled")
    grown = scaled.output.sum() / base.output.sum()
    np.testing.assert_allclose(scaled.deficit, base.deficit * grown, rtol=1e-9)
    given_ = np.roll(base.deficit, 1)
    np.testing.assert_allclose(solve(base, Shock(deficit=given_)).deficit, given_)


def test_starting_near_saves_sweeps_and_changes_nothing():
    base = synthetic_world(8, 4, seed=3)
    first = solve(base, Shock(tariff=0.5 * base.tariff))
    near = Shock(tariff=0.499 * base.tariff)
    cold, warm = solve(base, near), solve(base, near, start=first)
    assert warm.iterations < cold.iterations
    np.testing.assert_allclose(warm.wage_hat, cold.wage_hat, rtol=1e-9)


def test_many_are_as_one_by_one():
    base = synthetic_world(8, 4, seed=3)
    shocks_ = [Shock(tariff=scale * base.tariff) for scale in (0.0, 0.5, 1.5, 2.0)]
    together = solve_many(base, shocks_, workers=2)
    for shock, found in zip(shocks_, together, strict=True):
        np.testing.assert_array_equal(found.wage_hat, solve(base, shock).wage_hat)


def test_what_does_not_converge_is_an_error():
    base = synthetic_world(6, 3, seed=1)
    with pytest.raises(NotConvergedError, match=r"gap is .* after 3 sweeps"):
        solve(base, Shock(tariff=0.0 * base.tariff), max_iterations=3)


def test_an_unbalanced_base_is_refused_unless_asked_for():
    base = synthetic_world(4, 3, seed=1)
    off = dataclasses.replace(base, expenditure=1.1 * base.expenditure)
    with pytest.raises(InputError, match="off by"):
        solve(off)
    assert_equilibrium(solve(off, check_balance=False))


def test_every_problem_of_a_base_is_listed_at_once():
    base = synthetic_world(3, 2, seed=1)
    shares = base.shares.copy()
    shares[1, 2, 0] = -0.5
    with pytest.raises(InputError) as caught:
        dataclasses.replace(
            base, shares=shares, theta=np.array([4.0, 0.0]), deficit=np.array([1.0, 1.0, 1.0])
        )
    message = str(caught.value)
    assert "shares are negative at [1, 2, 0]" in message
    assert "shares do not add to one over exporters at [1, 2]" in message
    assert "theta is not positive at [1]" in message
    assert "deficit adds to 3" in message


def test_wrong_shapes_are_named():
    base = synthetic_world(3, 2, seed=1)
    with pytest.raises(InputError, match=r"tariff has shape \(2, 3\), expected \(2, 3, 3\)"):
        dataclasses.replace(base, tariff=np.zeros((2, 3)))


@pytest.mark.parametrize(
    ("shock", "message"),
    [
        (Shock(tariff=np.full((2, 3, 3), -1.0)), "tariff is not a finite rate above -1"),
        (Shock(iceberg_hat=np.zeros((2, 3, 3))), "iceberg_hat is not a positive ratio"),
        (Shock(iceberg_hat=np.full((2, 3, 3), np.nan)), "iceberg_hat is not a positive ratio"),
        (Shock(productivity_hat=np.full((3, 2), np.inf)), "productivity_hat is not a positive"),
        (Shock(productivity_hat=np.ones((2, 3))), "productivity_hat has shape"),
        (Shock(deficit=np.ones(3)), "deficit adds to 3"),
        (Shock(deficit=np.full(3, np.nan)), "not finite"),
    ],
)
def test_bad_shocks_are_refused(shock, message):
    with pytest.raises(InputError, match=message):
        solve(synthetic_world(3, 2, seed=1), shock)


def test_unknown_treatment_of_deficits_is_refused():
    with pytest.raises(InputError, match="ignored"):
        solve(synthetic_world(3, 2, seed=1), deficits="ignored")


def test_base_is_frozen():
    base = synthetic_world(3, 2, seed=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        base.theta = base.theta * 2  # type: ignore[misc]
    assert isinstance(base, BaseEconomy)


def test_unit_cost_is_homogeneous():
    base = synthetic_world(3, 4, seed=1)
    cost = hat_algebra.unit_cost_hat(
        np.full(3, 1.7), np.full((3, 4), 1.7), base.value_added_share, base.input_share
    )
    np.testing.assert_allclose(cost, 1.7, rtol=1e-12)
