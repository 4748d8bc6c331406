"""Names of places one letter off a name that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.names import Name, names
from landbridge.facts import rows

_WORD = re.compile(r"(?<![\w.@/-])[A-Z][a-z]{5,}(?![\w@/-])")
_BESIDE = re.compile(r"(?<!\. )(?:[A-Z][a-z]+)\s$")
_KINDS = frozenset(["place"])
_LEAST_LETTERS = 6
_ENDINGS = ("s", "n", "i", "an", "a", "e")


def misspelled_places(account: Account) -> Iterator[Conflict]:
    """Find "Gwadur": a capitalised word that no book holds, one letter off a place in one.

    Only the table `evidence_names` is taken from, not the world's cities; a word that is part of
    a longer name, an adjective, or a place with an ending of its own is none.
    """
    seen: set[str] = set()
    for match in _WORD.finditer(account.text):
        word = match.group()
        if word in seen or _covered(account, match.start(), match.end()):
            continue
        seen.add(word)
        likely = _one_off(word)
        if likely is None or economies_in(word) or _part_of_name(account, match):
            continue
        yield conflict(
            "garbled",
            "medium",
            f"“{word}” most likely means {likely.name}",
            f"No such place is known; {likely.name} is one letter off. The name is kept as "
            "written.",
            quotes=[account.quote(*match.span())],
        )


def _covered(account: Account, start: int, end: int) -> bool:
    return any(m.start <= start and end <= m.end for m in account.mentions)


def _part_of_name(account: Account, match: re.Match[str]) -> bool:
    """Say whether a capitalised word stands right beside it, or it opens a sentence alone."""
    before = account.text[max(0, match.start() - 24) : match.start()]
    if re.match(r"\s[A-Z]", account.text[match.end() : match.end() + 2]):
        return True
    if re.search(r"(?:\b(?:Mrs?|Ms|Dr|Prof)|\b[A-Z])\.?\s$", before):
        return True
    return bool(_BESIDE.search(before))


def _one_off(word: str) -> Name | None:
    """The only place that one letter added, lost, changed or swapped makes of a word."""
    from rapidfuzz.distance import OSA

    if word in _spellings():
        return None
    keys = {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
    found: dict[str, Name] = {}
    for key in keys:
        for spelling, name in _deletions().get(key, ()):
            if OSA.distance(word, spelling) == 1 and not _inflected(word, spelling):
                found[name.name] = name
    return next(iter(found.values())) if len(found) == 1 else None


def _inflected(word: str, spelling: str) -> bool:
    """Say whether a word is the place with an ending: Turkmens, Georgian, Baku's."""
    longer, shorter = sorted((word, spelling), key=len, reverse=True)
    if longer == spelling and longer[-1] not in "s":
        return False
    doubled = longer[-1] == longer[-2]
    return longer.startswith(shorter) and longer[len(shorter) :] in _ENDINGS and not doubled


@cache
def _spellings() -> frozenset[str]:
    return frozenset(s for n in names() for s in (n.name, *n.other)) | {
        word for row in rows("evidence_demonyms") for word in row.words
    }


@cache
def _deletions() -> dict[str, list[tuple[str, Name]]]:
    """Places of the table by what is left of them when one letter is lost."""
    found: dict[str, list[tuple[str, Name]]] = {}
    table = {row.name for row in rows("evidence_names")}
    for name in names():
        if name.kind not in _KINDS or name.name not in table:
            continue
        for spelling in (name.name, *name.other):
            if len(spelling) < _LEAST_LETTERS or not spelling.isascii() or not spelling.isalpha():
                continue
            for key in {
                spelling,
                *(spelling[:at] + spelling[at + 1 :] for at in range(len(spelling))),
            }:
                found.setdefault(key, []).append((spelling, name))
    return found
