"""From edges to legs: what is joined, what stands alone, and what each is called."""

import numpy as np
import pytest

from landbridge.network.draft import CORNER_TRANSIT, LISTED_CROSSING, OPEN_BORDER
from landbridge.network.graph import Mode
from landbridge.routing.legs import legs, passed
from landbridge.routing.metrics import EdgeMetrics
from small_network import chain, sealed


def metrics_of(network):
    """Figures that differ by edge and direction, so that a wrong sum shows."""
    m = network.n_edges
    base = np.arange(1, m + 1, dtype=np.float32)
    both = np.stack([base, base * 3])
    return EdgeMetrics(2025, both, both**2, network.edge_length_km, both * 100, both * 7,
                       np.ones((2, m), bool))  # fmt: skip


def tell(network, edges, forward):
    return legs(network, metrics_of(network), np.array(edges), np.array(forward), "here", "there")


def test_a_way_of_no_edges_has_no_legs():
    network = chain()
    empty = np.array([], np.int64)
    assert legs(network, metrics_of(network), empty, empty.astype(bool), "here", "there") == ()
    assert passed(network, empty) == ((), ())


def test_the_way_west():
    network = chain()
    found = tell(network, [0, 1, 2, 3, 5], [True, True, False, False, True])
    said = [(leg.mode, leg.from_, leg.to, leg.economy) for leg in found]
    assert said == [
        ("rail", "here", "Alashankou", "CHN"),
        ("rail", "Alashankou", "Dostyk", "KAZ"),
        ("rail", "Dostyk", "Aktau", "KAZ"),
        ("transfer", "Aktau", "Aktau", "KAZ"),
        ("ferry", "Aktau", "Alat", "AZE"),
    ]
    assert [leg.crossing for leg in found] == [None, "Alashankou–Dostyk", None, None, "Aktau–Alat"]
    assert (found[1].gauge_from_mm, found[1].gauge_to_mm) == (1435, 1520)
    assert [leg.gauge_from_mm for leg in found[::2]] == [None, None, None]
    assert found[2].section is not None
    assert passed(network, np.array([0, 1, 2, 3, 5])) == (
        ("rail-alashankou-dostyk", "ferry-aktau-alat"), ()
    )  # fmt: skip


def test_the_same_way_back_turns_names_gauges_figures_and_shape():
    network = chain()
    out = tell(network, [0, 1, 2], [True, True, False])
    back = tell(network, [2, 1, 0], [True, False, False])
    assert [leg.crossing for leg in back] == [leg.crossing for leg in out[::-1]]
    assert (back[1].from_, back[1].to, back[1].economy) == ("Dostyk", "Alashankou", "CHN")
    assert (back[1].gauge_from_mm, back[1].gauge_to_mm) == (1520, 1435)
    for there, again in zip(out, back[::-1], strict=True):
        assert there.lat == again.lat[::-1]
        assert there.lon == again.lon[::-1]
        assert there.distance_km == again.distance_km
        assert {there.time_h, again.time_h} == {1.0, 3.0} or there.time_h != again.time_h
    # Edge 1 takes 2 h from tail to head and three times that back.
    assert (out[1].time_h, back[1].time_h) == (2.0, 6.0)
    assert (out[1].time_sd_h, back[1].time_sd_h) == (2.0, 6.0)
    assert (out[1].cost_usd_feu, back[1].co2_kg_feu) == (200.0, 42.0)


def test_spreads_add_as_variances():
    nodes = [(Mode.ROAD, "KAZ", 0, 45.0, 70.0 + k) for k in range(4)]
    edges = [{"tail": k, "head": k + 1, "mode": Mode.ROAD} for k in range(3)]
    (leg,) = tell(sealed(nodes, edges), [0, 1, 2], [True] * 3)
    assert leg.time_h == 6.0
    assert leg.time_sd_h == pytest.approx(np.sqrt(1 + 4 + 9))
    assert leg.distance_km == 30.0
    assert len(leg.lat) == 6


def test_both_sides_of_a_terminal_are_one_transfer():
    found = tell(chain(), [2, 3, 4, 6], [False, False, True, True])
    assert [leg.mode for leg in found] == ["rail", "transfer", "road"]
    assert found[1].cost_usd_feu == 400.0 * 3 + 500.0


