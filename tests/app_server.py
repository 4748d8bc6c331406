"""A real server and a real browser for tests of the page and the API.

`conftest.py` loads them; a test module imports nothing from here, as `serving` and `fits` are in
`app_running`:

- `served`: a `Served` (url, data folder, `get`, `post`, `delete`) of a session-wide server;
- `made_run`: the finished job of one small assessment on that server (where it is
  used: `pytestmark = pytest.mark.timeout(900)`, as it takes its time on a busy machine);
- `browse(path, width=1440)`: a Playwright page opened at a path, whose console errors and requests
  off the machine fail the test when it ends;
- `accessible(page)`: asserts that axe-core finds nothing at AA.
"""

import shutil
from pathlib import Path

import pytest

from app_running import TOML, serving

HOW = (
    "no headless browser: `apt-get install chromium`, or `.venv/bin/playwright install chromium`, "
    "brings the one that the tests of the pages drive"
)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
AA = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """One server for all tests that change nothing which others look at."""
    with serving(tmp_path_factory.mktemp("served") / "data") as server:
        yield server


@pytest.fixture(scope="session")
def made_run(served):
    """The finished job of one assessment of `app_running.TOML`; its run is `["made"]["run"]`."""
    job = served.job({"kind": "assess", "toml": TOML, "alone": False}, timeout=840)
    assert job["status"] == "done", job["error"]
    return job


@pytest.fixture(scope="session")
def chromium():
    """A headless browser, or a skip that says how to get one."""
    playwright = pytest.importorskip("playwright.sync_api", reason=HOW)
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with playwright.sync_playwright() as play:
        if program is None and not Path(play.chromium.executable_path).exists():
            pytest.skip(HOW)
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium, served):
    """Open a path in a page of its own; errors of its console and outside requests fail."""
    contexts, wrong = [], []

    def open_page(path="/", width=1440, height=900, server=served, **more):
        context = chromium.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request", lambda asked: _outside(asked.url, server.url) and wrong.append(asked.url)
        )
        page.goto(server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def _outside(address, home):
    return not address.startswith((home, "data:", "blob:", "about:"))


@pytest.fixture(scope="session")
def accessible():
    """Assert that axe-core finds nothing wrong with a page at AA."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason=HOW)

    def look(page, context=None):
        found = axe.Axe().run(page, context=context, options=AA).response["violations"]
        told = [
            f"{one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for one in found
            for node in one["nodes"]
        ]
        assert told == []

    return look
