"""Observed series: the fullest count of a year, made a whole year where it adds up."""

from types import SimpleNamespace

import pytest

from landbridge import facts
from landbridge.assess.observed import annual
from landbridge.errors import UnknownNameError

ROWS = facts.rows("flows_observed")
RATES = {"share", "ratio", "h", "km/h"}
PRICES = {"USD/bbl"}


def of_year(row):
    return [r for r in ROWS if (r.series, r.year) == (row.series, row.year)]


def table(monkeypatch, *rows):
    made = [
        SimpleNamespace(series="s", year=year, value=value, unit=unit, months=months)
        for year, value, unit, months in rows
    ]
    monkeypatch.setattr(facts, "rows", lambda name: made)


@pytest.mark.parametrize(
    "row",
    [r for r in ROWS if r.months == 12 and len(of_year(r)) == 1],
    ids=lambda row: row.id,
)
def test_a_whole_year_is_as_published(row):
    assert annual(row.series, row.year) == row.value


@pytest.mark.parametrize(
    "row",
    [r for r in ROWS if r.months < 12 and len(of_year(r)) == 1 and r.unit not in RATES | PRICES],
    ids=lambda row: row.id,
)
def test_a_part_of_a_year_stands_for_the_whole(row):
    assert annual(row.series, row.year) == pytest.approx(row.value * 12 / row.months)
    assert annual(row.series, row.year) > row.value


@pytest.mark.parametrize("unit", sorted(RATES))
def test_shares_and_speeds_do_not_grow_with_the_months(monkeypatch, unit):
    table(monkeypatch, (2023, 0.4, unit, 6.0))
    assert annual("s", 2023) == 0.4


def test_a_price_does_not_grow_with_the_months(monkeypatch):
    table(monkeypatch, (2023, 80.0, "USD/bbl", 6.0))
    assert annual("s", 2023) == 80.0


def test_of_several_counts_the_one_with_most_months_is_taken(monkeypatch):
    table(
        monkeypatch,
        (2022, 999.0, "TEU", 12.0),
        (2023, 50.0, "TEU", 6.0),
        (2023, 80.0, "TEU", 10.0),
        (2023, 20.0, "TEU", 3.0),
    )
    assert annual("s", 2023) == pytest.approx(96.0)


def test_no_year_has_two_whole_counts_that_disagree():
    """Else it would be chance which of them is taken."""
    for row in ROWS:
        whole = {r.value for r in of_year(row) if r.months == 12}
        assert len(whole) <= 1, row.id


def test_an_unknown_series_is_met_with_the_closest():
    with pytest.raises(UnknownNameError, match="did you mean 'china-europe-teu'"):
        annual("china-europ-teu", 2023)


def test_a_year_that_was_not_counted_is_said_with_those_that_were():
    with pytest.raises(UnknownNameError, match="year of china-europe-teu '1999'"):
        annual("china-europe-teu", 1999)
