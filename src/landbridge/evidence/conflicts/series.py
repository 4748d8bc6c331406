"""Events that are numbered, and numbers that do not go with the years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts.telling import conflict
from landbridge.evidence.model import Conflict, Fact
from landbridge.evidence.names.tokens import key, tokens
from landbridge.evidence.text.vocabulary import words

_NOT_NAME = words(
    "the of a an first second third fourth fifth sixth seventh eighth ninth tenth i ii iii iv v "
    "vi international "
    "high level held for time in on st nd rd th annual meeting plenary opening"
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered event: its name without number, which it is, and its year."""

    fact: Fact
    name: frozenset[str]
    number: int
    year: int


def numbered(account: Account) -> list[Numbered]:
    """Numbered events of a document; without a year of their own they take the document's."""
    found: list[Numbered] = []
    for fact in account.of_kind("event"):
        number = fact.attributes.get("number")
        year = fact.year or (
            account.year
            if re.search(r"\d|this year", str(fact.attributes.get("date", "")))
            else None
        )
        name = frozenset(
            k
            for t in tokens(fact.subject)
            if (k := key(t.written)) not in _NOT_NAME and not k.isdigit()
        )
        if isinstance(number, int) and year and len(name) > 1:
            found.append(Numbered(fact, name, number, year))
    return found


def out_of_step(events: Sequence[Numbered]) -> list[Conflict]:
    """Find events of one name with one number in two years, or two numbers in one year.

    Names are the same where their words are. That the events are two series of like name is
    among the explanations, so the severity is low.
    """
    by_name: dict[frozenset[str], list[Numbered]] = defaultdict(list)
    for one in events:
        by_name[one.name].append(one)
    return [found for held in by_name.values() for found in _clashes(held)]


def _clashes(held: list[Numbered]) -> Iterator[Conflict]:
    told: set[tuple[int, int, int, int]] = set()
    for at, one in enumerate(held):
        for other in held[at + 1 :]:
            step, gap = other.number - one.number, other.year - one.year
            if (step == 0) == (gap == 0) and step * gap >= 0:
                continue
            pair = (one.number, one.year, other.number, other.year)
            if pair in told:
                continue
            told.add(pair)
            yield conflict(
                "date",
                "low",
                f"number {one.number} in {one.year} and number {other.number} in {other.year}: "
                f"{one.fact.subject}",
                "Events of one name whose numbers do not go with their years: one is misnumbered, "
                "or two "
                "series bear like names.",
                [one.fact, other.fact],
            )
