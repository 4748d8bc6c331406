"""The network as others read it: GMNS tables and GeoParquet."""

import json

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely

import sample
from landbridge import facts
from landbridge.errors import InputError
from landbridge.exchange.geometry import edge_lines
from landbridge.exchange.geoparquet import write_network
from landbridge.exchange.gmns import FILES, write_gmns

SPEC = {
    "node.csv": {"node_id", "x_coord", "y_coord", "node_type", "zone_id"},
    "link.csv": {
        "link_id",
        "from_node_id",
        "to_node_id",
        "directed",
        "geometry",
        "dir_flag",
        "length",
        "facility_type",
        "allowed_uses",
        "jurisdiction",
    },
    "config.csv": {"long_length", "crs", "geometry_field_format", "version_number", "id_type"},
    "use_definition.csv": {"use", "persons_per_vehicle", "pce"},
}
"""Fields of GMNS 0.96 that these files must have, from the specification's schemas."""


@pytest.fixture
def gmns(tmp_path):
    write_gmns(sample.network(), tmp_path / "gmns")
    return {name: pd.read_csv(tmp_path / "gmns" / name) for name in FILES}


def test_gmns_has_the_specified_fields(gmns):
    for name, fields in SPEC.items():
        assert fields <= set(gmns[name].columns), name


def test_gmns_keys_hold(gmns):
    nodes, links, uses = gmns["node.csv"], gmns["link.csv"], gmns["use_definition.csv"]
    assert nodes["node_id"].is_unique
    assert links["link_id"].is_unique
    ends = set(links["from_node_id"]) | set(links["to_node_id"])
    assert ends <= set(nodes["node_id"])
    assert set(links["allowed_uses"]) <= set(uses["use"])
    assert links["directed"].tolist() == [False] * 3
    assert (links["length"] >= 0).all()


def test_gmns_geometry_runs_from_node_to_node(gmns):
    nodes, links = gmns["node.csv"].set_index("node_id"), gmns["link.csv"]
    lines = shapely.from_wkt(links["geometry"].to_numpy())
    for line, link in zip(lines, links.itertuples(), strict=True):
        ends = [line.coords[0], line.coords[-1]]
        for (x, y), node in zip(ends, (link.from_node_id, link.to_node_id), strict=True):
            assert (x, y) == pytest.approx(tuple(nodes.loc[node, ["x_coord", "y_coord"]]), abs=1e-4)


def test_gmns_into_a_file_is_bad_input(tmp_path):
    (tmp_path / "gmns").write_text("")
    with pytest.raises(InputError, match="name a folder"):
        write_gmns(sample.network(), tmp_path / "gmns")


def test_geoparquet_reads_back_with_its_geometry(tmp_path):
    target = tmp_path / "network.parquet"
    network = sample.network()
    write_network(network, target)
    table = pq.read_table(target)
    geo = json.loads(table.schema.metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    assert (geo["version"], column["encoding"]) == ("1.1.0", "WKB")
    assert column["geometry_types"] == ["LineString"]
    lines = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
    assert shapely.equals(lines, edge_lines(network)).all()
    assert column["bbox"] == pytest.approx(list(shapely.total_bounds(lines)))
    assert table["economy"].to_pylist() == ["CHN", "CHN", None]
    crossing, *others = table["crossing_id"].to_pylist()
    assert crossing == facts.rows("crossings")[0].id
    assert others == [None, None]


def test_geopandas_reads_the_geoparquet(tmp_path):
    geopandas = pytest.importorskip("geopandas", reason="the geo extra is not installed")
    target = tmp_path / "network.parquet"
    write_network(sample.network(), target)
    frame = geopandas.read_parquet(target)
    assert frame.crs.to_string() == "OGC:CRS84"
    assert frame["mode"].tolist() == ["rail", "transfer", "sea"]


def test_an_edge_without_a_shape_runs_straight():
    lines = edge_lines(sample.network())
    np.testing.assert_allclose(lines[1].coords, [(82.5, 45.157), (121.8, 31.2)])
