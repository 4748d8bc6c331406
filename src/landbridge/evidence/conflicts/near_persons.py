"""Names of persons one letter off: off a name of the book, or off the same text's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.names import names
from landbridge.evidence.names.tokens import key

_PAIR = re.compile(
    r"(?<![\w-])(?P<given>[А-ЯЁ][а-яё]+)(?=[ \u00a0](?P<family>[А-ЯЁ][а-яё]{4,})(?![\w-]))"
)
_LATIN = re.compile(
    r"(?<![\w-])(?P<given>[A-Z][^\W\d_A-Z]{4,})(?= (?P<family>[A-Z][^\W\d_A-Z]{3,})(?![\w-]))"
)
_LEAST = 5


def near_persons(account: Account) -> Iterator[Conflict]:
    """Find "Си Дзиньпин": the given name is right, the family name one letter off.

    The right name is one of the book, or one that the same text writes otherwise twice as often.
    Case endings are left out; two letters more or less are another name.
    """
    pairs = [(m, key(m["given"]), key(m["family"])) for m in _PAIR.finditer(account.text)]
    written = [(given, family) for _, given, family in pairs]
    told: set[tuple[str, str]] = set()
    for match, given, family in pairs:
        if (given, family) in told or (given, family) in _book():
            continue
        if len(family) < _LEAST:
            continue
        known = [other for first, other in _book() if first == given]
        often = [
            other
            for first, other in set(written)
            if first == given and written.count((first, other)) > written.count((given, family))
        ]
        likely = next((one for one in [*known, *often] if _one_off(family, one)), None)
        if likely is None:
            continue
        told.add((given, family))
        right = _book().get((given, likely)) or next(
            _written(m) for m, first, other in pairs if (first, other) == (given, likely)
        )
        yield conflict(
            "garbled",
            "medium",
            f"“{_written(match)}” most likely means {right}",
            f"No such name is known; {right} is one letter off. The name is kept as written.",
            quotes=[account.quote(match.start(), match.end("family"))],
        )


def _written(match: re.Match[str]) -> str:
    return f"{match['given']} {match['family']}"


def _one_off(word: str, other: str) -> bool:
    """Say whether two family names are one letter apart, and not by an ending."""
    from rapidfuzz.distance import OSA

    if min(len(word), len(other)) < _LEAST or OSA.distance(word, other) != 1:
        return False
    longer, shorter = sorted((word, other), key=len, reverse=True)
    return not longer.startswith(shorter)


def two_spellings(account: Account) -> Iterator[Conflict]:
    """Find "Aleksander Vucic" and "Aleksandar Vučić" in one text: the given name one letter off."""
    pairs = {(key(m["given"]), key(m["family"])): m for m in _LATIN.finditer(account.text)}
    for (given, family), one in pairs.items():
        for (other_given, other_family), other in pairs.items():
            if (
                one.start() < other.start()
                and family == other_family
                and (_one_off(given, other_given))
            ):
                yield conflict(
                    "garbled",
                    "medium",
                    f"“{_written(one)}” and “{_written(other)}” are most likely one person",
                    "The given names differ in one letter; one of them is most likely misspelled.",
                    quotes=[account.quote(m.start(), m.end("family")) for m in (one, other)],
                )


@cache
def _book() -> dict[tuple[str, str], str]:
    """Persons of the book by their Russian given and family names, endings left out."""
    found: dict[tuple[str, str], str] = {}
    for name in names():
        if name.kind != "person":
            continue
        for form in (name.name, *name.other):
            match = _PAIR.match(form)
            if match:
                found[key(match["given"]), key(match["family"])] = name.name
    return found
