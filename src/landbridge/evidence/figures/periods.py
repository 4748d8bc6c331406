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
            r"\b(?:this|current) year\b|(?:это[мт]|текуще[мг]\w*) году?\b|year['’]s end|so far this",
            re.I,
        ),
        0,
    ),
    (re.compile(r"\b(?:last|previous|past) year\b|прошл\w+ году?\b|a year ago", re.I), -1),
    (re.compile(r"\bnext year\b|следующ\w+ году?\b", re.I), 1),
)
_COMPARED = re.compile(r"(?:than|compared (?:to|with)|over|against|on)\s+(?:the\s+)?$", re.I)


class Period(NamedTuple):
    """First and last year, the words that say so, and on what basis."""

    first: int | None
    last: int | None
    basis: Basis
    written: str | None = None


def period_of(
    text: str, clause: Span, sentence: Span, mentions: Sequence[DateMention], dated: str | None
) -> Period:
    """Tell the year: from the clause, else the sentence, else a relative word, else the document.

    Examples
    --------
    >>> text = "Trade was $2 bn last year."
    >>> period_of(text, Span(0, 25), Span(0, 26), [], "2019-04-30")
    Period(first=2018, last=2018, basis='implied', written='last year')
    """
    year = int(dated[:4]) if dated else None
    for span in (clause, sentence):
        here = [one for one in mentions if span.holds((one.start, one.end)) and one.first]
        if here:
            return Period(here[0].first, here[0].last, "stated", text[here[0].start : here[0].end])
        for pattern, shift in _RELATIVE:
            match = pattern.search(text, span.start, span.end)
            if match and not _COMPARED.search(text, span.start, match.start()):
                if year is None:
                    return Period(None, None, "unknown", match.group())
                return Period(year + shift, year + shift, "implied", match.group())
    if year is not None:
        return Period(year, year, "implied")
    return Period(None, None, "unknown")
