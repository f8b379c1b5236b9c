"""The page as its readers have set it: calm, large, narrow, on paper, in colours of their own."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import BROWSER, Opener
from tests.fake_assistant import FakeAssistant
from tests.views import LINES, VIEWS, answering

pytestmark = BROWSER

RUNNING = "document.getAnimations().filter((one) => one.playState === 'running').length"


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return answering()


def style(page: Page, selector: str, name: str) -> str:
    """The computed value of a property."""
    script = "(e, name) => getComputedStyle(e).getPropertyValue(name)"
    return str(page.locator(selector).first.evaluate(script, name))


def test_nothing_moves_for_who_asks_for_calm(open_page: Opener) -> None:
    page = open_page(reduced_motion="no-preference")
    VIEWS["streaming"].reach(page, LINES["fr"])
    assert page.evaluate(RUNNING) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(RUNNING) == 0
    page.locator("#current a.cite").click()
    expect(page.locator("#reader mark")).to_be_in_viewport()
    assert page.evaluate(RUNNING) == 0


def test_at_twice_the_size_everything_is_reached(open_page: Opener) -> None:
    page = open_page(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    VIEWS["citation"].reach(page, LINES["fr"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.keyboard.press("Escape")
    link = page.locator("#current a.cite")
    expect(link).to_be_focused()
    # Nothing that sticks to the window's edge lies over what has the focus.
    page.wait_for_function(
        """() => { const link = document.activeElement, box = link.getBoundingClientRect();
        const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return there === link; }"""
    )
    expect(page.locator("#question textarea")).to_be_in_viewport()


def test_a_conversation_is_printed_with_what_it_cites_and_nothing_else(open_page: Opener) -> None:
    page = open_page(color_scheme="dark")
    VIEWS["making"].reach(page, LINES["fr"])
    page.emulate_media(media="print", color_scheme="dark")
    shown = page.locator("body").inner_text()
    quote = "Au total, l’Etat devait verser 135 millions d'euros dans ce projet"
    for part in (LINES["fr"].answered, "via la Caisse des dépôts", quote, "13 janvier 2012"):
        assert part in shown
    for part in ("Envoyer", "Copier", "Conversations", "Par exemple", "Atos", "utile", "passages"):
        assert part not in shown
    assert page.locator("button:visible, textarea:visible, form:visible").count() == 0
    for selector in ("body", ".question", "#current .text p", ".quotes q"):
        assert style(page, selector, "color") == "rgb(0, 0, 0)", selector
    assert style(page, "body", "background-color") == "rgb(255, 255, 255)"
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert len(sheets) == 1


def test_a_long_conversation_is_printed_whole(open_page: Opener) -> None:
    page = open_page()
    for turns, name in enumerate(("premise", "abstention", "failed", "citation"), 1):
        VIEWS[name].reach(page, LINES["fr"])
        expect(page.locator(".turn")).to_have_count(turns)
    page.emulate_media(media="print")
    for box in ("#chat", "#columns", ".gradio-container"):
        cut = "e => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY"
        assert page.locator(box).first.evaluate(cut) in (False, "visible"), box
    assert page.locator(".turn:visible").count() == 4


def test_in_the_readers_own_colours_the_mark_and_the_focus_are_seen(open_page: Opener) -> None:
    page = open_page(forced_colors="active")
    VIEWS["citation"].reach(page, LINES["fr"])
    paper = style(page, "body", "background-color")
    assert style(page, "#reader mark", "background-color") != paper
    page.keyboard.press("Escape")
    link = "#current a.cite"
    expect(page.locator(link)).to_be_focused()
    assert style(page, link, "outline-style") == "solid"
    assert float(style(page, link, "outline-width").removesuffix("px")) >= 2
    assert style(page, link, "outline-color") != paper


def test_a_button_is_seen_to_be_one_in_the_readers_own_colours(open_page: Opener) -> None:
    for view, button in (("plain", "form.plain button"), ("conversations", "dialog .close")):
        page = open_page(VIEWS[view].path, forced_colors="active")
        VIEWS[view].reach(page, LINES["fr"])
        # Its background is none of theirs.
        assert style(page, button, "border-top-style") == "solid"


def test_of_the_causes_that_are_offered_one_is_seen_to_be_chosen(open_page: Opener) -> None:
    page = open_page()
    VIEWS["opinion"].reach(page, LINES["fr"])
    causes = page.locator("#current .opinion input[type=radio]")
    # As the browser draws them, round; Gradio's are the squares of a list to tick.
    drawn = causes.evaluate_all("all => all.map((e) => getComputedStyle(e).appearance)")
    assert set(drawn) == {"auto"}


def test_on_a_narrow_screen_the_quoted_words_keep_off_both_edges(open_page: Opener) -> None:
    page = open_page(viewport={"width": 320, "height": 568})
    VIEWS["tooltip"].reach(page, LINES["fr"])
    box = page.get_by_role("tooltip").bounding_box()
    assert box is not None
    assert box["x"] >= 8 and box["x"] + box["width"] <= 312


def test_no_question_mark_stands_alone_on_a_line(open_page: Opener) -> None:
    page = open_page(viewport={"width": 320, "height": 568})
    last = """(element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      let text = null;
      while (walker.nextNode()) if (walker.currentNode.data.trim()) text = walker.currentNode;
      const end = text.data.trimEnd().length;
      const at = (place) => {
        const range = document.createRange();
        range.setStart(text, place);
        range.setEnd(text, place + 1);
        return range.getBoundingClientRect().top;
      };
      return at(end - 1) - at(end - 3);  // from the last letter to the mark
    }"""
    expect(page.locator("#examples")).to_be_visible()
    assert page.locator("button.example").evaluate_all(f"all => all.map({last})") == [0] * 4
