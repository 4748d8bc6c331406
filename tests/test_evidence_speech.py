"""Claims and forecasts: who says what, with what stance, and readers held to the text."""

from __future__ import annotations

import itertools
import json
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.errors import InputError, MissingExtraError
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.readers import ModelReader, RulesReader, SpacyReader, checked
from landbridge.evidence.speech import read_speech, stance_of


def read(text):
    return read_speech(Document("d", text))


REPORTED = [
    ("Anna Weiss noted that cargo on the route needs better customs work.", "Anna Weiss"),
    ("Experts say that the corridor has acquired a new scale in the region.", "experts"),
    ("According to Anna Weiss, the transit route has become quite important.", "Anna Weiss"),
    ("“The line is of great benefit to all the neighbours”, said Anna Weiss.", "Anna Weiss"),
    ("The line is a great benefit to both sides, said Emomali Rahmon.", "Emomali Rahmon"),
    ("Эксперт Сергей Соколов отметил, что коридор важен для развития региона.", "Сергей Соколов"),
    ("По мнению эксперта Сергея Соколова, коридор очень важен для региона.", "Сергея Соколова"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), REPORTED)
def test_who_says_it(text, speaker):
    assert [fact.attributes["speaker"] for fact in read(text)] == [speaker]


def test_a_pronoun_keeps_the_speaker_of_the_paragraph():
    text = (
        "Anna Weiss noted that the customs line is slow and costly today. "
        "She stressed that neighbours should open more crossings."
    )
    assert {fact.attributes["speaker"] for fact in read(text)} == {"Anna Weiss"}


def test_words_after_a_dash_belong_to_whoever_spoke_before_or_to_nobody():
    named = "The line opened, said Anna Weiss.\n\n- We need many more crossings here today."
    assert any(
        f.attributes["speaker"] == "Anna Weiss" and f.quote.startswith("We need")
        for f in read(named)
    )
    group = "Experts say that all is well here.\n\n- Transit is a great talent of the steppe."
    assert any(f.attributes["speaker"] == "unnamed" for f in read(group))


def test_an_opinion_of_the_document_has_its_author():
    fact = read("The corridor is important for the prosperity of the region.")[0]
    assert (fact.kind, fact.attributes["speaker"], fact.attributes["stance"]) == (
        "claim",
        "author",
        "supports",
    )


def test_what_is_to_come_is_a_forecast():
    fact = read("The new dry port will bring great benefits to the region by 2030.")[0]
    assert fact.kind == "forecast"
    assert fact.year == 2030
    assert fact.attributes["direction"] == "positive"


def test_plain_reports_are_no_claims():
    assert read("The train left Almaty on Monday with twelve wagons.") == ()
    assert read("Who will pay for it all in the end?") == ()


def test_stances():
    assert stance_of("a serious risk of dependence") == "warns"
    assert stance_of("важный вклад в развитие") == "supports"
    assert stance_of("the train leaves at noon") == "neutral"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([r[0] for r in REPORTED] + ["\n\n- ", "“", "»", "\u00a0", "that"]),
        max_size=5,
    )
)
def test_quotes_are_exact_and_do_not_overlap(parts):
    text = " ".join(parts)
    found = read(text)
    for fact in found:
        assert text[fact.start : fact.end] == fact.quote
    for one, other in itertools.pairwise(found):
        assert one.end <= other.start


def test_a_quote_that_is_not_in_the_text_is_dropped_and_counted():
    document = Document("d", "Aktau and Kuryk and Aktau")
    right = Fact("d", "place", "Kuryk", 10, 15, "Kuryk")
    moved = Fact("d", "place", "Kuryk", 0, 5, "Kuryk", value_start=1, value_end=2)
    twice = Fact("d", "place", "Aktau", 3, 8, "Aktau")
    invented = Fact("d", "place", "Baku", 0, 4, "Baku")
    elsewhere = Fact("e", "place", "Kuryk", 10, 15, "Kuryk")
    empty = Fact("d", "place", "", 0, 0, "Kuryk")
    result = checked(document, [right, moved, twice, invented, elsewhere, empty])
    assert result.facts == (right, right)
    assert result.dropped == 4


def test_the_rules_reader_keeps_all_it_reads():
    document = Document(
        "d",
        "Anna Weiss, Director of the Aktau Port Authority, noted that transit by rail will grow"
        " soon.",
    )
    found = RulesReader().read(document)
    assert (
        {"person", "organisation", "place", "forecast"}
        >= {f.kind for f in found}
        >= {"person", "forecast"}
    )
    assert checked(document, found).dropped == 0
    assert all(f.systems for f in found)


def test_spacy_missing_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtraError, match=r"landbridge\[spacy\]"):
        SpacyReader("en_core_web_sm")


def test_a_pipeline_s_entities_become_facts():
    text = "Nur-Sultan hosted Anna Weiss. Anna Weiss left on Monday."
    entities = [
        SimpleNamespace(label_=label, text=text[a:b], start_char=a, end_char=b)
        for label, a, b in (
            ("GPE", 0, 10),
            ("PERSON", 18, 28),
            ("PERSON", 30, 40),
            ("DATE", 49, 55),
        )
    ]
    found = list(SpacyReader(lambda _: SimpleNamespace(ents=entities)).read(Document("d", text)))
    assert [(f.kind, f.subject) for f in found] == [("place", "Astana"), ("person", "Anna Weiss")]


def test_a_language_model_is_held_to_the_text():
    answer = json.dumps(
        [
            {
                "kind": "figure",
                "quote": "51 plants",
                "subject": "plants",
                "value": 51,
                "unit": "plants",
            },
            {"kind": "figure", "quote": "55 plants", "subject": "plants", "value": 55},
            {"kind": "rumour", "quote": "51 plants"},
            "noise",
        ]
    )
    document = Document("d", "There are 51 plants.")
    result = checked(document, ModelReader(lambda prompt: f"Here: {answer}").read(document))
    assert [(f.value, f.start, f.reader) for f in result.facts] == [(51.0, 10, "model")]
    assert result.dropped == 1


def test_a_model_that_answers_no_list_or_has_no_address_is_refused():
    with pytest.raises(InputError, match="no JSON array"):
        list(ModelReader(lambda prompt: "sorry").read(Document("d", "x")))
    with pytest.raises(InputError, match="http"):
        ModelReader("file:///etc/passwd")
