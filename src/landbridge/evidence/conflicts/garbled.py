"""Names and words that were garbled on the way, with what they most likely mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict, Fact

_NEARLY = 93.0
_TWICE = re.compile(r"\b(?P<word>[^\W\d_]{6,})\s(?:and|or|и|или)\s(?P=word)\b", re.IGNORECASE)
_CAPITAL_AT_END = re.compile(r"(?<![\w@/])(?:[A-Z]\.\s?)?[A-Z]?[a-z]{3,}[A-Z](?![\w.])")
_CONSONANTS = re.compile(r"(?<![\w@/])[A-Z]?[a-z]*[bcdfghjklmnpqrstvwxz]{5,}[a-z]*(?!\w)")
_FINE = re.compile(
    r"ngths?|ightsh|tchst|rchm|ckstr|ndschr|lchst|mpts|rstw|schm|tschl|ldsch|schtsch|khstr|ghts"
    r"|phth|chts"
)


def garbled_names(account: Account) -> Iterator[Conflict]:
    """Name what a garbled name most likely means; lost dashes alone are no garbling."""
    for fact in account.facts:
        meaning = fact.attributes.get("likely_meaning")
        if not meaning or _lost_dashes(fact, str(meaning)):
            continue
        yield conflict(
            "garbled",
            "medium",
            f"“{fact.quote}” most likely means {meaning}",
            f"No such name is known; the closest of its kind is {meaning}. The name is kept as "
            f"written.",
            [fact],
        )


def _lost_dashes(fact: Fact, meaning: str) -> bool:
    from rapidfuzz import fuzz

    def bare(name: str) -> str:
        return re.sub(r"[\W_]", "", name).lower()

    return float(fuzz.ratio(bare(fact.quote), bare(meaning))) >= _NEARLY


def garbled_words(account: Account) -> Iterator[Conflict]:
    """Find words no language writes: a capital at the end, five consonants in a row."""
    for match in _unreadable(account.text):
        sentence = account.sentence_at(match.start())
        held = [
            f for f in account.of_kind("person", "organisation") if f.start <= match.start() < f.end
        ]
        yield conflict(
            "garbled",
            "low",
            f"“{match.group()}” cannot be read",
            "The letters are not those of a word or a name; what was meant is lost.",
            held[:1],
            [account.quote(match.start(), min(match.end() + 40, sentence.end))],
        )


def _unreadable(text: str) -> Iterator[re.Match[str]]:
    seen: set[str] = set()
    for pattern in (_CAPITAL_AT_END, _CONSONANTS):
        for match in pattern.finditer(text):
            word = match.group()
            if pattern is _CONSONANTS and _FINE.search(word.lower()):
                continue
            if word not in seen:
                seen.add(word)
                yield match


def doubled_words(account: Account) -> Iterator[Conflict]:
    """Find a word joined to itself, as when two words of another language became one."""
    held = list(_TWICE.finditer(account.text))
    if held:
        written = ", ".join(f"“{m.group()}”" for m in held)
        yield conflict(
            "garbled",
            "low",
            f"a word is joined to itself: {written}",
            "Two words of the original were most likely translated as one; what the second meant "
            "is lost.",
            quotes=[account.quote(*m.span()) for m in held],
        )
