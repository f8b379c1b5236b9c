"""Conversations in a real browser: kept, opened again, renamed, exported."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import BROWSER, SLOW, Opener, ask, opening, served
from tests.fake_assistant import FakeAssistant, Script
from web.sessions import Sessions

pytestmark = BROWSER


def names(page: Page) -> list[str]:
    """Open the list of conversations; the names in it."""
    page.click("#kept")
    return page.locator("dialog .opener").all_inner_texts()


def test_conversations_are_kept_opened_again_and_taken_up(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    ask(page, "Autre ?")
    page.wait_for_selector("#current .abstention")
    page.click("#new")
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#examples")).to_be_visible()
    ask(page, "Hostile ?")
    page.wait_for_selector("#current .answered")
    assert names(page) == ["Hostile ?", "Combien ?"]
    page.click("dialog .opener >> text=Combien ?")
    expect(page.locator("#history .turn")).to_have_count(1)
    expect(page.locator("#current .abstention")).to_be_visible()
    page.locator("#history a.cite").first.click()
    expect(page.locator("#reader mark")).to_have_text(assistant.index.sentences[9].text)
    ask(page, "Et ?")
    expect(page.locator("#history .turn")).to_have_count(2)
    page.wait_for_selector("#current .answered")
    assert assistant.said[-1] == ("Combien ?", "Autre ?")
    page.reload()
    expect(page.locator("#history .turn")).to_have_count(2)
    page.locator("#history .making summary").first.click()
    found = page.locator("#history .making ol li").first
    expect(found).to_contain_text("0,031")
    expect(found).to_contain_text("D’autres options se dessinent")
    assert names(page) == ["Combien ?", "Hostile ?"]
    assert page.evaluate("window.bad") is None


def test_a_conversation_is_renamed_exported_and_deleted(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    page = open_page(accept_downloads=True)
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    names(page)
    page.click("dialog >> text=Renommer")
    page.fill("dialog input", "Les <b>millions</b>")
    page.keyboard.press("Enter")
    expect(page.locator("dialog .opener")).to_have_text("Les <b>millions</b>")
    with page.expect_download() as download:
        page.click("dialog >> text=Exporter en Markdown")
    assert download.value.suggested_filename == "Les-b-millions-b.md"
    text = download.value.path().read_text("utf-8")
    assert "## Combien ?\n\n135 millions[^1]. Et 60[^2]." in text
    assert f"[^1]: «\u00a0{assistant.index.sentences[9].text}\u00a0» — D’autres" in text
    assert "13 janvier 2012" in text
    with page.expect_download() as download:
        page.click("dialog >> text=Exporter en JSON")
    kept = json.loads(download.value.path().read_text("utf-8"))
    assert kept["turns"][0]["citations"][0]["quote"] == assistant.index.sentences[9].text
    page.click("dialog >> text=Supprimer")
    expect(page.locator("dialog .opener")).to_have_count(1)
    page.click("dialog >> text=Supprimer pour de bon")
    expect(page.locator("dialog .opener")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator(".turn")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "day", "dates"),
    [
        ("fr-FR", "1er janvier 2013", ["décembre 2012", "1er janvier 2012", "2012"]),
        ("en-GB", "1 January 2013", ["December 2012", "1 January 2012", "2012"]),
    ],
)
def test_days_are_the_readers_own_and_written_as_on_the_page(
    open_page: Opener, locale: str, day: str, dates: list[str]
) -> None:
    page = open_page(locale=locale, timezone_id="Europe/Paris", accept_downloads=True)
    page.wait_for_selector("#reader article")
    page.evaluate(
        """() => {
          const cited = (date, n) => ({ number: n + 1, quote: "Q", title: "T", date });
          const turn = {
            id: "0".repeat(32), question: "Quand ?", text: "Un [1][2][3]", abstained: false,
            citations: ["2012-12", "2012-01-01", "2012"].map(cited),
          };
          const created = "2012-12-31T23:30:00+00:00"; // in Paris, it is the next year already
          localStorage.setItem("andromede.conversations", JSON.stringify(
            [{ id: "x", name: "Quand ?", created, turns: [turn] }]));
        }"""
    )
    names(page)
    expect(page.locator("dialog .about")).to_have_text(f"{day} · 1 question")
    with page.expect_download() as download:
        page.click("dialog >> text=Markdown")
    notes = download.value.path().read_text("utf-8").split("\n\n")[-1].splitlines()
    assert [note.split("T, ")[1] for note in notes] == dates


def test_a_long_conversation_says_what_it_no_longer_shows(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    page.evaluate(
        """() => {
          const key = "andromede.conversations";
          const [one] = JSON.parse(localStorage.getItem(key));
          const again = (_, n) => ({ ...one.turns[0], id: String(n).padStart(32, "0") });
          one.turns = Array.from({ length: 51 }, again);
          localStorage.setItem(key, JSON.stringify([one]));
        }"""
    )
    page.reload()
    note = page.locator("#history .note").first
    expect(note).to_have_text("La première question n'est plus affichée ; l'export la contient.")
    for text in ("La première question", "Les 2 premières questions"):
        ask(page, "Autre ?")
        expect(page.locator(".turn")).to_have_count(51)
        expect(page.locator("#current .abstention")).to_be_visible()
        expect(note).to_contain_text(text)


def test_an_export_says_why_there_is_no_answer(assistant: FakeAssistant, open_page: Opener) -> None:
    down = Script(("Indisponible.",), abstained=True, reason="model_unavailable")
    assistant.scripts["Modèle ?"] = down
    page = open_page(accept_downloads=True)
    for question in ("Modèle ?", "Autre ?"):
        ask(page, question)
        page.wait_for_selector(f"#current .answered:has-text('{question}') .abstention")
    expect(page.locator("#history a.again")).to_have_attribute("data-question", "Modèle ?")
    names(page)
    with page.expect_download() as download:
        page.click("dialog >> text=Exporter en Markdown")
    text = download.value.path().read_text("utf-8")
    assert "## Modèle ?\n\n*Le modèle n'a pas répondu*\n\nIndisponible." in text
    assert "## Autre ?\n\n*La source ne répond pas*\n\n" in text


def test_what_was_stopped_and_what_failed_are_there_after_a_reload(open_page: Opener) -> None:
    page = open_page(accept_downloads=True)
    ask(page, SLOW)
    expect(page.locator("#current a.cite")).to_be_visible()
    page.click("#stop")
    expect(page.locator("#current .stopped")).to_be_visible()
    ask(page, "Panne ?")
    expect(page.locator("#current .failed")).to_be_visible()
    page.reload()
    stopped, failed = page.locator("#history .stopped"), page.locator("#current .failed")
    expect(stopped).to_contain_text("Vous avez arrêté cette réponse.")
    expect(stopped.locator(".text")).to_contain_text("Le patron d'Atos")
    expect(stopped.locator("a.again")).to_have_attribute("data-question", SLOW)
    expect(failed).to_contain_text("le modèle de langue ne répond pas.")
    assert names(page) == [SLOW]
    with page.expect_download() as download:
        page.click("dialog >> text=Exporter en Markdown")
    text = download.value.path().read_text("utf-8")
    assert "Le patron d'Atos[^1]." in text and "*Réponse arrêtée avant sa fin.*" in text
    assert "## Panne ?\n\n*Question non traitée\u00a0: une erreur s'est produite.*" in text
    page.keyboard.press("Escape")
    page.locator("#current a.again").click()
    expect(page.locator("#history .turn")).to_have_count(2)


def test_what_the_browser_kept_is_damaged_and_the_page_says_so(open_page: Opener) -> None:
    page = open_page()
    page.wait_for_selector("#reader article")
    page.evaluate(
        """localStorage.setItem("andromede.conversations", JSON.stringify(
            [{id: "x", name: "<img src=x onerror=window.bad=5>", turns: [{text: "faux"}]}]))"""
    )
    page.click("#kept")
    page.click("dialog .opener")
    expect(page.locator("#status")).to_contain_text("n'a pas pu être rouverte")
    assert page.evaluate("window.bad") is None
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")


def test_a_question_is_edited_and_asked_again(assistant: FakeAssistant, open_page: Opener) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    page.click("#current .tool.edit")
    box = page.locator("#question textarea")
    expect(box).to_be_focused()
    expect(box).to_have_value("Combien ?")
    page.keyboard.type("!")
    page.keyboard.press("Enter")
    expect(page.locator("#current .question")).to_contain_text("Combien ?!")
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize(
    ("locale", "said"), [("fr-FR", "remplacera"), ("en-GB", "takes the place")]
)
def test_what_is_edited_takes_the_place_of_what_followed_here_and_in_the_browser(
    assistant: FakeAssistant, open_page: Opener, locale: str, said: str
) -> None:
    page = open_page(locale=locale)
    for turns, question in enumerate(("Combien ?", "Autre ?", "Encore ?"), 1):
        ask(page, question)
        expect(page.locator(".turn.answered")).to_have_count(turns)
    page.wait_for_selector("#send")
    page.locator("#history .tool.edit").first.click()
    expect(page.locator("#status")).to_contain_text(said)
    page.locator("#status button").click()
    expect(page.locator("#status")).not_to_contain_text(said)
    ask(page, "Sans rien remplacer ?")
    expect(page.locator(".turn.answered")).to_have_count(4)
    page.wait_for_selector("#send")
    page.locator("#history .tool.edit").first.click()
    page.keyboard.type("!")
    page.keyboard.press("Enter")
    expect(page.locator("#current .question")).to_contain_text("Combien ?!")
    expect(page.locator(".turn")).to_have_count(1)
    page.wait_for_selector("#current .answered")
    (kept,) = json.loads(page.evaluate("localStorage.getItem('andromede.conversations')"))
    assert kept["name"] == "Combien ?!"
    assert [turn["question"] for turn in kept["turns"]] == ["Combien ?!"]
    page.reload()
    expect(page.locator("#current .question")).to_contain_text("Combien ?!")
    expect(page.locator(".turn")).to_have_count(1)


def test_a_conversation_that_the_server_forgot_stays_on_the_screen(
    browser: Browser, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.chat.Sessions", lambda: Sessions(1))
    with served(assistant) as url, opening(browser, url) as opened:
        page = opened()
        ask(page, "Combien ?")
        page.wait_for_selector("#current .answered a.cite")
        other = opened()
        ask(other, "Autre ?")
        other.wait_for_selector("#current .abstention")
        ask(page, "Encore ?")
        page.wait_for_selector("#current .answered:has-text('Encore ?')")
        expect(page.locator("#history .question")).to_contain_text("Combien ?")
        expect(page.locator("#status")).to_have_text("")


def test_who_waits_for_anothers_answer_is_told_the_place(open_page: Opener) -> None:
    first, second, third = open_page(), open_page(), open_page(locale="en-GB")
    ask(first, SLOW)
    expect(first.locator("#status .steps")).to_be_visible()
    ask(second, "Combien ?")
    expect(second.locator("#status")).to_contain_text("place 1 dans la file")
    ask(third, "How much?")
    expect(third.locator("#status")).to_contain_text("number 2 in the queue")
    first.click("#stop")
    second.wait_for_selector("#current .answered a.cite")
    third.wait_for_selector("#current .answered a.cite")


def test_a_link_brings_a_question_and_leaves_asking_to_the_reader(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    asked = len(assistant.asked)
    page = open_page("/?q=Combien+%3F")
    page.wait_for_selector("#reader article")
    expect(page.locator("#question textarea")).to_have_value("Combien ?")
    assert len(assistant.asked) == asked
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#current .answered a.cite")
    assert assistant.asked[asked:] == ["Combien ?"]
    page.reload()
    expect(page.locator("#current .question")).to_contain_text("Combien ?")
    expect(page.locator("#question textarea")).to_have_value("")
