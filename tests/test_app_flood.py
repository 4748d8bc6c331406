"""Two hundred at once: everybody is answered, nothing breaks, memory stays, jobs queue."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from app_running import serving

psutil = pytest.importorskip("psutil")
AT_ONCE = 200
GROWTH_MB = 500
TOML = 'name = "A flood"\nquestion = "What if?"\nyear = 2025\n'
PLACES = ("Almaty", "Duisburg", "Chongqing", "Tashkent", "Baku", "Moscow", "Istanbul", "Lodz")


def asked():
    """Two hundred questions of every sort, some of them wrong."""
    pages = [("GET", f"/{page}", None) for page in ("", "map", "route", "economy", "evidence")]
    light = [
        ("GET", f"/api/v1/{path}", None)
        for path in (
            "", "runs", "jobs", "scenarios", "levers", "crossings?year=2025", "economies/KAZ",
            "economies/XXX", "evidence/documents", "evidence/search?q=ports", "nothing",
            "openapi.json", "runs/none/brief", "places?q=al", "outlooks",
        )
    ]  # fmt: skip
    routes = [
        ("GET", f"/api/v1/route?from=Xi%27an&to={place}&modes={mode}", None)
        for place in PLACES
        for mode in ("rail", "road,rail")
    ]
    checks = [("POST", "/api/v1/scenarios/check", TOML)] * 4
    jobs = [("POST", "/api/v1/jobs", {"kind": "hub", "iso3": "KAZ"})] * 40
    few = [*pages, *light, *routes, *checks]
    return (jobs + few * (AT_ONCE // len(few) + 1))[:AT_ONCE]


def test_two_hundred_at_once(tmp_path):
    with serving(tmp_path / "data") as server:
        # One of each sort first: what is loaded once is not growth.
        for path in ("/map", "/api/v1/route?from=Almaty&to=Duisburg", "/api/v1/scenarios"):
            assert server.get(path).status == 200
        own = psutil.Process(server.process.pid)
        before = own.memory_info().rss
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(
                pool.map(lambda one: server.ask(one[0], one[1], body=one[2], timeout=240), asked())
            )
        growth_mb = (own.memory_info().rss - before) / 1e6
        assert len(answers) == AT_ONCE
        statuses = Counter(one.status for one in answers)
        assert not [status for status in statuses if status >= 500], statuses
        assert set(statuses) <= {200, 202, 404, 422, 429}
        assert growth_mb < GROWTH_MB
        told = server.get("/api/v1/jobs").json["jobs"]
        assert statuses[202] == len(told)
        assert sum(one["status"] == "running" for one in told) <= 1
        assert sum(one["status"] == "queued" for one in told) <= 20
        refused = [one for one in answers if one.status == 429]
        assert refused
        assert all(int(one.headers["Retry-After"]) > 0 for one in refused)
        assert all("waiting already" in one.json["error"]["what"] for one in refused)
        assert server.get("/map").status == 200
        for one in told:
            if one["status"] in ("queued", "running"):
                server.delete(f"/api/v1/jobs/{one['id']}")
        assert server.process.poll() is None
