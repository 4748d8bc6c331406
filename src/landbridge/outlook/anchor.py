"""From what the model says to what is counted: last count, model's growth, growth beyond it.

A count follows log Y(t) = log Y(0) + log m(t)/m(0) + r(t), with m the model's measure. What
counts grew beyond the model in the past is taken to be an autoregression of order one,
x(t+1) = f x(t) + e: it dies away (a damped trend, Gardner & McKenzie 1985, Management Science
31(10)). Over h years

    mean r(h) = x(0) (f + ... + f^h),  var r(h) = s^2 sum_j ((1 - f^j) / (1 - f))^2, j = 1 ... h

f and s are estimated from the counts known, with a prior that weighs `prior-years` years.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from landbridge import facts

MOST_DAMPING = 0.95
LONGEST_GAP = 3
"""Years between two counts, beyond which nothing is said of the growth between them."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a count goes on from what is known.

    Attributes
    ----------
    year, value : the last count
    excess : log growth beyond the model's in the last year known
    damping : share of it that is left a year on
    spread : standard deviation of what is new in a year
    years : yearly changes it was estimated from
    """

    year: int
    value: float
    excess: float
    damping: float
    spread: float
    years: int

    def beyond(self, year: int, score: float) -> float:
        """Log growth beyond the model's from the last count to `year`, at a normal score.

        Examples
        --------
        >>> round(Anchor(2025, 100.0, 0.1, 0.5, 0.2, 8).beyond(2027, 0.0), 6)
        0.075
        """
        steps = np.arange(1, year - self.year + 1)
        mean = self.excess * float((self.damping**steps).sum())
        reach = (1.0 - self.damping**steps) / (1.0 - self.damping)
        return mean + score * self.spread * float(np.sqrt((reach**2).sum()))


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


def anchor(
    counts: Mapping[int, float], beyond: Sequence[tuple[int, float]], usual_spread: float
) -> Anchor:
    """Estimate how a count goes on.

    Parameters
    ----------
    counts : by year, the last of them is gone on from
    beyond : of `excess`
    usual_spread : that of counts in general, the prior's
    """
    weight = float(facts.row("outlook_unknowns", "prior-years").value)
    prior = float(facts.row("outlook_unknowns", "damping").value)
    x = np.array([value for _, value in beyond])
    last = max(counts)
    if len(x) == 0:
        return Anchor(last, counts[last], 0.0, prior, usual_spread, 0)
    scale = float((x**2).mean())
    pairs = [(a, b) for (y, a), (z, b) in pairwise(beyond) if z - y <= LONGEST_GAP]
    top = sum(a * b for a, b in pairs) + weight * prior * scale
    bottom = sum(a * a for a, _ in pairs) + weight * scale
    damping = min(max(top / bottom, 0.0), MOST_DAMPING) if bottom > 0.0 else prior
    errors = [b - damping * a for a, b in pairs]
    squares = sum(e * e for e in errors) + weight * usual_spread**2
    spread = math.sqrt(squares / (len(errors) + weight))
    return Anchor(last, counts[last], float(x[-1]), damping, spread, len(x))


def usual_spread(all_beyond: Sequence[Sequence[tuple[int, float]]]) -> float:
    """What is usual among counts: median over series of the spread of their yearly changes.

    Examples
    --------
    >>> usual_spread([[(2020, 0.1), (2021, 0.3)], []])
    0.1
    """
    spreads = [abs(b - a) / 2.0 for beyond in all_beyond for (_, a), (_, b) in pairwise(beyond)]
    return round(float(np.median(spreads)), 12) if spreads else 0.2
