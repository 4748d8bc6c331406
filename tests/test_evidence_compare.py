"""Claims meet the published figure of the same thing, and no other."""

from __future__ import annotations

import pytest

from landbridge.evidence.compare import compare
from landbridge.evidence.model import Document
from landbridge.evidence.published import published, weights
from landbridge.evidence.read import facts_of
from landbridge.facts import rows


def compared(text: str, date: str = "2019-05-01", best: int = 3):
    document = Document("d", text, date)
    return compare([document], facts_of(document), best=best)


def test_trains_of_a_year_meet_the_count_of_that_year():
    found = compared("In 2018 China-Europe freight trains made 6,000 trips.", best=1)
    row = next(
        r for r in rows("flows_observed") if r.series == "china-europe-trains" and r.year == 2018
    )
    assert (found[0].table, found[0].id) == ("flows_observed", row.id)
    assert found[0].ratio == pytest.approx(6000 / row.value)
    assert found[0].source_title == row.source_title


def test_money_is_compared_in_whole_dollars():
    found = compared("Goods trade of China and Kazakhstan in 2018 was $19.9 billion.", best=1)
    assert found[0].published_unit == "USD"
    assert found[0].ratio == pytest.approx(1.0, rel=0.05)


def test_the_same_amount_in_another_currency_is_said():
    found = compared(
        "At the end of the II Forum Belt and Road deals of 64 billion tenge were signed."
    )
    assert found[0].ratio is None
    assert (found[0].published, found[0].published_unit) == (64e9, "USD")
    assert "currency" in found[0].note


@pytest.mark.parametrize(
    "text",
    [
        "In 1995 China-Europe freight trains made 6,363 trips.",
        "In 2018 the opera gave 6,363 concerts.",
        "In 2018 Ghana invested $19.9 billion in cocoa.",
    ],
)
def test_other_years_and_other_things_meet_nothing(text):
    assert compared(text) == ()


def test_every_published_figure_names_its_source_and_unit():
    assert len(published()) > 300
    for one in published():
        assert one.source_title
        assert one.unit
        assert one.words
    assert all(0 < weight <= 1 for weight in weights().values())
