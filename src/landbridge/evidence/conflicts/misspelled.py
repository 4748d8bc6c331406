"""Names of the book with a letter or a word exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.names import Name, names

_RUN = re.compile(
    r"[A-ZА-ЯЁ][^\W\d_]+(?:(?:\s(?:and|of|the|for|in|и|по)){0,2}[ -][A-ZА-ЯЁ][^\W\d_]+){1,6}"
)
_OPENS = re.compile(r"(?:And|But|The|In|At|By|Of|For)\s(?:the\s)?")
_LEAST_WORDS = 3
_LIKE_WORD = 62.0
_LIKE_EACH = 80.0
_LIKE_ALL = 88.0
_KINDS = frozenset(["organisation", "programme", "agreement"])
_JOINING = frozenset(["and", "of", "the", "for", "in", "и", "по"])


def exchanged_words(account: Account) -> Iterator[Conflict]:
    """Find "Asian Infrastructure Inventory Bank": a name of the book with one word exchanged.

    All words but one are those of the name, in its order, and the one that is not looks like the
    one it stands for.
    """
    seen: set[str] = set()
    for match in _RUN.finditer(account.text):
        opened = _OPENS.match(match.group())
        match_start = match.start() + (opened.end() if opened else 0)
        written = account.text[match_start : match.end()]
        if written in seen or _inside(account, match_start, match.end()):
            continue
        found = _meant(_words(written))
        if found is not None:
            seen.add(written)
            yield conflict(
                "garbled",
                "medium",
                f"“{written}” most likely means {found.name}",
                f"No such name is known; {found.name} differs in one word. The name is kept as "
                "written.",
                quotes=[account.quote(match_start, match.end())],
            )


def _inside(account: Account, start: int, end: int) -> bool:
    """Say whether a known name covers most of a stretch."""
    return any(
        min(end, m.end) - max(start, m.start) > 0.7 * (end - start)
        for m in account.names_in(max(0, start - 60), end + 60)
    )


def _words(written: str) -> tuple[str, ...]:
    return tuple(w for w in re.findall(r"[^\W\d_]+", written.lower()) if w not in _JOINING)


def _meant(words: tuple[str, ...]) -> Name | None:
    from rapidfuzz import fuzz

    for size in range(len(words), _LEAST_WORDS - 1, -1):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            if part in _known():
                return None
            for hole in range(size):
                known = _holes().get((part[:hole], part[hole + 1 :]))
                if known and fuzz.ratio(known[0], part[hole]) >= _LIKE_WORD:
                    return known[1]
            likely = _each_nearly(part)
            if likely is not None:
                return likely
    return None


def _each_nearly(part: tuple[str, ...]) -> Name | None:
    """The name of as many words, each like its own, that shares at least one word outright."""
    from rapidfuzz import fuzz

    for at, word in enumerate(part):
        for known, name in _by_word().get((len(part), at, word), ()):
            likes = [fuzz.ratio(one, other) for one, other in zip(part, known, strict=True)]
            if min(likes) >= _LIKE_EACH and sum(likes) >= _LIKE_ALL * len(part):
                return name
    return None


@cache
def _known() -> dict[tuple[str, ...], Name]:
    found: dict[tuple[str, ...], Name] = {}
    for name in names():
        if name.kind in _KINDS:
            for form in (name.name, *name.other):
                words = _words(form)
                if len(words) >= _LEAST_WORDS:
                    found.setdefault(words, name)
    return found


@cache
def _by_word() -> dict[tuple[int, int, str], list[tuple[tuple[str, ...], Name]]]:
    """Names by their number of words, the place of a word, and the word."""
    found: dict[tuple[int, int, str], list[tuple[tuple[str, ...], Name]]] = {}
    for words, name in _known().items():
        for at, word in enumerate(words):
            found.setdefault((len(words), at, word), []).append((words, name))
    return found


@cache
def _holes() -> dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, Name]]:
    """Every name with one of its words left out, and that word."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, Name]] = {}
    for words, name in _known().items():
        for hole, word in enumerate(words):
            found.setdefault((words[:hole], words[hole + 1 :]), (word, name))
    return found
