"""Names of organisations whose words are those of a known one, miswritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.names import names

_HEADS = (
    "Bank|Organi[sz]ation|Union|Fund|Commission|Council|Conference|Association|Corporation|Agency"
    "|Institute|Committee|Centre|Center"
)
_NAME = re.compile(
    rf"(?<!\w)(?P<name>(?:[A-Z][a-z]+\s){{1,5}}(?:(?:of|for|and|on)\s(?:[A-Z][a-z]+\s?){{1,3}})?"
    rf"(?:{_HEADS})(?:\s(?:of|for|on)\s(?:the\s)?(?:[A-Z][a-z]+\s?){{1,4}})?)"
)
_JOINS = frozenset(["of", "for", "and", "on", "the", "in"])
_LEAST_WORDS = 3
_SHARED = 5
_MOST_OFF = 2


def near_organisations(account: Account) -> Iterator[Conflict]:
    """Find "Asian Infrastructural Investition Bank": each word begins as that of a known name."""
    seen: set[str] = set()
    for match in _NAME.finditer(account.text):
        written = match["name"].strip()
        if written in seen:
            continue
        seen.add(written)
        end = match.start() + len(written)
        if any(m.start <= match.start() and end <= m.end for m in account.mentions):
            continue
        likely = _likely(written)
        if likely is not None:
            yield conflict(
                "garbled",
                "medium",
                f"“{written}” most likely means {likely}",
                f"No such body is known; the words of {likely} begin alike. The name is kept as "
                "written.",
                quotes=[account.quote(match.start(), end)],
            )


def _likely(written: str) -> str | None:
    """The only known body with as many words, each of them alike and not all the same."""
    told = _words(written)
    found = {
        name
        for parts, name in _bodies()
        if len(parts) == len(told) and parts != told and all(map(_alike, told, parts))
    }
    exact = any(parts == told for parts, _ in _bodies())
    return found.pop() if len(found) == 1 and not exact and len(told) >= _LEAST_WORDS else None


def _alike(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    if one == other or one.replace("s", "z") == other.replace("s", "z"):
        return True
    start = one[:_SHARED] == other[:_SHARED] and min(len(one), len(other)) > _SHARED
    return start or (OSA.distance(one, other) <= _MOST_OFF and len(one) > _SHARED + 1)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in name.lower().split() if word not in _JOINS)


@cache
def _bodies() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Organisations of the book with names of three words and more."""
    return tuple(
        (_words(form), name.name)
        for name in names()
        if name.kind == "organisation"
        for form in (name.name, *name.other)
        if form.isascii() and len(_words(form)) >= _LEAST_WORDS
    )
