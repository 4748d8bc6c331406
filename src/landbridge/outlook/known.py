"""What was known by a date: the one place that facts of later dates are left out.

Everything an outlook takes from tables that speak of years comes through `known`. A year stands
for its end. What counts as known by then:

- a forecast of growth, when its edition is of that year or earlier;
- observed growth of the years before (a year's own is published in the next);
- a count or a freight rate of that year or earlier;
- a section that opened by then, and a planned one where the row that tells of it is of that date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from landbridge import facts
from landbridge.errors import InputError

TREND_YEARS = 5
"""Years of observed growth whose mean stands for a forecast where none was published yet."""
SEA = "scfi"
"""What the years of `sea_market.csv` are called among the indices."""
FIRST = 2013
"""First date that leaves enough of the tables to start from."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """An event that may begin in any year.

    Attributes
    ----------
    id, what : name, and words for people
    scenario : shipped scenario whose levers act while it lasts
    yearly_probability : Jeffreys' estimate from the record, (k + 1/2) / (n + 1) of n years
    mean_years : how long it lasts
    """

    id: str
    what: str
    scenario: str
    yearly_probability: float
    mean_years: float


@dataclass(frozen=True, eq=False)
class Known:
    """What the tables say, as of the end of a year.

    Attributes
    ----------
    as_of : the year
    observed_growth_pct : real growth by economy and year
    forecast_growth_pct : the latest edition's, or the mean of the last observed years
    edition : of the forecast, blank where it is that mean
    flows : yearly counts by series of `flows_observed.csv`
    units : unit of each series
    rates : freight-rate levels by index of `freight_rate_paths.csv`, mean of each year's rows, and
        of `sea_market.csv` as `SEA`
    openings : year in which each section opens that is known to open after `as_of`
    growth_errors : rows of `growth_errors.csv` whose outcome was known by then
    border_factors : hours at borders by region and mode over those of 2019, by year
    hazards : events by id, with their yearly probability
    """

    as_of: int
    observed_growth_pct: Mapping[str, Mapping[int, float]]
    forecast_growth_pct: Mapping[str, Mapping[int, float]]
    edition: str
    flows: Mapping[str, Mapping[int, float]]
    units: Mapping[str, str]
    rates: Mapping[str, Mapping[int, float]]
    openings: Mapping[str, int]
    growth_errors: tuple[Any, ...]
    border_factors: Mapping[tuple[str, str], Mapping[int, float]]
    hazards: Mapping[str, Hazard]

    def growth_pct(self, economy: str, year: int) -> float:
        """Real growth of an economy in a year: observed, else forecast.

        Years that neither has grow as the nearest that one has; an economy without any as the
        median of all.

        Examples
        --------
        >>> known().growth_pct("KAZ", 2024), known(2021).edition
        (4.8, '2021-10')
        """
        path = self._path(economy)
        if not path:
            return self._median(year)
        return path[min(path, key=lambda y: (abs(y - year), y))]

    def network_year(self, year: int) -> int:
        """The latest year up to `year` in which the network known by `as_of` changes.

        Examples
        --------
        >>> known(2016).network_year(2024)
        2016
        """
        if year <= self.as_of:
            return year
        return max([self.as_of, *(y for y in self.openings.values() if y <= year)])

    def _path(self, economy: str) -> dict[int, float]:
        return {
            **self.forecast_growth_pct.get(economy, {}),
            **self.observed_growth_pct.get(economy, {}),
        }

    def _median(self, year: int) -> float:
        from statistics import median

        have = self.observed_growth_pct.keys() | self.forecast_growth_pct.keys()
        return median(self.growth_pct(code, year) for code in sorted(have) if self._path(code))


def last_year() -> int:
    """The last year that anything was counted in.

    Examples
    --------
    >>> last_year() >= 2025
    True
    """
    return max(int(row.year) for row in facts.rows("flows_observed"))


def known(as_of: int | None = None) -> Known:
    """Everything known by the end of a year; None is today, with nothing left out.

    Raises
    ------
    InputError
        For a year before the tables begin, or after they end.

    Examples
    --------
    >>> max(known(2016).flows["china-europe-trains"])
    2016
    """
    last = last_year()
    if as_of is not None and not FIRST <= as_of <= last:
        raise InputError(
            f"as of {as_of}: the tables hold what was known from {FIRST} to {last}; choose a year "
            "between"
        )
    return _known(last if as_of is None else as_of, as_of is None)


@cache
def _known(as_of: int, everything: bool) -> Known:
    observed, forecast, edition = _growth(as_of)
    flows, units = _flows(as_of)
    return Known(
        as_of=as_of,
        observed_growth_pct=observed,
        forecast_growth_pct=forecast,
        edition=edition,
        flows=flows,
        units=units,
        rates=_rates(as_of),
        openings=_openings(as_of, everything),
        growth_errors=tuple(
            row for row in facts.rows("growth_errors") if row.year < as_of or everything
        ),
        border_factors=_border_factors(as_of),
        hazards={row.id: _hazard(row, as_of) for row in facts.rows("outlook_hazards")},
    )


def _growth(
    as_of: int,
) -> tuple[dict[str, dict[int, float]], dict[str, dict[int, float]], str]:
    observed: dict[str, dict[int, float]] = defaultdict(dict)
    forecasts: dict[str, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in sorted(facts.rows("gdp_paths"), key=lambda row: str(row.vintage)):
        if row.real_growth_pct is None:
            continue
        if row.kind == "observed" and row.year < as_of:
            observed[row.economy][row.year] = float(row.real_growth_pct)
        if row.kind == "forecast" and int(str(row.vintage)[:4]) <= as_of:
            forecasts[str(row.vintage)][row.economy][row.year] = float(row.real_growth_pct)
    if forecasts:
        edition = max(forecasts)
        return dict(observed), dict(forecasts[edition]), edition
    trend: dict[str, dict[int, float]] = {}
    for economy, path in observed.items():
        last = sorted(path)[-TREND_YEARS:]
        trend[economy] = {as_of: sum(path[y] for y in last) / len(last)}
    return dict(observed), trend, ""


def _flows(as_of: int) -> tuple[dict[str, dict[int, float]], dict[str, str]]:
    fullest: dict[tuple[str, int], Any] = {}
    for row in facts.rows("flows_observed"):
        key = (row.series, row.year)
        if row.year <= as_of and (key not in fullest or row.months > fullest[key].months):
            fullest[key] = row
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for (series, year), row in sorted(fullest.items()):
        adds_up = row.unit not in ("share", "ratio", "h", "km/h", "USD/bbl")
        found[series][year] = float(row.value) * (12.0 / row.months if adds_up else 1.0)
    return dict(found), {row.series: row.unit for row in fullest.values()}


def _rates(as_of: int) -> dict[str, dict[int, float]]:
    levels: dict[tuple[str, int], list[float]] = defaultdict(list)
    for row in facts.rows("freight_rate_paths"):
        if row.year <= as_of:
            levels[row.index, row.year].append(float(row.level))
    for row in facts.rows("sea_market"):
        if row.year <= as_of:
            levels[SEA, row.year].append(float(row.scfi_usd_teu))
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for (index, year), those in sorted(levels.items()):
        found[index][year] = sum(those) / len(those)
    return dict(found)


def _openings(as_of: int, everything: bool) -> dict[str, int]:
    """Sections that open later and are known to: a row told of later is not."""
    return {
        row.id: row.opens_year
        for row in facts.rows("sections")
        if row.opens_year is not None
        and row.opens_year > as_of
        and (everything or int(str(row.as_of)[:4]) <= as_of)
    }


def _border_factors(as_of: int) -> dict[tuple[str, str], dict[int, float]]:
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for row in facts.rows("border_year_factors"):
        if row.year <= as_of:
            found[row.region, row.mode][row.year] = float(row.factor)
    return dict(found)


def _hazard(row: Any, as_of: int) -> Hazard:
    begun = sum(1 for year in row.occurred or () if year <= as_of)
    years = as_of - row.since + 1
    return Hazard(
        id=row.id,
        what=row.what,
        scenario=row.scenario,
        yearly_probability=(begun + 0.5) / (years + 1.0),
        mean_years=float(row.mean_years),
    )
