"""Sums that are said to follow: "… to A, … to B and … to C; the three thus received D"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.amounts import Amount, amounts, slack
from landbridge.evidence.conflicts.telling import conflict, plain
from landbridge.evidence.model import Conflict
from landbridge.evidence.text.numbers import numbers

_FOLLOWS = re.compile(
    r"\b(?:thus|therefore|hence|so that|so|this way|as a result|which makes|that makes|makes"
    r"|together|ending|ended with)\b"
    r"|(?<!\w)(?:таким образом|тем самым|итак|так что|в результате|в итоге|итог\w*)(?!\w)",
    re.IGNORECASE,
)
_ALL_OF = re.compile(
    r"\b(?:the|these|all|both of the)\s(?P<n>two|three|four|five|six|seven|\d)\s(?:\w+\s){1,2}"
    r"|(?<!\w)(?:(?:эти|все|всем|этим|всего)\s)?(?P<n2>два|две|три|четыре|пять|двум|тр[её]м"
    r"|четыр[её]м"
    r"|пяти)\s",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?P<quarter>quarter|three months)\b|\b(?P<half>half[- ]year|half of|six months)\b"
    r"|(?<!\w)(?P<quarter2>квартал\w*)|(?<!\w)(?P<half2>полугоди\w+)",
    re.IGNORECASE,
)
_RATES = frozenset(["percent", "times", "percentage points", "share", "years", "days", "hours"])
_QUARTER, _HALF, _FEWEST = 3, 6, 3
_NEAR_TOTAL = 0.4


def results(account: Account) -> Iterator[Conflict]:
    """Find a sum that its own sentence draws from parts before it, and that they do not make.

    The total follows a word of consequence. As many parts of its unit stand before it as it says
    ("the three countries thus …"), or as its span of time has months, or three and more of them
    that come near it.
    """
    for sentence in account.sentences:
        if not _FOLLOWS.search(account.text, *sentence):
            continue
        held = amounts(account, *sentence)
        for at, total in enumerate(held):
            if total.unit in _RATES or at < 2:
                continue
            if total.fact is not None and total.fact.attributes.get("qualifier"):
                continue
            lead = account.text[held[at - 1].end : total.start]
            before = held[:at]
            announced = _announced(account, before, total)
            if announced and announced[0] == before[-1].value and before[-1].start >= announced[1]:
                before = before[:-1]
                lead = account.text[before[-1].end if before else sentence.start : total.start]
            parts = _run(before, total)
            if not _FOLLOWS.search(lead) or len(parts) < 2:
                continue
            number = announced[0] if announced else _months(account, lead, total)
            gap = sum(one.value for one in parts) - total.value
            if number is not None and number != len(parts):
                continue
            if number is None and (len(parts) < _FEWEST or abs(gap) > _NEAR_TOTAL * total.value):
                continue
            if abs(gap) > slack([*parts, total]) and total.value > max(p.value for p in parts):
                yield told(account, parts, total)


def told(account: Account, parts: list[Amount], total: Amount) -> Conflict:
    """Tell of parts that do not make their total."""
    made = sum(one.value for one in parts)
    listed = " + ".join(plain(one.value) for one in parts)
    ends = (min(parts[0].start, total.start), max(parts[-1].end, total.end))
    facts = [one.fact for one in (*parts, total) if one.fact is not None]
    return conflict(
        "arithmetic",
        "high",
        f"{listed} = {plain(made)}, not {plain(total.value)} {total.unit or ''}",
        f"The parts {listed} add up to {plain(made)}; the total is given as {plain(total.value)}.",
        facts,
        [account.quote(*ends)] if "\n" not in account.text[slice(*ends)] else (),
    )


def _run(before: list[Amount], total: Amount) -> list[Amount]:
    """The amounts right before a total that share its unit, or have none."""
    parts: list[Amount] = []
    for one in reversed(before):
        if one.unit not in {total.unit, None}:
            break
        parts.insert(0, one)
    return parts


def _announced(account: Account, before: list[Amount], total: Amount) -> tuple[float, int] | None:
    """How many parts the words right before a total speak of, and where they say so."""
    start = before[-2].end if len(before) > 1 else 0
    match = _ALL_OF.search(account.text, start, total.start)
    if match is None:
        return None
    found = numbers(match["n"] or match["n2"])
    return (found[0].value, match.start()) if found else None


def _months(account: Account, lead: str, total: Amount) -> int | None:
    match = _SPAN.search(lead) or _SPAN.search(account.text[total.end : total.end + 25])
    if match is None:
        return None
    return _QUARTER if match["quarter"] or match["quarter2"] else _HALF
