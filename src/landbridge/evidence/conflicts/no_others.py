"""Kinds that are said to be all there are, beside the whole they should make."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import Amount, amounts, like, slack
from landbridge.evidence.conflicts.results import told
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.spans import Span
from landbridge.evidence.text.units import known_units

_NO_OTHER = re.compile(
    r"\b(?:there (?:is|are|was|were) no (?:other|third|fourth|fifth|further)s?"
    r"|no others?\b[^.;]{0,30}?\b(?:is|are|was|were|exist\w*|provided|foreseen|known)"
    r"|nothing else|no one else"
    r"|nothing (?:is|was) (?:lacking|missing|left(?: over)?)|(?:every"
    r"|each)\s(?:\w+\s){1,2}(?:belongs|falls|is in|was in"
    r"|(?:gave|named|chose|had|has|made)\s(?:only\s)?(?:one|a single|just one))"
    r"|(?:all|they) (?:belong|fall) (?:to|into|under) (?:one|either)|and no (?:other|more)s?\b)"
    r"|(?<!\w)(?:(?:других|иных|прочих)\s[^.;]{0,60}?(?<!\w)(?:нет|не)(?!\w)"
    r"|(?:нет|не было|не имеется)\s(?:других|иных)|ничего (?:другого|иного|больше)"
    r"|больше (?:ничего|никого) нет|третьего не дано)",
    re.IGNORECASE,
)
_RATES = frozenset(["percent", "times", "percentage points", "share", "years", "days", "hours"])
_NEAR_TOTAL = 1.0
_BACK = 900
_LEAST = 2


def no_others(account: Account) -> Iterator[Conflict]:
    """Find "A by rail, B by road; there is no other way" where A and B are not the whole.

    The parts stand in the sentence that says so, or in the one before. The whole is an amount of
    their unit told shortly before; where several are, none of them may be the sum.
    """
    for match in _NO_OTHER.finditer(account.text):
        sentence = account.sentence_at(match.start())
        earlier = account.sentence_at(max(0, sentence.start - 2))
        parts = _parts(account, Span(sentence.start, match.start()))
        where = sentence
        if len(parts) < _LEAST and earlier.start < sentence.start:
            parts, where = _parts(account, earlier), earlier
        wholes = [
            one
            for one in amounts(account, max(0, where.start - _BACK), parts[0].start if parts else 0)
            if one.fact is not None
        ]
        made = sum(part.value for part in parts)
        near = [
            one
            for one in wholes
            if parts
            and like(one, parts) == parts
            and one.unit is not None
            and abs(one.value - made) <= _NEAR_TOTAL * made
        ]
        if len(parts) < _LEAST or not near:
            continue
        if any(abs(one.value - made) <= slack([one, *parts]) for one in near):
            continue
        yield told(account, parts, min(near, key=lambda one: abs(one.value - made)))


def _parts(account: Account, stretch: Span) -> list[Amount]:
    """The last run of amounts of one unit in a stretch, a whole of theirs before it left out."""
    held = [one for one in amounts(account, *stretch) if one.unit not in _RATES]
    if not held:
        return []
    unit = next((one.unit for one in reversed(held) if one.unit), None)
    bare = {None} if unit not in known_units() else set()
    parts = [one for one in held if one.unit in {unit, *bare}]
    first = parts[0]
    rest = sum(one.value for one in parts[1:])
    if (
        len(parts) > _LEAST
        and first.value > max(one.value for one in parts[1:])
        and (abs(first.value - rest) <= _NEAR_TOTAL * rest)
    ):
        return parts[1:]
    return parts
