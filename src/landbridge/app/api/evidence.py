"""Documents and what they say: facts in place, conflicts, search, what is known; uploads."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, UploadFile
from starlette.responses import Response

from landbridge.app import evidence, uploads
from landbridge.app.api import answer
from landbridge.app.api.errors import responses
from landbridge.app.api.evidence_out import (
    ConflictOut,
    ConflictsOut,
    DocumentOut,
    DocumentsOut,
    FactOut,
    FactsOut,
    HitsOut,
    MapOut,
    ReviewIn,
    ReviewOut,
    SentOut,
    TextOut,
)
from landbridge.app.documents import Documents
from landbridge.app.settings import EVIDENCE
from landbridge.evidence.search import Hit

router = APIRouter(prefix="/evidence", tags=["evidence"])


@router.get("/documents", response_model=DocumentsOut, responses=responses())
def documents(request: Request, format: answer.Format = "json") -> Any:
    """List the documents that were read."""
    found = evidence.documents(_held(request))
    if format == "csv":
        return answer.table(found, "documents")
    return DocumentsOut(documents=[DocumentOut(**one) for one in found])


@router.post(
    "/documents", status_code=202, response_model=SentOut, responses=responses(409, 413, 415, 429)
)
async def send(
    request: Request, response: Response, files: Annotated[list[UploadFile], File()]
) -> Any:
    """Send documents; they are read as a job, as `landbridge evidence read` reads them."""
    settings = request.app.state.settings
    names = await uploads.keep(files, settings.folder(EVIDENCE), settings.limits)
    title = f"Read {names[0]}" if len(names) == 1 else f"Read {len(names)} documents"
    asked = {"files": names, "file_bytes": settings.limits.upload_bytes}
    job = request.app.state.jobs.submit("read", title, asked)
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return SentOut(id=job.id, status=job.status, files=names)


@router.get("/documents/{name:path}", response_model=TextOut, responses=responses(404))
def document(request: Request, name: str, format: answer.Format = "json") -> Any:
    """Give a document with its text, its facts in place and its conflicts; as CSV its facts."""
    found = evidence.document(_held(request), name)
    if format == "csv":
        return answer.table(found["facts"], f"{name}-facts", list(FactOut.model_fields))
    return TextOut(**found)


@router.get("/facts", response_model=FactsOut, responses=responses())
def facts(
    request: Request,
    kind: str | None = None,
    doc: str | None = None,
    system: str | None = None,
    year: int | None = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 200,
    offset: Annotated[int, Query(ge=0)] = 0,
    format: answer.Format = "json",
) -> Any:
    """List facts; as CSV all that are asked for."""
    found = evidence.facts(_held(request), kind=kind, doc=doc, system=system, year=year)
    if format == "csv":
        return answer.table(found, "facts", list(FactOut.model_fields))
    shown = found[offset : offset + limit]
    return FactsOut(total=len(found), facts=[FactOut(**one) for one in shown])


@router.get("/conflicts", response_model=ConflictsOut, responses=responses())
def conflicts(request: Request, format: answer.Format = "json") -> Any:
    """List what disagrees, with quotes side by side; as CSV one row a quote."""
    found = evidence.conflicts(_held(request))
    if format == "csv":
        rows = [
            {key: one[key] for key in ("number", "type", "severity", "title", "explanation")}
            | quote
            for one in found
            for quote in one["quotes"]
        ]
        return answer.table(rows, "conflicts")
    return ConflictsOut(conflicts=[ConflictOut(**one) for one in found])


@router.get("/search", response_model=HitsOut, responses=responses())
def search(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=400)],
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    format: answer.Format = "json",
) -> Any:
    """Find passages, best first."""
    found = evidence.search(_held(request), q, limit)
    if format == "csv":
        return answer.table(found, "search")
    return HitsOut(query=q, hits=[Hit(**one) for one in found])


@router.get("/map", response_model=MapOut, responses=responses())
def known(
    request: Request,
    from_year: Annotated[int | None, Query(ge=1000, le=3000)] = None,
    to_year: Annotated[int | None, Query(ge=1000, le=3000)] = None,
    format: answer.Format = "json",
) -> Any:
    """Tell how much is known of each system in each year."""
    found = evidence.coverage(_held(request), from_year, to_year)
    if format == "csv":
        return answer.table(found["cells"], "known")
    return MapOut(**found)


@router.post("/reviews", status_code=201, response_model=ReviewOut, responses=responses())
def review(request: Request, asked: ReviewIn) -> Any:
    """Take down a person's word on a fact; who and when is kept, and nothing is ever lost."""
    made = evidence.review(_held(request), asked.fact, asked.decision, asked.who, asked.note)
    return ReviewOut(**{name: made[name] for name in ReviewOut.model_fields})


def _held(request: Request) -> Documents:
    held: Documents = request.app.state.documents
    return held
