"""The network as GeoParquet 1.1: every edge with its geometry and what is known of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from landbridge.exchange.files import whole_file
from landbridge.exchange.geometry import economy_codes, edge_lines, mode_names, row_ids
from landbridge.exchange.sources import provenance

if TYPE_CHECKING:
    import pyarrow as pa

    from landbridge.network.graph import Network


def write_network(network: Network, target: Path) -> None:
    """Write the edges as one GeoParquet file, geometry as WKB in OGC:CRS84 (degrees)."""
    import pyarrow.parquet as pq

    with whole_file(target) as scratch:
        pq.write_table(network_table(network), scratch, compression="zstd")


def network_table(network: Network) -> pa.Table:
    """One row an edge, with the `geo` metadata that the specification asks for.

    No `crs` is written: the specification's default is OGC:CRS84, longitude and latitude.
    """
    import numpy as np
    import pyarrow as pa
    import shapely

    lines = edge_lines(network)
    columns: dict[str, pa.Array] = {
        "edge_id": pa.array(np.arange(network.n_edges, dtype=np.int32)),
        "from_node_id": pa.array(network.edge_tail),
        "to_node_id": pa.array(network.edge_head),
        "mode": _words(mode_names(network.edge_mode)),
        "economy": _words(economy_codes(network, network.edge_economy)),
        "length_km": pa.array(network.edge_length_km),
        "gauge_from_mm": pa.array(network.edge_gauge_tail_mm),
        "gauge_to_mm": pa.array(network.edge_gauge_head_mm),
        "crossing_id": _words(row_ids("crossings", network.edge_crossing)),
        "section_id": _words(row_ids("sections", network.edge_section)),
        "terminal_id": _words(row_ids("terminals", network.edge_terminal)),
        "chokepoint_id": _words(row_ids("chokepoints", network.edge_chokepoint)),
        "geometry": pa.array(shapely.to_wkb(lines), pa.binary()),
    }
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": ["LineString"],
                "bbox": [float(edge) for edge in shapely.total_bounds(lines)],
            }
        },
    }
    table = pa.table(columns)
    return table.replace_schema_metadata({"geo": json.dumps(geo), **provenance()})


def _words(values: object) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    words = np.asarray(values)
    return pa.array(words.astype(object), pa.string(), mask=words == "").dictionary_encode()
