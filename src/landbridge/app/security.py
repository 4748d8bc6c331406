"""Who may ask, from where, and how much: guards in front of everything."""

from __future__ import annotations

import hmac
import ipaddress
import socket
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from landbridge.app.settings import Settings

COOKIE = "landbridge_token"
READS = ("GET", "HEAD", "OPTIONS")
UPLOADS = "/api/v1/evidence/documents"
#: BokehJS writes the styles of its parts into the page, and evaluates nothing.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_ASK = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>landbridge</title>"
    "<h1>A token is needed</h1><p>Open the address that <code>landbridge serve</code> printed, "
    "with <code>?token=…</code> at its end.</p></html>"
)


class Guard:
    """Middleware: host, origin and token are looked at before, headers put on after.

    Parameters
    ----------
    app : what answers
    settings : host, token and limits
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.uploads = 0
        self.names = {"localhost", *(name.casefold() for name in settings.hosts)}
        if settings.token_needed:
            self.names |= {socket.gethostname().casefold(), settings.host.casefold()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = scope["path"]

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                dress(MutableHeaders(scope=message), path)
            await send(message)

        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, dressed)
            return
        counted = self._counted(path, headers, receive)
        if scope["method"] != "POST" or path != UPLOADS:
            await self.app(scope, counted, dressed)
            return
        if self.uploads >= self.settings.limits.uploads:
            what = f"{self.uploads} uploads are under way already"
            busy = said(429, what, "send it again in a while", {"Retry-After": "10"})
            await busy(scope, receive, dressed)
            return
        self.uploads += 1
        try:
            await self.app(scope, counted, dressed)
        finally:
            self.uploads -= 1

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        path, method = scope["path"], scope["method"]
        if not self.knows(host):
            mend = f"start it with --name {_name(host)} if that is its name"
            return said(421, f"this server is not called {_name(host)[:100]!r}", mend)
        if method not in READS and _foreign(headers, host):
            return said(403, "a page of another site sent this", "ask from this server's own pages")
        if self.settings.token:
            unknown = self._unknown(scope, headers, api=path.startswith("/api/"))
            if unknown is not None:
                return unknown
        length = headers.get("content-length", "0")
        if length.isdigit() and int(length) > self.most(path):
            return said(413, *too_large(self.most(path)))
        return None

    def _unknown(self, scope: Scope, headers: Headers, *, api: bool) -> Response | None:
        """Refuse a visitor without the token; one who brings it in the address gets a cookie."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(asked).get("token", "")
        if given and self.fits(given) and scope["method"] == "GET":
            rest = urlencode([pair for pair in asked if pair[0] != "token"])
            answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(COOKIE, self.settings.token, httponly=True, samesite="strict")
            return answer
        bearer = headers.get("authorization", "")
        if bearer[:7].casefold() == "bearer " and self.fits(bearer[7:].strip()):
            return None
        if self.fits(_cookie(headers)):
            return None
        ask = {"WWW-Authenticate": "Bearer"}
        if api:
            mend = "send it as Authorization: Bearer TOKEN, or open /?token=TOKEN first"
            return said(401, "this server asks for a token", mend, ask)
        return HTMLResponse(_ASK, 401, ask)

    def fits(self, given: str) -> bool:
        """Whether a token is the right one, in a time that tells nothing of it."""
        return hmac.compare_digest(given.encode(), self.settings.token.encode())

    def knows(self, host: str) -> bool:
        """Whether a server may be called so: a name that leads here by trickery is refused."""
        name = _name(host).casefold()
        if name in self.names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or self.settings.token_needed

    def most(self, path: str) -> int:
        """Bytes that the body of a request may have."""
        limits = self.settings.limits
        # The envelope of an upload: its boundaries and the names of its files.
        return limits.upload_bytes + 100_000 if path == UPLOADS else limits.body_bytes

    def _counted(self, path: str, headers: Headers, receive: Receive) -> Receive:
        most, seen = self.most(path), 0

        async def count() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413, too_large(most)[0])
            return message

        return count


def dress(headers: MutableHeaders, path: str) -> None:
    """Put on the headers that keep a browser from doing more than it should."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    page = not path.startswith("/api/")
    headers.setdefault("Content-Security-Policy", PAGE_POLICY if page else FILE_POLICY)
    lasting = path.startswith("/bokeh/") and "." in path
    headers.setdefault("Cache-Control", "max-age=86400" if lasting else "no-cache")


def too_large(most: int) -> tuple[str, str]:
    """What is said of a body that is too large, and how to mend it."""
    return f"the request is larger than {most:,} bytes", "send less at a time"


def said(
    status: int, what: str, mend: str = "", headers: dict[str, str] | None = None
) -> JSONResponse:
    """A refusal, as the API puts it."""
    error: dict[str, Any] = {"what": what, "where": "", "mend": mend}
    return JSONResponse({"error": error}, status, headers)


def _name(host: str) -> str:
    """Host of a Host header without its port.

    Examples
    --------
    >>> _name("localhost:8000"), _name("[::1]:8000"), _name("10.0.0.1")
    ('localhost', '::1', '10.0.0.1')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if host.count(":") == 1 else host


def _foreign(headers: Headers, host: str) -> bool:
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.casefold() != host.casefold()


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return "" if found is None else found.value
