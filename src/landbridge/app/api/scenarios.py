"""Scenarios: those known, what one holds, what is wrong with one, what a run answers it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from landbridge.app.api import answer
from landbridge.app.api.errors import ProblemOut, RefusedError, responses

if TYPE_CHECKING:
    from landbridge.app.settings import Settings
    from landbridge.scenario import Scenario
    from landbridge.world import World

router = APIRouter(tags=["scenarios"])
Language = Literal["en", "ru", "kk", "zh"]


class BriefOut(BaseModel):
    """A scenario in one row.

    Attributes
    ----------
    id : its short name
    shipped : whether it comes with the package; else it was made here
    """

    id: str
    name: str
    question: str
    year: int
    baseline_year: int
    lever_count: int
    systems: list[str]
    shipped: bool


class ScenariosOut(BaseModel):
    """Every scenario known."""

    scenarios: list[BriefOut]


class SourceOut(BaseModel):
    """What a scenario rests on."""

    title: str
    address: str = ""
    as_of: str = ""


class LeverOut(BaseModel):
    """A lever of a scenario: what it does and where its size comes from."""

    lever: int
    kind: str
    describe: str
    source: str


class ScenarioOut(BriefOut):
    """A scenario whole.

    Attributes
    ----------
    toml : its text
    tables : its tables, for a form
    """

    description: str
    sources: list[SourceOut]
    levers: list[LeverOut]
    sha256: str
    toml: str
    tables: dict[str, Any]


class CoverageOut(BaseModel):
    """Which scenarios exercise each system and corridor."""

    systems: dict[str, list[str]]


class CheckedOut(BaseModel):
    """What is wrong with a scenario, and what it says.

    Attributes
    ----------
    sound : whether it can be assessed; only then nothing is wrong
    problems : all at once, each with the lever and field it is about
    toml : its text
    scenario : its tables, for a form; null where the text is no TOML
    describes : what each lever does, by its number from 1
    names_checked : whether names of places and economies were looked up; not before the world is
        loaded
    """

    sound: bool
    problems: list[ProblemOut]
    toml: str
    scenario: dict[str, Any] | None
    describes: dict[int, str]
    names_checked: bool


class AnswerOut(BaseModel):
    """What a run answers, in four sentences: incomes, freight, borders, emissions."""

    run: str
    language: Language
    sentences: list[str]


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


_TOLD = ("economies", "corridors", "crossings", "bands")
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


@router.get("/runs/{run}/answer", response_model=AnswerOut, responses=responses(404))
def answered(request: Request, run: str, language: Language = "en") -> Any:
    """Give the four sentences of a run, as its brief says them."""
    from landbridge.app.runs import read
    from landbridge.app.settings import RUNS
    from landbridge.brief.answer import Speaker
    from landbridge.brief.told import told

    found = read(_settings(request).data / RUNS, run)
    tables = {name: found.table(name) for name in _TOLD}
    said = Speaker(language).sentences(told(tables, found.about))
    return AnswerOut(run=run, language=language, sentences=list(said))


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
        problems=[ProblemOut(**one) for one in found.problems],
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
