"""Reviews only grow: the last one stands, and none is ever lost."""

from __future__ import annotations

import json
import threading

import pytest

from landbridge.errors import InputError, UnknownNameError
from landbridge.evidence.model import Fact
from landbridge.evidence.review import FILE, Reviews, reviewed

FACT = Fact("d", "figure", "51 plants", 0, 9, "plants", 51.0, 0, 2, "plants", 2017)
OTHER = Fact("d", "figure", "4 roads", 20, 27, "roads", 4.0, 20, 21, "roads")


def test_the_last_word_stands_and_the_first_is_kept(tmp_path):
    reviews = Reviews(tmp_path)
    reviews.add(FACT, "reject", "A. Analyst", note="not plants")
    reviews.add(FACT, "mend", "B. Other", {"value": "52", "year": "2018"})
    assert [one.decision for one in Reviews(tmp_path).history(FACT.id)] == ["reject", "mend"]
    mended, untouched = reviewed([FACT, OTHER], Reviews(tmp_path).latest())
    assert (mended.value, mended.year, mended.quote) == (52.0, 2018, FACT.quote)
    assert mended.attributes["as_read"] == {"value": 51.0, "year": 2017}
    assert mended.attributes["review"]["who"] == "B. Other"
    assert untouched == OTHER


def test_the_rejected_leave_and_come_back(tmp_path):
    reviews = Reviews(tmp_path)
    reviews.add(FACT, "reject", "A")
    assert reviewed([FACT], reviews.latest()) == ()
    reviews.add(FACT, "accept", "A")
    assert reviewed([FACT], reviews.latest())[0].value == 51.0


@pytest.mark.parametrize(
    ("decision", "who", "changes", "message"),
    [
        ("rejec", "A", {}, "did you mean 'reject'"),
        ("accept", " ", {}, "who decides"),
        ("mend", "A", {}, "what changes"),
        ("accept", "A", {"value": "5"}, "belongs to mend"),
        ("mend", "A", {"vale": "5"}, "did you mean 'value'"),
        ("mend", "A", {"quote": "x"}, "field to mend"),
        ("mend", "A", {"value": "much"}, "a number"),
        ("mend", "A", {"value": "nan"}, "finite"),
        ("mend", "A", {"year": "20.5"}, "whole year"),
    ],
)
def test_bad_reviews_are_refused_and_nothing_is_written(tmp_path, decision, who, changes, message):
    with pytest.raises((InputError, UnknownNameError), match=message):
        Reviews(tmp_path).add(FACT, decision, who, changes)
    assert not (tmp_path / FILE).exists()


def test_a_torn_line_is_left_out_with_a_warning_and_nothing_is_lost(tmp_path):
    reviews = Reviews(tmp_path)
    reviews.add(FACT, "accept", "A")
    with reviews.path.open("a") as file:
        file.write('{"fact": "d:fig')
    reviews.add(FACT, "reject", "B")
    with pytest.warns(UserWarning, match="line 2 was torn off"):
        assert [one.who for one in reviews.history()] == ["A", "B"]
    lines = reviews.path.read_text().splitlines()
    assert len(lines) == 3
    assert json.loads(lines[2])["who"] == "B"


def test_a_whole_line_that_is_no_review_is_named(tmp_path):
    reviews = Reviews(tmp_path)
    reviews.add(FACT, "accept", "A")
    with reviews.path.open("a") as file:
        file.write('{"fakt": "d:figure"}\n')
    with pytest.raises(InputError, match="line 2"):
        reviews.history()


def test_many_at_once_lose_none(tmp_path):
    def decide(name: str) -> None:
        for _ in range(10):
            Reviews(tmp_path).add(FACT, "accept", name)

    threads = [threading.Thread(target=decide, args=(f"p{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Reviews(tmp_path).history()) == 40
