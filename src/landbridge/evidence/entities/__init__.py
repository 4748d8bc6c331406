"""Entities of a document: events, persons, organisations, places, undertakings, relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from landbridge.evidence.entities.deeds import deeds
from landbridge.evidence.entities.happenings import happenings
from landbridge.evidence.entities.occasions import Happening
from landbridge.evidence.entities.offices import unresolved
from landbridge.evidence.entities.organisations import Body, bodies
from landbridge.evidence.entities.page import Page, flat, page_of
from landbridge.evidence.entities.people import people
from landbridge.evidence.entities.places import places
from landbridge.evidence.entities.relations import relations
from landbridge.evidence.entities.roles import Person
from landbridge.evidence.entities.undertakings import undertakings
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.text.dates import dates

__all__ = ["page_of", "read_entities", "read_page"]


def read_entities(document: Document) -> tuple[Fact, ...]:
    """Read the entities of a document: one fact an entity, at its first clear mention.

    Kinds: event, person, organisation, agreement, project, programme, place, relation. The subject
    is the canonical name; `attributes["name_as_written"]` keeps another spelling.

    Parameters
    ----------
    document : as it was read

    Returns
    -------
    tuple of Fact
        in order of the text

    Examples
    --------
    >>> text = "Xu Hai, Director of Huawei Technologies, spoke in Nur-Sultan."
    >>> found = read_entities(Document("a", text))
    >>> [(fact.kind, fact.subject) for fact in found]
    [('person', 'Xu Hai'), ('organisation', 'Huawei'), ('place', 'Astana')]
    """
    page = page_of(document)
    named = bodies(page)
    return read_page(page, named, people(page, named))


def read_page(page: Page, named: tuple[Body, ...], persons: tuple[Person, ...]) -> tuple[Fact, ...]:
    """Read the entities of a page already made ready; see `read_entities`."""
    events = happenings(page, named, persons)
    done = deeds(page, persons, events)
    taken = [body.span for body in named]
    taken += [(p.name_start, p.name_end) for p in persons]
    taken += [
        (m.start, m.end) for m in page.mentions if m.name.kind not in {"place", "organisation"}
    ]
    found = [
        *_persons(page, persons),
        *unresolved(page, persons),
        *_organisations(page, named),
        *(_event(page, event) for event in (*events, *done)),
        *undertakings(page),
        *places(page, taken),
        *relations(page, named, persons),
    ]
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end, fact.kind, fact.subject)))


def _persons(page: Page, persons: tuple[Person, ...]) -> Iterator[Fact]:
    by_name: dict[str, list[Person]] = {}
    for person in persons:
        by_name.setdefault(person.name, []).append(person)
    for name, others in by_name.items():
        first = others[0]
        role = next((p.role for p in others if p.role), None)
        home = next((p.affiliation for p in others if p.role and p.affiliation), None)
        spellings = sorted({p.written for p in others} - {name})
        yield page.fact(
            "person", (first.start, first.end), name,
            {
                "role": role,
                "affiliation": home or next((p.affiliation for p in others if p.affiliation), None),
                "name_as_written": spellings,
            },
        )  # fmt: skip


def _organisations(page: Page, named: tuple[Body, ...]) -> Iterator[Fact]:
    by_name: dict[str, list[Body]] = {}
    for body in named:
        by_name.setdefault(body.name, []).append(body)
    for name, same in by_name.items():
        body = same[0]
        spellings = {flat(page.text[b.start : b.end]) for b in same}
        yield page.fact(
            "organisation", body.span, name,
            {
                "type": body.type,
                "name_as_written": sorted(spellings - {name}),
                "acronym": body.acronym,
            },
        )  # fmt: skip


def _event(page: Page, event: Happening) -> Fact:
    told = {**event.attributes, **_dated(page, str(event.attributes.get("date") or ""))}
    fact = page.fact("event", event.clause, event.name, told)
    year = re.search(r"(?:19|20)\d\d", str(event.attributes.get("date", "")))
    return replace(fact, year=int(year.group())) if year else fact


def _dated(page: Page, written: str) -> dict[str, str]:
    """A date as ISO 8601: as stated, or of the document's year where the text leaves it out."""
    for one in dates(written):
        if one.iso:
            return {"date_iso": one.iso, "date_basis": "stated"}
        if one.month and one.day and page.document.date:
            iso = f"{page.document.date[:4]}-{one.month:02d}-{one.day:02d}"
            return {"date_iso": iso, "date_basis": "implied"}
    return {}
