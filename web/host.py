"""Names under which a page that only this machine can reach is answered."""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.language import spoken
from web.refusal import refusal


class AtHome:
    """ASGI middleware: refuses requests for a name that is not this machine's own.

    A web site can let its name point to this machine once its page is open (DNS rebinding): to the
    browser, that page and ours are then one site, and nothing but ``Host`` tells them apart.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        answer: ASGIApp = self._app
        if scope["type"] == "http" and not at_home(Headers(scope=scope).get("host", "")):
            answer = refusal(scope, 403, spoken(scope)["refused"], closed=True)
        await answer(scope, receive, send)


def at_home(host: str) -> bool:
    """Whether ``host``, with or without a port, is a loopback address or a local name."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name.split(".")[-1] == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
