"""An application asked in this process, byte for byte: no client tidies the path first."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlencode


@dataclass
class Given:
    status_code: int
    headers: dict
    content: bytes

    @property
    def text(self):
        return self.content.decode()

    def json(self):
        return json.loads(self.content)


def finished(asking):
    """What a coroutine gives, in a thread of its own: a browser's loop may run in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asking).result()


class Asked:
    """Asks an application; its lifespan is not begun, so that jobs stay in the queue."""

    def __init__(self, app, host="127.0.0.1:8000"):
        self.app = app
        self.host = host

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, **more):
        return self.request("POST", path, **more)

    def request(self, method, path, **more):
        return finished(self.ask(method, path, **more))

    async def ask(
        self, method, path, *, params=None, headers=None, content=b"", json=None, files=()
    ):  # fmt: skip
        head = {"host": self.host, **{k.casefold(): v for k, v in (headers or {}).items()}}
        if json is not None:
            content, head["content-type"] = _dumped(json), "application/json"
        if files:
            content, head["content-type"] = _packed(files)
        parts = [content] if isinstance(content, bytes) else list(content)
        if isinstance(content, bytes) and content:
            head["content-length"] = str(len(content))
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote_to_bytes(path).decode("utf-8", "replace"),
            "raw_path": path.encode(),
            "query_string": (urlencode(params) if params else query).encode(),
            "root_path": "",
            "headers": [(k.encode(), _bytes(v)) for k, v in head.items()],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8000),
        }
        return await self._run(scope, parts)

    async def _run(self, scope, parts):
        left = [{"type": "http.request", "body": p, "more_body": True} for p in parts]
        left.append({"type": "http.request", "body": b"", "more_body": False})
        got, over = [], asyncio.Event()

        async def receive():
            if left:
                return left.pop(0)
            await over.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            got.append(message)

        await self.app(scope, receive, send)
        over.set()
        start = next(one for one in got if one["type"] == "http.response.start")
        headers = {k.decode().casefold(): v.decode() for k, v in start["headers"]}
        body = b"".join(one.get("body", b"") for one in got)
        return Given(start["status"], headers, body)


def _dumped(value):
    return json.dumps(value).encode()


def _bytes(value):
    return value if isinstance(value, bytes) else value.encode("latin-1")


def _packed(files):
    edge = "----landbridge"
    body = b"".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="'.encode()
        + name.replace("\\", "\\\\").encode()
        + b'"\r\nContent-Type: application/octet-stream\r\n\r\n'
        + content
        + b"\r\n"
        for field, (name, content) in files
    )
    return body + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
