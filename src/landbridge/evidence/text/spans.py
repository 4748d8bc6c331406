"""A stretch of text by its offsets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_Item = TypeVar("_Item", bound=_Placed)


class Span(NamedTuple):
    """Offsets of a stretch of text: `text[start:end]`, characters of the decoded text.

    Examples
    --------
    >>> Span(3, 6).of("in 1,200"), Span(0, 4).overlaps(Span(3, 6)), Span(0, 3).overlaps(Span(3, 6))
    ('1,2', True, False)
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give the stretch itself."""
        return text[self.start : self.end]

    def overlaps(self, other: tuple[int, int]) -> bool:
        """Say whether both share a character."""
        return self.start < other[1] and other[0] < self.end

    def holds(self, other: tuple[int, int]) -> bool:
        """Say whether the other lies within."""
        return self.start <= other[0] and other[1] <= self.end

    def stripped(self, text: str, characters: str | None = None) -> Span:
        """Drop blanks (or the characters given) from both ends."""
        found = self.of(text)
        left = len(found) - len(found.lstrip(characters))
        right = len(found.rstrip(characters))
        return Span(self.start + left, self.start + max(left, right))


def starting_in(items: Sequence[_Item], span: tuple[int, int]) -> Sequence[_Item]:
    """Give the items that begin within a stretch; they must be in order of their starts.

    Examples
    --------
    >>> starting_in([Span(0, 2), Span(3, 9), Span(8, 9)], (3, 8))
    [Span(start=3, end=9)]
    """
    low = bisect_left(items, span[0], key=lambda item: item.start)
    return items[low : bisect_left(items, span[1], key=lambda item: item.start)]
