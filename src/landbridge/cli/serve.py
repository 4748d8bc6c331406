"""`landbridge serve`: the whole program in a browser, offline."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from landbridge.cli import say
from landbridge.errors import LandbridgeError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; any but this machine's asks for a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65535)] = 8000,
    data: Annotated[
        Path, typer.Option(help="Folder for runs, outlooks, documents and jobs.", metavar="DIR")
    ] = Path("landbridge-data"),
    token: Annotated[
        str,
        typer.Option(
            help="Secret that every visitor must show; one is made where one is needed.",
            envvar="LANDBRIDGE_TOKEN",
        ),
    ] = "",
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A name by which visitors call this server.", metavar="HOST"),
    ] = None,
) -> None:
    """Open map, routes, scenarios, outlook, evidence and economies in a browser.

    Nothing is fetched from elsewhere. Ctrl-C ends it; finished runs stay in the data folder.
    """
    from landbridge.app.settings import Settings

    settings = Settings(data.resolve(), host, port, token, tuple(name or ()))
    if settings.token_needed and not token:
        settings = Settings(data.resolve(), host, port, secrets.token_urlsafe(24), settings.hosts)
    settings = settings.checked()
    import uvicorn

    from landbridge.app.server import create_app
    from landbridge.app.socket import listen

    listening = listen(settings)
    number = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    ask = f"?token={settings.token}" if settings.token else ""
    say.note(f"landbridge is at http://{shown}:{number}/{ask} (Ctrl-C ends it)")
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=32_768,
        backlog=1024,
        limit_concurrency=1000,
    )
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
    if not server.started:
        raise LandbridgeError(f"the server at {shown}:{number} did not start; see the lines above")
