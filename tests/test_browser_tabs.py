"""The same page in two tabs of a browser: what one of them keeps, the other neither loses nor
brings back."""

import json

from playwright.sync_api import Page, expect

from tests.browser import BROWSER, SLOW, Opener, ask
from tests.fake_assistant import FakeAssistant
from web.texts import texts

pytestmark = BROWSER


def second_tab(page: Page, question: str) -> Page:
    """Another tab with the latest conversation of ``page``, whose last question it is."""
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#reader article")
    other.click("#kept")
    other.click("dialog .opener >> nth=0")
    expect(other.locator("#current .question")).to_contain_text(question)
    return other


def answered(page: Page, question: str) -> None:
    """Ask, and wait until the answer is whole and kept."""
    ask(page, question)
    page.wait_for_selector(f"#current .answered:has-text('{question}') .tools")


def kept(page: Page) -> list[tuple[str, list[str]]]:
    """The conversations that the browser keeps, each its name and its questions."""
    found = json.loads(page.evaluate("localStorage.getItem('andromede.conversations')"))
    return [(one["name"], [turn["question"] for turn in one["turns"]]) for one in found]


def test_two_tabs_do_not_see_each_other(open_page: Opener) -> None:
    one, two = open_page(), open_page()
    ask(one, "Combien ?")
    one.wait_for_selector("#current .answered")
    ask(two, "Autre ?")
    two.wait_for_selector("#current .answered")
    assert two.locator("#history .turn").count() == 0
    assert "Combien ?" not in two.inner_text("#chat")


