"""A small reverse proxy: shows a server below a path, streams, and passes nothing else on."""

import httpx
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade"}


def proxy(upstream: str, below: str, *, strips: bool) -> Starlette:
    """Shows ``upstream`` below the path ``below``, which it takes off the path if it ``strips``."""

    async def forward(request: Request) -> Response:
        path = request.url.path.removeprefix(below) if strips else request.url.path
        # A client each: one of a pool could outlive the event loop of a test.
        client = httpx.AsyncClient(base_url=upstream, timeout=None)
        passed = client.build_request(
            request.method,
            httpx.URL(path=path, query=request.url.query.encode()),
            headers=[pair for pair in request.headers.items() if pair[0] not in HOP],
            content=await request.body(),
        )
        answer = await client.send(passed, stream=True)
        sent = {name: value for name, value in answer.headers.items() if name not in HOP}
        return StreamingResponse(
            answer.aiter_raw(), answer.status_code, sent, background=BackgroundTask(client.aclose)
        )

    return Starlette(routes=[Route(f"{below}{{rest:path}}", forward, methods=["GET", "POST"])])
