import numpy as np
import pytest

import assessed
from landbridge import facts
from landbridge.assess.columns import columns_of, schema
from landbridge.assess.rests_on import tables_read
from landbridge.assess.tables import tables_of
from landbridge.errors import UnknownNameError


@pytest.fixture(scope="module")
def assessment(assessor):
    return assessed.dostyk(assessor)


@pytest.fixture(scope="module")
def tables(assessor):
    return assessed.tables(assessor)


def test_tables_and_columns_are_those_described_and_in_that_order(tables):
    assert {name: list(made.columns) for name, made in tables.items()} == {
        name: [column.name for column in columns] for name, columns in schema().items()
    }


def test_no_number_is_infinite_and_no_key_is_missing(tables):
    keys = {"iso3", "id", "isic", "flow", "partner", "mode", "table", "lever"}
    for name, made in tables.items():
        for column in made.select_dtypes("float"):
            assert not np.isinf(made[column]).any(), (name, column)
        for column in keys.intersection(made.columns):
            if (name, column) != ("corridors", "mode"):
                assert made[column].notna().all(), (name, column)


def test_rows_are_told_apart_by_their_keys(tables):
    for name, keys in {
        "economies": ["iso3"],
        "economies_by_sector": ["iso3", "isic", "flow"],
        "economies_by_partner": ["iso3", "partner", "flow"],
        "corridors": ["id"],
        "crossings": ["id"],
        "sections": ["id"],
        "terminals": ["id"],
        "co2": ["mode"],
        "facts_used": ["table"],
    }.items():
        assert len(tables[name]) > 0
        assert not tables[name].duplicated(keys).any(), name


def test_sectors_add_up_to_the_change_of_the_whole_economy(tables, assessment):
    made = tables["economies_by_sector"].groupby(["iso3", "flow"])[["base_usd_mn", "usd_mn"]].sum()
    for flow in ("exports", "imports"):
        own = made.xs(flow, level="flow")
        pct = 100.0 * (own["usd_mn"] / own["base_usd_mn"] - 1.0)
        told = tables["economies"].set_index("iso3")[f"{flow}_pct"]
        np.testing.assert_allclose(pct[told.index], told, atol=1e-9)


def test_what_one_sells_another_buys(tables):
    made = tables["economies_by_partner"]
    sold = made[made["flow"] == "exports"].set_index(["iso3", "partner"])["usd_mn"]
    bought = made[made["flow"] == "imports"].set_index(["partner", "iso3"])["usd_mn"]
    np.testing.assert_allclose(sold.sort_index(), bought.sort_index(), rtol=1e-12)


def test_partners_add_up_to_the_goods_sectors(tables, assessment):
    labels = assessment.given.table.labels
    goods = [code for code, is_good in zip(labels.sectors, labels.goods, strict=True) if is_good]
    by_sector = tables["economies_by_sector"]
    by_sector = by_sector[by_sector["isic"].isin(goods) & (by_sector["flow"] == "imports")]
    by_partner = tables["economies_by_partner"]
    by_partner = by_partner[by_partner["flow"] == "imports"]
    np.testing.assert_allclose(
        by_sector.groupby("iso3")["usd_mn"].sum(),
        by_partner.groupby("iso3")["usd_mn"].sum(),
        rtol=1e-9,
    )


def test_emissions_by_mode_add_up_and_ways_carry_what_modes_carry(tables, assessment):
    assert tables["co2"]["co2_mt_base"].sum() == pytest.approx(assessment.co2_mt_base)
    assert tables["co2"]["co2_mt"].sum() == pytest.approx(assessment.co2_mt)
    ways = tables["corridors"][tables["corridors"]["kind"] == "way"]
    by_mode = ways.groupby("mode")["feu"].sum()
    np.testing.assert_allclose(tables["co2"].set_index("mode")["feu"][by_mode.index], by_mode)


def test_a_change_from_nothing_is_blank_not_zero(tables):
    for name in ("corridors", "crossings", "sections", "terminals"):
        made = tables[name]
        nothing = made["feu_base"] < 0.5
        assert made.loc[nothing, "feu_pct"].isna().all()
        assert made.loc[~nothing, "feu_pct"].notna().all()
    flows = tables["economies_by_sector"]
    assert (flows["pct"].isna() == (flows["base_usd_mn"] == 0.0)).all()


def test_dostyk_carries_more_in_fewer_hours(tables):
    dostyk = tables["crossings"].set_index("id").loc["rail-alashankou-dostyk"]
    assert dostyk["feu_pct"] > 0
    assert dostyk["hours"] < 0.7 * dostyk["hours_base"]
    assert dostyk["economies"] == "CHN,KAZ"


def test_contributions_hold_each_lever_alone_and_all_together(assessment):
    parts = assessed.with_parts(assessment)
    made = tables_of(parts)["contributions"]
    together = made[made["lever"] == 0].set_index("iso3")["welfare_pct"]
    assert together["WLD"] == assessment.world_welfare_pct
    assert together["KAZ"] == assessment.economy("KAZ").welfare_pct
    alone = made[made["lever"] != 0].groupby("iso3")["welfare_pct"].sum()
    np.testing.assert_allclose(alone[together.index], together)


def test_levers_are_told_with_their_sources(tables, assessment):
    assert tables["levers"]["source"].tolist() == [x.source for x in assessment.scenario.levers]
    assert tables["levers"]["acts"].all()


def test_every_table_read_is_hashed_and_its_sources_named(tables):
    used = tables["facts_used"].set_index("table")
    assert tuple(used.index) == tables_read()
    assert used.loc["crossings", "sha256"] == facts.content_hash("crossings")
    counts = used[["published", "derived", "layer", "rule", "general"]].sum(axis=1)
    assert (counts == used["rows"])[[t for t in used.index if t != "sources"]].all()
    sources = tables["facts_sources"]
    assert sources["source_title"].notna().all()
    rows = sources[sources["table"] == "rates_land"]["rows"].sum()
    assert rows == len(facts.rows("rates_land"))
    assert {"base economy", "scenario"} <= set(sources["table"])


@pytest.mark.parametrize(
    "table", ["speeds", "rates_land", "emissions", "ways", "choice_constants", "capacity_rules"]
)
def test_tables_named_far_from_where_they_are_read_are_found(table):
    assert table in tables_read()


@pytest.mark.parametrize("table", ["world_bank_ranges", "evidence_words", "rail_distances"])
def test_tables_that_only_checks_read_are_not_claimed(table):
    assert table not in tables_read()


def test_an_unknown_table_is_named_with_the_closest():
    with pytest.raises(UnknownNameError, match="did you mean 'economies'"):
        columns_of("econmies")
