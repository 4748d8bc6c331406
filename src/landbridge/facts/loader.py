"""Reads the sourced tables, checks every cell against the table's schema, and keeps them."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.errors import FactError, UnknownNameError
from landbridge.facts.columns import SCALARS, Column, split_cell
from landbridge.facts.problems import Problem, provenance_problems, raise_if_any, repeated_ids

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.facts.record import Row

ROOM = Path(__file__).parent
UNSOURCED = frozenset({"sources"})
"""Tables whose rows are themselves sources, without provenance columns."""


@cache
def tables() -> tuple[str, ...]:
    """Names of every table, in alphabetical order.

    Examples
    --------
    >>> "chokepoints" in tables()
    True
    """
    return tuple(sorted(path.stem for path in (ROOM / "data").glob("*.csv")))


@cache
def columns(name: str) -> tuple[Column, ...]:
    """Columns of a table in the order of its schema, the provenance columns last.

    Raises
    ------
    UnknownNameError
        When there is no such table.
    FactError
        When the table has no schema file, or the schema uses an unknown type.

    Examples
    --------
    >>> [c.name for c in columns("chokepoints")][:2]
    ['id', 'name']
    """
    if name not in tables():
        raise UnknownNameError.from_available("facts table", name, tables())
    path = ROOM / "schemas" / f"{name}.csv"
    if not path.exists():
        raise FactError(
            f"table {name!r} has no schema: write facts/schemas/{name}.csv with the header "
            "column,type,unit,required,description"
        )
    own = _read_schema(path)
    if name in UNSOURCED:
        return own
    taken = {column.name for column in own}
    shared = _read_schema(ROOM / "schemas" / "_provenance.csv")
    return own + tuple(column for column in shared if column.name not in taken)


def _read_schema(path: Path) -> tuple[Column, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found: list[Column] = []
        problems: list[Problem] = []
        for cells in reader:
            column = Column(
                name=cells["column"],
                type=cells["type"],
                unit=cells["unit"],
                required=cells["required"] == "yes",
                description=cells["description"],
            )
            kind, _, words = column.base.partition(":")
            if kind not in SCALARS and not (kind in {"enum", "ref"} and words):
                fix = f"use one of {', '.join(SCALARS)}, enum:a|b, ref:table"
                problems.append(
                    Problem(path.name, reader.line_num, "type", column.type, "unknown type", fix)
                )
            found.append(column)
    raise_if_any(problems)
    return tuple(found)


@cache
def rows(name: str) -> tuple[Row, ...]:
    """All rows of a table, checked, as frozen objects with one attribute a column.

    Raises
    ------
    FactError
        Once, with every problem of the table: file, line, column, value and what would be right.

    Examples
    --------
    >>> suez = next(row for row in rows("chokepoints") if row.id == "suez")
    >>> suez.name
    'Suez Canal'
    """
    return check_rows(name, columns(name), ROOM / "data" / f"{name}.csv")


def check_rows(name: str, schema: tuple[Column, ...], path: Path) -> tuple[Row, ...]:
    """Rows of the file at `path`, checked against `schema`; see `rows` for the errors."""
    from pydantic import TypeAdapter, ValidationError

    from landbridge.facts.record import row_type

    lines, cells = _read_cells(schema, path)
    kind: Any = row_type(name, schema)
    try:
        checked: tuple[Row, ...] = TypeAdapter(tuple[kind, ...]).validate_python(cells)
    except ValidationError as error:
        by_name = {column.name: column for column in schema}
        raise_if_any(
            [
                _problem_from(path, lines, by_name, detail["loc"], detail["msg"], detail["input"])
                for detail in error.errors(include_url=False)
            ]
        )
        raise
    problems = repeated_ids(path.name, schema, lines, checked)
    if name not in UNSOURCED:
        problems += provenance_problems(path.name, lines, checked)
    raise_if_any(problems)
    return checked


def _problem_from(
    path: Path,
    lines: list[int],
    by_name: dict[str, Column],
    where: tuple[int | str, ...],
    what: str,
    value: object,
) -> Problem:
    column = by_name[str(where[1])]
    shown = "" if value is None or isinstance(value, dict) else str(value)
    reason = what if shown else "blank"
    return Problem(path.name, lines[int(where[0])], column.name, shown, reason, column.hint)


def _read_cells(
    schema: tuple[Column, ...], path: Path
) -> tuple[list[int], tuple[dict[str, Any], ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        wanted = [column.name for column in schema]
        if sorted(header) != sorted(wanted):
            missing = [name for name in wanted if name not in header]
            unknown = [name for name in header if name not in wanted]
            doubled = sorted({name for name in header if header.count(name) > 1})
            raise FactError(
                f"{path.name} line 1: columns differ from facts/schemas/{path.name}: "
                f"missing {missing}, unknown {unknown}, twice {doubled}; mend the one that is wrong"
            )
        by_name = {column.name: column for column in schema}
        order = [(name, by_name[name].depth) for name in header]
        lines: list[int] = []
        found: list[dict[str, Any]] = []
        problems: list[Problem] = []
        for raw in reader:
            if len(raw) != len(header):
                fix = f"{len(header)} cells; quote a cell that holds a comma"
                what = f"{len(raw)} cells"
                problems.append(Problem(path.name, reader.line_num, "", ",".join(raw), what, fix))
                continue
            lines.append(reader.line_num)
            found.append(
                {
                    name: split_cell(cell, depth)
                    for (name, depth), cell in zip(order, raw, strict=True)
                }
            )
    raise_if_any(problems)
    return lines, tuple(found)


@cache
def by_id(name: str) -> dict[str, Row]:
    """Rows of a table keyed by their `id`.

    Examples
    --------
    >>> by_id("chokepoints")["suez"].name
    'Suez Canal'
    """
    return {row.id: row for row in rows(name)}


def row(name: str, identifier: str) -> Row:
    """Return the row of a table that has this `id`.

    Raises
    ------
    UnknownNameError
        With the closest ids, when none has it.

    Examples
    --------
    >>> row("chokepoints", "suezz")
    Traceback (most recent call last):
    landbridge.errors.UnknownNameError: unknown id in chokepoints 'suezz'; did you mean 'suez'?
    """
    table = by_id(name)
    if identifier not in table:
        raise UnknownNameError.from_available(f"id in {name}", identifier, table)
    return table[identifier]


def frame(name: str) -> pd.DataFrame:
    """Return a table as a data frame, whole numbers as `Int64` so that a blank stays missing.

    Lists are tuples in their cells. Imports pandas, so not for the start of a command.

    Examples
    --------
    >>> list(frame("chokepoints").columns[:2])
    ['id', 'name']
    """
    import pandas as pd

    schema = columns(name)
    data = {c.name: [getattr(row, c.name) for row in rows(name)] for c in schema}
    table = pd.DataFrame(data, columns=[c.name for c in schema])
    nullable = {"int": "Int64", "year": "Int64", "bool": "boolean"}
    numbers = dict.fromkeys(("float", "amount", "share", "lat", "lon"), "float64")
    kinds = nullable | numbers
    return table.astype({c.name: kinds[c.type] for c in schema if c.type in kinds})


def sources() -> tuple[Row, ...]:
    """Return the registry of third-party data the project reads, with version and licence.

    Examples
    --------
    >>> any(source.id == "searoute" for source in sources())
    True
    """
    return rows("sources")


@cache
def content_hash(*names: str) -> str:
    """SHA-256 of the named tables and their schemas (of all without a name), as hexadecimal.

    Examples
    --------
    >>> len(content_hash("crossings"))
    64
    """
    wanted = set(names)
    digest = hashlib.sha256()
    for folder in ("data", "schemas"):
        for path in sorted((ROOM / folder).glob("*.csv")):
            if not wanted or path.stem in wanted or path.stem.startswith("_"):
                digest.update(f"{folder}/{path.name}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
