"""Russian names of places one letter off a name of the book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.demonyms import economies_in
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.names import names
from landbridge.evidence.names.tokens import key
from landbridge.facts import rows

_WORD = re.compile(r"(?<=[а-яё,] )(?P<word>[А-ЯЁ][а-яё]{6,})(?![\w-])")
_BESIDE = re.compile(r"[А-ЯЁ][а-яё]+\s$")
_LEAST = 7


def near_russian_places(account: Account) -> Iterator[Conflict]:
    """Find "Туркменбащи": a capitalised word within a sentence, one letter off a place's name.

    Case endings are left out on both sides; a word beside another capitalised one is a person's.
    """
    from rapidfuzz.distance import OSA

    seen: set[str] = set()
    for match in _WORD.finditer(account.text):
        stem = key(match["word"])
        if stem in seen or len(stem) < _LEAST or stem in _places() or economies_in(match["word"]):
            continue
        seen.add(stem)
        beside = account.text[max(0, match.start() - 20) : match.start()]
        after = account.text[match.end() : match.end() + 2]
        if _BESIDE.search(beside) or re.match(r"\s[А-ЯЁ]", after):
            continue
        if any(m.start <= match.start() < m.end for m in account.mentions):
            continue
        near = {name for form, name in _places().items() if OSA.distance(stem, form) == 1
                and not stem.startswith(form) and not form.startswith(stem)}  # fmt: skip
        if len(near) == 1:
            likely = near.pop()
            yield conflict(
                "garbled",
                "medium",
                f"“{match['word']}” most likely means {likely}",
                f"No such place is known; {likely} is one letter off. The name is kept as written.",
                quotes=[account.quote(*match.span("word"))],
            )


@cache
def _places() -> dict[str, str]:
    """Places of the table by the stems of their Russian names, one word and long enough."""
    table = {row.name for row in rows("evidence_names")}
    return {
        key(form): name.name
        for name in names()
        if name.kind == "place" and name.name in table
        for form in name.other
        if re.fullmatch(r"[А-ЯЁ][а-яё]+", form) and len(key(form)) >= _LEAST
    }
