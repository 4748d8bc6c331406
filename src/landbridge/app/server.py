"""The application: API, pages and the files they are made of, behind one set of guards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from landbridge import __version__
from landbridge.app import views
from landbridge.app.desk import Desk
from landbridge.app.documents import Documents
from landbridge.app.jobs import Jobs
from landbridge.app.security import Guard
from landbridge.app.settings import EVIDENCE
from landbridge.errors import InputError

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.datastructures import State
    from starlette.types import ASGIApp, Receive, Scope, Send

    from landbridge.app.settings import Settings

HERE = Path(__file__).parent
API = "/api/v1"
#: The first page goes out before anything is loaded behind it.
WARM_AFTER_S = 0.5
_ABOUT = """\
The same contract as the command line: objects of `--json`, units in the names of fields, ISO 3166
alpha-3 for economies, UN/LOCODE for places. Tables also as CSV by `format=csv`. What is refused
answers `{"error": {"what", "where", "mend"}}`.
"""


def create_app(settings: Settings) -> Starlette:
    """Make the application; nothing is loaded or built before the first page is out.

    `state` of it, and of the API behind it, holds `settings`, `desk`, `jobs` and `documents`.

    Parameters
    ----------
    settings : see `landbridge.app.settings`

    Raises
    ------
    InputError
        Settings that would be unsafe, or a data folder that cannot be written.
    """
    settings = settings.checked()
    app = Starlette(
        routes=[
            *views.routes(),
            Mount("/static", StaticFiles(directory=HERE / "static")),
            Mount("/bokeh", StaticFiles(directory=bokeh_files())),
        ],
        middleware=[
            Middleware(Guard, settings=settings),
            Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5),
            Middleware(Api),
        ],
        exception_handlers={404: views.not_found},
        lifespan=_life,
    )
    try:
        app.state.settings, app.state.making = settings, asyncio.Lock()
        app.state.desk = Desk()
        app.state.jobs = Jobs(settings)
        app.state.documents = Documents(settings.folder(EVIDENCE))
    except OSError as error:
        reason = f"the data folder {settings.data} cannot be used: {error.strerror}"
        raise InputError(f"{reason}; name another with --data") from error
    return app


class Api:
    """Middleware that answers what begins with /api; the API is made when it is first asked.

    Parameters
    ----------
    app : what answers everything else
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self.app(scope, receive, send)
            return
        api = await made(scope["app"].state)
        await api(scope, receive, send)


async def made(state: State) -> FastAPI:
    """The API of an application's state, made once, while pages go out."""
    async with state.making:
        if not hasattr(state, "api"):
            state.api = await asyncio.to_thread(create_api, state)
    api: FastAPI = state.api
    return api


def create_api(state: State) -> FastAPI:
    """Make the API over the state of an application."""
    from fastapi import FastAPI

    from landbridge.app.api import RESOURCES, errors
    from landbridge.app.api.describe import describe

    api = FastAPI(
        title="landbridge",
        description=_ABOUT,
        version=__version__,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    api.state = state
    errors.install(api)
    for name in RESOURCES:
        api.include_router(import_module(f"landbridge.app.api.{name}").router, prefix=API)
    api.openapi = lambda: describe(api)  # type: ignore[method-assign]
    return api


def bokeh_files() -> Path:
    """Folder of BokehJS inside the installed package, found without importing it."""
    spec = find_spec("bokeh")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("the package bokeh is not installed: pip install bokeh")
    return Path(spec.submodule_search_locations[0]) / "server" / "static" / "js"


@asynccontextmanager
async def _life(app: Starlette) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.limits.working
    warming = asyncio.create_task(_warm(app.state))
    try:
        yield
    finally:
        warming.cancel()
        await asyncio.to_thread(app.state.jobs.close)
        app.state.desk.close()
        app.state.documents.close()


async def _warm(state: State) -> None:
    warm = state.settings.warm
    if warm:
        await asyncio.sleep(WARM_AFTER_S)
        await made(state)
    state.jobs.start(warm=warm)
    if warm:
        state.desk.warm()
