"""From one place to another: the ways side by side, as `landbridge route --json` gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from landbridge.app.api import answer
from landbridge.app.api.errors import responses
from landbridge.app.api.network import BASE_YEAR, Year
from landbridge.app.api.network_out import LineOut

if TYPE_CHECKING:
    from landbridge.routing.results import Route
    from landbridge.world import World

router = APIRouter(tags=["route"])

_MOST = 20
_RATES = {
    "rail": ("rates_land", "speeds"),
    "road": ("rates_land", "speeds"),
    "sea": ("rates_sea", "sea_market"),
    "ferry": ("rates_ferry",),
    "air": ("rates_air",),
}
_ALWAYS = ("terminal_times", "terminal_charges", "emissions", "cargo_classes")

Place = Annotated[str, Query(min_length=1, max_length=120)]
Names = Annotated[list[str] | None, Query(max_length=60)]


class PlaceOut(BaseModel):
    """A place as it was understood."""

    name: str
    kind: str
    economy: str
    un_locode: str | None
    lat: float
    lon: float
    note: str


class WayOut(BaseModel):
    """One way; `legs` are those of `landbridge route --json`."""

    corridor: str
    corridor_name: str
    name: str
    modes: list[str]
    distance_km: float
    time_h: float
    time_sd_h: float
    cost_usd_feu: float
    co2_kg_feu: float
    generalised_usd_feu: float
    economies: list[str]
    crossings: list[str]
    chokepoints: list[str]
    legs: list[dict[str, Any]]
    lines: list[LineOut] | None = None


class RestsOnOut(BaseModel):
    """A source of the figures of a route."""

    table: str
    title: str
    address: str | None
    as_of: str | None
    confidence: str | None


class RouteOut(BaseModel):
    """The ways between two places, best first."""

    origin: PlaceOut
    destination: PlaceOut
    year: int
    cargo: str
    by: str
    routes: list[WayOut]
    notes: list[str]
    attribution: str
    sources: list[RestsOnOut]


@router.get("/cargo", responses=responses())
def cargo() -> dict[str, list[dict[str, str]]]:
    """Classes of cargo that a route may be asked for."""
    from landbridge import facts

    rows = facts.rows("cargo_classes")
    return {"cargo": [{"id": row.id, "name": row.name} for row in rows]}


@router.get("/route", response_model=RouteOut, responses=responses(404, 429))
async def route(
    request: Request,
    from_: Annotated[Place, Query(alias="from", description="City, UN/LOCODE, lat,lon, …")],
    to: Place,
    year: Year = BASE_YEAR,
    cargo: Annotated[str, Query(max_length=40)] = "general",
    modes: Names = None,
    by: Annotated[str, Query(max_length=20)] = "generalised",
    via: Annotated[str | None, Query(max_length=80)] = None,
    avoid: Names = None,
    close: Names = None,
    alternatives: Annotated[int, Query(ge=1, le=_MOST, description="At most so many ways.")] = 8,
    geometry: bool = False,
    table: Literal["ways", "legs"] = "ways",
    format: answer.Format = "json",
) -> Response:
    """The ways from one place to another; names in lists may repeat or stand with commas.

    `format=csv` gives the ways, or with `table=legs` their legs.
    """
    asked = {
        "cargo": cargo,
        "modes": _words(modes) or None,
        "by": by,
        "via": via or None,
        "avoid": _words(avoid),
        "close": _words(close),
    }
    kind = table if format == "csv" else "json"
    key = ("route", from_, to, year, repr(asked), alternatives, geometry, kind)

    def question(world: World) -> bytes:
        return _answered(world, from_, to, year, asked, alternatives, geometry, kind)

    body = await request.app.state.desk.ask(key, question)
    if format == "csv":
        return answer.csv_file(body, f"{table}-{from_}-{to}-{year}")
    return answer.raw(body)


def _answered(
    world: World,
    start: str,
    end: str,
    year: int,
    asked: dict[str, Any],
    most: int,
    geometry: bool,
    kind: str,
) -> bytes:
    from landbridge.brief.names import short_name
    from landbridge.exchange.json import dumps, route_object
    from landbridge.exchange.sources import ATTRIBUTION
    from landbridge.routing.metrics import parse_by

    told = world.at(year).route(
        start.strip(), end.strip(), **{**asked, "by": parse_by(asked["by"])}
    )
    made = route_object(told)
    made["routes"] = made["routes"][:most]
    for way, shown in zip(told.routes, made["routes"], strict=False):
        shown["name"] = short_name(way)
        if geometry:
            shown["lines"] = _lines(way)
    if kind == "ways":
        return answer.csv_text([_way(k, way) for k, way in enumerate(made["routes"], 1)]).encode()
    if kind == "legs":
        rows = [
            {"way": k, "corridor": way["corridor"], "leg": n, **leg}
            for k, way in enumerate(made["routes"], 1)
            for n, leg in enumerate(way["legs"], 1)
        ]
        return answer.csv_text(rows).encode()
    made["attribution"] = ATTRIBUTION
    made["sources"] = _sources(told.routes[:most])
    return dumps(made).encode()


def _way(rank: int, way: dict[str, Any]) -> dict[str, Any]:
    return {"way": rank, **{name: way[name] for name in way if name not in ("legs", "lines")}}


def _lines(way: Route) -> list[dict[str, Any]]:
    from landbridge.app.corridors import thinned

    return [
        {"mode": leg.mode, "crossing": leg.crossing, **thinned(leg.lon, leg.lat)}
        for leg in way.legs
        if len(leg.lat) > 0
    ]


def _sources(ways: tuple[Route, ...]) -> list[dict[str, Any]]:
    """Sources of the rates by the modes used and of the crossings passed, each once."""
    from landbridge import facts

    modes = {leg.mode for way in ways for leg in way.legs}
    tables = [name for mode in _RATES if mode in modes for name in _RATES[mode]]
    passed = {crossing for way in ways for crossing in way.crossings}
    rows = [(name, row) for name in dict.fromkeys((*tables, *_ALWAYS)) for row in facts.rows(name)]
    if passed:
        rows += [("border_rules", row) for row in facts.rows("border_rules")]
        rows += [("crossings", row) for row in facts.rows("crossings") if row.id in passed]
        rows += [
            ("crossing_dwell", row) for row in facts.rows("crossing_dwell") if row.key in passed
        ]
    found = {
        (name, row.source_title): {
            "table": name,
            "title": row.source_title,
            "address": row.address,
            "as_of": None if row.as_of is None else str(row.as_of),
            "confidence": row.confidence,
        }
        for name, row in rows
        if getattr(row, "source_title", None)
    }
    return list(found.values())


def _words(names: list[str] | None) -> tuple[str, ...]:
    return tuple(word.strip() for name in names or () for word in name.split(",") if word.strip())
