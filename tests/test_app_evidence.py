"""The page of evidence, and its API."""

from urllib.parse import quote as quoted

import pytest

from app_running import fits
from app_samples import ENGLISH, TEXTS

API = "/api/v1/evidence"


def test_every_fact_of_a_document_stands_where_it_says(prepared):
    listed = prepared.get(f"{API}/documents").json["documents"]
    assert {one["id"] for one in listed} == set(TEXTS)
    for one in listed:
        told = prepared.get(f"{API}/documents/{quoted(one['id'])}").json
        assert told["text"] == TEXTS[one["id"]]
        assert len(told["facts"]) == one["facts"] > 0
        for fact in told["facts"]:
            assert told["text"][fact["start"] : fact["end"]] == fact["quote"]


def test_conflicts_quote_documents_that_are_there(prepared):
    conflicts = prepared.get(f"{API}/conflicts").json["conflicts"]
    assert any("55" in one["title"] for one in conflicts)
    for one in conflicts:
        for quote in one["quotes"]:
            assert TEXTS[quote["doc"]][quote["start"] : quote["end"]] == quote["quote"]
    rows = prepared.get(f"{API}/conflicts?format=csv").text.splitlines()
    assert len(rows) > sum(len(one["quotes"]) for one in conflicts)


def test_search_finds_names_in_any_script_and_refuses_nothing_to_search_for(prepared):
    found = prepared.get(f"{API}/search?q=Kazakhstan").json["hits"]
    assert {one["doc"] for one in found} >= {"transit.txt", "доклад.txt"}
    refused = prepared.get(f"{API}/search?q=%21")
    assert refused.status == 422
    assert "nothing to search for" in refused.json["error"]["what"]


def test_facts_are_chosen_by_system_kind_and_year(prepared):
    cells = prepared.get(f"{API}/map?from_year=2010&to_year=2035").json["cells"]
    cell = max(cells, key=lambda one: one["facts"])
    asked = f"{API}/facts?system={cell['system']}&year={cell['year']}&limit=1"
    found = prepared.get(asked).json
    assert found["total"] >= 1 == len(found["facts"])
    assert cell["system"] in (found["facts"][0]["systems"] or ["unfiled"])
    everything = prepared.get(f"{API}/facts").json["total"]
    assert len(prepared.get(f"{API}/facts?format=csv").text.split("\r\n")) - 2 == everything


def test_what_is_no_document_is_refused_and_not_kept(prepared):
    before = sorted(p.name for p in (prepared.data / "evidence" / "files").iterdir())
    for name, content, status in (
        ("run.exe", b"MZ", 415),
        ("paper.pdf", b"no pdf", 415),
        ("empty.txt", b"", 422),
    ):
        answer = prepared.upload(f"{API}/documents", [("files", name, content)])
        assert answer.status == status, answer.text
        assert answer.json["error"]["what"]
    many = [("files", f"{k}.txt", b"words") for k in range(21)]
    assert prepared.upload(f"{API}/documents", many).status == 413
    assert sorted(p.name for p in (prepared.data / "evidence" / "files").iterdir()) == before


@pytest.mark.browser
def test_a_fact_is_shown_in_place_and_its_link_reopens_it(browse, prepared, accessible):
    page = browse("/evidence?doc=transit.txt", server=prepared)
    stretch = page.locator(".fact", has_text="40 billion dollars").first
    stretch.click()
    card = page.locator("#side .value")
    assert card.inner_text().startswith("40")
    assert page.locator("#side blockquote").inner_text() in ENGLISH
    accessible(page)
    again = browse(page.url.removeprefix(prepared.url), server=prepared)
    assert again.locator("#side .value").inner_text() == card.inner_text()
    assert again.locator(".fact[aria-pressed=true]").count() >= 1


@pytest.mark.browser
def test_the_text_is_whole_whatever_is_underlined(browse, prepared):
    page = browse("/evidence?doc=transit.txt", server=prepared)
    page.wait_for_selector(".fact")
    assert page.evaluate("document.getElementById('text').textContent") == ENGLISH
    shown = page.locator("#kinds input:checked").evaluate_all("all => all.map(x => x.value)")
    for kind in shown:
        page.locator(f"#kinds input[value={kind}]").uncheck()
    assert page.locator(".fact").count() == 0
    assert page.evaluate("document.getElementById('text').textContent") == ENGLISH
    page.get_by_role("checkbox", name="figure").check()
    assert page.locator(".fact .k-figure").count() >= 1 == page.locator(".k-place").count()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["доклад.txt", "班列.txt"])
def test_russian_and_chinese_are_shown_with_their_language(browse, prepared, name):
    page = browse(f"/evidence?doc={quoted(name)}", server=prepared, width=390)
    page.wait_for_selector(".fact")
    assert page.evaluate("document.getElementById('text').textContent") == TEXTS[name]
    assert page.locator("#paper").get_attribute("lang") == {"д": "ru", "班": "zh"}[name[0]]
    assert fits(page)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_every_view_fits_and_is_accessible(browse, prepared, accessible, width):
    page = browse("/evidence", server=prepared, width=width)
    for name, there in (
        ("Conflicts", ".conflict blockquote"),
        ("Search", "#q"),
        ("What is known", ".grid button"),
        ("Documents", ".fact"),
    ):
        page.get_by_role("tab", name=name).click()
        page.wait_for_selector(there)
        assert fits(page)
        accessible(page)


@pytest.mark.browser
def test_search_and_the_map_of_what_is_known_by_keyboard(browse, prepared):
    page = browse("/evidence?tab=search", server=prepared)
    page.locator("#q").fill("containers 2018")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit mark")
    assert "q=containers+2018" in page.url
    page.get_by_role("tab", name="Search").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".grid button")
    page.locator(".grid button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#cell table")
    assert "system=" in page.url
    page.locator("#cell a.source").first.click()
    page.wait_for_selector("#text #at")
    assert page.get_by_role("tab", name="Documents").get_attribute("aria-selected") == "true"


@pytest.mark.browser
def test_a_dropped_file_is_read_and_a_bad_one_says_why(browse, served):
    page = browse("/evidence", server=served)
    page.wait_for_selector("#list p")
    upload = page.locator("#upload")
    bad = {"name": "tool.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    page.evaluate("document.getElementById('upload').removeAttribute('accept')")
    upload.set_input_files(bad)
    assert "tool.exe" in page.locator("#sent .error").inner_text()
    good = {"name": "news.txt", "mimeType": "text/plain", "buffer": ENGLISH.encode()}
    upload.set_input_files(good)
    page.wait_for_selector("#sent .good", timeout=60_000)
    page.wait_for_selector(".fact")
    assert page.locator("#paper h2").inner_text() == "Transit over Kazakhstan"
