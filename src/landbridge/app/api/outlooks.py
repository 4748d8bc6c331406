"""Outlooks in the data folder: fans, counts, what matters, what fills up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse

from landbridge.app import fans, outlooks
from landbridge.app.api import answer
from landbridge.app.api.errors import responses
from landbridge.app.api.outlook_out import (
    BranchesOut,
    BriefOut,
    CapacityOut,
    CapacityRow,
    CountOut,
    FanOut,
    FanRow,
    FileOut,
    HazardOut,
    OutlookOut,
    OutlooksOut,
    SensitivityOut,
    SeriesOut,
)
from landbridge.app.settings import OUTLOOKS
from landbridge.errors import UnknownNameError

router = APIRouter(prefix="/outlooks", tags=["outlooks"])
Scenarios = Annotated[list[str] | None, Query(description="Scenarios; all when left out.")]


@router.get("", response_model=OutlooksOut, responses=responses())
def every(request: Request, format: answer.Format = "json") -> Any:
    """List the outlooks of the data folder, the last written first."""
    found = [_brief(one) for one in outlooks.listed(_folder(request))]
    if format == "csv":
        return answer.table([one.model_dump() for one in found], "outlooks")
    return OutlooksOut(outlooks=found)


@router.get("/{name}", response_model=OutlookOut, responses=responses(404))
def outlook(request: Request, name: str) -> Any:
    """Say what an outlook holds."""
    told = outlooks.read(_folder(request), name)
    return OutlookOut(
        **_brief(told).model_dump(),
        years=list(told.years),
        series=[SeriesOut(**one) for one in fans.series_of(told)],
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
    rows = fans.fans(told, series, scenario or ())
    if format == "csv":
        counted = [
            {"scenario": "counted", "year": one["year"], "0.5": one["value"]}
            for one in fans.counts(series, told.about["as_of"])
        ]
        columns = ("scenario", "year", *(f"{share:g}" for share in fans.SHARES))
        return answer.table([*counted, *rows], f"{name}-{series}", columns)
    about = next(one for one in fans.series_of(told) if one["name"] == series)
    return FanOut(
        name=series,
        what=about["what"],
        unit=about["unit"],
        known=told.about["as_of"],
        fans=[FanRow.model_validate(row) for row in rows],
        counted=[CountOut(**one) for one in fans.counts(series, told.about["as_of"])],
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
