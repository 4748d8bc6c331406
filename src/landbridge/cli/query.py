"""`landbridge query`: SQL over all runs of a folder."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from landbridge.cli import options, say
from landbridge.errors import InputError

if TYPE_CHECKING:
    from landbridge.exchange.query import Answer

SHOWN = 100


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("query")(query)


def query(
    sql: Annotated[
        str | None,
        typer.Argument(help="One SELECT in the dialect of DuckDB.", metavar="SQL"),
    ] = None,
    runs: Annotated[Path, typer.Option(help="Folder of runs.", metavar="DIR")] = Path("runs"),
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV and nothing else.")] = False,
    as_json: options.Json = False,
    schema: Annotated[bool, typer.Option("--schema", help="List tables and columns.")] = False,
) -> None:
    """Ask all runs of a folder with SQL; every table has a column `run`. Runs are only read.

    `landbridge query "SELECT run, welfare_pct FROM economies WHERE iso3 = 'KAZ'"`
    """
    if as_csv and as_json:
        raise InputError("--csv and --json at once: choose one")
    if schema:
        _show_schema(as_csv=as_csv, as_json=as_json)
        return
    if sql is None or not sql.strip():
        raise InputError("nothing is asked: give a SELECT; --schema lists tables and columns")
    from landbridge.exchange.query import query_runs
    from landbridge.exchange.runs import exact_json

    found = query_runs(sql, runs)
    if as_json:
        columns = [
            {"name": name, "type": kind}
            for name, kind in zip(found.columns, found.types, strict=True)
        ]
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        typer.echo(exact_json({"runs": list(found.runs), "columns": columns, "rows": rows}))
    elif as_csv:
        _csv(found.columns, found.rows)
    else:
        _show(found)
        if len(found.rows) > SHOWN:
            say.note(f"{len(found.rows) - SHOWN:,} more rows: --csv or --json prints all")


def _show(found: Answer) -> None:
    """Print rows as a table, or, where they are too wide for the screen, column below column."""
    from rich.measure import Measurement

    shown = [[_cell(value) for value in row] for row in found.rows[:SHOWN]]
    numeric = [
        all(isinstance(row[k], (int, float)) or row[k] is None for row in found.rows)
        for k in range(len(found.columns))
    ]
    console = say.console()
    laid = say.table(list(zip(found.columns, numeric, strict=True)), shown)
    if (
        Measurement.get(console, console.options.update(width=10_000), laid).maximum
        <= console.width
    ):
        console.print(laid)
        return
    for row in shown:
        pairs = zip(found.columns, row, strict=True)
        console.print(say.table([("column", False), ("value", False)], pairs, wide="value"))


def _show_schema(*, as_csv: bool, as_json: bool) -> None:
    from landbridge.exchange.query import query_schema

    tables = query_schema()
    if as_json:
        say.json_object(
            {
                "tables": [
                    {"table": table, "columns": [_column(column) for column in columns]}
                    for table, columns in tables.items()
                ]
            }
        )
        return
    head = ("table", "column", "type", "unit", "meaning")
    rows = [
        (c.table, c.name, c.type, c.unit, c.description)
        for columns in tables.values()
        for c in columns
    ]
    if as_csv:
        _csv(head, rows)
        return
    say.console().print(say.table([(title, False) for title in head], rows, wide="meaning"))


def _column(column: Any) -> dict[str, str]:
    return {
        "column": column.name,
        "type": column.type,
        "unit": column.unit,
        "meaning": column.description,
    }


def _csv(head: Any, rows: Any) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(head)
    out.writerows(rows)


def _cell(value: object) -> object:
    """A number as a person reads it: whole when large, with figures that count when small.

    Examples
    --------
    >>> _cell(1234567.8), _cell(0.00034458928), _cell(12.3456789), _cell("KAZ")
    ('1,234,568', '0.0003446', '12.35', 'KAZ')
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10_000 else f"{value:,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
