"""`landbridge network`: what the network holds, where it comes from, and its exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from landbridge.cli import load, options, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("network")(network)


def network(
    year: options.Year = None,
    as_json: options.Json = False,
    gmns: Annotated[
        Path | None, typer.Option(help="Write GMNS CSV files into a folder.", metavar="DIR")
    ] = None,
    geoparquet: Annotated[
        Path | None, typer.Option(help="Write the edges as GeoParquet.", metavar="FILE")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build it anew.")] = False,
) -> None:
    """Say what the network holds, what was repaired, its sources and licences; export it."""
    from landbridge.exchange.json import plain

    world = load.world(year, rebuild=rebuild)
    if gmns is not None:
        from landbridge.exchange.gmns import write_gmns

        write_gmns(world.network, gmns)
        say.wrote(gmns)
    if geoparquet is not None:
        from landbridge.exchange.geoparquet import write_network

        write_network(world.network, geoparquet)
        say.wrote(geoparquet)
    summary = plain(world.summary())
    if as_json:
        say.json_object(summary)
    else:
        for title, part in summary.items():
            _show(title, part)


def _show(title: str, part: Any) -> None:
    """Print one part of the summary: a table when it is made of rows, a line otherwise."""
    console = say.console()
    heading = title.replace("_", " ")
    rows = _as_rows(part)
    if rows is None:
        shown = "; ".join(str(item) for item in part) if isinstance(part, list) else part
        console.print(f"{heading}: {shown}", markup=False, soft_wrap=True)
        return
    keys = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[_cell(row.get(key)) for key in keys] for row in rows]
    numeric = [_is_number(key, rows) for key in keys]
    wide = _wrapping(keys, cells)
    console.print(f"\n{heading}", style="bold", markup=False)
    titles = [(key.replace("_", " "), flag) for key, flag in zip(keys, numeric, strict=True)]
    console.print(say.table(titles, cells, wide=wide.replace("_", " ")))


def _wrapping(keys: list[str], cells: list[list[str]]) -> str:
    """Choose the column that may wrap: the last of long texts, else the longest."""
    longest = {key: max(len(row[k]) for row in cells) for k, key in enumerate(keys)}
    return next(
        (key for key in reversed(keys) if longest[key] > 24),
        max(keys, key=lambda key: longest[key]),
    )


def _as_rows(part: Any) -> list[dict[str, Any]] | None:
    """Read a list of mappings, a mapping of mappings or a mapping of figures as rows."""
    if isinstance(part, Sequence) and part and all(isinstance(row, Mapping) for row in part):
        return [dict(row) for row in part]
    if isinstance(part, Mapping) and part:
        return [
            {"": key, **(item if isinstance(item, Mapping) else {"count": item})}
            for key, item in part.items()
        ]
    return None


def _is_number(key: str, rows: list[dict[str, Any]]) -> bool:
    values = [row.get(key) for row in rows]
    return all(isinstance(value, (int, float)) or value is None for value in values)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "–" if value is None else str(value)
