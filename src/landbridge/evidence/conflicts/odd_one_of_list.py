"""One amount of a list in a currency of another worth, with a number like the others'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from statistics import median

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict
from landbridge.facts import by_id

_MONEY = re.compile(r"(?!TEU|FEU)[A-Z]{3}")
_CONVERTED = re.compile(
    r"\b(?:or|that is|i\.e|equal\w*|equivalent)\b|[(=]|(?<!\w)(?:или|то есть|эквивалент\w*)(?!\w)",
    re.IGNORECASE,
)
_LEAST = 3
_ALIKE = 2.0
_WORTH = 20.0


def odd_ones_of_lists(account: Account) -> Iterator[Conflict]:
    """Find "89 million dollars on A, 112 million dollars on B, 130 million tenge on C".

    Three amounts and more of a sentence, all but one in one currency; the odd one lies within
    twice their median as a number, and its currency is worth a twentieth of theirs or less.
    """
    for sentence in account.sentences:
        held = [
            f for f in account.figures_in(*sentence) if f.value and _MONEY.fullmatch(f.unit or "")
        ]
        counted = Counter(str(f.unit) for f in held)
        if len(held) < _LEAST or len(counted) != 2:
            continue
        (common, _), (odd, times) = counted.most_common()
        if times != 1 or _CONVERTED.search(account.text, *sentence):
            continue
        alone = next(f for f in held if f.unit == odd)
        middle = median(f.value or 0.0 for f in held if f.unit == common)
        like = 1 / _ALIKE <= (alone.value or 0.0) / middle <= _ALIKE
        if like and _ratio(common, odd) >= _WORTH:
            yield conflict(
                "currency",
                "medium",
                f"{plain(alone.value)} {odd} among amounts in {common}",
                f"The other amounts of the list are in {common} and of this number; {odd} is worth "
                f"far less. Most likely {common} is meant.",
                [alone],
            )


def _ratio(common: str, odd: str) -> float:
    """How many units of one currency the other has cost at least."""
    table = by_id("evidence_rates")
    if common.lower() not in table or odd.lower() not in table:
        return 0.0
    first, second = table[common.lower()], table[odd.lower()]
    return float(max(first.low / second.high, second.low / first.high))
