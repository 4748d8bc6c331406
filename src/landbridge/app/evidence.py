"""What the evidence folder of a server tells: documents, facts, conflicts, what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from landbridge.errors import UnknownNameError
from landbridge.evidence.coverage import UNFILED

if TYPE_CHECKING:
    from landbridge.app.documents import Documents
    from landbridge.evidence.model import Conflict, Document, Fact
    from landbridge.evidence.store import Store


def documents(held: Documents) -> list[dict[str, Any]]:
    """Every document without its text, with how many facts and conflicts it has."""
    conflicts = Counter(
        doc for one in held.conflicts() for doc in {quote.doc for quote in one.quotes}
    )

    def ask(store: Store) -> list[dict[str, Any]]:
        rows = store.connection.execute("select doc, count(*) from facts group by doc").fetchall()
        facts = dict(rows)
        return [
            _head(one) | {"facts": facts.get(one.id, 0), "conflicts": conflicts[one.id]}
            for one in store.documents()
        ]

    return held.use(ask)


def document(held: Documents, identifier: str) -> dict[str, Any]:
    """A document with its text, its facts in place and the conflicts that quote it.

    Raises
    ------
    UnknownNameError
        With the closest.
    """

    def ask(store: Store) -> dict[str, Any]:
        known = store.ids()
        if identifier not in known:
            raise UnknownNameError.from_available("document", identifier[:200], known)
        found = next(one for one in store.documents() if one.id == identifier)
        facts = [_fact(one) for one in _facts(held, store) if one.doc == identifier]
        return _head(found) | {"text": found.text, "facts": facts}

    told = [one for one in conflicts(held) if any(q["doc"] == identifier for q in one["quotes"])]
    return held.use(ask) | {"conflicts": told}


def facts(held: Documents, **wanted: str | int | None) -> list[dict[str, Any]]:
    """Facts as reviews leave them; of a `kind`, `doc`, `system` or `year` where given."""

    def ask(store: Store) -> list[dict[str, Any]]:
        return [_fact(one) for one in _facts(held, store) if _fits(one, wanted)]

    return held.use(ask)


def conflicts(held: Documents) -> list[dict[str, Any]]:
    """What disagrees, with its quotes, numbered in the order found."""
    return [_conflict(number, one) for number, one in enumerate(held.conflicts(), start=1)]


def search(held: Documents, query: str, limit: int) -> list[dict[str, Any]]:
    """Passages that speak of what is asked, best first; none where nothing was read.

    Raises
    ------
    InputError
        Nothing is left to search for.
    """
    from landbridge.evidence.search import search as find

    def ask(store: Store) -> list[dict[str, Any]]:
        return [] if store.is_empty() else [asdict(hit) for hit in find(store, query, limit)]

    return held.use(ask)


def coverage(
    held: Documents, from_year: int | None = None, to_year: int | None = None
) -> dict[str, Any]:
    """How many facts are known of each system in each year.

    Raises
    ------
    InputError
        Years that run backwards.
    """
    from landbridge.evidence.coverage import coverage as count

    found = held.use(
        lambda store: count((), _facts(held, store), from_year=from_year, to_year=to_year)
    )
    cells = [
        {"system": system, "year": year, "facts": found.counts.get((system, year), 0)}
        for system in found.systems
        for year in found.years
    ]
    return {
        "systems": list(found.systems),
        "years": list(found.years),
        "cells": cells,
        "undated": found.undated,
        "unknown": list(found.unknown),
    }


def review(held: Documents, fact: str, decision: str, who: str, note: str = "") -> dict[str, Any]:
    """Take down a person's word on a fact.

    Raises
    ------
    UnknownNameError
        No such fact or decision.
    InputError
        Nobody is named.
    """
    from landbridge.evidence.review import Reviews

    def ask(store: Store) -> dict[str, Any]:
        found = {one.id: one for one in store.facts()}
        if fact not in found:
            raise UnknownNameError.from_available("fact", fact[:200], found)
        return asdict(Reviews(held.folder).add(found[fact], decision, who, note=note))

    return held.use(ask)


def _facts(held: Documents, store: Store) -> Iterator[Fact]:
    from landbridge.evidence.review import Reviews, as_reviewed

    return as_reviewed(store.facts(), Reviews(held.folder).latest())


def _head(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "date": document.date,
        "language": document.language,
        "address": document.address,
        "media_type": document.media_type,
        "characters": len(document.text),
        "notes": list(document.notes),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {"id": fact.id, **asdict(fact)}


def _conflict(number: int, conflict: Conflict) -> dict[str, Any]:
    return {"number": number, **asdict(conflict)}


def _fits(fact: Fact, wanted: dict[str, str | int | None]) -> bool:
    own = {"doc": fact.doc, "kind": fact.kind}
    for name, value in wanted.items():
        if value is None:
            continue
        if name == "system":
            fits = value in (fact.systems or (UNFILED,))
        elif name == "year":
            fits = value in years_of(fact)
        else:
            fits = own[name] == value
        if not fits:
            return False
    return True


def years_of(fact: Fact) -> range:
    """Years that a fact speaks of, the first to the last.

    Examples
    --------
    >>> from landbridge.evidence.model import Fact
    >>> years_of(Fact("d", "figure", "3", 0, 1, "ports", year=2018, attributes={"last_year": 2020}))
    range(2018, 2021)
    """
    if fact.year is None:
        return range(0)
    last = fact.attributes.get("last_year")
    return range(fact.year, max(fact.year, last if isinstance(last, int) else fact.year) + 1)
