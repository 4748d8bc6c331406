"""One time or price of a list that is of another order than the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import Amount, amounts
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.spans import Span

_TIMES = frozenset(["minutes", "hours", "days", "weeks", "months"])
_MONEY = re.compile(r"(?!TEU|FEU)[A-Z]{3}")
_PRICE = re.compile(
    r"\b(?:prices?|tariffs?|rates?|fares?|fees?|cost of)\b"
    r"|(?<!\w)(?:цен\w+|тариф\w*|ставк\w+|фрахт\w*)(?!\w)",
    re.IGNORECASE,
)
_LEAST = 3
_ALIKE = 3.0
_FAR = 25.0
_GAP = 60


def unlike_items(account: Account) -> Iterator[Conflict]:
    """Find "18 hours at A, 20 hours at B and 2,100 hours at C".

    Three times or prices and more of one unit, each shortly after the other in one sentence; all
    but one lie within a factor of three of their median, and that one is 25 times off.
    """
    for sentence in account.sentences:
        same = _items(account, sentence)
        near = all(b.start - a.end <= _GAP for a, b in pairwise(same))
        if len(same) < _LEAST or not near or any(a.value <= 0 for a in same):
            continue
        middle = median(a.value for a in same)
        odd = [a for a in same if not 1 / _ALIKE <= a.value / middle <= _ALIKE]
        if len(odd) != 1 or 1 / _FAR < odd[0].value / middle < _FAR or odd[0].fact is None:
            continue
        yield conflict(
            "outlier",
            "medium",
            f"{plain(odd[0].value)} {odd[0].unit} beside {plain(middle)} {odd[0].unit}",
            "The other times of the list are of one order; the unit or the number of this one is "
            "most likely wrong.",
            [odd[0].fact, *(a.fact for a in same if a.fact is not None and a is not odd[0])],
        )


def _items(account: Account, sentence: Span) -> list[Amount]:
    """Times of a sentence's first unit, or its prices; of these some may leave the currency out."""
    held = amounts(account, *sentence)
    times = [one for one in held if one.unit in _TIMES]
    if len(times) >= _LEAST:
        return [one for one in times if one.unit == times[0].unit]
    if not _PRICE.search(account.text, *sentence):
        return []
    money = [one for one in held if _MONEY.fullmatch(one.unit or "")]
    bare = [one for one in held if one.unit is None and money and one.start > money[0].start]
    return sorted(
        [*(one for one in money if one.unit == money[0].unit), *bare], key=lambda one: one.start
    )
