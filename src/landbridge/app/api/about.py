"""What there is: the addresses of the API, and how far the world behind it is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel

from landbridge import __version__
from landbridge.app.api.errors import responses

router = APIRouter(tags=["about"])


class WorldOut(BaseModel):
    """The world that routes are asked of: whether it is loaded, else how far."""

    ready: bool
    stage: str
    share: float


class ResourceOut(BaseModel):
    """An address, what it takes and what it gives."""

    path: str
    method: str
    what: str


class AboutOut(BaseModel):
    """The server."""

    name: str
    version: str
    world: WorldOut
    jobs_waiting: int
    openapi: str
    resources: list[ResourceOut]


@router.get("/", response_model=AboutOut, responses=responses())
async def about(request: Request) -> Any:
    """Say what there is."""
    app = request.app
    desk = app.state.desk
    found = [
        ResourceOut(
            path=path, method=method.upper(), what=told.get("description", "").partition("\n")[0]
        )
        for path, methods in app.openapi()["paths"].items()
        for method, told in methods.items()
    ]
    return AboutOut(
        name="landbridge",
        version=__version__,
        world=WorldOut(ready=desk.ready, stage=desk.stage, share=desk.share),
        jobs_waiting=len(app.state.jobs.waiting()),
        openapi=app.openapi_url,
        resources=found,
    )
