"""A document beside what was read of it: its sentences, names and figures by place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from landbridge.evidence.model import Document, Fact, Quote
from landbridge.evidence.names import Mention, find_names
from landbridge.evidence.text.dates import DateMention, dates
from landbridge.evidence.text.numbers import Number, numbers
from landbridge.evidence.text.sentences import paragraphs, sentences
from landbridge.evidence.text.spans import Span

_BARS = 2
_WITHIN = re.compile(r"(?<=[a-zа-яё,] )([A-ZА-ЯЁ][^\W\d_]{2,})")


@dataclass(frozen=True)
class Account:
    """A document and its facts, in order of the text."""

    document: Document
    facts: tuple[Fact, ...]

    @property
    def text(self) -> str:
        """Text that all offsets count in."""
        return self.document.text

    @cached_property
    def figures(self) -> tuple[Fact, ...]:
        """Figures that stand in the text, by where their number stands; derived ones left out."""
        found = [f for f in self.facts if f.kind == "figure" and f.value_start is not None]
        return tuple(sorted(found, key=lambda fact: fact.value_start or 0))

    def of_kind(self, *kinds: str) -> tuple[Fact, ...]:
        """Facts of some kinds."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences of the text."""
        return sentences(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Paragraphs of the text."""
        return paragraphs(self.text)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Names of the book in the text."""
        return find_names(self.text)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Dates and years of the text."""
        return dates(self.text)

    @cached_property
    def proper(self) -> frozenset[str]:
        """Words with a capital that stand within a sentence: names, wherever they stand."""
        return frozenset(m.group(1) for m in _WITHIN.finditer(self.text))

    @cached_property
    def year(self) -> int | None:
        """Year the document is of."""
        return int(self.document.date[:4]) if self.document.date else None

    def sentence_at(self, place: int) -> Span:
        """Sentence that holds a character."""
        return _holding(self.sentences, place)

    def paragraph_at(self, place: int) -> Span:
        """Paragraph that holds a character."""
        return _holding(self.paragraphs, place)

    def names_in(self, start: int, end: int) -> list[Mention]:
        """Names of the book within a stretch."""
        return [m for m in self.mentions if start <= m.start and m.end <= end]

    def in_table(self, place: int) -> bool:
        """Say whether a character stands in a line of a table: cells parted by bars or tabs."""
        start = self.text.rfind("\n", 0, place) + 1
        end = self.text.find("\n", place)
        line = self.text[start : end if end >= 0 else len(self.text)]
        return line.count("|") >= _BARS or line.count("\t") >= _BARS

    def quote(self, start: int, end: int) -> Quote:
        """Quote a stretch, blanks at its ends left out."""
        span = Span(start, end).stripped(self.text)
        return Quote(self.document.id, span.start, span.end, span.of(self.text))

    def figures_in(self, start: int, end: int) -> list[Fact]:
        """Figures whose number stands within a stretch."""
        from bisect import bisect_left

        return list(self.figures[bisect_left(self._places, start) : bisect_left(self._places, end)])

    def numbers_in(self, start: int, end: int) -> list[Number]:
        """Numbers within a stretch, whatever they mean, whether or not a figure was read."""
        from bisect import bisect_left

        first = bisect_left(self._numbers, start, key=lambda one: one.start)
        last = bisect_left(self._numbers, end, key=lambda one: one.start)
        return list(self._numbers[first:last])

    @cached_property
    def _places(self) -> list[int]:
        return [fact.value_start or 0 for fact in self.figures]

    @cached_property
    def _numbers(self) -> tuple[Number, ...]:
        return numbers(self.text, self.document.language or "en")


def _holding(spans: Sequence[Span], place: int) -> Span:
    from bisect import bisect_right

    if not spans:
        return Span(0, 0)
    return spans[max(0, bisect_right(spans, place, key=lambda span: span.start) - 1)]
