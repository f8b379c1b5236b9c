"""The page in a real browser behind a real proxy, behind a login, and held to a rate."""

import json
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser import BROWSER, SLOW, ask, opening, running, served
from tests.fake_assistant import FakeAssistant
from tests.reverse_proxy import proxy
from web.guard import OURS
from web.texts import texts

pytestmark = BROWSER

ROOT = "/un/assistant"
FR = texts("fr")


@pytest.mark.parametrize("strips", [True, False])
def test_below_a_proxys_path_everything_works_and_nothing_leaves_it(
    browser: Browser, assistant: FakeAssistant, tmp_path: Path, strips: bool
) -> None:
    with (
        served(assistant, home=tmp_path, root_path=ROOT) as server,
        running(proxy(server, ROOT, strips=strips)) as front,
        # It holds every request to that address.
        opening(browser, f"{front}{ROOT}/") as open_page,
    ):
        page = open_page("?lang=fr")
        ask(page, "Combien ?")
        page.wait_for_selector("#current .answered a.cite")
        kept = page.evaluate("localStorage.getItem('andromede.conversations/un/assistant')")
        assert "Combien ?" in kept
        page.locator("#current .opinion button").first.click()
        expect(page.locator("#current .opinion")).to_contain_text("Merci")
        ask(page, SLOW)
        page.locator(f"#current .turn:has-text('{SLOW}') a.cite").click()
        expect(page.locator("#reader mark")).to_have_text(assistant.index.sentences[5].text)
        page.click("#stop")
        expect(page.locator("#current .stopped")).to_be_visible()
        page.click(".languages a[lang=en]")
        expect(page.locator("#send")).to_have_text("Send")
        page.goto(f"{front}{ROOT}/")
        expect(page.locator("#send")).to_have_text("Send")
        page.click(".places a[href=about]")
        page.click("main a.document")
        page.click(".crumbs a")
        expect(page.locator("#send")).to_have_text("Send")
        plain = open_page("ask", java_script_enabled=False)
        plain.fill("#q", "Combien ?")
        plain.click("form.plain button")
        plain.locator("a.cite").first.click()
        expect(plain.locator("mark")).to_have_text(assistant.index.sentences[9].text)


def test_a_reader_with_the_password_asks(browser: Browser, assistant: FakeAssistant) -> None:
    login = {"username": "zoé", "password": "pässe"}
    with served(assistant, auth_user="zoé", auth_password="pässe") as url:
        with opening(browser, url) as open_page:
            page = open_page(http_credentials=login)
            ask(page, SLOW)
            page.click("#current a.cite")
            expect(page.locator("#reader mark")).to_have_text(assistant.index.sentences[5].text)
            page.click("#stop")
            expect(page.locator("#current .stopped")).to_be_visible()
        page = browser.new_page(locale="fr-FR")
        # Chromium raises where it is built with windows: it would ask for the password in one.
        with suppress(Error):
            answer = page.goto(url)
            assert answer is not None and answer.status == 401
        page.close()


def told(page: Page, text: str) -> None:
    """The status line says ``text``, and the question still stands in its box."""
    expect(page.locator("#status")).to_contain_text(text)
    expect(page.locator("#question textarea")).to_have_value("Combien ?")
    expect(page.locator("#send")).to_be_visible()


def test_a_question_too_many_is_told_and_kept(browser: Browser, assistant: FakeAssistant) -> None:
    with served(assistant, rate_limit=1) as url:
        page = browser.new_page(locale="fr-FR")
        page.goto(url)
        ask(page, "Autre ?")
        page.wait_for_selector("#current .abstention")
        for _ in range(2):
            ask(page, "Combien ?")
            told(page, FR["too_many"].split("{")[0])
        page.close()


def test_a_lost_connection_is_told(browser: Browser, assistant: FakeAssistant) -> None:
    with served(assistant) as url:
        page = browser.new_page(locale="fr-FR")
        page.goto(url)
        page.wait_for_selector("#reader article")
        page.route("**/queue/join*", lambda route: route.abort())
        ask(page, "Combien ?")
        told(page, FR["lost"])
        page.close()


@pytest.mark.parametrize(
    ("status", "kind", "body", "ours", "said"),
    [
        (403, "text/plain; charset=utf-8", FR["refused"], True, FR["refused"]),
        (400, "application/json", json.dumps({"detail": FR["closed"]}), True, FR["closed"]),
        (500, "text/plain; charset=utf-8", "Internal Server Error", True, FR["lost"]),
        (500, "application/json", json.dumps({"detail": FR["closed"]}), True, FR["closed"]),
        (422, "application/json", '{"detail": [{"msg": "Field required"}]}', True, FR["lost"]),
        (413, "text/html", "<h1>Too large</h1>", False, "erreur 413"),
        (429, "text/plain", "slow down", False, "en chemin"),
        (403, "application/json", '{"detail": "Forbidden by policy"}', False, "erreur 403"),
        (502, "text/html", "<h1>Bad Gateway</h1>", False, FR["lost"]),
        (503, "text/plain", "no server", False, FR["lost"]),
    ],
)
def test_whoever_refuses_a_question_it_is_told_and_the_question_kept(
    browser: Browser, address: str, status: int, kind: str, body: str, ours: bool, said: str
) -> None:
    page = browser.new_page(locale="fr-FR")
    page.goto(address)
    page.wait_for_selector("#reader article")
    headers = {"Content-Type": kind} | ({OURS: "1"} if ours else {})
    page.route(
        "**/queue/join*", lambda route: route.fulfill(status=status, headers=headers, body=body)
    )
    ask(page, "Combien ?")
    told(page, said)
    if not ours:
        expect(page.locator("#status")).not_to_contain_text(body)
    page.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_answer_that_breaks_off_can_be_asked_for_again(
    browser: Browser, assistant: FakeAssistant
) -> None:
    broken, lines = threading.Event(), f"Dites-moi :\n{SLOW}"
    assistant.scripts[lines] = replace(assistant.scripts[SLOW], gate=threading.Event())
    with served(assistant) as server, running(proxy(server, "", strips=True, broken=broken)) as url:
        page = browser.new_page(locale="fr-FR")
        page.goto(url)
        ask(page, "Combien ?")
        page.wait_for_selector("#current .answered a.cite")
        ask(page, lines)
        page.wait_for_selector(f"#current .turn:has-text('{SLOW}') a.cite")
        broken.set()
        gate = assistant.scripts[lines].gate
        assert gate is not None
        gate.set()
        expect(page.locator("#status")).to_contain_text(FR["broken"])
        expect(page.locator("#stop")).to_be_hidden()
        broken.clear()
        page.click(f"#status a >> text={FR['anew']}")
        expect(page.locator(".turn")).to_have_count(1)  # what was answered is still there
        expect(page.locator("#question textarea")).to_have_value(lines)
        page.press("#question textarea", "Enter")
        page.wait_for_selector(f"#current .answered:has-text('{SLOW}') a.cite")
        page.close()
