"""A graph written for others: CSV of nodes and edges, GraphML, JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from landbridge.errors import UnknownNameError
from landbridge.evidence.registers import Graph

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml '
    'xmlns="http://graphml.graphdrawing.org/xmlns">\n'
)
_EDGE = ("source", "target", "relation", "doc", "start", "end", "quote")


def write_graph(graph: Graph, folder: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write a graph in some of the formats `csv`, `graphml`, `json`.

    Raises
    ------
    UnknownNameError
        for a format there is not
    """
    for name in formats:
        if name not in WRITERS:
            raise UnknownNameError.from_available("format", name, WRITERS)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Path] = []
    for name in dict.fromkeys(formats):
        for file, text in WRITERS[name](graph).items():
            (folder / file).write_text(text, encoding="utf-8", newline="")
            found.append(folder / file)
    return tuple(found)


def _csv(graph: Graph) -> dict[str, str]:
    return {
        "nodes.csv": _rows(("id", "kind", "label"), graph.nodes),
        "edges.csv": _rows(_EDGE, graph.edges),
    }


def _rows(names: Sequence[str], rows: Sequence[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(names), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _json(graph: Graph) -> dict[str, str]:
    return {
        "graph.json": json.dumps(
            {"nodes": graph.nodes, "edges": graph.edges}, ensure_ascii=False, indent=1
        )
        + "\n"
    }


def _graphml(graph: Graph) -> dict[str, str]:
    lines = [_HEAD]
    lines += [
        f'<key id="{n}" for="node" attr.name="{n}" attr.type="string"/>\n'
        for n in ("kind", "label")
    ]
    lines += [
        f'<key id="{n}" for="edge" attr.name="{n}" attr.type="string"/>\n'
        for n in ("relation", "doc", "quote")
    ]
    lines.append('<graph edgedefault="directed">\n')
    for node in graph.nodes:
        data = "".join(f'<data key="{n}">{_clean(node[n])}</data>' for n in ("kind", "label"))
        lines.append(f"<node id={quoteattr(_plain(node['id']))}>{data}</node>\n")
    for edge in graph.edges:
        data = "".join(
            f'<data key="{n}">{_clean(edge[n])}</data>' for n in ("relation", "doc", "quote")
        )
        ends = (
            f"source={quoteattr(_plain(edge['source']))} target={quoteattr(_plain(edge['target']))}"
        )
        lines.append(f"<edge {ends}>{data}</edge>\n")
    return {"graph.graphml": "".join([*lines, "</graph>\n</graphml>\n"])}


def _plain(value: object) -> str:
    """Text without the control characters that XML 1.0 forbids."""
    return "".join(c for c in str(value) if c >= " " or c in "\t\n")


def _clean(value: object) -> str:
    return escape(_plain(value))


WRITERS: dict[str, Callable[[Graph], dict[str, str]]] = {
    "csv": _csv,
    "graphml": _graphml,
    "json": _json,
}
"""Formats a graph is written in."""
