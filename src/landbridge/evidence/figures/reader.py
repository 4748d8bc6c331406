"""Figures and forecasts of a document, each tied to its quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from landbridge.evidence.figures.candidate import Candidate
from landbridge.evidence.figures.candidates import candidates
from landbridge.evidence.figures.clauses import clause_of, first_verb
from landbridge.evidence.figures.derived import derived_from
from landbridge.evidence.figures.forecasts import read_forecasts
from landbridge.evidence.figures.periods import period_of
from landbridge.evidence.figures.subjects import change_of, qualifier_of, subject_of, tidy
from landbridge.evidence.model import Document, Fact
from landbridge.evidence.text.dates import DateMention, dates
from landbridge.evidence.text.sentences import sentences
from landbridge.evidence.text.spans import Span, starting_in

_WHICH = re.compile(r"(?:which|that|it|что|это)\b", re.IGNORECASE)
_OF_THEM = re.compile(r"^(?:of|из)\s+\w+\s+", re.IGNORECASE)


def read_figures(document: Document) -> tuple[Fact, ...]:
    """Read a document's figures, what they imply, and its forecasts.

    Parameters
    ----------
    document : its text is read as it came; its date tells the year of "last year"

    Returns
    -------
    tuple of Fact
        kinds figure and forecast, in order of the text; a figure that is only implied by others
        has no value span and names them in `attributes["derived_from"]`

    Examples
    --------
    >>> text = "Over 600 ports took part, 73% more than the year before."
    >>> for fact in read_figures(Document(id="d", text=text))[:1]:
    ...     print(fact.value, fact.unit, fact.quote, fact.attributes["qualifier"])
    600.0 ports Over 600 ports took part over
    """
    text = document.text
    spans = sentences(text)
    mentions = dates(text)
    found: list[Fact] = []
    antecedent = ""
    for one in candidates(text, spans, mentions, document.language):
        near = starting_in(mentions, one.sentence)
        fact = _figure(document, one, near, antecedent)
        if one.kind == "count" and not one.elided:
            antecedent = fact.subject
        found.append(fact)
    found += derived_from(document, found)
    found.sort(key=lambda fact: fact.start)
    found += read_forecasts(document, spans, mentions, found)
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end, fact.kind)))


def _figure(
    document: Document, one: Candidate, mentions: Sequence[DateMention], antecedent: str
) -> Fact:
    text = document.text
    clause = clause_of(text, one.sentence, (one.start, max(one.end, one.phrase_end)))
    period = period_of(
        text, clause, one.sentence, mentions, document.date, Span(one.start, one.end)
    )
    subject = subject_of(text, clause, one.start, one.end, one.phrase_end, one.kind)
    verb = first_verb(text, clause.start, clause.end)
    if one.kind != "count" and (verb == clause.start or _WHICH.match(text, clause.start)):
        opening = first_verb(text, one.sentence.start, clause.start)
        subject = tidy(text[one.sentence.start : opening or clause.start]) or subject
    if one.elided and antecedent and one.kind == "count":
        subject = f"{antecedent}: {_OF_THEM.sub('', subject)}"
    return Fact(
        doc=document.id,
        kind="figure",
        quote=clause.of(text),
        start=clause.start,
        end=clause.end,
        subject=subject,
        value=one.value,
        value_start=one.start,
        value_end=one.end,
        unit=one.unit,
        year=period.first,
        attributes=_attributes(text, one, clause, period.last, period.basis, period.written),
    )


def _attributes(
    text: str, one: Candidate, clause: Span, last: int | None, basis: str, written: str | None
) -> dict[str, Any]:
    change = (
        change_of(text, clause, one.start, one.phrase_end)
        if one.unit in {"percent", "times", "percentage points"}
        else None
    )
    told: dict[str, Any] = {
        "value_text": text[one.start : one.end],
        "period_basis": basis,
        "period": written,
        "last_year": last,
        "qualifier": qualifier_of(text, one.sentence, one.start, one.end),
        "change": change,
        "per": one.per,
        "range_high": one.high,
        "number_word": True if one.number.written == "words" else None,
        "noun_left_out": True if one.elided and not one.listed else None,
    }
    return {key: value for key, value in told.items() if value is not None}
