"""What lines carry before and after, as GeoParquet: the loads of a run on the map.

Edges that follow one another without a junction and carry the same are one line. A line's figures
are the means of its edges, each by its length.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InputError
from landbridge.exchange.files import whole_file
from landbridge.exchange.geometry import edge_lines, mode_names
from landbridge.exchange.sources import provenance
from landbridge.network.graph import Mode, Network

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from landbridge.assess.assessment import Assessment

FLOWS = "flows.parquet"
LEAST_FEU = 100.0
"""A line that carries less than this a year, before and after, is left out."""

_SAME = 0.02
"""Loads within this share of one another are the same."""
_WITHIN_DEG = 0.02
_DRAWN = (Mode.RAIL, Mode.ROAD, Mode.SEA, Mode.FERRY, Mode.AIR)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def write_flows(assessment: Assessment, target: Path) -> int:
    """Write the loads of an assessment, one row a line; how many rows there are.

    Columns: `mode`, `feu_base`, `feu` (containers a year, both directions), `length_km`,
    `geometry` (WKB, OGC:CRS84).
    """
    import pyarrow.parquet as pq

    network = assessment.given.world.network
    before, after = (state.traffic.both_ways for state in (assessment.base, assessment.changed))
    made = flows_table(network, before, after)
    with whole_file(target) as scratch:
        pq.write_table(made, scratch, compression="zstd")
    return int(made.num_rows)


def flows_table(network: Network, before: Floats, after: Floats) -> pa.Table:
    """Lines with their loads, the busiest last so that they are drawn on top.

    Parameters
    ----------
    before, after : float64[m], FEU a year on every edge, both directions
    """
    import pyarrow as pa
    import shapely

    most = np.maximum(before, after)
    edges = np.flatnonzero((most >= LEAST_FEU) & np.isin(network.edge_mode, _DRAWN))
    line = _chains(network, edges, before[edges], after[edges])
    count = int(line.max()) + 1 if len(line) else 0
    km = np.maximum(network.edge_length_km[edges], 1e-6)
    length = np.bincount(line, km, count)
    old, new = (np.bincount(line, km * load[edges], count) / length for load in (before, after))
    first = np.full(count, -1, np.int64)
    first[line[::-1]] = edges[::-1]
    order = np.argsort(line, kind="stable")
    drawn = shapely.line_merge(
        shapely.multilinestrings(_lines_of(network, edges[order]), indices=line[order])
    )
    drawn = shapely.simplify(drawn, _WITHIN_DEG)
    rank = np.argsort(np.maximum(old, new), kind="stable")
    columns = {
        "mode": pa.array(mode_names(network.edge_mode[first[rank]]).astype(object), pa.string()),
        "feu_base": pa.array(old[rank]),
        "feu": pa.array(new[rank]),
        "length_km": pa.array(length[rank]),
        "geometry": pa.array(shapely.to_wkb(drawn[rank]), pa.binary()),
    }
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": ["LineString", "MultiLineString"],
            }
        },
    }
    told = {"geo": json.dumps(geo), "least_feu": str(LEAST_FEU), **provenance()}
    return pa.table(columns).replace_schema_metadata(told)


def read_flows(folder: Path) -> pd.DataFrame:
    """Read the flows of a run's folder; `geometry` holds shapely lines.

    Raises
    ------
    InputError
        The run was written without them.
    """
    import pyarrow.parquet as pq
    import shapely

    file = Path(folder) / FLOWS
    if not file.is_file():
        raise InputError(f"the run {folder} holds no {FLOWS}: assess it again to have its flows")
    made: pd.DataFrame = pq.read_table(file).to_pandas()
    made["geometry"] = shapely.from_wkb(made["geometry"].to_numpy())
    return made


def _chains(network: Network, edges: Ints, before: Floats, after: Floats) -> Ints:
    """Which line each edge belongs to, int64[len(edges)]: numbers from 0 on."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    node = np.r_[network.edge_tail[edges], network.edge_head[edges]].astype(np.int64)
    edge = np.tile(np.arange(len(edges)), 2)
    order = np.argsort(node, kind="stable")
    node, edge = node[order], edge[order]
    start = np.flatnonzero(np.r_[True, node[1:] != node[:-1]]) if len(node) else np.empty(0, int)
    degree = np.diff(np.r_[start, len(node)])
    pair = start[degree == 2]
    one, other = edge[pair], edge[pair + 1]
    same = network.edge_mode[edges[one]] == network.edge_mode[edges[other]]
    for load in (before, after):
        least = np.minimum(load[one], load[other])
        same &= np.abs(load[one] - load[other]) <= _SAME * np.maximum(least, LEAST_FEU)
    joined = coo_array(
        (np.ones(int(same.sum())), (one[same], other[same])), shape=(len(edges), len(edges))
    )
    return np.asarray(connected_components(joined, directed=False)[1], np.int64)


def _lines_of(network: Network, edges: Ints) -> NDArray[Any]:
    """Lines of some edges; one of a single point runs straight between its nodes."""
    from landbridge.network.graph import Network as Net

    counts = np.diff(network.shape_ptr)[edges]
    at = np.repeat(network.shape_ptr[edges] - np.r_[0, np.cumsum(counts)[:-1]], counts)
    at = at + np.arange(counts.sum())
    part: dict[str, Any] = {name: getattr(network, name) for name in Net.__dataclass_fields__}
    part |= {name: value[edges] for name, value in part.items() if name.startswith("edge_")}
    part["shape_ptr"] = np.r_[0, np.cumsum(counts)]
    part["shape_lon"], part["shape_lat"] = network.shape_lon[at], network.shape_lat[at]
    return edge_lines(Net(**part))
