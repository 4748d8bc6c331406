"""A document made ready for the grammars: sentences, names of the book, dates."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, TypeVar

from landbridge.evidence.model import Document, Fact, Kind
from landbridge.evidence.names import Mention, find_names
from landbridge.evidence.text.sentences import sentences
from landbridge.evidence.text.spans import Span

Named = TypeVar("Named")
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
        at = bisect_right(self.sentences, place, key=lambda span: span.start) - 1
        return self.sentences[max(0, at)]

    def mentions_in(self, start: int, end: int, *kinds: str) -> list[Mention]:
        """Names of the book between two characters, of the kinds given (all where none)."""
        return [
            mention
            for mention in within(self.mentions, start, end)
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


class Stretches:
    """Stretches of a text that can be asked quickly whether another touches one of them.

    Examples
    --------
    >>> taken = Stretches([(8, 9), (2, 5)])
    >>> taken.touch((4, 6)), taken.touch((5, 8))
    (True, False)
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def touch(self, span: tuple[int, int]) -> bool:
        """Say whether a stretch shares a character with any of these."""
        before = bisect_left(self._starts, span[1])
        return before > 0 and self._ends[before - 1] > span[0]


def within(items: Sequence[Named], start: int, end: int) -> Sequence[Named]:
    """Items that begin between two characters, of a sequence in the order of the text."""
    low = bisect_left(items, start, key=_begin)
    return items[low : bisect_left(items, end, low, key=_begin)]


def _begin(item: Any) -> int:
    begin: int = getattr(item, "name_start", None) or item.start
    return begin


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
