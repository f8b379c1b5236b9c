"""What the page's server lets in, and what it says about what it sends out."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import ConfigurationError
from web.front import moved
from web.language import spoken
from web.refusal import refusal

MAX_BODY: Final = 1_000_000
"""Bytes of a request's body: a question, and nothing larger."""

OURS: Final = "X-Andromede"
"""The header of every answer of ours."""

_HTTPS_ONLY: Final = f"max-age={7 * 24 * 3600}"
"""For a week no browser asks for this host over HTTP: no longer, as it may change its mind."""

PLAIN_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_SCRIPT_POLICY: Final = f"{PLAIN_POLICY}; script-src 'self'; connect-src 'self'"

_LANGUAGE = r"/(?:fr|en)"
OPEN: Final[tuple[tuple[str, str], ...]] = (
    # Ours.
    ("GET", r"/"),
    ("GET", r"/(?:livez|healthz|readyz)"),
    ("GET", r"/ask"),
    ("GET", r"/about"),
    ("GET", r"/sources"),
    ("GET", r"/source/[0-9A-Za-z_-]{1,64}"),
    ("GET", r"/page\.(?:css|js)"),
    ("GET", r"/(?:conversations|copy|language|opinion|refusal|trouble|upload)\.js"),
    ("POST", r"/feedback"),
    ("GET", r"/icon\.svg"),
    ("GET", r"/favicon\.ico"),
    # What the page's frontend fetches, asks and follows.
    ("GET", rf"(?:{_LANGUAGE})?/(?:assets|static|svelte)/[\w./-]+"),
    ("GET", rf"(?:{_LANGUAGE})?(?:/gradio_api)?/theme\.css"),
    ("GET", rf"{_LANGUAGE}/gradio_api/(?:startup-events|queue/data|heartbeat/\w+)"),
    ("POST", rf"{_LANGUAGE}/gradio_api/queue/join"),
)
"""Every request that is answered: method (``GET`` stands for ``HEAD`` too) and path. Gradio's
other routes (upload, files, proxy, API description, run history…) are closed."""


class Guard:
    """ASGI middleware: closed routes, no other site's requests, no huge bodies, safe headers.

    Behind it, every path starts at the site's root: of a proxy that leaves its own path before
    it, that path is taken off, and one that takes it off itself is as well.
    """

    def __init__(
        self,
        app: ASGIApp,
        root_path: str = "",
        routes: Iterable[tuple[str, str]] = OPEN,
        largest: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        """Stand before ``app``.

        Args:
            app: what is guarded.
            root_path: below which a proxy shows it.
            routes: what is answered.
            largest: bytes of a body at a path, where it is not ``MAX_BODY``.

        Raises:
            ConfigurationError: what lies below ``root_path`` could be meant for a route.
        """
        self._app = app
        self._root_path = root_path
        self._largest = largest
        self._routes = [(method, re.compile(path)) for method, path in routes]
        if root_path and self._is_open("GET", f"{root_path}/ask"):
            raise ConfigurationError(
                f"ANDROMEDE_ROOT_PATH is {root_path}, below which the page has addresses of its "
                "own: choose another."
            )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            # The page has no use for WebSockets; only start and end of the server remain.
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope = self._rooted(scope)
        if scope["method"] == "HEAD":
            # Routes know only GET; the server leaves the body out by itself.
            scope = {**scope, "method": "GET"}
        send = _with_headers(send, scope["path"], scope["scheme"])
        words = spoken(scope)
        answer: ASGIApp = self._app
        if foreign(headers):
            answer = refusal(scope, 403, words["refused"])
        elif not self._is_open(scope["method"], scope["path"]):
            answer = refusal(scope, 404, words["closed"])
            if scope["path"] == self._root_path:
                # Relative addresses need the slash.
                answer = RedirectResponse(_with_slash(scope), 308)
        elif scope["method"] == "POST" and not self._is_short(headers, scope["path"]):
            answer = refusal(scope, 413, words["refused_size"])
        await answer(scope, receive, send)

    def _rooted(self, scope: Scope) -> Scope:
        """The request with its path from the site's root."""
        path: str = scope["path"]
        # What is open as it stands came from a proxy that took its own path off.
        if self._is_open(scope["method"], path) or not path.startswith(f"{self._root_path}/"):
            return scope
        return moved(scope, path.removeprefix(self._root_path))

    def _is_open(self, method: str, path: str) -> bool:
        method = "GET" if method == "HEAD" else method
        return any(
            method == known and pattern.fullmatch(path) and ".." not in path
            for known, pattern in self._routes
        )

    def _is_short(self, headers: Headers, path: str) -> bool:
        length = headers.get("content-length", "")
        # A server that is given both lets the chunks go on beyond the length.
        known = length.isascii() and length.isdigit() and "transfer-encoding" not in headers
        return known and int(length) <= self._largest.get(path, MAX_BODY)


def foreign(headers: Headers) -> bool:
    """Whether another site's page makes this request; following a link from there is allowed."""
    origin = headers.get("origin")
    if origin is not None:
        try:
            here, there = _place(f"//{headers.get('host', '')}", origin), _place(origin)
        except ValueError:
            # Such as a bracket that nothing closes: no browser writes that.
            return True
        if here != there:
            return True
    site = headers.get("sec-fetch-site", "none")
    return site not in {"none", "same-origin"} and headers.get("sec-fetch-mode") != "navigate"


def _place(address: str, origin: str = "") -> str:
    """Host and port of ``address``, without the port that ``origin``'s scheme means anyway.

    The scheme is not compared: where TLS ends at a proxy that we were not told of, a page of
    ours comes from ``https://`` and its requests reach us as ``http``.
    """
    default = {"https": ":443", "http": ":80"}.get(urlsplit(origin or address).scheme, "")
    return urlsplit(address).netloc.lower().removesuffix(default)


def own(headers: Headers) -> bool:
    """Whether the reader came here from this site, or by an address that they typed or kept."""
    return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}


def _with_slash(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}/{'?' if query else ''}{query}"


def _with_headers(send: Send, path: str, scheme: str) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            # By it our script tells our own words from those of a proxy.
            headers[OURS] = "1"
            # Gradio's page comes with its own (see ``web.front``), a refusal in its place without.
            if path != "/" or "Content-Security-Policy" not in headers:
                # The list of the sources shows how far a reader's files have come.
                plain = _SCRIPT_POLICY if path == "/sources" else PLAIN_POLICY
                headers["Content-Security-Policy"] = plain
            if scheme == "https":
                headers["Strict-Transport-Security"] = _HTTPS_ONLY
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
