"""The base layers are read as text, in full, and another version's text is refused."""

import json

import numpy as np
import pytest

from landbridge.errors import MissingExtraError
from landbridge.network import layers
from landbridge.network.layers import package_file, parse_literals, read_land, read_sea

GRAPH = b"graph=[{1: 2.5, 0: 0.0}, {0: 2.5, 2: 1.25}, {1: 1.25}]"
NODES = b"nodes=[[50.0, 10.0], [50.0, 10.035], [-50.5, 1e1]]"


@pytest.fixture(scope="module")
def railways():
    return read_land("world_railways")


def test_a_module_of_literals():
    layer, count = parse_literals(b"# made\n" + GRAPH + b"\n" + NODES + b"\n", "example")
    assert layer.lat.tolist() == [50.0, 50.0, -50.5]
    assert layer.lon.tolist() == [10.0, 10.035, 10.0]
    pairs = zip(layer.tail.tolist(), layer.head.tolist(), layer.length_km.tolist(), strict=True)
    assert list(pairs) == [(0, 1, 2.5), (1, 2, 1.25)]
    assert (count.nodes, count.directed_edges, count.self_loops, count.edges) == (3, 5, 1, 2)


def test_a_node_without_edges_stays_a_node():
    layer, _ = parse_literals(b"graph=[{}, {2: 1.0}, {1: 1.0}]\n" + NODES, "example")
    assert layer.n_nodes == 3
    assert (layer.tail.tolist(), layer.head.tolist()) == ([1], [2])


@pytest.mark.parametrize(
    "text",
    [
        b"",
        GRAPH,
        NODES,
        b"GRAPH=[]\nNODES=[]",
        b"from x import graph\n" + NODES,
        GRAPH[: len(GRAPH) // 2] + b"\n" + NODES,
        GRAPH + b"\n" + NODES[: len(NODES) // 2],
        GRAPH.replace(b"2.5", b"two") + b"\n" + NODES,
        GRAPH.replace(b"{1: 1.25}", b"{9: 1.25}") + b"\n" + NODES,
        GRAPH + b"\nnodes=[[50.0, 10.0], [50.0, 10.035]]",
        GRAPH + b"\nnodes=[[50.0, 10.0], [50.0, 10.035], [50.0]]",
    ],
)
def test_text_of_another_version_is_refused_and_the_right_one_named(text):
    with pytest.raises(MissingExtraError, match=r"example .*'scgraph-data==2\.0\.0'"):
        parse_literals(text, "example")


def test_a_missing_package_says_how_to_get_it():
    with pytest.raises(MissingExtraError, match=r"'no_such_package'.*pip install"):
        package_file("no_such_package", "data.py")
    with pytest.raises(MissingExtraError, match=r"'no_such.py'.*'scgraph_data'"):
        package_file("scgraph_data", "no_such.py")


def test_the_railways_hold_what_was_measured(railways):
    layer, count = railways
    assert count.nodes == layer.n_nodes == 274_974
    assert count.self_loops == 158_922
    assert count.directed_edges - count.self_loops == 2 * count.edges
    assert len(layer.tail) == count.edges


def test_railway_edges_are_pairs_of_other_nodes_with_a_length(railways):
    layer, _ = railways
    assert (layer.tail < layer.head).all()
    assert layer.tail.min() >= 0
    assert layer.head.max() < layer.n_nodes
    key = layer.tail.astype(np.int64) * layer.n_nodes + layer.head
    assert len(np.unique(key)) == len(key)
    assert np.isfinite(layer.length_km).all()
    assert (layer.length_km >= 0).all()
    assert (np.abs(layer.lat) <= 90).all()
    assert (np.abs(layer.lon) <= 180).all()


def test_railway_lengths_are_no_shorter_than_great_circles(railways):
    layer, _ = railways
    crow = layers.haversine_km(
        layer.lat[layer.tail], layer.lon[layer.tail], layer.lat[layer.head], layer.lon[layer.head]
    )
    # Written to the metre on a sphere of slightly another radius.
    assert (layer.length_km >= crow * 0.999 - 0.002).all()


def test_sea_lanes_leave_out_the_ice_and_are_written_once():
    sea = read_sea()
    raw = json.loads(package_file("searoute", "data/marnet_searoute.geojson").read_text("utf-8"))
    named = {item["properties"].get("passage") for item in raw["features"]}
    assert named >= layers.EXCLUDED_PASSAGES
    assert (np.abs(sea.lon) <= 180).all()
    assert (sea.lon < 180).all()
    assert (sea.length_km > 0).all()
    pairs = np.column_stack((sea.tail, sea.head))
    assert len(np.unique(pairs, axis=0)) == len(pairs)
    points = np.column_stack((sea.lat, sea.lon))
    assert len(np.unique(points, axis=0)) == len(points)


def test_sea_lanes_meet_in_points_that_are_written_alike(monkeypatch, tmp_path):
    lanes = {
        "features": [
            {
                "properties": {"passage": passage},
                "geometry": {"type": kind, "coordinates": coordinates},
            }
            for passage, kind, coordinates in [
                (None, "LineString", [[179.0, 0.0], [180.0, 0.0]]),
                ("", "MultiLineString", [[[-180.0, 0.0], [-179.0, 0.0]], [[5, 5], [5, 5]]]),
                ("suez", "LineString", [[-179.000001, 0.000001], [-178.0, 0.0]]),
                ("northwest", "LineString", [[-178.0, 0.0], [-177.0, 80.0]]),
            ]
        ]
    }
    file = tmp_path / "lanes.geojson"
    file.write_text(json.dumps(lanes), encoding="utf-8")
    monkeypatch.setattr(layers, "package_file", lambda package, name: file)
    sea = read_sea()
    assert sorted(sea.lon[np.unique(np.r_[sea.tail, sea.head])]) == [-180, -179, -178, 179]
    assert len(sea.tail) == 3
