"""The map page and the API of the network, in a headless browser and without one."""

import json

import numpy as np
import pytest

from app_running import fits
from landbridge.app import posts
from landbridge.app.drawing.grid import degrees, deltas, snapped
from landbridge.errors import InputError, UnknownNameError

READY = "#map[data-ready=yes]"


@pytest.fixture
def opened(browse):
    def open_map(query="", width=1440, **more):
        page = browse(f"/map{query}", width=width, **more)
        page.wait_for_selector(READY, state="attached", timeout=90_000)
        return page

    return open_map


@pytest.fixture(scope="module")
def drawn(served):
    """Lines of the whole network, once the network is loaded."""
    return served.get("/api/v1/network/lines", timeout=300).json


def test_two_tracks_of_a_yard_are_one_line_and_a_line_round_the_globe_is_none():
    lon = np.array([0.0, 1.0, 0.01, 1.02, 179.0, -179.0])
    lat = np.array([0.0, 0.0, 0.01, 0.0, 10.0, 10.0])
    found = snapped(lon, lat, np.array([0, 0, 1, 1, 2, 2]), 0.1)
    assert [degrees(deltas(line), 0.1) for line in found] == [[[0.0, 0.0], [1.0, 0.0]]]


def test_the_first_view_is_light(served, drawn):
    paths = ("network/land", "network/lines", "crossings", "terminals", "corridors", "runs")
    sizes = {path: len(served.get(f"/api/v1/{path}").body) for path in paths}
    assert sum(sizes.values()) < 1_500_000, sizes


def test_sections_that_are_not_open_in_the_year_are_absent(served, drawn):
    def sections(year):
        told = served.get(f"/api/v1/network/lines?year={year}").json
        return {group["section"] for group in told["groups"]} - {None}

    assert "shalkar-beineu" not in sections(2013)
    assert "shalkar-beineu" in sections(2014)
    every = {group["section"] for group in drawn["groups"]} - {None}
    assert sections(2000) < sections(2025) <= every


def test_lines_are_geojson_when_asked_and_lie_where_their_mode_does(served, drawn):
    told = served.get("/api/v1/network/lines?format=geojson&year=2025").json
    assert told["type"] == "FeatureCollection"
    by_mode = {}
    for feature in told["features"]:
        by_mode.setdefault(feature["properties"]["mode"], []).append(feature)
    assert set(by_mode) == {"rail", "road", "sea", "ferry"}
    points = [p for f in by_mode["rail"] for line in f["geometry"]["coordinates"] for p in line]
    assert min(abs(x - 76.9) + abs(y - 43.3) for x, y in points) < 1.0, "no railway at Almaty"


def test_a_tile_closer_holds_more_of_its_place_than_the_view_from_afar(served, drawn):
    tile = served.get("/api/v1/network/lines?west=70&south=40", timeout=120).json
    assert tile["unit_deg"] < drawn["unit_deg"]
    assert {group["mode"] for group in tile["groups"]} >= {"rail", "road"}
    assert served.get("/api/v1/network/lines?west=70").status == 422
    assert served.get("/api/v1/network/lines?west=71&south=40").status == 422


def test_a_crossing_tells_both_directions_capacity_gauges_and_sources(served):
    told = served.get("/api/v1/crossings/rail-alashankou-dostyk?year=2025").json
    assert [one["direction"] for one in told["directions"]] == ["a_to_b", "b_to_a"]
    assert all(one["hours"] > 0 and one["hours_sd"] > 0 for one in told["directions"])
    assert (told["gauge_a_mm"], told["gauge_b_mm"], told["gauge_break"]) == (1435, 1520, True)
    assert told["capacity_per_day"] > 0
    assert told["capacity_unit"] == "t"
    assert told["source"]["address"].startswith("https://")
    assert told["local_a"]["zh"] == "阿拉山口"
    assert told["local_b"]["ru"] == "Достык"
    assert all(one["source_title"] for one in told["figures"] if one["confidence"] == "published")


def test_the_list_of_crossings_says_what_the_model_takes():
    from landbridge.routing.rates.borders import crossing_terms

    rows = posts.crossings(2019)
    terms = crossing_terms(2019)
    hours = np.array([[row["hours_a_to_b"], row["hours_b_to_a"]] for row in rows]).T
    assert np.allclose(hours, terms.time_h, atol=0.006)


def test_unknown_names_are_refused_with_the_closest(served):
    with pytest.raises(UnknownNameError, match="rail-alashankou-dostyk"):
        posts.crossing("rail-alashanku-dostyk", 2025)
    answer = served.get("/api/v1/terminals/khorgos-gatewy")
    assert answer.status == 404
    assert "khorgos-gateway" in answer.json["error"]["mend"]


def test_a_corridor_is_drawn_where_it_is_open_and_says_why_not_elsewhere(served, drawn):
    told = served.get("/api/v1/corridors/middle?year=2025").json
    assert {"rail", "ferry"} <= {line["mode"] for line in told["lines"]}
    planned = served.get("/api/v1/corridors/china-kyrgyzstan-uzbekistan?year=2015").json
    assert planned["lines"] == []
    assert "no way" in planned["why"]


