"""An answer copied in a real browser: as text, formatted, or told where the browser refuses."""

import pytest
from playwright.sync_api import expect

from tests.browser import BROWSER, Opener, ask
from tests.fake_assistant import FakeAssistant

pytestmark = BROWSER


def test_an_answer_is_copied_with_its_sources_as_footnotes(open_page: Opener) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    page.click("#current .tool.copy")
    expect(page.locator("#current .tool.copy")).to_have_text("Copié")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("135 millions[^1]. Et 60[^2].\n\n[^1]: «")
    assert copied.count("13 janvier 2012") == 2
    page.click("#current .tool.link")
    expect(page.locator("#current .tool.link")).to_have_text("Copié")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{page.url}?q=Combien+%3F"


COPIED = """async () => {
  const [item] = await navigator.clipboard.read();
  const [html, plain] = await Promise.all(["text/html", "text/plain"].map(
    async (kind) => await (await item.getType(kind)).text()));
  const page = new DOMParser().parseFromString(html, "text/html");
  const all = (selector) => [...page.querySelectorAll(selector)].map((one) => one.textContent);
  return { plain, text: all("p"), numbers: all("sup"), notes: all("ol > li"),
           others: all("body *:not(p, sup, ol, li, span, cite, br)").length };
}"""


def test_an_answer_is_copied_formatted_too_for_a_report(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    page.click("#current .tool.copy")
    expect(page.locator("#current .tool.copy")).to_have_text("Copié")
    copied = page.evaluate(COPIED)
    assert copied["plain"].startswith("135 millions[^1]. Et 60[^2].")
    assert copied["text"] == ["135 millions1. Et 602."]
    assert copied["numbers"] == ["1", "2"]
    said = assistant.index.sentences[9].text
    title = "D’autres options se dessinent dans le cloud computing"
    assert copied["notes"][0] == f"«\u00a0{said}\u00a0» — {title}, 13 janvier 2012"
    assert copied["others"] == 0
    ask(page, "Hostile ?")
    page.wait_for_selector("#current .answered:has-text('Hostile ?') .tool.copy")
    page.locator("#current .tool.copy").click()
    expect(page.locator("#current .tool.copy")).to_have_text("Copié")
    copied = page.evaluate(COPIED)
    assert "<script>window.bad=1</script>" in copied["text"][0]
    assert copied["others"] == 0


def test_a_refused_clipboard_and_a_second_click_do_no_harm(open_page: Opener) -> None:
    page = open_page(locale="en-US", permissions=["clipboard-read", "clipboard-write"])
    ask(page, "How much?")
    page.wait_for_selector("#current .answered a.cite")
    page.evaluate(
        """() => {
          const no = new DOMException("no", "NotAllowedError");
          navigator.clipboard.write = () => Promise.reject(no);
          navigator.clipboard.writeText = () => Promise.reject(no);
        }"""
    )
    button = page.locator("#current .tool.copy")
    for _ in range(2):
        button.click()
        expect(button).to_have_text("Copied")
    expect(button).to_have_text("Copy with sources")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("135 million euros[^1].")
    assert "13 January 2012" in copied


@pytest.mark.parametrize(("locale", "said"), [("fr-FR", "pas permis"), ("en-GB", "did not allow")])
def test_what_could_not_be_copied_is_not_called_copied(
    open_page: Opener, locale: str, said: str
) -> None:
    page = open_page(locale=locale)
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    page.wait_for_selector("#send")
    page.evaluate(
        """() => {
          const no = new DOMException("no", "NotAllowedError");
          navigator.clipboard.write = () => Promise.reject(no);
          navigator.clipboard.writeText = () => Promise.reject(no);
          document.execCommand = () => false;
        }"""
    )
    button = page.locator("#current .tool.copy")
    before = button.inner_text()
    button.click()
    expect(page.locator("#status")).to_contain_text(said)
    expect(button).to_have_text(before)
    expect(button).to_be_focused()
