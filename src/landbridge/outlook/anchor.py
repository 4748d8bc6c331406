"""From what the model says to what is counted: last count, model's growth, growth beyond it.

A count follows log Y(t) = log Y(0) + log m(t)/m(0) + r(t), with m the model's measure. What counts
grew beyond the model is a damped trend (Gardner & McKenzie 1985, Management Science 31(10)) in its
form with one source of error (Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential
Smoothing, ch. 6): x(t) = f b(t-1) + e(t), b(t) = f b(t-1) + g e(t). Over h years

    mean r(h) = b(0) (f + ... + f^h),  var r(h) = s^2 sum_j (1 + g (f + ... + f^j))^2, j = 0 ... h-1

f and g are those under which all series known were foreseen best, one to three years ahead; s is a
series' own, its late errors weighing more than its early ones, with a prior that weighs
`prior-years` years: young series grow wildly, and not for ever.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from landbridge.outlook import known as facts

LONGEST_GAP = 3
"""Years between two counts, beyond which nothing is said of the growth between them."""
DAMPING, RENEWAL = (0.5, 0.6, 0.7, 0.8, 0.9), (0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
"""What is tried for f and g."""
AHEAD = 3
"""Years ahead that f and g are judged by."""
FEWEST = 12
"""Errors below which f and g are those of the facts."""
FADING = 0.8
"""Weight of an error over that of the year after it."""
Beyond = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Trend:
    """How growth beyond the model goes on: share left a year on, share of news that stays."""

    damping: float
    renewal: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a count goes on from what is known.

    Attributes
    ----------
    year, value : the last count
    excess : log growth a year beyond the model's, as it stands
    trend : how it goes on
    spread : standard deviation of what is new in a year
    years : yearly changes it was estimated from
    """

    year: int
    value: float
    excess: float
    trend: Trend
    spread: float
    years: int

    def beyond(self, year: int, score: float) -> float:
        """Log growth beyond the model's from the last count to `year`, at a normal score.

        Examples
        --------
        >>> held = Anchor(2025, 100.0, 0.1, Trend(0.5, 0.3), 0.2, 8)
        >>> round(held.beyond(2027, 0.0), 6), round(held.beyond(2026, 1.0), 6)
        (0.075, 0.25)
        """
        if year <= self.year:
            return 0.0
        left = self.trend.damping ** np.arange(1, year - self.year + 1)
        grown = np.concatenate([[0.0], np.cumsum(left)])
        reach = 1.0 + self.trend.renewal * grown[:-1]
        return self.excess * float(grown[-1]) + score * self.spread * float(
            np.sqrt((reach**2).sum())
        )


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


def usual_trend(every: Sequence[Beyond]) -> Trend:
    """The trend under which series were foreseen best; that of the facts where few are known.

    Examples
    --------
    >>> usual_trend([])
    Trend(damping=0.8, renewal=0.3)
    """
    prior = Trend(
        *(float(facts.row("outlook_unknowns", name).value) for name in ("damping", "renewal"))
    )
    best, least = prior, math.inf
    for damping, renewal in product(DAMPING, RENEWAL):
        trend = Trend(damping, renewal)
        errors = [[abs(e) for e in _ahead(beyond, trend)] for beyond in every]
        if sum(map(len, errors)) < FEWEST:
            return prior
        # Each series by its own size: one wild one must not decide for all.
        means = [sum(of) / len(of) for of in errors if of]
        if (mean := sum(math.log(max(m, 1e-9)) for m in means)) < least - 1e-12:
            best, least = trend, mean
    return best


def usual_spread(every: Sequence[Beyond], trend: Trend) -> float:
    """What is usual among series: median of their spreads; 0.2 where none is known.

    Examples
    --------
    >>> usual_spread([[(2020, 0.1), (2021, 0.3)]], Trend(0.5, 0.3))
    0.25
    """
    spreads = [_spread(errors) for beyond in every if (errors := list(_errors(beyond, trend)[0]))]
    return round(float(np.median(spreads)), 12) if spreads else 0.2


def anchor(counts: Mapping[int, float], beyond: Beyond, trend: Trend, usual: float) -> Anchor:
    """Estimate how a count goes on.

    Parameters
    ----------
    counts : by year, the last of them is gone on from
    beyond : of `excess`
    trend, usual : of `usual_trend` and `usual_spread`
    """
    prior = float(facts.row("outlook_unknowns", "prior-years").value)
    last = max(counts)
    errors, excess_now = _errors(beyond, trend)
    weight = sum(FADING**k for k in range(len(errors)))
    own = _spread(errors) ** 2 if errors else 0.0
    spread = math.sqrt((weight * own + prior * usual**2) / (weight + prior))
    return Anchor(last, counts[last], excess_now, trend, spread, len(beyond))


def _errors(beyond: Beyond, trend: Trend) -> tuple[list[float], float]:
    """Errors one year ahead, oldest first, and the growth beyond the model as it stands."""
    if not beyond:
        return [], 0.0
    now = beyond[0][1]
    errors = []
    for (one, _), (other, found) in pairwise(beyond):
        expected = trend.damping ** (other - one) * now
        errors.append(found - expected)
        now = expected + trend.renewal * errors[-1]
    return errors, now


def _ahead(beyond: Beyond, trend: Trend) -> Iterator[float]:
    """Errors of the growth over one to `AHEAD` years, each by the root of the years."""
    for k in range(1, len(beyond)):
        _, now = _errors(beyond[:k], trend)
        expected = found = 0.0
        for step, (_, value) in enumerate(beyond[k : k + AHEAD], start=1):
            expected += trend.damping**step * now
            found += value
            yield (found - expected) / math.sqrt(step)


def _spread(errors: Sequence[float]) -> float:
    """Root mean square, the latest error weighing most."""
    weight = FADING ** np.arange(len(errors) - 1, -1, -1)
    return float(np.sqrt((weight * np.square(errors)).sum() / weight.sum()))
