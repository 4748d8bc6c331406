"""The frame of the six pages in a real browser."""

import pytest

from app_running import fits

pytest_plugins = ["app_server"]
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
