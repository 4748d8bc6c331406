"""What a run puts on the network, as lines for a map: containers before and after."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.exchange.files import write_text

if TYPE_CHECKING:
    from landbridge.assess.assessment import Assessment
    from landbridge.network.graph import Network

FILE = "flows.json"
FORMAT = "landbridge-flows"
LEAST_FEU = 500.0
"""Lines that carry less, before and after, are left out."""
GRID_DEG = 0.1
"""Tracks within a cell of the grid are drawn as one, with what they carry together."""
ALIKE = 0.05
"""Stretches end to end whose loads differ by less are one line, with their mean."""

Floats = NDArray[np.float64]
Cell = tuple[int, int]
Segment = tuple[Cell, Cell]


def write_flows(told: Assessment, run: Path) -> Path:
    """Write the lines of an assessment into the folder of its run.

    Raises
    ------
    OutputError
        The system refuses.
    """
    before, after = told.base.traffic.both_ways, told.changed.traffic.both_ways
    lines = flow_lines(told.given.world.network, before, after)
    made = {
        "format": FORMAT,
        "run": run.name,
        "year": told.scenario.year,
        "unit": "FEU a year, both directions",
        "least_feu": LEAST_FEU,
        "lines": lines,
    }
    place = run / FILE
    write_text(place, json.dumps(made, separators=(",", ":")) + "\n")
    return place


def flow_lines(network: Network, before: Floats, after: Floats) -> list[dict[str, Any]]:
    """Lines with what they carry, the fullest last so that it is drawn on top.

    Parameters
    ----------
    before, after : float64[m], FEU a year on every edge, both ways

    Returns
    -------
    list of {mode, feu_base, feu, points: [[lon, lat], …]}
    """
    from landbridge.network.graph import Mode

    found: list[dict[str, Any]] = []
    loaded = np.flatnonzero(np.maximum(before, after) > 0)
    drawn = loaded[network.edge_mode[loaded] != Mode.TRANSFER]
    for mode in np.unique(network.edge_mode[drawn]):
        edges = drawn[network.edge_mode[drawn] == mode]
        loads = _on_grid(network, edges, before, after)
        for cells, feu in _chains(loads):
            found.append(
                {
                    "mode": Mode(mode).name.lower(),
                    "feu_base": round(feu[0]),
                    "feu": round(feu[1]),
                    "points": _points(cells),
                }
            )
    return sorted(found, key=lambda line: max(line["feu"], line["feu_base"]))


def _on_grid(
    network: Network, edges: NDArray[np.int64], before: Floats, after: Floats
) -> dict[Segment, tuple[float, float]]:
    """Loads by stretch between two cells, all tracks of it together."""
    lon, lat, owner = _shapes(network, edges)
    cell = np.rint(np.column_stack((lon, lat)) / GRID_DEG).astype(np.int64)
    moves = (owner[1:] == owner[:-1]) & (cell[1:] != cell[:-1]).any(axis=1)
    # A line over the antimeridian would be drawn across the whole map.
    moves &= np.abs(np.diff(lon)) < 180.0
    here, there, of = cell[:-1][moves], cell[1:][moves], owner[:-1][moves]
    turned = (here[:, 0] > there[:, 0]) | ((here[:, 0] == there[:, 0]) & (here[:, 1] > there[:, 1]))
    ends = np.column_stack((here, there))
    ends[turned] = np.column_stack((there, here))[turned]
    # An edge that wriggles within a cell passes the same stretch more than once.
    once = np.unique(np.column_stack((ends, of)), axis=0)
    places, at = np.unique(once[:, :4], axis=0, return_inverse=True)
    sums = np.zeros((2, len(places)))
    for row, load in enumerate((before, after)):
        np.add.at(sums[row], at.ravel(), load[edges[once[:, 4]]])
    kept = np.flatnonzero(sums.max(axis=0, initial=0.0) >= LEAST_FEU)
    return {
        ((int(a), int(b)), (int(c), int(d))): (float(sums[0, k]), float(sums[1, k]))
        for k, (a, b, c, d) in zip(kept, places[kept], strict=True)
    }


def _shapes(network: Network, edges: NDArray[np.int64]) -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Longitude and latitude of the points of edges from node to node, and whose they are."""
    counts = np.diff(network.shape_ptr)[edges]
    start = network.shape_ptr[edges] - np.r_[0, np.cumsum(counts)[:-1]]
    at = np.repeat(start, counts) + np.arange(counts.sum())
    number = np.arange(len(edges))
    owner = np.concatenate((number, np.repeat(number, counts), number))
    rank = np.concatenate((number * 0, np.repeat(number * 0 + 1, counts), number * 0 + 2))
    lon, lat = (
        np.concatenate((node[network.edge_tail[edges]], shape[at], node[network.edge_head[edges]]))
        for node, shape in (
            (network.node_lon, network.shape_lon),
            (network.node_lat, network.shape_lat),
        )
    )
    order = np.lexsort((np.arange(len(owner)), rank, owner))
    return lon[order].astype(float), lat[order].astype(float), owner[order]


def _chains(
    loads: Mapping[Segment, tuple[float, float]],
) -> Iterator[tuple[list[Cell], tuple[float, float]]]:
    """Join stretches end to end while nothing branches off and loads stay alike."""
    at: dict[Cell, list[Segment]] = defaultdict(list)
    for own in loads:
        at[own[0]].append(own)
        at[own[1]].append(own)

    def after(cell: Cell, segment: Segment) -> Segment | None:
        both = at[cell]
        if len(both) != 2:
            return None
        other = both[1] if both[0] == segment else both[0]
        return other if _alike(loads[segment], loads[other]) else None

    left = dict.fromkeys(loads)
    while left:
        first = next(iter(left))
        cells, used = list(first), [first]
        del left[first]
        for end in (1, 0):
            segment: Segment | None = first
            cell = cells[-1]
            while segment is not None:
                segment = after(cell, segment)
                if segment is None or segment not in left:
                    break
                del left[segment]
                used.append(segment)
                cell = segment[1] if segment[0] == cell else segment[0]
                cells.append(cell)
            if end:
                cells.reverse()
        mean = np.mean([loads[one] for one in used], axis=0)
        yield cells, (float(mean[0]), float(mean[1]))


def _alike(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) <= ALIKE * max(a, b) for a, b in zip(one, other, strict=True))


def _points(cells: list[Cell]) -> list[list[float]]:
    import shapely

    line = shapely.LineString(cells).simplify(0.8)
    return [
        [round(x * GRID_DEG, 2), round(y * GRID_DEG, 2)] for x, y in shapely.get_coordinates(line)
    ]
