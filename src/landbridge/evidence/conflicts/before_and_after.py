"""So many months before or after another time, both of which are told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.moments import moments
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.numbers import numbers

_COUNT = (
    r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|один|два|две|три"
    r"|четыре|пять|шесть|семь|восемь|девять|десять)"
)
_STEP = re.compile(
    rf"\b(?P<n>{_COUNT})\s(?P<unit>years?|months?)\s(?:(?P<before>before|ahead of|earlier than"
    r"|prior to)|(?:after|later than|behind))\b"
    rf"|(?<!\w)за\s(?:(?P<n2>{_COUNT})\s)?(?P<unit2>год[а]?|лет|месяц(?:а|ев)?)\s(?P<before2>до)"
    rf"(?!\w)|(?<!\w)через\s(?:(?P<n3>{_COUNT})\s)?(?P<unit3>год[а]?|лет|месяц(?:а|ев)?)\sпосле",
    re.IGNORECASE,
)
_FAR = 25
_NEXT = 70
_YEAR = 12
_SLACK = {"year": 7, "month": 1}


def before_and_after(account: Account) -> Iterator[Conflict]:
    """Find "done in August 2018, two months before the deadline of July of the same year"."""
    for match in _STEP.finditer(account.text):
        sentence = account.sentence_at(match.start())
        told = moments(account, *sentence)
        first = [m for m in told if 0 <= match.start() - m.end <= _FAR]
        later = [m for m in told if 0 <= m.start - match.end() <= _NEXT]
        if not first or not later:
            continue
        word = match["n"] or match["n2"] or match["n3"]
        found = numbers(word.lower()) if word else ()
        number = found[0].value if found else 1.0
        unit = (match["unit"] or match["unit2"] or match["unit3"]).lower()
        yearly = not unit.startswith(("month", "месяц"))
        step = number * (_YEAR if yearly else 1)
        sign = 1 if match["before"] or match["before2"] else -1
        slack = _SLACK["year" if yearly else "month"]
        one, other = first[-1], later[0]
        low, high = one.first + sign * step - slack, one.last + sign * step + slack
        if low <= other.last and other.first <= high:
            continue
        way = "before" if sign > 0 else "after"
        yield conflict(
            "date",
            "high",
            f"{one.told} is not {match.group()} {other.told}".replace("  ", " "),
            f"{one.told} is told to be {word or 'one'} {unit} {way} {other.told}; it is not.",
            quotes=[account.quote(one.start, other.end)],
        )
