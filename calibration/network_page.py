"""Renew the counts of docs/network.md from the built network.

Run: python calibration/network_page.py
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from landbridge.network.summary import NetworkSummary
from landbridge.validate.page import markdown, renewed
from landbridge.world import World

PAGE = Path(__file__).parents[1] / "docs/network.md"
MARK = "<!-- made by calibration/network_page.py -->"
DATE = "scgraph-data 2.0.0, OpenStreetMap of 2024; crossings, sections and terminals as of 2025"


def made(found: NetworkSummary) -> str:
    """The counts, Markdown."""
    sections = Counter(row["how"] for row in found.sections)
    return "\n\n".join(
        [
            f"Data: {DATE}.",
            _table(found.modes),
            "Layers as they came:",
            _table(found.layers),
            "What was mended, cut or left out:",
            _table(found.repairs),
            "Crossings (`on a line`: a line of the layer reaches them):",
            _table(found.crossings),
            "Terminals:",
            _table(found.terminals),
            "Sections: " + ", ".join(f"{count} {how}" for how, count in sections.most_common())
            + f". Crossings, terminals and ferries without a line: {len(found.unreached)}.",
        ]
    )  # fmt: skip


def _table(rows: Iterable[Mapping[str, Any]]) -> str:
    given = list(rows)
    columns = [name.replace("_", " ") for name in given[0]]
    return markdown(
        columns,
        [[f"{v:,.0f}" if isinstance(v, int | float) else v for v in row.values()] for row in given],
    )


def main() -> None:
    """Write the page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(renewed(page, made(World.base().summary()), MARK), encoding="utf-8")


if __name__ == "__main__":
    main()
