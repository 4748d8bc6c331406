"""Runs: what was assessed, table by table, file by file, side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from landbridge.app import runs as kept
from landbridge.app.api import answer
from landbridge.app.api.errors import responses
from landbridge.app.api.run_out import (
    AccessOut,
    FileOut,
    FlowsOut,
    RunBrief,
    RunOut,
    RunsOut,
    TableOut,
)
from landbridge.app.folders import inside
from landbridge.app.settings import RUNS
from landbridge.errors import UnknownNameError

router = APIRouter(prefix="/runs", tags=["runs"])
ACCESS = "access"


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


@router.get("/{run}/access", response_model=AccessOut, responses=responses(404))
def access(request: Request, run: str, format: answer.Format = "json") -> Any:
    """Give the market access of cities, where the run was made with it."""
    found = kept.read(_folder(request), run)
    place = found.folder / f"{ACCESS}.csv"
    if not place.is_file():
        raise UnknownNameError(f"run {run} has no market access: assess it with access")
    if format == "csv":
        return answer.csv_file(place.read_bytes(), f"{run}-{ACCESS}")
    from pandas import read_csv

    return answer.told({"run": run, "cities": read_csv(place).to_dict("records")})


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


def _folder(request: Request) -> Path:
    folder: Path = request.app.state.settings.data / RUNS
    return folder
