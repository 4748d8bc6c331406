"""So many things with so many in each, and what they are said to make."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import Amount, amounts
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict

_EACH_OF = re.compile(
    r"\b(?:each|every one) of (?:the|our|its|these|their|all)?\s?$|(?<!\w)кажд\w+ из\s(?:этих\s)?$",
    re.IGNORECASE,
)
_MAKES = re.compile(
    r"\b(?:makes?|making|made|gives?|giving|that is|thus|so|in all|altogether|together|total\w*|or"
    r"|means?|comes? to|amounts? to)\b"
    r"|(?<!\w)(?:то есть|итого|всего|вместе|что да[её]т|да[её]т|дают|составля\w+|значит)(?!\w)",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?:each|every)\b|(?<!\w)(?:кажд\w+|по)(?!\w)", re.IGNORECASE)
_RATES = frozenset(["percent", "times", "percentage points", "share"])
_REACH = 70


def each_of(account: Account) -> Iterator[Conflict]:
    """Find "each of our 30 trains has 45 containers, which makes 1,050 containers"."""
    for sentence in account.sentences:
        if not _ANY.search(account.text, *sentence):
            continue
        held = [one for one in amounts(account, *sentence) if one.unit not in _RATES]
        for many, one, total in zip(held, held[1:], held[2:], strict=False):
            lead = account.text[max(sentence.start, many.start - 30) : many.start]
            first = account.text[many.end : one.start]
            gap = account.text[one.end : total.start]
            each = _EACH_OF.search(lead) or re.search(
                r"\beach\s(?:with|of|carrying|having|has|holding)\b|(?<!\w)по\s$|кажд\w+\s", first
            )
            if not each or len(first) > _REACH or len(gap) > _REACH or not _MAKES.search(gap):
                continue
            if one.unit is None or total.unit not in {one.unit, None} or many.unit == one.unit:
                continue
            made = many.value * one.value
            slack = many.value * one.near + total.near + one.value * many.near
            if abs(made - total.value) > slack and not _soft(many, one, total):
                yield conflict(
                    "arithmetic",
                    "high",
                    f"{plain(many.value)} x {plain(one.value)} = {plain(made)}, not "
                    f"{plain(total.value)} {one.unit}",
                    f"{plain(many.value)} of {plain(one.value)} each make {plain(made)}; the text "
                    f"says {plain(total.value)}.",
                    [a.fact for a in (many, one, total) if a.fact is not None],
                    [account.quote(many.start, total.end)],
                )


def _soft(*held: Amount) -> bool:
    return any(a.fact is not None and a.fact.attributes.get("qualifier") for a in held)
