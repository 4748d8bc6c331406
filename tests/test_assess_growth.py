"""Growth: chained from the table, latest edition first, the same forward and back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge import facts
from landbridge.assess.growth import growth
from landbridge.economy.table.basetable import load_base

TABLE = load_base()
CODES = TABLE.labels.economies
YEARS = st.integers(2012, 2035)


def latest(code, year):
    """Growth of an economy in a year by the latest edition that has it, None without one."""
    rows = [
        row
        for row in facts.rows("gdp_paths")
        if (row.economy, row.year) == (code, year) and row.real_growth_pct is not None
    ]
    return max(rows, key=lambda row: row.vintage).real_growth_pct if rows else None


def test_the_base_year_is_one():
    assert TABLE.year == 2023
    assert growth(TABLE, 2023).tolist() == [1.0] * len(CODES)


@pytest.mark.parametrize("code", ["KAZ", "CHN", "DEU", "UZB", "RUS"])
def test_growth_is_the_product_of_the_years_by_the_latest_edition(code):
    k = CODES.index(code)
    product = 1.0
    for year in range(2024, 2028):
        product *= 1 + latest(code, year) / 100
        assert growth(TABLE, year)[k] == pytest.approx(product)
    product = 1.0
    for year in range(2023, 2017, -1):
        product /= 1 + latest(code, year) / 100
        assert growth(TABLE, year - 1)[k] == pytest.approx(product)


def test_editions_disagree_so_that_the_latest_matters():
    by_year = {}
    for row in facts.rows("gdp_paths"):
        if row.economy == "KAZ" and row.real_growth_pct is not None:
            by_year.setdefault(row.year, set()).add(row.real_growth_pct)
    assert any(len(found) > 1 for found in by_year.values())


@settings(deadline=None, max_examples=25)
@given(YEARS, YEARS, YEARS)
def test_the_way_from_year_to_year_does_not_matter(base, middle, end):
    """From a base of one year to another, and on, is from the first to the last."""
    there = growth(replace(TABLE, year=base), middle)
    on = growth(replace(TABLE, year=middle), end)
    np.testing.assert_allclose(there * on, growth(replace(TABLE, year=base), end), rtol=1e-12)


@settings(deadline=None, max_examples=15)
@given(YEARS)
def test_growth_is_positive_and_of_every_economy(year):
    level = growth(TABLE, year)
    assert level.shape == (len(CODES),)
    assert np.isfinite(level).all()
    assert (level > 0).all()


def test_years_beyond_the_table_grow_as_its_nearest():
    every = [row.year for row in facts.rows("gdp_paths") if row.real_growth_pct is not None]
    last = max(every)
    for code in ("KAZ", "CHN"):
        k = CODES.index(code)
        own_last = max(y for y in range(last - 9, last + 1) if latest(code, y) is not None)
        step = growth(TABLE, last + 3)[k] / growth(TABLE, last + 2)[k]
        assert step == pytest.approx(1 + latest(code, own_last) / 100)


def test_an_economy_without_a_path_grows_as_the_median(monkeypatch):
    with_path = {row.economy for row in facts.rows("gdp_paths") if row.real_growth_pct is not None}
    kept = [row for row in facts.rows("gdp_paths") if row.economy != "KAZ"]
    monkeypatch.setattr(facts, "rows", lambda table: kept)
    others = [latest(code, 2024) for code in with_path - {"KAZ"}]
    median = np.median([rate for rate in others if rate is not None])
    assert growth(TABLE, 2024)[CODES.index("KAZ")] == pytest.approx(1 + median / 100)


def test_a_rate_is_per_cent_of_the_year_before(monkeypatch):
    """Two editions by hand: the later has one year only, the earlier stands for the other."""

    class Row:
        def __init__(self, year, vintage, rate):
            self.economy, self.year, self.vintage, self.real_growth_pct = "KAZ", year, vintage, rate

    rows = [Row(2024, "2024-06", 10.0), Row(2024, "2021-10", 90.0), Row(2025, "2021-10", -50.0)]
    monkeypatch.setattr(facts, "rows", lambda table: rows)
    for year, level in ((2024, 1.1), (2025, 0.55), (2026, 0.275), (2022, 1 / 1.1)):
        assert growth(TABLE, year)[CODES.index("KAZ")] == pytest.approx(level)
