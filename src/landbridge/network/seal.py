"""Seal a contracted draft into the frozen `Network`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.network.contract import Chains
from landbridge.network.draft import Draft
from landbridge.network.graph import Mode, Network


def seal(
    draft: Draft,
    chains: Chains,
    economies: tuple[str, ...],
    rail_detour: NDArray[np.float64],
) -> Network:
    """The network of chains; rail lengths take the detour factor of their economy.

    Parameters
    ----------
    rail_detour : float64[len(economies) + 1], the last entry for no economy
    """
    first = chains.edges[chains.edge_ptr[:-1]]
    km = draft.length_km.copy()
    rail = draft.edge_mode == Mode.RAIL
    km[rail] *= rail_detour[draft.edge_economy[rail]]
    length = np.add.reduceat(km[chains.edges], chains.edge_ptr[:-1])
    tail, head = chains.tail.copy(), chains.head.copy()
    shape_ptr = chains.edge_ptr + np.arange(len(chains.edge_ptr))
    points = chains.points.copy()
    # A chain may have been walked against the direction that its crossing or terminal names.
    single = np.diff(chains.edge_ptr) == 1
    flip = np.flatnonzero(single & (chains.nodes[tail] != draft.tail[first]))
    tail[flip], head[flip] = head[flip], tail[flip].copy()
    start = shape_ptr[flip]
    points[start], points[start + 1] = points[start + 1], points[start].copy()
    node = chains.nodes
    is_rail = draft.edge_mode[first] == Mode.RAIL
    gauge = draft.gauge_mm[node]
    return Network(
        node_lat=draft.lat[node],
        node_lon=draft.lon[node],
        node_mode=draft.mode[node],
        node_economy=draft.economy[node],
        node_gauge_mm=gauge,
        edge_tail=tail,
        edge_head=head,
        edge_mode=draft.edge_mode[first],
        edge_length_km=length,
        edge_economy=draft.edge_economy[first],
        edge_crossing=draft.crossing[first],
        edge_border_rule=draft.border_rule[first],
        edge_gauge_tail_mm=np.where(is_rail, gauge[tail], 0).astype(np.int16),
        edge_gauge_head_mm=np.where(is_rail, gauge[head], 0).astype(np.int16),
        edge_section=draft.section[first],
        edge_terminal=draft.terminal[first],
        edge_chokepoint=draft.chokepoint[first],
        shape_ptr=shape_ptr,
        shape_lat=draft.lat[points].astype(np.float32),
        shape_lon=draft.lon[points].astype(np.float32),
        economies=economies,
    )
