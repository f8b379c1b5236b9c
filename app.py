"""The web front end: one FastAPI application with the chat, the sources and a plain page."""

import ipaddress
import logging
import socket
import sys
from contextlib import aclosing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final

from fastapi import FastAPI, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from assistant.assistant import SHIPPED_CORPUS
from assistant.errors import ConfigurationError
from assistant.feedback import Feedback, Opinion
from assistant.settings import Settings
from web.about import about_page
from web.forwarded import Forwarded
from web.front import Front
from web.guard import OPEN, Guard, own
from web.health import add_health
from web.host import AtHome
from web.language import spoken
from web.listing import sources_page
from web.login import FAILURES, Login
from web.pages import ask_page, missing_page, source_page
from web.problems import not_started
from web.rate import Paced, Rate, Slowed, client_of
from web.runner import AT_ONCE, Answering, Runner
from web.sessions import Recent, Session, Turn, beginning
from web.sources import Shelf
from web.texts import Texts
from web.unforeseen import Unforeseen
from web.upload import CHANGES, MAX_BODY, ROUTES, Uploads, add_upload

log = logging.getLogger(__name__)

_WEB: Final = Path(__file__).with_name("web")
_ASSETS: Final = {
    "/page.css": "text/css; charset=utf-8",
    "/page.js": "text/javascript; charset=utf-8",
    "/opinion.js": "text/javascript; charset=utf-8",
    "/upload.js": "text/javascript; charset=utf-8",
    "/copy.js": "text/javascript; charset=utf-8",
    "/conversations.js": "text/javascript; charset=utf-8",
    "/language.js": "text/javascript; charset=utf-8",
    "/refusal.js": "text/javascript; charset=utf-8",
    "/trouble.js": "text/javascript; charset=utf-8",
    "/icon.svg": "image/svg+xml",
}
_UNGUARDED: Final = (
    "Sans mot de passe, quiconque atteint cette adresse peut poser des questions / Without a "
    "password, whoever reaches this address may ask: ANDROMEDE_AUTH_USER, ANDROMEDE_AUTH_PASSWORD"
)


def create_app(assistant: Answering, settings: Settings) -> FastAPI:
    """The application that serves ``assistant``; it may still be starting.

    Args:
        assistant: who answers; its ``index`` is read once its ``state`` is ``ready``.
        settings: how it is shown, behind which proxy, to whom and how often.
    """
    # Gradio takes seconds to import; whoever only imports this module should not wait for it.
    from web.chat import Chat

    library = Shelf(assistant).library
    longest = settings.max_question_chars
    runner = Runner(assistant, 1 if settings.llm_base_url is None else AT_ONCE, longest)
    rate = Rate(settings.rate_limit)
    app = FastAPI(title="Andromède", docs_url=None, redoc_url=None, openapi_url=None)
    for path, kind in _ASSETS.items():
        _add_asset(app, path, kind)

    add_health(app, assistant, runner)

    @app.get("/favicon.ico")
    async def favicon() -> Response:
        return FileResponse(_WEB / "icon.svg", media_type="image/svg+xml")

    @app.get("/source/{identity}")
    async def source(
        request: Request, identity: str, mark: Annotated[str | None, Query()] = None
    ) -> HTMLResponse:
        words = spoken(request.scope)
        if not await runner.started():
            problem = not_started(assistant.failure, words)
            return _html(missing_page(problem, words), words, 503)
        document = library().document(identity)
        if document is None:
            return _html(missing_page(words["not_found"], words), words, 404)
        # A mark that is no number marks nothing: the reader still gets the text.
        row = int(mark) if mark and mark.isascii() and mark.isdigit() and len(mark) < 10 else None
        return _html(source_page(document, library(), row, words), words)

    @app.get("/about")
    async def about(request: Request) -> HTMLResponse:
        words = spoken(request.scope)
        ready = library() if assistant.state == "ready" else None
        return _html(about_page(ready, settings, words), words)

    uploads = Uploads(assistant, settings.home) if settings.upload else None
    if uploads is not None:
        add_upload(app, uploads, library)

    @app.get("/sources")
    async def sources(request: Request, q: str = "", page: str = "", job: str = "") -> HTMLResponse:
        words = spoken(request.scope)
        if not await runner.started():
            problem = not_started(assistant.failure, words)
            return _html(missing_page(problem, words, "./"), words, 503)
        begun = uploads.job(job) if uploads is not None else None
        added = uploads.added.paths() if uploads is not None else None
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 10 else 1
        return _html(sources_page(library(), words, q, number, added, begun), words)

    @app.get("/ask")
    async def ask(request: Request, q: Annotated[str, Query()] = "") -> HTMLResponse:
        words = spoken(request.scope)
        question = q.strip()
        turn = Turn(beginning(question)) if question else None
        if turn is not None and not own(request.headers):
            # A link from another site may bring a question; to ask it is the reader's to decide.
            return _html(ask_page(turn, None, words, longest), words)
        client = client_of(request.scope)
        if turn is not None and (wait := rate.wait(client)):
            turn.outcome, turn.wait = "too_many", wait
            refusal = _html(ask_page(turn, None, words, longest), words, 429)
            refusal.headers["Retry-After"] = str(wait)
            return refusal
        note = words["question_empty"] if q and turn is None else ""
        if turn is not None:
            rate.count(client)
            async with aclosing(runner.follow(Session(), turn, question)) as steps:
                async for _ in steps:
                    if await request.is_disconnected():
                        break
        ready = library() if assistant.state == "ready" else None
        return _html(ask_page(turn, ready, words, longest, note), words)

    recent = Recent() if settings.feedback else None
    if recent is not None:
        corpus = "" if assistant.corpus == SHIPPED_CORPUS else str(assistant.corpus)
        _add_feedback(app, Feedback(settings.home), recent, corpus)
    free = Chat(assistant, runner, library, longest, recent).mount(app)
    # The last one added is the first that a request meets.
    app.add_middleware(Front, settings.root_path)
    app.add_middleware(Slowed, rate, free)
    app.add_middleware(Paced, settings.rate_limit, (("/feedback",), CHANGES))
    if settings.auth_user is not None and settings.auth_password is not None:
        password = settings.auth_password.get_secret_value()
        failures = settings.rate_limit or FAILURES
        app.add_middleware(Login, settings.auth_user, password, failures)
    app.add_middleware(Unforeseen)
    routes, largest = (OPEN, {}) if uploads is None else ((*OPEN, *ROUTES), {"/sources": MAX_BODY})
    app.add_middleware(Guard, settings.root_path, routes, largest)
    app.add_middleware(Forwarded, settings.forwarded_allow_ips.split(","))
    return app


