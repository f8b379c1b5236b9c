"""What a proxy says of the reader's address, scheme and host: believed of known proxies alone."""

from collections.abc import Iterable
from typing import Any, Final, cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_PREFIX: Final = b"x-forwarded-"
_HOST: Final = b"x-forwarded-host"


class Forwarded:
    """ASGI middleware: a known proxy's word stands for address, scheme and host of the reader.

    It is in the headers ``X-Forwarded-For``, ``-Proto`` and ``-Host``. Whoever sent them, they go
    no further: Gradio would believe anybody's.
    """

    def __init__(self, app: ASGIApp, proxies: Iterable[str]) -> None:
        """Stand before ``app``, and believe ``proxies``: IP addresses and networks."""
        self._app = app
        # uvicorn's knows addresses and schemes, not hosts; and has types of its own for ASGI.
        self._proxied: Any = ProxyHeadersMiddleware(cast("Any", self._bare), list(proxies))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as the reader made it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        if client is not None and client[0] in self._proxied.trusted_hosts:
            given = [value for name, value in scope["headers"] if name == _HOST]
            if given:
                # Of several proxies, the last to speak is the one that we know.
                host = given[-1].rsplit(b",", 1)[-1].strip()
                rest = [pair for pair in scope["headers"] if pair[0] != b"host"]
                scope = {**scope, "headers": [(b"host", host), *rest]}
        await self._proxied(scope, receive, send)

    async def _bare(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [pair for pair in scope["headers"] if not pair[0].startswith(_PREFIX)]
        await self._app({**scope, "headers": headers}, receive, send)
