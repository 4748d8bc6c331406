"""Which facts an assessment rests on: tables with their hashes, and the sources of their rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landbridge import facts

if TYPE_CHECKING:
    from landbridge.economy.table.basetable import BaseTable
    from landbridge.scenario.model import Scenario

ROOMS = ("network", "routing", "economy", "levers", "assess")
CONFIDENCES = ("published", "derived", "layer", "rule", "general")


@cache
def tables_read() -> tuple[str, ...]:
    """Facts tables that the code behind an assessment names, in alphabetical order.

    Found in the source itself, so that the list cannot fall behind it. Some tables are read for
    some levers only.

    Examples
    --------
    >>> {"crossings", "rates_land", "trade_elasticities"} <= set(tables_read())
    True
    >>> [name for name in tables_read() if name.startswith("evidence")]
    []
    """
    package = Path(__file__).parents[1]
    named: set[str] = set()
    for room in ROOMS:
        for source in (package / room).rglob("*.py"):
            named.update(re.findall(r'"([a-z_]+)"', source.read_text(encoding="utf-8")))
    return tuple(name for name in facts.tables() if name in named)


def used() -> Iterator[dict[str, Any]]:
    """One row a table: how many rows of which confidence, and the hash of its content."""
    for table in tables_read():
        rows = facts.rows(table)
        counts = Counter(str(getattr(row, "confidence", "")) for row in rows)
        yield {
            "table": table,
            "rows": len(rows),
            **{word: counts[word] for word in CONFIDENCES},
            "sha256": facts.content_hash(table),
        }


def sources(scenario: Scenario, base: BaseTable) -> Iterator[dict[str, Any]]:
    """One row a source: of the facts tables, of the base economy, of the scenario."""
    for table in tables_read():
        counts = Counter(
            (row.source_title, row.address, row.as_of, row.confidence)
            for row in facts.rows(table)
            if hasattr(row, "source_title")
        )
        for (title, address, as_of, confidence), count in counts.items():
            named = title or f"none: by {confidence}"
            yield _source(table, named, address, as_of, confidence, count)
    for source in base.provenance.get("sources", ()):
        found = _source("base economy", source["name"], source["address"], source["version"])
        yield found | {"confidence": "published", "sha256": source["sha256"]}
    for own in scenario.sources:
        yield _source("scenario", own.title, own.address, own.as_of)


def _source(
    table: str,
    title: str,
    address: str | None,
    as_of: object,
    confidence: str | None = None,
    rows: int | None = None,
) -> dict[str, Any]:
    return {
        "table": table,
        "source_title": title,
        "address": address or None,
        "as_of": None if as_of in (None, "") else str(as_of),
        "confidence": confidence,
        "rows": rows,
        "sha256": None,
    }
