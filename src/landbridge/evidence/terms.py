"""What a text is searched by: folded words, numbers, years and canonical names."""

from __future__ import annotations

import re

from landbridge.evidence.names import Mention, find_names
from landbridge.evidence.names.tokens import key
from landbridge.evidence.text.concepts import known_concepts
from landbridge.evidence.text.vocabulary import words

_TOKEN = re.compile(
    r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?"
)
_SEAM = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ][a-zа-яё])")
_STOP = words(
    """
    a an the of in on at to from by for with and or as that which this these those it its is are
    was were be been has have had will would about over than also between into under up he she
    they we you i his her our them us
    и в на с по из к о от до за для при что как это был была было были бы же не
    """
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_RUSSIAN_PLURAL = re.compile(r"(?:ов|ев)$")
_LEAST = 3


def search_terms(text: str) -> list[str]:
    """Terms of a text and, after a `#`, what its words mean in either language.

    Words of a name mean the name alone: the Belt and Road is no road.

    Examples
    --------
    >>> search_terms("factories")
    ['factory', '#plant']
    """
    rest, at = "", 0
    for mention in find_names(text):
        if mention.start >= at:
            rest += f"{text[at : mention.start]} "
            at = mention.end
    meant = known_concepts(rest + text[at:])
    return [*terms(text), *(f"#{concept}" for concept in sorted(meant))]


def terms(text: str) -> list[str]:
    """Words of a text as the index holds them, in order, and the names they make up.

    English words lose their plural, `-ing` and `-ed`; Russian ones their case endings. Digits lose
    their grouping marks. A name of the book adds its canonical form after an `@`.

    Examples
    --------
    >>> terms("Containers moved by OBOR trains: 1,200 in 2018")
    ['contain', 'mov', 'obor', 'train', '1200', '2018', '@belt and road initiative']
    """
    found = [term for token in _TOKEN.finditer(text) for term in _of(token.group())]
    return found + [name_term(mention) for mention in find_names(text)]


def name_term(mention: Mention) -> str:
    """The term of a known name."""
    return "@" + mention.name.name.lower()


def _of(token: str) -> list[str]:
    if token[0].isdigit():
        plain = re.sub(r"[\u00a0\u202f]|,(?=\d{3}(?!\d))", "", token).replace(",", ".")
        return [plain.rstrip("0").rstrip(".") if "." in plain else plain]
    parts = _SEAM.split(token)
    return [fold(part) for part in parts if part.lower() not in _STOP]


def fold(word: str) -> str:
    """Fold a word to what its forms share.

    Light folding, not a full stemmer: it never joins words of different beginnings.

    Examples
    --------
    >>> fold("countries"), fold("shipping"), fold("контейнеров"), fold("Kazakhstan's")
    ('country', 'ship', 'контейнер', 'kazakhstan')
    """
    plain = key(re.sub(r"['’]s$", "", word))
    if not plain.isascii():
        stem = _RUSSIAN_PLURAL.sub("", plain)
        return stem if len(stem) > _LEAST else plain
    if plain.endswith("ies") and len(plain) > _LEAST + 1:
        return plain[:-3] + "y"
    for ending in ("ers", "er", "ings", "ing", "ed", "es", "s", "e"):
        stem = plain.removesuffix(ending)
        if stem != plain and len(stem) >= _LEAST and not (ending == "s" and stem.endswith("s")):
            return (
                stem[:-1]
                if len(stem) > _LEAST
                and stem[-1] == stem[-2]
                and ending in {"ing", "ed", "ings", "er", "ers"}
                else stem
            )
    return plain


def is_year(term: str) -> bool:
    """Say whether a term is a year."""
    return _YEAR.fullmatch(term) is not None


def is_number(term: str) -> bool:
    """Say whether a term is a number."""
    return term[0].isdigit()
