"""What the browser tests share: the page served to Chromium, and a reader's first moves."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.applications import Starlette

import app
from assistant.errors import ModelUnavailable
from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant, Script

BROWSER = [
    pytest.mark.browser,
    # Gradio's queue uses what pandas is about to drop; as errors, these would end its tasks.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Opener = Callable[..., Page]
LEAVING = ("AbortError", "Unexpected error Connection errored out.")
HOSTILE = (
    "<script>window.bad=1</script> ${window.bad=2} {{window.bad=3}} "
    "<img src=http://evil.test/x onerror=window.bad=4> ![x](http://evil.test/y) $$x$$ [1]."
)
SLOW = "Qui est Thierry Breton ?"


class Ready(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[object] | None = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]
        self.up.set()


@contextmanager
def running(application: Starlette, port: int = 0) -> Iterator[str]:
    """Run ``application`` on ``port``, or on a free one; its address."""
    with app._listen("127.0.0.1", port) as listening:
        server = Ready(
            uvicorn.Config(
                application,
                log_level="warning",
                ws="none",
                proxy_headers=False,
                timeout_graceful_shutdown=1,
            )
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert server.up.wait(60)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)


@contextmanager
def served(assistant: FakeAssistant, port: int = 0, **changes: object) -> Iterator[str]:
    """Serve ``assistant`` on ``port``, or on a free one, with changed settings; the address."""
    settings = Settings(**changes)  # type: ignore[arg-type]
    with running(app.create_app(assistant, settings), port) as url:
        yield url


def scripted() -> FakeAssistant:
    """An assistant with an answer of each kind."""
    return FakeAssistant(
        scripts={
            "Combien ?": Script(("135 millions [1].", "135 millions [1]. Et 60 [2]."), (9, 10)),
            "How much?": Script(("135 million euros [1].",), (9,), language="en"),
            SLOW: Script(("Le patron d'Atos [1].",) * 2, (5,), gate=threading.Event()),
            "Hostile ?": Script((HOSTILE,), (2,)),
            "Panne ?": Script((), error=ModelUnavailable("No answer from /tmp/model.")),
        }
    )


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium: the one built to run without a window, in half the time, or the other."""
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if found is None:
        told = "No chromium found; install it: apt-get install -y chromium-headless-shell"
        pytest.fail(told, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opening(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens the page; at the end, no request went elsewhere, none failed, no script erred."""
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    errors: list[str] = []

    def opened(path: str = "/", **options: object) -> Page:
        context = browser.new_context(**{"locale": "fr-FR", **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda r: None if r.url.startswith((address, "data:")) else elsewhere.append(r.url),
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert elsewhere == []
    # Leaving the page ends the connection that Gradio keeps open, and it says so.
    assert [error for error in errors if not error.startswith(LEAVING)] == []


def ask(page: Page, question: str) -> None:
    """Type a question once the page is ready and answers no other, and press Enter."""
    page.wait_for_selector("#reader article")
    page.wait_for_selector("#send")
    send(page, question)


def send(page: Page, question: str) -> None:
    """Type a question once the one before has left the box, and press Enter."""
    page.wait_for_function(
        """() => {
          const box = document.querySelector("#question textarea");
          const last = [...document.querySelectorAll(".turn .question")].pop();
          return box && (!box.value || !last?.textContent.includes(box.value));
        }"""
    )
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
