"""Changes told beside the two values they are between."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact

_FROM = re.compile(
    r"\b(?:from|compared (?:with|to)|against|с|против)\s+(?:about |some |only |just "
    r")?(?:US)?[$€£¥]?\s?$",
    re.IGNORECASE,
)
_WHOLE = 100.0


def changes(account: Account) -> Iterator[Conflict]:
    """Find "from A to B, up p %" where B / A is another change, rounding allowed for."""
    for sentence in account.sentences:
        held = account.figures_in(*sentence)
        percents = [f for f in held if f.unit == "percent" and f.attributes.get("change")]
        levels = [f for f in held if f.unit and f.unit not in {"percent", "times", "years"}]
        if len(percents) != 1 or len(levels) != 2 or levels[0].unit != levels[1].unit:
            continue
        old = next(
            (
                f
                for f in levels
                if _FROM.search(account.text[max(0, (f.value_start or 0) - 28) : f.value_start])
            ),
            None,
        )
        if old is None or not old.value:
            continue
        new = next(f for f in levels if f is not old)
        told = (percents[0].value or 0.0) * (
            1 if percents[0].attributes.get("change") == "up" else -1
        )
        low, high = _change_range(old, new)
        near = max(rounding(percents[0]), 0.5)
        if not low - near <= told <= high + near:
            true = ((new.value or 0.0) / old.value - 1) * _WHOLE
            yield conflict(
                "arithmetic",
                "high",
                f"{plain(old.value)} to {plain(new.value)} is {true:+.0f} %, not {told:+.0f} %",
                f"A change from {plain(old.value)} to {plain(new.value)} is {true:+.1f} %; the "
                f"text says {told:+.6g} %.",
                [old, new, percents[0]],
            )


def _change_range(old: Fact, new: Fact) -> tuple[float, float]:
    low_old, high_old = (old.value or 0.0) - rounding(old), (old.value or 0.0) + rounding(old)
    low_new, high_new = (new.value or 0.0) - rounding(new), (new.value or 0.0) + rounding(new)
    return (low_new / high_old - 1) * _WHOLE, (high_new / max(low_old, 1e-12) - 1) * _WHOLE
