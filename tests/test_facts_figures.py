"""Published figures: ranges that hold their value, questions that can be asked."""

from __future__ import annotations

import math

import pytest

from landbridge import facts


def test_published_value_lies_in_its_published_range():
    for figure in facts.rows("figures"):
        low = -math.inf if figure.published_low is None else figure.published_low
        high = math.inf if figure.published_high is None else figure.published_high
        assert low <= figure.published <= high, figure.id


def test_an_askable_figure_names_both_ends_and_a_mode():
    for figure in facts.rows("figures"):
        if figure.askable:
            assert figure.origin, figure.id
            assert figure.destination, figure.id
            assert figure.modes, figure.id


def test_a_figure_of_a_border_names_the_border():
    for figure in facts.rows("figures"):
        if figure.topic == "border" and figure.economy is None:
            assert figure.crossings or "region" in figure.what.lower(), figure.id


def test_corridor_and_crossings_share_modes_with_the_question():
    crossings = facts.by_id("crossings")
    for figure in facts.rows("figures"):
        for identifier in figure.crossings:
            assert crossings[identifier].mode in figure.modes, figure.id


@pytest.mark.parametrize(
    ("identifier", "published"),
    [
        ("shanghai-rotterdam-suez-distance-2019", 10600),
        ("chongqing-duisburg-by-rail-2013", 11179),
        ("chongqing-duisburg-time-2017", 13),
        ("yiwu-madrid-by-rail-2017", 13052),
    ],
)
def test_figures_everyone_quotes(identifier, published):
    assert facts.row("figures", identifier).published == published


def test_railway_distances_are_longer_than_the_straight_line():
    rows = facts.rows("rail_distances")
    assert len(rows) >= 20
    for row in rows:
        assert 1 < row.published_km / row.great_circle_km < 1.6, row.id
