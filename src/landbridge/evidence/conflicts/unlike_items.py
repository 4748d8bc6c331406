"""One time of a list that is of another order than the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict

_TIMES = frozenset(["minutes", "hours", "days", "weeks", "months"])
_LEAST = 3
_ALIKE = 3.0
_FAR = 25.0
_GAP = 60


def unlike_items(account: Account) -> Iterator[Conflict]:
    """Find "18 hours at A, 20 hours at B and 2,100 hours at C".

    Three times and more of one unit, each shortly after the other in one sentence; all but one
    lie within a factor of three of their median, and that one is 25 times off.
    """
    for sentence in account.sentences:
        held = [f for f in account.figures_in(*sentence) if f.unit in _TIMES and f.value]
        same = [f for f in held if held and f.unit == held[0].unit]
        near = all((b.value_start or 0) - (a.value_end or 0) <= _GAP for a, b in pairwise(same))
        if len(same) < _LEAST or not near:
            continue
        middle = median(f.value or 0.0 for f in same)
        odd = [f for f in same if not 1 / _ALIKE <= (f.value or 0.0) / middle <= _ALIKE]
        if len(odd) != 1 or 1 / _FAR < (odd[0].value or 0.0) / middle < _FAR:
            continue
        yield conflict(
            "outlier",
            "medium",
            f"{plain(odd[0].value)} {odd[0].unit} beside {plain(middle)} {odd[0].unit}",
            "The other times of the list are of one order; the unit or the number of this one is "
            "most likely wrong.",
            [odd[0], *(f for f in same if f is not odd[0])],
        )
