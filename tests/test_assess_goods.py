"""Goods as freight: containers from values and back, what is urgent, and what rides in none."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge import facts
from landbridge.assess.goods import (
    BULK,
    ENERGY,
    FUELS,
    METALS,
    PRECIOUS,
    ROUTED_AS,
    goods_of,
)
from landbridge.economy.table.basetable import load_base
from landbridge.errors import FactError

TABLE = load_base()
LABELS = TABLE.labels
GOODS = goods_of(TABLE)
N = len(LABELS.economies)
WORLD = {row.sector: row for row in facts.rows("sector_freight") if row.exporter is None}
AT = {name: k for k, name in enumerate(GOODS.id) if not GOODS.urgent[k]}
URGENT_AT = {name: k for k, name in enumerate(GOODS.id) if GOODS.urgent[k]}
SHARES = st.floats(0, 1)


def constant(name):
    return facts.row("choice_constants", name).value


def test_goods_are_the_sectors_customs_count_in_the_order_of_the_base():
    counted = [k for k, good in enumerate(LABELS.goods) if good]
    assert GOODS.sector[~GOODS.urgent].tolist() == counted
    assert GOODS.sectors.tolist() == counted
    isic = {row.id: row.isic for row in facts.rows("sectors")}
    assert [isic[name] for name in GOODS.id] == [LABELS.sectors[k] for k in GOODS.sector]


@pytest.mark.parametrize("name", AT)
def test_each_sector_is_worth_and_weighs_what_the_table_says(name):
    k, row = AT[name], WORLD[name]
    assert GOODS.payload_t_feu[k] == row.payload_t_feu
    assert GOODS.time_cost_pct_day[k] == row.time_cost_pct_day
    assert ROUTED_AS[GOODS.routed_as[k]] == ("bulk" if row.cargo_class in BULK else "general")
    own = {
        r.exporter: r.value_usd_t
        for r in facts.rows("sector_freight")
        if r.sector == name and r.exporter is not None
    }
    if name == "energy-mining":
        pytest.skip("energy that rides is coal, which has prices of its own")
    for i, code in enumerate(LABELS.economies):
        assert GOODS.value_usd_t[k, i] == own.get(code, row.value_usd_t)


def test_energy_is_worth_what_coal_is_in_the_year_nearest_to_the_base():
    coal = {
        (row.economy, row.year): row.value_usd_t
        for row in facts.rows("fuel_values")
        if row.partner is None
    }
    value = dict(zip(LABELS.economies, GOODS.value_usd_t[AT["energy-mining"]], strict=True))
    assert value["RUS"] == coal["RUS", 2023]
    assert value["KAZ"] == coal["KAZ", 2022]
    assert value["DEU"] == coal[None, 2023]


def test_some_exporters_have_values_of_their_own():
    assert GOODS.value_usd_t[AT["metals"], LABELS.economies.index("KAZ")] != (
        WORLD["metals"].value_usd_t
    )


@pytest.mark.parametrize("name", AT)
def test_an_hour_costs_its_share_of_what_a_container_of_the_world_is_worth(name):
    row = WORLD[name]
    worth = float(np.median(GOODS.value_usd_t[AT[name]]))
    assert name == "energy-mining" or worth == row.value_usd_t
    of_a_day = worth * row.payload_t_feu * row.time_cost_pct_day / 100
    assert GOODS.vot_usd_h[AT[name]] * 24 == pytest.approx(of_a_day)


@pytest.mark.parametrize("name", URGENT_AT)
def test_an_hour_of_urgent_goods_costs_its_share_of_what_those_are_worth(name):
    row = WORLD[name]
    of_a_day = constant("urgent-value-usd-t") * row.payload_t_feu * row.time_cost_pct_day / 100
    assert GOODS.vot_usd_h[URGENT_AT[name]] * 24 == pytest.approx(of_a_day)
    assert GOODS.vot_usd_h[URGENT_AT[name]] > GOODS.vot_usd_h[AT[name]]


def test_electronics_cannot_wait_and_ores_can():
    hour = {name: GOODS.vot_usd_h[k] for name, k in AT.items()}
    assert hour["other-mining"] < hour["metals"] < hour["machinery"] < hour["electronics"]


def test_what_flies_is_what_its_class_lets():
    eligible = {row.id: bool(row.air_eligible) for row in facts.rows("cargo_classes")}
    for k, name in enumerate(GOODS.id):
        assert GOODS.flies[k] == eligible[WORLD[name].cargo_class]
    assert GOODS.flies[AT["electronics"]]
    assert not GOODS.flies[AT["other-mining"]]


# Ordinary and urgent


def test_every_field_has_the_same_rows():
    for field in fields(GOODS):
        assert len(getattr(GOODS, field.name)) == len(GOODS.id), field.name


def test_what_flies_stands_in_two_rows_and_all_else_in_one():
    assert set(URGENT_AT) == {name for name, k in AT.items() if GOODS.flies[k]}
    assert len(GOODS.id) == len(AT) + len(URGENT_AT)
    assert URGENT_AT


@pytest.mark.parametrize("name", URGENT_AT)
def test_urgent_goods_are_their_sectors_in_all_but_worth_and_part(name):
    ordinary, urgent = AT[name], URGENT_AT[name]
    for field in ("sector", "routed_as", "payload_t_feu", "time_cost_pct_day", "flies"):
        assert getattr(GOODS, field)[urgent] == getattr(GOODS, field)[ordinary], field
    np.testing.assert_array_equal(GOODS.dry_share[urgent], GOODS.dry_share[ordinary])
    assert (GOODS.value_usd_t[urgent] == constant("urgent-value-usd-t")).all()
    assert (GOODS.value_usd_t[urgent] > GOODS.value_usd_t[ordinary]).all()


def test_the_urgent_part_is_the_share_that_was_fitted():
    share = constant("urgent-share")
    assert 0 < share < 1
    for name, k in URGENT_AT.items():
        assert GOODS.part[k] == share, name
        assert GOODS.part[AT[name]] == 1 - share, name
    assert (GOODS.part[~GOODS.flies] == 1.0).all()


def by_sector(goods, rows):
    """Sums of rows over the sectors they are of."""
    return np.array([rows[goods.sector == k].sum(axis=0) for k in goods.sectors])


@settings(deadline=None, max_examples=50)
@given(SHARES)
def test_the_parts_of_each_sector_add_to_one_whatever_is_urgent(share):
    for goods in (GOODS, GOODS.with_urgent(share)):
        np.testing.assert_allclose(by_sector(goods, goods.part), 1.0, rtol=1e-15)
        assert (goods.part >= 0).all()


@settings(deadline=None, max_examples=50)
@given(SHARES)
def test_another_share_moves_parts_only(share):
    before = GOODS.part.copy()
    made = GOODS.with_urgent(share)
    assert (made.part[made.urgent] == share).all()
    for field in fields(GOODS):
        if field.name != "part":
            assert getattr(made, field.name) is getattr(GOODS, field.name), field.name
    np.testing.assert_array_equal(GOODS.part, before)


def test_the_share_there_was_gives_the_goods_there_were():
    back = GOODS.with_urgent(0.9).with_urgent(constant("urgent-share"))
    np.testing.assert_array_equal(back.part, GOODS.part)


def test_the_more_is_urgent_the_fewer_the_containers():
    value = np.ones((len(GOODS.id), N, N))
    none, some, every = (GOODS.with_urgent(s).feu(value).sum(axis=(1, 2)) for s in (0, 0.5, 1))
    assert (none[GOODS.urgent] == 0).all()
    assert (every[GOODS.flies & ~GOODS.urgent] == 0).all()
    np.testing.assert_array_equal(none[~GOODS.flies], every[~GOODS.flies])
    assert none.sum() > some.sum() > every.sum()


# Containers


def one(sector, exporter, importer, usd_mn=1.0):
    """A flow of one sector, which stands whole in each of the sector's rows."""
    value = np.zeros((len(GOODS.id), N, N))
    code = LABELS.economies.index
    value[np.array(GOODS.id) == sector, code(exporter), code(importer)] = usd_mn
    return value


