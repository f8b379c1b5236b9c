"""A reader adds files on the page of the sources, and takes them out: in a real browser."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from small_corpus import ENGLISH
from uploading import Quick, opened, settings_in

import app
from tests.accessibility import faults, shortcomings
from tests.browser import BROWSER, Opener, opening, running
from web.guard import OURS
from web.texts import LANGUAGES, Language, texts
from web.upload import MAX_BODY

pytestmark = BROWSER

EN, FR = texts("en"), texts("fr")
TITLE = "The Harwick ferry will run again"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    settings = settings_in(tmp_path)
    with (
        opened(tmp_path, settings, monkeypatch) as assistant,
        running(app.create_app(assistant, settings)) as address,
    ):
        yield address


@pytest.fixture
def open_sources(browser: Browser, url: str) -> Iterator[Opener]:
    """Opens the page; at the end, no request went elsewhere, none failed, no script erred."""
    with opening(browser, url) as open_page:
        yield open_page


def add(page: Page, *files: tuple[str, bytes]) -> None:
    chosen = [FilePayload(name=name, mimeType="text/plain", buffer=data) for name, data in files]
    page.set_input_files("#file", chosen)
    page.click("#add button")


def test_a_file_is_added_its_indexing_seen_and_taken_out_again(
    open_sources: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(Quick, "gate", gate)
    page = open_sources("/sources?lang=en")
    add(page, ("ferry.txt", ENGLISH.encode()), ("ferry.exe", b"MZ"))
    job = page.locator("#job")
    expect(job).to_be_focused()
    expect(job.locator("progress")).to_be_visible()
    expect(page.locator(".shelf-list li")).to_have_count(1)
    gate.set()
    expect(page.locator("#job.done")).to_contain_text("ferry.txt")
    expect(page.locator("#job.done")).to_contain_text("ferry.exe")
    expect(page.locator(".shelf-list")).to_contain_text(TITLE)
    summary = page.locator(".remove summary")
    expect(summary).to_have_accessible_name(f"Take out “{TITLE}”")
    summary.click()
    page.get_by_role("button", name=f"Take out for all readers “{TITLE}”").click()
    expect(page.locator(".shelf-list li")).to_have_count(1)
    expect(page.locator(".shelf-list")).not_to_contain_text(TITLE)


def test_what_is_too_large_is_told_before_it_is_sent(open_sources: Opener, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(MAX_BODY + 1)
    page = open_sources("/sources?lang=en")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.set_input_files("#file", large)
    page.click("#add button")
    expect(page.locator("#add .sending")).not_to_be_empty()
    expect(page.locator("#add button")).to_be_enabled()
    assert "POST" not in sent


def test_a_connection_that_is_lost_is_told_and_may_be_tried_again(
    browser: Browser, url: str
) -> None:
    page = browser.new_page()
    page.goto(f"{url}/sources?lang=fr")
    # Nobody says why: a server may cut the connection of what it finds too large.
    page.route("**/sources?lang=fr", lambda route: route.abort("connectionreset"))
    add(page, ("ferry.txt", ENGLISH.encode()))
    expect(page.locator("#add .sending")).to_have_text(FR["broken_files"])
    expect(page.locator("#add .sending")).to_contain_text("connexion")
    expect(page.locator("#add button")).to_be_enabled()
    page.unroute("**/sources?lang=fr")
    page.click("#add button")
    expect(page.locator(".shelf-list")).to_contain_text(TITLE)
    page.close()


@pytest.mark.parametrize(
    ("language", "status", "kind", "body", "ours", "said"),
    [
        ("fr", 413, "text/plain", "Request Entity Too Large", False, FR["refused_files_size"]),
        ("en", 413, "text/html", "<h1>Too large</h1>", False, EN["refused_files_size"]),
        ("fr", 403, "text/plain", "Forbidden by policy", False, FR["refused_files"]),
        ("en", 429, "text/plain; charset=utf-8", "slow down", False, EN["refused_files"]),
        ("fr", 502, "text/plain", "Bad Gateway", False, FR["lost"]),
        ("en", 200, "text/html", "<main>Log in to the proxy</main>", False, EN["lost"]),
        ("fr", 503, "text/plain; charset=utf-8", FR["job_failed"], True, FR["job_failed"]),
        ("en", 400, "text/plain; charset=utf-8", EN["refused_form"], True, EN["refused_form"]),
        ("fr", 500, "text/plain; charset=utf-8", "Internal Server Error", True, FR["lost"]),
    ],
)
def test_whoever_refuses_files_it_is_told_in_the_pages_language(
    browser: Browser,
    url: str,
    language: str,
    status: int,
    kind: str,
    body: str,
    ours: bool,
    said: str,
) -> None:
    page = browser.new_page()
    page.goto(f"{url}/sources?lang={language}")
    headers = {"Content-Type": kind} | ({OURS: "1"} if ours else {})
    page.route(
        "**/sources?lang=*", lambda route: route.fulfill(status=status, headers=headers, body=body)
    )
    add(page, ("ferry.txt", ENGLISH.encode()))
    expect(page.locator("#add .sending")).to_have_text(said.format(status=status))
    expect(page.locator("#add button")).to_be_enabled()
    # What was chosen is still there to be sent again.
    page.unroute("**/sources?lang=*")
    page.click("#add button")
    expect(page.locator(".shelf-list")).to_contain_text(TITLE)
    page.close()


def test_a_proxys_page_is_not_taken_for_the_end_of_the_indexing(
    browser: Browser, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(Quick, "gate", gate)
    page = browser.new_page()
    page.goto(f"{url}/sources?lang=en")
    add(page, ("ferry.txt", ENGLISH.encode()))
    expect(page.locator("#job.working")).to_be_visible()
    with page.expect_response("**/sources?lang=en&job=*"):
        page.route(
            "**/sources?lang=en&job=*",
            lambda route: route.fulfill(content_type="text/html", body="<main>Maintenance</main>"),
            times=1,
        )
    gate.set()
    expect(page.locator("#job.done")).to_contain_text("ferry.txt")
    page.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_hostile_names_and_texts_of_files_are_shown_and_do_nothing(
    open_sources: Opener, language: str
) -> None:
    hostile = "<img class=planted src=x onerror=window.bad=1><form class=planted>${window.bad=2}"
    text = f"{hostile} is a title.\n\n{ENGLISH}".encode()
    page = open_sources(f"/sources?lang={language}", color_scheme="dark")
    add(page, (f"{hostile}.exe", b"MZ"), (f"{hostile}.txt", text))
    expect(page.locator("#job.done")).to_contain_text(f"{hostile}.exe"[-19:])
    expect(page.locator(".shelf-list")).to_contain_text(hostile)
    page.click(".remove summary")
    assert faults(page) == []
    page.emulate_media(color_scheme="light")
    assert faults(page) == []
    planted = page.locator(".planted")
    assert (planted.count(), page.evaluate("window.bad")) == (0, None)
    page.locator(".shelf-list a.document", has_text=hostile).click()
    expect(page.locator("article h2")).to_contain_text(hostile)
    assert (planted.count(), page.evaluate("window.bad")) == (0, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rule_is_broken_on_the_way(
    browser: Browser, url: str, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(Quick, "gate", gate)
    page = browser.new_page()
    page.goto(f"{url}/sources?lang={language}")
    page.route("**/sources?lang=*", lambda route: route.fulfill(status=413), times=1)
    add(page, ("ferry.txt", ENGLISH.encode()), ("ferry.exe", b"MZ"))
    expect(page.locator("#add .sending")).not_to_be_empty()
    expect(page.locator("#add button")).to_be_enabled()
    assert shortcomings(page) == []
    page.click("#add button")
    expect(page.locator("#job.working progress")).to_be_visible()
    assert shortcomings(page) == []
    gate.set()
    expect(page.locator("#job.done")).to_contain_text("ferry.exe")
    page.click(".remove summary")
    assert shortcomings(page) == []
    page.close()
