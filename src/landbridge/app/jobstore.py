"""Records of jobs as files in the data folder: whole or absent, there after a restart."""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from landbridge.errors import UnknownNameError

Status = Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]
OVER: tuple[Status, ...] = ("done", "failed", "cancelled", "interrupted")
KEPT = 500
_ID = re.compile(r"\d{8}-\d{6}-\d{6}-[0-9a-f]{4}")


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work that takes longer than a request may.

    Attributes
    ----------
    id : begins with the time it was asked for, so that ids sort by age
    kind : assess, outlook, hub or read
    title : for people
    asked : what was asked, enough to ask it again
    status : queued, running, done, failed, cancelled, interrupted (the server ended meanwhile)
    stage, share : what is being done, and how much of it is, 0 to 1
    created, started, finished : UTC
    made : what it wrote, by kind: {"run": name}, {"outlook": name}, {"documents": [names]}
    error : why it failed: what, where, mend
    """

    id: str
    kind: str
    title: str
    asked: Mapping[str, Any]
    status: Status = "queued"
    stage: str = "waiting"
    share: float = 0.0
    created: str = ""
    started: str | None = None
    finished: str | None = None
    made: Mapping[str, Any] = field(default_factory=dict)
    error: Mapping[str, Any] | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in OVER


def now() -> str:
    """The time as records tell it, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def new_job(kind: str, title: str, asked: Mapping[str, Any]) -> Job:
    """A job that waits."""
    stamp = datetime.now(UTC)
    identifier = f"{stamp:%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}"
    return Job(identifier, kind, title, dict(asked), created=now())


class JobStore:
    """Jobs as files `ID.json`, results as `ID.result.json`.

    Parameters
    ----------
    folder : where they lie; it is there

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = JobStore(Path(folder))
    ...     job = store.put(new_job("hub", "Hub KAZ", {"iso3": "KAZ"}))
    ...     JobStore(Path(folder)).get(job.id).title
    'Hub KAZ'
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._jobs: dict[str, Job] = {}
        for path in sorted(folder.glob("*.json")):
            if _ID.fullmatch(path.stem) and (job := _read(path)) is not None:
                self._jobs[job.id] = job

    def all(self) -> list[Job]:
        """Every job, the last asked for first."""
        return [self._jobs[key] for key in sorted(self._jobs, reverse=True)]

    def get(self, identifier: str) -> Job:
        """A job by its id.

        Raises
        ------
        UnknownNameError
            There is none.
        """
        try:
            return self._jobs[identifier]
        except KeyError:
            raise UnknownNameError(f"unknown job {identifier[:60]!r}") from None

    def put(self, job: Job, *, keep: bool = True) -> Job:
        """Take a job down; `keep` False leaves the file as it is, for what a restart may forget."""
        self._jobs[job.id] = job
        if keep:
            _write(self.folder / f"{job.id}.json", asdict(job))
            self._make_room()
        return job

    def change(self, identifier: str, *, keep: bool = True, **fields: Any) -> Job:
        """Take down that something of a job is otherwise now."""
        return self.put(replace(self.get(identifier), **fields), keep=keep)

    def put_result(self, identifier: str, result: Any) -> None:
        """Keep what a job found."""
        _write(self.folder / f"{identifier}.result.json", result)

    def result(self, identifier: str) -> bytes | None:
        """What a job found, as JSON; None where there is nothing."""
        try:
            return (self.folder / f"{self.get(identifier).id}.result.json").read_bytes()
        except OSError:
            return None

    def remove(self, identifier: str) -> None:
        """Forget a job; what it made stays."""
        self._jobs.pop(identifier, None)
        for ending in (".json", ".result.json"):
            (self.folder / f"{identifier}{ending}").unlink(missing_ok=True)

    def _make_room(self) -> None:
        old = [job.id for job in self.all() if job.over][KEPT:]
        for identifier in old:
            self.remove(identifier)


def _read(path: Path) -> Job | None:
    try:
        return Job(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, value: Any) -> None:
    from landbridge.exchange.runs import exact_json

    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(exact_json(value))
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
