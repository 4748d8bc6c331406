"""What an event is, and when, where and by whom it was held."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from landbridge.evidence.entities.organisations import Body
from landbridge.evidence.entities.page import Page, within
from landbridge.evidence.entities.roles import Person
from landbridge.evidence.text.spans import Span

_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
    r"|январ[яеь]|феврал[яеь]|марта?е?|апрел[яеь]|ма[яей]|июн[яеь]|июл[яеь]|августа?е?"
    r"|сентябр[яеь]|октябр[яеь]|ноябр[яеь]|декабр[яеь]"
)
# What a month begins with: cheap to try at every letter of a text.
_OPENING = r"ja|fe|ma|ap|ju|au|se|oc|no|de|янв|фев|мар|апр|ма[йяе]|июн|июл|авг|сен|окт|ноя|дек"


DATE = re.compile(
    rf"(?=\d|{_OPENING})(?:(?:{_MONTH})[ \u00a0]\d{{1,2}}"
    rf"(?:[ \u00a0]?[-–—][ \u00a0]?(?:(?:{_MONTH})[ \u00a0])?\d{{1,2}})?(?!\d)"
    r"(?:,?[ \u00a0](?:19|20)\d\d)?"
    rf"|\d{{1,2}}(?:[-–—]\d{{1,2}})?(?:st|nd|rd"
    rf"|th)?[ \u00a0](?:of[ \u00a0])?(?:{_MONTH})(?:,?[ \u00a0](?:19|20)\d\d)?"
    rf"|(?:{_MONTH})[ \u00a0](?:this|last|next)[ \u00a0]year"
    rf"|(?:{_MONTH})[ \u00a0](?:of[ \u00a0])?(?:19|20)\d\d|\b(?:19|20)\d\d(?=[ \u00a0]год"
    rf"|\b(?![-–—]?\d|[ \u00a0](?:projects|km|tons|people))))",
    re.IGNORECASE,
)


_ORGANISER = re.compile(
    r"\b(?:organi[sz]ed by|hosted by|convened by|at the invitation of|initiated by|arranged by"
    r"|организован\w*|по приглашению|при поддержке)\b"
)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as first clearly named in a text."""

    span: Span
    head: str
    name: str
    number: int | None
    marks: frozenset[str]
    score: int
    clause: Span
    attributes: dict[str, object] = field(default_factory=dict)


def circumstances(
    page: Page, bodies: tuple[Body, ...], persons: tuple[Person, ...], event: Happening
) -> dict[str, object]:
    """Date, place, organiser and participants said in the sentence of an event."""
    text, sentence = page.text, page.sentence_at(event.span.start)
    date = _nearest_date(text, sentence, event.span)
    organiser = _ORGANISER.search(text, sentence.start, sentence.end)
    hosts = [
        body.name
        for body in within(bodies, organiser.end() if organiser else sentence.end, sentence.end)
    ]
    inside = [person.name for person in within(persons, *sentence)]
    found: dict[str, object] = {
        "type": event.head,
        "date": date,
        "place": _place(page, sentence, event),
        "organiser": list(dict.fromkeys(hosts)),
        "participants": list(dict.fromkeys(inside)),
        "number": event.number,
    }
    return {k: v for k, v in found.items() if v not in (None, [], "")}


def _nearest_date(text: str, sentence: Span, span: Span) -> str | None:
    dates = list(DATE.finditer(text, sentence.start, sentence.end))
    if not dates:
        return None
    return min(
        dates, key=lambda d: min(abs(d.end() - span.start), abs(d.start() - span.end))
    ).group()


def _place(page: Page, sentence: Span, event: Happening) -> str | None:
    """Place after `in` or `at` within the sentence; of a visit, where it went."""
    for mention in page.mentions_in(sentence.start, sentence.end, "place"):
        before = page.text[max(sentence.start, mention.start - 16) : mention.start]
        if event.head in {"visit", "trip", "визит"} and re.search(
            r"\b(?:to|в)\s(?:the\s)?$", before
        ):
            return mention.name.name
        if mention.start > event.span.start and re.search(r"\b(?:in|at|в|во)\s(?:the\s)?$", before):
            return mention.name.name
        if mention.start < event.span.start and event.span.start - mention.end < len(
            "International for"
        ):
            continue
    return None
