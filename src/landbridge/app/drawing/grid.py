"""Lines for a screen: points snapped to a grid, doubles dropped, stretches joined, deltas written.

Two tracks that share the cells of the grid are one line, so that a dense yard weighs no more than
what the eye can tell apart.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from landbridge.network.graph import Network

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_BASE = 100_000
_HALF = _BASE // 2
_WITHIN = 0.8
"""Cells of the grid by which a line may be straightened."""


def shape_points(network: Network, edges: Ints) -> tuple[Floats, Floats, Ints]:
    """Longitude and latitude of the points of edges, end to end, and which edge each is of."""
    counts = np.diff(network.shape_ptr)[edges]
    offset = network.shape_ptr[edges] - np.r_[0, np.cumsum(counts)[:-1]]
    at = np.repeat(offset, counts) + np.arange(counts.sum())
    owner = np.repeat(np.arange(len(edges)), counts)
    return (
        network.shape_lon[at].astype(np.float64),
        network.shape_lat[at].astype(np.float64),
        owner,
    )


def snapped(lon: Floats, lat: Floats, owner: Ints, grid_deg: float) -> NDArray[np.object_]:
    """Polylines in units of the grid, each stretch once.

    Parameters
    ----------
    lon, lat : float64[k], degrees
    owner : int64[k], points of one line follow one another and bear its number
    grid_deg : width of a cell

    Returns
    -------
    object[n] of shapely LineString, coordinates whole numbers of cells

    Examples
    --------
    >>> lon, lat = np.array([0.0, 1.0, 0.0, 1.02]), np.array([0.0, 0.0, 0.0, 0.0])
    >>> snapped(lon, lat, np.array([0, 0, 1, 1]), 0.1).tolist()
    [<LINESTRING (0 0, 10 0)>]
    """
    x, y = (np.round(degrees / grid_deg).astype(np.int64) + _HALF for degrees in (lon, lat))
    cell = x * _BASE + y
    here, there = cell[:-1], cell[1:]
    moves = (owner[1:] == owner[:-1]) & (here != there)
    # A line that goes round the back of the globe would be drawn across its front.
    moves &= np.abs(lon[1:] - lon[:-1]) < 180.0
    pairs = np.unique(
        np.column_stack(
            (np.minimum(here, there)[moves], np.maximum(here, there)[moves]),
        ),
        axis=0,
    )
    if not len(pairs):
        return np.empty(0, object)
    ends = np.stack((pairs // _BASE - _HALF, pairs % _BASE - _HALF), axis=2).astype(np.float64)
    joined = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends)))
    return np.asarray(shapely.simplify(shapely.get_parts(joined), _WITHIN))


def deltas(line: shapely.LineString) -> list[int]:
    """Write a line of whole coordinates as its first point and the steps from point to point.

    Examples
    --------
    >>> deltas(shapely.LineString([(10, 20), (13, 20), (13, 19)]))
    [10, 20, 3, 0, 0, -1]
    """
    at = np.rint(shapely.get_coordinates(line)).astype(np.int64)
    steps: list[int] = np.vstack((at[:1], np.diff(at, axis=0))).ravel().tolist()
    return steps


def degrees(line: list[int], grid_deg: float) -> list[list[float]]:
    """Points in degrees of a line written by `deltas`.

    Examples
    --------
    >>> degrees([10, 20, 3, 0], 0.1)
    [[1.0, 2.0], [1.3, 2.0]]
    """
    at = np.cumsum(np.array(line).reshape(-1, 2), axis=0) * grid_deg
    return [[round(float(a), 4), round(float(b), 4)] for a, b in at]


def written(lines: NDArray[np.object_], least: float = 0.0) -> list[list[int]]:
    """Every line as `deltas`, those shorter than `least` cells left out."""
    long_enough: list[Any] = [line for line in lines if shapely.length(line) >= least]
    return [deltas(line) for line in long_enough]
