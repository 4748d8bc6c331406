"""What the network holds, in numbers that add up."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from drafts import draft
from landbridge import facts
from landbridge.network.contract import contract
from landbridge.network.graph import Mode
from landbridge.network.seal import seal
from landbridge.network.summary import summarise

REPORT = {
    "layers": {"rail": {"nodes": 4, "directed_edges": 6, "self_loops": 1, "edges": 3}},
    "repairs": [{"what": "gaps closed", "count": 2, "km": 1.2345, "note": ""}],
    "sections": [{"id": "a", "how": "missing", "published_km": 9.0, "model_km": None, "note": ""}],
    "unreached_crossings": ["rail-a-b"],
    "notes": ["port: no sea lane"],
}


@pytest.fixture(scope="module")
def summary(world):
    return world.summary()


def small():
    """Three edges: 10 km of rail over crossing 0, 5 km of rail, 2 km of road."""
    made = draft(
        [(0, 0)] * 4,
        [(0, 1), (1, 2), (2, 3)],
        [0, 1, 1, 1],
        km=[10.0, 5.0, 2.0],
        edge_mode=[Mode.RAIL, Mode.RAIL, Mode.ROAD],
        mode=Mode.RAIL,
        crossing=[0, -1, -1],
        border_rule=[1, 0, 0],
    )
    chains = contract(made, np.ones(4, bool))
    return seal(made, chains, ("AAA", "BBB"), np.ones(3))


def test_a_small_network():
    found = summarise(small(), REPORT)
    modes = {row["mode"]: row for row in found.modes}
    assert set(modes) == {mode.name.lower() for mode in Mode}
    assert (modes["rail"]["nodes"], modes["rail"]["edges"], modes["rail"]["km"]) == (4, 2, 15)
    assert (modes["road"]["nodes"], modes["road"]["edges"], modes["road"]["km"]) == (0, 1, 2)
    assert modes["sea"] == {"mode": "sea", "nodes": 0, "edges": 0, "km": 0}
    assert sum(row["on_a_line"] for row in found.crossings) == 1
    assert found.layers == ({"layer": "rail", **REPORT["layers"]["rail"]},)
    assert found.repairs == ({"what": "gaps closed", "count": 2, "km": 1.2},)
    assert found.sections == tuple(REPORT["sections"])
    assert found.unreached == ("rail-a-b", "port: no sea lane")


def test_modes_add_up_to_the_network(summary, world):
    assert sum(row["nodes"] for row in summary.modes) == world.network.n_nodes
    assert sum(row["edges"] for row in summary.modes) == world.network.n_edges
    km = sum(row["km"] for row in summary.modes)
    assert km == pytest.approx(world.network.edge_length_km.sum(), abs=len(summary.modes))


def test_crossings_and_terminals_add_up_to_the_tables(summary):
    assert sum(row["listed"] for row in summary.crossings) == len(facts.rows("crossings"))
    assert all(0 <= row["on_a_line"] <= row["listed"] for row in summary.crossings)
    assert sum(row["count"] for row in summary.terminals) == len(facts.rows("terminals"))
    open_rail = [r for r in summary.crossings if (r["mode"], r["status"]) == ("rail", "open")]
    assert open_rail[0]["on_a_line"] >= 90


def test_layers_are_those_that_were_measured(summary):
    layers = {row["layer"]: row for row in summary.layers}
    assert layers["rail"]["nodes"] == 274_974
    assert layers["rail"]["self_loops"] == 158_922


def test_every_source_has_a_licence_and_a_name_to_thank(summary):
    assert {row["name"] for row in summary.sources} == {row.name for row in facts.sources()}
    assert all(row["licence"] for row in summary.sources)
    openstreetmap = [row for row in summary.sources if "OpenStreetMap" in row["name"]]
    assert openstreetmap
    assert all(row["licence"] == "ODbL-1.0" for row in openstreetmap)
    assert all("OpenStreetMap contributors" in row["attribution"] for row in openstreetmap)


def test_every_repair_is_counted(summary):
    for row in summary.repairs:
        assert row["count"] >= 0
        assert row["km"] >= 0
        assert row["what"]
    assert len({row["what"] for row in summary.repairs}) == len(summary.repairs)


def test_the_summary_is_plain_enough_for_json(summary):
    told = json.loads(json.dumps(asdict(summary)))
    assert told["modes"] == list(map(dict, summary.modes))
