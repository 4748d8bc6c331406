"""Runs: what was assessed, table by table, file by file, side by side, and as a brief."""

from __future__ import annotations

import json
import tempfile
import threading
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from pydantic import BaseModel
from starlette.background import BackgroundTask

from landbridge.app import runs as kept
from landbridge.app.api import answer
from landbridge.app.api.errors import RefusedError, responses
from landbridge.app.folders import inside
from landbridge.app.settings import RUNS
from landbridge.errors import UnknownNameError

router = APIRouter(prefix="/runs", tags=["runs"])
Kind = Literal["html", "pdf", "docx"]
Language = Literal["en", "ru", "kk", "zh"]
BRIEFS = "briefs"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: Drawing keeps its settings in one place for the whole process.
_DRAWING = threading.Lock()
_WAITING: list[str] = []


class RunBrief(BaseModel):
    """A run in one row."""

    id: str
    scenario: str
    name: str
    question: str
    year: int
    baseline_year: int
    world_welfare_pct: float | None
    co2_mt_base: float | None
    co2_mt: float | None
    draws: bool
    finished: str | None


class RunsOut(BaseModel):
    """Every run, the last made first."""

    runs: list[RunBrief]


class FileOut(BaseModel):
    """A file of a run."""

    path: str
    bytes: int


class ColumnOut(BaseModel):
    """A column of a table."""

    name: str
    type: str
    unit: str
    description: str


class TableOut(BaseModel):
    """A table of a run; figures that do not exist are null."""

    run: str
    table: str
    columns: list[ColumnOut]
    rows: list[dict[str, Any]]


class FlowOut(BaseModel):
    """A line: longitudes and latitudes of its points, containers a year in both directions."""

    x: list[float]
    y: list[float]
    mode: str
    feu_base: float
    feu: float


class FlowsOut(BaseModel):
    """What lines carry, the busiest last."""

    least_feu: float
    unit: str
    lines: list[FlowOut]


class RunOut(BaseModel):
    """A run; `about` is its `run.json`."""

    id: str
    about: dict[str, Any]
    tables: list[str]
    files: list[FileOut]


@router.get("", response_model=RunsOut, responses=responses())
def every(request: Request, format: answer.Format = "json") -> Any:
    """List the runs, the last made first."""
    found = kept.listed(_folder(request))
    if format == "csv":
        return answer.table(found, "runs", list(RunBrief.model_fields))
    return RunsOut(runs=[RunBrief(**one) for one in found])


@router.get("/compare", response_model=dict[str, Any], responses=responses(404))
def compare(
    request: Request,
    run: Annotated[list[str], Query(min_length=2, max_length=4, description="Two to four runs.")],
    table: Annotated[
        Literal["economies", "corridors", "crossings"], Query(description="Of the CSV.")
    ] = "economies",
    format: answer.Format = "json",
) -> Any:
    """Put two to four runs side by side: the object of `landbridge compare`."""
    from landbridge.exchange.compare import compare_runs
    from landbridge.exchange.objects import comparison_object

    found = comparison_object(compare_runs([kept.read(_folder(request), one) for one in run]))
    if format == "csv":
        rows = [
            {key: value for key, value in line.items() if key != "runs"}
            | {f"{label} {name}": v for label, of in line["runs"].items() for name, v in of.items()}
            for line in found[table]
        ]
        return answer.table(rows, f"compare-{table}")
    return answer.told(found)


@router.get(
    "/{run}.zip",
    response_class=FileResponse,
    responses={**responses(404), 200: {"content": {"application/zip": {}}}},
)
def packed(request: Request, run: str) -> FileResponse:
    """Fetch a run whole, as a ZIP."""
    place = kept.packed(kept.read(_folder(request), run))
    gone = BackgroundTask(place.unlink, missing_ok=True)
    return FileResponse(place, media_type="application/zip", filename=f"{run}.zip", background=gone)


@router.get("/{run}", response_model=RunOut, responses=responses(404))
def one(request: Request, run: str) -> Any:
    """Say what a run holds and what it rests on."""
    found = kept.read(_folder(request), run)
    return RunOut(
        id=found.folder.name,
        about=dict(found.about),
        tables=list(found.about.get("tables", {})),
        files=[FileOut(**each) for each in kept.files(found)],
    )


