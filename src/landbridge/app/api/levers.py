"""What can be changed: schemas and forms of levers, names their fields take, today's figures."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from landbridge.app.api import answer
from landbridge.app.api.errors import responses
from landbridge.app.form import Form, form_of
from landbridge.app.names import Name, Now, names, now

router = APIRouter(prefix="/levers", tags=["scenarios"])


class KindOut(BaseModel):
    """A kind of lever: its form, and the JSON schema that the form is made from."""

    kind: str
    what: str
    form: Form
    json_schema: dict[str, Any]


class KindsOut(BaseModel):
    """Every kind of lever."""

    kinds: list[KindOut]


class NamesOut(BaseModel):
    """Names that fields of levers take."""

    of: str
    names: list[Name]


class NowOut(BaseModel):
    """Quantities of a place in the base world."""

    now: list[Now]


@router.get("", response_model=KindsOut, responses=responses())
def kinds(format: answer.Format = "json") -> Any:
    """List every kind of lever with its form; as CSV one row a field."""
    from landbridge.levers.kinds import KINDS

    found = [_kind(kind) for kind in KINDS]
    if format == "csv":
        rows = [
            {"kind": one.kind, **field.model_dump(exclude={"default"})}
            for one in found
            for field in (*one.form.fields, *one.form.common)
        ]
        return answer.table(rows, "levers")
    return KindsOut(kinds=found)


@router.get("/names/{of}", response_model=NamesOut, responses=responses(404))
def names_of(of: str, format: answer.Format = "json") -> Any:
    """List the names that fields of levers take, of crossings or parties say."""
    found = names(of)
    if format == "csv":
        return answer.table([one.model_dump() for one in found], of)
    return NamesOut(of=of, names=list(found))


@router.get("/{kind}", response_model=KindOut, responses=responses(404))
def one_kind(kind: str) -> Any:
    """Give one kind of lever."""
    return _kind(kind)


@router.get("/{kind}/now", response_model=NowOut, responses=responses(404))
def now_of(
    kind: str,
    name: answer.Name,
    year: Annotated[int, Query(ge=1990, le=2050)] = 2025,
    format: answer.Format = "json",
) -> Any:
    """Tell what the quantities of a named crossing or commodity are in the base world."""
    form_of(kind)
    found = now(kind, name, year)
    if format == "csv":
        return answer.table([one.model_dump() for one in found], f"{kind}-now")
    return NowOut(now=list(found))


def _kind(kind: str) -> KindOut:
    from landbridge.levers.kinds import schema

    form = form_of(kind)
    return KindOut(kind=kind, what=form.what, form=form, json_schema=schema(kind))
