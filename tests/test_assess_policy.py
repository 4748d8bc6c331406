"""Effects on trade and incomes, on a base small enough to look at."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge import facts
from landbridge.assess.policy import MOST_OUTPUT_RATIO, shock_of
from landbridge.economy.base import BaseEconomy
from landbridge.economy.equilibrium import solve
from landbridge.economy.table.labels import Labels
from landbridge.errors import InputError, UnknownNameError
from landbridge.levers.effects import (
    CapacityEffect,
    EdgeEffect,
    ProductivityEffect,
    TariffEffect,
    TradeEffect,
    TransferEffect,
)

ISIC = {row.id: row.isic for row in facts.rows("sectors")}
SECTORS = ("agriculture", "metals", "transport")
GOODS = (0, 1)
CODES = ("KAZ", "CHN", "DEU", "ROW")
LABELS = Labels(CODES, tuple(ISIC[s] for s in SECTORS), SECTORS, (True, True, False))
KAZ, CHN, DEU, ROW = range(4)
AGRICULTURE, METALS, TRANSPORT = range(3)
THETA = np.array([4.0, 8.0, 5.0])


def small():
    """Four economies that make and buy three things; the accounts balance by construction."""
    rng = np.random.default_rng(7)
    n, j = len(CODES), len(SECTORS)
    trade = rng.uniform(1, 10, (j, n, n)) + 40 * np.eye(n)
    tariff = np.where(np.eye(n, dtype=bool), 0.0, rng.uniform(0.02, 0.2, (j, n, n)))
    tariff[TRANSPORT] = 0.0
    paid = trade * (1 + tariff)
    expenditure = paid.sum(axis=2).T
    output = trade.sum(axis=1).T
    value_added_share = np.full((n, j), 1.0)
    value_added = output.sum(axis=1)
    revenue = np.einsum("jni,jni->n", tariff, trade)
    spent = expenditure.sum(axis=1)
    return BaseEconomy(
        shares=paid / expenditure.T[:, :, None],
        tariff=tariff,
        theta=THETA,
        value_added_share=value_added_share,
        input_share=np.zeros((n, j, j)),
        final_share=expenditure / spent[:, None],
        value_added=value_added,
        deficit=spent - value_added - revenue,
        expenditure=expenditure,
    )


BASE = small()
HOME = np.eye(len(CODES), dtype=bool)


def shock(*effects, freight=None):
    made = shock_of(effects, BASE, LABELS, freight)
    made.checked(BASE)
    return made


def only(new, old, sectors, importers, exporters):
    """Where the arrays differ is where they should, and nowhere at home."""
    touched = np.zeros(new.shape, bool)
    touched[np.ix_(sectors, importers, exporters)] = True
    touched[:, HOME] = False
    assert ((new != old) == touched).all()


def test_the_base_balances():
    assert BASE.imbalance < 1e-12


def test_no_effects_are_no_shock():
    assert shock().is_nothing


def test_what_acts_on_the_network_is_no_shock_to_the_economy():
    assert shock(
        EdgeEffect(np.array([0]), time_add_h=1.0), CapacityEffect("crossings", "x", factor=2.0)
    ).is_nothing


# Tariffs


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"level": 0.3}, lambda t: np.full_like(t, 0.3)),
        ({"level": 0.0}, lambda t: 0 * t),
        ({"add": 0.05}, lambda t: t + 0.05),
        ({"factor": 0.5}, lambda t: t / 2),
        ({"factor": 2.0, "add": 0.01}, lambda t: 2 * t + 0.01),
        ({"add": -9.0}, lambda t: 0 * t),
    ],
    ids=lambda value: "so" if callable(value) else str(value),
)
def test_a_tariff_is_levied_by_the_importer_on_the_exporter(said, expected):
    made = shock(TariffEffect(("KAZ",), ("CHN", "DEU"), (ISIC["metals"],), **said))
    only(made.tariff, BASE.tariff, [METALS], [KAZ], [CHN, DEU])
    at = (METALS, KAZ, [CHN, DEU])
    np.testing.assert_allclose(made.tariff[at], expected(BASE.tariff[at]))
    assert (made.iceberg_hat, made.productivity_hat, made.deficit) == (None, None, None)


def test_no_sectors_are_all_goods_and_no_services():
    made = shock(TariffEffect(CODES, CODES, add=0.1))
    only(made.tariff, BASE.tariff, GOODS, range(4), range(4))
    assert not made.tariff[TRANSPORT].any()


def test_nothing_is_levied_at_home():
    made = shock(TariffEffect(CODES, CODES, (ISIC["metals"],), level=0.5))
    assert not made.tariff[:, HOME].any()
    assert (made.tariff[METALS][~HOME] == 0.5).all()


def test_a_sector_may_be_called_by_its_id():
    by_id, by_isic = (
        shock(TariffEffect(("KAZ",), ("CHN",), (name,), level=0.4))
        for name in ("metals", ISIC["metals"])
    )
    np.testing.assert_array_equal(by_id.tariff, by_isic.tariff)


def test_tariffs_follow_each_other_and_the_base_is_left_alone():
    before = BASE.tariff.copy()
    made = shock(
        TariffEffect(("KAZ",), ("CHN",), ("metals",), level=0.4),
        TariffEffect(("KAZ",), ("CHN",), ("metals",), level=0.1),
        TariffEffect(("KAZ",), ("DEU",), ("metals",), add=0.1),
        TariffEffect(("KAZ",), ("DEU",), ("metals",), add=0.1),
    )
    assert made.tariff[METALS, KAZ, CHN] == pytest.approx(0.1)
    assert made.tariff[METALS, KAZ, DEU] == pytest.approx(before[METALS, KAZ, DEU] + 0.2)
    np.testing.assert_array_equal(BASE.tariff, before)


# Other costs of trade


@pytest.mark.parametrize(("cost_pct", "factor"), [(10.0, 1.1), (-20.0, 0.8)])
def test_per_cent_are_of_the_price_at_the_border(cost_pct, factor):
    made = shock(TradeEffect(("CHN",), ("KAZ",), ("metals",), cost_pct=cost_pct))
    only(made.iceberg_hat, np.ones_like(BASE.shares), [METALS], [CHN], [KAZ])
    assert made.iceberg_hat[METALS, CHN, KAZ] == pytest.approx(factor)
    assert made.tariff is None


@pytest.mark.parametrize("log", [0.3, -0.5])
def test_a_change_in_log_trade_becomes_a_cost_by_the_elasticity_of_each_sector(log):
    made = shock(TradeEffect(("CHN",), ("KAZ",), trade_log=log))
    hat = made.iceberg_hat[:, CHN, KAZ]
    np.testing.assert_allclose(hat[list(GOODS)], np.exp(-log / THETA[list(GOODS)]))
    np.testing.assert_allclose(hat[list(GOODS)] ** -THETA[list(GOODS)], np.exp(log))
    assert hat[TRANSPORT] == 1.0


def test_at_given_prices_trade_moves_by_the_log_that_was_said():
    """A pair too small to move prices: its trade relative to home rises by the log."""
    tiny = BASE.shares.copy()
    tiny[METALS, KAZ, KAZ] += tiny[METALS, KAZ, DEU] - 1e-9
    tiny[METALS, KAZ, DEU] = 1e-9
    base = BaseEconomy(**{**{f: getattr(BASE, f) for f in BASE.__dataclass_fields__},
                          "shares": tiny})  # fmt: skip
    made = shock_of([TradeEffect(("KAZ",), ("DEU",), ("metals",), trade_log=0.25)], base, LABELS)
    hat = made.iceberg_hat[METALS, KAZ]
    after = base.shares[METALS, KAZ] * hat ** -THETA[METALS]
    ratio = (after[DEU] / after[KAZ]) / (base.shares[METALS, KAZ, DEU] / tiny[METALS, KAZ, KAZ])
    assert np.log(ratio) == pytest.approx(0.25)


def test_costs_multiply_and_the_order_does_not_matter():
    effects = [
        TradeEffect(("CHN",), ("KAZ",), ("metals",), cost_pct=10.0),
        TradeEffect(("CHN", "DEU"), ("KAZ",), ("metals",), trade_log=0.4),
    ]
    one, other = shock(*effects), shock(*effects[::-1])
    assert one.iceberg_hat[METALS, CHN, KAZ] == pytest.approx(1.1 * np.exp(-0.4 / 8))
    np.testing.assert_allclose(one.iceberg_hat, other.iceberg_hat)


def test_shut_is_shut_whatever_follows_and_home_stays_open():
    made = shock(
        TradeEffect(CODES, ("KAZ",), ("metals",), shut=True),
        TradeEffect(CODES, ("KAZ",), ("metals",), trade_log=5.0),
    )
    hat = made.iceberg_hat[METALS, :, KAZ]
    assert np.isinf(hat[[CHN, DEU, ROW]]).all()
    assert hat[KAZ] == 1.0
    assert not np.isinf(made.iceberg_hat[AGRICULTURE]).any()
    sold = solve(BASE, made).trade[METALS, :, KAZ]
    assert sold[[CHN, DEU, ROW]].tolist() == [0.0, 0.0, 0.0]
    assert sold[KAZ] > 0


def test_freight_and_policy_multiply():
    freight = np.ones_like(BASE.shares)
    freight[METALS, CHN, KAZ] = 0.9
    kept = freight.copy()
    made = shock(TradeEffect(("CHN",), ("KAZ",), ("metals",), cost_pct=10.0), freight=freight)
    assert made.iceberg_hat[METALS, CHN, KAZ] == pytest.approx(0.99)
    np.testing.assert_array_equal(freight, kept)
    alone = shock(freight=freight)
    np.testing.assert_array_equal(alone.iceberg_hat, freight)


def test_freight_that_did_not_move_is_no_shock():
    assert shock(freight=np.ones_like(BASE.shares)).is_nothing


# Productivity


def test_productivity_is_of_the_economies_and_sectors_named():
    made = shock(ProductivityEffect(("KAZ", "DEU"), ("metals",), hat=1.2))
    wanted = np.ones((4, 3))
    wanted[[KAZ, DEU], METALS] = 1.2
    np.testing.assert_allclose(made.productivity_hat, wanted)
    twice = shock(*[ProductivityEffect(("KAZ",), ("metals",), hat=1.2)] * 2)
    assert twice.productivity_hat[KAZ, METALS] == pytest.approx(1.44)


@pytest.mark.parametrize("share", [-0.5, -0.1, 0.01, 0.5, 3.0])
def test_output_becomes_productivity_by_the_elasticity(share):
    more = share * BASE.output[KAZ, METALS]
    made = shock(ProductivityEffect(("KAZ",), ("metals",), output_usd_mn=more))
    hat = made.productivity_hat[KAZ, METALS]
    # What a sector sells at given prices elsewhere moves with its productivity to the theta.
    assert hat ** THETA[METALS] == pytest.approx(1 + share)


def test_output_over_several_sectors_raises_all_in_proportion():
    sold = BASE.output[KAZ, [AGRICULTURE, METALS]].sum()
    made = shock(ProductivityEffect(("KAZ",), ("agriculture", "metals"), output_usd_mn=sold / 2))
    hat = made.productivity_hat[KAZ, [AGRICULTURE, METALS]]
    np.testing.assert_allclose(hat ** THETA[[AGRICULTURE, METALS]], 1.5)


def test_the_equilibrium_sells_more_but_not_more_than_was_asked():
    """Wages and prices answer, which the rule of the hat leaves out."""
    more = 0.2 * BASE.output[KAZ, METALS]
    found = solve(BASE, shock(ProductivityEffect(("KAZ",), ("metals",), output_usd_mn=more)))
    sold = found.trade[METALS, :, KAZ].sum() - BASE.output[KAZ, METALS]
    assert 0 < sold < more


@pytest.mark.parametrize("ratio", [-1.5, -1.0, MOST_OUTPUT_RATIO])
def test_an_output_that_does_not_fit_the_sector_is_refused(ratio):
    effect = ProductivityEffect(("KAZ",), ("metals",), output_usd_mn=ratio * BASE.output[KAZ, 1])
    with pytest.raises(InputError, match="does not fit KAZ, metals, which sells"):
        shock(effect)


# Transfers


def test_who_pays_spends_less_and_who_is_paid_more():
    made = shock(TransferEffect((("KAZ", 5.0), ("CHN", -5.0)), "interest"))
    np.testing.assert_allclose(made.deficit - BASE.deficit, [-5.0, 5.0, 0.0, 0.0])
    after = solve(BASE, made)
    assert after.real_income_hat[KAZ] < 1 < after.real_income_hat[CHN]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(-50, 50), min_size=3, max_size=3), st.integers(1, 3))
def test_transfers_add_to_nothing_over_the_world(amounts, times):
    paid = (*zip(CODES[:3], amounts, strict=True), ("ROW", -sum(amounts)))
    made = shock(*[TransferEffect(paid, "a gift")] * times)
    assert made.deficit.sum() == pytest.approx(0.0, abs=1e-9)
    np.testing.assert_allclose(
        BASE.deficit - made.deficit, times * np.array([a for _, a in paid]), atol=1e-9
    )


@pytest.mark.parametrize("paid", [(("KAZ", 5.0),), (("KAZ", 5.0), ("CHN", -4.0))])
def test_money_from_nowhere_is_refused(paid):
    with pytest.raises(InputError, match=r"transfers of interest add to .* not to zero"):
        shock(TransferEffect(paid, "interest"))


def test_a_transfer_of_nothing_moves_nothing():
    np.testing.assert_array_equal(shock(TransferEffect((), "nothing")).deficit, BASE.deficit)


# Together, and what is not there


def test_effects_of_all_kinds_make_one_shock():
    made = shock(
        TariffEffect(("KAZ",), ("CHN",), level=0.0),
        TradeEffect(("KAZ",), ("CHN",), cost_pct=-5.0),
        ProductivityEffect(("KAZ",), ("metals",), hat=1.1),
        TransferEffect((("KAZ", 1.0), ("CHN", -1.0)), "interest"),
    )
    parts = (made.tariff, made.iceberg_hat, made.productivity_hat, made.deficit)
    assert all(part is not None for part in parts)
    assert np.isfinite(solve(BASE, made).real_income_hat).all()


@pytest.mark.parametrize(
    "effect",
    [
        TariffEffect(("KZA",), ("CHN",)),
        TradeEffect(("KAZ",), ("CHN",), ("mettals",), cost_pct=1.0),
        ProductivityEffect(("KAZ",), ("no-such",), hat=1.1),
        TransferEffect((("KZA", 1.0), ("CHN", -1.0)), "interest"),
    ],
    ids=lambda e: type(e).__name__,
)
def test_labels_the_base_does_not_have_are_named(effect):
    with pytest.raises(UnknownNameError, match=r"unknown (economy|sector)"):
        shock(effect)
