"""What a run answers: in four sentences, and as a brief, drawn when first asked for."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from pydantic import BaseModel

from landbridge.app import runs as kept
from landbridge.app.api.errors import RefusedError, responses
from landbridge.app.settings import RUNS

router = APIRouter(prefix="/runs", tags=["runs"])
Kind = Literal["html", "pdf", "docx"]
Language = Literal["en", "ru", "kk", "zh"]
BRIEFS = "briefs"
_TOLD = ("economies", "corridors", "crossings", "bands")
_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: Drawing keeps its settings in one place for the whole process.
_DRAWING = threading.Lock()
_WAITING: list[str] = []


class AnswerOut(BaseModel):
    """What a run answers, in four sentences: incomes, freight, borders, emissions."""

    run: str
    language: Language
    sentences: list[str]


@router.get("/{run}/answer", response_model=AnswerOut, responses=responses(404))
def answered(request: Request, run: str, language: Language = "en") -> Any:
    """Give the four sentences of a run, as its brief says them."""
    from landbridge.brief.answer import Speaker
    from landbridge.brief.told import told

    found = kept.read(request.app.state.settings.data / RUNS, run)
    tables = {name: found.table(name) for name in _TOLD}
    said = Speaker(language).sentences(told(tables, found.about))
    return AnswerOut(run=run, language=language, sentences=list(said))


@router.get(
    "/{run}/brief",
    response_class=Response,
    responses={
        **responses(404, 429, 501),
        200: {"content": {kind: {} for kind in _TYPES.values()}, "description": "The brief"},
    },
)
def brief(
    request: Request,
    run: str,
    format: Annotated[Kind, Query(description="What it is written as.")] = "html",
    language: Annotated[Language, Query(description="Of its words and numbers.")] = "en",
) -> FileResponse:
    """Give what a think tank publishes of a run: two to four pages, as `landbridge brief`."""
    found = kept.read(request.app.state.settings.data / RUNS, run)
    settings = request.app.state.settings
    place = _brief(settings.folder(BRIEFS), found, format, language, settings.limits.briefs)
    shown = "inline" if format != "docx" else "attachment"
    name = f"{run}-{language}.{format}"
    return FileResponse(
        place, media_type=_TYPES[format], filename=name, content_disposition_type=shown
    )


def _brief(folder: Path, run: Any, format: Kind, language: Language, most: int) -> Path:
    """The brief of a run, made where there is none of this very run."""
    from hashlib import sha256

    told = sha256((run.folder / kept.ABOUT).read_bytes()).hexdigest()[:12]
    place = folder / f"{run.folder.name}-{told}-{language}.{format}"
    if place.is_file():
        return place
    if len(_WAITING) >= most:
        what = f"{most} briefs are being drawn already"
        raise RefusedError(429, what, mend="ask again in a while", after_s=15)
    _WAITING.append(place.name)
    try:
        _draw(folder, run, place, format, language)
    finally:
        _WAITING.remove(place.name)
    return place


def _draw(folder: Path, run: Any, place: Path, format: Kind, language: Language) -> None:
    with _DRAWING:
        if not place.is_file():
            for old in folder.glob(f"{run.folder.name}-*-{language}.{format}"):
                old.unlink(missing_ok=True)
            _write_brief(run, place, format, language)


def _write_brief(run: Any, place: Path, format: Kind, language: Language) -> None:
    from landbridge.brief.briefing import write_brief

    with tempfile.TemporaryDirectory(prefix=".brief-", dir=place.parent) as scratch:
        (made,) = write_brief(run.folder, Path(scratch), language, (format,))
        made.replace(place)
