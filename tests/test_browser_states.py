"""The page as few readers see it: crowded, not started, started again, refused, left behind.

Each of these is held to what every view keeps to (see ``accessibility``), in both languages.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

import app
from assistant.errors import ModelNotFetched
from index import Document
from tests.accessibility import shortcomings
from tests.browser import BROWSER, Opener, ask, opening, send, served
from tests.fake_assistant import FakeAssistant, index_of
from tests.views import LINES, answering
from tests.waiting import until
from web.runner import Runner
from web.texts import LANGUAGES, Language, texts

pytestmark = BROWSER
IN_BOTH_LANGUAGES = pytest.mark.parametrize("language", LANGUAGES)

MANY = 60


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return answering()


@pytest.fixture(scope="module")
def many() -> Iterator[str]:
    """The address of a server with more sources than the list has on one page."""
    documents = [
        Document(f"{number:016x}", f"{number}.txt", f"Rapport {number}", "Oui. Non.", "fr")
        for number in range(MANY)
    ]
    with served(FakeAssistant(index_of(*((one, ["Oui.", "Non."]) for one in documents)))) as url:
        yield url


@pytest.fixture(scope="module")
def failed() -> Iterator[str]:
    """The address of a server whose model is not there."""
    failure = ModelNotFetched("/m.gguf is not there.")
    with served(FakeAssistant(state="failed", failure=failure)) as url:
        yield url


@pytest.fixture(scope="module")
def closed() -> Iterator[str]:
    """The address of a server behind a login, which takes one question a minute."""
    login = {"auth_user": "zoé", "auth_password": "pässe"}
    with served(answering(), **login, rate_limit=1) as url:
        yield url


@pytest.fixture(scope="module")
def broken() -> Iterator[str]:
    """The address of a server with a fault that nobody foresaw: it reads an index that is none."""
    with served(FakeAssistant(index=None)) as url:  # type: ignore[arg-type]
        yield url


def goes(page: Page, address: str, status: int, said: str) -> None:
    """``address`` is answered with ``status`` by a page that says ``said`` and is sound."""
    answer = page.goto(address)
    assert answer is not None and answer.status == status
    expect(page.locator("main")).to_contain_text(said)
    assert shortcomings(page) == []


@IN_BOTH_LANGUAGES
def test_who_waits_and_who_has_stopped_and_edits(open_page: Opener, language: Language) -> None:
    lines, words = LINES[language], texts(language)
    first, second = open_page(locale=language), open_page(locale=language)
    ask(first, lines.streaming)
    expect(first.locator("#current a.cite")).to_be_visible()
    ask(second, lines.answered)
    expect(second.locator("#status")).to_contain_text(words["status_queued"].format(place=1))
    assert shortcomings(second) == []
    first.click("#stop")
    expect(first.locator("#current .stopped")).to_contain_text(words["stopped"])
    expect(second.locator("#current .answered")).to_be_visible()
    first.click("#current .tool.edit")
    expect(first.locator("#status button")).to_be_visible()
    assert shortcomings(first) == []


@IN_BOTH_LANGUAGES
def test_many_sources_listed_looked_through_and_one_open(
    browser: Browser, many: str, language: Language
) -> None:
    with opening(browser, many) as open_page:
        page = open_page(locale=language)
        expect(page.locator("#reader .documents")).to_be_visible()
        page.click("#masthead a.document")
        expect(page.locator("#reader .pager a")).to_have_count(1)
        assert shortcomings(page) == []
        page.fill("#reader #find", "rapport 5")
        page.press("#reader #find", "Enter")
        expect(page.locator("#reader .shelf-list li")).to_have_count(15)
        assert shortcomings(page) == []
        page.locator("#reader .shelf-list a").first.click()
        expect(page.locator("#reader article h2")).to_have_text("Rapport 5")
        assert shortcomings(page) == []
        for query, pages in (("page=2", 1), ("q=rapport", 1), ("q=nulle part", 0)):
            goes(page, f"{many}/sources?{query}", 200, texts(language)["find"])
            expect(page.locator(".pager a")).to_have_count(pages)


@IN_BOTH_LANGUAGES
def test_a_failed_start_is_seen_whatever_is_opened_or_asked(
    browser: Browser, failed: str, language: Language
) -> None:
    lines, words = LINES[language], texts(language)
    problem = words["failed_start"].format(problem=words["problem_fetch"])
    with opening(browser, failed) as open_page:
        page = open_page(locale=language)
        expect(page.locator("#status .failure")).to_have_text(problem)
        assert shortcomings(page) == []
        send(page, lines.answered)
        for turns in (0, 1):
            told = page.locator("#current .failed .note").first
            expect(told).to_contain_text(words["problem_fetch"])
            expect(page.locator("#history .turn")).to_have_count(turns)
            expect(page.locator("#send")).to_be_visible()
            page.click("#current a.again")
        assert shortcomings(page) == []
        goes(page, f"{failed}/ask?q={lines.answered}", 200, words["problem_fetch"])
    # What a browser says of a page that is answered 503 is no fault of ours.
    page = browser.new_page(locale=language)
    for path in ("/sources", "/source/00112233445566aa"):
        goes(page, failed + path, 503, problem)
    page.close()


@IN_BOTH_LANGUAGES
def test_who_finds_the_server_crowded_is_told_and_asks_again(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    lines, words = LINES[language], texts(language)
    monkeypatch.setattr(app, "Runner", lambda *given: Runner(*given, waiting=1))
    assistant = answering()
    with served(assistant) as url, opening(browser, url) as open_page:
        one, other = (
            threading.Thread(
                target=httpx.get,
                args=(f"{url}/ask",),
                kwargs={"params": {"q": question}, "timeout": 60},
            )
            for question in (lines.streaming, lines.premise)
        )
        # The one that is held back must come first: behind it the other waits.
        one.start()
        until(lambda: lines.streaming in assistant.asked)
        other.start()
        until(lambda: httpx.get(f"{url}/readyz").status_code == 503)
        page = open_page(locale=language)
        ask(page, lines.answered)
        turned_away = page.locator("#current .crowded")
        expect(turned_away).to_contain_text(words["crowded"])
        expect(page.locator("#send")).to_be_visible()
        assert shortcomings(page) == []
        gate = assistant.scripts[lines.streaming].gate
        assert gate is not None
        gate.set()
        one.join()
        other.join()
        assert lines.answered not in assistant.asked
        turned_away.locator("a.again").click()
        expect(page.locator("#current .answered a.cite")).to_be_visible()
        expect(page.locator("#history .crowded")).to_be_visible()


def test_pages_that_were_open_before_the_server_was_started_again(browser: Browser) -> None:
    pages = {language: browser.new_page(locale=language) for language in LANGUAGES}
    with served(answering()) as url:
        for language, page in pages.items():
            page.goto(url)
            ask(page, LINES[language].answered)
            expect(page.locator("#current .answered a.cite")).to_be_visible()
            page.wait_for_selector("#send")
    port = int(url.rpartition(":")[2])
    other = Document("ffeeddccbbaa9988", "b.txt", "Autre", "Oui. Non.", "fr")
    with served(FakeAssistant(index_of((other, ["Oui.", "Non."]))), port):
        # Nobody need load it anew; what its sources say no longer is not shown.
        for language, page in pages.items():
            send(page, LINES[language].abstained)
            outdated = page.locator("#history .outdated")
            expect(outdated).to_contain_text(texts(language)["outdated"])
            expect(page.locator("#history a.cite")).to_have_count(0)
            expect(page.locator("#current .answered")).to_contain_text(LINES[language].abstained)
            page.wait_for_selector("#send")
            assert shortcomings(page) == []
    for language, page in pages.items():
        send(page, LINES[language].premise)
        expect(page.locator("#status .failure")).to_contain_text(texts(language)["lost"])
        assert shortcomings(page) == []
    with served(answering(), port):
        for language, page in pages.items():
            page.click("#status .failure a")
            expect(page.locator(".turn")).to_have_count(2)
            expect(page.locator("#history .answered a.cite")).to_be_visible()
            expect(page.locator("#question textarea")).to_have_value(LINES[language].premise)
            ask(page, LINES[language].premise)
            expect(page.locator("#current .answered")).to_contain_text(LINES[language].premise)
            page.close()


@IN_BOTH_LANGUAGES
def test_a_page_of_another_version_is_told_and_its_question_kept(
    browser: Browser, address: str, assistant: FakeAssistant, language: Language
) -> None:
    lines, words = LINES[language], texts(language)
    page, asked = browser.new_page(locale=language), assistant.asked.count(lines.answered)
    page.goto(address)

    def older(route: Route) -> None:
        event = json.loads(route.request.post_data or "")
        route.continue_(post_data=json.dumps({**event, "data": event["data"][:2]}))

    page.wait_for_selector("#reader article")
    page.route("**/queue/join*", older)
    send(page, lines.answered)
    expect(page.locator("#status .failure")).to_contain_text(words["stale"])
    assert shortcomings(page) == []
    page.unroute("**/queue/join*")
    page.click("#status .failure a")
    page.wait_for_selector("#reader article")
    expect(page.locator("#question textarea")).to_have_value(lines.answered)
    assert assistant.asked.count(lines.answered) == asked
    ask(page, lines.answered)
    expect(page.locator("#current .answered a.cite")).to_be_visible()
    page.close()


def test_where_opinions_are_switched_off_none_is_asked_for(
    browser: Browser, assistant: FakeAssistant
) -> None:
    lines, words = LINES["fr"], texts("fr")
    with served(assistant, feedback=False) as url, opening(browser, url) as open_page:
        page = open_page()
        for question in (lines.answered, lines.abstained):
            ask(page, question)
            # The one before stays in sight until this one is under way.
            expect(page.locator("#current .question")).to_contain_text(question)
            expect(page.locator("#current .answered .tools")).to_be_visible()
        page.reload()
        expect(page.locator(".turn .tools")).to_have_count(2)
        assert page.locator(".opinion").count() == 0
        assert words["useful"] not in page.locator("body").inner_text()
        page.goto(f"{url}/about")
        expect(page.locator("main")).not_to_contain_text(words["about_opinions"])


def test_a_tab_that_is_closed_stops_its_answer_and_leaves_the_rest_whole(
    open_page: Opener, assistant: FakeAssistant
) -> None:
    lines = LINES["fr"]
    page, stopped = open_page(), assistant.stopped.count(lines.streaming)
    ask(page, lines.answered)
    expect(page.locator("#current .answered a.cite")).to_be_visible()
    ask(page, lines.streaming)
    expect(page.locator("#current .answering a.cite")).to_be_visible()
    other = page.context.new_page()
    page.close()
    other.goto(page.url)
    # There is one thread: were the answer still under way, this one would wait for it for ever.
    ask(other, lines.premise)
    expect(other.locator("#current .answered")).to_contain_text(lines.premise)
    assert assistant.stopped.count(lines.streaming) == stopped + 1
    other.wait_for_selector("#send")
    other.click("#kept")
    other.locator("dialog .opener").filter(has_text=lines.answered).click()
    expect(other.locator("#current .answered")).to_contain_text(lines.answered)
    expect(other.locator(".turn")).to_have_count(1)
    ask(other, lines.abstained)
    expect(other.locator("#current .answered")).to_contain_text(lines.abstained)
    expect(other.locator("#history .answered a.cite")).to_be_visible()
    assert assistant.said[-1] == (lines.answered,)


@IN_BOTH_LANGUAGES
def test_an_address_that_leads_nowhere(browser: Browser, address: str, language: Language) -> None:
    words = texts(language)
    page = browser.new_page(locale=language)
    for path, said in (
        ("/nowhere", words["closed"]),
        ("/fr/gradio_api/info", texts("fr")["closed"]),
        ("/source/none", words["not_found"]),
    ):
        goes(page, address + path, 404, said)
        page.click(".crumbs a:visible")
        expect(page).to_have_url(f"{address}/")
    page.close()


@IN_BOTH_LANGUAGES
def test_an_error_that_nobody_foresaw(browser: Browser, broken: str, language: Language) -> None:
    page = browser.new_page(locale=language)
    goes(page, f"{broken}/sources", 500, texts(language)["unforeseen"])
    page.close()


@IN_BOTH_LANGUAGES
def test_who_gives_no_password_and_who_asks_too_often(
    browser: Browser, closed: str, language: Language
) -> None:
    lines, words = LINES[language], texts(language)
    page = browser.new_page(locale=language)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    # Chromium raises where it is built with windows: it would ask for the password in one.
    with suppress(Error):
        page.goto(closed)
    if page.url.startswith(closed):
        expect(page.locator("main")).to_contain_text(words["login"])
        # Whatever else the page asked for, the browser would ask its reader for the password again.
        assert asked == [f"{closed}/"]
        assert shortcomings(page) == []
    page.close()
    login = {"username": "zoé", "password": "pässe"}
    page = browser.new_page(locale=language, http_credentials=login)  # type: ignore[arg-type]
    page.goto(f"{closed}/ask?q={lines.answered}")
    goes(page, f"{closed}/ask?q={lines.answered}", 429, words["too_many"].split("{")[0])
    page.close()
