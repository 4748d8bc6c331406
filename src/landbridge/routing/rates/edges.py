"""Adds up what the edges of a network take, one kind of edge after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.network.graph import Mode, Network
from landbridge.routing.rates.borders import Pass, border_rule, crossing_terms
from landbridge.routing.rates.cargo import CargoClass
from landbridge.routing.rates.gauges import gauge_change, same_gauge
from landbridge.routing.rates.lookup import constant, in_year
from landbridge.routing.rates.opening import closed_pairs, open_rows
from landbridge.routing.rates.running import ferry_rate_usd_feu_km, per_km
from landbridge.routing.rates.sea import market_usd_feu, sea_rate
from landbridge.routing.rates.sea_lanes import shanghai_gradient
from landbridge.routing.rates.terminals import transfer

LISTED, UNION, CORNER = 1, 2, 3
"""Values of `Network.edge_border_rule`."""

Edges = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class EdgeSums:
    """Running totals while the edges are gone through; every array is float32[2, m]."""

    time_h: NDArray[np.float32]
    var_h2: NDArray[np.float32]
    cost_usd_feu: NDArray[np.float32]
    co2_kg_feu: NDArray[np.float32]


def edge_sums(network: Network, year: int, cargo: CargoClass, open_: NDArray[np.bool_]) -> EdgeSums:
    """Totals of every edge: running first, then what stands at borders, ports and terminals."""
    sums = _running(network, year, cargo)
    _add_sea(sums, network, year, open_)
    _add_ferries(sums, network, year)
    _add_listed_crossings(sums, network, year)
    _add_unlisted_borders(sums, network, year)
    _add_gauge_breaks(sums, network, year)
    _add_chokepoints(sums, network, year)
    _add_transfers(sums, network, year)
    return sums


def open_edges(network: Network, year: int, cargo: CargoClass) -> NDArray[np.bool_]:
    """Whether each edge lets this cargo pass in a year; bool[2, m]."""
    open_ = np.ones((2, network.n_edges), np.bool_)
    for table, rows in (
        ("crossings", network.edge_crossing),
        ("sections", network.edge_section),
        ("terminals", network.edge_terminal),
        ("chokepoints", network.edge_chokepoint),
    ):
        edges = np.flatnonzero(rows >= 0)
        if len(edges):
            open_[:, edges] = open_rows(table, year)[rows[edges]]
    edges, kinds, which = _unlisted_borders(network)
    if len(edges):
        shut = [(first, second) in closed_pairs(mode, year) for mode, first, second in kinds]
        open_[:, edges[np.array(shut)[which]]] = False
    if not cargo.air_eligible:
        open_[:, network.edge_mode == Mode.AIR] = False
    return open_


def _unlisted_borders(
    network: Network,
) -> tuple[Edges, list[tuple[str, str, str]], NDArray[np.intp]]:
    """Border edges inside a union away from listed crossings.

    Returns
    -------
    The edges, the distinct (mode, economy, economy) among them with codes sorted, and for each
    edge the position of its own.
    """
    edges = np.flatnonzero((network.edge_border_rule == UNION) & (network.edge_crossing < 0))
    ends = network.node_economy[np.stack([network.edge_tail[edges], network.edge_head[edges]])]
    kinds, which = np.unique(
        np.stack([network.edge_mode[edges], *np.sort(ends, axis=0)]), axis=1, return_inverse=True
    )
    names = []
    for mode, *pair in kinds.T:
        first, second = sorted(network.economies[k] for k in pair)
        names.append((Mode(int(mode)).name.lower(), first, second))
    return edges, names, which.ravel()


def _running(network: Network, year: int, cargo: CargoClass) -> EdgeSums:
    rates = per_km(network.economies, year, cargo)
    columns = len(network.economies) + 1
    economy = np.where(network.edge_economy < 0, columns - 1, network.edge_economy)
    cell = network.edge_mode.astype(np.intp) * columns + economy
    km = network.edge_length_km.astype(np.float32)

    def both(table: NDArray[np.float64]) -> NDArray[np.float32]:
        out = np.empty((2, network.n_edges), np.float32)
        np.take(table.astype(np.float32).ravel(), cell, out=out[0], mode="clip")
        out[0] *= km
        out[1] = out[0]
        return out

    return EdgeSums(
        both(rates.hours), both(rates.var_h2), both(rates.usd_feu), both(rates.co2_kg_feu)
    )


def _add_sea(sums: EdgeSums, network: Network, year: int, open_: NDArray[np.bool_]) -> None:
    edges = np.flatnonzero(network.edge_mode == Mode.SEA)
    if not len(edges):
        return
    gradient = shanghai_gradient(network, edges, open_[edges])
    rule = sea_rate()
    per_km_usd = rule.per_km * market_usd_feu(year)
    km = network.edge_length_km[edges]
    for way, sign in ((0, 1.0), (1, -1.0)):
        sums.cost_usd_feu[way, edges] = km * per_km_usd * rule.direction(sign * gradient)


def _add_ferries(sums: EdgeSums, network: Network, year: int) -> None:
    edges = np.flatnonzero(network.edge_mode == Mode.FERRY)
    if not len(edges):
        return
    rate = ferry_rate_usd_feu_km(network.node_lon[network.edge_tail[edges]], year)
    sums.cost_usd_feu[:, edges] = network.edge_length_km[edges] * rate
    sailed = edges[network.edge_crossing[edges] >= 0]
    hours = crossing_terms(year).sailing_h[:, network.edge_crossing[sailed]]
    sums.time_h[:, sailed] = np.where(hours > 0, hours, sums.time_h[:, sailed])


def _add_listed_crossings(sums: EdgeSums, network: Network, year: int) -> None:
    edges = np.flatnonzero(network.edge_crossing >= 0)
    if not len(edges):
        return
    terms, rows = crossing_terms(year), network.edge_crossing[edges]
    sums.time_h[:, edges] += terms.time_h[:, rows]
    sums.var_h2[:, edges] += terms.var_h2[:, rows]
    sums.cost_usd_feu[:, edges] += terms.cost_usd_feu[:, rows]


def _add_unlisted_borders(sums: EdgeSums, network: Network, year: int) -> None:
    rule = network.edge_border_rule
    corner = np.flatnonzero((rule == CORNER) & (network.edge_crossing < 0))
    sums.time_h[:, corner] += constant("corner-transit-h")
    edges, kinds, which = _unlisted_borders(network)
    if len(edges):
        _add_passes(sums, edges, [border_rule(*kind, year) for kind in kinds], which)


def _add_passes(sums: EdgeSums, edges: Edges, passes: list[Pass], which: NDArray[np.intp]) -> None:
    sums.time_h[:, edges] += np.array([p.hours for p in passes])[which]
    sums.var_h2[:, edges] += np.array([p.hours_sd**2 for p in passes])[which]
    sums.cost_usd_feu[:, edges] += np.array([p.cost_usd_feu for p in passes])[which]


def _add_gauge_breaks(sums: EdgeSums, network: Network, year: int) -> None:
    """Charge a change of gauge away from listed crossings, whose dwell holds it already."""
    tail_mm, head_mm = network.edge_gauge_tail_mm, network.edge_gauge_head_mm
    edges = np.flatnonzero(
        (tail_mm != head_mm) & (network.edge_crossing < 0) & (network.edge_mode == Mode.RAIL)
    )
    for tail, head, index in np.unique(
        np.stack([tail_mm[edges], head_mm[edges], network.edge_economy[edges]]), axis=1
    ).T:
        if same_gauge(int(tail), int(head)):
            continue
        kind = (tail_mm[edges] == tail) & (head_mm[edges] == head)
        here = edges[kind & (network.edge_economy[edges] == index)]
        change = gauge_change(network.economies[index], year)
        sums.time_h[:, here] += change.time_h
        sums.cost_usd_feu[:, here] += change.cost_usd_feu


def _add_chokepoints(sums: EdgeSums, network: Network, year: int) -> None:
    """Replace the hours of open sea by those of a canal passage, where they are published."""
    by_chokepoint: dict[str, list[object]] = {}
    for row in facts.rows("chokepoint_times"):
        by_chokepoint.setdefault(row.chokepoint, []).append(row)
    names = [row.id for row in facts.rows("chokepoints")]
    for name, rows in by_chokepoint.items():
        edges = np.flatnonzero(network.edge_chokepoint == names.index(name))
        passage = in_year(rows, year)
        km = network.edge_length_km[edges]
        hours_per_km = sums.time_h[0, edges] / np.where(km > 0, km, 1.0)
        sums.time_h[:, edges] += np.maximum(
            passage.transit_h - passage.length_km * hours_per_km, 0.0
        )


def _add_transfers(sums: EdgeSums, network: Network, year: int) -> None:
    edges = np.flatnonzero((network.edge_terminal >= 0) & (network.edge_mode == Mode.TRANSFER))
    if not len(edges):
        return
    tail_mode = network.node_mode[network.edge_tail[edges]]
    head_mode = network.node_mode[network.edge_head[edges]]
    side = np.where(tail_mode == Mode.TRANSFER, head_mode, tail_mode)
    keys, which = np.unique(
        np.stack([network.edge_terminal[edges], side.astype(np.int32)]),
        axis=1,
        return_inverse=True,
    )
    terminals = facts.rows("terminals")
    halves = [
        transfer(
            terminals[terminal].kind,
            Mode(int(mode)).name.lower(),
            terminals[terminal].economy,
            year,
        )
        for terminal, mode in keys.T
    ]
    which = which.ravel()
    sums.time_h[:, edges] += np.array([h.time_h for h in halves])[which]
    sums.var_h2[:, edges] += np.array([h.var_h2 for h in halves])[which]
    sums.cost_usd_feu[:, edges] += np.array([h.cost_usd_feu for h in halves])[which]
    sums.co2_kg_feu[:, edges] += np.array([h.co2_kg_feu for h in halves])[which]
