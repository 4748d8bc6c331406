"""The contract of `--json`, and GeoJSON that a reader of its own accepts."""

import json
import math

import pytest
import shapely
from shapely.geometry import shape

import sample
from landbridge.exchange.geojson import cut_at_antimeridian, routes_to_geojson, write_routes
from landbridge.exchange.json import dumps, plain, route_object

ROUTE_KEYS = {
    "corridor",
    "modes",
    "distance_km",
    "time_h",
    "time_sd_h",
    "cost_usd_feu",
    "co2_kg_feu",
    "economies",
    "legs",
}
LEG_KEYS = {"mode", "from", "to", "economy", "distance_km", "time_h", "cost_usd_feu"}
CROSSING_KEYS = {"crossing", "gauge_from_mm", "gauge_to_mm"}


def test_the_route_object_has_the_promised_keys():
    told = json.loads(dumps(route_object(sample.answer())))
    assert {"origin", "destination", "year", "cargo", "routes"} <= told.keys()
    assert len(told["routes"]) == 4
    for route in told["routes"]:
        assert route.keys() >= ROUTE_KEYS
        for leg in route["legs"]:
            assert leg.keys() >= LEG_KEYS
    border = told["routes"][0]["legs"][1]
    assert border.keys() >= CROSSING_KEYS
    assert (border["gauge_from_mm"], border["gauge_to_mm"]) == (1435, 1520)
    assert not CROSSING_KEYS & told["routes"][0]["legs"][0].keys()


def test_the_legs_add_up_to_the_route():
    for route in route_object(sample.answer())["routes"]:
        for figure in ("distance_km", "time_h", "cost_usd_feu"):
            total = sum(leg[figure] for leg in route["legs"])
            assert route[figure] == pytest.approx(total, abs=1e-3)


@pytest.mark.parametrize("missing", [math.nan, math.inf])
def test_a_missing_figure_is_null(missing):
    assert plain({"a": [missing, 1.0]}) == {"a": [None, 1.0]}


def test_geojson_survives_a_round_trip(tmp_path):
    target = tmp_path / "routes.geojson"
    write_routes(sample.answer(), target)
    told = json.loads(target.read_text(encoding="utf-8"))
    kinds = [feature["properties"]["kind"] for feature in told["features"]]
    assert kinds.count("route") == 4
    assert kinds.count("crossing") == 4
    assert kinds[-2:] == ["origin", "destination"]
    for feature in told["features"]:
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        assert shapely.box(-180, -90, 180, 90).covers(geometry)
    first = shape(told["features"][0]["geometry"])
    assert first.geoms[0].coords[0] == pytest.approx((106.55, 29.56))
    assert first.geoms[-1].coords[-1] == pytest.approx((6.76, 51.43))


def test_geojson_names_its_sources():
    assert "OpenStreetMap" in routes_to_geojson(sample.answer())["landbridge"]["sources"]


def test_lines_are_cut_at_the_antimeridian_both_ways():
    east = cut_at_antimeridian([[179.0, 0.0], [-179.0, 2.0]])
    west = cut_at_antimeridian([[-179.0, 2.0], [179.0, 0.0]])
    assert east == [[[179.0, 0.0], [180.0, 1.0]], [[-180.0, 1.0], [-179.0, 2.0]]]
    assert west == [[[-179.0, 2.0], [-180.0, 1.0]], [[180.0, 1.0], [179.0, 0.0]]]
