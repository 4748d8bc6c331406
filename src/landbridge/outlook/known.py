"""What was known by a date: the one place that facts of later dates are left out.

Everything an outlook takes from tables comes through `rows`, which no other module of this room
goes round. A year stands for its end. What counts as known by then:

- a forecast of growth, when its edition is of that year or earlier;
- observed growth of the years before (a year's own is published in the next);
- a count or a freight rate of that year or earlier;
- an error of a forecast, when the year forecast is over;
- a section, where the row that tells of it is of that date.

Tables of `STANDING` tell no dates: they are taken as they stand today, whatever the date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from landbridge import facts
from landbridge.errors import FactError, InputError, UnknownNameError

TREND_YEARS = 5
"""Years of observed growth whose mean stands for a forecast where none was published yet."""
SEA = "scfi"
"""What the years of `sea_market.csv` are called among the indices."""
FIRST = 2013
"""First date that leaves enough of the tables to start from."""
WHOLE_MONTHS = 9
"""Months that a count must cover to stand for its year where forecasts are held against it."""


def _edition(row: Any) -> int:
    return int(str(row.vintage)[:4]) if row.kind == "forecast" else row.year + 1


DATED: Mapping[str, Callable[[Any], int]] = {
    "border_year_factors": lambda row: row.year,
    "flows_observed": lambda row: row.year,
    "freight_rate_paths": lambda row: row.year,
    "gdp_paths": _edition,
    "growth_errors": lambda row: row.year + 1,
    "outlook_counts": lambda row: row.year,
    "sea_market": lambda row: row.year,
    "sections": lambda row: int(str(row.as_of)[:4]),
}
"""Tables that tell dates, and the year by whose end each row was known."""
STANDING: Mapping[str, str] = {
    "choice_constants": "tastes, fitted to the freight of the base year",
    "crossings": "which border points there are, and their capacity",
    "economies": "which economies there are, and their regions",
    "outlook_hazards": "which events may come; how often they came is counted up to the date",
    "outlook_unknowns": "delays of openings; how trends fade where too few counts are known",
    "rate_regimes": "which indices tell a market, and what is tight",
    "sector_freight": "what a day costs the goods of each sector",
}
"""Tables without dates, and what an outlook as of an earlier date takes from them."""


def rows(table: str, as_of: int | None = None) -> tuple[Any, ...]:
    """Rows of a table that were known by the end of a year; all of them for None, today.

    Raises
    ------
    FactError
        For a table of which nothing says when its rows were known.

    Examples
    --------
    >>> max(row.year for row in rows("flows_observed", 2016))
    2016
    """
    if table in STANDING:
        return facts.rows(table)
    if table not in DATED:
        raise FactError(
            f"an outlook takes nothing from table {table!r}, as nothing says when its rows were "
            "known: name it in DATED or STANDING of landbridge.outlook.known"
        )
    if as_of is None:
        return facts.rows(table)
    told = DATED[table]
    return tuple(row for row in facts.rows(table) if told(row) <= as_of)


def row(table: str, identifier: str, as_of: int | None = None) -> Any:
    """One row of `rows`, by its id.

    Raises
    ------
    UnknownNameError
        For an id that no row known by then has.

    Examples
    --------
    >>> row("outlook_unknowns", "slip").unit
    'years'
    """
    listed = {one.id: one for one in rows(table, as_of)}
    if identifier not in listed:
        raise UnknownNameError.from_available(f"row of {table}", identifier, listed)
    return listed[identifier]


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
    flows : yearly counts by series of `flows_observed.csv` and `outlook_counts.csv`
    parts_of_years : years of each series whose count covers fewer than `WHOLE_MONTHS` months
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
    parts_of_years: Mapping[str, frozenset[int]]
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
    return max(int(row.year) for row in rows("flows_observed"))


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
    until = None if everything else as_of
    observed, forecast, edition = _growth(as_of, until)
    flows, parts, units = _flows(until)
    return Known(
        as_of=as_of,
        observed_growth_pct=observed,
        forecast_growth_pct=forecast,
        edition=edition,
        flows=flows,
        parts_of_years=parts,
        units=units,
        rates=_rates(until),
        openings=_openings(as_of, until),
        growth_errors=rows("growth_errors", until),
        border_factors=_border_factors(until),
        hazards={one.id: _hazard(one, as_of) for one in rows("outlook_hazards", until)},
    )


def _growth(
    as_of: int, until: int | None
) -> tuple[dict[str, dict[int, float]], dict[str, dict[int, float]], str]:
    observed: dict[str, dict[int, float]] = defaultdict(dict)
    forecasts: dict[str, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for one in sorted(rows("gdp_paths", until), key=lambda one: str(one.vintage)):
        if one.real_growth_pct is None:
            continue
        if one.kind == "observed":
            observed[one.economy][one.year] = float(one.real_growth_pct)
        else:
            forecasts[str(one.vintage)][one.economy][one.year] = float(one.real_growth_pct)
    if forecasts:
        edition = max(forecasts)
        return dict(observed), dict(forecasts[edition]), edition
    trend: dict[str, dict[int, float]] = {}
    for economy, path in observed.items():
        last = sorted(path)[-TREND_YEARS:]
        trend[economy] = {as_of: sum(path[y] for y in last) / len(last)}
    return dict(observed), trend, ""


def _flows(
    until: int | None,
) -> tuple[dict[str, dict[int, float]], dict[str, frozenset[int]], dict[str, str]]:
    fullest: dict[tuple[str, int], Any] = {}
    for one in rows("flows_observed", until):
        key = (one.series, one.year)
        if key not in fullest or one.months > fullest[key].months:
            fullest[key] = one
    found: dict[str, dict[int, float]] = defaultdict(dict)
    parts: dict[str, set[int]] = defaultdict(set)
    for (series, year), one in sorted(fullest.items()):
        adds_up = one.unit not in ("share", "ratio", "h", "km/h", "USD/bbl")
        found[series][year] = float(one.value) * (12.0 / one.months if adds_up else 1.0)
        if one.months < WHOLE_MONTHS:
            parts[series].add(year)
    units = {one.series: one.unit for one in fullest.values()}
    for one in rows("outlook_counts", until):
        found[one.series].setdefault(one.year, float(one.value))
        units.setdefault(one.series, one.unit)
    paths = {series: dict(sorted(path.items())) for series, path in found.items()}
    return paths, {series: frozenset(years) for series, years in parts.items()}, units


def _rates(until: int | None) -> dict[str, dict[int, float]]:
    levels: dict[tuple[str, int], list[float]] = defaultdict(list)
    for one in rows("freight_rate_paths", until):
        levels[one.index, one.year].append(float(one.level))
    for one in rows("sea_market", until):
        levels[SEA, one.year].append(float(one.scfi_usd_teu))
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for (index, year), those in sorted(levels.items()):
        found[index][year] = sum(those) / len(those)
    return dict(found)


def _openings(as_of: int, until: int | None) -> dict[str, int]:
    """Sections that open later and are known to: a row told of later is not."""
    return {
        one.id: one.opens_year
        for one in rows("sections", until)
        if one.opens_year is not None and one.opens_year > as_of
    }


def _border_factors(until: int | None) -> dict[tuple[str, str], dict[int, float]]:
    found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for one in rows("border_year_factors", until):
        found[one.region, one.mode][one.year] = float(one.factor)
    return dict(found)


def _hazard(told: Any, as_of: int) -> Hazard:
    begun = sum(1 for year in told.occurred or () if year <= as_of)
    years = as_of - told.since + 1
    return Hazard(
        id=told.id,
        what=told.what,
        scenario=told.scenario,
        yearly_probability=(begun + 0.5) / (years + 1.0),
        mean_years=float(told.mean_years),
    )