def test_containers_by_hand():
    """A million dollars of machinery at 5,340 USD/t and 17 t a container is eleven containers."""
    made = replace(
        GOODS,
        value_usd_t=np.full_like(GOODS.value_usd_t, 5340.0),
        payload_t_feu=np.full_like(GOODS.payload_t_feu, 17.0),
    )
    feu = made.feu(one("machinery", "DEU", "KAZ"))
    assert feu.sum() == pytest.approx(1e6 / (5340 * 17)) == pytest.approx(11.0156, rel=1e-4)
    assert (feu > 0).sum() == 2


def test_containers_of_both_rows_by_hand():
    """Of a million dollars a quarter is urgent: 750,000 at 5,000 USD/t, 250,000 at 100,000."""
    worth = np.where(GOODS.urgent, 100_000.0, 5_000.0)[:, None] * np.ones(N)
    made = replace(
        GOODS, value_usd_t=worth, payload_t_feu=np.full_like(GOODS.payload_t_feu, 10.0)
    ).with_urgent(0.25)
    feu = made.feu(one("machinery", "DEU", "KAZ")).sum(axis=(1, 2))
    assert feu[AT["machinery"]] == pytest.approx(15.0)
    assert feu[URGENT_AT["machinery"]] == pytest.approx(0.25)
    assert feu.sum() == pytest.approx(15.25)


