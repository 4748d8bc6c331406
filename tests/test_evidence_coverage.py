"""The map says what is known and does not hide what is not."""

from __future__ import annotations

import pytest

from landbridge.errors import InputError
from landbridge.evidence.coverage import UNFILED, coverage
from landbridge.evidence.model import Fact
from landbridge.facts import rows


def fact(year, *systems, last=None):
    attributes = {"last_year": last} if last else {}
    return Fact("d", "figure", "x", 0, 1, "x", year=year, systems=systems, attributes=attributes)


def test_facts_count_in_each_of_their_years_and_systems():
    found = coverage(
        [], [fact(2016, "belt", "trade", last=2018), fact(2018, "belt"), fact(None, "road")]
    )
    assert found.years == (2016, 2017, 2018)
    assert found.counts["belt", 2018] == 2
    assert found.counts["trade", 2017] == 1
    assert found.undated == {"road": 1}
    assert found.empty_years["trade"] == ()
    assert found.empty_years["road"] == (2016, 2017, 2018)


def test_systems_of_which_nothing_is_known_are_named():
    found = coverage([], [fact(2018, "belt")])
    assert set(found.unknown) == {row.id for row in rows("evidence_systems")} - {"belt"}
    assert coverage([], [fact(2018)]).counts == {(UNFILED, 2018): 1}


def test_years_asked_for_frame_the_map():
    found = coverage([], [fact(2010, "belt"), fact(2018, "belt")], from_year=2015, to_year=2019)
    assert found.years == (2015, 2016, 2017, 2018, 2019)
    assert found.counts == {("belt", 2018): 1}
    with pytest.raises(InputError, match="backwards"):
        coverage([], [], from_year=2019, to_year=2015)


def test_nothing_read_is_all_unknown():
    found = coverage([], [])
    assert found.years == ()
    assert len(found.unknown) == len(rows("evidence_systems"))
