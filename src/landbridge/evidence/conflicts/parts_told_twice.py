"""A part of one whole told twice: 15 of the 55 projects started, and 18 of the 55."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import Amount, amounts
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.concepts import concepts
from landbridge.evidence.text.spans import Span

_OF = re.compile(
    r"(?:\s[^\W\d_]+){0,5}\s(?:of|out of|из)\s(?:the\s|all\s|its\s|these\s|our\s|their\s|всех\s)?",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:^|[\s(])(?:of|out of|from|from among|из)\s(?:the|all|its|these|our|всех)?\s?$",
    re.IGNORECASE,
)
_DEEDS = {
    "begun": r"started|launched|begun|running|at work|запущен\w*|начат\w*|работа[ею]т|действу\w+",
    "done": r"completed|finished|built|commissioned|implemented|ready|введ\w+|завершен\w*"
    r"|построен\w*|реализован\w*",
    "ahead": r"planned|will|to be|планир\w+|будут",
    "under way": r"under way|in progress|being (?:built|implemented)|строятся|реализу\w+",
    "foreign": r"foreign|from abroad|иностранн\w+",
    "signed": r"signed|ratified|подписа\w+|ратифи\w+",
    "opened": r"open(?:ed)?|открыт\w*",
}
_FORMS = {
    name: re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for name, form in _DEEDS.items()
}
_RATES = frozenset(["percent", "times", "percentage points", "share"])
_LEAST = 4.0
_TAIL = 60


class _Part(NamedTuple):
    part: Amount
    whole: Amount
    deeds: frozenset[str]
    words: frozenset[str]
    sentence: Span
    year: int | None


def parts_told_twice(account: Account) -> Iterator[Conflict]:
    """Find "of the 55 projects 15 are started" and "18 projects of the list of 55 are started"."""
    for one, other in combinations(list(_parts(account)), 2):
        if one.whole.value != other.whole.value or one.part.value == other.part.value:
            continue
        if one.sentence == other.sentence or not one.deeds or one.deeds != other.deeds:
            continue
        if None not in (one.year, other.year) and one.year != other.year:
            continue
        if not one.words & other.words:
            continue
        yield conflict(
            "value",
            "high",
            f"{plain(one.part.value)} or {plain(other.part.value)} of {plain(one.whole.value)}",
            "The document gives two numbers for what looks like the same part of one whole.",
            [a.fact for a in (one.part, other.part) if a.fact is not None],
            [account.quote(*one.sentence), account.quote(*other.sentence)],
        )


def _parts(account: Account) -> Iterator[_Part]:
    for sentence in account.sentences:
        held = [one for one in amounts(account, *sentence) if one.unit not in _RATES]
        for at, (one, other) in enumerate(pairwise(held)):
            gap = account.text[one.end : other.start]
            lead = account.text[max(sentence.start, one.start - 25) : one.start]
            if _OF.fullmatch(gap) and one.value < other.value:
                part, whole = one, other
            elif _OPENS.search(lead) and other.value < one.value and "." not in gap:
                part, whole = other, one
            else:
                continue
            if whole.value < _LEAST:
                continue
            end = held[at + 2].start if at + 2 < len(held) else sentence.end
            text = account.text[min(one.start, other.start) : min(end, other.end + _TAIL)]
            deeds = frozenset(name for name, form in _FORMS.items() if form.search(text))
            fact = part.fact or whole.fact
            stated = fact is not None and fact.attributes.get("period_basis") == "stated"
            year = fact.year if fact is not None and stated else None
            yield _Part(part, whole, deeds, concepts(text), sentence, year)