def test_a_conversation_open_in_two_tabs_keeps_the_turns_of_both(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    other = second_tab(page, "Combien ?")
    other.click("#kept")
    ask(page, "Autre ?")
    page.wait_for_selector("#current .abstention")
    # Its list was made before.
    other.click("dialog >> text=Renommer")
    other.fill("dialog input", "Deux onglets")
    other.keyboard.press("Enter")
    other.keyboard.press("Escape")
    ask(other, "Hostile ?")
    other.wait_for_selector("#current .answered:has-text('Hostile ?') .tools")
    assert kept(page) == [("Deux onglets", ["Combien ?", "Autre ?", "Hostile ?"])]


def test_what_was_replaced_in_one_tab_does_not_come_back_from_the_other(open_page: Opener) -> None:
    page = open_page()
    for question in ("Combien ?", "Autre ?"):
        answered(page, question)
    other = second_tab(page, "Autre ?")
    # A list that shows what was there before.
    other.click("#kept")
    page.wait_for_selector("#send")
    page.locator("#history .tool.edit").first.click()
    answered(page, "Combien donc ?")
    assert kept(page) == [("Combien donc ?", ["Combien donc ?"])]
    other.click("dialog >> text=Renommer")
    other.fill("dialog input", "Deux onglets")
    other.keyboard.press("Enter")
    other.keyboard.press("Escape")
    assert kept(page) == [("Deux onglets", ["Combien donc ?"])]
    answered(other, "Hostile ?")
    assert kept(page) == [("Deux onglets", ["Combien donc ?", "Hostile ?"])]
    answered(page, "Encore ?")
    assert kept(page) == [("Deux onglets", ["Combien donc ?", "Hostile ?", "Encore ?"])]


def test_two_tabs_that_edit_keep_both_new_questions_and_nothing_replaced(
    open_page: Opener,
) -> None:
    page = open_page()
    for question in ("Combien ?", "Autre ?", "Hostile ?"):
        answered(page, question)
    other = second_tab(page, "Hostile ?")
    for tab, place, question in ((page, 0, "Ici ?"), (other, 1, "Là ?")):
        tab.wait_for_selector("#send")
        tab.locator("#history .tool.edit").nth(place).click()
        answered(tab, question)
    ((_, questions),) = kept(page)
    assert questions == ["Ici ?", "Là ?"]


def test_a_list_opens_the_conversation_as_the_other_tab_left_it(open_page: Opener) -> None:
    page = open_page()
    answered(page, "Combien ?")
    other = second_tab(page, "Combien ?")
    other.click("#kept")
    answered(page, "Autre ?")
    other.click("dialog .opener")
    expect(other.locator("#current .question")).to_contain_text("Autre ?")
    expect(other.locator("#history .question")).to_contain_text("Combien ?")


def test_what_was_deleted_in_one_tab_does_not_come_back_from_the_other(open_page: Opener) -> None:
    page = open_page()
    answered(page, "Combien ?")
    other = second_tab(page, "Combien ?")
    other.click("#kept")
    page.click("#kept")
    for name in ("Supprimer", "Supprimer pour de bon"):
        page.click(f"dialog >> text={name}")
    assert kept(page) == []
    other.click("dialog >> text=Renommer")
    other.fill("dialog input", "Deux onglets")
    other.keyboard.press("Enter")
    other.keyboard.press("Escape")
    assert kept(page) == []
    answered(other, "Hostile ?")
    assert kept(page) == [("Hostile ?", ["Hostile ?"])]


def test_what_found_no_room_is_kept_once_there_is_some(open_page: Opener) -> None:
    page = open_page()
    answered(page, "Combien ?")
    page.evaluate(
        """() => {
          const { setItem } = Storage.prototype;
          Storage.prototype.setItem = () => {
            throw new DOMException("full", "QuotaExceededError");
          };
          window.room = () => (Storage.prototype.setItem = setItem);
        }"""
    )
    answered(page, "Autre ?")
    expect(page.locator("#status")).to_contain_text("n'a plus de place")
    assert kept(page) == [("Combien ?", ["Combien ?"])]
    page.evaluate("() => void window.room()")
    answered(page, "Encore ?")
    assert kept(page) == [("Combien ?", ["Combien ?", "Autre ?", "Encore ?"])]


CHANGED, SHOW = texts("fr")["js_changed"], texts("fr")["js_show"]


def test_what_another_tab_replaced_is_told_and_shown_without_losing_a_draft(
    open_page: Opener, assistant: FakeAssistant
) -> None:
    page = open_page()
    for question in ("Combien ?", "Autre ?"):
        answered(page, question)
    other = second_tab(page, "Autre ?")
    note = page.locator("#elsewhere")
    page.fill("#question textarea", "Un brouillon")
    other.wait_for_selector("#send")
    other.locator("#history .tool.edit").first.click()
    answered(other, "Combien donc ?")
    expect(note).to_contain_text(CHANGED)
    expect(other.locator("#elsewhere")).to_be_hidden()
    # Nothing has moved yet.
    expect(page.locator("#chat .question")).to_have_text(["Vous : Combien ?", "Vous : Autre ?"])
    note.get_by_role("button", name=SHOW).click()
    expect(page.locator("#chat .question")).to_have_text(["Vous : Combien donc ?"])
    expect(page.locator("#question textarea")).to_have_value("Un brouillon")
    expect(note).to_be_hidden()
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#current .answered:has-text('Un brouillon') .tools")
    assert assistant.said[-1] == ("Combien donc ?",)
    expect(other.locator("#elsewhere")).to_contain_text(CHANGED)
    assert kept(page) == [("Combien donc ?", ["Combien donc ?", "Un brouillon"])]


def test_an_answer_under_way_is_not_stopped_by_what_another_tab_does(
    open_page: Opener, assistant: FakeAssistant
) -> None:
    gate = assistant.scripts[SLOW].gate
    assert gate is not None
    gate.clear()
    page = open_page()
    answered(page, "Combien ?")
    other = second_tab(page, "Combien ?")
    answered(other, "Autre ?")
    note = page.locator("#elsewhere")
    expect(note.get_by_role("button", name=SHOW)).to_be_visible()
    ask(page, SLOW)
    expect(page.locator("#current .question")).to_contain_text(SLOW)
    expect(note.get_by_role("button")).to_have_count(0)
    expect(note).to_contain_text(CHANGED)
    gate.set()
    note.get_by_role("button", name=SHOW).click()
    expect(page.locator("#chat .question")).to_have_count(3)
    assert kept(page) == [("Combien ?", ["Combien ?", "Autre ?", SLOW])]


def test_what_another_tab_deleted_is_told_and_stays_until_the_reader_leaves(
    open_page: Opener,
) -> None:
    page = open_page()
    answered(page, "Combien ?")
    other = second_tab(page, "Combien ?")
    page.click("#kept")
    opener = page.locator("dialog .opener")
    for name, shown in (("Deux onglets", "Deux onglets"), (None, "Deux onglets")):
        other.click("#kept")
        if name is not None:
            other.click("dialog >> text=Renommer")
            other.fill("dialog input", name)
            other.keyboard.press("Enter")
        else:
            for step in ("Supprimer", "Supprimer pour de bon"):
                other.click(f"dialog >> text={step}")
        other.keyboard.press("Escape")
        expect(opener).to_have_text(shown)
        expect(opener).to_be_focused()
    # It can still be exported.
    expect(page.locator("dialog .about")).to_contain_text(texts("fr")["js_gone"])
    page.keyboard.press("Escape")
    expect(page.locator("#elsewhere")).to_have_text(texts("fr")["js_deleted"])
    expect(page.locator("#current .question")).to_contain_text("Combien ?")
    page.click("#new")
    expect(page.locator("#elsewhere")).to_be_hidden()
    page.click("#kept")
    expect(opener).to_have_count(0)
