"""Facts that disagree: with each other, with arithmetic, with a bound or with the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from landbridge.evidence.account import Account
from landbridge.evidence.conflicts import (
    firsts,
    milestones,
    people_spelled,
    ranks,
    said,
    series,
    stated,
    twice,
    values,
)
from landbridge.evidence.conflicts.within import WITHIN
from landbridge.evidence.model import Conflict, Document, Fact

__all__ = ["find_conflicts", "find_in_pairs", "find_within"]


_WEIGHT = {"high": 0, "medium": 1, "low": 2}


def find_conflicts(documents: Iterable[Document], facts: Iterable[Fact]) -> tuple[Conflict, ...]:
    """Find what disagrees within documents and between them.

    Parameters
    ----------
    documents : as they were read
    facts : facts of these documents, in any order

    Returns
    -------
    tuple of Conflict
        by document in the order given, the gravest first; then those between documents

    Examples
    --------
    >>> text = "Over 600 seaports of 200 countries are joined."
    >>> facts = [Fact("d", "figure", text[:-1], 0, 45, "countries", value=200.0, value_start=21,
    ...               value_end=24, unit="countries")]
    >>> [(found.type, found.severity) for found in find_conflicts([Document("d", text)], facts)]
    [('bound', 'high')]
    """
    by_document: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_document[fact.doc].append(fact)
    return find_in_pairs((one, by_document.get(one.id, ())) for one in documents)


def find_in_pairs(pairs: Iterable[tuple[Document, Iterable[Fact]]]) -> tuple[Conflict, ...]:
    """Find what disagrees, given each document with its facts, one held at a time.

    For collections that do not fit in memory; see `find_conflicts`.
    """
    found: list[Conflict] = []
    all_stated: list[stated.Stated] = []
    numbered: list[series.Numbered] = []
    all_said: list[said.Said] = []
    stages_told: list[milestones.Milestone] = []
    first_told: list[firsts.First] = []
    ranks_told: list[ranks.Rank] = []
    people_told: list[people_spelled.Spelled] = []
    for document, held in pairs:
        account = Account(document, tuple(held))
        found += _within(account)
        all_stated += stated.stated(account)
        numbered += series.numbered(account)
        all_said += said.said_of(account)
        stages_told += milestones.milestones(account)
        first_told += firsts.firsts(account)
        ranks_told += ranks.ranks(account)
        people_told += people_spelled.spelled(account)
    found += values.two_values(all_stated)
    told = {fact for one in found for fact in one.facts}
    found += [one for one in twice.told_twice(all_said) if not told & set(one.facts)]
    found += series.out_of_step(numbered)
    found += milestones.finished_and_not(stages_told)
    found += firsts.two_firsts(first_told)
    found += ranks.two_of_one_rank(ranks_told)
    found += people_spelled.spelled_apart(people_told)
    return tuple(found)


def find_within(document: Document, facts: Iterable[Fact]) -> tuple[Conflict, ...]:
    """Find what disagrees within one document, the gravest first; see `find_conflicts`."""
    return tuple(_within(Account(document, tuple(facts))))


def _within(account: Account) -> Iterator[Conflict]:
    found: dict[object, Conflict] = {}
    for detect in WITHIN:
        for one in detect(account):
            found.setdefault((one.type, frozenset(one.facts) or one.quotes), one)
    yield from sorted(found.values(), key=lambda one: _WEIGHT[one.severity])
