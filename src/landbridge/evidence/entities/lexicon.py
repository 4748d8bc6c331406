"""Lists of words the grammars know, as patterns."""

from __future__ import annotations

import re
from functools import cache

from landbridge.evidence.names.tokens import key
from landbridge.evidence.text.vocabulary import trie
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
    tail = ("s?",) if plural else ()
    choices = [(*_letters(word), *tail) for word in words(name, "en")]
    choices += [bending(word) for word in words(name, "ru")]
    return re.compile(r"(?<![\w-])" + trie(choices) + r"(?!\w)", re.IGNORECASE)


def _letters(phrase: str) -> tuple[str, ...]:
    return tuple(r"[\s\u00a0]+" if letter == " " else re.escape(letter) for letter in phrase)


def bending(phrase: str) -> tuple[str, ...]:
    """Patterns that make up a Russian phrase in any case and number; see `trie`."""
    parts: list[str] = []
    for word in phrase.split():
        parts += [r"\s+"] if parts else []
        parts += _bent(word)
    return tuple(parts)


def _bent(word: str) -> list[str]:
    stem = key(word)
    if len(word) < _LONG_WORD and stem == word.lower():
        return [re.escape(letter) for letter in word]
    return [*("[её]" if letter == "е" else re.escape(letter) for letter in stem), "[а-яё]{0,4}"]
