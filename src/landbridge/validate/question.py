"""An observed series as a question to the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from landbridge.assess.observed import annual
from landbridge.errors import UnknownNameError
from landbridge.validate.counts import Counts

Answer = Callable[[Counts], float]


def as_published(series: str, year: int) -> float | None:
    """A series in a year, months made into a year; None where nobody published it.

    Examples
    --------
    >>> as_published("china-europe-trains", 2023), as_published("china-europe-trains", 2031)
    (17523.0, None)
    """
    try:
        return annual(series, year)
    except UnknownNameError:
        return None


@dataclass(frozen=True, slots=True)
class Question:
    """One observed series put to the model.

    Attributes
    ----------
    series : of `flows_observed.csv`
    model : the same in the model, in the series' unit
    fitted : whether a constant of the choice was fitted to the series, in the base year
    at_most : the series holds more than the model carries, so it is an upper limit
    base_only : an answer of the base economy, asked in its year alone
    note : how the model's count differs from the published one
    published : what was observed in a year, None where nothing was
    """

    series: str
    model: Answer
    fitted: bool = False
    at_most: bool = False
    base_only: bool = False
    note: str = ""
    published: Callable[[str, int], float | None] = as_published
