"""What is known of each system in each year, and where nothing is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from landbridge.errors import InputError
from landbridge.evidence.model import Document, Fact
from landbridge.facts import rows

UNFILED = "unfiled"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Facts counted by system and year.

    Attributes
    ----------
    systems : every system facts are filed under, in the order of the table
    years : every year from the first to the last that is spoken of, or as asked
    counts : facts of (system, year); a pair that is not there has none
    undated : facts of a system that speak of no known year
    empty_years : years of a system with nothing, between the first year of all and the last
    unknown : systems of which nothing at all is known
    """

    systems: tuple[str, ...]
    years: tuple[int, ...]
    counts: dict[tuple[str, int], int]
    undated: dict[str, int]
    empty_years: dict[str, tuple[int, ...]]
    unknown: tuple[str, ...]


def coverage(
    documents: Iterable[Document],
    facts: Iterable[Fact],
    *,
    from_year: int | None = None,
    to_year: int | None = None,
) -> Coverage:
    """Count facts by the systems they are filed under and the years they speak of.

    A fact over a stretch of years counts in each. A fact of no year of its own counts as undated,
    also where its document has a date: when something is told is not when it was.

    Raises
    ------
    InputError
        where the years asked for run backwards

    Examples
    --------
    >>> fact = Fact("d", "figure", "3 ports", 0, 7, "ports", year=2018, systems=("road",))
    >>> found = coverage([], [fact])
    >>> found.counts, "belt" in found.unknown
    ({('road', 2018): 1}, True)
    """
    if from_year is not None and to_year is not None and to_year < from_year:
        raise InputError(f"years {from_year} to {to_year} run backwards: give the earlier first")
    counts: Counter[tuple[str, int]] = Counter()
    undated: Counter[str] = Counter()
    for fact in facts:
        years = [y for y in _years(fact) if (from_year or y) <= y <= (to_year or y)]
        for system in fact.systems or (UNFILED,):
            if fact.year is None:
                undated[system] += 1
            for year in years:
                counts[system, year] += 1
    spoken = [year for _, year in counts]
    first = from_year if from_year is not None else min(spoken, default=None)
    last = to_year if to_year is not None else max(spoken, default=None)
    span = tuple(range(first, last + 1)) if first is not None and last is not None else ()
    known = [row.id for row in rows("evidence_systems")]
    found = {system for system, _ in counts} | set(undated)
    systems = (*known, *sorted(found - set(known)))
    return Coverage(
        systems,
        span,
        dict(counts),
        dict(undated),
        {s: tuple(y for y in span if not counts[s, y]) for s in systems},
        tuple(s for s in systems if s not in found),
    )


def _years(fact: Fact) -> range:
    if fact.year is None:
        return range(0)
    last = fact.attributes.get("last_year")
    return range(
        fact.year, (last if isinstance(last, int) and last >= fact.year else fact.year) + 1
    )
