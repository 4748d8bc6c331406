"""Where a place meets the network: the nearest lines of its own economy, or the point itself."""

import numpy as np
import pytest

from landbridge import facts
from landbridge.errors import UnknownNameError
from landbridge.network.geo import haversine_km
from landbridge.network.graph import Mode
from landbridge.routing.access import REACH_KM, STREET_DETOUR, NodeFinder, access
from landbridge.routing.rates.cargo import cargo_class
from landbridge.routing.rates.connector import connector
from landbridge.routing.results import Place
from small_network import chain, numbers, sealed

AKTAU = Place("Aktau", "city", "KAZ", 43.65, 51.17)


def reach(place, modes=None, network=None, year=2025):
    finder = NodeFinder(network or chain())
    wanted = None if modes is None else frozenset(modes)
    return access(place, finder, wanted, year, cargo_class(), lambda t, ref: numbers(t)[ref])


def test_a_city_loads_on_the_nearest_railway_and_road_of_its_economy():
    found = reach(AKTAU)
    assert dict(zip(found.mode.tolist(), found.nodes.tolist(), strict=True)) == {
        Mode.RAIL: 3, Mode.ROAD: 5
    }  # fmt: skip
    km = STREET_DETOUR * haversine_km(43.65, 51.17, np.array([43.6, 43.7]), np.array([51.3, 51.2]))
    assert found.distance_km == pytest.approx(km, rel=1e-3)
    assert (found.time_h > 0).all()
    assert (found.cost_usd_feu > 0).all()


def test_the_truck_and_the_station_are_what_the_connector_says():
    found = reach(AKTAU)
    for k, mode in enumerate(found.mode.tolist()):
        said = connector(Mode(mode), float(found.distance_km[k]), "KAZ", 2025, cargo_class())
        assert found.time_h[k] == said.time_h
        assert found.var_h2[k] == said.var_h2
        assert found.cost_usd_feu[k] == said.cost_usd_feu
        assert found.co2_kg_feu[k] == said.co2_kg_feu


def test_no_line_beyond_its_reach_or_across_the_border():
    degrees = REACH_KM[Mode.RAIL] / 111.2
    near = Place("near", "point", "KAZ", 43.6 + 0.95 * degrees, 51.3)
    far = Place("far", "point", "KAZ", 43.6 + 1.05 * degrees, 51.3)
    assert Mode.RAIL in reach(near).mode
    assert Mode.RAIL not in reach(far).mode
    across = Place("Aktau", "city", "AZE", 43.65, 51.17)
    assert len(reach(across).nodes) == 0


@pytest.mark.parametrize(
    ("modes", "nodes"), [([Mode.RAIL], [3]), ([Mode.ROAD], [5]), ([Mode.RAIL, Mode.SEA], [3])]
)
def test_asked_for_modes_only_those_lines_count(modes, nodes):
    assert reach(AKTAU, modes).nodes.tolist() == nodes


def test_each_track_gauge_is_a_door_of_its_own():
    nodes = [(Mode.RAIL, "VNM", 1000, 21.0, 105.8), (Mode.RAIL, "VNM", 1435, 21.1, 105.9),
             (Mode.RAIL, "VNM", 1435, 21.2, 105.9)]  # fmt: skip
    edges = [{"tail": k, "head": k + 1, "mode": Mode.RAIL} for k in range(2)]
    network = sealed(nodes, edges, ("VNM",))
    found = reach(Place("Hanoi", "city", "VNM", 21.02, 105.84), network=network)
    assert sorted(found.nodes.tolist()) == [0, 1]


def test_a_line_not_yet_built_is_not_loaded_on():
    nodes = [(Mode.RAIL, "KAZ", 1520, 44.0, 77.0 + k) for k in (0.0, 0.2, 0.4, 0.6)]
    edges = [
        {"tail": 0, "head": 1, "mode": Mode.RAIL, "section": "zhetygen-altynkol"},
        {"tail": 1, "head": 2, "mode": Mode.RAIL},
        {"tail": 2, "head": 3, "mode": Mode.RAIL},
    ]
    network = sealed(nodes, edges)
    city = Place("city", "city", "KAZ", 44.0, 76.95)
    opened = facts.by_id("sections")["zhetygen-altynkol"].opens_year
    assert reach(city, [Mode.RAIL], network, opened).nodes.tolist() == [0]
    assert reach(city, [Mode.RAIL], network, opened - 1).nodes.tolist() == [1]


def test_a_terminal_and_a_crossing_stand_on_the_network_itself():
    port = reach(Place("Aktau", "terminal", "KAZ", 43.6, 51.2, ref="aktau-port"))
    assert (port.nodes.tolist(), port.mode.tolist()) == ([4], [Mode.TRANSFER])
    post = reach(Place("Dostyk", "crossing", "CHN", 45.2, 82.5, ref="rail-alashankou-dostyk"))
    assert post.nodes.tolist() == [1, 2]
    for found in (port, post):
        assert (found.time_h == 0).all()
        assert (found.distance_km == 0).all()
        assert (found.cost_usd_feu == 0).all()


def test_a_terminal_without_a_node_is_reached_as_a_point():
    found = reach(Place("Khorgos", "terminal", "KAZ", 43.65, 51.17, ref="khorgos-gateway"))
    assert sorted(found.nodes.tolist()) == [3, 5]


def test_kept_to_the_sea_a_city_stands_at_its_nearest_port():
    nodes = [(Mode.TRANSFER, "CHN", 0, 31.3, 121.7), (Mode.SEA, None, 0, 31.0, 122.5),
             (Mode.TRANSFER, "CHN", 0, 29.9, 122.0)]  # fmt: skip
    edges = [
        {"tail": 0, "head": 1, "mode": Mode.TRANSFER, "km": 0.0, "terminal": "aktau-port"},
        {"tail": 2, "head": 1, "mode": Mode.TRANSFER, "km": 0.0, "terminal": "port-of-baku"},
    ]
    found = reach(Place("Shanghai", "city", "CHN", 31.2, 121.5), [Mode.SEA], sealed(nodes, edges))
    assert found.nodes.tolist() == [0]
    assert found.mode.tolist() == [Mode.TRANSFER]
    inland = Place("Urumqi", "city", "CHN", 43.8, 87.6)
    assert len(reach(inland, [Mode.SEA], sealed(nodes, edges)).nodes) == 0


def test_an_economy_the_network_lacks_is_an_error():
    with pytest.raises(UnknownNameError, match="unknown economy 'XXX'"):
        reach(Place("nowhere", "point", "XXX", 43.65, 51.17))
