"""Citations in a real browser: shown, marked in the article, by pointer and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser import BROWSER, SLOW, Opener, ask
from tests.fake_assistant import FakeAssistant

pytestmark = BROWSER


@pytest.mark.parametrize(
    ("locale", "question", "send"),
    [("fr-FR", "Combien ?", "Envoyer"), ("en-GB", "How much?", "Send")],
)
def test_a_cited_sentence_is_marked_in_the_article(
    assistant: FakeAssistant, open_page: Opener, locale: str, question: str, send: str
) -> None:
    page = open_page(locale=locale)
    ask(page, question)
    page.wait_for_selector("#current .answered a.cite")
    assert page.evaluate("document.documentElement.lang") == locale[:2]
    assert page.inner_text("#send") == send
    assert page.input_value("#question textarea") == ""
    link = page.locator("#current a.cite").first
    link.hover()
    expect(page.locator("[role=tooltip]")).to_contain_text(assistant.index.sentences[9].text)
    url = page.url
    link.click()
    expect(page.locator("#reader mark")).to_have_text(assistant.index.sentences[9].text)
    expect(page.locator("#reader mark")).to_be_in_viewport()
    assert page.url == url
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_a_cited_sentence_is_in_view_as_soon_as_it_is_marked(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1000, "height": 420})
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    assert page.evaluate(
        """async () => {
          document.querySelector("#current a.cite").click();
          let mark = null;
          while (!(mark = document.querySelector("#reader mark"))) {
            await new Promise(requestAnimationFrame);
          }
          const { top, bottom } = mark.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }"""
    )


def test_a_citation_opens_while_the_answer_streams_and_stop_stops(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    page = open_page()
    ask(page, SLOW)
    page.click("#current a.cite")
    expect(page.locator("#reader mark")).to_have_text(assistant.index.sentences[5].text)
    page.click("#stop")
    expect(page.locator("#current .stopped")).to_be_visible(timeout=2000)
    expect(page.locator("#send")).to_be_visible(timeout=2000)
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    assert SLOW in assistant.stopped
    assert page.locator("#history .turn").count() == 1


def test_by_keyboard_a_citation_shows_its_words_opens_and_returns(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    link, tip = page.locator("#current a.cite").first, page.locator("[role=tooltip]")
    page.locator("#question textarea").press("Shift+Tab")
    while not link.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    expect(tip).to_contain_text(assistant.index.sentences[9].text)
    expect(tip).to_contain_text("13 janvier 2012")
    assert link.get_attribute("aria-describedby") == "tip"
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_pointer_may_rest_on_the_quoted_words(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    page.locator("#current a.cite").first.hover()
    tip = page.locator("[role=tooltip]")
    tip.hover()
    expect(tip).to_be_visible()
    page.locator("#reader h2").hover()
    expect(tip).to_be_hidden()


def test_the_quoted_words_stay_while_the_pointer_rests_and_go_with_their_citation(
    open_page: Opener,
) -> None:
    page = open_page()
    page.set_viewport_size({"width": 390, "height": 400})
    ask(page, "Combien ?")
    page.wait_for_selector("#send")
    link, tip = page.locator("#current a.cite").first, page.locator("[role=tooltip]")
    link.hover()
    expect(tip).to_be_visible()
    # The browser tells of a scroll once it has been drawn, after the pointer has come to rest.
    page.evaluate("document.dispatchEvent(new Event('scroll'))")
    expect(tip).to_be_visible()
    # Focus alone keeps them only as long as the citation is seen.
    link.focus()
    page.mouse.move(0, 0)
    link.blur()
    link.focus()
    expect(tip).to_be_visible()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(link).not_to_be_in_viewport()
    expect(tip).to_be_hidden()


def test_every_claim_shows_that_it_was_checked_and_how_on_request(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    expect(page.locator("#current .checked")).to_have_count(2)
    legend = page.get_by_text("✓ vérifié\u00a0: la phrase citée le dit")
    expect(legend).to_have_count(1)
    expect(legend).to_be_visible()
    making = page.locator("#current .making")
    expect(making.locator("ol")).to_be_hidden()
    making.locator("summary").click()
    expect(making).to_contain_text("confiance 97")
    making.locator("a.document").first.click()
    expect(page.locator("#reader mark")).to_be_in_viewport()
