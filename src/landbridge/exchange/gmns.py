"""The network as General Modeling Network Specification (GMNS 0.96) CSV files.

Source of the field names: Zephyr Foundation, `zephyr-data-specs/GMNS`, `spec/*.schema.json`.
Fields of our own follow the specification's, with their unit in the name.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from landbridge.errors import InputError
from landbridge.exchange.files import OutputError
from landbridge.exchange.geometry import economy_codes, edge_lines, mode_names, row_ids
from landbridge.exchange.sources import ATTRIBUTION, provenance
from landbridge.network.graph import Mode

if TYPE_CHECKING:
    import pandas as pd

    from landbridge.network.graph import Network

FILES = ("config.csv", "use_definition.csv", "node.csv", "link.csv")


def write_gmns(network: Network, folder: Path) -> None:
    """Write `config`, `use_definition`, `node` and `link` CSV files into a folder.

    The four are written apart and moved in together, so that a stopped command leaves the
    folder as it was.

    Raises
    ------
    InputError
        `folder` is a file.
    OutputError
        The system refuses: read-only place, full disk.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"cannot write GMNS files into {folder}: it is a file; name a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".gmns-") as name:
            scratch = Path(name)
            tables = (config_table(), use_table(), node_table(network), link_table(network))
            for file, table in zip(FILES, tables, strict=True):
                table.to_csv(scratch / file, index=False)
            for file in FILES:
                (scratch / file).replace(folder / file)
    except OSError as error:
        raise OutputError.from_os_error(folder, error) from error


def config_table() -> pd.DataFrame:
    """Units and coordinate system, one row."""
    import pandas as pd

    row = {
        "dataset_name": f"{provenance()['software']} network; {ATTRIBUTION}",
        "short_length": "metre",
        "long_length": "kilometre",
        "speed": "kilometre per hour",
        "crs": "EPSG:4326",
        "geometry_field_format": "WKT",
        "currency": "USD",
        "version_number": 0.96,
        "id_type": "integer",
    }
    return pd.DataFrame([row])


def use_table() -> pd.DataFrame:
    """List the uses that `allowed_uses` names: one a mode of freight."""
    import pandas as pd

    return pd.DataFrame(
        {
            "use": [mode.name.lower() for mode in Mode],
            "persons_per_vehicle": 0,
            "pce": 1,
            "special_conditions": "no passengers; pce is required by the specification and unused",
            "description": [f"freight, {mode.name.lower()}" for mode in Mode],
        }
    )


def node_table(network: Network) -> pd.DataFrame:
    """One row a junction; `zone_id` stays empty, for zones are chosen when a skim is asked."""
    import numpy as np
    import pandas as pd

    return pd.DataFrame(
        {
            "node_id": np.arange(network.n_nodes),
            "x_coord": network.node_lon.round(6),
            "y_coord": network.node_lat.round(6),
            "node_type": mode_names(network.node_mode),
            "zone_id": "",
            "economy": economy_codes(network, network.node_economy),
            "gauge_mm": network.node_gauge_mm,
        }
    )


def link_table(network: Network) -> pd.DataFrame:
    """One row an edge, undirected; `length` in km, `geometry` as WKT."""
    import numpy as np
    import pandas as pd
    import shapely

    mode = mode_names(network.edge_mode)
    return pd.DataFrame(
        {
            "link_id": np.arange(network.n_edges),
            "from_node_id": network.edge_tail,
            "to_node_id": network.edge_head,
            "directed": "false",
            "geometry": shapely.to_wkt(edge_lines(network), rounding_precision=5),
            "dir_flag": 1,
            "length": network.edge_length_km.round(4),
            "facility_type": mode,
            "allowed_uses": mode,
            "jurisdiction": economy_codes(network, network.edge_economy),
            "crossing_id": row_ids("crossings", network.edge_crossing),
            "section_id": row_ids("sections", network.edge_section),
            "terminal_id": row_ids("terminals", network.edge_terminal),
            "chokepoint_id": row_ids("chokepoints", network.edge_chokepoint),
            "gauge_from_mm": network.edge_gauge_tail_mm,
            "gauge_to_mm": network.edge_gauge_head_mm,
        }
    )
