"""What must be true for a series to reach a figure: how many draws do, and what sets them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError
from landbridge.outlook.ensemble import Ensemble

TOLD = 5
MIDDLE_CORRIDOR_MT, MIDDLE_CORRIDOR_YEAR = 11.0, 2030
"""Freight that the Trans-Caspian route is to carry by its members' plan."""


@dataclass(frozen=True, slots=True)
class Split:
    """An unknown that sets the draws that reach the figure apart.

    Attributes
    ----------
    unknown : its name
    apart : Kolmogorov-Smirnov distance between its points where the figure is reached and where
        it is not, 0 to 1
    median_reached, median_missed : median points of the unit interval; 0.5 is the usual
    """

    unknown: str
    apart: float
    median_reached: float
    median_missed: float


@dataclass(frozen=True, slots=True)
class Branch:
    """Draws that reach a figure in a year.

    Attributes
    ----------
    series, scenario, year, figure : what is asked
    share : of draws that reach it
    low, high : 90 % interval of the share, Wilson
    draws : how many
    splits : unknowns that set them apart, the clearest first; none where all or no draw reaches it
    """

    series: str
    scenario: str
    year: int
    figure: float
    share: float
    low: float
    high: float
    draws: int
    splits: tuple[Split, ...]


def branch(ensemble: Ensemble, series: str, scenario: str, year: int, figure: float) -> Branch:
    """Look for what must be true.

    Raises
    ------
    InputError
        For a scenario or a year that the ensemble does not have.
    """
    if scenario not in ensemble.spec.scenarios or year not in ensemble.years:
        raise InputError(
            f"the outlook has {', '.join(ensemble.spec.scenarios)} from {ensemble.years[0]} to "
            f"{ensemble.years[-1]}, not {scenario} in {year}"
        )
    at = ensemble.spec.scenarios.index(scenario), slice(None), ensemble.years.index(year)
    reached = ensemble.values(series)[at] >= figure
    low, high = _wilson(int(reached.sum()), len(reached))
    return Branch(
        series=series,
        scenario=scenario,
        year=year,
        figure=figure,
        share=float(reached.mean()),
        low=low,
        high=high,
        draws=len(reached),
        splits=_splits(ensemble, reached),
    )


def _splits(ensemble: Ensemble, reached: NDArray[np.bool_]) -> tuple[Split, ...]:
    from scipy.stats import ks_2samp

    if not 2 <= reached.sum() <= len(reached) - 2:
        return ()
    found = []
    for k, name in enumerate(ensemble.unknowns):
        one, other = ensemble.points[reached, k], ensemble.points[~reached, k]
        apart = float(ks_2samp(one, other, method="asymp").statistic)
        found.append(Split(name, apart, float(np.median(one)), float(np.median(other))))
    return tuple(sorted(found, key=lambda split: -split.apart)[:TOLD])


def _wilson(count: int, draws: int) -> tuple[float, float]:
    """90 % interval of a share.

    Examples
    --------
    >>> [round(end, 3) for end in _wilson(0, 100)]
    [0.0, 0.026]
    """
    z = 1.6448536269514722
    share = count / draws
    middle = (share + z * z / (2 * draws)) / (1 + z * z / draws)
    half = z * np.sqrt(share * (1 - share) / draws + z * z / (4 * draws**2)) / (1 + z * z / draws)
    return max(float(middle - half), 0.0), min(float(middle + half), 1.0)
