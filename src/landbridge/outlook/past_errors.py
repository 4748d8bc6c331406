"""How far past forecasts of growth were off: what `growth_errors.csv` holds, worked out anew.

An error is the log of output reached over output forecast, h years after the edition's own year, in
per cent. Of every edition and horizon: what all economies share (the median), what regions share
beyond that (root mean square over regions of the median in each), and what one economy has beyond
all (root mean square over economies).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from landbridge.outlook import known as facts

FEWEST = 3
"""Economies that a region needs to have a median."""


@dataclass(frozen=True, slots=True)
class PastError:
    """Errors of one edition at one horizon, per cent of the level of output.

    Attributes
    ----------
    vintage : edition of the forecast
    horizon : years after the edition's own
    year : year forecast
    common_pct, regional_pct, single_pct : shared by all, by regions, by none
    economies : how many have both figures
    """

    vintage: str
    horizon: int
    year: int
    common_pct: float
    regional_pct: float
    single_pct: float
    economies: int


def regions() -> dict[str, str]:
    """Region of each economy whose growth errors go together; China, Kazakhstan, Russia alone.

    Examples
    --------
    >>> regions()["KAZ"], regions()["UZB"]
    ('KAZ', 'Central Asia')
    """
    alone = {"CHN", "KAZ", "RUS"}
    return {
        row.iso3: row.iso3 if row.iso3 in alone else row.region for row in facts.rows("economies")
    }


def past_errors() -> tuple[PastError, ...]:
    """Errors of every edition in `gdp_paths.csv` at every horizon whose outcome is observed.

    Examples
    --------
    >>> next(e for e in past_errors() if e.year == 2020).common_pct < -5.0
    True
    """
    actual: dict[tuple[str, int], float] = {}
    forecast: dict[str, dict[tuple[str, int], float]] = defaultdict(dict)
    for row in sorted(facts.rows("gdp_paths"), key=lambda row: str(row.vintage)):
        if row.real_growth_pct is None:
            continue
        log = math.log1p(row.real_growth_pct / 100.0)
        if row.kind == "observed":
            actual[row.economy, row.year] = log
        else:
            forecast[str(row.vintage)][row.economy, row.year] = log
    found = []
    for vintage, path in sorted(forecast.items()):
        start = int(vintage[:4])
        for year in range(start, max(year for _, year in path) + 1):
            years = range(start, year + 1)
            errors = {
                economy: 100.0 * sum(actual[economy, y] - path[economy, y] for y in years)
                for economy in sorted({e for e, _ in path})
                if all((economy, y) in actual and (economy, y) in path for y in years)
            }
            if errors:
                found.append(_summed_up(vintage, year - start, year, errors))
    return tuple(found)


def _summed_up(vintage: str, horizon: int, year: int, errors: dict[str, float]) -> PastError:
    common = median(errors.values())
    of_region: dict[str, list[float]] = defaultdict(list)
    place = {row.iso3: row.region for row in facts.rows("economies")}
    for economy, error in errors.items():
        of_region[place.get(economy, "")].append(error - common)
    medians = [median(those) for those in of_region.values() if len(those) >= FEWEST]
    return PastError(
        vintage=vintage,
        horizon=horizon,
        year=year,
        common_pct=round(common, 2),
        regional_pct=round(_rms(medians), 2),
        single_pct=round(_rms([e - common for e in errors.values()]), 2),
        economies=len(errors),
    )


def _rms(values: list[float]) -> float:
    return math.sqrt(sum(v * v for v in values) / len(values))
