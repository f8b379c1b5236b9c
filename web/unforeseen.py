"""What a reader is told of an error that nobody foresaw; what it was goes to the log alone."""

import logging
from typing import Final

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.health import PROBES
from web.language import spoken
from web.refusal import refusal

log = logging.getLogger(__name__)

_DATA: Final = (*PROBES, "/feedback", "/fr/gradio_api/", "/en/gradio_api/")
"""How paths begin that no reader opens: scripts and probes read what is answered there."""


class Unforeseen:
    """ASGI middleware: an answer 500 says in the reader's language what to do.

    Without it, it says so in English whatever the reader speaks, and none of our headers is on it:
    Starlette answers before whatever stands in front of the application.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer it where that fails."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = failed = False

        async def unless_failed(message: Message) -> None:
            nonlocal begun, failed
            if message["type"] == "http.response.start":
                failed = message["status"] == 500
                begun = not failed
            if not failed:
                await send(message)

        try:
            await self._app(scope, receive, unless_failed)
        except Exception:  # whatever it is, the reader is told
            # Of an answer that is on its way, only the server can break off the connection.
            if begun:
                raise
            failed = True
            log.exception("%s %s was not answered.", scope["method"], scope["path"])
        if failed:
            await _told(scope)(scope, receive, send)


def _told(scope: Scope) -> Response:
    words = spoken(scope)
    if scope["path"].startswith(_DATA):
        # Where Gradio's frontend looks for what to say, and so does our script.
        headers = {"Content-Language": words.language, "Cache-Control": "no-store"}
        return JSONResponse({"detail": words["unforeseen"]}, 500, headers)
    return refusal(scope, 500, words["unforeseen"])
