"""A name and a password before the page: HTTP Basic (RFC 7617), which needs no script or cookie."""

import base64
import binascii
import hmac
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.health import PROBES
from web.language import spoken
from web.rate import Rate, client_of
from web.refusal import refusal

FAILURES: Final = 10
"""Wrong passwords a minute that one address may try where no other limit is set."""

_CHALLENGE: Final = {"WWW-Authenticate": 'Basic realm="Andromede", charset="UTF-8"'}


class Login:
    """ASGI middleware: nothing but the probes is answered without the right name and password."""

    def __init__(self, app: ASGIApp, user: str, password: str, failures: int) -> None:
        """Stand before ``app``.

        Args:
            app: what is guarded.
            user: the name.
            password: the password; it is compared in constant time.
            failures: wrong attempts a minute that one address has; then none of it is looked at.
        """
        self._app = app
        self._expected = f"{user}:{password}".encode()
        self._failures = Rate(failures)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or ask for name and password."""
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("authorization")
        client, words = client_of(scope), spoken(scope)
        if given is not None and (wait := self._failures.wait(client)):
            said, later = words["too_many_logins"].format(seconds=wait), {"Retry-After": str(wait)}
            await refusal(scope, 429, said, later, closed=True)(scope, receive, send)
        elif given is not None and hmac.compare_digest(_decoded(given), self._expected):
            await self._app(scope, receive, send)
        else:
            # The first request of every browser comes without: that is no attempt.
            if given is not None:
                self._failures.count(client)
            told = refusal(scope, 401, words["login"], _CHALLENGE, closed=True)
            await told(scope, receive, send)


def _decoded(header: str) -> bytes:
    """``name:password`` as the header holds it; what is no such header is empty."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return b""
