"""The six pages: each is one template; what it shows comes from the API."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.templating import Jinja2Templates

from landbridge import __version__

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_templates = Jinja2Templates(directory=Path(__file__).parent / "templates")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its id is its address, its template and the start of its files' names."""

    id: str
    title: str
    about: str


PAGES = (
    Page("map", "Map", "The network, its corridors and crossings, and what they carry"),
    Page("route", "Route", "From one place to another: the ways side by side"),
    Page("scenario", "Scenario", "Change something, and see who wins and who loses"),
    Page("outlook", "Outlook", "The years ahead, in bands"),
    Page("evidence", "Evidence", "What documents say, quote by quote, and where they disagree"),
    Page("economy", "Economy", "What an economy makes, and whom it sells to"),
)


def _show(request: Request, page: Page) -> HTMLResponse:
    shown = {"page": page, "pages": PAGES, "version": __version__}
    return _templates.TemplateResponse(request, f"{page.id}.html", shown)


def _add(page: Page, path: str) -> None:
    def view(request: Request) -> HTMLResponse:
        return _show(request, page)

    router.add_api_route(path, view, methods=["GET"], name=page.id)


for _page in PAGES:
    _add(_page, f"/{_page.id}")
_add(PAGES[0], "/")
