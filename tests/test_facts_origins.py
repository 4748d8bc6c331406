"""Where bulky goods are produced and what a tonne of coal is worth: sourced, placed, comparable."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from landbridge import facts
from landbridge.network.countries import countries


def origins():
    return facts.rows("origins")


def fuels():
    return facts.rows("fuel_values")


def groups():
    found = defaultdict(list)
    for row in origins():
        found[row.economy, row.sector].append(row)
    return found


def test_every_place_produces_something():
    assert all(row.output > 0 for row in origins())


def test_every_place_lies_in_its_economy():
    shapes = countries()
    lat, lon = (np.array([getattr(row, c) for row in origins()]) for c in ("lat", "lon"))
    found = [shapes.codes[at] for at in shapes.locate(lat, lon)]
    assert [r.id for r, at in zip(origins(), found, strict=True) if at != r.economy] == []


def test_every_sector_is_a_goods_sector():
    goods = {row.id for row in facts.rows("sectors") if row.kind == "goods"}
    assert {sector for _, sector in groups()} <= goods


def test_coal_grain_metals_and_ores_of_russia_and_kazakhstan_are_there():
    wanted = {"energy-mining", "agriculture", "metals", "other-mining"}
    for economy in ("RUS", "KAZ"):
        assert wanted <= {sector for of, sector in groups() if of == economy}


def test_a_group_covers_three_quarters_of_its_economy_and_says_one_share():
    for key, rows in groups().items():
        (share,) = {row.covered_share for row in rows}
        assert 0.75 <= share <= 1, key


def test_a_group_can_be_weighed():
    for key, rows in groups().items():
        assert len({row.unit for row in rows}) == 1, key
        several = len({row.product for row in rows}) > 1
        assert all((row.worth_usd_unit is not None) == several for row in rows), key


def test_worth_is_one_price_for_a_product_and_that_of_the_price_table():
    prices = {
        row.commodity: row.price for row in facts.rows("commodity_prices") if row.year == 2023
    }
    named = {"iron ore": "iron_ore", "copper in concentrate": "copper"}
    worth = defaultdict(set)
    for row in origins():
        if row.worth_usd_unit is not None:
            worth[row.product].add(row.worth_usd_unit)
    for product, found in worth.items():
        (one,) = found
        commodity = named.get(product, product)
        if commodity in prices:
            assert one == prices[commodity], product


def test_one_row_for_a_product_and_place():
    keys = [(row.economy, row.product, row.place) for row in origins()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("table", ["origins", "fuel_values"])
def test_every_row_is_sourced(table):
    for row in facts.rows(table):
        assert row.source_title, row.id
        if row.confidence == "general":
            assert row.source_title == "general knowledge", row.id
        else:
            assert row.address, row.id
        if row.confidence in ("derived", "rule"):
            assert row.rule, row.id
            assert row.note, row.id


def test_siberia_digs_most_russian_coal_and_moscow_none():
    coal = groups()["RUS", "energy-mining"]
    total = sum(row.output for row in coal)
    assert sum(row.output for row in coal if row.lon > 75) > 0.9 * total
    kuzbass = next(row for row in coal if row.place == "Kemerovo")
    assert 0.4 < kuzbass.output / total < 0.6


def test_three_northern_regions_reap_most_kazakh_grain():
    grain = groups()["KAZ", "agriculture"]
    north = {"Akmola", "North Kazakhstan", "Kostanay"}
    of_north = sum(row.output for row in grain if row.place in north)
    assert of_north > 0.6 * sum(row.output for row in grain)


def test_a_unit_value_is_value_by_quantity_where_both_are_known():
    reckoned = [row for row in fuels() if row.value_musd is not None]
    assert len(reckoned) >= 6
    for row in reckoned:
        assert row.value_usd_t == pytest.approx(row.value_musd / row.quantity_mt, abs=0.06), row.id


def test_carried_value_follows_its_rule():
    value = {row.id: row.value_usd_t for row in fuels()}
    carried = value["coal-rus-2021"] * value["coal-world-2023"] / value["coal-world-2021"]
    assert value["coal-rus-2023"] == pytest.approx(carried, abs=0.06)


def test_the_benchmark_is_that_of_the_price_table():
    prices = {
        row.year: row.price for row in facts.rows("commodity_prices") if row.commodity == "coal"
    }
    world = [row for row in fuels() if row.economy is None]
    assert world
    assert all(row.value_usd_t == prices[row.year] for row in world)


def test_coal_of_the_steppe_is_cheaper_than_the_benchmark():
    world = {row.year: row.value_usd_t for row in fuels() if row.economy is None}
    for row in fuels():
        if row.economy in ("KAZ", "KGZ") and row.year in world:
            assert row.value_usd_t < world[row.year], row.id
