"""`landbridge evidence export` and `graph`: what is known, as files."""

from __future__ import annotations

from typing import Annotated

import typer

from landbridge.cli import options, say
from landbridge.cli.evidence_store import OUT, Out, Paths, Reviewed, Run, opened


def register(app: typer.Typer) -> None:
    """Add these commands to the sub-app of evidence."""
    app.command()(export)
    app.command()(graph)


def export(
    paths: Paths = None,
    run: Run = None,
    out: Out = OUT,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="csv, json, parquet, table.", metavar="NAME[,NAME…]"),
    ] = None,
    json: options.Json = False,
) -> None:
    """Write the facts that are not rejected: CSV, JSON, Parquet, and a sourced facts table."""
    from landbridge.evidence.export import WRITERS
    from landbridge.evidence.export import export as write

    with opened(paths, run) as store:
        facts = Reviewed(store, run)
        files = write(store.documents(), facts, out, options.words(formats) or tuple(WRITERS))
        count = sum(1 for _ in facts)
    if json:
        say.json_object({"facts": count, "files": [str(path) for path in files]})
        return
    for path in files:
        say.wrote(path)


def graph(
    paths: Paths = None,
    run: Run = None,
    out: Out = OUT,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="csv, graphml, json.", metavar="NAME[,NAME…]"),
    ] = None,
    json: options.Json = False,
) -> None:
    """Draw who met whom as a graph: CSV of nodes and edges, GraphML, JSON."""
    from landbridge.evidence.graphs import WRITERS, write_graph
    from landbridge.evidence.registers import graph as draw

    with opened(paths, run) as store:
        found = draw(Reviewed(store, run))
    if json:
        say.json_object({"nodes": found.nodes, "edges": found.edges})
        return
    for path in write_graph(found, out, options.words(formats) or tuple(WRITERS)):
        say.wrote(path)
