"""The six pages: each is one template; what it shows comes from the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from landbridge import __version__

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


def routes() -> list[Route]:
    """Every page; the first is also at `/`."""
    found = [Route(f"/{page.id}", _view(page), name=page.id) for page in PAGES]
    return [Route("/", _view(PAGES[0])), *found]


async def not_found(request: Request, error: Exception) -> Response:
    """The answer to an address without a page."""
    return _shown(request, Page("missing", "No such page", "The pages are named above"), 404)


def _view(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def view(request: Request) -> Response:
        return _shown(request, page)

    return view


def _shown(request: Request, page: Page, status: int = 200) -> Response:
    told = {"page": page, "pages": PAGES, "version": __version__}
    return _templates.TemplateResponse(request, f"{page.id}.html", told, status)
