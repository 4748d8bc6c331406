"""Damped trends: how growth goes on, and how far off that was before.

Growth x of a year is x(t) = f b(t-1) + e(t), and the trend goes on as b(t) = f b(t-1) + g e(t): a
damped trend (Gardner & McKenzie 1985, Management Science 31(10)) in its form with one source of
error (Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, ch. 6). Over h
years growth of b(0) (f + ... + f^h) is expected.

f and g are means over a grid, weighed by how well all series known were foreseen one to three
years ahead: one pair picked from few errors would be chance.

Every series is forecast anew from each of its earlier years. The usual error h years ahead is the
median over series of their root mean squares. A series' own errors over the usual ones are told by
all horizons, those of late forecasts weighing more, with a prior of 1 that weighs some years (an
inverse gamma on the variance: Smyth 2004, Statistical Applications in Genetics 3(1), eq. 3).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from landbridge.outlook import known as facts

Beyond = Sequence[tuple[int, float]]
"""Growth by the year it ends in, log a year."""
DAMPING, RENEWAL = (0.5, 0.6, 0.7, 0.8, 0.9), (0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
"""What is tried for f and g."""
AHEAD = 3
"""Years ahead that f and g are judged by."""
FEWEST = 12
"""Errors below which f and g are those of the facts."""
FADING = 0.8
"""Weight of a forecast's error over that of one made a year later."""
MOST_SERIES = 5
"""Series that must have been followed so far for their errors to tell what is usual."""
UNKNOWN, TINY = 0.2, 1e-6
"""Usual error of a year where none was seen yet; the least that a mean square counts as."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How growth beyond the model goes on: share left a year on, share of news that stays."""

    damping: float
    renewal: float


@dataclass(frozen=True, slots=True)
class Usual:
    """Usual errors of the growth beyond the model's, by horizon.

    Attributes
    ----------
    errors : log, one year ahead and more, none less than the one before; beyond them errors grow
        with the root of time
    """

    errors: tuple[float, ...]

    def at(self, horizon: int) -> float:
        """The usual error so many years ahead.

        Examples
        --------
        >>> Usual((0.1, 0.2)).at(2), Usual((0.1, 0.2)).at(8)
        (0.2, 0.4)
        """
        reach = len(self.errors)
        if horizon <= reach:
            return self.errors[horizon - 1]
        return self.errors[-1] * math.sqrt(horizon / reach)


def usual_trend(every: Sequence[Beyond]) -> Trend:
    """The trend under which series were foreseen best; that of the facts where few are known.

    Examples
    --------
    >>> usual_trend([])
    Trend(damping=0.8, renewal=0.3)
    """
    tried, losses = [], []
    for damping, renewal in product(DAMPING, RENEWAL):
        trend = Trend(damping, renewal)
        errors = [_near(beyond, trend) for beyond in every]
        if sum(map(len, errors)) < FEWEST:
            return Trend(told("damping"), told("renewal"))
        # Each series by its own size: one wild one must not decide for all.
        means = [sum(of) / len(of) for of in errors if of]
        tried.append((damping, renewal))
        losses.append(sum(math.log(max(mean, TINY)) for mean in means))
    weight = np.exp(min(losses) - np.array(losses))
    damping, renewal = weight @ np.array(tried) / weight.sum()
    return Trend(float(damping), float(renewal))


def usual_errors(every: Sequence[Beyond], trend: Trend) -> Usual:
    """Usual errors as far ahead as `MOST_SERIES` series were followed, or as many as there are.

    Examples
    --------
    >>> usual_errors([[(2020, 0.1), (2021, 0.35)]], Trend(0.5, 0.3))
    Usual(errors=(0.3,))
    """
    squares: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number, beyond in enumerate(every):
        for horizon, _, error in past(beyond, trend):
            squares[horizon][number].append(error * error)
    if not squares:
        return Usual((UNKNOWN,))
    enough = min(MOST_SERIES, len(squares[1]))
    found: list[float] = []
    while len(of := squares[len(found) + 1]) >= enough:
        root = math.sqrt(float(np.median([sum(s) / len(s) for s in of.values()])))
        found.append(round(max([root, *found[-1:]]), 12))
    return Usual(tuple(found))


def past(beyond: Beyond, trend: Trend) -> Iterator[tuple[int, int, float]]:
    """Errors that forecasts from every earlier year made: horizon, year forecast, log error.

    Examples
    --------
    >>> list(past([(2019, 0.0), (2020, 0.0), (2021, 1.0)], Trend(0.5, 0.5)))
    [(1, 2020, 0.0), (2, 2021, 1.0), (1, 2021, 1.0)]
    """
    for known in range(1, len(beyond)):
        now = state(beyond[:known], trend)
        error = 0.0
        for horizon, (year, found) in enumerate(beyond[known:], start=1):
            error += found - trend.damping**horizon * now
            yield horizon, year, error


def state(beyond: Beyond, trend: Trend) -> float:
    """Growth beyond the model as it stands after the last count."""
    if not beyond:
        return 0.0
    now = beyond[0][1]
    for (one, _), (other, found) in pairwise(beyond):
        expected = trend.damping ** (other - one) * now
        now = expected + trend.renewal * (found - expected)
    return now


def _near(beyond: Beyond, trend: Trend) -> list[float]:
    """Sizes of errors over one to `AHEAD` years, each by the root of the years."""
    return [
        abs(error) / math.sqrt(horizon)
        for horizon, _, error in past(beyond, trend)
        if horizon <= AHEAD
    ]


def ratio(beyond: Beyond, trend: Trend, usual: Usual) -> float:
    """A series' errors over the usual ones, root mean square drawn to 1 by the prior's years.

    Weights fall with the age of the forecast and with its horizon: errors h years ahead of
    neighbouring years have all but one of their years in common.

    Examples
    --------
    >>> ratio([], Trend(0.5, 0.3), Usual((0.1,)))
    1.0
    """
    weights, squares = [], []
    for horizon, year, error in past(beyond, trend):
        weights.append(FADING ** (beyond[-1][0] - year + horizon) / horizon)
        squares.append((error / max(usual.at(horizon), TINY)) ** 2)
    if not weights:
        return 1.0
    own = float(np.average(squares, weights=weights))
    prior, years = told("prior-years"), len(beyond) - 1
    return math.sqrt((prior + years * own) / (prior + years))


def told(name: str) -> float:
    """A figure of `outlook_unknowns.csv`."""
    return float(facts.row("outlook_unknowns", name).value)
