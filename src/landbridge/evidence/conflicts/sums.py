"""Parts beside the total they are parts of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict, plain, rounding
from landbridge.evidence.model import Conflict, Fact

_REST = re.compile(
    r"\b(?:the rest|remaining|the others|the remainder|остальн\w+)\b|\bmore\b|\bещ[её]\b",
    re.IGNORECASE,
)
_REACH = 450
_EXHAUSTIVE = 4


@dataclass
class _Group:
    """A total, the parts that follow it, and running totals that the text itself gives."""

    total: Fact
    parts: list[Fact] = field(default_factory=list)
    running: list[Fact] = field(default_factory=list)

    @property
    def sum(self) -> float:
        return sum(part.value or 0.0 for part in self.parts)


def parts_and_totals(account: Account) -> Iterator[Conflict]:
    """Find totals whose parts, counted off one by one, give another number.

    "There are 51 projects, four of which …, six … and eleven …; 18 more …": the parts leave the
    noun out and follow the total within a paragraph. Parts that exceed the total always conflict;
    parts that fall short do only where the list means to be complete (a running total, "the rest",
    "more", or four parts and more).
    """
    for group in _groups(account):
        if not group.parts:
            continue
        total = group.total.value or 0.0
        slack = rounding(group.total) + sum(rounding(part) for part in group.parts)
        over = group.sum > total + slack
        if over and len(group.parts) == 1:
            continue
        short = group.sum < total - slack and _complete(account, group)
        if not (over or short):
            continue
        listed = " + ".join(plain(part.value) for part in group.parts)
        gap = plain(abs(total - group.sum))
        unit = group.total.unit or "in all"
        running = "".join(
            f" The running total of {plain(one.value)} agrees with its own parts."
            for one in group.running
        )
        yield conflict(
            "arithmetic",
            "high" if over or len(group.parts) > 2 else "medium",
            f"{plain(total)} {unit}: {listed} = {plain(group.sum)}, not {plain(total)}",
            f"The parts {listed} give {plain(group.sum)}; the total is {plain(total)}, so {gap} "
            f"are " + ("too many." if over else "not accounted for.") + running,
            sorted([group.total, *group.parts, *group.running], key=lambda f: f.value_start or 0),
        )


def _groups(account: Account) -> list[_Group]:
    done: list[_Group] = []
    current: dict[str | None, _Group] = {}
    for fact in account.figures:
        if fact.attributes.get("qualifier") in {"up to", "over", "at least"} or _is_rate(fact):
            continue
        elided = bool(fact.attributes.get("noun_left_out"))
        held = current.get(fact.unit)
        if held is not None and _same_count(account, held.total, fact):
            if elided:
                held.parts.append(fact)
                continue
            if len(held.parts) > 1 and abs(held.sum - (fact.value or 0.0)) <= rounding(fact):
                held.running.append(fact)
                continue
        if elided or fact.unit is None or (fact.value or 0.0) < 2:
            continue
        current[fact.unit] = _Group(fact)
        done.append(current[fact.unit])
    return done


def _is_rate(fact: Fact) -> bool:
    return fact.unit in {"percent", "times", "percentage points", "share", "years", "days", "hours"}


def _same_count(account: Account, total: Fact, fact: Fact) -> bool:
    near = (fact.value_start or 0) - (total.value_start or 0) < _REACH
    same = account.paragraph_at(total.value_start or 0) == account.paragraph_at(
        fact.value_start or 0
    )
    return near and same and total.unit == fact.unit


def _complete(account: Account, group: _Group) -> bool:
    last = group.parts[-1]
    rest = _REST.search(account.text, last.start - 12 if last.start > 12 else 0, last.end)
    return bool(
        len(group.parts) >= _EXHAUSTIVE
        or (group.running and len(group.parts) > 2)
        or (rest and len(group.parts) > 1)
    )
