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
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from landbridge import __version__
from landbridge.app import views
from landbridge.app.api import RESOURCES, errors
from landbridge.app.desk import Desk
from landbridge.app.documents import Documents
from landbridge.app.jobs import Jobs
from landbridge.app.security import Guard
from landbridge.app.settings import EVIDENCE
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.app.settings import Settings

HERE = Path(__file__).parent
API = "/api/v1"
#: The first page goes out before anything is loaded behind it.
WARM_AFTER_S = 1.0
_ABOUT = """\
The same contract as the command line: objects of `--json`, units in the names of fields, ISO 3166
alpha-3 for economies, UN/LOCODE for places. Tables also as CSV by `format=csv`. What is refused
answers `{"error": {"what", "where", "mend"}}`.
"""


def create_app(settings: Settings) -> FastAPI:
    """Make the application; nothing is loaded or built before the first page is out.

    Parameters
    ----------
    settings : see `landbridge.app.settings`

    Raises
    ------
    InputError
        Settings that would be unsafe, or a data folder that cannot be written.
    """
    settings = settings.checked()
    app = FastAPI(
        title="landbridge",
        description=_ABOUT,
        version=__version__,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_life,
    )
    try:
        app.state.settings = settings
        app.state.desk = Desk()
        app.state.jobs = Jobs(settings)
        app.state.documents = Documents(settings.folder(EVIDENCE))
    except OSError as error:
        reason = f"the data folder {settings.data} cannot be used: {error.strerror}"
        raise InputError(f"{reason}; name another with --data") from error
    errors.install(app)
    for name in RESOURCES:
        app.include_router(import_module(f"landbridge.app.api.{name}").router, prefix=API)
    app.include_router(views.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.mount("/bokeh", StaticFiles(directory=bokeh_files()), name="bokeh")
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=5)
    app.add_middleware(Guard, settings=settings)
    return app


def bokeh_files() -> Path:
    """Folder of BokehJS inside the installed package, found without importing it."""
    spec = find_spec("bokeh")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("the package bokeh is not installed: pip install bokeh")
    return Path(spec.submodule_search_locations[0]) / "server" / "static" / "js"


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.limits.working
    warming = asyncio.get_running_loop().call_later(
        WARM_AFTER_S if settings.warm else 0.0, _warm, app
    )
    try:
        yield
    finally:
        warming.cancel()
        await asyncio.to_thread(app.state.jobs.close)
        app.state.desk.close()
        app.state.documents.close()


def _warm(app: FastAPI) -> None:
    warm = app.state.settings.warm
    app.state.jobs.start(warm=warm)
    if warm:
        app.state.desk.warm()
