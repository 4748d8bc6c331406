"""One figure of the model beside the published one, and the range it is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Target:
    """One figure of the model beside the published one.

    `published` is None where no source could be had, and where a limit rather than a figure is
    held; `published_low` and `published_high` are the range the model is judged by. `model` is
    None where the model finds no answer. `fitted` says whether the model was fitted to the
    figure, or takes it in. `within` says whether the model falls in the range, None without one.
    """

    id: str
    what: str
    year: int
    published: float | None
    published_low: float | None
    published_high: float | None
    model: float | None
    unit: str
    fitted: bool
    source: str
    within: bool | None


def is_within(model: float | None, low: float | None, high: float | None) -> bool | None:
    """Whether a figure of the model lies in a range; no figure never does, no range says nothing.

    Examples
    --------
    >>> is_within(13.0, 12.0, 16.0), is_within(None, 12.0, 16.0), is_within(13.0, None, None)
    (True, False, None)
    """
    if low is None and high is None:
        return None
    if model is None:
        return False
    return (low is None or model >= low) and (high is None or model <= high)


def spanned(
    figures: Sequence[tuple[float, float | None, float | None]], tolerance: float
) -> tuple[float, float, float]:
    """Mean of the figures that answer one question, and the range they span.

    A figure alone has its published range, or `tolerance` to both sides where it has none (a
    published end stands). Several span from the lowest to the highest of them, and where some
    are points no less than `tolerance` about their mean: two quotes that happen to agree do not
    say that the truth is narrower than one quote alone would leave it.

    Parameters
    ----------
    figures : (published, low or None, high or None)

    Examples
    --------
    >>> spanned([(13.0, 12.0, 16.0)], 0.25)
    (13.0, 12.0, 16.0)
    >>> spanned([(100.0, None, None)], 0.25)
    (100.0, 75.0, 125.0)
    >>> spanned([(100.0, None, None), (200.0, None, None)], 0.25)
    (150.0, 100.0, 200.0)
    """
    middle = fmean(value for value, _, _ in figures)
    lows = [value if low is None else low for value, low, _ in figures]
    highs = [value if high is None else high for value, _, high in figures]
    low, high = min(lows), max(highs)
    if any(end is None for _, end, _ in figures):
        low = min(low, middle * (1.0 - tolerance))
    if any(end is None for _, _, end in figures):
        high = max(high, middle * (1.0 + tolerance))
    return middle, low, high
