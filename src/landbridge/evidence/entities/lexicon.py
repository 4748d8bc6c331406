"""Lists of words the grammars know, as patterns."""

from __future__ import annotations

import re
from functools import cache

from landbridge.evidence.names.tokens import key
from landbridge.facts import rows

_LONG_WORD = 5


@cache
def words(name: str, language: str | None = None) -> frozenset[str]:
    """Words of a list of evidence_words.csv, in small letters.

    Examples
    --------
    >>> "forum" in words("event", "en")
    True
    """
    return frozenset(
        word.lower()
        for row in rows("evidence_words")
        if row.list == name and language in (None, row.language)
        for word in row.words
    )


@cache
def pattern(name: str, *, plural: bool = False) -> re.Pattern[str]:
    """Any word of a list, longest first, whatever its case; Russian words in any ending.

    Examples
    --------
    >>> pattern("role").search("Министру иностранных дел").group()
    'Министру'
    >>> pattern("event").search("a round table on trade").group()
    'round table'
    """
    english = sorted(words(name, "en"), key=len, reverse=True)
    russian = sorted(words(name, "ru"), key=len, reverse=True)
    tail = "s?" if plural else ""
    choices = [re.escape(word).replace(r"\ ", r"[\s\u00a0]+") + tail for word in english]
    choices += [bending(word) for word in russian]
    return re.compile(r"(?<![\w-])(?:" + "|".join(choices) + r")(?!\w)", re.IGNORECASE)


def bending(phrase: str) -> str:
    """Pattern of a Russian phrase in any case and number."""
    return r"\s+".join(_bent(word) for word in phrase.split())


def _bent(word: str) -> str:
    stem = key(word)
    if len(word) < _LONG_WORD and stem == word.lower():
        return re.escape(word)
    return re.escape(stem).replace("е", "[её]") + r"[а-яё]{0,4}"
