"""From what the model says to what is counted: last count, model's growth, growth beyond it.

A count follows log Y(t) = log Y(0) + log m(t)/m(0) + r(t), with m the model's measure. What counts
grew beyond the model, r, is a damped trend as `landbridge.outlook.damped` finds it in all series
known. How far off r may be is what it was off before: with U(h) the usual error h years ahead and q
a series' own errors over the usual ones, its spread h years ahead is

    max over k = 1 ... h of  U(k) q^w(k),  w(k) = exp(-(k - 1) / n) where q > 1, else 1

with n the years it was followed. What was calm is taken to stay so; what was wild is young, and
grows up: n years tell of some n years ahead.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from landbridge.outlook.damped import Beyond, Trend, Usual, ratio, state

LONGEST_GAP = 3
"""Years between two counts, beyond which nothing is said of the growth between them."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a count goes on from what is known.

    Attributes
    ----------
    year, value : the last count
    excess : log growth a year beyond the model's, as it stands
    trend : how it goes on
    usual : errors of all series
    ratio : this one's errors over the usual ones
    years : errors one year ahead that it was seen to make
    """

    year: int
    value: float
    excess: float
    trend: Trend
    usual: Usual
    ratio: float
    years: int

    def beyond(self, year: int, score: float) -> float:
        """Log growth beyond the model's from the last count to `year`, at a normal score.

        Examples
        --------
        >>> held = Anchor(2025, 100.0, 0.1, Trend(0.5, 0.3), Usual((0.2,)), 1.0, 8)
        >>> round(held.beyond(2027, 0.0), 6), round(held.beyond(2026, 1.0), 6)
        (0.075, 0.25)
        """
        if year <= self.year:
            return 0.0
        left = self.trend.damping ** np.arange(1, year - self.year + 1)
        return self.excess * float(left.sum()) + score * self.spread(year)

    def spread(self, year: int) -> float:
        """Standard deviation of `beyond`."""
        return max((self._spread(k) for k in range(1, year - self.year + 1)), default=0.0)

    def _spread(self, horizon: int) -> float:
        left = 1.0
        if self.ratio > 1.0 and self.years:
            left = math.exp(-(horizon - 1) / self.years)
        return self.usual.at(horizon) * float(self.ratio**left)


def joined(paths: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """One path from several, the first to be trusted; the others fill in before it, rescaled.

    They are rescaled by the ratio in the years both have, or taken as they are where none is.

    Examples
    --------
    >>> joined([{2023: 20.0}, {2022: 8.0, 2023: 10.0}])
    {2022: 16.0, 2023: 20.0}
    """
    out: dict[int, float] = {}
    for path in paths:
        both = sorted(out.keys() & path.keys())
        ratio = out[both[0]] / path[both[0]] if both else 1.0
        out |= {y: v * ratio for y, v in path.items() if y not in out and v > 0.0}
    return dict(sorted(out.items()))


def excess(counts: Mapping[int, float], model: Mapping[int, float]) -> list[tuple[int, float]]:
    """Yearly log growth of counts beyond the model's, by the year it ends in.

    Examples
    --------
    >>> found = excess({2020: 1.0, 2022: 4.0}, {2020: 1.0, 2021: 1.0, 2022: 1.0})
    >>> [(year, round(value, 3)) for year, value in found]
    [(2022, 0.693)]
    """
    years = [y for y in sorted(counts) if y in model]
    found = []
    for one, other in pairwise(years):
        gap = other - one
        if gap <= LONGEST_GAP:
            grown = math.log(counts[other] / counts[one]) - math.log(model[other] / model[one])
            found.append((other, grown / gap))
    return found


def anchor(counts: Mapping[int, float], beyond: Beyond, trend: Trend, usual: Usual) -> Anchor:
    """Estimate how a count goes on.

    Parameters
    ----------
    counts : by year, the last of them is gone on from
    beyond : of `excess`
    trend, usual : of `usual_trend` and `usual_errors`
    """
    last = max(counts)
    since = last - beyond[-1][0] if beyond else 0
    return Anchor(
        year=last,
        value=counts[last],
        excess=state(beyond, trend) * trend.damping**since,
        trend=trend,
        usual=usual,
        ratio=ratio(beyond, trend, usual),
        years=max(len(beyond) - 1, 0),
    )
