"""A document made ready for the grammars: sentences, names of the book, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from landbridge.evidence.model import Document, Fact, Kind
from landbridge.evidence.names import Mention, find_names
from landbridge.evidence.text.sentences import sentences
from landbridge.evidence.text.spans import Span

_CLAUSE = re.compile(
    r";|,\s+(?=(?:which|where|who|while|whereas|noting|adding|stressing|emphasi[sz]ing|but|said"
    r"|которы[йехм]|котор[аоу][яею]|где|а также|но|отметил|сообщил|заявил)\b)"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A document, its sentences, and the names of the book that stand in it."""

    document: Document
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]

    @property
    def text(self) -> str:
        """Text that all offsets count in."""
        return self.document.text

    def sentence_at(self, place: int) -> Span:
        """Sentence that holds a character."""
        from bisect import bisect_right

        at = bisect_right(self.sentences, place, key=lambda span: span.start) - 1
        return self.sentences[max(0, at)]

    def mentions_in(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """Names of the book between two characters, of the kinds given (all where none)."""
        return [
            mention
            for mention in self.mentions
            if start <= mention.start
            and mention.end <= end
            and (mention.name.kind in kinds or not kinds)
        ]

    def clause_around(self, start: int, end: int) -> Span:
        """Part of the sentence around a stretch, cut at relative clauses and semicolons."""
        sentence = self.sentence_at(start)
        low, high = sentence.start, max(sentence.end, end)
        for cut in _CLAUSE.finditer(self.text, low, high):
            if cut.end() <= start:
                low = cut.end()
            elif cut.start() >= end:
                high = cut.start()
                break
        return Span(low, high).stripped(self.text).stripped(self.text, ".!?…,;: \n\t")

    def fact(
        self, kind: Kind, span: tuple[int, int], subject: str, attributes: Mapping[str, Any]
    ) -> Fact:
        """Make a fact of a stretch; attributes that say nothing are left out."""
        start, end = span
        return Fact(
            doc=self.document.id,
            kind=kind,
            quote=self.text[start:end],
            start=start,
            end=end,
            subject=subject,
            attributes={k: v for k, v in attributes.items() if v not in (None, "", (), [])},
        )


def page_of(document: Document) -> Page:
    """Make a document ready."""
    return Page(document, sentences(document.text), find_names(document.text))


def flat(text: str) -> str:
    r"""Text on one line, blanks single, quotation marks off its ends.

    Examples
    --------
    >>> flat("  the  Belt ,"), flat("«Nurly Zhol»")
    ('the Belt', 'Nurly Zhol')
    """
    line = re.sub(r"\s+", " ", text).strip(" ,;:-–—")
    if line[:1] in "“«\"'" and line[-1:] in "”»\"'":
        line = line[1:-1]
    return line


def overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Say whether a stretch shares a character with any other."""
    return any(span[0] < end and start < span[1] for start, end in others)


@cache
def demonyms() -> dict[str, str]:
    """Canonical country of adjectives of nations."""
    from landbridge.evidence.names.book import country_name
    from landbridge.facts import rows

    return {
        word.lower(): country_name(row.economy) or row.economy
        for row in rows("evidence_demonyms")
        for word in row.words
    }
