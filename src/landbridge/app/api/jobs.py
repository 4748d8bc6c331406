"""Jobs: what takes longer than a request may, asked for, followed, cancelled."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from landbridge.app.api import answer
from landbridge.app.api.errors import Refusal, RefusedError, responses
from landbridge.app.checks import Check
from landbridge.app.jobs import Jobs
from landbridge.app.jobstore import Job, Status

router = APIRouter(prefix="/jobs", tags=["jobs"])
Word = Annotated[str, Field(min_length=1, max_length=100)]
Seed = Annotated[int, Field(ge=0, lt=2**32)]
Year = Annotated[int, Field(ge=2000, le=2050)]
#: What one job may ask of the one worker there is; the command line takes more.
MOST_DRAWS = 5_000


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AssessIn(_Asked):
    """Assess a scenario: one of `/scenarios` by name, or a TOML text, or the tables of a form.

    The text is kept as a scenario of its own. The fields are those of `landbridge assess`.
    """

    kind: Literal["assess"]
    scenario: Word | None = None
    toml: Annotated[str, Field(max_length=200_000)] | None = None
    tables: dict[str, Any] | None = None
    draws: Annotated[int, Field(ge=0, le=MOST_DRAWS)] = 0
    seed: Seed | None = None
    alone: bool = True
    access: bool = False


class OutlookIn(_Asked):
    """Draw the years ahead: `landbridge outlook`."""

    kind: Literal["outlook"]
    scenarios: Annotated[list[Word], Field(min_length=1, max_length=4)]
    to: Year = 2036
    draws: Annotated[int, Field(ge=2, le=MOST_DRAWS)] = 200
    seed: Seed = 1
    as_of: Year | None = None
    hazards: Annotated[dict[Word, Annotated[float, Field(ge=0, le=1)]], Field(max_length=50)] = {}


class HubIn(_Asked):
    """What an economy means for freight between East Asia and Europe: `landbridge hub`."""

    kind: Literal["hub"]
    iso3: Word
    year: Year | None = None


class ReadIn(_Asked):
    """Read the documents that were sent once more: `landbridge evidence read`."""

    kind: Literal["read"]


class ValidateIn(_Asked):
    """Set the model beside published figures: `landbridge validate`; minutes the first time."""

    kind: Literal["validate"]
    what: Check


AskedIn = Annotated[AssessIn | OutlookIn | HubIn | ReadIn | ValidateIn, Field(discriminator="kind")]


class JobOut(BaseModel):
    """A job.

    Attributes
    ----------
    ahead : jobs before it in the queue; null where it does not wait
    made : what it wrote: {"run": name}, {"outlook": name} or {"documents": [names]}
    error : why it failed
    """

    id: str
    kind: str
    title: str
    asked: dict[str, Any]
    status: Status
    stage: str
    share: float
    ahead: int | None
    created: str
    started: str | None
    finished: str | None
    made: dict[str, Any]
    error: Refusal | None


class JobsOut(BaseModel):
    """Every job, the last asked for first."""

    jobs: list[JobOut]


@router.get("", response_model=JobsOut, responses=responses())
async def every(request: Request, format: answer.Format = "json") -> Any:
    """List the jobs, the last asked for first."""
    jobs = _jobs(request)
    found = [_out(jobs, job) for job in jobs.store.all()]
    if format == "csv":
        columns = ["id", "kind", "title", "status", "created", "started", "finished"]
        return answer.table([one.model_dump() for one in found], "jobs", columns)
    return JobsOut(jobs=found)


@router.post("", status_code=202, response_model=JobOut, responses=responses(400, 413, 429))
def start(request: Request, response: Response, asked: Annotated[AskedIn, Body()]) -> Any:
    """Start a job; `Location` says where to follow it. What cannot be asked is refused at once."""
    jobs = _jobs(request)
    title, fields = _prepared(request, asked)
    return _begun(response, jobs, jobs.submit(asked.kind, title, fields))


@router.get("/{job}", response_model=JobOut, responses=responses(404))
async def one(request: Request, job: str) -> Any:
    """Say how far a job is."""
    jobs = _jobs(request)
    return _out(jobs, jobs.store.get(job))


@router.delete("/{job}", response_model=JobOut, responses=responses(404, 409))
def cancel(request: Request, job: str) -> Any:
    """Cancel a job: what it half wrote is removed."""
    jobs = _jobs(request)
    return _out(jobs, jobs.cancel(job))


@router.post("/{job}/again", status_code=202, response_model=JobOut, responses=responses(404, 429))
def again(request: Request, response: Response, job: str) -> Any:
    """Ask the same once more."""
    jobs = _jobs(request)
    return _begun(response, jobs, jobs.again(job))


@router.get(
    "/{job}/result",
    response_model=dict[str, Any],
    responses=responses(404, 409),
)
def result(request: Request, job: str) -> Any:
    """Give what a job found: the object that the command line prints with `--json`."""
    jobs = _jobs(request)
    told = jobs.store.get(job)
    found = jobs.store.result(job) if told.status == "done" else None
    if found is None:
        what = f"the job {told.id} has no result: it is {told.status}"
        raise RefusedError(409, what, mend="wait until it is done, or ask it again")
    return answer.raw(found)


def _prepared(request: Request, asked: AskedIn) -> tuple[str, dict[str, Any]]:
    """Title of a job and what the worker is told, checked as far as that needs no world."""
    if isinstance(asked, AssessIn):
        return _assess(request, asked)
    if isinstance(asked, OutlookIn):
        return _outlook(request, asked)
    if isinstance(asked, HubIn):
        from landbridge.assess.hub import named
        from landbridge.routing.economies import economy_names

        code = named(asked.iso3, tuple(sorted(set(economy_names().values()))))
        return f"Hub {code}", {"iso3": code, "year": asked.year}
    if isinstance(asked, ValidateIn):
        return f"Validate {asked.what}", {"what": asked.what}
    limit = request.app.state.settings.limits.upload_bytes
    return "Read the documents again", {"files": [], "file_bytes": limit}


def _assess(request: Request, asked: AssessIn) -> tuple[str, dict[str, Any]]:
    from landbridge.app.scenarios import file_of, keep, refuse_large
    from landbridge.app.toml import scenario_toml
    from landbridge.scenario.read import read_file, read_text

    data = request.app.state.settings.data
    given = [one for one in (asked.scenario, asked.toml, asked.tables) if one is not None]
    if len(given) != 1:
        raise RefusedError(422, "give one of scenario, toml and tables", where="scenario")
    if asked.draws == 1:
        raise RefusedError(
            422, "1 draws make no band", where="draws", mend="ask for 2 or more, or 0 for none"
        )
    if asked.scenario is not None:
        path = file_of(data, asked.scenario)
        scenario, slug = read_file(path), path.stem
    else:
        text = asked.toml if asked.toml is not None else scenario_toml(asked.tables or {})
        refuse_large(text)
        scenario = read_text(text)
        slug = keep(data, text, scenario.slug)
    title = f"{scenario.name}, {scenario.year}" + (f", {asked.draws} draws" if asked.draws else "")
    fields = asked.model_dump(include={"draws", "seed", "alone", "access"})
    return title, {"scenario": slug, **fields}


def _outlook(request: Request, asked: OutlookIn) -> tuple[str, dict[str, Any]]:
    from landbridge.app.scenarios import file_of
    from landbridge.outlook.spec import BASELINE, checked

    data = request.app.state.settings.data
    paths = [n if n == BASELINE else str(file_of(data, n)) for n in asked.scenarios]
    names = [re.sub(r".*/|\.toml$", "", path) for path in paths]
    checked(paths, asked.to, asked.as_of, asked.hazards)
    folder = f"{'+'.join(names)[:120]}-{asked.to}-{asked.draws}-seed{asked.seed}"
    if asked.as_of is not None:
        folder += f"-as-of-{asked.as_of}"
    if asked.hazards:
        told = repr(sorted(asked.hazards.items()))
        folder += f"-{sha256(told.encode()).hexdigest()[:6]}"
    title = f"Outlook to {asked.to}: {', '.join(names)}"
    fields = asked.model_dump(include={"to", "draws", "seed", "as_of", "hazards"})
    return title, {"scenarios": names, "folder": folder, **fields}


def _begun(response: Response, jobs: Jobs, job: Job) -> JobOut:
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return _out(jobs, job)


def _out(jobs: Jobs, job: Job) -> JobOut:
    fields = {name: getattr(job, name) for name in Job.__dataclass_fields__}
    return JobOut(**fields, ahead=jobs.place(job))


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs
