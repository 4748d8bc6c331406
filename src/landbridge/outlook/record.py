"""How forecasts of a series did beside naive ones, and many such records in few numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from landbridge.errors import InputError
from landbridge.outlook.scores import (
    Floats,
    Naive,
    covered,
    crps,
    crps_lognormal,
    last_growth,
    last_value,
)

FEWEST = 2
"""Counts that must be known of a series: one has no growth to go on."""


@dataclass(frozen=True, slots=True)
class Score:
    """How good the forecasts of one series were.

    Attributes
    ----------
    series, unit : what was forecast; scores are in the unit, means over the years scored
    crps : of the outlook
    crps_last_value, crps_last_growth : of naive points, which is their absolute error
    crps_last_value_spread, crps_last_growth_spread : of the same with the spread of their own past
        errors; None where none was known
    coverage_50, coverage_90 : shares of the years inside the bands
    n : years scored
    years, outcomes, median, low_90, high_90 : forecast and counted, by year
    known : counts that were known
    """

    series: str
    unit: str
    crps: float
    crps_last_value: float
    crps_last_growth: float
    crps_last_value_spread: float | None
    crps_last_growth_spread: float | None
    coverage_50: float
    coverage_90: float
    n: int
    years: tuple[int, ...]
    outcomes: tuple[float, ...]
    median: tuple[float, ...]
    low_90: tuple[float, ...]
    high_90: tuple[float, ...]
    known: int

    @property
    def beats_both(self) -> bool:
        """Whether its CRPS is less than that of both naive points."""
        return self.crps < min(self.crps_last_value, self.crps_last_growth)

    @property
    def beats_both_spread(self) -> bool:
        """The same against the naive forecasts with a spread, or as points where none is known."""
        return self.crps < min(
            self.crps_last_value
            if self.crps_last_value_spread is None
            else self.crps_last_value_spread,
            self.crps_last_growth
            if self.crps_last_growth_spread is None
            else self.crps_last_growth_spread,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Scores of many series in few numbers.

    Attributes
    ----------
    series, years : scored
    beats_both, beats_both_spread : shares of series whose CRPS is less than that of both naives
    coverage_50, coverage_90 : shares of all years inside the bands
    """

    series: int
    years: int
    beats_both: float
    beats_both_spread: float
    coverage_50: float
    coverage_90: float


def reason(counts: Mapping[int, float], outcomes: Mapping[int, float]) -> str:
    """Why a series cannot be scored; blank where it can.

    Examples
    --------
    >>> reason({2015: 1.0, 2016: 2.0}, {2020: 3.0}), reason({2016: 2.0}, {2020: 3.0})
    ('', 'one count was known; a last growth takes two')
    """
    if not counts:
        return "nothing was counted yet"
    if len(counts) < FEWEST:
        return "one count was known; a last growth takes two"
    return "" if outcomes else "nothing was counted since"


def score(
    series: str,
    unit: str,
    values: Floats,
    years: Sequence[int],
    counts: Mapping[int, float],
    outcomes: Mapping[int, float],
) -> Score:
    """Score forecasts of one series.

    Parameters
    ----------
    values : float64[draw, year]
    years : of the columns
    counts : known when the forecast was made, two or more
    outcomes : by year, all of `years`
    """
    scored = tuple(sorted(outcomes))
    at = {year: values[:, k] for k, year in enumerate(years)}
    naive = last_value(counts), last_growth(counts)

    def mean(of: Sequence[float]) -> float:
        return float(np.mean(of))

    def spread(of: Naive) -> float | None:
        if of.spread is None:
            return None
        return mean([crps_lognormal(of.at(y), of.spread_at(y) or 0.0, outcomes[y]) for y in scored])

    low, middle, high = (
        tuple(float(np.quantile(at[year], share)) for year in scored) for share in (0.05, 0.5, 0.95)
    )
    return Score(
        series=series,
        unit=unit,
        crps=mean([crps(at[year], outcomes[year]) for year in scored]),
        crps_last_value=mean([abs(outcomes[y] - naive[0].at(y)) for y in scored]),
        crps_last_growth=mean([abs(outcomes[y] - naive[1].at(y)) for y in scored]),
        crps_last_value_spread=spread(naive[0]),
        crps_last_growth_spread=spread(naive[1]),
        coverage_50=mean([covered(at[year], outcomes[year], 0.5) for year in scored]),
        coverage_90=mean([covered(at[year], outcomes[year], 0.9) for year in scored]),
        n=len(scored),
        years=scored,
        outcomes=tuple(outcomes[year] for year in scored),
        median=middle,
        low_90=low,
        high_90=high,
        known=len(counts),
    )


def verdict(scores: Sequence[Score]) -> Verdict:
    """Sum up.

    Raises
    ------
    InputError
        Where nothing was scored.
    """
    if not scores:
        raise InputError(
            "no series could be scored: none had two counts by then and one since; choose a later "
            "--as-of"
        )
    years = sum(one.n for one in scores)
    return Verdict(
        series=len(scores),
        years=years,
        beats_both=sum(one.beats_both for one in scores) / len(scores),
        beats_both_spread=sum(one.beats_both_spread for one in scores) / len(scores),
        coverage_50=sum(one.coverage_50 * one.n for one in scores) / years,
        coverage_90=sum(one.coverage_90 * one.n for one in scores) / years,
    )
