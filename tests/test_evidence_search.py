"""Search ranks what speaks of the question first, and its quotes are exact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.errors import InputError
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.search import search
from landbridge.evidence.store import Store
from landbridge.evidence.terms import fold, terms

TEXTS = {
    "transit": "In 2018 transit of containers over Kazakhstan was 536.9 thousand TEU. Roads grew.",
    "older": "In 2012 transit of containers over Kazakhstan was small. Roads grew.",
    "obor": "Trains of the OBOR run to 50 cities. They carry 1,200 tonnes.",
    "russian": "В 2018 году транзит контейнеров через Казахстан вырос. Дорога длинная.",
    "other": "The opera house of Astana was opened. Music is played.",
}


@pytest.fixture(scope="module")
def store():
    documents = [Document(name, text) for name, text in TEXTS.items()]
    facts = [
        Fact(
            "older",
            "figure",
            "Roads grew",
            57,
            67,
            "roads",
            year=2016,
            attributes={"last_year": 2019},
        )
    ]
    with Store() as made:
        made.add(documents, facts)
        yield made


def test_the_year_and_the_words_rank(store):
    hits = search(store, "transit containers Kazakhstan 2018")
    assert hits[0].doc == "transit"
    assert [hit.doc for hit in hits].index("older") > 0
    for hit in hits:
        assert TEXTS[hit.doc][hit.start : hit.end] == hit.quote
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_names_find_their_other_spellings(store):
    assert search(store, "Belt and Road Initiative")[0].doc == "obor"
    assert search(store, "Nur-Sultan")[0].doc == "other"


def test_russian_words_in_any_case_and_names_across_languages(store):
    assert search(store, "контейнеры транзит")[0].doc == "russian"
    assert "russian" in {hit.doc for hit in search(store, "Kazakhstan")}


def test_words_of_one_meaning_find_each_other_in_two_languages() -> None:
    with Store() as store:
        texts = {"a": "Port capacity is small.", "b": "Queues at the frontier are long.",
                 "c": "Wheat grew well."}  # fmt: skip
        store.add([Document(name, text) for name, text in texts.items()], [])
        assert search(store, "пропускная способность порта")[0].doc == "a"
        assert search(store, "borders")[0].doc == "b"


def test_numbers_find_themselves_however_grouped(store):
    assert search(store, "1200")[0].doc == "obor"
    assert search(store, "1\u00a0200 tonnes")[0].doc == "obor"
    assert search(store, "536,9")[0].doc == "transit"


def test_a_fact_over_years_lifts_its_passage(store):
    hits = search(store, "roads grew 2017")
    assert hits[0].doc == "older"
    assert hits[0].facts == ("older:figure:57-67:0",)


def test_nothing_to_find_is_said(store):
    assert search(store, "zeppelin") == ()
    with pytest.raises(InputError, match="nothing to search"):
        search(store, "of the and")
    with pytest.raises(InputError, match="limit"):
        search(store, "roads", limit=0)
    with Store() as empty, pytest.raises(InputError, match="no document"):
        search(empty, "roads")


def test_hostile_words_are_words(store):
    assert search(store, "'; drop table documents; --x") == ()
    assert search(store, "opera")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("countries", "country"),
        ("trains", "train"),
        ("shipping", "shipped"),
        ("контейнеров", "контейнеры"),
    ],
)
def test_forms_of_a_word_fold_alike(one, other):
    assert fold(one) == fold(other)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_terms_without_blanks(text):
    assert all(term and term == term.strip() for term in terms(text))
