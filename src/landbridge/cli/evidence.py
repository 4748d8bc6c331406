"""`landbridge evidence`: documents become facts tied to exact quotes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import options, say

if TYPE_CHECKING:
    from landbridge.evidence.files import Skipped
    from landbridge.evidence.model import Fact
    from landbridge.evidence.spool import Spool

app = typer.Typer(
    name="evidence",
    help="Documents become facts tied to exact quotes; what disagrees is shown.",
    no_args_is_help=True,
)

_COLUMNS = [
    ("document", False), ("kind", False), ("value", True), ("unit", False), ("subject", False)
]  # fmt: skip
_ROWS = 5000
Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH…", help="Files or folders: TXT, HTML, PDF, DOCX.")
]
Run = Annotated[
    Path | None,
    typer.Option("--run", help="Folder that keeps each result as it comes; taken up again."),
]


def register(parent: typer.Typer) -> None:
    """Add the evidence commands to the command line."""
    from landbridge.cli import evidence_review, evidence_show, evidence_write

    evidence_show.register(app)
    evidence_review.register(app)
    evidence_write.register(app)
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
    from landbridge.evidence.files import Limits, Skipped
    from landbridge.evidence.read import stream
    from landbridge.evidence.spool import Spool

    skipped: list[Skipped] = []
    with Spool() as spool:
        for one in stream(
            paths,
            run=run,
            limits=Limits(file_bytes=int(largest_mb * 1e6), seconds=seconds),
            jobs=jobs,
            progress=_progress,
        ):
            if isinstance(one, Skipped):
                say.note(f"skipped {one.path}: {one.reason}")
                skipped.append(one)
            else:
                spool.add(one)
        if json:
            sys.stdout.writelines(_object(spool, skipped))
            return
        rows = (_row(fact) for one in spool for fact in one.facts)
        first = True
        while (batch := list(islice(rows, _ROWS))) or first:
            say.console().print(say.table(_COLUMNS, batch, wide="subject"))
            first = False


def _object(spool: Spool, skipped: list[Skipped]) -> Iterator[str]:
    """Write the one object that `--json` prints, a piece at a time."""
    from landbridge.evidence.conflicts import find_in_pairs
    from landbridge.exchange.json import dumps

    found = find_in_pairs((one.document, one.facts) for one in spool)
    facts = (fact for one in spool for fact in one.facts)
    parts: dict[str, Iterator[dict[str, Any]]] = {
        "documents": (asdict(one.document) for one in spool),
        "facts": ({"id": fact.id, **asdict(fact)} for fact in facts),
        "conflicts": (asdict(one) for one in found),
        "skipped": (asdict(one) for one in skipped),
    }
    for at, (name, rows) in enumerate(parts.items()):
        yield f'{", " if at else "{"}"{name}": ['
        for number, row in enumerate(rows):
            yield (",\n" if number else "\n") + dumps(row)
        yield "]"
    yield "}\n"


def _row(fact: Fact) -> tuple[object, ...]:
    value = "" if fact.value is None else f"{fact.value:,.10g}"
    return fact.doc, fact.kind, value, fact.unit or "", fact.subject


def _progress(done: int, total: int) -> None:
    if total >= 100 and (done % 100 == 0 or done == total):
        say.note(f"read {done} of {total} files")
