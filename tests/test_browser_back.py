"""The browser's Back closes a source that was opened beside the answer, and leaves nothing else."""

import re

from playwright.sync_api import Page, expect

from tests.browser import BROWSER, SLOW, Opener, ask
from tests.fake_assistant import FakeAssistant

pytestmark = BROWSER

PHONE = {"viewport": {"width": 390, "height": 700}, "has_touch": True, "is_mobile": True}


def opened(page: Page) -> None:
    """Open the first citation of the latest answer."""
    page.locator("#current a.cite").first.click()
    expect(page.locator("#reader mark")).to_be_in_viewport()


def opened_after_about(open_page: Opener) -> Page:
    """A citation opened in the page to which the one about it led."""
    page = open_page("/about")
    page.click(".crumbs a")
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    opened(page)
    return page


def test_back_returns_from_a_citation_to_its_answer(open_page: Opener) -> None:
    page = open_page(**PHONE)
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    address, link = page.url, page.locator("#current a.cite").first
    for _ in range(2):
        opened(page)
        page.locator("#current a.quote").last.click()  # another one needs no second Back
        page.go_back()
        expect(page.locator("#reader .reader-bar")).to_be_hidden()
        expect(page.locator("#current a.quote").last).to_be_focused()
    opened(page)
    page.go_back()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    assert page.url == address
    expect(page.locator("#current .question")).to_contain_text("Combien ?")
    page.go_forward()
    expect(page.locator("#reader mark")).to_be_focused()
    page.go_back()
    expect(link).to_be_focused()


def test_what_was_closed_otherwise_takes_no_back_of_its_own(open_page: Opener) -> None:
    page = opened_after_about(open_page)
    # Twice, as who is impatient does, and at once another.
    page.evaluate(
        """() => {
          const back = document.querySelector("#reader .back");
          back.click();
          back.click();
          document.querySelector("#current a.cite").click();
        }"""
    )
    page.wait_for_timeout(300)
    expect(page.locator("#reader mark")).to_be_focused()
    expect(page.locator("#reader .reader-bar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#current a.cite").first).to_be_focused()
    page.wait_for_timeout(300)
    page.go_back()
    expect(page).to_have_url(re.compile("/about$"))


def test_a_question_that_a_link_brought_does_not_come_back(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    page = open_page("/?q=Qui+est+Thierry+Breton+%3F")
    page.wait_for_selector("#reader article")
    page.press("#question textarea", "Enter")
    expect(page.locator("#current .question")).to_contain_text(SLOW)
    opened(page)
    gate = assistant.scripts[SLOW].gate
    assert gate is not None
    gate.set()
    expect(page.locator("#current .answered")).to_be_visible()
    page.go_back()
    expect(page.locator("#current a.cite").first).to_be_focused()
    expect(page.locator("#current .question")).to_contain_text(SLOW)
    page.reload()
    expect(page.locator("#current .question")).to_contain_text(SLOW)
    expect(page.locator("#question textarea")).to_have_value("")


def test_a_source_that_was_open_before_a_reload_takes_no_back(open_page: Opener) -> None:
    page = opened_after_about(open_page)
    page.reload()
    expect(page.locator("#current .question")).to_contain_text("Combien ?")
    page.go_forward()  # there is nothing to go forward to
    page.wait_for_timeout(300)
    opened(page)
    page.go_back()
    expect(page.locator("#current a.cite").first).to_be_focused()
    page.go_back()
    expect(page).to_have_url(re.compile("/about$"))


def test_with_a_source_open_the_page_is_loaded_anew_and_in_the_other_language(
    open_page: Opener,
) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    opened(page)
    page.reload()
    expect(page.locator("#current .question")).to_contain_text("Combien ?")
    expect(page.locator("#reader .reader-bar")).to_be_hidden()
    page.wait_for_selector("#reader article")
    opened(page)
    page.keyboard.press("Escape")
    expect(page.locator("#current a.cite").first).to_be_focused()
    expect(page.locator("#current .question")).to_contain_text("Combien ?")
    opened(page)
    page.click(".languages a[lang=en]")
    expect(page.locator("#send")).to_have_text("Send")
    expect(page.locator("#current .question")).to_contain_text("Combien ?")
