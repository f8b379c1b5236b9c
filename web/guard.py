"""What the page's server lets in, and what it says about what it sends out."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.language import choose
from web.texts import texts

MAX_BODY: Final = 1_000_000
"""Bytes of a request's body: a question, and nothing larger."""

# Gradio's own page sets styles and starts scripts inline, and compiles templates.
CHAT_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-src 'none'; frame-ancestors 'none'"
)
PLAIN_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_SCRIPT_POLICY: Final = "; script-src 'self'; connect-src 'self'"

_LANGUAGE = r"/(?:fr|en)"
OPEN: Final[tuple[tuple[str, str], ...]] = (
    # Ours.
    ("GET", r"/"),
    ("GET", r"/healthz"),
    ("GET", r"/ask"),
    ("GET", r"/about"),
    ("GET", r"/sources"),
    ("GET", r"/source/[0-9A-Za-z_-]{1,64}"),
    ("GET", r"/page\.(?:css|js)"),
    ("GET", r"/(?:conversations|opinion|upload)\.js"),
    ("POST", r"/feedback"),
    ("GET", r"/icon\.svg"),
    ("GET", r"/favicon\.ico"),
    # What the page's frontend fetches, asks and follows.
    ("GET", rf"(?:{_LANGUAGE})?/(?:assets|static|svelte)/[\w./-]+"),
    ("GET", rf"(?:{_LANGUAGE})?(?:/gradio_api)?/theme\.css"),
    ("GET", rf"{_LANGUAGE}/gradio_api/(?:startup-events|queue/data|heartbeat/\w+)"),
    ("POST", rf"{_LANGUAGE}/gradio_api/(?:queue/join|cancel|reset)"),
)
"""Every request that is answered: method (``GET`` stands for ``HEAD`` too) and path. Gradio's
other routes (upload, files, proxy, API description, run history…) are closed."""


class Guard:
    """ASGI middleware: closed routes, no other site's requests, no huge bodies, safe headers."""

    def __init__(
        self,
        app: ASGIApp,
        routes: Iterable[tuple[str, str]] = OPEN,
        largest: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Stand before ``app`` and let ``routes`` through.

        Args:
            app: what is guarded.
            routes: what is answered.
            largest: bytes of a body at a path, where it is not ``MAX_BODY``.
        """
        self._app = app
        self._largest = largest
        self._routes = [(method, re.compile(path)) for method, path in routes]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            # The page has no use for WebSockets; only start and end of the server remain.
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        send = _with_headers(send, scope["path"])
        words = texts(choose({}, {}, headers.get("accept-language", "")))
        if foreign(headers):
            await _refuse(403, words["refused"])(scope, receive, send)
        elif not self._is_open(scope["method"], scope["path"]):
            await _refuse(404, words["closed"])(scope, receive, send)
        elif scope["method"] == "POST" and not self._is_short(headers, scope["path"]):
            await _refuse(413, words["refused_size"])(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_open(self, method: str, path: str) -> bool:
        method = "GET" if method == "HEAD" else method
        return any(
            method == known and pattern.fullmatch(path) and ".." not in path
            for known, pattern in self._routes
        )

    def _is_short(self, headers: Headers, path: str) -> bool:
        length = headers.get("content-length", "")
        known = length.isascii() and length.isdigit()
        return known and int(length) <= self._largest.get(path, MAX_BODY)


def foreign(headers: Headers) -> bool:
    """Whether another site's page makes this request; following a link from there is allowed."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        return True
    site = headers.get("sec-fetch-site", "none")
    return site not in {"none", "same-origin"} and headers.get("sec-fetch-mode") != "navigate"


def own(headers: Headers) -> bool:
    """Whether the reader came here from this site, or by an address that they typed or kept."""
    return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}


def _refuse(status: int, text: str) -> PlainTextResponse:
    return PlainTextResponse(text + "\n", status)


def _policy(path: str) -> str:
    if path == "/":
        return CHAT_POLICY
    # It shows how far a reader's files have come.
    return PLAIN_POLICY + _SCRIPT_POLICY if path == "/sources" else PLAIN_POLICY


def _with_headers(send: Send, path: str) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = _policy(path)
            headers["X-Content-Type-Options"] = "nosniff"
            headers["X-Frame-Options"] = "DENY"
            headers["Referrer-Policy"] = "same-origin"
            headers["Cross-Origin-Opener-Policy"] = "same-origin"
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
            # Gradio echoes any origin; nobody else's page has business here.
            for name in ("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"):
                del headers[name]
        await send(message)

    return wrapped
