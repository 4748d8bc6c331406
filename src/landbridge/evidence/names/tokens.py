"""Words as names are compared by: without case, accents, Russian endings and lost dashes."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+|\d+")
# A lower-case letter followed by a capital: a dash or blank was lost between two names.
_SEAM = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
_CYRILLIC = re.compile(r"[а-яё]")
_ENDING = re.compile(
    r"(?:ыми|ими|ого|его|ому|ему|ами|ями|ией|иям|иях|ой|ый|ий|ая|яя|ое|ее|ые|ие|ом|ем|ам|ям|ах|ях"
    r"|ью|ия|ию|ии|ую|юю|ей|ых|их|ым|им|[аяуюеиыоьй])$"
)
# Genitives of nouns in -ай, which look like adjectives in -ая.
_GENITIVES = frozenset(["китая", "шанхая", "дубая", "алтая", "уругвая", "парагвая", "синая"])
_LEAST_STEM = 3


class Token(NamedTuple):
    """A word of a text: its offsets, as written, and as compared."""

    start: int
    end: int
    written: str
    key: str


def tokens(text: str) -> tuple[Token, ...]:
    """Words of a text in order; a seam between two names grown together splits them.

    Examples
    --------
    >>> [token.key for token in tokens("ChinaEurope route, Көлік, в Казахстане")]
    ['china', 'europe', 'route', 'көлік', 'в', 'казахстан']
    """
    found: list[Token] = []
    for match in _WORD.finditer(text):
        word, at = match.group(), match.start()
        for part in _SEAM.split(word):
            found.append(Token(at, at + len(part), part, key(part)))
            at += len(part)
    return tuple(found)


def key(word: str) -> str:
    """What a word is compared by.

    Examples
    --------
    >>> key("Türkiye"), key("России"), key("Назарбаевым"), key("СНГ"), key("Китая")
    ('turkiye', 'росс', 'назарбаев', 'снг', 'кита')
    """
    if word.isascii():
        return word.lower()
    lower = word.lower().replace("ё", "е")
    if _CYRILLIC.search(lower):
        if word.isupper() and len(word) < 6:
            return lower
        stem = lower[:-1] if lower in _GENITIVES else _ENDING.sub("", lower)
        return stem if len(stem) >= _LEAST_STEM else lower
    plain = unicodedata.normalize("NFKD", lower).replace("ł", "l")
    return "".join(c for c in plain if not unicodedata.combining(c))
