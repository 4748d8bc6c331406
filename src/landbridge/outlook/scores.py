"""How good a forecast was: CRPS, coverage, and two naive forecasts to be held against.

The continuous ranked probability score of a forecast F and an outcome y is the integral of
(F(x) - 1{x >= y})^2 over x, in the unit of y; less is better (Gneiting & Raftery 2007, Journal of
the American Statistical Association 102(477), eq. 20). That of a point is its absolute error.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError

Floats = NDArray[np.float64]


def crps(draws: Floats, outcome: float, *, fair: bool = True) -> float:
    """CRPS of an ensemble.

    Parameters
    ----------
    draws : float64[m], m of 2 or more
    fair : the estimator that m draws of F give without bias (Ferro 2014, Quarterly Journal of the
        Royal Meteorological Society 140, eq. 8); else the score of the step function of the draws

    Raises
    ------
    InputError
        For fewer than two draws, or figures that are not finite.

    Examples
    --------
    >>> crps(np.array([3.0, 3.0]), 3.0), crps(np.array([3.0, 3.0]), 5.0)
    (0.0, 2.0)
    """
    values = np.sort(np.asarray(draws, np.float64))
    count = len(values)
    if count < 2 or not (np.isfinite(values).all() and math.isfinite(outcome)):
        raise InputError(
            f"a score of {count} draws and the outcome {outcome:g}: two draws or more are needed, "
            "all figures finite"
        )
    # Of sorted draws, the sum of all distances is a sum of ranks.
    rank = 2.0 * np.arange(count) - (count - 1)
    apart = 2.0 * float(rank @ values) / (count * (count - 1 if fair else count))
    return float(np.abs(values - outcome).mean()) - 0.5 * apart


def crps_lognormal(median: float, spread: float, outcome: float) -> float:
    """CRPS of a log-normal forecast (Baran & Lerch 2015, QJRMS 141, eq. 4).

    Parameters
    ----------
    median : of the forecast
    spread : standard deviation of its log; 0 is a point

    Examples
    --------
    >>> crps_lognormal(10.0, 0.0, 12.0), round(crps_lognormal(10.0, 0.3, 12.0), 2)
    (2.0, 1.19)
    """
    from scipy.special import ndtr

    if spread <= 0.0:
        return abs(outcome - median)
    z = math.log(outcome / median) / spread
    mean = math.exp(math.log(median) + 0.5 * spread**2)
    return float(
        outcome * (2.0 * ndtr(z) - 1.0)
        - 2.0 * mean * (ndtr(z - spread) + ndtr(spread / math.sqrt(2.0)) - 1.0)
    )


def covered(draws: Floats, outcome: float, share: float) -> bool:
    """Whether the middle `share` of the draws holds the outcome.

    Examples
    --------
    >>> covered(np.arange(101.0), 80.0, 0.5), covered(np.arange(101.0), 80.0, 0.9)
    (False, True)
    """
    low, high = np.quantile(draws, (0.5 - 0.5 * share, 0.5 + 0.5 * share))
    return bool(low <= outcome <= high)


@dataclass(frozen=True, slots=True)
class Naive:
    """A naive forecast of a count.

    Attributes
    ----------
    year, value : the last count
    growth : log growth a year that goes on; None where the value does
    spread : root mean square of the errors it made one year ahead, log; None where none is known
    """

    year: int
    value: float
    growth: float | None
    spread: float | None

    def at(self, year: int) -> float:
        """The point forecast of a year."""
        return self.value * math.exp((self.growth or 0.0) * (year - self.year))

    def spread_at(self, year: int) -> float | None:
        """Standard deviation of the log: a random walk's, of the level or of the growth."""
        steps = year - self.year
        if self.spread is None:
            return None
        if self.growth is None:
            return self.spread * math.sqrt(steps)
        return self.spread * math.sqrt(steps * (steps + 1) * (2 * steps + 1) / 6.0)


def last_value(counts: Mapping[int, float]) -> Naive:
    """Everything stays as last counted.

    Examples
    --------
    >>> last_value({2014: 1.0, 2015: 2.0}).at(2020)
    2.0
    """
    growth = _growth(counts)
    year = max(counts)
    return Naive(year, counts[year], None, _rms(growth))


def last_growth(counts: Mapping[int, float]) -> Naive:
    """Everything grows as it last did.

    Raises
    ------
    InputError
        For fewer than two counts.

    Examples
    --------
    >>> round(last_growth({2014: 1.0, 2015: 2.0}).at(2017), 6)
    8.0
    """
    growth = _growth(counts)
    if not growth:
        raise InputError("the last growth of a series takes two counts, and one alone is known")
    year = max(counts)
    return Naive(
        year, counts[year], growth[-1], _rms([other - one for one, other in pairwise(growth)])
    )


def _growth(counts: Mapping[int, float]) -> list[float]:
    """Log growth a year from count to count."""
    years = sorted(counts)
    return [math.log(counts[b] / counts[a]) / (b - a) for a, b in pairwise(years)]


def _rms(errors: list[float]) -> float | None:
    return math.sqrt(sum(e * e for e in errors) / len(errors)) if errors else None
