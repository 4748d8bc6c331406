"""`landbridge demo`: Chongqing to Duisburg, every way side by side, and a map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landbridge.cli import load, say
from landbridge.cli.route import show, write_files


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    out: Annotated[Path, typer.Option(help="Folder for the map.", metavar="DIR")] = Path("out"),
) -> None:
    """Print the ways from Chongqing to Duisburg and draw them on a map that opens offline."""
    out.mkdir(parents=True, exist_ok=True)
    answer = load.world().route("Chongqing", "Duisburg")
    show(answer)
    html = out / "chongqing-duisburg.html"
    write_files(answer, geojson=None, html=html)
    say.note(f"open {html.resolve().as_uri()} in a browser; it needs no network")
