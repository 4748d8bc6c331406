"""Answers: JSON with every digit, tables as JSON or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from fastapi.responses import Response

Format = Annotated[
    Literal["json", "csv"], Query(description="csv gives the table of the answer as CSV.")
]
Name = Annotated[str, Query(min_length=1, max_length=200)]
CSV = "text/csv; charset=utf-8"


def told(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer with every digit; figures that do not exist are null."""
    from landbridge.exchange.runs import exact_json

    return raw(exact_json(value).encode(), status, headers)


def shown(value: object) -> Response:
    """An answer as the command line prints it: dataclasses as objects, figures to four digits."""
    from landbridge.exchange.json import dumps

    return raw(dumps(value).encode())


def raw(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON document that is made already."""
    return Response(body, status, dict(headers or {}), "application/json")


def table(rows: Iterable[Mapping[str, Any]], name: str, columns: Sequence[str] = ()) -> Response:
    """Rows as a CSV file; lists are joined by `;`, what is nested otherwise is left out.

    Parameters
    ----------
    name : of the file, without the ending
    columns : in this order; those of all rows when left out
    """
    return csv_file(csv_text(list(rows), columns), name)


def csv_file(text: str | bytes, name: str) -> Response:
    """A CSV text as a file to save."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
    headers = {"Content-Disposition": f'attachment; filename="{safe}.csv"'}
    return Response(text, headers=headers, media_type=CSV)


def csv_text(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    r"""Write rows as CSV.

    Examples
    --------
    >>> csv_text([{"id": "a", "modes": ["rail", "sea"], "legs": [{}]}])
    'id,modes\r\na,rail;sea\r\n'
    """
    names = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    names = [n for n in names if not any(_nested(row.get(n)) for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def _nested(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list | tuple) and any(isinstance(v, Mapping | list) for v in value)


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    if isinstance(value, float) and value != value:
        return None
    return value
