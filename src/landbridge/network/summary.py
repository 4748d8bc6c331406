"""What the network holds, in numbers, for the command line and the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from landbridge import facts
from landbridge.network.graph import Mode, Network


@dataclass(frozen=True, slots=True)
class NetworkSummary:
    """Tables about the network; every entry is a row of plain values.

    Attributes
    ----------
    modes : nodes, edges and km of each mode after contraction
    layers : what each layer held as it came
    repairs : what was mended, cut or left out
    crossings : listed crossings by mode and status, and how many lie on a line
    terminals : terminals by kind
    sections : how each section was found, its published and its model length
    unreached : crossings, terminals and ferries that no line of the layers comes near
    sources : data used, with licence and attribution
    """

    modes: tuple[dict[str, Any], ...]
    layers: tuple[dict[str, Any], ...]
    repairs: tuple[dict[str, Any], ...]
    crossings: tuple[dict[str, Any], ...]
    terminals: tuple[dict[str, Any], ...]
    sections: tuple[dict[str, Any], ...]
    unreached: tuple[str, ...]
    sources: tuple[dict[str, Any], ...]


def summarise(network: Network, report: Mapping[str, Any]) -> NetworkSummary:
    """Summarise a network and the report that its builder left."""
    return NetworkSummary(
        modes=tuple(_mode(network, mode) for mode in Mode),
        layers=tuple({"layer": name, **row} for name, row in report["layers"].items()),
        repairs=tuple(
            {"what": r["what"], "count": r["count"], "km": round(r["km"], 1)}
            for r in report["repairs"]
        ),
        crossings=tuple(_crossings(network)),
        terminals=tuple(_counts("terminals", "kind")),
        sections=tuple(dict(row) for row in report["sections"]),
        unreached=(*report["unreached_crossings"], *report["notes"]),
        sources=tuple(
            {
                "name": row.name,
                "version": row.version,
                "licence": row.licence,
                "attribution": row.attribution,
            }
            for row in facts.sources()
        ),
    )


def _mode(network: Network, mode: Mode) -> dict[str, Any]:
    edges = network.edge_mode == mode
    return {
        "mode": mode.name.lower(),
        "nodes": int((network.node_mode == mode).sum()),
        "edges": int(edges.sum()),
        "km": round(float(network.edge_length_km[edges].sum())),
    }


def _crossings(network: Network) -> list[dict[str, Any]]:
    on_line = set(np.unique(network.edge_crossing[network.edge_crossing >= 0]).tolist())
    table: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(facts.rows("crossings")):
        count = table.setdefault((row.mode, row.status), [0, 0])
        count[0] += 1
        count[1] += number in on_line
    return [
        {"mode": mode, "status": status, "listed": listed, "on_a_line": joined}
        for (mode, status), (listed, joined) in sorted(table.items())
    ]


def _counts(table: str, column: str) -> list[dict[str, Any]]:
    found: dict[str, int] = {}
    for row in facts.rows(table):
        value = str(getattr(row, column))
        found[value] = found.get(value, 0) + 1
    return [{column: value, "count": count} for value, count in sorted(found.items())]
