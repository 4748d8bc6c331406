"""Levers that move money: loans are paid off, prices make no money out of nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge import facts
from landbridge.economy.table.basetable import load_base
from landbridge.errors import InputError
from landbridge.levers.annuity import debt_service
from landbridge.levers.finance import Finance
from landbridge.levers.holdings import COMMODITIES, net_exports
from landbridge.levers.lever import Stage
from landbridge.levers.price import Price
from landbridge.levers.quantity import Quantity
from small_network import chain

TABLE = load_base()
SOURCE = {"source": "a test"}
LOAN = {"borrower": "KGZ", "lender": "CHN", "amount_usd_mn": 2300, "rate_pct": 2, "years": 35}


def stage(year=2030):
    return Stage(year, chain(), TABLE)


def paid(effects):
    (transfer,) = effects
    return dict(transfer.paid_usd_mn)


# Annuities


@given(
    amount=st.floats(1.0, 1e6),
    rate=st.floats(0.0, 20.0),
    grace=st.integers(0, 15),
    paying=st.integers(1, 40),
)
def test_an_annuity_pays_the_loan_off(amount, rate, grace, paying):
    service = debt_service(amount, rate, grace, grace + paying)
    assert len(service) == grace + paying
    owed = amount
    for payment in service:
        owed = owed * (1.0 + rate / 100.0) - payment
    # Rounding grows with interest over the whole term.
    assert abs(owed) < 1e-9 * amount * (1.0 + rate / 100.0) ** (grace + paying)


@given(rate=st.floats(0.0, 20.0), paying=st.integers(1, 40))
def test_after_grace_every_year_costs_the_same_and_more_than_interest(rate, paying):
    service = debt_service(100.0, rate, 3, 3 + paying)
    assert service[:3] == pytest.approx((rate,) * 3)
    assert len(set(service[3:])) == 1
    assert service[3] > service[0]


@given(rate=st.floats(0.0, 1e-6))
def test_small_interest_is_like_none(rate):
    assert debt_service(100.0, rate, 0, 10)[0] == pytest.approx(10.0, rel=1e-7)


def test_a_loan_of_bishkek_by_hand():
    row = facts.row("finance_terms", "exim-bishkek-torugart-2009")
    service = debt_service(row.amount_usd_mn, row.rate_pct, 5, 20)
    assert service[0] == pytest.approx(4.0)
    assert service[-1] == pytest.approx(200 * 0.02 / (1 - 1.02**-15))


@pytest.mark.parametrize("terms", [(100, 2, 5, 5), (100, -1, 0, 5), (-1, 2, 0, 5), (1, 2, -1, 5)])
def test_impossible_terms_are_refused(terms):
    with pytest.raises(InputError, match=r"grace|negative"):
        debt_service(*terms)


# Loans


def test_debt_service_goes_from_borrower_to_lender():
    lever = Finance(**LOAN, grace_years=5, from_year=2025, **SOURCE)
    assert list(lever.problems(stage())) == []
    moved = paid(lever.effects(stage(2030)))
    assert moved == {"KGZ": pytest.approx(46.0), "CHN": pytest.approx(-46.0)}
    assert sum(moved.values()) == 0.0
    assert paid(lever.effects(stage(2031)))["KGZ"] > 46.0


@pytest.mark.parametrize("year", [2024, 2025, 2061])
def test_nothing_is_due_outside_the_term(year):
    lever = Finance(**LOAN, grace_years=5, from_year=2025, **SOURCE)
    assert list(lever.effects(stage(year))) == []


def test_interest_drawn_below_zero_ends_there():
    rate = Quantity(value=0.2, low=0.0, high=3.0)
    lever = Finance(**(LOAN | {"rate_pct": rate}), from_year=2025, **SOURCE)
    least = lever.drawn({"rate_pct": 0.001})
    assert least.rate_pct.value < 0.0
    assert least.due(2026) == pytest.approx(2300 / 35)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "from_year is missing"),
        ({"grace_years": 35, "from_year": 2025}, "years counts the grace"),
        ({"lender": "Kyrgyzstan", "from_year": 2025}, "one economy"),
        ({"lender": "EU", "from_year": 2025}, "means several economies"),
        ({"lender": "Chinna", "from_year": 2025}, "did you mean 'China'"),
        ({"amount_usd_mn": 0, "from_year": 2025}, "must be above 0"),
        ({"rate_pct": -2, "from_year": 2025}, "cannot be less than 0"),
    ],
)
def test_impossible_loans_are_refused(fields, said):
    assert said in " | ".join(Finance(**(LOAN | fields), **SOURCE).problems(stage()))


# Prices


@pytest.mark.parametrize("commodity", COMMODITIES)
def test_net_exports_add_to_zero(commodity):
    net = net_exports(commodity, TABLE)
    assert np.abs(net).sum() > 0.0
    assert abs(net.sum()) < 1e-9 * np.abs(net).sum()


def test_what_is_told_apart_adds_up_to_the_sector():
    parts = sum(net_exports(name, TABLE) for name in ("crude_oil", "gas", "coal"))
    np.testing.assert_allclose(parts, net_exports("energy", TABLE), atol=1e-6)


@pytest.mark.parametrize(("commodity", "product"), [("crude_oil", "crude"), ("gas", "gas")])
def test_sales_of_a_product_are_those_of_the_base_world(commodity, product):
    trade = np.array(TABLE.base.trade[TABLE.labels.sector("B05T06")])
    np.fill_diagonal(trade, 0.0)
    whole = sum(TABLE.products[name] for name in ("crude", "gas", "coal"))
    np.testing.assert_allclose(trade.sum(axis=0), whole, rtol=1e-6, atol=1e-6)
    sold = net_exports(commodity, TABLE)
    assert (sold <= TABLE.products[product] + 1e-6).all()


@given(factor=st.floats(0.05, 5.0), commodity=st.sampled_from(sorted(COMMODITIES)))
def test_a_price_makes_no_money_out_of_nothing(factor, commodity):
    moved = paid(Price(commodity=commodity, factor=factor, **SOURCE).effects(stage()))
    assert abs(sum(moved.values())) <= 1e-9 * sum(map(abs, moved.values()))
    net = net_exports(commodity, TABLE)
    for code, value in moved.items():
        assert value == pytest.approx((1 - factor) * net[TABLE.labels.economy(code)])


def test_oil_at_thirty_dollars_costs_kazakhstan_what_it_sells():
    brent = facts.by_id("commodity_prices")["crude-oil-2023"].price
    lever = Price(commodity="crude_oil", usd=30, **SOURCE)
    assert list(lever.problems(stage())) == []
    moved = paid(lever.effects(stage()))
    exports = TABLE.products["crude"][TABLE.labels.economy("KAZ")]
    assert moved["KAZ"] == pytest.approx((1 - 30 / brent) * exports, rel=0.05)
    assert moved["CHN"] < 0.0 < moved["RUS"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"commodity": "crude", "factor": 2}, "did you mean 'crude_oil'"),
        ({"commodity": "metals", "usd": 30}, "give a factor instead"),
        ({"commodity": "gas"}, "at least one of usd, factor"),
        ({"commodity": "gas", "usd": 3, "factor": 2}, "contradict"),
        ({"commodity": "gas", "factor": 0}, "must be above 0"),
    ],
)
def test_impossible_prices_are_refused(fields, said):
    assert said in " | ".join(Price(**fields, **SOURCE).problems(stage()))
