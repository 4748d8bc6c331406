"""The network while it is being built: layers laid side by side, edges with their attributes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.network.graph import Mode
from landbridge.network.layers import Layer

#: Values of `Network.edge_border_rule`.
NO_BORDER, LISTED_CROSSING, OPEN_BORDER, CORNER_TRANSIT = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Draft:
    """Nodes and edges with the attributes of `graph.Network`, every layer point still a node.

    Shapes: node columns [n], edge columns [m]. `edge_gauge_*` are filled from the nodes when the
    network is sealed.
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    mode: NDArray[np.int8]
    economy: NDArray[np.int16]
    gauge_mm: NDArray[np.int16]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    edge_mode: NDArray[np.int8]
    length_km: NDArray[np.float64]
    edge_economy: NDArray[np.int16]
    crossing: NDArray[np.int32]
    border_rule: NDArray[np.int8]
    section: NDArray[np.int32]
    terminal: NDArray[np.int32]
    chokepoint: NDArray[np.int32]

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.lat)

    @property
    def n_edges(self) -> int:
        """Number of edges."""
        return len(self.tail)


NODE_COLUMNS = ("lat", "lon", "mode", "economy", "gauge_mm")
EDGE_COLUMNS = tuple(f.name for f in fields(Draft) if f.name not in NODE_COLUMNS)


def from_layer(layer: Layer, mode: Mode, economy: NDArray[np.int16]) -> Draft:
    """A draft of one layer: no borders, sections or terminals yet."""
    n, m = layer.n_nodes, len(layer.tail)
    return Draft(
        lat=layer.lat,
        lon=layer.lon,
        mode=np.full(n, mode, np.int8),
        economy=economy,
        gauge_mm=np.zeros(n, np.int16),
        tail=layer.tail,
        head=layer.head,
        edge_mode=np.full(m, mode, np.int8),
        length_km=layer.length_km,
        edge_economy=economy[layer.tail],
        crossing=np.full(m, -1, np.int32),
        border_rule=np.zeros(m, np.int8),
        section=np.full(m, -1, np.int32),
        terminal=np.full(m, -1, np.int32),
        chokepoint=np.full(m, -1, np.int32),
    )


def with_nodes(
    draft: Draft,
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    mode: Mode,
    economy: NDArray[np.int16],
) -> tuple[Draft, NDArray[np.int32]]:
    """The draft with more nodes, and the numbers of the new ones."""
    k = len(lat)
    new = np.arange(draft.n_nodes, draft.n_nodes + k, dtype=np.int32)
    return (
        replace(
            draft,
            lat=np.r_[draft.lat, lat],
            lon=np.r_[draft.lon, lon],
            mode=np.r_[draft.mode, np.full(k, mode, np.int8)],
            economy=np.r_[draft.economy, economy.astype(np.int16)],
            gauge_mm=np.r_[draft.gauge_mm, np.zeros(k, np.int16)],
        ),
        new,
    )


def with_edges(
    draft: Draft,
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    mode: Mode,
    length_km: NDArray[np.float64],
    *,
    crossing: NDArray[np.int32] | None = None,
    border_rule: int = NO_BORDER,
    section: int | NDArray[np.int32] = -1,
    terminal: NDArray[np.int32] | None = None,
) -> Draft:
    """The draft with more edges; they lie in the economy of their tail unless at sea or in air."""
    k = len(tail)
    off_land = mode in (Mode.SEA, Mode.AIR, Mode.FERRY)
    economy = np.full(k, -1, np.int16) if off_land else draft.economy[tail]
    none = np.full(k, -1, np.int32)
    added = {
        "tail": tail.astype(np.int32),
        "head": head.astype(np.int32),
        "edge_mode": np.full(k, mode, np.int8),
        "length_km": length_km,
        "edge_economy": economy,
        "crossing": none if crossing is None else crossing,
        "border_rule": np.full(k, border_rule, np.int8),
        "section": np.full(k, section, np.int32),
        "terminal": none if terminal is None else terminal,
        "chokepoint": none,
    }
    return replace(draft, **{name: np.r_[getattr(draft, name), added[name]] for name in added})


def keep_edges(draft: Draft, keep: NDArray[np.bool_]) -> Draft:
    """The draft with only some of its edges."""
    return replace(draft, **{name: getattr(draft, name)[keep] for name in EDGE_COLUMNS})


def keep_nodes(draft: Draft, keep: NDArray[np.bool_]) -> Draft:
    """The draft with only some of its nodes and the edges between them."""
    number = np.full(draft.n_nodes, -1, np.int32)
    number[keep] = np.arange(int(keep.sum()), dtype=np.int32)
    whole = keep[draft.tail] & keep[draft.head]
    inside = keep_edges(draft, whole)
    return replace(
        inside,
        tail=number[inside.tail],
        head=number[inside.head],
        **{name: getattr(draft, name)[keep] for name in NODE_COLUMNS},
    )


def join(drafts: tuple[Draft, ...]) -> Draft:
    """Several drafts side by side, not connected."""
    offset = np.cumsum([0] + [d.n_nodes for d in drafts])
    columns = {
        name: np.concatenate([getattr(d, name) for d in drafts])
        for name in NODE_COLUMNS + EDGE_COLUMNS
        if name not in ("tail", "head")
    }
    for end in ("tail", "head"):
        columns[end] = np.concatenate(
            [(getattr(d, end) + o).astype(np.int32) for d, o in zip(drafts, offset, strict=False)]
        )
    return Draft(**columns)