@router.get("/{run}/tables/{table}", response_model=TableOut, responses=responses(404))
def table(request: Request, run: str, table: str, format: answer.Format = "json") -> Any:
    """Give a table of a run."""
    from landbridge.assess.columns import columns_of

    found = kept.read(_folder(request), run)
    columns = columns_of(table)
    if format == "csv":
        text = inside(found.folder, f"{table}.csv").read_bytes()
        return answer.csv_file(text, f"{run}-{table}")
    rows = found.table(table).to_dict("records")
    return answer.told(
        {
            "run": run,
            "table": table,
            "columns": [
                {
                    "name": column.name,
                    "type": column.type,
                    "unit": column.unit,
                    "description": column.description,
                }
                for column in columns
            ],
            "rows": rows,
        }
    )


@router.get("/{run}/flows", response_model=FlowsOut, responses=responses(404))
def flows(
    request: Request,
    run: str,
    least_feu: Annotated[float, Query(ge=0, le=1e9, description="Of the lines shown.")] = 100.0,
    format: answer.Format = "json",
) -> Any:
    """Give what lines carry before and after, for a map; as CSV one row a line, from end to end."""
    from landbridge.app.drawing.flows import flows_text

    text = flows_text(kept.read(_folder(request), run).folder, least_feu)
    if format == "csv":
        rows = [
            {name: line[name] for name in ("mode", "feu_base", "feu")}
            | {f"{end}_{axis}": line[short][at]
               for at, end in ((0, "from"), (-1, "to"))
               for axis, short in (("lon", "x"), ("lat", "y"))}
            for line in json.loads(text)["lines"]
        ]  # fmt: skip
        return answer.table(rows, f"{run}-flows")
    return answer.raw(text.encode())


@router.get(
    "/{run}/files/{path:path}",
    response_class=FileResponse,
    responses={**responses(404), 200: {"content": {"application/octet-stream": {}}}},
)
def file(request: Request, run: str, path: str) -> FileResponse:
    """Fetch a file of a run by its path in it, figures/corridors.svg say."""
    place = inside(kept.read(_folder(request), run).folder, path)
    if not place.is_file():
        raise UnknownNameError(f"unknown file {path[:200]!r}")
    return FileResponse(place, content_disposition_type="inline", filename=place.name)


@router.get(
    "/{run}/brief",
    response_class=Response,
    responses={
        **responses(404, 429, 501),
        200: {"content": {kind: {} for kind in _TYPES.values()}, "description": "The brief"},
    },
)
def brief(
    request: Request,
    run: str,
    format: Annotated[Kind, Query(description="What it is written as.")] = "html",
    language: Annotated[Language, Query(description="Of its words and numbers.")] = "en",
) -> FileResponse:
    """Give what a think tank publishes of a run: two to four pages, as `landbridge brief`."""
    found = kept.read(_folder(request), run)
    settings = request.app.state.settings
    place = _brief(settings.folder(BRIEFS), found, format, language, settings.limits.briefs)
    shown = "inline" if format != "docx" else "attachment"
    name = f"{run}-{language}.{format}"
    return FileResponse(
        place, media_type=_TYPES[format], filename=name, content_disposition_type=shown
    )


def _brief(folder: Path, run: Any, format: Kind, language: Language, most: int) -> Path:
    """The brief of a run, made where there is none of this very run."""
    from hashlib import sha256

    told = sha256((run.folder / kept.ABOUT).read_bytes()).hexdigest()[:12]
    place = folder / f"{run.folder.name}-{told}-{language}.{format}"
    if place.is_file():
        return place
    if len(_WAITING) >= most:
        what = f"{most} briefs are being drawn already"
        raise RefusedError(429, what, mend="ask again in a while", after_s=15)
    _WAITING.append(place.name)
    try:
        _draw(folder, run, place, format, language)
    finally:
        _WAITING.remove(place.name)
    return place


def _draw(folder: Path, run: Any, place: Path, format: Kind, language: Language) -> None:
    with _DRAWING:
        if not place.is_file():
            for old in folder.glob(f"{run.folder.name}-*-{language}.{format}"):
                old.unlink(missing_ok=True)
            _write_brief(run, place, format, language)


def _write_brief(run: Any, place: Path, format: Kind, language: Language) -> None:
    from landbridge.brief.briefing import write_brief

    with tempfile.TemporaryDirectory(prefix=".brief-", dir=place.parent) as scratch:
        (made,) = write_brief(run.folder, Path(scratch), language, (format,))
        made.replace(place)


def _folder(request: Request) -> Path:
    folder: Path = request.app.state.settings.data / RUNS
    return folder
