"""Outlooks in a folder, read for people: fans, counts, what matters, what fills up."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from landbridge import facts
from landbridge.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from landbridge.outlook.measures import Series

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
_TRADE = "trade-"
RUN, SUMMARY, DRAWS = "outlook.json", "summary.json", "draws"
FILES: Mapping[str, str] = {
    "summary.json": "everything but the draws, as JSON",
    "outlook.xlsx": "workbook",
    "iamc.csv": "quantiles in the long form of the IAMC",
    "draws.nc": "every draw, netCDF",
}
"""Files of an outlook that may be fetched, and what they hold."""


@dataclass(frozen=True, slots=True)
class Told:
    """An outlook that was read.

    Attributes
    ----------
    id : name of its folder
    folder : where it lies
    about : its `summary.json`; that of its `outlook.json` alone where it is not finished
    finished : whether all draws are done and summed up
    """

    id: str
    folder: Path
    about: Mapping[str, Any]
    finished: bool

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of its scenarios."""
        return tuple(self.about["scenarios"])

    @property
    def years(self) -> tuple[int, ...]:
        """Years looked at; none where it is not finished."""
        series = self.about.get("series") or [{}]
        return tuple(series[0]["years"]) if self.finished else ()


def listed(folder: Path) -> tuple[Told, ...]:
    """Every outlook right under a folder, the last written first; what cannot be read is left out.

    Examples
    --------
    >>> listed(Path("/nowhere/at/all"))
    ()
    """
    found = []
    for note in folder.glob(f"*/{RUN}"):
        try:
            found.append(read(folder, note.parent.name))
        except InputError:
            continue
    return tuple(sorted(found, key=lambda one: -(one.folder / RUN).stat().st_mtime))


def read(folder: Path, identifier: str) -> Told:
    """Read an outlook by the name of its folder.

    Raises
    ------
    UnknownNameError
        With the closest; also for a name that would leave the folder.
    InputError
        A file of it cannot be read.
    """
    known = sorted(note.parent.name for note in folder.glob(f"*/{RUN}"))
    if identifier not in known:
        raise UnknownNameError.from_available("outlook", identifier, known)
    own = folder / identifier
    finished = (own / SUMMARY).is_file()
    file = own / (SUMMARY if finished else RUN)
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file.name} of {identifier} cannot be read: make it again") from error
    return Told(identifier, own, about, finished)


def series_of(told: Told) -> tuple[dict[str, Any], ...]:
    """Name, unit and meaning of each series once, and whether it is counted.

    Raises
    ------
    InputError
        The outlook is not finished.
    """
    _refuse_unfinished(told)
    found: dict[str, dict[str, Any]] = {}
    for one in told.about["series"]:
        found.setdefault(
            one["name"],
            {
                "name": one["name"],
                "what": one["what"],
                "unit": one["unit"],
                "counted": bool(_path(one["name"])),
            },
        )
    return tuple(found.values())


