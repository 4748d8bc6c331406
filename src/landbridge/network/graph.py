"""The network as frozen arrays: what the builder makes and the routing room reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Mode(IntEnum):
    """What a node belongs to, and what an edge is travelled by."""

    RAIL = 0
    ROAD = 1
    SEA = 2
    AIR = 3
    FERRY = 4
    TRANSFER = 5
    """A terminal: an edge between the terminal's own node and one of the modes it serves."""


@dataclass(frozen=True, slots=True)
class Network:
    """Every way freight can go, once, undirected; direction and year come with the metrics.

    Attributes
    ----------
    node_lat, node_lon : float64[n]
        Degrees north and east.
    node_mode : int8[n]
        A `Mode`; terminals carry `Mode.TRANSFER`.
    node_economy : int16[n]
        Index into `economies`; -1 at sea.
    node_gauge_mm : int16[n]
        Track gauge at rail nodes, 0 elsewhere.
    edge_tail, edge_head : int32[m]
        Node at each end.
    edge_mode : int8[m]
        A `Mode`.
    edge_length_km : float64[m]
        Length of track, road or lane (0 for transfers), detour factors applied.
    edge_economy : int16[m]
        Economy the edge lies in (that of the tail at a border, the neighbour on a corner
        transit); -1 at sea and in the air.
    edge_crossing : int32[m]
        Row of `crossings` the edge passes, or -1. Tail is on side a of the row, head on side b.
    edge_border_rule : int8[m]
        0 no border; 1 a listed crossing; 2 open border inside a union (see `facts` unions);
        3 corner transit (a line that cuts a neighbour's corner under agreement).
    edge_gauge_tail_mm, edge_gauge_head_mm : int16[m]
        Gauge at each end of a rail edge (different at a gauge break), 0 elsewhere.
    edge_section : int32[m]
        Row of `sections` the edge belongs to, or -1.
    edge_terminal : int32[m]
        Row of `terminals` of a transfer edge, or -1.
    edge_chokepoint : int32[m]
        Row of `chokepoints` a sea edge passes, or -1.
    shape_ptr : int64[m + 1]; shape_lat, shape_lon : float32[...]
        Geometry of each edge from tail to head, for maps.
    economies : tuple of ISO 3166 alpha-3 codes.
    """

    node_lat: NDArray[np.float64]
    node_lon: NDArray[np.float64]
    node_mode: NDArray[np.int8]
    node_economy: NDArray[np.int16]
    node_gauge_mm: NDArray[np.int16]
    edge_tail: NDArray[np.int32]
    edge_head: NDArray[np.int32]
    edge_mode: NDArray[np.int8]
    edge_length_km: NDArray[np.float64]
    edge_economy: NDArray[np.int16]
    edge_crossing: NDArray[np.int32]
    edge_border_rule: NDArray[np.int8]
    edge_gauge_tail_mm: NDArray[np.int16]
    edge_gauge_head_mm: NDArray[np.int16]
    edge_section: NDArray[np.int32]
    edge_terminal: NDArray[np.int32]
    edge_chokepoint: NDArray[np.int32]
    shape_ptr: NDArray[np.int64]
    shape_lat: NDArray[np.float32]
    shape_lon: NDArray[np.float32]
    economies: tuple[str, ...]

    @property
    def n_nodes(self) -> int:
        """Number of junctions."""
        return len(self.node_lat)

    @property
    def n_edges(self) -> int:
        """Number of edges, each counted once for both directions."""
        return len(self.edge_tail)