def test_it_is_the_exporter_whose_goods_are_worth_that_much():
    from_kazakhstan = GOODS.feu(one("agriculture", "KAZ", "DEU")).sum()
    from_germany = GOODS.feu(one("agriculture", "DEU", "KAZ")).sum()
    k, code = AT["agriculture"], LABELS.economies.index
    ratio = GOODS.value_usd_t[k, code("DEU")] / GOODS.value_usd_t[k, code("KAZ")]
    assert from_kazakhstan / from_germany == pytest.approx(ratio)
    assert ratio != 1.0


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10**6), st.floats(0.01, 100))
def test_containers_are_proportional_to_value_and_add_up(seed, factor):
    rng = np.random.default_rng(seed)
    one_lot, other = rng.uniform(0, 100, (2, len(GOODS.id), N, N))
    np.testing.assert_allclose(GOODS.feu(one_lot * factor), GOODS.feu(one_lot) * factor)
    np.testing.assert_allclose(GOODS.feu(one_lot + other), GOODS.feu(one_lot) + GOODS.feu(other))


@pytest.mark.parametrize("share", [None, 0.0, 0.3, 1.0])
def test_containers_times_their_worth_are_the_value_less_fuels_over_both_rows(share):
    goods = GOODS if share is None else GOODS.with_urgent(share)
    value = TABLE.base.trade[goods.sector].transpose(0, 2, 1)
    back = goods.feu(value) * goods.value_usd_feu[:, :, None] / 1e6
    whole = TABLE.base.trade[goods.sectors].transpose(0, 2, 1)
    dry = goods.dry_share[~goods.urgent][:, :, None]
    np.testing.assert_allclose(by_sector(goods, back), whole * dry, rtol=1e-12)


# Fuels


def test_only_energy_and_metals_hold_what_fills_no_container():
    apart = [row for row, name in enumerate(GOODS.id) if name in (ENERGY, METALS)]
    dry = np.delete(GOODS.dry_share, apart, axis=0)
    assert (dry == 1.0).all()
    assert (GOODS.dry_share >= 0).all()
    assert (GOODS.dry_share <= 1).all()


def test_fuels_are_the_part_of_energy_that_is_not_coal():
    fuel = sum(TABLE.products[name] for name in FUELS)
    coal = TABLE.products["coal"]
    for i, code in enumerate(LABELS.economies):
        dry = GOODS.dry_share[AT[ENERGY], i]
        if fuel[i] + coal[i] > 0:
            assert dry * (fuel[i] + coal[i]) == pytest.approx(coal[i], abs=1e-6), code
        else:
            assert dry == 1.0, code


def test_who_sells_oil_and_who_sells_coal():
    dry = dict(zip(LABELS.economies, GOODS.dry_share[AT[ENERGY]], strict=True))
    assert dry["SAU"] < 0.01
    assert dry["KAZ"] < 0.1
    assert dry["MNG"] > 0.5
    assert dry["AUS"] > dry["RUS"] > dry["SAU"]


def test_precious_metals_are_their_part_of_the_metals_sold():
    sold = TABLE.base.trade[GOODS.sector[AT[METALS]]]
    sold = sold.sum(axis=0) - np.diag(sold)
    apart = (1.0 - GOODS.dry_share[AT[METALS]]) * sold
    np.testing.assert_allclose(apart, np.minimum(TABLE.products[PRECIOUS], sold), rtol=1e-9)
    dry = dict(zip(LABELS.economies, GOODS.dry_share[AT[METALS]], strict=True))
    assert max(dry["CHE"], dry["KGZ"], dry["UZB"]) < 0.5 < min(dry["CHN"], dry["KAZ"], dry["DEU"])


def test_an_economy_that_sells_no_energy_is_no_division_by_nought():
    bare = replace(TABLE, products={name: np.zeros(N) for name in TABLE.products})
    assert (goods_of(bare).dry_share == 1.0).all()


# Facts that lack


def test_a_sector_without_a_row_for_the_world_is_named(monkeypatch):
    rows = facts.rows

    def without(table):
        if table != "sector_freight":
            return rows(table)
        return [r for r in rows(table) if not (r.sector == "metals" and r.exporter is None)]

    monkeypatch.setattr(facts, "rows", without)
    with pytest.raises(FactError, match=r"sector_freight\.csv lacks rows for the world: metals"):
        goods_of(TABLE)
