"""References such as "the President" that more than one person may be meant by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.entities.page import Page
from landbridge.evidence.entities.roles import Person
from landbridge.evidence.model import Fact
from landbridge.facts import by_id, rows

_REFERENCE = re.compile(
    r"\b[Tt]he (President|Prime Minister|Premier|Chancellor|[Hh]ead of [Ss]tate)(?!\s(?:of\b"
    r"|[A-Z]))\b"
    r"|(?<=[ ,])(President)(?= said)|(?<!\w)(Президент|Глава государства)(?=\s(?:сказал|отметил"
    r"|подчеркнул|заявил|также))"
)


def unresolved(page: Page, persons: tuple[Person, ...]) -> Iterator[Fact]:
    """Yield the first reference to an office that two and more persons may hold.

    Candidates are the persons the document names with the office, and, where the document has a
    date, those who then held it in the same economies.
    """
    seen: set[str] = set()
    for match in _REFERENCE.finditer(page.text):
        office = _office(match.group(1) or match.group(2) or "president")
        if office in seen:
            continue
        seen.add(office)
        candidates = _candidates(page, persons, office)
        if len(candidates) > 1:
            yield page.fact(
                "person",
                match.span(),
                f"{match.group()} (unresolved)",
                {"role": office, "ambiguous": True, "candidates": candidates},
            )


def _office(word: str) -> str:
    plain = word.lower()
    return "president" if plain == "head of state" else plain


def _candidates(page: Page, persons: tuple[Person, ...], office: str) -> list[str]:
    named = [p for p in persons if p.role and office in p.role.lower()]
    found = [p.name for p in named]
    date = page.document.date
    if date:
        homes = {p.affiliation for p in named}
        from landbridge.evidence.names.book import country_name

        for row in rows("evidence_offices"):
            held = str(row.since)[: len(date)] <= date and (
                row.until is None or str(row.until) >= date[: len(str(row.until))]
            )
            if row.office == office and held and row.economy and country_name(row.economy) in homes:
                found.append(by_id("evidence_names")[row.person].name)
    return list(dict.fromkeys(found))