def test_crossings_are_a_csv_table_too(served):
    text = served.get("/api/v1/crossings?year=2025&format=csv").text
    head, first, *_ = text.splitlines()
    assert head.startswith("year,id,name")
    assert first.startswith("2025,rail-alashankou-dostyk")


def test_chinese_letters_come_with_the_server_where_it_has_them(served):
    style = served.get("/api/v1/fonts/chinese.css")
    assert style.status == 200
    if "@font-face" in style.text:
        font = served.get("/api/v1/fonts/chinese.ttf")
        assert font.body[:4] in (b"\x00\x01\x00\x00", b"OTTO", b"ttcf")


def test_names_of_drawn_files_stay_in_their_folder(tmp_path, monkeypatch):
    from landbridge.app.drawing.kept import kept

    monkeypatch.setenv("LANDBRIDGE_CACHE", str(tmp_path))
    with pytest.raises(InputError):
        kept("key", "../lines.json", lambda: "{}")
    made = []
    for _ in range(2):
        assert kept("key", "lines.json", lambda: made.append(1) or "{}") == "{}"
    assert made == [1]
    assert not list(tmp_path.rglob("*.tmp"))
    assert len(list(tmp_path.rglob("lines.json"))) == 1


def test_the_page_shows_countries_before_the_network_is_there(browse):
    page = browse("/map")
    page.route("**/api/v1/network/state", lambda route: route.fulfill(
        json={"ready": False, "stage": "rail layer", "share": 0.4}))  # fmt: skip
    page.reload()
    page.wait_for_function("() => window.landbridgeMap?.land")
    page.get_by_text("The network is being loaded: rail layer (40 %)").wait_for()


def test_a_click_through_by_pointer_and_keyboard(opened, drawn, accessible):
    page = opened("?lon=82.57&lat=45.16&span=6&off=at-terminal&off=at-road&year=2013")
    glass = page.get_by_role("application")
    box = glass.bounding_box()
    glass.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.get_by_role("heading", name="Alashankou–Dostyk (rail)").wait_for()
    body = page.locator("#detail-body")
    page.wait_for_url("**crossing=rail-alashankou-dostyk**")
    for text in ("CHN → KAZ", "KAZ → CHN", "1435 / 1520", "t a day", "阿拉山口", "Достык"):
        assert text in body.inner_text()

    said = page.locator("#sections").inner_text()
    page.get_by_label("Year").fill("2025")
    page.wait_for_function(
        "(old) => document.getElementById('sections').textContent !== old", arg=said
    )
    page.wait_for_function("() => !location.search.includes('year=')")
    assert "2025" in page.locator("#sections").inner_text()

    page.get_by_label("Find by name or economy").fill("Horgos rail")
    page.get_by_role("button", name="Khorgos–Altynkol").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Khorgos–Altynkol (rail)").wait_for()
    before = page.evaluate("landbridgeMap.view()")
    glass.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    after = page.evaluate("landbridgeMap.view()")
    assert float(after["lon"]) > float(before["lon"])
    assert float(after["span"]) < float(before["span"])
    assert fits(page)
    accessible(page)


def test_the_link_reopens_the_view_on_a_telephone(opened, drawn, accessible):
    query = "?year=2013&corridor=middle&names=ru&lon=60.00&lat=45.00&span=40&off=sea"
    page = opened(query, width=390)
    assert page.locator("#yearshown").inner_text() == "2013"
    assert page.get_by_label("Names on the map").input_value() == "ru"
    assert page.locator("#corridors input:checked").get_attribute("value") == "middle"
    assert not page.get_by_label("Sea", exact=True).is_checked()
    view = page.evaluate("landbridgeMap.view()")
    assert float(view["lon"]) == pytest.approx(60, abs=0.1)
    assert float(view["span"]) == pytest.approx(40, rel=0.01)
    assert "КАЗАХСТАН" in page.evaluate("landbridgeMap.labels.map((one) => one.text)")
    assert fits(page)
    accessible(page)


def test_flows_of_a_run_read_as_lines_with_both_figures(tmp_path):
    import pyarrow.parquet as pq

    from landbridge.app.drawing.flows import flows_text
    from landbridge.exchange.flows import FLOWS, flows_table
    from sample import network

    net = network()
    before = np.linspace(0.0, 5000.0, net.n_edges)
    after = before * 1.1
    pq.write_table(flows_table(net, before, after), tmp_path / FLOWS)
    told = json.loads(flows_text(tmp_path))
    assert told["lines"]
    for line in told["lines"]:
        assert line["feu"] == pytest.approx(1.1 * line["feu_base"], rel=1e-3)
        assert len(line["x"]) == len(line["y"]) >= 2
    busiest = [max(line["feu"], line["feu_base"]) for line in told["lines"]]
    assert busiest == sorted(busiest)
    with pytest.raises(InputError, match="assess it again"):
        flows_text(tmp_path / "elsewhere")
