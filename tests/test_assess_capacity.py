"""Capacities: every published unit means something, and examples by hand."""

import math

import pytest

from landbridge import facts
from landbridge.assess.capacity import published_feu_year

TABLES = ("crossings", "sections", "terminals")


def rule(name):
    return facts.row("capacity_rules", name).value


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_positive_capacity_or_none(table):
    known = 0
    for row in facts.rows(table):
        for year in (2010, 2023, 2035):
            found = published_feu_year(table, row.id, year)
            assert math.isnan(found) or 0 < found < 1e8, row.id
            known += not math.isnan(found)
    assert known > 0


@pytest.mark.parametrize(
    "row",
    [row for row in facts.rows("crossings") if row.capacity_per_day is not None],
    ids=lambda row: row.id,
)
def test_a_crossing_with_a_published_capacity_has_one(row):
    feu = published_feu_year("crossings", row.id, 2023)
    assert feu > 0
    a_day = {
        "t": 1 / rule("t-a-feu-bulk"),
        "teu": 1 / rule("teu-a-feu"),
        "trains": rule("feu-a-container-train"),
        "wagons": rule("feu-a-wagon"),
        "trucks": 1 / rule("trucks-a-feu"),
        "vehicles": rule("trucks-a-vehicle") / rule("trucks-a-feu"),
    }
    assert feu == pytest.approx(row.capacity_per_day * 365 * a_day[row.capacity_unit])


def test_a_terminal_has_a_capacity_where_one_is_published():
    for row in facts.rows("terminals"):
        found = published_feu_year("terminals", row.id, 2023)
        if row.capacity_teu_per_year is not None:
            assert found == pytest.approx(row.capacity_teu_per_year / 2), row.id
        elif row.capacity_t_per_year is not None:
            assert found == pytest.approx(row.capacity_t_per_year / 26.7), row.id
        else:
            assert math.isnan(found), row.id


def test_a_crossing_without_a_figure_is_not_guessed():
    unknown = [row.id for row in facts.rows("crossings") if row.capacity_per_day is None]
    assert len(unknown) > 100
    assert all(math.isnan(published_feu_year("crossings", name, 2023)) for name in unknown)


@pytest.mark.parametrize(
    ("table", "name", "year", "by_hand"),
    [
        # 20 million tonnes a year, given as 54,795 a day.
        ("crossings", "rail-alashankou-dostyk", 2023, 54_795 * 365 / 26.7),
        # Five trains a day of 53.6 containers.
        ("crossings", "rail-bolashak-serhetyaka", 2023, 5 * 365 * 53.6),
        ("crossings", "road-torkham-torkham", 2023, 1_200 * 365),
        ("crossings", "ferry-aktau-alat", 2023, 244 / 2 * 365),
        ("crossings", "ferry-turkmenbashi-alat", 2023, 260 * 365),
        ("terminals", "aktau-port", 2023, 150_000),
        ("terminals", "anzali-port", 2023, 10e6 / 26.7),
    ],
)
def test_examples_by_hand(table, name, year, by_hand):
    assert published_feu_year(table, name, year) == pytest.approx(by_hand, rel=1e-6)


# Sections


def test_a_second_track_counts_from_the_year_it_opens():
    """Twelve pairs of trains, then sixty, of 53.6 containers."""
    before, after = (
        published_feu_year("sections", "dostyk-moiynty-second-track", year) for year in (2024, 2025)
    )
    assert before == pytest.approx(24 * 365 * 53.6)
    assert after == pytest.approx(120 * 365 * 53.6)


def test_million_tonnes_a_year_count_as_bulk():
    for year, mt in ((2016, 1), (2017, 5)):
        found = published_feu_year("sections", "akhalkalaki-kars", year)
        assert found == pytest.approx(mt * 1e6 / 26.7)


@pytest.mark.parametrize("name", ["khaf-rozanak", "angren-pap"])
def test_plans_and_first_years_are_no_capacity_of_today(name):
    unit = facts.row("sections", name).capacity_unit
    assert "planned" in unit or "first year" in unit
    assert math.isnan(published_feu_year("sections", name, 2035))


@pytest.mark.parametrize(
    "row",
    [row for row in facts.rows("sections") if row.capacity_after is not None],
    ids=lambda row: row.id,
)
def test_works_never_take_capacity_away(row):
    if row.opens_year is None:
        return
    before = published_feu_year("sections", row.id, row.opens_year - 1)
    after = published_feu_year("sections", row.id, row.opens_year)
    assert math.isnan(before) or after >= before


@pytest.mark.parametrize(
    "row",
    [row for row in facts.rows("sections") if row.opens_year is None],
    ids=lambda row: row.id,
)
def test_works_without_a_year_never_open_by_themselves(row):
    early, late = (published_feu_year("sections", row.id, year) for year in (2005, 2050))
    assert early == late or (math.isnan(early) and math.isnan(late))


def test_a_line_that_does_not_stand_yet_has_no_capacity():
    assert math.isnan(published_feu_year("sections", "horadiz-aghband", 2020))
    assert published_feu_year("sections", "horadiz-aghband", 2030) > 0
