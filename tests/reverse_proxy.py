"""A small reverse proxy: shows a server below a path, streams, and passes nothing else on."""

import threading
from collections.abc import AsyncIterator

import httpx
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade"}


def proxy(
    upstream: str, below: str, *, strips: bool, broken: threading.Event | None = None
) -> Starlette:
    """Shows ``upstream`` below the path ``below``, which it takes off the path if it ``strips``.

    While ``broken`` is set, answers break off in the middle.
    """

    async def streamed(answer: httpx.Response) -> AsyncIterator[bytes]:
        async for piece in answer.aiter_raw():
            if broken is not None and broken.is_set():
                raise ConnectionResetError
            yield piece

    async def forward(request: Request) -> Response:
        path = request.url.path.removeprefix(below) if strips else request.url.path
        # A client each: one of a pool could outlive the event loop of a test. Certificates, which
        # would be read for each, are of no use on loopback.
        client = httpx.AsyncClient(base_url=upstream, timeout=None, verify=False)
        passed = client.build_request(
            request.method,
            httpx.URL(path=path, query=request.url.query.encode()),
            headers=[pair for pair in request.headers.items() if pair[0] not in HOP],
            content=await request.body(),
        )
        answer = await client.send(passed, stream=True)
        sent = {name: value for name, value in answer.headers.items() if name not in HOP}
        return StreamingResponse(
            streamed(answer), answer.status_code, sent, background=BackgroundTask(client.aclose)
        )

    return Starlette(routes=[Route(f"{below}/{{rest:path}}", forward, methods=["GET", "POST"])])
