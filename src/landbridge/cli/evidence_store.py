"""The store that commands of evidence work on: what is read, as reviews leave it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.evidence.model import Document, Fact
    from landbridge.evidence.store import Store

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH…]", help="Files or folders to read; without them, what --run holds."
    ),
]
Run = Annotated[
    Path | None,
    typer.Option("--run", help="Run folder: what is read is kept there.", metavar="DIR"),
]
Out = Annotated[Path, typer.Option(help="Folder to write into.", metavar="DIR")]
OUT = Path("out/evidence")
_BATCH = 50


@contextmanager
def opened(paths: list[Path] | None, run: Path | None) -> Iterator[Store]:
    """Open the store of a run, what the paths hold read into it first."""
    from landbridge.evidence.store import Store

    if not paths and run is None:
        raise InputError("name files or folders to read, or --run DIR of a run that is there")
    with Store(run) if paths else of_run(run or Path()) as store:
        if paths:
            _read_into(store, paths, run)
        yield store


def of_run(run: Path) -> Store:
    """Open the store of a run, with what `read --run` has put beside it since."""
    from landbridge.evidence.runs import kept
    from landbridge.evidence.store import Store

    fresh = kept(run)
    first = next(fresh, None)
    if first is None:
        return Store.existing(run)
    store = Store(run)
    try:
        held = store.digests()
        new = (
            one for one in chain([first], fresh) if held.get(one.document.id) != one.document.sha256
        )
        while batch := list(islice(new, _BATCH)):
            store.add(
                [one.document for one in batch], [fact for one in batch for fact in one.facts]
            )
    except BaseException:
        store.close()
        raise
    return store


def _read_into(store: Store, paths: list[Path], run: Path | None) -> None:
    from landbridge.evidence.files import Skipped
    from landbridge.evidence.read import stream

    documents: list[Document] = []
    facts: list[Fact] = []
    for one in stream(paths, run=run):
        if isinstance(one, Skipped):
            say.note(f"skipped {one.path}: {one.reason}")
            continue
        documents.append(one.document)
        facts += one.facts
        if len(documents) >= _BATCH:
            store.add(documents, facts)
            documents, facts = [], []
    store.add(documents, facts)


class Reviewed:
    """Facts of a store as reviews leave them, read anew each time they are gone through."""

    def __init__(self, store: Store, run: Path | None) -> None:
        from landbridge.evidence.review import Reviews

        self._store = store
        self._latest = Reviews(run).latest() if run else {}

    def __iter__(self) -> Iterator[Fact]:
        from landbridge.evidence.review import as_reviewed

        return as_reviewed(self._store.facts(), self._latest)


def pairs_of(store: Store, run: Path | None) -> Iterator[tuple[Document, tuple[Fact, ...]]]:
    """Each document of a store with its facts as reviews leave them, one at a time."""
    from landbridge.evidence.review import Reviews, reviewed

    latest = Reviews(run).latest() if run else {}
    return ((one, reviewed(facts, latest)) for one, facts in store.pairs())
