"""Where freight can go: lines, crossings, corridors, terminals, and places by name."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from landbridge.app.api import answer
from landbridge.app.api.errors import RefusedError, responses
from landbridge.app.localnames import LocalNames
from landbridge.app.search import Found, network_key, search, store

router = APIRouter(tags=["network"])

BASE_YEAR, FIRST_YEAR, LAST_YEAR = 2025, 2000, 2050
Year = Annotated[int, Query(ge=FIRST_YEAR, le=LAST_YEAR, description="Year of the answer.")]
Identifier = Annotated[str, Path(min_length=1, max_length=120)]


class StateOut(BaseModel):
    """Whether the network is loaded, and what is being done where it is not."""

    ready: bool
    stage: str
    share: float


class CountryOut(BaseModel):
    """A country's shape and names; see `LandOut`."""

    iso3: str
    name: str
    ru: str
    zh: str
    label: list[float]
    rank: int
    rings: list[list[list[int]]]


class CityOut(BaseModel):
    """A city to put on a map."""

    name: str
    ru: str
    zh: str
    iso3: str
    lon: float
    lat: float


class LandOut(BaseModel):
    """Country shapes: polygons of rings, each its first point and the steps to the next ones.

    Longitudes of rings are counted from `centre_lon`; those of labels from Greenwich.
    """

    unit_deg: float
    centre_lon: float
    countries: list[CountryOut]
    cities: list[CityOut]


class GroupOut(BaseModel):
    """Lines that look alike; see `LinesOut`."""

    mode: str
    gauge_mm: int
    section: str | None
    opens_year: int | None
    lines: list[list[int]]


class LinesOut(BaseModel):
    """Lines of the network: each its first point and the steps to the next, in `unit_deg`."""

    unit_deg: float
    groups: list[GroupOut]


class FeaturesOut(BaseModel):
    """The same lines as GeoJSON (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]]


class CrossingBrief(BaseModel):
    """A border crossing and what passing it takes; both directions."""

    id: str
    name: str
    name_a: str
    name_b: str
    economy_a: str
    economy_b: str
    mode: str
    lat: float
    lon: float
    gauge_a_mm: int | None
    gauge_b_mm: int | None
    open: bool
    status: str
    open_year: int | None
    hours_a_to_b: float
    hours_b_to_a: float
    cost_usd_feu_a_to_b: float
    cost_usd_feu_b_to_a: float
    capacity_feu_year: float | None


class CrossingsOut(BaseModel):
    """Every listed crossing in a year."""

    year: int
    crossings: list[CrossingBrief]


class SourceOut(BaseModel):
    """Where a row comes from."""

    source_title: str | None
    address: str | None
    as_of: str | None
    confidence: str | None
    rule: str | None
    note: str | None


class FigureOut(SourceOut):
    """A figure that was read about a crossing."""

    year: int
    direction: str
    hours: float | None
    cost_usd_feu: float | None
    sides: str
    unit_basis: str
    use: str


class DirectionOut(BaseModel):
    """Passing a crossing one way."""

    direction: str
    from_economy: str
    to_economy: str
    hours: float
    hours_sd: float
    cost_usd_feu: float
    sailing_h: float


class CrossingOut(CrossingBrief):
    """A crossing whole."""

    year: int
    economy_a_name: str
    economy_b_name: str
    local_a: LocalNames
    local_b: LocalNames
    directions: list[DirectionOut]
    basis: str
    own_figures: bool
    cargo: str | None
    closed: list[str]
    planned_year: int | None
    capacity_per_day: float | None
    capacity_unit: str | None
    gauge_break: bool
    source: SourceOut
    figures: list[FigureOut]


class CorridorBrief(SourceOut):
    """A named corridor."""

    id: str
    name: str
    name_short: str
    family: str
    bri: bool
    modes: list[str]
    stage: str
    ends: list[str]
    gates: list[list[str]]
    through: list[str]


class CorridorsOut(BaseModel):
    """Every named corridor."""

    year: int
    corridors: list[CorridorBrief]


class LineOut(BaseModel):
    """A stretch of a way."""

    mode: str
    crossing: str | None = None
    x: list[float]
    y: list[float]


class CorridorOut(CorridorBrief):
    """A corridor with the way through it, where one is open in the year."""

    year: int
    between: list[str]
    why: str
    lines: list[LineOut]
    distance_km: float | None = None
    time_h: float | None = None
    cost_usd_feu: float | None = None
    economies: list[str] = Field(default_factory=list)
    crossings: list[str] = Field(default_factory=list)


class TerminalBrief(BaseModel):
    """A place where cargo changes mode."""

    id: str
    name: str
    economy: str
    kind: str
    modes: list[str]
    lat: float
    lon: float
    un_locode: str | None
    open: bool
    stage: str
    open_year: int | None


class TerminalsOut(BaseModel):
    """Every terminal in a year."""

    year: int
    terminals: list[TerminalBrief]


class TerminalOut(TerminalBrief):
    """A terminal whole."""

    year: int
    economy_name: str
    local: LocalNames
    capacity: float | None
    capacity_unit: str | None
    capacity_feu_year: float | None
    throughput: float | None
    throughput_unit: str | None
    throughput_year: int | None
    source: SourceOut


class PlacesOut(BaseModel):
    """Places that a beginning of a name may mean."""

    places: list[Found]


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


@router.get("/crossings", response_model=CrossingsOut, responses=responses())
def crossings(year: Year = BASE_YEAR, format: answer.Format = "json") -> Any:
    """Every listed border crossing with hours, cost and capacity in a year."""
    from landbridge.app import posts

    rows = posts.crossings(year)
    if format == "csv":
        return answer.table([{"year": year, **row} for row in rows], f"crossings-{year}")
    return answer.told({"year": year, "crossings": rows})


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
    from landbridge.app import posts

    rows = posts.corridors()
    if format == "csv":
        flat = [
            {**row, "gates": ";".join("|".join(group) for group in row["gates"])} for row in rows
        ]
        return answer.table(flat, "corridors")
    return answer.told({"year": year, "corridors": rows})


@router.get("/corridors/{identifier}", response_model=CorridorOut, responses=responses(404, 429))
async def corridor(request: Request, identifier: Identifier, year: Year = BASE_YEAR) -> Response:
    """One corridor with the way through it between two of its ends, line by line."""
    from landbridge.app import posts
    from landbridge.exchange.runs import exact_json

    body = await request.app.state.desk.ask(
        ("corridor", identifier, year),
        lambda world: exact_json(posts.corridor(world, identifier, year)).encode(),
    )
    return answer.raw(body)


@router.get("/terminals", response_model=TerminalsOut, responses=responses())
def terminals(year: Year = BASE_YEAR, format: answer.Format = "json") -> Any:
    """Every terminal, with whether it works in a year."""
    from landbridge.app import posts

    rows = posts.terminals(year)
    if format == "csv":
        return answer.table([{"year": year, **row} for row in rows], f"terminals-{year}")
    return answer.told({"year": year, "terminals": rows})


@router.get("/terminals/{identifier}", response_model=TerminalOut, responses=responses(404))
def terminal(identifier: Identifier, year: Year = BASE_YEAR) -> Any:
    """One terminal with its capacity, traffic and source."""
    from landbridge.app import posts

    return answer.told(posts.terminal(identifier, year))


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
