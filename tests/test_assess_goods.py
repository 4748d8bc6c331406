"""Goods as freight: containers from values and back, and what does not ride in them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge import facts
from landbridge.assess.goods import BULK, ENERGY, FUELS, ROUTED_AS, goods_of
from landbridge.economy.table.basetable import load_base
from landbridge.errors import FactError

TABLE = load_base()
LABELS = TABLE.labels
GOODS = goods_of(TABLE)
N = len(LABELS.economies)
WORLD = {row.sector: row for row in facts.rows("sector_freight") if row.exporter is None}
AT = {name: k for k, name in enumerate(GOODS.id)}


def test_goods_are_the_sectors_customs_count_in_the_order_of_the_base():
    assert GOODS.sector.tolist() == [k for k, good in enumerate(LABELS.goods) if good]
    isic = {row.id: row.isic for row in facts.rows("sectors")}
    assert [isic[name] for name in GOODS.id] == [LABELS.sectors[k] for k in GOODS.sector]


@pytest.mark.parametrize("name", GOODS.id)
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
    for i, code in enumerate(LABELS.economies):
        assert GOODS.value_usd_t[k, i] == own.get(code, row.value_usd_t)


def test_some_exporters_have_values_of_their_own():
    assert GOODS.value_usd_t[AT["metals"], LABELS.economies.index("KAZ")] != (
        WORLD["metals"].value_usd_t
    )


@pytest.mark.parametrize("name", GOODS.id)
def test_an_hour_costs_its_share_of_what_a_container_of_the_world_is_worth(name):
    row = WORLD[name]
    of_a_day = row.value_usd_t * row.payload_t_feu * row.time_cost_pct_day / 100
    assert GOODS.vot_usd_h[AT[name]] * 24 == pytest.approx(of_a_day)


def test_electronics_cannot_wait_and_ores_can():
    hour = dict(zip(GOODS.id, GOODS.vot_usd_h, strict=True))
    assert hour["other-mining"] < hour["metals"] < hour["machinery"] < hour["electronics"]


def test_what_flies_is_what_its_class_lets():
    eligible = {row.id: bool(row.air_eligible) for row in facts.rows("cargo_classes")}
    for name in GOODS.id:
        assert GOODS.flies[AT[name]] == eligible[WORLD[name].cargo_class]
    assert GOODS.flies[AT["electronics"]]
    assert not GOODS.flies[AT["other-mining"]]


# Containers


def one(sector, exporter, importer, usd_mn=1.0):
    value = np.zeros((len(GOODS.id), N, N))
    code = LABELS.economies.index
    value[AT[sector], code(exporter), code(importer)] = usd_mn
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
    assert (feu > 0).sum() == 1


def test_it_is_the_exporter_whose_goods_are_worth_that_much():
    from_kazakhstan = GOODS.feu(one("metals", "KAZ", "DEU")).sum()
    from_germany = GOODS.feu(one("metals", "DEU", "KAZ")).sum()
    k, code = AT["metals"], LABELS.economies.index
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


def test_containers_times_their_worth_are_the_value_less_fuels():
    value = TABLE.base.trade[GOODS.sector].transpose(0, 2, 1)
    back = GOODS.feu(value) * GOODS.value_usd_feu[:, :, None] / 1e6
    np.testing.assert_allclose(back, value * GOODS.dry_share[:, :, None], rtol=1e-12)


# Fuels


def test_only_energy_holds_fuels():
    dry = np.delete(GOODS.dry_share, AT[ENERGY], axis=0)
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