def _add_feedback(app: FastAPI, feedback: Feedback, recent: Recent, source: str) -> None:
    @app.post("/feedback")
    def opinion(said: Opinion) -> Response:
        # The browser only names the turn: what was asked and answered is known here.
        turn = recent.get(said.turn)
        if turn is None or turn.answer is None or turn.outcome != "answered":
            return Response(status_code=404)
        try:
            feedback.keep(said, turn.question, turn.answer, turn.before, source, turn.documents)
        except ConfigurationError as error:
            log.warning("an opinion could not be kept: %s", error)
            return Response(status_code=503)
        turn.rated = True
        return Response(status_code=204)


def _add_asset(app: FastAPI, path: str, kind: str) -> None:
    file = _WEB / path.lstrip("/")

    @app.get(path)
    def asset(request: Request) -> Response:
        content = file.read_bytes()
        # Revalidated each time: a new release must not meet an old script. By what it holds, for
        # an installer may give the files of two releases the same date.
        tag = f'"{sha256(content).hexdigest()}"'
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        # Of a list, or weakened by a proxy that compressed it, it is still the same.
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type=kind, headers=headers)


def _html(page: str, words: Texts, status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        page, status, headers={"Content-Language": words.language, "Cache-Control": "no-store"}
    )


def serve(assistant: Answering, settings: Settings) -> None:
    """Serve the page until interrupted, and say on standard output when it is up.

    Args:
        assistant: who answers; it may still be starting.
        settings: among them address and port to listen on.

    Raises:
        ConfigurationError: the address cannot be listened on.
    """
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                print(_announcement(listening), flush=True)

    with _listen(settings.host, settings.port) as listening, suppress(KeyboardInterrupt):
        application = create_app(assistant, settings)
        if settings.auth_user is None and not _within(listening):
            print(_UNGUARDED, file=sys.stderr, flush=True)
        elif settings.auth_user is None and not settings.forwarded_allow_ips:
            # Neither a login nor a proxy of ours: nobody comes under another name.
            application.add_middleware(AtHome)
        config = uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            server_header=False,
            # Ours believes nobody by default; uvicorn's would believe whoever is on this machine.
            proxy_headers=False,
            ws="none",
            # An open page holds a connection; it must not hold up Ctrl-C.
            timeout_graceful_shutdown=1,
        )
        Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise ConfigurationError(
            f"Cannot listen on {host} port {port} ({error.strerror or error}); choose another "
            "with ANDROMEDE_HOST and ANDROMEDE_PORT, or stop what listens there."
        ) from error
    return listening


def _within(listening: socket.socket) -> bool:
    """Whether only this machine can reach it."""
    return ipaddress.ip_address(listening.getsockname()[0]).is_loopback


def _announcement(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    # Nobody can open the address that means all of them.
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    url = f"http://{shown}:{port}"
    return f"{url} : la page est ouverte (Ctrl-C pour arrêter) / the page is up (Ctrl-C to stop)"
