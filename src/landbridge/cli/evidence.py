"""`landbridge evidence`: documents become facts tied to exact quotes."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import options, say

if TYPE_CHECKING:
    from landbridge.evidence.model import Fact
    from landbridge.evidence.read import Reading

app = typer.Typer(
    name="evidence",
    help="Documents become facts tied to exact quotes; what disagrees is shown.",
    no_args_is_help=True,
)

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH…", help="Files or folders: TXT, HTML, PDF, DOCX.")
]
Run = Annotated[
    Path | None,
    typer.Option("--run", help="Folder that keeps each result as it comes; taken up again."),
]


def register(parent: typer.Typer) -> None:
    """Add the evidence commands to the command line."""
    from landbridge.cli import evidence_more

    evidence_more.register(app)
    parent.add_typer(app)


@app.command()
def read(
    paths: Paths,
    run: Run = None,
    jobs: Annotated[int | None, typer.Option(help="Processes to read with.", min=1)] = None,
    largest_mb: Annotated[
        float, typer.Option(help="Files larger than this are skipped.", min=0.001)
    ] = 500.0,
    seconds: Annotated[float, typer.Option(help="Time for one file.", min=0.1)] = 120.0,
    json: options.Json = False,
) -> None:
    """Read documents: figures, forecasts, people, organisations, events, each with its quote."""
    from landbridge.evidence.files import Limits
    from landbridge.evidence.read import read as read_paths

    reading = read_paths(
        paths,
        run=run,
        limits=Limits(file_bytes=int(largest_mb * 1e6), seconds=seconds),
        jobs=jobs,
        progress=_progress,
    )
    for one in reading.skipped:
        say.note(f"skipped {one.path}: {one.reason}")
    if json:
        say.json_object(record_of(reading))
        return
    say.console().print(
        say.table(
            [("document", False), ("kind", False), ("value", True), ("unit", False),
             ("subject", False)],
            (_row(fact) for fact in reading.facts),
            wide="subject",
        )
    )  # fmt: skip


def record_of(reading: Reading) -> dict[str, Any]:
    """Give a reading as the object that `--json` prints."""
    return {
        "documents": [asdict(one) for one in reading.documents],
        "facts": [_fact(one) for one in reading.facts],
        "conflicts": _conflicts(reading),
        "skipped": [asdict(one) for one in reading.skipped],
    }


def _fact(one: Fact) -> dict[str, Any]:
    return {"id": one.id, **asdict(one)}


def _conflicts(reading: Reading) -> list[dict[str, Any]]:
    from landbridge.evidence.conflicts import find_conflicts

    return [asdict(one) for one in find_conflicts(reading.documents, reading.facts)]


def _row(fact: Fact) -> tuple[object, ...]:
    value = "" if fact.value is None else f"{fact.value:,.10g}"
    return fact.doc, fact.kind, value, fact.unit or "", fact.subject


def _progress(done: int, total: int) -> None:
    if total >= 100 and (done % 100 == 0 or done == total):
        say.note(f"read {done} of {total} files")
