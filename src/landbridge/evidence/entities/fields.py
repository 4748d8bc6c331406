"""Telling a field of work or a country from a person's name, at the end of a long name."""

from __future__ import annotations

import re
from functools import cache

from landbridge.evidence.entities.lexicon import words
from landbridge.evidence.names.tokens import key

_CAP = r"[A-ZÀ-Þ][\w’'&]*(?:[-–][\w’']+)*"
# A word of these endings is a field of work, not somebody's name.
_FIELD = re.compile(
    r"(?:tions?|ments?|ics|ies|ships?|ity|ings?|ences?|ances?|ology|omy|ture|ade|airs|ry|al|ic|an"
    r"|ese"
    r"|search|work|ness|sts?|law|arts?|rce|tice|fence|alth|gy|rt|wer|road|nal|ive|us)$",
    re.IGNORECASE,
)


def without_person(text: str, start: int, end: int) -> int:
    """Cut a person's name off the end: from a given name on, or two words that are no field."""
    parts = list(re.finditer(_CAP, text[start:end]))
    given = words("given", "en")
    for at, part in enumerate(parts):
        if part.group().lower() in given and (at or len(parts) > 1):
            return start + (parts[at - 1].end() if at else 0)
    initials = re.match(r"\.", text[end : end + 1])
    if initials and len(parts) > 1 and len(parts[-1].group()) <= len("Zh"):
        return start + parts[-2].end()
    following = re.match(
        rf"(?:,? (?:said|noted|stressed|told)|,? and {_CAP} {_CAP} )", text[end : end + 60]
    )
    if following and len(parts) > len("ab"):
        tail = parts[-2:]
        if not any(is_field(p.group()) for p in tail):
            return start + parts[-3].end()
    return end


def is_field(word: str) -> bool:
    """Say whether a word names a field of work or a country, not a person.

    Examples
    --------
    >>> is_field("Transport"), is_field("Georgia"), is_field("Turkanov")
    (True, True, False)
    """
    return bool(_FIELD.search(word)) or key(word) in _world()


@cache
def _world() -> frozenset[str]:
    from landbridge.evidence.names.book import names, words_of

    return frozenset(w for n in names() if n.kind == "place" and n.iso3 for w in words_of(n.name))


def looks_like_person(rest: str) -> bool:
    """Say whether what stands after a known organisation is two words of a person's name."""
    parts = re.findall(_CAP, rest)
    return len(parts) == len("ab") and not any(is_field(p) for p in parts)


def content(name: str) -> tuple[str, ...]:
    """Words of a name that tell it from others: 'of', 'for', 'the' and 'and' left out.

    Examples
    --------
    >>> content("the Institute for Strategic Research")
    ('institute', 'strategic', 'research')
    """
    small = {"of", "for", "the", "and", "on", "in", "centre", "и", "по"}
    return tuple(key(w) for w in re.findall(r"\w+", name) if w.lower() not in small)
