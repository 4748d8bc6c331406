"""The year a figure speaks of: stated, implied by the document's date, or unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from landbridge.evidence.text.dates import DateMention
from landbridge.evidence.text.spans import Span

Basis = Literal["stated", "implied", "unknown"]
_RELATIVE = (
    (
        re.compile(
            r"\b(?:this|current) year\b|(?:это[мт]|текуще[мг]\w*) году?\b|year['’]s end"
            r"|so far this|\b(?:today|nowadays|currently|at present|by now)\b"
            r"|(?<!\w)(?:сегодня|сейчас|ныне|в настоящее время)(?!\w)",
            re.I,
        ),
        0,
    ),
    (re.compile(r"\b(?:last|previous|past) year\b|прошл\w+ году?\b|a year ago", re.I), -1),
    (re.compile(r"\bnext year\b|следующ\w+ году?\b", re.I), 1),
)
_COMPARED = re.compile(r"(?:than|compared (?:to|with)|over|against|on)\s+(?:the\s+)?$", re.I)


_BEFORE_YEAR = re.compile(
    r"(?:than|compared (?:to|with)|against|чем|по сравнению с)\s+(?:in\s+|в\s+|the\s+)?$"
    r"|(?!(?:In|By|Since|From|Until|Till|During|For|Of|The|After|Before|Year|And|Early"
    r"|Late|Mid|За|В|С|До|По|К|На|После|Год|Году)\b)"
    r"\b[A-ZА-Я]\w+\s$"
)


def _aside(text: str, mention: DateMention) -> bool:
    """Say whether a year is only compared with, or part of a name ("China 2025")."""
    before = text[max(0, mention.start - 30) : mention.start]
    found = _BEFORE_YEAR.search(before)
    return found is not None and not (
        mention.certain and before[-1:].isspace() and found.group()[0].isupper()
    )


class Period(NamedTuple):
    """First and last year, the words that say so, and on what basis."""

    first: int | None
    last: int | None
    basis: Basis
    written: str | None = None


def period_of(
    text: str,
    clause: Span,
    sentence: Span,
    mentions: Sequence[DateMention],
    dated: str | None,
    number: Span | None = None,
) -> Period:
    """Tell the year: from the clause, else the sentence, else a relative word, else the document.

    Of several years in one stretch the one told right after the number holds ("537 thousand TEU
    in 2018"), else the last before it, else the first after it.

    Examples
    --------
    >>> text = "Trade was $2 bn last year."
    >>> period_of(text, Span(0, 25), Span(0, 26), [], "2019-04-30")
    Period(first=2018, last=2018, basis='implied', written='last year')
    """
    year = int(dated[:4]) if dated else None
    said = [one for one in mentions if one.first and not _aside(text, one)]
    for span in (clause, Span(sentence.start, clause.end)):
        here = [one for one in said if span.holds((one.start, one.end))]
        relative = [
            (match.start(), match.group(), shift)
            for pattern, shift in _RELATIVE
            for match in pattern.finditer(text, span.start, span.end)
            if not _COMPARED.search(text, span.start, match.start())
        ]
        if here:
            one = _nearest(text, here, number)
            between = [r for r in relative if number and one.end <= r[0] < number.start]
            if not between:
                return Period(one.first, one.last, "stated", text[one.start : one.end])
            relative = between[-1:]
        if relative:
            _, written, shift = relative[0]
            if year is None:
                return Period(None, None, "unknown", written)
            return Period(year + shift, year + shift, "implied", written)
    if year is not None:
        return Period(year, year, "implied")
    return Period(None, None, "unknown")


_RIGHT_AFTER = re.compile(
    r"(?:\s(?!\d)[^\s,;:()]+){0,4}?\s(?:in|for|by|as of|at the end of|в|за|на|к)\s(?:the\s)?"
    r"(?:year\s|году\s|\w{3,9}\s)?$"
)


def _nearest(text: str, here: Sequence[DateMention], number: Span | None) -> DateMention:
    if number is None or len(here) == 1:
        return here[0]
    after = next((one for one in here if one.start >= number.end), None)
    if after and _RIGHT_AFTER.match(text[number.end : after.start]):
        return after
    before = [one for one in here if one.end <= number.start]
    return before[-1] if before else here[0]
