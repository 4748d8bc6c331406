"""Where the names of the book stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from landbridge.evidence.names.book import Name, names
from landbridge.evidence.names.tokens import Token, tokens

_HAN = re.compile(r"[\u3400-\u9fff]")
_GAP = re.compile(r"[ \t\u00a0]*[\-–—‑'’\"“”«»‘&/]?[ \t\u00a0\r\n]?[ \t\u00a0]*[\"“”«»‘]?")
_COMMA = re.compile(r"[\"”»’]?,? ?[\"“«‘]?")
_LONG = 3
_ACRONYM = 7


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the book as it stands in a text: `text[start:end] == written`."""

    start: int
    end: int
    written: str
    name: Name
    garbled: bool = False


@dataclass(slots=True)
class _Node:
    """A word on the way through the spellings, and the spellings that end at it."""

    then: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[Name, str, bool]] = field(default_factory=list)


@lru_cache(maxsize=2)
def find_names(text: str) -> tuple[Mention, ...]:
    """Find every mention of a known name, the longest first where several begin, in order.

    Acronyms must be written as they are; other names must begin with a capital (of three words
    and more, one of them). Dashes between the parts of a name may be lost or of any kind.

    Examples
    --------
    >>> [(m.written, m.name.name) for m in find_names("“One belt, one way” passes Nur-Sultan")]
    [('One belt, one way', 'Belt and Road Initiative'), ('Nur-Sultan', 'Astana')]
    """
    found = [*_spelled(text), *_in_chinese(text)]
    return tuple(sorted(found, key=lambda mention: mention.start))


def _spelled(text: str) -> Iterator[Mention]:
    words = tokens(text)
    at = 0
    root = _spellings()
    while at < len(words):
        best: tuple[int, Name, bool] | None = None
        node, place = root, at
        while place < len(words):
            step = node.then.get(words[place].key)
            if step is None or (place > at and not _joined(text, words[place - 1], words[place])):
                break
            node = step
            place += 1
            for name, spelling, garbled in node.ends:
                if _fits(text, words[at:place], spelling):
                    best = (place, name, garbled)
                    break
        if best is None:
            at += 1
            continue
        start, end = words[at].start, words[best[0] - 1].end
        yield Mention(start, end, text[start:end], best[1], best[2])
        at = best[0]


def _joined(text: str, before: Token, after: Token) -> bool:
    gap = text[before.end : after.start]
    if _GAP.fullmatch(gap) or _COMMA.fullmatch(gap):
        return True
    return len(before.written) == 1 and gap.strip() == "."


def _fits(text: str, words: tuple[Token, ...], spelling: str) -> bool:
    """Say whether the case of the words is that of a name, and commas are the name's own."""
    written = text[words[0].start : words[-1].end]
    if "," in written and "," not in spelling:
        return False
    if written == "US" and text[words[-1].end :].lstrip()[:1] == "$":
        return False
    letters = re.sub(r"[\W_]", "", spelling)
    if len(letters) < _ACRONYM and sum(c.isupper() for c in letters) > len(letters) / 2:
        return re.sub(r"[\W_]", "", written) == letters
    capitals = [word.written[0].isupper() or word.written[0].isdigit() for word in words]
    return any(capitals) if len(words) >= _LONG else capitals[0]


@cache
def _spellings() -> _Node:
    root = _Node()
    for name in names():
        spelled = [(s, False) for s in (name.name, *name.other)]
        for spelling, garbled in [*spelled, *((s, True) for s in name.garbled)]:
            if _HAN.search(spelling):
                continue
            node = root
            for token in tokens(spelling):
                node = node.then.setdefault(token.key, _Node())
            node.ends.append((name, spelling, garbled))
    return root


def _in_chinese(text: str) -> Iterator[Mention]:
    if not _HAN.search(text):
        return
    known, pattern = _chinese()
    for match in pattern.finditer(text):
        yield Mention(match.start(), match.end(), match.group(), known[match.group()])


@cache
def _chinese() -> tuple[dict[str, Name], re.Pattern[str]]:
    known = {s: name for name in names() for s in name.other if _HAN.search(s)}
    longest_first = sorted(known, key=len, reverse=True)
    return known, re.compile("|".join(map(re.escape, longest_first)))
