"""A number with its unit, as the readers of figures hand it on."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.evidence.text.numbers import Number
from landbridge.evidence.text.spans import Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with its unit.

    Attributes
    ----------
    number : as written
    sentence : span of its sentence
    start, end : the number itself, currency sign, scale word and percent sign in it
    unit, kind : None where it has none
    phrase_end : where the unit or the noun ends
    high : upper end of a range, else None
    elided : the noun was left out and taken from before
    listed : so in a list of like things, not as a part of what stood before
    per : what a price is for
    """

    number: Number
    sentence: Span
    start: int
    end: int
    unit: str | None
    kind: str | None
    phrase_end: int
    high: float | None = None
    elided: bool = False
    listed: bool = False
    per: str | None = None

    @property
    def value(self) -> float:
        """The number's value; the lower end of a range."""
        return self.number.value
