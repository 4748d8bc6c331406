"""The economy page and its API: the profile of the command line, its sources, what is imputed."""

import csv
import io

import pytest

from app_running import fits

READY = "#map[data-ready=yes]"


@pytest.fixture
def opened(browse):
    def open_economy(query="", width=1440):
        page = browse(f"/economy{query}", width=width)
        page.wait_for_selector(READY, state="attached", timeout=60_000)
        return page

    return open_economy


def test_the_object_is_that_of_the_command_line_with_names_and_sources(served):
    from landbridge.economy.table.basetable import load_base
    from landbridge.economy.table.profile import profile
    from landbridge.exchange.json import plain

    told = served.get("/api/v1/economies/kaz").json
    own = plain(profile(load_base(), "KAZ"))
    assert {name: told[name] for name in own} == own
    assert told["local"] == {"ru": "Казахстан", "zh": "哈萨克斯坦"}
    assert told["sources"]
    assert all(one["address"] for one in told["sources"])


def test_the_list_adds_up_to_the_profiles(served):
    listed = {one["iso3"]: one for one in served.get("/api/v1/economies").json["economies"]}
    for iso3 in ("KAZ", "CHN", "GEO"):
        told = served.get(f"/api/v1/economies/{iso3}").json
        for name in ("gdp_usd_bn", "goods_exports_usd_bn", "goods_imports_usd_bn", "imputed_share"):
            assert listed[iso3][name] == pytest.approx(told[name], abs=1e-3)


@pytest.mark.parametrize("table", ["sectors", "partners", "sales"])
def test_each_table_is_a_csv(served, table):
    text = served.get(f"/api/v1/economies/UZB?format=csv&table={table}").text
    rows = list(csv.DictReader(io.StringIO(text)))
    told = served.get("/api/v1/economies/UZB").json[table]
    assert len(rows) == len(told)
    assert {row["economy"] for row in rows} == {"UZB"}


def test_an_unknown_economy_is_refused(served):
    refused = served.get("/api/v1/economies/KZA")
    assert refused.status == 404
    assert "KAZ" in refused.json["error"]["mend"]


def test_a_click_through(opened, accessible):
    page = opened()
    head = page.get_by_role("heading", name="Kazakhstan (KAZ)").inner_text()
    assert "Казахстан" in head
    assert "哈萨克斯坦" in head
    assert "imputed" in page.locator(".imputed").inner_text()
    assert page.locator("#sources a").count() >= 5
    assert page.locator("#partners .pair").count() == 12
    page.evaluate("landbridgeMap.look(104, 35, 60)")
    page.wait_for_timeout(300)
    glass = page.get_by_role("application")
    box = glass.bounding_box()
    glass.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.get_by_role("heading", name="China (CHN)").wait_for()
    page.wait_for_url("**iso3=CHN**")
    page.go_back()
    page.get_by_role("heading", name="Kazakhstan (KAZ)").wait_for()
    assert fits(page)
    accessible(page)


def test_the_link_reopens_measure_and_order_on_a_telephone(opened, accessible):
    page = opened("?iso3=GEO&measure=imports&partners=-imports", width=390)
    assert page.get_by_label("On the map and in the bars of partners").input_value() == "imports"
    page.get_by_text("All partners in a table").click()
    table = page.get_by_role("table").filter(has_text="Mostly sells")
    assert table.locator("[aria-sort=descending]").inner_text().startswith("Buys")
    largest = page.locator("#partners .pair button").first.inner_text()
    assert table.locator("tbody tr").first.locator("th").inner_text() == largest
    assert fits(page)
    accessible(page)
