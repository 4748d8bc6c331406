"""The application: API, pages and the files they are made of, behind one set of guards."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from landbridge import __version__
from landbridge.app import views

if TYPE_CHECKING:
    from landbridge.app.settings import Settings

HERE = Path(__file__).parent
API = "/api/v1"


def create_app(settings: Settings) -> FastAPI:
    """Make the application; nothing is loaded or built before the first page is out.

    Parameters
    ----------
    settings : see `landbridge.app.settings`

    Raises
    ------
    InputError
        Settings that would be unsafe.
    """
    settings = settings.checked()
    app = FastAPI(
        title="landbridge",
        version=__version__,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.mount("/bokeh", StaticFiles(directory=bokeh_files()), name="bokeh")
    app.include_router(views.router)
    return app


def bokeh_files() -> Path:
    """Folder of BokehJS inside the installed package, found without importing it."""
    spec = find_spec("bokeh")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("the package bokeh is not installed: pip install bokeh")
    return Path(spec.submodule_search_locations[0]) / "server" / "static" / "js"
