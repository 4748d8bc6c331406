"""First of its kind, told of two times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.said import names_in
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict, Quote
from landbridge.evidence.text.concepts import concepts
from landbridge.evidence.text.vocabulary import words

_FIRST = re.compile(
    r"\b(?P<ever>(?:very )?first[- ]ever|for the first time|first time in history|never before)\b"
    r"|\b(?:the|its) first\s(?!(?:ever|half|quarter|stage|phase|time|place|of|two|three|four|five"
    r"|six|\w+ months|results?|step|president|deputy|vice|question|is|was|one|place)\b)"
    r"|(?<!\w)(?P<ever2>впервые|первый в истории|первая в истории|первое в истории)(?!\w)"
    r"|(?<!\w)перв(?:ый|ая|ое)\s(?!(?:раз|этап|квартал|вопрос|президент|заместитель|из)(?!\w))",
    re.IGNORECASE,
)
_COMMON = words(
    "first year month day train run growth ever time history here gone left go took place"
)
_LEAST_SHARED = 3
_LEAST_PART = 0.4


@dataclass(frozen=True, slots=True)
class First:
    """A sentence that tells of the first of a kind: its words, names, places and date."""

    quote: Quote
    ever: bool
    when: str
    meanings: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]


def firsts(account: Account) -> Iterator[First]:
    """Give the firsts of a document; without a date of their own they take the document's."""
    told = account.dates
    for sentence in account.sentences:
        match = _FIRST.search(account.text, *sentence)
        if match is None:
            continue
        here = [d.iso for d in told if d.iso and sentence.start <= d.start < sentence.end]
        when = here[0] if here else account.document.date
        if when is None:
            continue
        text = sentence.of(account.text)
        named = {m.name.iso3 for m in account.names_in(*sentence) if m.name.iso3}
        yield First(
            account.quote(*sentence),
            bool(match["ever"] or match["ever2"]),
            when,
            concepts(text) - _COMMON,
            names_in(account, sentence),
            economies_in(text) | frozenset(named),
        )


def two_firsts(all_firsts: Sequence[First]) -> list[Conflict]:
    """Find a first ever that another first of the same kind came before.

    The later one claims to be the first ever; they share three meanings and more, the names of
    one are among those of the other, and so are the economies but for one.
    """
    found: list[Conflict] = []
    for later in (one for one in all_firsts if one.ever):
        for earlier in all_firsts:
            size = min(len(earlier.when), len(later.when))
            if earlier.when[:size] >= later.when[:size] or not _alike(earlier, later):
                continue
            found.append(
                conflict(
                    "contradiction",
                    "medium",
                    f"first in {earlier.when}, and for the first time in {later.when}",
                    "Two passages tell of the first of what looks like one kind, at two times.",
                    quotes=[earlier.quote, later.quote],
                )
            )
            break
    return found


def _within(names: frozenset[str], others: frozenset[str]) -> bool:
    """Say whether each name is among others, but for a letter that a case adds."""
    return all(
        any(name == other or _case_of(name, other) or _case_of(other, name) for other in others)
        for name in names
    )


def _case_of(name: str, other: str) -> bool:
    return len(name) == len(other) + 1 and name.startswith(other)


def _alike(one: First, other: First) -> bool:
    shared = one.meanings & other.meanings
    least = min(len(one.meanings), len(other.meanings)) or 1
    told = len(shared | (one.places & other.places) | (one.names & other.names))
    if told < _LEAST_SHARED or len(shared) < _LEAST_PART * least:
        return False
    nested = _within(one.names, other.names) or _within(other.names, one.names)
    return nested and bool(one.places or one.names) and len(one.places ^ other.places) <= 1
