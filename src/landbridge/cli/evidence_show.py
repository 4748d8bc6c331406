"""`landbridge evidence conflicts`, `search`, `compare`, `map` and `registers`: what is known."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from landbridge.cli import options, say
from landbridge.cli.evidence_store import Paths, Reviewed, Run, opened, pairs_of

Query = Annotated[str, typer.Argument(help="Words, numbers, years.", metavar="QUERY")]
_SHOWN = 200


def register(app: typer.Typer) -> None:
    """Add these commands to the sub-app of evidence."""
    app.command()(conflicts)
    app.command()(search)
    app.command()(compare)
    app.command("map")(show_map)
    app.command()(registers)


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
    with opened(paths, run) as store:
        found = find_in_pairs(pairs_of(store, run))
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

    with opened(paths, run) as store:
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


def compare(
    paths: Paths = None,
    run: Run = None,
    best: Annotated[int, typer.Option(help="Published figures for a claim.", min=1)] = 3,
    json: options.Json = False,
) -> None:
    """Set each claim beside the published figures that the model rests on."""
    from landbridge.evidence.compare import compare as set_beside

    with opened(paths, run) as store:
        pairs = pairs_of(store, run)
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

    with opened(paths, run) as store:
        found = coverage((), Reviewed(store, run), from_year=from_year, to_year=to_year)
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

    with opened(paths, run) as store:
        found = registers_in_pairs(pairs_of(store, run))
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
