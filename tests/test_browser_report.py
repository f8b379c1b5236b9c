"""The page of an evaluation, as a reader has it before them: on a desktop, a phone and paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import COLOURS, CUT_OFF, RULES, SPACING, WIDTH, faults
from tests.browser import BROWSER
from tests.invented_run import HOSTILE, LONG, write_invented

pytestmark = BROWSER

SHOWN = "e => e.checkVisibility({contentVisibilityAuto: true})"
ALL_OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "page.html"
    write_invented(file)
    return file


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """The page, which asks nothing of anyone and says no error."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="light")
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: asked.append(message.text))
    opened.goto(report.as_uri())
    yield opened
    context.close()
    assert {url.partition("#")[0] for url in asked} == {report.as_uri()}


@pytest.mark.parametrize(("scheme", "rules"), [("light", RULES), ("dark", COLOURS)])
def test_no_rule_is_broken(page: Page, scheme: str, rules: dict[str, Any]) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert faults(page, rules) == []
    page.evaluate(ALL_OPEN)
    assert faults(page, rules) == []
    page.set_viewport_size({"width": 375, "height": 667})
    assert faults(page, rules) == []


@pytest.mark.parametrize("width", [375, 320])
def test_nothing_sticks_out_on_a_phone(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 667})
    assert page.evaluate(WIDTH) == width
    page.evaluate(ALL_OPEN)
    assert page.evaluate(WIDTH) == width
    page.evaluate(SPACING)
    assert page.evaluate(WIDTH) == width
    assert page.evaluate(CUT_OFF) == []


def test_a_long_question_takes_three_lines_until_it_is_opened(page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 667})
    asked = page.get_by_text(LONG)
    line = asked.evaluate("e => parseFloat(getComputedStyle(e).lineHeight)")
    tall = "e => e.getBoundingClientRect().height"
    assert asked.evaluate(tall) == pytest.approx(3 * line, abs=1)
    asked.click()
    assert asked.evaluate(tall) > 8 * line


def test_what_was_lost_leads_to_its_case_by_keyboard(page: Page) -> None:
    case = page.locator("details", has_text="Qui dessine le théâtre ?")
    body = case.locator("dl")
    assert not body.is_visible()
    page.get_by_role("link", name="cit-fr-34").press("Enter")
    expect(body).to_be_visible()
    expect(case.locator(".asked")).to_be_in_viewport()
    for told in (
        "cites no sentence that states the answer",
        "lost since the baseline: consistent, evidence",
    ):
        assert told in case.inner_text()
    page.keyboard.press("Tab")
    expect(page.locator("details summary:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("details:has(summary:focus)")).to_have_attribute("open", "")


def test_a_gate_that_fails_leads_to_its_suite(page: Page) -> None:
    page.get_by_role("link", name="citations, French").first.click()
    table = page.get_by_role("table", name="citations")
    expect(table).to_be_in_viewport()
    row = table.get_by_role("row", name=re.compile("^evidence"))
    assert "fails" in row.inner_text() and "9/14" in row.inner_text()


def test_paper_has_every_case_whole_and_in_ink(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    for part in page.locator("details dl").all():
        assert part.evaluate(SHOWN)
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert page.get_by_text(LONG).evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    expect(page.get_by_role("navigation")).to_be_hidden()


def test_french_is_told_to_be_french(page: Page) -> None:
    page.evaluate(ALL_OPEN)
    spoken = "e => e.closest('[lang]').lang"
    assert page.locator("html").get_attribute("lang") == "en"
    for french in (LONG, "La filature a été fondée par Hélène Morvan. [1]", "La région a versé"):
        assert page.get_by_text(french).first.evaluate(spoken) == "fr"
    # An English question answered in French: its source is French, of the answer nobody says what.
    case = page.locator("details", has_text="Who is the architect?")
    assert case.locator(".asked").evaluate(spoken) == "en"
    assert case.locator(".answer").evaluate(spoken) == ""
    assert {quote.evaluate(spoken) for quote in case.locator(".quote span").all()} == {"fr"}


def test_markup_in_a_question_is_shown_and_does_nothing(page: Page) -> None:
    page.evaluate(ALL_OPEN)
    expect(page.get_by_text(HOSTILE)).to_have_count(2)
    assert page.locator("img, script").count() == 0
