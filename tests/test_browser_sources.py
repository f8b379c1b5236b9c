"""The list of many sources beside a conversation, in a real browser."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from index import Document
from tests.browser import BROWSER, Opener, opening, send, served
from tests.fake_assistant import FakeAssistant, Script, index_of

pytestmark = BROWSER

MANY = 60


@pytest.fixture
def open_many(browser: Browser) -> Iterator[Opener]:
    """Opens the page over more sources than the list has on one page."""
    titles = [f"Rapport {number}" for number in range(MANY)]
    documents = [
        Document(f"{number:016x}", f"{number}.txt", title, "Oui. Non.", "fr")
        for number, title in enumerate(titles)
    ]
    index = index_of(*((document, ["Oui.", "Non."]) for document in documents))
    slow = Script(("Oui [1].",) * 2, (0,), gate=threading.Event())
    with (
        served(FakeAssistant(index, scripts={"Oui ?": slow})) as url,
        opening(browser, url) as opened,
    ):
        yield opened


def test_a_source_is_looked_for_without_leaving_the_answer_under_way(open_many: Opener) -> None:
    page = open_many()
    page.wait_for_selector("#reader .documents")
    send(page, "Oui ?")
    expect(page.locator("#current a.cite")).to_be_visible()
    list_of_all = page.locator("#masthead a.document")
    listed = page.locator("#reader .shelf-list li")
    list_of_all.click()
    expect(listed).to_have_count(50)
    address = page.url
    page.fill("#reader #find", "rapport 5")
    page.press("#reader #find", "Enter")
    expect(listed).to_have_count(15)  # 5, 15, 25… and 50 to 59
    expect(page.locator("#reader .shelf .note")).to_have_text("Trouvés : 15")
    expect(page.locator("#reader #find")).to_have_value("rapport 5")
    assert page.url == address
    expect(page.locator("#current .answering a.cite")).to_be_visible()
    page.locator("#reader .shelf-list a").first.click()
    expect(page.locator("#reader article h2")).to_have_text("Rapport 5")
    page.keyboard.press("Escape")
    expect(list_of_all).to_be_focused()
    page.click("#stop")
