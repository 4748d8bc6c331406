"""What a document says is to come: "will reach", "by 2030", "is expected to"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from landbridge.evidence.figures.clauses import clause_of
from landbridge.evidence.figures.subjects import tidy
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.text.dates import DateMention
from landbridge.evidence.text.spans import Span, starting_in

_AHEAD = re.compile(
    r"\bwill(?: not| also| further| be| have)*\s+\w+|\b(?:is|are) (?:expected|projected"
    r"|forecast|planned|set|likely|"
    r"estimated|predicted|anticipated|going) to\b|\b(?:is|are) (?:planned|scheduled"
    r"|expected|envisaged)\b"
    r"|\bexpects? to\b|\bplans? to\b|\bpromises to\b|\bwould reach\b|\b(?:by"
    r"|until) (?:the end of )?20[2-9]\d\b"
    r"|\b(?:будет|будут|планируется|ожидается|прогнозируется|предполагается|намерен\w*)\b"
    r"|\bк 20[2-9]\d году\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\bwill (?:be held|hold|take place|host|be hosted|be on|speak|visit)\b", re.IGNORECASE
)
_UP = re.compile(
    r"\b(?:grow|increase|rise|strengthen|benefit|double|expand|improve|greater|enhance"
    r"|boost|reach|вырас|увелич|рост)\w*",
    re.I,
)
_DOWN = re.compile(
    r"\b(?:fall|decline|decrease|drop|shrink|worsen|reduce|lose|снизит|сократит|упад)\w*", re.I
)


def read_forecasts(
    document: Document,
    spans: Sequence[Span],
    mentions: Sequence[DateMention],
    figures: Sequence[Fact],
) -> list[Fact]:
    """Find clauses that speak of what is to come; a figure in one is its value.

    Examples
    --------
    >>> text = "Transit will reach 2 million TEU by 2030."
    >>> [fact.quote for fact in read_forecasts(Document("d", text), [Span(0, 41)], (), ())]
    ['Transit will reach 2 million TEU by 2030']
    """
    found: list[Fact] = []
    for sentence in spans:
        for match in _AHEAD.finditer(document.text, sentence.start, sentence.end):
            clause = clause_of(document.text, sentence, match.span())
            if found and found[-1].start < clause.end and clause.start < found[-1].end:
                continue
            if _MEETING.match(document.text, match.start()):
                continue
            found.append(_forecast(document, clause, match, mentions, figures))
    return found


def _forecast(
    document: Document,
    clause: Span,
    match: re.Match[str],
    mentions: Sequence[DateMention],
    figures: Sequence[Fact],
) -> Fact:
    text = document.text
    held = [
        one
        for one in starting_in(figures, clause)
        if one.value_start is not None and clause.holds((one.value_start, one.value_end or 0))
    ]
    years = [m for m in starting_in(mentions, clause) if m.first and m.end <= clause.end]
    told: dict[str, Any] = {"words": match.group()}
    if _UP.search(clause.of(text)):
        told["direction"] = "up"
    elif _DOWN.search(clause.of(text)):
        told["direction"] = "down"
    if years:
        told["horizon"] = text[years[-1].start : years[-1].end]
    one = held[0] if held else None
    return Fact(
        doc=document.id,
        kind="forecast",
        quote=clause.of(text),
        start=clause.start,
        end=clause.end,
        subject=one.subject if one else tidy(clause.of(text)),
        value=one.value if one else None,
        value_start=one.value_start if one else None,
        value_end=one.value_end if one else None,
        unit=one.unit if one else None,
        year=years[-1].first if years else (one.year if one else None),
        attributes=told,
    )
