"""A part that is more than the whole it is told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict

_OF_WHICH = re.compile(
    r"\s?[^\W\d_]*\s?(?:[^\W\d_]+\s){0,3}?[,(]?\s?(?:of (?:which|them|it|these|those)"
    r"|out of (?:which"
    r"|them)|including|из (?:них|которых|н[её]го|не[её])|в том числе|включая)\s"
    r"(?:about |some |over |only |около )?(?:US)?[$€£]?",
    re.IGNORECASE,
)
_RATES = frozenset(["percent", "times", "percentage points", "share", "years", "days", "hours"])


def parts_too_large(account: Account) -> Iterator[Conflict]:
    """Find "42 hectares, of which 51 hectares are under roof"."""
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.value and f.unit]
        for whole, part in pairwise(held):
            between = account.text[whole.value_end or 0 : part.value_start]
            if part.unit != whole.unit or part.unit in _RATES or not _OF_WHICH.fullmatch(between):
                continue
            if whole.attributes.get("qualifier") in {"over", "at least"}:
                continue
            if (part.value or 0.0) > (whole.value or 0.0):
                yield conflict(
                    "bound",
                    "high",
                    f"{plain(part.value)} of {plain(whole.value)} {whole.unit}",
                    "A part cannot be more than what it is taken from.",
                    [whole, part],
                )
