"""A real server to ask, as `landbridge serve` starts it; fixtures are in `app_server`."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOML = """\
name = "Quicker at Dostyk"
question = "What if trains waited half a day at Dostyk?"
year = 2025

[[lever]]
kind = "crossing"
crossing = "rail-alashankou-dostyk"
hours = 12
source = "a question asked"
"""
"""A scenario of one lever, for tests that need a run."""

START = "from landbridge.cli.main import main; main()"


@dataclass
class Answer:
    status: int
    body: bytes
    headers: object = None

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode()


@dataclass
class Served:
    url: str
    data: Path
    process: subprocess.Popen

    def ask(self, method, path, body=None, headers=None, timeout=300):
        """One request; a dict is sent as JSON, what the server refuses is an answer too."""
        headers = dict(headers or {})
        if isinstance(body, dict | list):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        elif isinstance(body, str):
            body = body.encode()
            headers.setdefault("Content-Type", "application/toml")
        request = urllib.request.Request(self.url + path, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return Answer(answer.status, answer.read(), answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.read(), error.headers)

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.ask("POST", path, b"" if body is None else body, **more)

    def delete(self, path, **more):
        return self.ask("DELETE", path, **more)

    def upload(self, path, files):
        """Send files, (field, name, content) each."""
        edge = "----landbridge"
        body = b"".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"'
            f"\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
            + content
            + b"\r\n"
            for field, name, content in files
        )
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self.post(path, body + f"--{edge}--\r\n".encode(), headers=headers)

    def job(self, asked, timeout=240):
        """Start a job, or take the answer that started one, and wait until it is over."""
        started = asked if isinstance(asked, Answer) else self.post("/api/v1/jobs", asked)
        assert started.status == 202, started.text
        return self.over(started.json["id"], timeout)

    def over(self, job, timeout=240):
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            found = self.get(f"/api/v1/jobs/{job}").json
            if found["status"] not in ("queued", "running"):
                return found
            time.sleep(0.2)
        raise AssertionError(f"job {job} is not over after {timeout} s: {found}")


@contextmanager
def serving(data, *options, environment=None, wait=20):
    """Start `landbridge serve` on a free port with a data folder; it is stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (data.parent / f"{data.name}.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-c", START, "serve", "--port", str(port), "--data", str(data), *options],
        stdout=log,
        stderr=log,
        env={**os.environ, **(environment or {})},
    )
    try:
        until = time.monotonic() + wait
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as knock:
                knock.settimeout(1)
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise AssertionError("the server did not start: " + Path(log.name).read_text())
        yield Served(f"http://127.0.0.1:{port}", data, process)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def fits(page):
    """Whether nothing of a page sticks out to the right."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
