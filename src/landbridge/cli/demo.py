"""`landbridge demo`: one scenario assessed, and the ways from Chongqing to Duisburg on a map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landbridge.cli import load, say
from landbridge.cli.assess import assess_all, show
from landbridge.cli.route import write_files

SCENARIO = "dostyk-reform"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    out: Annotated[Path, typer.Option(help="Folder for run and map.", metavar="DIR")] = Path("out"),
) -> None:
    """Assess what Kazakhstan gains from a quicker border at Dostyk, and map the ways to Duisburg.

    The run is a folder of tables and figures; the map opens offline.
    """
    from landbridge.brief.figures import draw_figures
    from landbridge.exchange.runs import write_run

    out.mkdir(parents=True, exist_ok=True)
    (told,) = assess_all([SCENARIO])
    show(told)
    say.wrote(write_run(told, out / "runs", draw=draw_figures, replace=True))
    html = out / "chongqing-duisburg.html"
    write_files(load.world().route("Chongqing", "Duisburg"), geojson=None, html=html)
    say.note(f"open {html.resolve().as_uri()} in a browser; it needs no network")