def fans(told: Told, name: str, scenarios: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Quantiles of a series over the draws, by scenario and year.

    Returns
    -------
    list of {scenario, year, 0.05, 0.25, 0.5, 0.75, 0.95}; None where a draw has no figure.

    Raises
    ------
    UnknownNameError
        No such series or scenario.
    InputError
        The outlook is not finished, or its draws are gone.
    """
    import duckdb

    names = [one["name"] for one in series_of(told)]
    if name not in names:
        raise UnknownNameError.from_available("series", name, names)
    wanted = _scenarios(told, scenarios)
    draws = str(told.folder / DRAWS / "*.parquet")
    query = (
        "select scenario, year, quantile_cont(value, ?::double[]) as found, "
        "bool_or(isnan(value)) as torn from read_parquet(?) "
        "where series = ? and draw < ? group by scenario, year order by scenario, year"
    )
    try:
        with duckdb.connect() as connection:
            asked = [list(SHARES), draws, name, told.about["draws"]]
            rows = connection.execute(query, asked).fetchall()
    except duckdb.Error as error:
        raise InputError(
            f"the draws of {told.id} cannot be read: make the outlook again"
        ) from error
    made = [
        {
            "scenario": scenario,
            "year": year,
            **{
                f"{share:g}": None if torn or not math.isfinite(value) else value
                for share, value in zip(SHARES, found, strict=True)
            },
        }
        for scenario, year, found, torn in rows
        if scenario in wanted
    ]
    return sorted(made, key=lambda row: (wanted.index(row["scenario"]), row["year"]))


def counts(name: str, as_of: int | None = None) -> list[dict[str, Any]]:
    """What was counted of a series, year by year, as the outlook joins it, each with its source.

    Parameters
    ----------
    as_of : last year taken; None is all

    Examples
    --------
    >>> [(row["year"], row["value"]) for row in counts("china-europe-trains")][:2]
    [(2011, 17.0), (2012, 42.0)]
    """
    defined = _defined(name)
    own = () if defined is None else defined.counted
    rows = {
        (row.series, row.year): row
        for table in ("outlook_counts", "flows_observed")
        for row in facts.rows(table)
    }
    found = []
    for year, value in sorted(_path(name).items()):
        row = next((rows[series, year] for series in own if (series, year) in rows), None)
        found.append(
            {
                "year": year,
                "value": float(value),
                "used": as_of is None or year <= as_of,
                "source_title": "" if row is None else row.source_title,
                "address": "" if row is None else row.address or "",
                "as_of": "" if row is None else row.as_of,
                "confidence": "" if row is None else row.confidence,
            }
        )
    return found


def sensitivity(told: Told, series: str, scenario: str) -> dict[str, Any]:
    """What moves a series most in the last year: shares of its variance by unknown.

    An empty list of unknowns means that there were too few draws, or that it does not vary.
    """
    _refuse_unfinished(told)
    for one in told.about["sensitivity"]:
        if (one["series"], one["scenario"]) == (series, scenario):
            unknowns = [
                {"unknown": name, "first": one["first"][name], "total": total}
                for name, total in one["total"].items()
            ]
            unknowns.sort(key=lambda row: -row["total"])
            return {"year": one["year"], "caught": one["caught"], "unknowns": unknowns}
    return {"year": told.years[-1], "caught": None, "unknowns": []}


def capacity(told: Told) -> list[dict[str, Any]]:
    """Probability that a crossing's load is over its published capacity, a row a year."""
    _refuse_unfinished(told)
    return [
        {
            "scenario": one["scenario"],
            "crossing": one["crossing"],
            "name": _title(one["crossing"]),
            "year": year,
            "probability_full": share,
        }
        for one in told.about["capacity"]
        for year, share in zip(one["years"], one["probability_full"], strict=True)
    ]


def branches(told: Told) -> list[dict[str, Any]]:
    """What must be true for a series to reach a figure, scenario by scenario."""
    _refuse_unfinished(told)
    return [dict(one) for one in told.about["branches"]]


def hazards(told: Told) -> list[dict[str, Any]]:
    """Yearly probability of each event that was drawn, with what it is and where it is from."""
    rows = facts.by_id("outlook_hazards")
    return [
        {
            "event": event,
            "what": rows[event].what if event in rows else event,
            "yearly_probability": chance,
            "source_title": rows[event].source_title if event in rows else "",
        }
        for event, chance in told.about["hazards"].items()
    ]


def sources(names: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sources of counts, each once, with the years it is of."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in names:
        key = (row["source_title"], row["address"])
        told = found.setdefault(
            key,
            {
                "source_title": key[0],
                "address": key[1],
                "as_of": row["as_of"],
                "confidence": row["confidence"],
                "years": [],
            },
        )
        told["years"].append(row["year"])
    return list(found.values())


def title_of(name: str) -> str:
    """What a series of an outlook is, in words; its name where it belongs to one world alone.

    Examples
    --------
    >>> title_of("china-europe-teu")
    'Containers on China–Europe trains'
    """
    found = _defined(name)
    return name if found is None else str(found.what)


@cache
def _defined(name: str) -> Series | None:
    """A series by its name, as far as it does not depend on the world."""
    from landbridge.outlook.measures import GATES, series

    pair = (name.removeprefix(_TRADE),) if name.startswith(_TRADE) else ()
    sides = SimpleNamespace(gates=GATES, trade=pair, groups=())
    every = series(SimpleNamespace(sides=sides, watched=()))  # type: ignore[arg-type]
    return next((one for one in every if one.name == name), None)


def _path(name: str) -> dict[int, float]:
    """Counts that a series goes on from, as the outlook joins them."""
    from landbridge.outlook.anchor import joined
    from landbridge.outlook.known import known

    found = _defined(name)
    flows = known().flows
    own = () if found is None else found.counted
    return joined([flows.get(one, {}) for one in own]) if own else {}


def _scenarios(told: Told, wanted: Sequence[str]) -> list[str]:
    for name in wanted:
        if name not in told.scenarios:
            raise UnknownNameError.from_available("scenario of the outlook", name, told.scenarios)
    return list(wanted or told.scenarios)


def _refuse_unfinished(told: Told) -> None:
    if not told.finished:
        raise InputError(
            f"the outlook {told.id} is not finished: run it again with the same scenarios, year "
            "and seed, and it goes on"
        )


def _title(crossing: str) -> str:
    from landbridge.levers.places import title

    return title("crossings", crossing)


HOW = (
    "`landbridge outlook hindcast --as-of 2016,2018,2020 --out DATA/outlooks/hindcast` makes them: "
    "it forecasts from what was known by then, and scores the forecasts on what was counted since"
)
"""How scores of past forecasts are made; DATA is the data folder."""
SCORES = "hindcast.json"
_SHIPPED = Path(__file__).parent.parent / "outlook" / SCORES
_LONG = ("years", "outcomes", "median", "low_90", "high_90")


@dataclass(frozen=True, slots=True)
class Hindcast:
    """Scores of past forecasts.

    Attributes
    ----------
    scores : one a series and year by whose end all was known (`landbridge.outlook.record.Score`);
        none where none were made
    verdicts : of all of them (`as_of` is None) and of each year
    draws : of each forecast
    """

    scores: tuple[dict[str, Any], ...] = ()
    verdicts: tuple[dict[str, Any], ...] = ()
    draws: int | None = None

    def rows(self) -> list[dict[str, Any]]:
        """Scores without the courses behind them."""
        return [{k: v for k, v in one.items() if k not in _LONG} for one in self.scores]


def hindcast(folder: Path) -> Hindcast:
    """Scores in a folder of outlooks, the last made; else those that come with the package.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    made = [*folder.glob(SCORES), *folder.glob(f"*/{SCORES}")]
    file = max(made, key=lambda path: path.stat().st_mtime, default=_SHIPPED)
    if not file.is_file():
        return Hindcast()
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return Hindcast(
            scores=tuple(told["scores"]),
            verdicts=({"as_of": None, **told["verdict"]}, *told["verdicts"]),
            draws=told["draws"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file.name} cannot be read ({error}); make it again") from error
