"""Two values for one thing, within a document and between documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from landbridge.evidence.conflicts.stated import Stated
from landbridge.evidence.conflicts.telling import agree, conflict, plain
from landbridge.evidence.model import Conflict, Fact

_MEASURE = re.compile(r"[A-Z]{3}\b|tonnes|km|percent|TEU|FEU|m3|barrels|hectares|MW|kWh|GW")
_COUNT_RATIO = 1.5
_LEAST_COUNT = 10.0
_LIKE = 0.6
_MOST_QUOTES = 6
# Work on a large collection grows with it, not with its square: values far apart in a long list
# of like figures are not compared.
_NEAREST = 100
_LATEST = 20


def two_values(all_stated: Sequence[Stated]) -> list[Conflict]:
    """Find sets of figures that speak of one thing and give several values.

    Counts of a family ("51 enterprises", "55 projects") are one thing where they share two
    countries, a further word, and lie within half as much again of each other, with nothing said
    that sets them apart. Anything else must share its subject, its places and a year.
    """
    buckets: dict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for one in all_stated:
        if one.counts and one.family == "plants":
            buckets[(one.family, *sorted(one.places)[:6])].append(one)
        else:
            buckets[(one.family, one.fact.year, tuple(sorted(one.subject))[:2])].append(one)
    found: list[Conflict] = []
    for held in _joined(buckets):
        found += _clusters(held)
    return found


def _joined(buckets: dict[tuple[object, ...], list[Stated]]) -> Iterator[list[Stated]]:
    """Give each bucket once; those of plants are joined by pair of countries."""
    pairs: dict[tuple[object, object], list[Stated]] = defaultdict(list)
    for bucket, held in buckets.items():
        if bucket[0] != "plants":
            yield held
            continue
        countries = bucket[1:]
        for at, first in enumerate(countries):
            for second in countries[at + 1 :]:
                pairs[(first, second)] += held
    yield from pairs.values()


def _clusters(held: list[Stated]) -> Iterator[Conflict]:
    """Join what speaks of one thing, and tell those of more than one value."""
    ordered = sorted(held, key=lambda one: (one.fact.value or 0.0, one.fact.id))
    taken = bytearray(len(ordered))
    for at, first in enumerate(ordered):
        if taken[at]:
            continue
        cluster = [first]
        for beside in range(at + 1, min(at + 1 + _NEAREST, len(ordered))):
            other = ordered[beside]
            if not taken[beside] and any(_one_thing(one, other) for one in cluster[-_LATEST:]):
                cluster.append(other)
                taken[beside] = 1
        low, high = cluster[0].fact, cluster[-1].fact
        if len(cluster) > 1 and not agree(low, high):
            yield _told(cluster)


def _one_thing(one: Stated, other: Stated) -> bool:
    if one.fact.doc == other.fact.doc and one.sentence == other.sentence:
        return False
    if _years_differ(one.fact, other.fact) or _said_apart(one, other):
        return False
    if one.family == "plants":
        low, high = sorted((one.fact.value or 0.0, other.fact.value or 0.0))
        near = low >= _LEAST_COUNT and high <= _COUNT_RATIO * low
        common = one.around & other.around
        return near and len(one.places & other.places) > 1 and len(common) > 2
    if one.places != other.places or not one.subject or not other.subject:
        return False
    same = len(one.subject & other.subject) / len(one.subject | other.subject)
    told = (one.fact.year, other.fact.year) != (None, None)
    specific = len(one.subject & other.subject) > 1 or bool(one.names & other.names)
    return same >= _LIKE and told and specific and _same_verb(one, other)


def _same_verb(one: Stated, other: Stated) -> bool:
    """Say whether two clauses tell of one deed; of measures none is asked."""
    return bool(_MEASURE.match(one.family) or one.verbs & other.verbs)


def _years_differ(one: Fact, other: Fact) -> bool:
    both = one.attributes.get("period_basis") == other.attributes.get("period_basis") == "stated"
    return both and one.year != other.year


def _said_apart(one: Stated, other: Stated) -> bool:
    """Say whether what is counted is marked off in both, and by different words."""
    return bool(one.marks and other.marks and not one.marks & other.marks)


def _told(cluster: list[Stated]) -> Conflict:
    by_value: dict[float, Stated] = {}
    for one in cluster:
        by_value.setdefault(one.fact.value or 0.0, one)
    values = " or ".join(plain(value) for value in sorted(by_value))
    documents = {one.fact.doc for one in cluster}
    where = "one document" if len(documents) == 1 else f"{len(documents)} documents"
    first = cluster[0]
    what = (
        f"{first.fact.unit}"
        if first.family == "plants"
        else f"{first.fact.unit}: {first.fact.subject}"
    )
    low, high = min(by_value), max(by_value)
    facts = [one.fact for one in cluster][:_MOST_QUOTES]
    return conflict(
        "value",
        "high" if len(documents) == 1 or high > 1.2 * low else "medium",
        f"{values} {what}",
        f"{where.capitalize()} {'gives' if len(documents) == 1 else 'give'} {values} for what "
        f"looks like one thing. They may be of different dates or lists; "
        "neither says so.",
        sorted(facts, key=lambda f: (f.doc, f.start)),
    )
