"""Outlooks in the data folder: fans, counts, what matters, what fills up, hindcast scores."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from landbridge.app import outlooks
from landbridge.app.api import answer
from landbridge.app.api.errors import responses
from landbridge.app.settings import OUTLOOKS
from landbridge.errors import UnknownNameError

router = APIRouter(prefix="/outlooks", tags=["outlooks"])
Scenarios = Annotated[list[str] | None, Query(description="Scenarios; all when left out.")]


class BriefOut(BaseModel):
    """An outlook in one row."""

    id: str
    scenarios: list[str]
    as_of: int
    draws: int | None
    seed: int
    first_year: int | None
    last_year: int
    finished: bool


class OutlooksOut(BaseModel):
    """Every outlook in the data folder, the last written first."""

    outlooks: list[BriefOut]


class SeriesOut(BaseModel):
    """A series that an outlook follows; `counted` says whether it goes on from counts."""

    name: str
    what: str
    unit: str
    counted: bool


class FileOut(BaseModel):
    """A file of an outlook."""

    name: str
    what: str
    bytes: int


class HazardOut(BaseModel):
    """An event that was drawn."""

    event: str
    what: str
    yearly_probability: float
    source_title: str


class OutlookOut(BriefOut):
    """What an outlook holds."""

    years: list[int]
    series: list[SeriesOut]
    hazards: list[HazardOut]
    files: list[FileOut]


class FanRow(BaseModel):
    """Quantiles of a series in a year, over the draws; null where a draw has no figure."""

    model_config = ConfigDict(populate_by_name=True)

    scenario: str
    year: int
    q05: float | None = Field(alias="0.05")
    q25: float | None = Field(alias="0.25")
    q50: float | None = Field(alias="0.5")
    q75: float | None = Field(alias="0.75")
    q95: float | None = Field(alias="0.95")


class CountOut(BaseModel):
    """What was counted in a year; `used` says whether the outlook knew it."""

    year: int
    value: float
    used: bool
    source_title: str
    address: str
    as_of: str
    confidence: str


class FanOut(BaseModel):
    """A series as fans, with what was counted of it."""

    name: str
    what: str
    unit: str
    known: int
    fans: list[FanRow]
    counted: list[CountOut]


class UnknownOut(BaseModel):
    """Share of the variance of a series that an unknown has: alone, and with all it meets."""

    unknown: str
    first: float
    total: float


class SensitivityOut(BaseModel):
    """What moves a series most; empty where too few were drawn or nothing varies."""

    series: str
    scenario: str
    year: int
    caught: float | None
    unknowns: list[UnknownOut]


class CapacityRow(BaseModel):
    """Probability that a crossing is full in a year."""

    scenario: str
    crossing: str
    name: str
    year: int
    probability_full: float


class CapacityOut(BaseModel):
    """Which crossings fill up."""

    capacity: list[CapacityRow]


class BranchesOut(BaseModel):
    """What must be true for a series to reach a figure."""

    branches: list[dict[str, Any]]


class ScoreOut(BaseModel):
    """Scores of the forecasts of one series (`landbridge.outlook.record.Score`).

    CRPS are in the unit of the series, less is better; those of naive forecasts stand beside.
    """

    as_of: int
    series: str
    what: str
    unit: str
    crps: float
    crps_last_value: float
    crps_last_growth: float
    crps_last_value_spread: float | None
    crps_last_growth_spread: float | None
    coverage_50: float
    coverage_90: float
    n: int
    known: int
    years: list[int]
    outcomes: list[float]
    median: list[float]
    low_90: list[float]
    high_90: list[float]


class VerdictOut(BaseModel):
    """Scores summed up; `as_of` is null for all years together."""

    as_of: int | None
    series: int
    years: int
    beats_both: float
    beats_both_spread: float
    coverage_50: float
    coverage_90: float


class HindcastOut(BaseModel):
    """Scores of past forecasts; `how` says how they are made, also where there are none."""

    how: str
    draws: int | None
    scores: list[ScoreOut]
    verdicts: list[VerdictOut]


@router.get("", response_model=OutlooksOut, responses=responses())
def every(request: Request, format: answer.Format = "json") -> Any:
    """List the outlooks of the data folder, the last written first."""
    found = [_brief(one) for one in outlooks.listed(_folder(request))]
    if format == "csv":
        return answer.table([one.model_dump() for one in found], "outlooks")
    return OutlooksOut(outlooks=found)


@router.get("/hindcast", response_model=HindcastOut, responses=responses())
def hindcast(request: Request, format: answer.Format = "json") -> Any:
    """Give the scores of forecasts made as of past years against what came."""
    found = outlooks.hindcast(_folder(request))
    if format == "csv":
        return answer.table(found.rows(), "hindcast")
    return HindcastOut(
        how=outlooks.HOW,
        draws=found.draws,
        scores=[ScoreOut(what=outlooks.title_of(one["series"]), **one) for one in found.scores],
        verdicts=[VerdictOut(**one) for one in found.verdicts],
    )


@router.get("/{name}", response_model=OutlookOut, responses=responses(404))
def outlook(request: Request, name: str) -> Any:
    """Say what an outlook holds."""
    told = outlooks.read(_folder(request), name)
    return OutlookOut(
        **_brief(told).model_dump(),
        years=list(told.years),
        series=[SeriesOut(**one) for one in outlooks.series_of(told)],
        hazards=[HazardOut(**one) for one in outlooks.hazards(told)],
        files=[
            FileOut(name=file, what=what, bytes=(told.folder / file).stat().st_size)
            for file, what in outlooks.FILES.items()
            if (told.folder / file).is_file()
        ],
    )


@router.get(
    "/{name}/series",
    response_model=FanOut,
    response_model_by_alias=True,
    responses=responses(404),
)
def series(
    request: Request,
    name: str,
    series: answer.Name,
    scenario: Scenarios = None,
    format: answer.Format = "json",
) -> Any:
    """Give a series as fans by scenario, with what was counted of it."""
    told = outlooks.read(_folder(request), name)
    rows = outlooks.fans(told, series, scenario or ())
    if format == "csv":
        counted = [
            {"scenario": "counted", "year": one["year"], "0.5": one["value"]}
            for one in outlooks.counts(series, told.about["as_of"])
        ]
        columns = ("scenario", "year", *(f"{share:g}" for share in outlooks.SHARES))
        return answer.table([*counted, *rows], f"{name}-{series}", columns)
    about = next(one for one in outlooks.series_of(told) if one["name"] == series)
    return FanOut(
        name=series,
        what=about["what"],
        unit=about["unit"],
        known=told.about["as_of"],
        fans=[FanRow.model_validate(row) for row in rows],
        counted=[CountOut(**one) for one in outlooks.counts(series, told.about["as_of"])],
    )


@router.get("/{name}/sensitivity", response_model=SensitivityOut, responses=responses(404))
def sensitivity(
    request: Request,
    name: str,
    series: answer.Name,
    scenario: answer.Name,
    format: answer.Format = "json",
) -> Any:
    """Tell which unknowns move a series most in the last year."""
    told = outlooks.read(_folder(request), name)
    found = outlooks.sensitivity(told, series, scenario)
    if format == "csv":
        return answer.table(found["unknowns"], f"{name}-{series}-sensitivity")
    return SensitivityOut(series=series, scenario=scenario, **found)


@router.get("/{name}/capacity", response_model=CapacityOut, responses=responses(404))
def capacity(request: Request, name: str, format: answer.Format = "json") -> Any:
    """Tell how likely each crossing that is followed is full, year by year."""
    found = outlooks.capacity(outlooks.read(_folder(request), name))
    if format == "csv":
        return answer.table(found, f"{name}-capacity")
    return CapacityOut(capacity=[CapacityRow(**row) for row in found])


@router.get("/{name}/branches", response_model=BranchesOut, responses=responses(404))
def branches(request: Request, name: str, format: answer.Format = "json") -> Any:
    """Tell what must be true for the Middle Corridor to carry what is planned."""
    found = outlooks.branches(outlooks.read(_folder(request), name))
    if format == "csv":
        rows = [
            {key: value for key, value in one.items() if key != "splits"} | split
            for one in found
            for split in (one["splits"] or [{}])
        ]
        return answer.table(rows, f"{name}-branches")
    return BranchesOut(branches=found)


@router.get("/{name}/files/{file}", response_class=FileResponse, responses=responses(404))
def file(request: Request, name: str, file: str) -> FileResponse:
    """Fetch a file of an outlook."""
    told = outlooks.read(_folder(request), name)
    there = [one for one in outlooks.FILES if (told.folder / one).is_file()]
    if file not in there:
        raise UnknownNameError.from_available("file of the outlook", file, there)
    return FileResponse(told.folder / file, filename=f"{name}-{file}")


def _brief(told: outlooks.Told) -> BriefOut:
    about = told.about
    years = told.years
    return BriefOut(
        id=told.id,
        scenarios=list(told.scenarios),
        as_of=about["as_of"],
        draws=about.get("draws"),
        seed=about["seed"],
        first_year=years[0] if years else None,
        last_year=years[-1] if years else about["to"],
        finished=told.finished,
    )


def _folder(request: Request) -> Path:
    folder: Path = request.app.state.settings.data / OUTLOOKS
    return folder
