"""The frame of the six pages in a real browser."""

import pytest

from app_running import fits

PAGES = ("map", "route", "scenario", "outlook", "evidence", "economy")


@pytest.mark.browser
@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_where_one_is(browse, page):
    opened = browse(f"/{page}")
    current = opened.locator("nav [aria-current=page]")
    assert current.inner_text().lower() == page
    assert opened.locator("h1").inner_text() == current.inner_text()
    assert opened.locator("nav a").count() == len(PAGES)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_the_frame_fits_and_is_accessible(browse, accessible, width):
    opened = browse("/", width=width)
    assert fits(opened)
    accessible(opened)


@pytest.mark.browser
def test_keyboard_reaches_the_content_first(browse):
    opened = browse("/map")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the content"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "main"


def test_an_address_without_a_page_says_so_on_a_page(served):
    answer = served.get("/nowhere")
    assert answer.status == 404
    assert "There is no page at this address" in answer.text
    assert 'href="/map"' in answer.text


def test_pages_are_made_of_what_is_installed(served):
    """Every address in a page is one of this server's own."""
    import re

    for page in PAGES:
        text = served.get(f"/{page}").text
        for address in re.findall(r'(?:src|href)="([^"#?]+)', text):
            assert address.startswith("/")
            assert served.get(address).status == 200, (page, address)


def test_the_first_page_is_out_before_anything_is_loaded():
    """What a page needs is imported without what the API and the model need."""
    import subprocess
    import sys

    heavy = ("fastapi", "numpy", "pandas", "duckdb", "landbridge.world", "bokeh", "matplotlib")
    asked = (
        "import sys, landbridge.cli.serve, landbridge.app.server\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
