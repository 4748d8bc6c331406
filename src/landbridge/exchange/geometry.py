"""Geometry of the network's nodes and edges, for the formats that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.network.graph import Mode

if TYPE_CHECKING:
    from landbridge.network.graph import Network


def edge_lines(network: Network) -> NDArray[Any]:
    """Make a shapely LineString for every edge, object[m], longitude first.

    An edge without a shape of two points or more runs straight between its nodes.
    """
    import shapely

    counts = np.diff(network.shape_ptr)
    drawn = counts > 1
    lines = np.empty(network.n_edges, object)
    if drawn.any():
        points = np.column_stack((network.shape_lon, network.shape_lat)).astype(np.float64)
        inside = np.repeat(drawn, counts)
        owner = np.repeat(np.cumsum(drawn) - 1, counts)[inside]
        lines[drawn] = shapely.linestrings(points[inside], indices=owner)
    if not drawn.all():
        tail, head = network.edge_tail[~drawn], network.edge_head[~drawn]
        ends = np.stack(
            [
                np.column_stack((network.node_lon[node], network.node_lat[node]))
                for node in (tail, head)
            ],
            axis=1,
        )
        lines[~drawn] = shapely.linestrings(ends)
    return lines


def mode_names(codes: NDArray[np.integer[Any]]) -> NDArray[np.str_]:
    """Name the modes, in lower case.

    Examples
    --------
    >>> mode_names(np.array([0, 4])).tolist()
    ['rail', 'ferry']
    """
    names = np.array([mode.name.lower() for mode in Mode])
    return names.take(codes)


def row_ids(table: str, rows: NDArray[np.integer[Any]]) -> NDArray[np.str_]:
    """Give the id that each row number of a facts table stands for, empty where it is -1.

    Examples
    --------
    >>> row_ids("chokepoints", np.array([-1])).tolist()
    ['']
    """
    from landbridge import facts

    ids = np.array([*(row.id for row in facts.rows(table)), ""])
    return ids.take(rows, mode="wrap")


def economy_codes(network: Network, index: NDArray[np.integer[Any]]) -> NDArray[np.str_]:
    """Give the ISO 3166 alpha-3 code of each index, empty at sea and in the air."""
    codes = np.array([*network.economies, ""])
    return codes.take(index, mode="wrap")