def test_open_borders_and_corners_are_legs_of_their_own():
    nodes = [
        (Mode.RAIL, "KAZ", 1520, 50.0, 54.0),
        (Mode.RAIL, "KAZ", 1520, 50.5, 54.5),
        (Mode.RAIL, "KAZ", 1520, 51.0, 55.0),
        (Mode.RAIL, "RUS", 1520, 51.5, 55.5),
    ]
    edges = [
        {"tail": 0, "head": 1, "mode": Mode.RAIL, "rule": CORNER_TRANSIT, "economy": "RUS"},
        {"tail": 1, "head": 2, "mode": Mode.RAIL},
        {"tail": 2, "head": 3, "mode": Mode.RAIL, "rule": OPEN_BORDER},
    ]
    found = tell(sealed(nodes, edges), [0, 1, 2], [True] * 3)
    assert [leg.crossing for leg in found] == [
        "corner transit through RUS", None, "open border KAZ–RUS"
    ]  # fmt: skip
    assert [leg.economy for leg in found] == ["KAZ", "KAZ", "RUS"]
    assert (found[2].from_, found[2].to) == ("KAZ border", "RUS border")


def test_a_change_of_gauge_is_named_after_the_listed_break():
    nodes = [
        (Mode.RAIL, "KAZ", 1435, 45.24, 82.40),
        (Mode.RAIL, "KAZ", 1435, 45.25, 82.48),
        (Mode.RAIL, "KAZ", 1520, 45.25, 82.50),
        (Mode.RAIL, "KAZ", 1520, 45.26, 82.60),
    ]
    edges = [{"tail": k, "head": k + 1, "mode": Mode.RAIL} for k in range(3)]
    found = tell(sealed(nodes, edges), [0, 1, 2], [True] * 3)
    assert [leg.from_ for leg in found[1:]] == ["Dostyk (change of gauge)"] * 2
    assert (found[1].gauge_from_mm, found[1].gauge_to_mm) == (1435, 1520)
    far = [(mode, code, gauge, lat, lon - 20) for mode, code, gauge, lat, lon in nodes]
    assert tell(sealed(far, edges), [0, 1, 2], [True] * 3)[1].from_ == "change of gauge"


def test_sections_are_told_in_the_order_of_travel():
    nodes = [(Mode.RAIL, "KAZ", 1520, 45.0, 70.0 + k) for k in range(3)]
    edges = [
        {"tail": 0, "head": 1, "mode": Mode.RAIL, "section": "dostyk-moiynty-second-track"},
        {"tail": 1, "head": 2, "mode": Mode.RAIL, "section": "zhetygen-altynkol"},
    ]
    network = sealed(nodes, edges)
    (out,) = tell(network, [0, 1], [True, True])
    (back,) = tell(network, [1, 0], [False, False])
    assert out.section.split("; ") == back.section.split("; ")[::-1]
    assert out.section.startswith("Dostyk")


def test_a_ferry_between_berths_leaves_and_enters_the_economies_of_its_ports():
    nodes = [(Mode.FERRY, None, 0, 43.6, 51.2), (Mode.FERRY, None, 0, 39.9, 49.4)]
    edge = {"tail": 0, "head": 1, "mode": Mode.FERRY, "rule": LISTED_CROSSING,
            "crossing": "ferry-aktau-alat"}  # fmt: skip
    network = sealed(nodes, [edge])
    (out,) = tell(network, [0], [True])
    (back,) = tell(network, [0], [False])
    assert (out.from_, out.to, out.economy) == ("Aktau", "Alat", "AZE")
    assert (back.from_, back.to, back.economy) == ("Alat", "Aktau", "KAZ")
    assert len(tell(network, [0, 0], [True, False])) == 2


def test_a_strait_is_passed_once_however_many_edges_it_has():
    nodes = [(Mode.SEA, None, 0, 30.0 + k, 33.0) for k in range(3)]
    edges = [{"tail": k, "head": k + 1, "mode": Mode.SEA, "chokepoint": "suez"} for k in range(2)]
    network = sealed(nodes, edges)
    assert passed(network, np.array([0, 1])) == ((), ("suez",))
    (leg,) = tell(network, [0, 1], [True, True])
    assert leg.economy is None
