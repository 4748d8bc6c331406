"""The model beside published figures, misfits included, as far as jobs have worked it out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from landbridge.app.api import answer
from landbridge.app.api.errors import responses
from landbridge.app.checks import CHECKS
from landbridge.validate.targets import Target

router = APIRouter(prefix="/validate", tags=["about"])


@dataclass(frozen=True)
class TargetOut(Target):
    """One figure of the model beside the published one, and the check it is of."""

    check: str


class TargetsOut(BaseModel):
    """Targets of the checks that were made; `left_out` are those that a job has still to make."""

    targets: list[TargetOut]
    made: dict[str, str]
    left_out: list[str]


@router.get("", response_model=TargetsOut, responses=responses())
def targets(request: Request, format: answer.Format = "json") -> Any:
    """Give every check's last answer; POST /jobs {"kind": "validate", "what": …} makes one."""
    store = request.app.state.jobs.store
    made: dict[str, str] = {}
    found: list[TargetOut] = []
    for job in store.all():
        check = job.asked.get("what")
        if job.kind == "validate" and job.status == "done" and check not in made:
            told = json.loads(store.result(job.id) or b'{"targets": []}')["targets"]
            made[check] = job.finished or ""
            found += [TargetOut(check=check, **one) for one in told]
    if format == "csv":
        columns = ["check", *(field.name for field in fields(Target))]
        return answer.table([asdict(one) for one in found], "validate", columns)
    return TargetsOut(targets=found, made=made, left_out=[c for c in CHECKS if c not in made])
