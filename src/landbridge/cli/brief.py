"""`landbridge brief`: a run as a publication of two to four pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from landbridge.cli import options, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("brief")(brief)


def brief(
    run: Annotated[
        Path, typer.Argument(help="Folder of a run (`landbridge assess --out`).", metavar="RUN")
    ],
    language: Annotated[
        str, typer.Option(help="English, Russian, Kazakh or Chinese.", metavar="en|ru|kk|zh")
    ] = "en",
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", help="Repeat for several; all without it.", metavar="html|pdf|docx"
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the files; `brief` in the run.", metavar="DIR")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Write what a think tank publishes of a run: question, answer, map, charts, sources.

    Every number in it comes from the run; the date is the run's.
    """
    from landbridge.brief.briefing import FORMATS, write_brief

    asked = options.words(formats) or FORMATS
    written = write_brief(run, out or run / "brief", language, asked)
    if as_json:
        say.json_object({"run": str(run), "language": language, "files": [str(p) for p in written]})
        return
    for path in written:
        say.wrote(path)
