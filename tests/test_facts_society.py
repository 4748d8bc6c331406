"""Organisations, agreements, plants, loans and prices: years in order, sums that hold, one name."""

from __future__ import annotations

import math

import pytest

from landbridge import facts
from landbridge.economy.table.labels import REST, labels
from landbridge.levers.parties import members

WITH_YEARS = {
    "memberships": ("from_year", "to_year"),
    "agreements": ("signed_year", "in_force_year", "end_year"),
    "industrial_projects": ("from_year", "commissioned_year"),
    "programmes": ("from_year", "to_year"),
}
TABLES = (
    *WITH_YEARS,
    "finance_terms",
    "people_flows",
    "society_events",
    "macro_hub",
    "commodity_prices",
    "effect_sizes",
)
ORGANISATIONS = {row.organisation for row in facts.rows("memberships")}


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_sourced_where_they_can_be_read(table):
    for row in facts.rows(table):
        assert row.source_title, row.id
        assert "shared/" not in f"{row.source_title} {row.address} {row.note}", row.id


@pytest.mark.parametrize(("table", "fields"), WITH_YEARS.items())
def test_years_come_in_order(table, fields):
    for row in facts.rows(table):
        years = [year for field in fields if (year := getattr(row, field)) is not None]
        assert years == sorted(years), row.id


# Organisations


@pytest.mark.parametrize("bloc", ["eu", "eaeu", "asean", "usmca", "gcc", "cis-fta"])
def test_members_are_those_whose_trade_the_base_world_frees(bloc):
    freed = set(facts.row("trade_blocs", bloc).members)
    found = members(bloc, 2023) & set(labels().economies)
    # Russia suspended the treaty for Ukraine, which stays a party to it.
    assert found - {"UKR"} == freed - {"UKR"}


@pytest.mark.parametrize(
    ("organisation", "year", "count"),
    [("eu", 2013, 28), ("eu", 2021, 27), ("sco", 2001, 6), ("sco", 2024, 10), ("eaeu", 2015, 5),
     ("asean", 2020, 10), ("rcep", 2023, 15), ("brics", 2012, 5), ("brics", 2025, 10),
     ("cis", 2012, 9), ("c5", 2025, 5), ("gcc", 2020, 6), ("g7", 2020, 7), ("ots", 2025, 5),
     ("nato", 2024, 32)],
)  # fmt: skip
def test_organisations_have_as_many_members_as_they_say(organisation, year, count):
    assert len(members(organisation, year)) == count


def test_outside_the_wto_are_those_who_never_joined():
    outside = set(labels().economies) - members("wto", 2023) - {REST}
    assert outside == {"AZE", "BLR", "IRN", "IRQ", "SRB", "TKM", "UZB"}


def test_an_organisation_has_one_name():
    names = {(row.organisation, row.organisation_name) for row in facts.rows("memberships")}
    assert len(names) == len(ORGANISATIONS)


# Agreements


def test_parties_of_an_agreement_are_named_and_known():
    for row in facts.rows("agreements"):
        assert row.parties or row.organisations or row.other_parties, row.id
        assert set(row.organisations) <= ORGANISATIONS, row.id
        assert row.establishes is None or row.establishes in ORGANISATIONS, row.id


def test_customs_unions_of_the_region_are_set_up_by_an_agreement():
    unions = {r.establishes for r in facts.rows("agreements") if r.kind == "customs-union"}
    assert {"eaeu", "eu", "gcc"} <= unions


def test_free_trade_of_the_base_world_with_china_has_its_treaty():
    treaties = {
        party
        for row in facts.rows("agreements")
        if row.kind == "free-trade" and "CHN" in row.parties
        for party in row.parties
    }
    assert {"GEO", "PAK", "KOR", "CHE", "SGP"} <= treaties


# Plants


def test_the_counts_of_the_programme_stay_apart():
    counts = {r.projects for r in facts.rows("industrial_projects") if r.kind == "total"}
    assert {51, 52, 55} <= counts


def test_totals_have_no_sector_and_plants_have_one():
    for row in facts.rows("industrial_projects"):
        assert (row.sector is None) == (row.kind == "total"), row.id


def test_a_plant_listed_twice_points_at_its_own_kind():
    rows = facts.by_id("industrial_projects")
    for row in rows.values():
        if row.same_as is not None:
            assert row.kind == rows[row.same_as].kind == "project", row.id
            assert row.sector == rows[row.same_as].sector, row.id
            assert rows[row.same_as].same_as is None, row.id


def test_plants_listed_by_name_cost_no_more_than_all_chinese_projects():
    plants = [r for r in facts.rows("industrial_projects") if r.kind == "project" and not r.same_as]
    largest = max(
        r.cost_usd_mn or 0.0 for r in facts.rows("industrial_projects") if r.kind == "total"
    )
    assert 0.0 < sum(r.cost_usd_mn or 0.0 for r in plants) < largest


def test_a_capacity_that_is_a_number_has_a_unit():
    for row in facts.rows("industrial_projects"):
        assert (row.capacity_number is None) == (row.capacity_unit is None), row.id


# Loans


def test_a_loan_leaves_years_to_pay_back_in():
    for row in facts.rows("finance_terms"):
        if row.grace_years is not None:
            assert row.grace_years < row.years, row.id
        assert row.kind == "typical" or (row.borrower and row.amount_usd_mn and row.year), row.id


# Prices and effects


def test_brent_agrees_with_the_world_bank():
    prices = facts.by_id("commodity_prices")
    # Pink Sheet of June 2024: 70.4, 99.8 and 82.6 USD a barrel.
    for year, world_bank in ((2021, 70.4), (2022, 99.8), (2023, 82.6)):
        assert prices[f"crude-oil-{year}"].price == pytest.approx(world_bank, rel=0.015)


def test_a_commodity_has_one_price_a_year_and_one_unit():
    keys = [(row.commodity, row.year) for row in facts.rows("commodity_prices")]
    assert len(keys) == len(set(keys))
    units = {(row.commodity, row.unit) for row in facts.rows("commodity_prices")}
    assert len(units) == len({commodity for commodity, _ in units})


def test_a_price_that_was_not_seen_has_an_interval():
    for row in facts.rows("commodity_prices"):
        if row.confidence == "general":
            assert row.low < row.price < row.high, row.id


def test_effects_lie_in_their_intervals():
    for row in facts.rows("effect_sizes"):
        if row.low is not None:
            assert row.low <= row.value <= row.high, row.id
            assert row.low < row.high, row.id


@pytest.mark.parametrize(
    ("identifier", "ratio"),
    [("agreement-after-ten-years", 2.0), ("agreement-eaeu-2015-2018", 1.236),
     ("wto-members", 2.4), ("wto-outsiders", 1.72), ("sanction-complete", 0.23),
     ("visa-trade-both-sides", 0.72), ("visa-trade-one-side", 0.81), ("rail-opening", 1.131)],
)  # fmt: skip
def test_log_effects_are_the_published_ratios(identifier, ratio):
    assert math.exp(facts.row("effect_sizes", identifier).value) == pytest.approx(ratio, abs=1e-3)
