"""Facts written for others: CSV, JSON, Parquet, and a table that the facts room takes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from landbridge.errors import UnknownNameError
from landbridge.evidence.model import Document, Fact
from landbridge.facts.columns import Column

TABLE = "document_figures"
_OWN = (
    ("id", "id", "", True, "Document, kind and place of the figure"),
    ("kind", "enum:figure|forecast", "", True, "Whether it was, or is to come"),
    ("subject", "str", "", True, "What it is about"),
    ("value", "float", "see unit", True, "Value; the lower end of a range"),
    ("unit", "str", "", False, "Unit as read; blank where none was"),
    ("year", "year", "", False, "First year it speaks of"),
    ("last_year", "year", "", False, "Last year it speaks of"),
    (
        "period_basis",
        "enum:stated|implied|unknown",
        "",
        False,
        "Whether the text says the year, its date implies it, or neither",
    ),
    ("qualifier", "str", "", False, "about, over, up to, at least, nearly"),
    ("change", "enum:up|down", "", False, "Of a percentage: rise or fall"),
    ("systems", "slug[]", "", False, "What it is filed under"),
    ("doc", "str", "", True, "Document"),
    ("start", "int", "characters", True, "Where the quote begins in the decoded text"),
    ("end", "int", "characters", True, "Where it ends"),
    ("quote", "str", "", True, "Exact quote"),
    ("derived_from", "str[]", "", False, "Ids of the facts it was reckoned from"),
    ("review", "enum:accept|mend", "", False, "A person's word on it"),
    ("reviewer", "str", "", False, "Who"),
)
_BATCH = 2000
_FIRST_YEAR, _LAST_YEAR = 1800, 2100


def schema() -> tuple[Column, ...]:
    """Columns of the exported facts table, the provenance columns of the facts room last."""
    from landbridge.facts import columns

    provenance = columns("evidence_systems")[-6:]
    return (*(Column(*told) for told in _OWN), *provenance)


def export(
    documents: Iterable[Document], facts: Iterable[Fact], folder: Path, formats: Sequence[str]
) -> tuple[Path, ...]:
    """Write facts into a folder, each file whole or not at all.

    Parameters
    ----------
    documents : of the facts; their titles, addresses and dates become sources
    facts : as reviews leave them (see `landbridge.evidence.review.reviewed`); gone through once a
        format, so no iterator that ends
    folder : made where missing
    formats : of `csv`, `json`, `parquet`, `table`

    Returns
    -------
    tuple of Path
        files written: `facts.csv`, `facts.json`, `facts.parquet`, and of `table`
        `data/document_figures.csv` with its `schemas/document_figures.csv`

    Raises
    ------
    UnknownNameError
        for a format there is not, before anything is written
    """
    for name in formats:
        if name not in WRITERS:
            raise UnknownNameError.from_available("format", name, WRITERS)
    by_id = {document.id: replace(document, text="") for document in documents}
    folder = Path(folder)
    return tuple(
        path for name in dict.fromkeys(formats) for path in WRITERS[name](by_id, facts, folder)
    )


def flat_row(fact: Fact, document: Document | None) -> dict[str, Any]:
    """One fact as a flat row, its source beside it; lists and attributes as JSON."""
    return {
        "id": fact.id,
        "doc": fact.doc,
        "kind": fact.kind,
        "subject": fact.subject,
        "value": fact.value,
        "unit": fact.unit,
        "year": fact.year,
        "quote": fact.quote,
        "start": fact.start,
        "end": fact.end,
        "value_start": fact.value_start,
        "value_end": fact.value_end,
        "systems": json.dumps(list(fact.systems)),
        "attributes": json.dumps(dict(fact.attributes), ensure_ascii=False, default=list),
        "reader": fact.reader,
        "source_title": _title(fact, document),
        "address": document.address if document else None,
        "as_of": document.date if document else None,
        "sha256": document.sha256 if document else None,
    }


def _title(fact: Fact, document: Document | None) -> str:
    return (document.title if document else None) or fact.doc


def _rows(documents: Mapping[str, Document], facts: Iterable[Fact]) -> Iterator[dict[str, Any]]:
    return (flat_row(fact, documents.get(fact.doc)) for fact in facts)


_NAMES = tuple(flat_row(Fact("", "figure", "", 0, 0, ""), None))


def _csv(documents: Mapping[str, Document], facts: Iterable[Fact], folder: Path) -> list[Path]:
    return [_write(folder / "facts.csv", _csv_lines(_NAMES, _rows(documents, facts)))]


def _json(documents: Mapping[str, Document], facts: Iterable[Fact], folder: Path) -> list[Path]:
    def pieces() -> Iterator[str]:
        yield '{"facts": ['
        for at, fact in enumerate(facts):
            row = flat_row(fact, documents.get(fact.doc))
            told = {**row, "systems": list(fact.systems), "attributes": dict(fact.attributes)}
            yield (",\n " if at else "\n ") + json.dumps(told, ensure_ascii=False, default=list)
        yield "\n]}\n"

    return [_write(folder / "facts.json", pieces())]


def _parquet(documents: Mapping[str, Document], facts: Iterable[Fact], folder: Path) -> list[Path]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = {"year", "start", "end", "value_start", "value_end"}
    types = pa.schema(
        [
            (n, pa.int64() if n in whole else pa.float64() if n == "value" else pa.string())
            for n in _NAMES
        ]
    )
    folder.mkdir(parents=True, exist_ok=True)
    part, path = folder / "facts.parquet.part", folder / "facts.parquet"
    rows = _rows(documents, facts)
    with pq.ParquetWriter(part, types) as writer:
        while batch := list(islice(rows, _BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=types))
    part.replace(path)
    return [path]


def _table(documents: Mapping[str, Document], facts: Iterable[Fact], folder: Path) -> list[Path]:
    taken: dict[str, int] = {}
    rows = (
        _table_row(fact, documents.get(fact.doc), taken)
        for fact in facts
        if fact.kind in {"figure", "forecast"} and fact.value is not None
    )
    columns = schema()
    described = [
        {
            "column": c.name,
            "type": c.type,
            "unit": c.unit,
            "required": "yes" if c.required else "no",
            "description": c.description,
        }
        for c in columns[: len(_OWN)]
    ]
    header = ["column", "type", "unit", "required", "description"]
    names = [c.name for c in columns]
    return [
        _write(folder / "data" / f"{TABLE}.csv", _csv_lines(names, rows)),
        _write(folder / "schemas" / f"{TABLE}.csv", _csv_lines(header, described)),
    ]


def _table_row(fact: Fact, document: Document | None, taken: dict[str, int]) -> dict[str, Any]:
    told = fact.attributes
    review = told.get("review") or {}
    derived = [str(one).replace(";", ",") for one in told.get("derived_from") or ()]
    address = (
        document.address if document and re.match(r"https?://", document.address or "") else None
    )
    confidence = "derived" if derived else "published" if address else "rule"
    return {
        "id": _slug(fact, taken),
        "kind": fact.kind,
        "subject": _line(fact.subject) or fact.kind,
        "value": repr(fact.value),
        "unit": fact.unit,
        "year": _year(fact.year),
        "last_year": _year(told.get("last_year")),
        "period_basis": told.get("period_basis"),
        "qualifier": told.get("qualifier"),
        "change": told.get("change"),
        "systems": ";".join(fact.systems),
        "doc": fact.doc,
        "start": fact.start,
        "end": fact.end,
        "quote": fact.quote,
        "derived_from": ";".join(derived),
        "review": review.get("decision"),
        "reviewer": review.get("who"),
        "source_title": _line(_title(fact, document)),
        "address": address,
        "as_of": document.date if document else None,
        "confidence": confidence,
        "rule": "read-from-document" if confidence != "published" else None,
        "note": f"claimed in a document, read by {fact.reader}; not checked against another source",
    }


def _slug(fact: Fact, taken: dict[str, int]) -> str:
    """An id of small letters and digits, the same in every run, told apart where two agree."""
    name = re.sub(r"[^a-z0-9]+", "-", fact.doc.lower()).strip("-") or "document"
    slug = f"{name}-{fact.kind}-{fact.start}-{fact.end}-{fact.value_start or 0}"
    taken[slug] = taken.get(slug, 0) + 1
    return slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _year(year: Any) -> int | None:
    return year if isinstance(year, int) and _FIRST_YEAR <= year <= _LAST_YEAR else None


def _csv_lines(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(names), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _write(path: Path, pieces: Iterable[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)
    part.replace(path)
    return path


WRITERS: dict[str, Callable[[Mapping[str, Document], Iterable[Fact], Path], list[Path]]] = {
    "csv": _csv,
    "json": _json,
    "parquet": _parquet,
    "table": _table,
}
"""Formats that can be written."""
