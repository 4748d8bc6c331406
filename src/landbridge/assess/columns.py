"""Columns of the tables of an assessment: their types, units and meaning, from `columns.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"str": "string", "float": "float64", "int": "Int64", "bool": "boolean"}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: `type` is str, float, int or bool; `unit` is blank where there is none."""

    table: str
    name: str
    type: str
    unit: str
    description: str


@cache
def schema() -> Mapping[str, tuple[TableColumn, ...]]:
    """Columns of every table, tables and columns in the order they are written.

    Examples
    --------
    >>> [column.name for column in schema()["bands"]]
    ['name', 'iso3', 'low', 'median', 'high']
    """
    found: dict[str, list[TableColumn]] = {}
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            column = TableColumn(
                cells["table"], cells["column"], cells["type"], cells["unit"], cells["description"]
            )
            found.setdefault(column.table, []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def columns_of(table: str) -> tuple[TableColumn, ...]:
    """Columns of one table.

    Raises
    ------
    UnknownNameError
        For a table that an assessment does not have.
    """
    if table not in schema():
        raise UnknownNameError.from_available("table", table, schema())
    return schema()[table]


def framed(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a data frame with the table's columns, in order and typed; other keys are left out.

    Examples
    --------
    >>> framed("bands", [])["low"].dtype
    dtype('float64')
    """
    import pandas as pd

    columns = columns_of(table)
    held = list(rows)
    return pd.DataFrame(
        {c.name: pd.array([row[c.name] for row in held], dtype=_DTYPES[c.type]) for c in columns}  # type: ignore[call-overload]
    )
