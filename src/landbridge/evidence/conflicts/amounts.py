"""Numbers of a stretch of text, those included that no figure was read of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import rounding
from landbridge.evidence.model import Fact

_BEFORE_ONE = re.compile(r"(?:[,:;(]|\band|(?<!\w)и)\s$")
_AFTER_ONE = re.compile(
    r"\s(?:by|in|to|from|via|through|for|with|at|on|over|через|в|на|из|для|по|у|с)\s"
)
_YEAR_FROM, _YEAR_TO = 1800.0, 2100.0


@dataclass(frozen=True, slots=True)
class Amount:
    """A number where it stands; its unit is None where no figure says what it counts."""

    value: float
    start: int
    end: int
    unit: str | None
    near: float
    fact: Fact | None = None


def amounts(account: Account, start: int, end: int) -> list[Amount]:
    """Give the numbers of a stretch in order; dates, years and changes are left out.

    A detector that adds parts up must know that it has seen all of them: "31,000 went west" holds
    a part whose noun is left out, and which may not have been read as a figure.
    """
    found = [
        Amount(f.value or 0.0, f.value_start or 0, f.value_end or 0, f.unit, rounding(f), f)
        for f in account.figures_in(start, end)
        if f.value is not None and not f.attributes.get("change")
    ]
    taken = [(f.value_start or 0, f.value_end or 0) for f in account.figures_in(start, end)]
    taken += [(d.start, d.end) for d in account.dates if start <= d.start < end]
    for one in account.numbers_in(start, end):
        at, to = one.start, one.end
        if one.written not in {"digits", "words"} or any(at < b and a < to for a, b in taken):
            continue
        if one.written == "words" and one.value <= 1 and not _listed(account.text, at, to):
            continue
        if one.written == "digits" and one.scale == 1 and _YEAR_FROM <= one.value <= _YEAR_TO:
            continue
        found.append(Amount(one.value, at, to, None, 0.5 * one.scale if one.scale > 1 else 0.0))
    return sorted(found, key=lambda amount: amount.start)


def _listed(text: str, start: int, end: int) -> bool:
    """Say whether "one" counts an item of a list: "two by A and one by B"."""
    before = _BEFORE_ONE.search(text[max(0, start - 6) : start])
    return before is not None and _AFTER_ONE.match(text, end) is not None


def like(whole: Amount, held: list[Amount]) -> list[Amount]:
    """Those of some amounts that may be parts of a whole: of its unit, or of none that was read."""
    return [one for one in held if one.unit in {whole.unit, None} and one.value < whole.value]


def slack(held: list[Amount]) -> float:
    """How far a sum of amounts may be off by rounding."""
    return sum(one.near for one in held) * (1 + 1e-9)
