"""What is known: sourced tables, their schemas, and the loader that checks them.

A table is `data/NAME.csv`; its columns are described in `schemas/NAME.csv` (header
`column,type,unit,required,description`), from which the row type and the docs are made. The
provenance columns of `schemas/_provenance.csv` belong to every table and are not repeated there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from landbridge.facts.columns import Column
from landbridge.facts.dictionary import dictionary
from landbridge.facts.loader import (
    by_id,
    columns,
    content_hash,
    frame,
    row,
    rows,
    sources,
    tables,
)
from landbridge.facts.references import check

if TYPE_CHECKING:
    from landbridge.facts.record import Row as Row

__all__ = [
    "Column",
    "by_id",
    "check",
    "columns",
    "content_hash",
    "dictionary",
    "frame",
    "row",
    "rows",
    "sources",
    "tables",
]
