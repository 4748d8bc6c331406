"""The route page and its API: what the command line says, drawn, and changed by a click."""

import csv
import io

import pytest

from app_running import fits
from landbridge.app.search import search, store

READY = "#map[data-ready=yes]"
FULL = "/api/v1/route?from=Chongqing&to=Duisburg"


@pytest.fixture(scope="module")
def answer(served):
    return served.get(f"{FULL}&geometry=true", timeout=300)


@pytest.fixture
def opened(browse, answer):
    def open_route(query="?from=Almaty&to=Tashkent", width=1440):
        page = browse(f"/route{query}", width=width)
        page.wait_for_selector(READY, state="attached", timeout=90_000)
        return page

    return open_route


def test_the_answer_is_the_object_of_the_command_line_with_lines(answer):
    from landbridge import World
    from landbridge.exchange.json import route_object

    told = answer.json
    own = route_object(World.base().at(2025).route("Chongqing", "Duisburg"))
    shown = [{k: v for k, v in way.items() if k not in ("name", "lines")} for way in told["routes"]]
    assert shown == own["routes"][: len(shown)]
    assert {"rates_land", "crossings"} <= {one["table"] for one in told["sources"]}
    assert told["attribution"]
    first = told["routes"][0]["lines"]
    assert first[0]["x"][0] == pytest.approx(told["origin"]["lon"], abs=0.5)
    assert first[-1]["y"][-1] == pytest.approx(told["destination"]["lat"], abs=0.5)


def test_a_closed_crossing_and_an_avoided_economy_are_in_no_way(served, answer):
    gate = answer.json["routes"][0]["crossings"][0]
    told = served.get(f"{FULL}&close={gate}&avoid=RUS").json
    assert told["routes"]
    for way in told["routes"]:
        assert gate not in way["crossings"]
        assert "RUS" not in way["economies"]


def test_the_legs_of_the_csv_add_up_to_the_ways(served, answer):
    ways = list(csv.DictReader(io.StringIO(served.get(f"{FULL}&format=csv").text)))
    legs = list(csv.DictReader(io.StringIO(served.get(f"{FULL}&format=csv&table=legs").text)))
    for way in ways:
        own = [float(leg["time_h"]) for leg in legs if leg["way"] == way["way"]]
        assert sum(own) == pytest.approx(float(way["time_h"]), abs=0.05)


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("from=Chongqing&to=Duisburgg", 404, "Duisburg"),
        ("from=Chongqing&to=Duisburg&modes=rial", 404, "rail"),
        ("from=Chongqing&to=Chongqing", 422, "one place"),
        ("from=Chongqing&to=Duisburg&year=1900", 422, "2000"),
        ("from=Chongqing", 422, "required"),
    ],
)
def test_what_cannot_be_asked_says_why(served, answer, query, status, said):
    refused = served.get(f"/api/v1/route?{query}")
    assert refused.status == status
    assert said in str(refused.json["error"])


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("almat", "Almaty"),
        ("алмат", "Almaty"),
        ("阿拉木图", "Almaty"),
        ("DEDUI", "terminal:duisburg"),
    ],
)
def test_places_are_found_in_any_script(answer, typed, text):
    assert search(store(), typed, 8)[0].text == text


def test_what_is_found_resolves_to_that_very_place(answer):
    from landbridge import World

    world = World.base()
    for found in search(store(), "moscow", 6):
        place = world.place(found.text)
        assert (place.lat, place.lon) == pytest.approx((found.lat, found.lon), abs=1e-3)


def test_a_click_through(opened, accessible):
    page = opened("?from=Urumqi&to=Moscow&modes=rail&alternatives=3")
    rows = page.locator("#ways tbody tr")
    assert rows.count() >= 2
    assert page.locator("#bars .stackrow").count() == 2 * rows.count()
    rows.nth(1).get_by_role("button").click()
    page.wait_for_url("**way=2**")
    assert rows.nth(1).get_attribute("aria-selected") == "true"

    page.locator("#legs button[aria-label^=Close]").first.click()
    chip = page.locator("#closed button")
    chip.wait_for()
    page.wait_for_url("**close=**")
    page.wait_for_selector("#answer[aria-busy=false]")
    chip.click()
    page.wait_for_selector("#closed button", state="detached")
    page.wait_for_selector("#answer[aria-busy=false]")

    page.evaluate("landbridgeMap.look(104, 47, 60)")
    page.wait_for_timeout(300)
    glass = page.get_by_role("application")
    box = glass.bounding_box()
    glass.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.get_by_role("dialog", name="Mongolia").get_by_role("button", name="Avoid it").click()
    page.locator("#avoided button").wait_for()
    page.wait_for_url("**avoid=MNG**")

    field = page.get_by_role("combobox", name="To", exact=True)
    field.fill("")
    field.press_sequentially("Bishk")
    page.get_by_role("option").first.wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    page.get_by_text("to Bishkek (Kyrgyzstan)").wait_for()
    assert fits(page)
    accessible(page)


def test_the_link_reopens_the_question_on_a_telephone(opened, accessible):
    page = opened("?from=Almaty&to=Tashkent&avoid=KGZ&modes=rail&modes=road&by=time", width=390)
    assert page.get_by_label("Best by").input_value() == "time"
    assert not page.get_by_label("Sea", exact=True).is_checked()
    assert "Kyrgyzstan" in page.locator("#avoided").inner_text()
    assert "KGZ" not in page.locator("#ways tbody").inner_text()
    assert page.locator("#legs tbody tr").count() >= 2
    assert fits(page)
    accessible(page)
