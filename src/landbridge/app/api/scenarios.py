"""Scenarios: those known, what one holds, what is wrong with one."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool

from landbridge.app.api import answer
from landbridge.app.api.errors import RefusedError, responses
from landbridge.app.api.scenario_out import (
    BriefOut,
    CheckedOut,
    CoverageOut,
    LeverOut,
    ScenarioOut,
    ScenariosOut,
    SourceOut,
)
from landbridge.scenario.problems import Problem

if TYPE_CHECKING:
    from landbridge.app.settings import Settings
    from landbridge.scenario import Scenario
    from landbridge.world import World

router = APIRouter(tags=["scenarios"])


@router.get("/scenarios", response_model=ScenariosOut, responses=responses())
def scenarios(request: Request, format: answer.Format = "json") -> Any:
    """List the scenarios: those shipped, then those made here."""
    from landbridge.app.scenarios import file_of, own_slugs
    from landbridge.errors import InputError
    from landbridge.scenario import shipped
    from landbridge.scenario.read import read_file

    data = _settings(request).data
    found = [_brief(one, shipped=True) for one in shipped()]
    for slug in own_slugs(data):
        try:
            found.append(_brief(read_file(file_of(data, slug)), shipped=False))
        except InputError:
            continue
    if format == "csv":
        return answer.table([one.model_dump() for one in found], "scenarios")
    return ScenariosOut(scenarios=found)


@router.get("/scenarios/coverage", response_model=CoverageOut, responses=responses())
def covered(format: answer.Format = "json") -> Any:
    """Tell which scenarios exercise which system and corridor of the Belt and Road."""
    from landbridge.scenario import coverage

    found = coverage()
    if format == "csv":
        rows = [{"system": system, "scenarios": slugs} for system, slugs in found.items()]
        return answer.table(rows, "coverage")
    return CoverageOut(systems={system: list(slugs) for system, slugs in found.items()})


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/toml": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "object"}},
        },
    }
}


@router.post(
    "/scenarios/check",
    response_model=CheckedOut,
    responses=responses(400, 413, 415),
    openapi_extra=_BODY,
)
async def check(request: Request) -> Any:
    """Find every problem of a scenario at once: a TOML text, or its tables as JSON.

    `lever` of the JSON object is the list of levers.
    """
    from landbridge.app.checking import checked

    given = _given(request.headers.get("content-type", ""), await request.body())
    desk = getattr(request.app.state, "desk", None)
    if desk is None or not desk.ready:
        found = await run_in_threadpool(lambda: _checked_json(checked(given)))
    else:
        key = ("check", sha256(json.dumps(given, sort_keys=True).encode()).hexdigest())

        def look(world: World) -> bytes:
            return _checked_json(checked(given, world))

        found = await desk.ask(key, look)
    return answer.raw(found)


@router.get("/scenarios/{name}", response_model=ScenarioOut, responses=responses(404))
def scenario(
    request: Request,
    name: str,
    format: Annotated[str, Query(pattern="^(json|csv|toml)$")] = "json",
) -> Any:
    """Give a scenario; as CSV its levers, as TOML its text."""
    from landbridge.app.checking import checked
    from landbridge.app.scenarios import file_of
    from landbridge.scenario.files import text_of
    from landbridge.scenario.read import read_file
    from landbridge.scenario.shipped import FOLDER

    path = file_of(_settings(request).data, name)
    text = text_of(path)
    if format == "toml":
        return _toml_file(text, path.stem)
    read = read_file(path)
    levers = [
        LeverOut(lever=n, kind=lever.kind, describe=lever.describe(), source=lever.source)
        for n, lever in enumerate(read.levers, start=1)
    ]
    if format == "csv":
        return answer.table([one.model_dump() for one in levers], path.stem)
    return ScenarioOut(
        **_brief(read, shipped=path.parent == FOLDER).model_dump(),
        description=read.description,
        sources=[SourceOut(**source.model_dump()) for source in read.sources],
        levers=levers,
        sha256=read.sha256,
        toml=text,
        tables=checked(text).scenario or {},
    )


def _given(sort: str, body: bytes) -> str | dict[str, Any]:
    """The text or the tables that a body holds."""
    from landbridge.app.scenarios import refuse_large
    from landbridge.app.toml import scenario_toml

    try:
        text = body.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise RefusedError(400, "the body is not UTF-8", mend="send text as UTF-8") from None
    if not sort.startswith("application/json"):
        refuse_large(text)
        return text
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, f"the body is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise RefusedError(422, "the JSON is no object", mend="send the tables of a scenario")
    refuse_large(scenario_toml(found))
    return found


def _checked_json(found: Any) -> bytes:
    told = CheckedOut(
        sound=not found.problems,
        problems=[Problem(**one) for one in found.problems],
        toml=found.toml,
        scenario=found.scenario,
        describes=found.describes,
        names_checked=found.names_checked,
    )
    return told.model_dump_json().encode()


def _toml_file(text: str, slug: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{slug}.toml"'}
    return PlainTextResponse(text, headers=headers, media_type="application/toml")


def _brief(one: Scenario, *, shipped: bool) -> BriefOut:
    return BriefOut(
        id=one.slug,
        name=one.name,
        question=one.question,
        year=one.year,
        baseline_year=one.baseline_year,
        lever_count=len(one.levers),
        systems=list(one.systems),
        shipped=shipped,
    )


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found
