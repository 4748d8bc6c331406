"""Where freight can go: lines, crossings, corridors, terminals, and places by name."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from landbridge.app.api import answer
from landbridge.app.api.errors import RefusedError, responses
from landbridge.app.api.lines_out import FeaturesOut, LandOut, LinesOut
from landbridge.app.api.network_out import (
    CorridorOut,
    CorridorsOut,
    CrossingOut,
    CrossingsOut,
    PlacesOut,
    StateOut,
    TerminalOut,
    TerminalsOut,
)
from landbridge.app.search import network_key, search, store

router = APIRouter(tags=["network"])

BASE_YEAR, FIRST_YEAR, LAST_YEAR = 2025, 2000, 2050
Year = Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR, description="Year of the answer.")]
Identifier = Annotated[str, Path(min_length=1, max_length=120)]


@router.get("/network/state", response_model=StateOut, responses=responses())
def state(request: Request) -> Any:
    """Tell whether the network is loaded."""
    desk = request.app.state.desk
    return StateOut(ready=desk.ready, stage=desk.stage, share=desk.share)


@router.get("/network/land", response_model=LandOut, responses=responses())
def land() -> Any:
    """Country shapes of the maps; they need no network."""
    from landbridge.app.drawing.land import land_text

    return answer.raw(land_text().encode())


@router.get("/network/lines", response_model=LinesOut | FeaturesOut, responses=responses(429, 503))
async def lines(
    request: Request,
    year: Annotated[
        int | None,
        Query(ge=FIRST_YEAR, le=LAST_YEAR, description="Leave out sections not open then."),
    ] = None,
    west: Annotated[int | None, Query(ge=-180, le=170, multiple_of=10)] = None,
    south: Annotated[int | None, Query(ge=-90, le=80, multiple_of=10)] = None,
    format: Literal["json", "geojson"] = "json",
) -> Response:
    """Lines by mode and gauge: all from afar, or with `west` and `south` ten degrees closer."""
    from landbridge.app.drawing import overview

    desk, key = request.app.state.desk, network_key()
    if (west is None) != (south is None):
        raise RefusedError(422, "a tile needs both west and south", where="west, south")
    if west is None or south is None:
        body = await desk.ask(("lines",), lambda world: overview.overview_text(world, key).encode())
    else:
        body = await desk.ask(
            ("lines", west, south),
            lambda world: overview.close_text(world, key, west, south).encode(),
        )
    if year is not None or format == "geojson":
        body = await run_in_threadpool(_lines, body, year, format)
    return answer.raw(body)


def _lines(body: bytes, year: int | None, format: str) -> bytes:
    from landbridge.app.drawing.grid import degrees

    told = json.loads(body)
    if year is not None:
        told["groups"] = [g for g in told["groups"] if _works(g, year)]
    if format == "json":
        return json.dumps(told, separators=(",", ":")).encode()
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "MultiLineString",
                "coordinates": [degrees(line, told["unit_deg"]) for line in group["lines"]],
            },
            "properties": {name: group[name] for name in group if name != "lines"},
        }
        for group in told["groups"]
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _works(group: dict[str, Any], year: int) -> bool:
    if group["section"] is None:
        return True
    return group["opens_year"] is not None and group["opens_year"] <= year


def _of_year(name: str, rows: list[dict[str, Any]], year: int, format: answer.Format) -> Response:
    if format == "csv":
        return answer.table([{"year": year, **row} for row in rows], f"{name}-{year}")
    return answer.told({"year": year, name: rows})


@router.get("/crossings", response_model=CrossingsOut, responses=responses())
def crossings(year: Year = BASE_YEAR, format: answer.Format = "json") -> Any:
    """Every listed border crossing with hours, cost and capacity in a year."""
    from landbridge.app import posts

    return _of_year("crossings", posts.crossings(year), year, format)


@router.get("/crossings/{identifier}", response_model=CrossingOut, responses=responses(404))
def crossing(identifier: Identifier, year: Year = BASE_YEAR, format: answer.Format = "json") -> Any:
    """One crossing with every figure read about it; as CSV a row a direction, then the figures."""
    from landbridge.app import posts

    found = posts.crossing(identifier, year)
    if format == "csv":
        own = {"id": identifier, "name": found["name"]}
        taken = [
            {**own, "what": "taken by the model", "year": year, **one}
            for one in found["directions"]
        ]
        read = [{**own, "what": "read", **one} for one in found["figures"]]
        return answer.table([*taken, *read], identifier)
    return answer.told(found)


@router.get("/corridors", response_model=CorridorsOut, responses=responses())
def corridors(year: Year = BASE_YEAR, format: answer.Format = "json") -> Any:
    """Every named corridor with its gates and source."""
    from landbridge.app import corridors as corridors_told

    rows = corridors_told.corridors()
    if format == "csv":
        flat = [
            {**row, "gates": ";".join("|".join(group) for group in row["gates"])} for row in rows
        ]
        return answer.table(flat, "corridors")
    return answer.told({"year": year, "corridors": rows})


@router.get("/corridors/{identifier}", response_model=CorridorOut, responses=responses(404, 429))
async def corridor(request: Request, identifier: Identifier, year: Year = BASE_YEAR) -> Response:
    """One corridor with the way through it between two of its ends, line by line."""
    from landbridge.app import corridors as corridors_told
    from landbridge.exchange.runs import exact_json

    body = await request.app.state.desk.ask(
        ("corridor", identifier, year),
        lambda world: exact_json(corridors_told.corridor(world, identifier, year)).encode(),
    )
    return answer.raw(body)


@router.get("/terminals", response_model=TerminalsOut, responses=responses())
def terminals(year: Year = BASE_YEAR, format: answer.Format = "json") -> Any:
    """Every terminal, with whether it works in a year."""
    from landbridge.app import terminals as terminals_told

    return _of_year("terminals", terminals_told.terminals(year), year, format)


@router.get("/terminals/{identifier}", response_model=TerminalOut, responses=responses(404))
def terminal(identifier: Identifier, year: Year = BASE_YEAR) -> Any:
    """One terminal with its capacity, traffic and source."""
    from landbridge.app import terminals as terminals_told

    return answer.told(terminals_told.terminal(identifier, year))


@router.get("/places", response_model=PlacesOut, responses=responses(503))
def places(
    q: Annotated[str, Query(min_length=1, max_length=80, description="Beginning of a name.")],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Any:
    """Cities, terminals and crossings by the beginning of a name, in any script, or UN/LOCODE."""
    path = store()
    if path is None:
        raise RefusedError(
            503, "the network is still being built", mend="ask again in a while", after_s=10
        )
    return PlacesOut(places=search(path, q, limit))
