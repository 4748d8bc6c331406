"""`landbridge evidence …`: conflicts, search, review, export, comparison, map and registers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import options, say
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
Query = Annotated[str, typer.Argument(help="Words, numbers, years.", metavar="QUERY")]
_BATCH = 50
_SHOWN = 200


def register(app: typer.Typer) -> None:
    """Add these commands to the sub-app of evidence."""
    app.command()(conflicts)
    app.command()(search)
    app.command()(review)
    app.command()(export)
    app.command()(compare)
    app.command("map")(show_map)
    app.command()(registers)
    app.command()(graph)


def conflicts(
    paths: Paths = None,
    run: Run = None,
    least: Annotated[
        str, typer.Option("--least", help="Least severity shown: high, medium or low.")
    ] = "low",
    json: options.Json = False,
) -> None:
    """Show what disagrees: sums, bounds, dates, lists, names, two values for one thing."""
    from landbridge.errors import UnknownNameError
    from landbridge.evidence.conflicts import find_in_pairs

    severities = ("high", "medium", "low")
    if least not in severities:
        raise UnknownNameError.from_available("severity", least, severities)
    with _opened(paths, run) as store:
        found = find_in_pairs(_pairs_of(store, run))
        store.set_conflicts(found)
        documents = store.ids()
    shown = [one for one in found if severities.index(one.severity) <= severities.index(least)]
    if json:
        say.json_object({"documents": documents, "conflicts": [asdict(one) for one in shown]})
        return
    for one in shown:
        say.console().print(f"{one.severity:6} {one.type}: {one.title}", markup=False)
        say.console().print(f"       {one.explanation}", markup=False)
        for quote in one.quotes:
            line = " ".join(quote.quote.split())
            say.console().print(f"       {quote.doc} {quote.start}: “{line}”", markup=False)
    say.note(f"{len(shown)} conflicts in {len(documents)} documents")


def search(
    query: Query,
    paths: Paths = None,
    run: Run = None,
    limit: Annotated[int, typer.Option(help="Passages shown.", min=1)] = 10,
    json: options.Json = False,
) -> None:
    """Find passages, ranked, with their quotes and the facts in them."""
    from landbridge.evidence.search import search as find

    with _opened(paths, run) as store:
        hits = find(store, query, limit)
    if json:
        say.json_object({"query": query, "hits": [asdict(hit) for hit in hits]})
        return
    for hit in hits:
        where = f"{hit.score:6.2f}  {hit.doc} {hit.start}  {hit.date or 'undated'}"
        say.console().print(where, markup=False)
        say.console().print(f"        “{' '.join(hit.quote.split())}”", markup=False)
    if not hits:
        say.note("nothing found: try fewer or other words")


def review(
    run: Annotated[Path, typer.Option("--run", help="Run folder.", metavar="DIR")],
    fact: Annotated[
        str | None, typer.Argument(help="Id of a fact; without one, go through them.")
    ] = None,
    decision: Annotated[
        str | None, typer.Option("--decide", help="accept, mend or reject.")
    ] = None,
    who: Annotated[str, typer.Option(help="Who decides.")] = "",
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", help="What a mended fact says now.", metavar="FIELD=VALUE"),
    ] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    kind: Annotated[str | None, typer.Option(help="Go through facts of this kind only.")] = None,
    history: Annotated[bool, typer.Option("--history", help="Show what was decided.")] = False,
    json: options.Json = False,
) -> None:
    """Accept, mend or reject facts; who and when is kept, and nothing is ever lost."""
    from landbridge.evidence.review import Reviews

    reviews = Reviews(run)
    with _of_run(run) as store:
        facts = {one.id: one for one in store.facts()}
    if fact is not None and fact not in facts:
        from landbridge.errors import UnknownNameError

        raise UnknownNameError.from_available("fact", fact, facts)
    if history or (json and decision is None):
        _tell_history([asdict(one) for one in reviews.history(fact)], json)
        return
    if decision is not None:
        if fact is None:
            raise InputError("name the fact that --decide is about, by its id")
        one = reviews.add(facts[fact], decision, who, _pairs(changes), note)
        if json:
            say.json_object({"review": asdict(one)})
        else:
            say.note(f"{one.decision} {one.fact} by {one.who} at {one.when}")
        return
    asked = [facts[fact]] if fact else [one for one in facts.values() if kind in (None, one.kind)]
    _ask(reviews, asked, who)


def _pairs(changes: list[str] | None) -> dict[str, str]:
    made: dict[str, str] = {}
    for change in changes or ():
        name, equals, value = change.partition("=")
        if not equals:
            raise InputError(f"--set {change!r}: write FIELD=VALUE, such as value=52")
        made[name.strip()] = value.strip()
    return made


def _tell_history(rows: list[dict[str, Any]], json: bool) -> None:
    if json:
        say.json_object({"reviews": rows})
        return
    columns = ["when", "who", "decision", "fact", "note"]
    table = say.table(
        [(name, False) for name in columns],
        ([row[n] for n in columns] for row in rows),
        wide="fact",
    )
    say.console().print(table)


def _ask(reviews: Any, facts: list[Fact], who: str) -> None:
    """Go through facts that are not decided yet, one answer at a time; q ends."""
    person = who or typer.prompt("Who decides?", err=True)
    decided = reviews.latest()
    for fact in facts:
        if fact.id in decided:
            continue
        value = "" if fact.value is None else f" = {fact.value:,.10g} {fact.unit or ''}"
        say.note(f"\n{fact.id}\n  {fact.kind}: {fact.subject}{value} ({fact.year or 'no year'})")
        say.note(f"  “{' '.join(fact.quote.split())}”")
        answer = typer.prompt("  [a]ccept, [m]end, [r]eject, [s]kip, [q]uit", err=True).strip()[:1]
        if answer == "q":
            return
        if answer == "a":
            reviews.add(fact, "accept", person)
        elif answer == "r":
            reviews.add(fact, "reject", person, note=typer.prompt("  why", default="", err=True))
        elif answer == "m":
            told = typer.prompt("  FIELD=VALUE, several by blanks", err=True).split()
            try:
                reviews.add(fact, "mend", person, _pairs(told))
            except InputError as error:
                say.note(f"  not taken down: {error}")


def export(
    paths: Paths = None,
    run: Run = None,
    out: Annotated[Path, typer.Option(help="Folder to write into.", metavar="DIR")] = Path(
        "out/evidence"
    ),
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="csv, json, parquet, table.", metavar="NAME[,NAME…]"),
    ] = None,
    json: options.Json = False,
) -> None:
    """Write the facts that are not rejected: CSV, JSON, Parquet, and a sourced facts table."""
    from landbridge.evidence.export import WRITERS
    from landbridge.evidence.export import export as write

    with _opened(paths, run) as store:
        facts = _Reviewed(store, run)
        files = write(store.documents(), facts, out, options.words(formats) or tuple(WRITERS))
        count = sum(1 for _ in facts)
    if json:
        say.json_object({"facts": count, "files": [str(path) for path in files]})
        return
    for path in files:
        say.wrote(path)


def compare(
    paths: Paths = None,
    run: Run = None,
    best: Annotated[int, typer.Option(help="Published figures for a claim.", min=1)] = 3,
    json: options.Json = False,
) -> None:
    """Set each claim beside the published figures that the model rests on."""
    from landbridge.evidence.compare import compare as set_beside

    with _opened(paths, run) as store:
        pairs = _pairs_of(store, run)
        found = [row for one, facts in pairs for row in set_beside([one], facts, best=best)]
    if json:
        say.json_object({"comparisons": [asdict(one) for one in found]})
        return
    columns = [
        ("document", False),
        ("claim", True),
        ("unit", False),
        ("published", True),
        ("unit", False),
        ("ratio", True),
        ("what", False),
    ]
    rows = (
        (
            one.doc[:16],
            f"{one.claim:,.6g}",
            one.unit,
            f"{one.published:,.6g}",
            one.published_unit,
            say.number(one.ratio, 2),
            f"{one.what}, {one.published_year or 'no year'}",
        )
        for one in found
    )
    say.console().print(say.table(columns, rows, wide="what"))


def show_map(
    paths: Paths = None,
    run: Run = None,
    from_year: Annotated[int | None, typer.Option("--from", help="First year.")] = None,
    to_year: Annotated[int | None, typer.Option("--to", help="Last year.")] = None,
    json: options.Json = False,
) -> None:
    """Show what is covered, by system and year, and where nothing is known."""
    from landbridge.evidence.coverage import coverage

    with _opened(paths, run) as store:
        found = coverage((), _Reviewed(store, run), from_year=from_year, to_year=to_year)
    if json:
        cells = [
            {"system": system, "year": year, "facts": found.counts.get((system, year), 0)}
            for system in found.systems
            for year in found.years
        ]
        told = {"systems": found.systems, "years": found.years, "cells": cells}
        empty = {"undated": found.undated, "empty_years": found.empty_years}
        say.json_object({**told, **empty, "unknown": found.unknown})
        return
    columns = [
        ("system", False),
        *((f"\u2019{year % 100:02d}", True) for year in found.years),
        ("undated", True),
    ]
    rows = (
        [
            system,
            *(found.counts.get((system, year), 0) or "·" for year in found.years),
            found.undated.get(system, 0) or "·",
        ]
        for system in found.systems
    )
    say.console().print(say.table(columns, rows))
    if found.unknown:
        say.note(f"nothing at all is known of: {', '.join(found.unknown)}")


def registers(
    paths: Paths = None,
    run: Run = None,
    json: options.Json = False,
) -> None:
    """List agreements beside the totals claimed, events, undertakings and opinions."""
    from landbridge.evidence.registers import registers_in_pairs

    with _opened(paths, run) as store:
        found = registers_in_pairs(_pairs_of(store, run))
    if json:
        say.json_object(asdict(found))
        return
    shown = (
        ("agreements named", found.agreements, ("doc", "subject", "status")),
        ("agreements claimed", found.claimed, ("doc", "claimed", "unit", "year", "named")),
        ("events", found.events, ("doc", "date", "place", "subject")),
        ("programmes and projects", found.undertakings, ("doc", "stage", "sectors", "subject")),
        ("opinions", found.opinions, ("doc", "speaker", "stance", "subject")),
    )
    for title, rows, names in shown:
        say.console().print(f"\n{title}: {len(rows)}", markup=False)
        cells = ([_cell(row[name]) for name in names] for row in rows[:_SHOWN])
        say.console().print(say.table([(name, False) for name in names], cells, wide=names[-1]))


def _cell(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def graph(
    paths: Paths = None,
    run: Run = None,
    out: Annotated[Path, typer.Option(help="Folder to write into.", metavar="DIR")] = Path(
        "out/evidence"
    ),
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="csv, graphml, json.", metavar="NAME[,NAME…]"),
    ] = None,
    json: options.Json = False,
) -> None:
    """Draw who met whom as a graph: CSV of nodes and edges, GraphML, JSON."""
    from landbridge.evidence.graphs import WRITERS, write_graph
    from landbridge.evidence.registers import graph as draw

    with _opened(paths, run) as store:
        found = draw(_Reviewed(store, run))
    if json:
        say.json_object({"nodes": found.nodes, "edges": found.edges})
        return
    for path in write_graph(found, out, options.words(formats) or tuple(WRITERS)):
        say.wrote(path)


@contextmanager
def _opened(paths: list[Path] | None, run: Path | None) -> Iterator[Store]:
    """Open the store of a run, what the paths hold read into it first."""
    from landbridge.evidence.store import Store

    if not paths and run is None:
        raise InputError("name files or folders to read, or --run DIR of a run that is there")
    with Store(run) if paths else _of_run(run or Path()) as store:
        if paths:
            _read_into(store, paths, run)
        yield store


def _of_run(run: Path) -> Store:
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


class _Reviewed:
    """Facts of a store as reviews leave them, read anew each time they are gone through."""

    def __init__(self, store: Store, run: Path | None) -> None:
        from landbridge.evidence.review import Reviews

        self._store = store
        self._latest = Reviews(run).latest() if run else {}

    def __iter__(self) -> Iterator[Fact]:
        from landbridge.evidence.review import as_reviewed

        return as_reviewed(self._store.facts(), self._latest)


def _pairs_of(store: Store, run: Path | None) -> Iterator[tuple[Document, tuple[Fact, ...]]]:
    """Each document of a store with its facts as reviews leave them, one at a time."""
    from landbridge.evidence.review import Reviews, reviewed

    latest = Reviews(run).latest() if run else {}
    return ((one, reviewed(facts, latest)) for one, facts in store.pairs())
