"""More members than a body has ever had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.bounds import beyond
from landbridge.evidence.model import Conflict
from landbridge.facts import rows

_UNITS = frozenset(["members", "states", "countries", "member states", "member"])
_OWN = re.compile(
    r"(?:[’']s\s|,?\s(?:with\s(?:its\s|all\s)?|which\s(?:unites|has|joins|counts|comprises)\s|that\s"
    r"(?:unites|has|joins)\s|unites\s|has\s|counts\s|comprises\s|consists of\s)|\s)"
    r"(?:all\s|some\s)?$",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:observer|partner|dialogue|candidate|founding|and|plus)\w*\b", re.I)
_LEAD = 60


def too_many_members(account: Account) -> Iterator[Conflict]:
    """Find "ASEAN's 14 members": a body's name right before a count above the table's bound."""
    for fact in account.figures:
        if fact.unit not in _UNITS or not fact.value:
            continue
        start = fact.value_start or 0
        lead = account.text[max(account.sentence_at(start).start, start - _LEAD) : start]
        after = account.text[fact.value_end or 0 : (fact.value_end or 0) + 25]
        for row, form in _bodies():
            named = list(form.finditer(lead))
            if not named or fact.value <= row.high or _OTHER.search(after):
                continue
            if _OWN.fullmatch(lead[named[-1].end() :]):
                yield beyond(fact, row)


@cache
def _bodies() -> tuple[tuple[Any, re.Pattern[str]], ...]:
    """Bodies of the table of bounds, those whose members are counted."""
    return tuple(
        (row, re.compile("|".join(rf"\b{re.escape(name)}" for name in row.names)))
        for row in rows("evidence_members")
    )
