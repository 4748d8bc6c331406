"""What a figure is said of: its thing, place, time, status and source, to be set beside others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in, without_economies
from landbridge.evidence.conflicts.statuses import statuses
from landbridge.evidence.model import Fact
from landbridge.evidence.text.concepts import concepts, latin, meaning
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.stems import Stems, kept
from landbridge.evidence.text.units import known_units
from landbridge.facts import rows

_SOURCE = re.compile(
    r"\b(?:by|according to|per)\b[^.,;]{0,50}\b(?:statistics|data|customs|calculations?)\b"
    r"|\b(?:statistics|data|customs)\s(?:of|from)\b[^.,;]{0,40}"
    r"|(?<!\w)по (?:данным|статистике|подсч\w+)[^.,;]{0,50}",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|their|them|this|these|that)\b|(?<!\w)(?:он|она|оно|они|е[её]|его|их"
    r"|эт\w+)(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![“«\"(\w])[A-ZА-ЯЁ][^\W\d_]{2,}"
    r"|[“«\"](?P<quoted>[A-ZА-ЯЁ][^\W\d_]+)[”»\"]"
    r"|[a-zа-яё](?P<grown>[A-ZА-ЯЁ][a-zа-яё]{2,})"
)
_NO_THING = frozenset(["years", "times", "percentage points", "share", None])
_STEM = 5
_LEAD = 60
_SOLID = 10.0


@dataclass(frozen=True, slots=True)
class Said:
    """A figure, ready to be set beside others.

    Attributes
    ----------
    fact : the figure
    thing : what is counted or measured: a measure, `money`, or the meaning of a noun
    noun : meaning of its unit
    near : meanings of its clause
    around : meanings of its sentence, and of the one before where a pronoun points there
    places : economies its sentence names
    names : stems of other names there, in Latin letters
    own : those of them that its clause names
    anchors : figures of its sentence
    status : whether it is planned, a capacity, a limit, a part, or of before
    sources : economies whose statistics it is taken from
    sentence : where its sentence begins
    tabled : whether it stands in a table, whose lines are of different things
    """

    fact: Fact
    thing: str
    noun: str
    near: Stems
    around: Stems
    places: Stems
    names: Stems
    own: Stems
    anchors: Stems
    status: Stems
    sources: Stems
    sentence: int
    tabled: bool


def said_of(account: Account) -> Iterator[Said]:
    """Give what each figure of a document is said of; changes and mere durations are left out."""
    sentences: dict[int, _Sentence] = {}
    clauses: dict[tuple[int, int], tuple[Stems, Stems]] = {}
    for fact in account.figures:
        if fact.unit in _NO_THING or not fact.value or fact.attributes.get("change"):
            continue
        if fact.attributes.get("range_high"):
            continue
        sentence = account.sentence_at(fact.value_start or 0)
        if sentence.start not in sentences:
            sentences[sentence.start] = _sentence(account, sentence)
        span = Span(fact.start, fact.end)
        if (span.start, span.end) not in clauses:
            near = kept(concepts(_without_economies(account, span)))
            clauses[span.start, span.end] = near, kept(names_in(account, span))
        yield _said(account, fact, sentences[sentence.start], clauses[span.start, span.end])


class _Sentence(NamedTuple):
    """What all figures of a sentence share."""

    start: int
    around: Stems
    places: Stems
    names: Stems
    anchors: Stems
    sources: Stems


def _sentence(account: Account, sentence: Span) -> _Sentence:
    wide = _with_antecedent(account, sentence)
    text = sentence.of(account.text)
    return _Sentence(
        sentence.start,
        kept(concepts(_without_economies(account, wide))),
        kept(
            frozenset(m.name.iso3 for m in account.names_in(*sentence) if m.name.iso3)
            | economies_in(text)
        ),
        kept(names_in(account, wide)),
        kept(
            (one.value, thing_of(one))
            for one in account.figures_in(*sentence)
            if one.value and one.value >= _SOLID and one.unit
        ),
        kept(iso for match in _SOURCE.finditer(text) for iso in economies_in(match.group())),
    )


def _said(
    account: Account,
    fact: Fact,
    sentence: _Sentence,
    clause: tuple[Stems, Stems],
) -> Said:
    own = account.text[max(sentence.start, (fact.value_start or 0) - _LEAD) : fact.end]
    status = kept(name for name in statuses(own) if name != "done" or counts(fact))
    return Said(
        fact,
        thing_of(fact),
        meaning(str(fact.unit).split()[-1]),
        clause[0],
        sentence.around,
        sentence.places,
        sentence.names,
        clause[1],
        sentence.anchors,
        status,
        sentence.sources,
        sentence.start,
        account.in_table(fact.value_start or 0),
    )


def _without_economies(account: Account, span: Span) -> str:
    """Text of a stretch without the names of economies, which are compared by themselves."""
    text, at = "", span.start
    for mention in account.names_in(*span):
        if mention.name.iso3 and mention.start >= at:
            text += account.text[at : mention.start]
            at = mention.end
    return without_economies(text + account.text[at : span.end])


def thing_of(fact: Fact) -> str:
    """Give what is counted or measured, one word for like things."""
    unit = str(fact.unit)
    if re.fullmatch(r"[A-Z]{3}", unit) and unit not in {"TEU", "FEU"}:
        return "money"
    unit = {"miles": "km", "kg": "tonnes", "km2": "ha"}.get(unit, unit)
    return unit if unit in known_units() else meaning(unit.split()[-1])


@cache
def unit_words(unit: str) -> frozenset[str]:
    """Meanings of the words a measure or currency is written with: they tell nothing of a thing.

    Examples
    --------
    >>> "cubic" in unit_words("m3"), unit_words("ports")
    (True, frozenset())
    """
    held = [
        row.english for row in rows("evidence_units") if row.unit == unit and row.kind != "count"
    ]
    held += [row.words for row in rows("evidence_currencies") if row.unit == unit]
    return frozenset(word for forms in held for form in forms for word in concepts(form))


def counts(fact: Fact) -> bool:
    """Say whether things are counted, rather than money, shares or measures."""
    return thing_of(fact) not in _measures() | {"money"}


@cache
def _measures() -> frozenset[str]:
    return frozenset(row.unit for row in rows("evidence_units") if row.kind != "count")


def names_in(account: Account, span: Span) -> frozenset[str]:
    """Stems of the names in a stretch, in Latin letters, those of economies left out."""
    found = {
        latin(m.name.name)[:_STEM]
        for m in account.names_in(*span)
        if not m.name.iso3 and m.name.kind != "person"
    }
    opening = {one.start for one in account.sentences if span.start <= one.start < span.end}
    for match in _NAME.finditer(account.text, *span):
        if match.start() in opening and match.group() not in account.proper:
            continue
        word = match["quoted"] or match["grown"] or match.group()
        if (
            meaning(word)
            and not economies_in(word)
            and not any(m.start <= match.start() < m.end for m in account.names_in(*span))
        ):
            found.add(latin(word)[:_STEM])
    return frozenset(found)


def _with_antecedent(account: Account, sentence: Span) -> Span:
    """The sentence, and the one before it where a pronoun or nothing at all names the thing."""
    before = account.sentence_at(max(0, sentence.start - 2))
    same = before.start >= account.paragraph_at(sentence.start).start
    if before.start == sentence.start or not same:
        return sentence
    if _PRONOUN.search(sentence.of(account.text)) or not names_in(account, sentence):
        return Span(before.start, sentence.end)
    return sentence
