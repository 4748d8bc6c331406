"""Fetches registered files: whole, going on, checked; clear when it cannot."""

from __future__ import annotations

import hashlib
import http.server
import threading
from dataclasses import replace

import pytest

from landbridge.economy.table.registry import DownloadError, fetch, locate, registry, source
from landbridge.errors import InputError, UnknownNameError

BODY = bytes(range(256)) * 4000


class _Server(http.server.BaseHTTPRequestHandler):
    asked: list[str | None] = []  # noqa: RUF012
    cut_at: int | None = None

    def do_GET(self) -> None:
        if self.path != "/file.zip":
            self.send_error(404)
            return
        asked = self.headers.get("Range")
        type(self).asked.append(asked)
        start = int(asked.split("=")[1].rstrip("-")) if asked else 0
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(BODY) - start))
        self.end_headers()
        end = type(self).cut_at or len(BODY)
        self.wfile.write(BODY[start:end])
        type(self).cut_at = None

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server():
    _Server.asked, _Server.cut_at = [], None
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture
def registered(server):
    digest = hashlib.sha256(BODY).hexdigest()
    return replace(source("baci"), file="in/file.zip", download=f"{server}/file.zip", sha256=digest)


def test_fetches_once(tmp_path, registered):
    assert fetch(registered, tmp_path).read_bytes() == BODY
    fetch(registered, tmp_path)
    assert _Server.asked == [None]
    assert not list(tmp_path.rglob("*.part"))


def test_goes_on_where_it_broke_off(tmp_path, registered):
    _Server.cut_at = 300_000
    with pytest.raises(DownloadError):
        fetch(registered, tmp_path)
    assert not (tmp_path / "in/file.zip").exists()
    assert fetch(registered, tmp_path).read_bytes() == BODY
    assert _Server.asked == [None, "bytes=300000-"]


def test_a_changed_file_is_refused_and_not_kept(tmp_path, registered):
    with pytest.raises(DownloadError, match="SHA-256"):
        fetch(replace(registered, sha256="0" * 64), tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_not_there_and_not_reachable(tmp_path, registered, server):
    with pytest.raises(DownloadError, match="answers 404"):
        fetch(replace(registered, download=f"{server}/other"), tmp_path)
    with pytest.raises(DownloadError, match="cannot be reached"):
        fetch(replace(registered, download="http://127.0.0.1:9/x"), tmp_path, timeout_s=2)


def test_what_has_no_address_says_where_to_get_it(tmp_path):
    with pytest.raises(InputError, match="get it from https://"):
        fetch(source("technology"), tmp_path)


def test_missing_and_changed_sources_are_listed_together(tmp_path):
    changed = tmp_path / source("gdp").file
    changed.parent.mkdir(parents=True)
    changed.write_text("iso3\n")
    with pytest.raises(InputError) as failure:
        locate(tmp_path, ["gdp", "distances"])
    assert "GeoDist) is missing" in str(failure.value)
    assert "is not World Development Indicators" in str(failure.value)


def test_the_registry_is_complete():
    assert all(one.licence and one.attribution and one.address for one in registry())
    with pytest.raises(UnknownNameError):
        source("gpd")
