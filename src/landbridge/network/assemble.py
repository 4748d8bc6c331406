"""Build the network: layers, repairs, sections, borders, terminals; contract and seal it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge import facts
from landbridge.network import points
from landbridge.network.borders import enforce, straighten
from landbridge.network.contract import contract
from landbridge.network.countries import Countries, countries
from landbridge.network.draft import Draft, from_layer, join, keep_nodes
from landbridge.network.gauges import assign, cut_unlisted_breaks
from landbridge.network.geo import PointIndex
from landbridge.network.graph import Mode, Network
from landbridge.network.layers import LayerCount, read_land, read_sea
from landbridge.network.repair import Repair, add_links, bridge_gaps, components, split_long
from landbridge.network.sea import sea_draft
from landbridge.network.seal import seal
from landbridge.network.sections import SectionTrace, lay
from landbridge.network.terminals import (
    attach,
    ferries,
    nearest_of_economy,
    on_standing_lines,
)

Progress = Callable[[str, float], None]

_LAND = ((Mode.RAIL, "world_railways", 0.1), (Mode.ROAD, "world_highways", 0.3))

#: Pieces of line smaller than this that no terminal stands on lead nowhere and are left out.
SMALLEST_PIECE = 200
#: Every place keeps the node nearest to it within this distance.
PLACE_KM = 30.0


@dataclass(frozen=True, slots=True)
class Built:
    """The network and what was done to make it.

    Attributes
    ----------
    network : the sealed arrays
    layers : what each layer held as it came
    repairs : what was mended, cut or left out
    traces : how each section was found
    unreached_crossings : ids of listed crossings that no line of the layer comes near
    notes : terminals and ferries that lack a line they should serve
    """

    network: Network
    layers: dict[str, LayerCount]
    repairs: tuple[Repair, ...]
    traces: tuple[SectionTrace, ...]
    unreached_crossings: tuple[str, ...]
    notes: tuple[str, ...]


def build(
    place_lat: NDArray[np.float64], place_lon: NDArray[np.float64], progress: Progress
) -> Built:
    """Build the whole network; the nodes nearest to the given places stay nodes.

    Parameters
    ----------
    place_lat, place_lon : float64[p], degrees
    progress : called with a stage and the share done, from 0 to 1
    """
    progress("country shapes", 0.0)
    shapes = countries()
    number = {code: k for k, code in enumerate(shapes.codes)}
    counts: dict[str, LayerCount] = {}
    repairs: list[Repair] = []
    traces: list[SectionTrace] = []
    drafts: list[Draft] = []
    for mode, name, start in _LAND:
        progress(f"{mode.name.lower()} layer", start)
        draft, counts[mode.name.lower()], done = _land(mode, name, shapes)
        repairs += done
        progress(f"{mode.name.lower()} sections", start + 0.08)
        draft, found = lay(draft, points.section_lines(number), mode, shapes)
        traces += found
        draft, done, _ = enforce(
            draft,
            mode,
            points.crossing_points(mode, number),
            points.corners(mode, number),
            points.open_pairs(mode, number),
        )
        repairs += done
        if mode is Mode.RAIL:
            draft, cut = _gauges(draft, number)
            repairs.append(cut)
        drafts.append(draft)
    progress("sea lanes", 0.6)
    sea, removed = sea_draft(read_sea(), points.gates())
    repairs.append(removed)
    progress("terminals", 0.65)
    terminals = points.terminal_points(number)
    ends = np.array([(t.lat, t.lon, t.economy) for t in terminals])
    drafts = [_without_scraps(d, ends, repairs) for d in drafts]
    whole, nodes, notes = attach(join((*drafts, sea)), terminals, points.not_standing())
    whole, ferry_notes = ferries(whole, points.ferry_lines(number), terminals, nodes)
    progress("contraction", 0.7)
    chains = contract(whole, _kept(whole, place_lat, place_lon, shapes))
    network = seal(whole, chains, shapes.codes, _detours(number))
    progress("network", 0.8)
    crossings = facts.rows("crossings")
    on_lines = set(network.edge_crossing.tolist())
    return Built(
        network,
        counts,
        tuple(repairs),
        tuple(traces),
        tuple(row.id for number, row in enumerate(crossings) if number not in on_lines),
        notes + ferry_notes,
    )


def _land(mode: Mode, name: str, shapes: Countries) -> tuple[Draft, LayerCount, list[Repair]]:
    layer, count = read_land(name)
    economy = shapes.locate(layer.lat, layer.lon)
    layer, bridged = bridge_gaps(layer, economy)
    repairs = [replace(bridged, what=f"{mode.name.lower()}: {bridged.what}")]
    if mode is Mode.RAIL:
        index = PointIndex(layer.lat, layer.lon)
        ends = np.array([(r.lat_a, r.lon_a, r.lat_b, r.lon_b) for r in facts.rows("rail_links")])
        _, tail = index.nearest(ends[:, 0], ends[:, 1])
        _, head = index.nearest(ends[:, 2], ends[:, 3])
        layer, km = add_links(layer, tail, head)
        repairs.append(Repair("rail: listed links over longer gaps", len(km), float(km.sum())))
    layer, economy, split = split_long(layer, economy, shapes)
    repairs.append(replace(split, what=f"{mode.name.lower()}: {split.what}"))
    draft, given_back = straighten(from_layer(layer, mode, economy))
    repairs.append(replace(given_back, what=f"{mode.name.lower()}: {given_back.what}"))
    return draft, count, repairs


def _gauges(draft: Draft, number: points.Numbers) -> tuple[Draft, Repair]:
    draft = assign(draft, points.gauge_of(number), points.gauge_exceptions(number))
    # A post that someone describes has its crane; one only seen on the layer may have none.
    described = [
        crossing
        for crossing in points.crossing_points(Mode.RAIL, number)
        if facts.rows("crossings")[crossing.row].confidence != "layer"
    ]
    listed = [(r.lat, r.lon) for r in facts.rows("gauge_break_points")]
    lat, lon = np.array([*listed, *((post.lat, post.lon) for post in described)]).T
    return cut_unlisted_breaks(draft, lat, lon)


def _without_scraps(draft: Draft, ends: NDArray[np.float64], repairs: list[Repair]) -> Draft:
    piece = components(draft.n_nodes, draft.tail, draft.head)
    size = np.bincount(piece)
    large = size >= SMALLEST_PIECE
    large[piece[draft.tail[draft.section >= 0]]] = True
    mode = Mode(int(draft.mode[0]))
    lines = keep_nodes(draft, large[piece])
    left = draft.n_nodes - lines.n_nodes
    stands = on_standing_lines(lines, points.not_standing())
    near = nearest_of_economy(
        lines, mode, ends[:, 0], ends[:, 1], ends[:, 2].astype(np.int16), PLACE_KM, stands
    )
    # A terminal on a small line of its own (an island, a stub) keeps that line.
    alone = near < 0
    if alone.any():
        own = nearest_of_economy(
            draft, mode, ends[alone, 0], ends[alone, 1], ends[alone, 2].astype(np.int16), PLACE_KM
        )
        large[piece[own[own >= 0]]] = True
        lines = keep_nodes(draft, large[piece])
        left = draft.n_nodes - lines.n_nodes
    repairs.append(
        Repair(f"{mode.name.lower()} nodes on pieces of fewer than {SMALLEST_PIECE} left out",
               left, 0.0)
    )  # fmt: skip
    return lines


def _kept(
    draft: Draft, lat: NDArray[np.float64], lon: NDArray[np.float64], shapes: Countries
) -> NDArray[np.bool_]:
    keep = np.asarray(np.isin(draft.mode, (Mode.TRANSFER, Mode.AIR, Mode.FERRY)))
    economy = shapes.locate(lat, lon)
    # A place loads on what stands, and on a line that does not yet once it does.
    stands = on_standing_lines(draft, points.not_standing())
    for mode in (Mode.RAIL, Mode.ROAD):
        for among in (stands, None):
            near = nearest_of_economy(draft, mode, lat, lon, economy, PLACE_KM, among)
            keep[near[near >= 0]] = True
    # A section that ends in the open is no dead end to prune: its end is a place.
    ends = np.r_[draft.tail, draft.head]
    dangling = np.bincount(ends, minlength=draft.n_nodes) == 1
    on_section = np.zeros(draft.n_nodes, bool)
    on_section[ends[np.tile(draft.section >= 0, 2)]] = True
    return np.asarray(keep | (dangling & on_section))


def _detours(number: points.Numbers) -> NDArray[np.float64]:
    factor = np.ones(len(number) + 1)
    for row in facts.rows("rail_detours"):
        for economy in row.economies:
            factor[number[economy]] = row.factor
    return factor
