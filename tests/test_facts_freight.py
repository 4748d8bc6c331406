"""Freight weights of the sectors: consistent with the cargo classes and with published values."""

from __future__ import annotations

import pytest

from landbridge import facts


def freight():
    return facts.rows("sector_freight")


def of(sector, exporter=None):
    (row,) = (r for r in freight() if r.sector == sector and r.exporter == exporter)
    return row


def test_every_goods_sector_has_one_world_row_and_no_service_has_any():
    goods = {row.id for row in facts.rows("sectors") if row.kind == "goods"}
    world = [row.sector for row in freight() if row.exporter is None]
    assert sorted(world) == sorted(goods)
    assert {row.sector for row in freight()} == goods


def test_no_exporter_stands_twice_in_a_sector():
    keys = [(row.sector, row.exporter) for row in freight()]
    assert len(keys) == len(set(keys))


def test_value_lies_in_its_range_and_so_does_the_value_of_its_class():
    classes = facts.by_id("cargo_classes")
    for row in freight():
        of_class = classes[row.cargo_class].value_usd_feu / classes[row.cargo_class].payload_t_feu
        assert row.low_usd_t <= row.value_usd_t <= row.high_usd_t, row
        # Figures keep three digits.
        assert row.low_usd_t * 0.99 <= of_class <= row.high_usd_t * 1.01, row


def test_payload_is_that_of_the_class_and_no_heavier_than_a_container_may_be():
    classes = facts.by_id("cargo_classes")
    for row in freight():
        assert row.payload_t_feu == classes[row.cargo_class].payload_t_feu, row
        assert 10 <= row.payload_t_feu <= 26.7, row


def test_time_is_that_of_the_class_unless_a_rule_mixes_classes():
    classes = facts.by_id("cargo_classes")
    fresh, grain = classes["food-fresh"], classes["grain"]
    for row in freight():
        assert row.low_pct_day <= row.time_cost_pct_day <= row.high_pct_day, row
        if "perishable-share-of-value" in row.rule:
            assert grain.time_cost_pct_day <= row.time_cost_pct_day <= fresh.time_cost_pct_day
        else:
            assert row.time_cost_pct_day == classes[row.cargo_class].time_cost_pct_day, row


def test_manufactures_stay_near_the_published_cost_of_a_day():
    # Hummels & Schaur 2013: 0.6 to 2.1 % of value a day for manufactures.
    for sector in ("textiles", "machinery", "electronics", "vehicles", "other-manufacturing"):
        assert 0.6 <= of(sector).time_cost_pct_day <= 2.1


@pytest.mark.parametrize(
    ("dear", "cheap"),
    [
        ("electronics", "machinery"),
        ("textiles", "food"),
        ("machinery", "metals"),
        ("metals", "petroleum"),
        ("petroleum", "energy-mining"),
        ("energy-mining", "other-mining"),
    ],
)
def test_a_tonne_is_dearer_the_more_it_is_worked(dear, cheap):
    assert of(dear).value_usd_t > of(cheap).value_usd_t


def test_kazakh_rows_lie_between_the_goods_they_are_made_of():
    # BACI 2021: coal 50, gas 309, crude 468 USD/t; ferro-chrome 1475, copper 9224 USD/t.
    assert 50 < of("energy-mining", "KAZ").value_usd_t < 468
    assert 1475 < of("metals", "KAZ").value_usd_t < 9224
