"""The map: shapes that are right, and a page that a real browser opens without a network."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

import sample
from landbridge.brief.basemap import land, land_within
from landbridge.brief.drawing import fit, starting_box
from landbridge.brief.lanes import great_circle, lanes
from landbridge.brief.map import page, write_map
from landbridge.brief.projection import EqualEarth, centre_of
from landbridge.errors import InputError


@given(
    st.lists(st.floats(-180, 180), min_size=1, max_size=20),
    st.floats(-180, 180),
)
def test_the_centre_turns_with_the_points(lon, turn):
    here = centre_of(np.array(lon))
    assert -180 <= here <= 180
    # Every point lies within half the globe of the centre, wherever the map is cut.
    east = EqualEarth(here, 1.0).turn(np.array(lon))
    assert np.ptp(east) <= 360
    assert np.abs(east).max() <= 180


def test_equal_earth_keeps_areas():
    view = EqualEarth(60.0, 1.0)
    cells = []
    for south in (-60.0, 0.0, 40.0, 70.0):
        lat = np.r_[np.full(50, south), np.full(50, south + 1.0)]
        lon = np.r_[np.linspace(50, 70, 50), np.linspace(70, 50, 50)]
        x, y = view.project(lat, lon)
        area = shapely.Polygon(np.column_stack((x, y))).area
        sphere = np.radians(20) * np.diff(np.sin(np.radians([south, south + 1.0])))[0]
        cells.append(area / sphere)
    np.testing.assert_allclose(cells, 1.0, rtol=1e-3)


def test_neighbours_still_share_their_border():
    held = land()
    kaz, chn = (held.shapes[held.codes.index(code)] for code in ("KAZ", "CHN"))
    assert shapely.area(shapely.intersection(kaz, chn)) == pytest.approx(0.0, abs=1e-9)
    assert shapely.length(shapely.intersection(kaz, chn)) > 5.0


def test_the_land_is_cut_at_the_edge_of_the_map_not_at_the_antimeridian():
    across = land_within(EqualEarth(180.0, 1.0), (0.0, 60.0), (-30.0, 30.0))
    russia = across.shapes[across.codes.index("RUS")]
    assert russia.bounds[0] < -10
    assert russia.bounds[2] > 5


def test_ways_that_share_a_track_share_a_run():
    answer = sample.answer()
    drawn = lanes(answer.routes, fit(answer).view)
    shared = [run for run in drawn.runs if run.ways == (0, 1)]
    assert len(shared) == 1
    assert shared[0].mode == "rail"
    for own in drawn.ways:
        ends = [drawn.runs[run].points[:: 1 if along else -1] for run, along in own]
        gaps = [np.hypot(*(b[0] - a[-1])) for a, b in pairwise(ends)]
        assert max(gaps, default=0.0) == 0.0


def test_a_flight_follows_the_great_circle():
    lat, lon = great_circle(np.array([29.56, 51.43]), np.array([106.55, 6.76]))
    assert lat.max() > 56.0
    assert (lat[0], lon[-1]) == (pytest.approx(29.56), pytest.approx(6.76))


def test_the_map_opens_without_the_way_that_runs_far_out():
    answer = sample.answer()
    frame = fit(answer)
    box, left_out = starting_box(lanes(answer.routes, frame.view), frame.box)
    assert left_out == 2
    assert box[3] < 0.75 * frame.box[3]


def test_routes_without_geometry_cannot_be_drawn():
    from dataclasses import replace

    answer = sample.answer()
    bare = replace(answer.routes[0], legs=())
    with pytest.raises(InputError, match="nothing to draw"):
        page(replace(answer, routes=(bare,)))


class Tags(HTMLParser):
    """Collects every element with its attributes."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_the_page_is_one_file_that_loads_nothing():
    html = page(sample.answer())
    tags = Tags()
    tags.feed(html)
    for tag, attributes in tags.found:
        assert tag not in {"img", "iframe", "object", "embed"}
        assert "src" not in attributes
        assert attributes.get("href", "#").startswith(("#", "data:"))
    assert not re.search(r"url\(|@import|fetch\(|https?://(?!www\.w3\.org)", html)
    assert len(html) < 900_000


def test_names_are_escaped_and_sources_named():
    html = page(sample.answer())
    assert "&lt;Kazakhstan&gt; &amp; Russia" in html
    assert "<Kazakhstan>" not in html.split('id="data"')[0]
    assert "© OpenStreetMap contributors (ODbL) via scgraph-data; Natural Earth; searoute" in html
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    assert len(json.loads(data[1])["ways"]) == 4


@pytest.fixture
def opened(chromium, tmp_path, request):
    """Yield the page, opened without a network, with what it asked for and complained of."""
    target = tmp_path / "map.html"
    write_map(sample.answer(), target)
    width, height = getattr(request, "param", (1280, 800))
    context = chromium.new_context(viewport={"width": width, "height": height}, offline=True)
    tab = context.new_page()
    tab.asked, tab.complaints = [], []
    tab.on("request", lambda asked: tab.asked.append(asked.url))
    tab.on("console", lambda line: tab.complaints.append(line.text))
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.goto(target.as_uri())
    expect(tab.locator("#labels .tag").first).to_be_attached()
    yield tab
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("opened", [(1280, 800), (390, 844)], indirect=True)
def test_the_page_opens_offline_on_wide_and_narrow_screens(opened):
    assert [url for url in opened.asked if not url.startswith(("file:", "data:"))] == []
    assert opened.complaints == []
    wide = opened.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    for path in opened.query_selector_all("#lines path"):
        assert not re.search("NaN|undefined", path.get_attribute("d"))


@pytest.mark.browser
def test_a_way_is_singled_out_and_let_go(opened):
    button = opened.locator("button[data-way='1']")
    button.focus()
    opened.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    ways = {path.get_attribute("data-way") for path in opened.locator("#lines path").all()}
    dimmed = opened.locator("#lines .dim")
    expect(opened.locator("#lines .way:not(.dim)")).to_have_count(1)
    assert {path.get_attribute("data-way") for path in dimmed.all()} == ways - {"1"}
    opened.keyboard.press("Enter")
    expect(dimmed).to_have_count(0)


@pytest.mark.browser
def test_a_crossing_tells_its_hours_to_the_keyboard_too(opened):
    opened.locator(".crossing").first.focus()
    said = opened.locator("#tip").inner_text()
    assert "Alashankou–Dostyk" in said
    assert "30 ± 8 h" in said
    assert "1435 → 1520" in said
    opened.keyboard.press("Tab")


@pytest.mark.browser
def test_zoom_by_button_and_by_key(opened):
    land = opened.locator("#land")
    before = land.get_attribute("transform")
    opened.locator("[data-do=in]").click()
    expect(land).not_to_have_attribute("transform", before)
    opened.locator("#map").focus()
    opened.keyboard.press("0")
    for end in opened.locator("#ends .end").all():
        expect(end).to_be_in_viewport()
    assert opened.complaints == []
