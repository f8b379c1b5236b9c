"""The page without a pointer and without a screen: by keyboard alone, and read out."""

import threading

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import BROWSER, Opener, ask
from tests.fake_assistant import FakeAssistant, Script
from tests.views import LINES, answering

pytestmark = BROWSER

LINES_FR = LINES["fr"]
TWO = "Que devait verser l'État, et Thales ?"


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    made = answering()
    texts = ("L'État devait verser 135 millions. [1]", " Thales devait mettre 30 millions. [2]")
    made.scripts[TWO] = Script((texts[0], "".join(texts)), (9, 10), gate=threading.Event())
    return made


def go_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press ``key`` until ``target`` has the focus; each stop on the way can be seen."""
    for _ in range(40):
        page.keyboard.press(key)
        stop = page.locator(":focus")
        expect(stop).to_be_visible()
        assert stop.evaluate("e => getComputedStyle(e).outlineStyle") == "solid", stop
        if target.evaluate("e => e === document.activeElement"):
            return
    pytest.fail(f"{target} was not reached by {key}")


def test_a_question_is_asked_stopped_and_its_citation_followed(open_page: Opener) -> None:
    page = open_page()
    box = page.locator("#question textarea")
    page.wait_for_selector("#reader article")
    box.focus()
    go_to(page, page.locator("a.skip"), "Shift+Tab")
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    page.keyboard.type(LINES_FR.streaming)
    page.keyboard.press("Enter")
    expect(page.locator("#current a.cite")).to_be_visible()
    go_to(page, page.locator("#stop"))
    page.keyboard.press("Enter")
    expect(page.locator("#current .stopped")).to_be_visible()
    expect(box).to_be_focused()
    expect(page.locator("#send")).to_be_visible()
    page.keyboard.type(LINES_FR.answered)
    page.keyboard.press("Enter")
    link = page.locator("#current .answered a.cite")
    expect(link).to_be_visible()
    go_to(page, link, "Shift+Tab")
    page.keyboard.press("Escape")  # the tooltip
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_conversations_are_renamed_and_deleted_and_focus_is_never_lost(open_page: Opener) -> None:
    page = open_page()
    ask(page, LINES_FR.answered)
    expect(page.locator("#current .answered")).to_be_visible()
    go_to(page, page.locator("#kept"), "Shift+Tab")
    page.keyboard.press("Enter")
    rename = page.get_by_role("button", name="Renommer")
    go_to(page, rename)
    page.keyboard.press("Enter")
    page.keyboard.type("Pour rien")
    page.keyboard.press("Escape")
    opener = page.locator("dialog .opener")
    expect(opener).to_be_focused()
    expect(opener).to_have_text(LINES_FR.answered)
    go_to(page, rename)
    page.keyboard.press("Enter")
    page.keyboard.type("L'argent")
    page.keyboard.press("Enter")
    expect(opener).to_be_focused()
    expect(opener).to_have_text("L'argent")
    go_to(page, page.get_by_role("button", name="Supprimer"))
    page.keyboard.press("Enter")
    expect(page.locator("dialog [role=log]")).to_have_text("Supprimer pour de bon")
    page.keyboard.press("Enter")
    expect(opener).to_have_count(0)
    expect(page.locator("dialog .close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("#kept")).to_be_focused()


def test_each_step_and_each_finished_sentence_is_read_out_once(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    page = open_page()
    page.wait_for_selector("#reader article")
    page.evaluate(
        """window.heard = [];
        new MutationObserver((changes) => {
            for (const change of changes)
                for (const line of change.addedNodes) window.heard.push(line.textContent);
        }).observe(document.querySelector("#announcer"), {childList: true})"""
    )
    ask(page, TWO)
    # The status line is written anew a few times while the second sentence is being checked.
    page.wait_for_function(
        "Number(document.querySelector('#status .now .seconds')?.dataset.seconds) > 0.7"
    )
    gate = assistant.scripts[TWO].gate
    assert gate is not None
    gate.set()
    expect(page.locator("#current .answered")).to_be_visible()
    heard = page.evaluate("window.heard")
    # A step that came with the first sentence may be read out after it.
    assert [line for line in heard if line != "Rédaction…"][-3:] == [
        "L'État devait verser 135 millions.",
        "Vérification de chaque phrase…",
        "Thales devait mettre 30 millions.",
    ]
    assert len(set(heard)) == len(heard)


def test_a_failure_is_read_out(open_page: Opener) -> None:
    page = open_page()
    ask(page, LINES_FR.failed)
    expect(page.locator("#announcer")).to_contain_text("La question n'a pas pu être traitée")


def test_what_a_button_acts_on_is_part_of_its_name(open_page: Opener) -> None:
    page = open_page()
    for question in (LINES_FR.answered, LINES_FR.abstained):
        ask(page, question)
        expect(page.locator("#current .question")).to_contain_text(question)
        expect(page.locator("#current .answered")).to_be_visible()
        page.wait_for_selector("#send")
    page.click("#new")
    ask(page, LINES_FR.premise)
    expect(page.locator("#current .answered")).to_be_visible()
    page.click("#kept")
    page.locator("dialog .opener").last.click()
    expect(page.locator("#history .turn")).to_have_count(1)
    turns = page.locator(".turn .tools .tool")
    page.click("#kept")
    for buttons, count in ((turns, 6), (page.locator("dialog li .tool"), 8)):
        expect(buttons).to_have_count(count)
        names = [button.get_attribute("aria-label") or "" for button in buttons.all()]
        assert len(set(names)) == count
        for button, name in zip(buttons.all(), names, strict=True):
            # What is said aloud to a page is what is seen on it (WCAG 2.5.3).
            assert name.startswith(button.text_content() or "?"), name
    page.locator("dialog .tool", has_text="Supprimer").first.click()
    sure = f"Supprimer pour de bon «\u00a0{LINES_FR.premise}\u00a0»"
    expect(page.get_by_role("button", name=sure)).to_be_visible()


def test_what_is_in_another_language_is_read_out_with_its_own_voice(open_page: Opener) -> None:
    page = open_page()
    for question in (LINES["en"].answered, LINES["en"].abstained):
        ask(page, question)
        expect(page.locator("#current .question")).to_contain_text(question)
        expect(page.locator("#current .answered")).to_be_visible()
        page.wait_for_selector("#send")
    lines = page.locator("#announcer p")
    expect(lines.filter(has_text="The French State was to pay")).to_have_attribute("lang", "en")
    expect(lines.filter(has_text="The source does not say")).to_have_attribute("lang", "en")
    expect(lines.filter(has_text="La source ne répond pas")).to_have_attribute("lang", "fr")


def test_the_title_of_a_source_is_said_to_be_in_its_language(open_page: Opener) -> None:
    page = open_page(locale="en-GB")
    ask(page, LINES["en"].answered)
    page.locator("#current .answered a.cite").focus()
    tip = page.get_by_role("tooltip")
    expect(tip.locator("cite")).to_have_attribute("lang", "fr")
    expect(tip.locator("cite")).to_have_text(
        "D’autres options se dessinent dans le cloud computing"
    )
    expect(tip.locator("p > :not(cite)")).to_have_text(", 13 January 2012")


def test_who_listens_finds_the_parts_of_the_page_by_role_and_name(open_page: Opener) -> None:
    page = open_page()
    ask(page, LINES_FR.answered)
    expect(page.locator("#current .answered")).to_be_visible()
    expect(page.locator("body")).to_match_aria_snapshot(
        """
        - link "Aller à la question"
        - heading "Andromède" [level=1]
        - navigation "Langue de la page"
        - navigation "Menu":
          - button "Nouvelle conversation"
          - button "Conversations"
          - link "À propos"
        - region "Conversation":
          - heading /Combien l'État devait-il verser/ [level=2]
          - region "Réponse":
            - paragraph:
              - link "Citation 1"
            - list:
              - listitem
          - button "Copier avec les sources « Combien l'État devait-il verser ? »"
          - textbox "Votre question"
          - button "Envoyer"
        - region "L'article":
          - article:
            - heading "D’autres options se dessinent dans le cloud computing" [level=2]
        """
    )
