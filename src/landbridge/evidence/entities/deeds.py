"""Events told by a verb or its noun: signed in May, proposed in 2013, the transfer of an order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from landbridge.evidence.entities.lexicon import pattern
from landbridge.evidence.entities.occasions import DATE, Happening
from landbridge.evidence.entities.page import Page, flat, within
from landbridge.evidence.entities.roles import Person
from landbridge.evidence.text.spans import Span

_NOUN = re.compile(
    r"\b(?:signing|opening|launch|transfer|transit|handover|hand-over|ratification|accession"
    r"|inauguration"
    r"|awarding|appointment|resignation|commissioning|blockage|expansion)[ \u00a0]of[ \u00a0]"
    r"[^,.;:()\n]{3,110}"
)
_NOT_DONE = re.compile(
    r"\b(?:will|would|should|could|may|might|must|can|plans?|planned|to be|not|expected|intends?"
    r"|need|"
    r"being|been)\b(?:[ \u00a0]\w+){0,2}[ \u00a0]$",
)
_PARTICIPLE = re.compile(r"\b(?:of|the|a|an|all|these|other|newly|recently)[ \u00a0]$")
_MET = re.compile(
    r"\b(?:met with|visited|held talks with|signed|gave the invitation|congratulated|received)\b"
    r"|(?<!\w)(?:встретил\w+ с|посетил\w*|подписал\w*)(?!\w)"
)


def deeds(
    page: Page, persons: tuple[Person, ...], told: tuple[Happening, ...]
) -> tuple[Happening, ...]:
    """Events that no word such as `forum` or `visit` names; a sentence gives one at most."""
    found: list[Happening] = []
    spoken = {page.sentence_at(event.span.start).start for event in told}
    for sentence in page.sentences:
        if sentence.start in spoken:
            continue
        deed = next(_verbs(page, persons, sentence), None) or next(
            _nouns(page, persons, sentence), None
        )
        if deed and not any(_same(deed, other) for other in found):
            found.append(deed)
    return tuple(found)


def _verbs(page: Page, persons: tuple[Person, ...], sentence: Span) -> Iterator[Happening]:
    text = page.text
    dates = list(DATE.finditer(text, sentence.start, sentence.end))
    actors = page.mentions_in(sentence.start, sentence.end)
    for match in pattern("verb_event").finditer(text, sentence.start, sentence.end):
        before = text[max(sentence.start, match.start() - 40) : match.start()]
        if _NOT_DONE.search(
            before.replace("been ", "").replace("being ", "")
        ) or _PARTICIPLE.search(before):
            continue
        people = list(within(persons, *sentence))
        met = _MET.match(text, match.start())
        between = people and (len({p.name for p in people}) > 1 or len(actors) > 1)
        if not (dates and (actors or people)) and not (met and between):
            continue
        clause = page.clause_around(match.start(), match.end())
        if not (DATE.search(clause.of(text)) or met):
            continue
        date = (
            min((d.group() for d in dates), key=len, default=None)
            if not dates
            else dates[0].group()
        )
        yield Happening(
            Span(match.start(), match.end()),
            match.group().lower(),
            flat(clause.of(text)),
            None,
            frozenset(p.name for p in people),
            2,
            clause,
            _said(match.group().lower(), date, [p.name for p in people]),
        )


def _nouns(page: Page, persons: tuple[Person, ...], sentence: Span) -> Iterator[Happening]:
    text = page.text
    for match in _NOUN.finditer(text, sentence.start, sentence.end):
        people = [p.name for p in within(persons, match.start(), match.end() + 40)]
        date = DATE.search(text, sentence.start, sentence.end)
        power = re.match(r"\w+ of (?:power|the presidency)", match.group())
        honour = re.search(r"\b(?:order|medal|award|prize)\b", match.group())
        if not (
            people
            or date
            or honour
            or (power and page.mentions_in(match.start(), match.end(), "place"))
        ):
            continue
        span = Span(match.start(), match.end()).stripped(text)
        yield Happening(
            span,
            match.group().split()[0],
            flat(span.of(text)),
            None,
            frozenset(people),
            2,
            page.clause_around(*span),
            _said(match.group().split()[0], date.group() if date else None, people),
        )


def _said(kind: str, date: str | None, people: list[str]) -> dict[str, object]:
    found: dict[str, object] = {
        "type": kind,
        "date": date,
        "participants": list(dict.fromkeys(people)),
    }
    return {k: v for k, v in found.items() if v}


def _same(one: Happening, other: Happening) -> bool:
    return (
        one.head == other.head
        and one.attributes.get("date") == other.attributes.get("date")
        and one.marks == other.marks
    )
