"""Fifteen documents of other hands, labelled in their text: what is read of them, and how well."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_marked import Marked, conflict_score, marked, unmarked
from evidence_score import Score, score_figures, score_quotes
from landbridge.evidence.conflicts import find_conflicts
from landbridge.evidence.model import Fact
from landbridge.evidence.read import facts_of

PAPERS = sorted((Path(__file__).parent / "evidence_strangers").glob("*.txt"))
KINDS = ("person", "organisation", "event")
Read = list[tuple[Marked, tuple[Fact, ...]]]


@pytest.fixture(scope="module")
def papers() -> Read:
    held = [marked(path) for path in PAPERS]
    return [(one, facts_of(one.document)) for one in held]


def whole(scores: list[Score]) -> Score:
    return Score(
        sum(one.found for one in scores),
        sum(one.made for one in scores),
        sum(one.wanted for one in scores),
        tuple(missed for one in scores for missed in one.missed),
        tuple(false for one in scores for false in one.false),
    )


def test_labels_are_taken_out_of_the_text() -> None:
    one = unmarked("a", "In {e|a {p? x|Li}'s talk} {f 2/3 share|two thirds}")
    assert one.document.text == "In a Li's talk two thirds"
    assert [(label["kind"], label["quote"], label["core"]) for label in one.labels] == [
        ("person", "Li", False),
        ("event", "a Li's talk", True),
        ("figure", "two thirds", True),
    ]


def test_every_quote_is_exact(papers: Read) -> None:
    assert all(
        one.document.text[fact.start : fact.end] == fact.quote
        for one, facts in papers
        for fact in facts
    )


def test_figures(papers: Read) -> None:
    score = whole([score_figures(facts, one.labels) for one, facts in papers])
    assert score.wanted > 250
    assert score.precision >= 0.97, score.false
    assert score.recall >= 0.96, score.missed


@pytest.mark.parametrize("kind", KINDS)
def test_events_persons_and_organisations(papers: Read, kind: str) -> None:
    score = whole([score_quotes(facts, one.labels, kind) for one, facts in papers])
    assert score.f1 >= 0.85, (score.missed, score.false)


def test_conflicts(papers: Read) -> None:
    wanted = found = 0
    for one, facts in papers:
        missed, false = conflict_score(find_conflicts([one.document], facts), one.labels)
        core = sum(label["kind"] == "conflict" and label["core"] for label in one.labels)
        wanted, found = wanted + core, found + core - len(missed)
        assert len(false) <= 1, (one.document.id, false)
    assert found >= 0.6 * wanted
