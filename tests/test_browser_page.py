"""The page in a real browser: ask, follow the steps, abstain, fail, switch language."""

import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.feedback import Feedback
from tests.browser import BROWSER, SLOW, Opener, ask, send, served
from tests.fake_assistant import FakeAssistant, Script

pytestmark = BROWSER


def test_the_steps_of_an_answer_and_their_time_are_seen(open_page: Opener) -> None:
    page = open_page()
    ask(page, SLOW)
    now = page.locator("#status .steps .now")
    expect(now).to_contain_text("Vérification")
    expect(page.locator("#status .steps .done").first).to_contain_text("Recherche")
    expect(now).to_contain_text(re.compile(r"[1-9],\d\s*s"))
    page.click("#stop")
    expect(page.locator("#status .steps")).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "said"),
    [("fr-FR", "lit encore le texte"), ("en-GB", "still reading the text")],
)
def test_why_the_first_answer_takes_longer_is_said(
    browser: Browser, locale: str, said: str
) -> None:
    gate = threading.Event()
    scripts = {"Oui ?": Script(("Oui [1].",), (9,), gate=gate)}
    with (
        served(FakeAssistant(scripts=scripts, reading=True)) as url,
        browser.new_context(locale=locale) as context,
    ):
        page = context.new_page()
        page.goto(url)
        ask(page, "Oui ?")
        expect(page.locator("#status .note")).to_contain_text(said)
        gate.set()
        expect(page.locator("#status .note")).to_have_count(0)


def test_an_abstention_is_told_apart_and_leads_on(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Combien de salariés compte Thales ?")
    calm = page.locator("#current .abstention")
    expect(calm).to_contain_text("La source ne répond pas")
    expect(calm.locator(".checked")).to_have_count(0)
    suggestion = calm.locator("a.suggested").first
    question = suggestion.inner_text()
    suggestion.click()
    expect(page.locator("#current .question")).to_contain_text(question)
    expect(page.locator("#history .turn")).to_have_count(1)


def test_a_failed_question_can_be_asked_again(assistant: FakeAssistant, open_page: Opener) -> None:
    page = open_page()
    ask(page, "Panne ?")
    expect(page.locator("#current .failed")).to_contain_text("le modèle de langue ne répond pas.")
    asked = assistant.asked.count("Panne ?")
    page.click("#current a.again")
    expect(page.locator("#history .turn")).to_have_count(1)
    expect(page.locator("#current .failed")).to_contain_text("le modèle de langue ne répond pas.")
    assert assistant.asked.count("Panne ?") == asked + 1


def test_hostile_text_is_shown_and_does_nothing(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Hostile ?")
    expect(page.locator("#current .text")).to_contain_text("${window.bad=2} {{window.bad=3}}")
    assert page.evaluate("window.bad") is None
    assert page.locator("#current img, #current script").count() == 0


def test_a_reader_says_why_an_answer_was_of_no_use(open_page: Opener, home: Path) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    form = page.locator("#current .opinion")
    expect(form.locator("fieldset")).to_be_hidden()
    form.get_by_role("button", name="Non").click()
    form.get_by_label("Elle est incomplète").check()
    form.locator("textarea").fill("Il manque Thales.")
    form.get_by_role("button", name="Envoyer").click()
    expect(form).to_contain_text("Merci")
    entry = list(Feedback(home).entries())[-1]
    assert (entry.useful, entry.cause, entry.comment) == (False, "incomplete", "Il manque Thales.")
    assert (entry.question, len(entry.quotes)) == ("Combien ?", 2)


def test_who_listens_is_told_which_answer_a_button_rates_and_which_was_pressed(
    open_page: Opener,
) -> None:
    page = open_page(locale="en-GB")
    for question in ("How much?", "Other?"):
        ask(page, question)
        expect(page.locator("#current .question")).to_contain_text(question)
        page.wait_for_selector("#current .opinion")
    buttons = page.locator("#chat .opinion p").get_by_role("button")
    names = [button.get_attribute("aria-label") or "" for button in buttons.all()]
    assert len(names) == len(set(names)) == 4
    assert [name[:3].strip(", ") for name in names] == ["Yes", "No"] * 2
    assert ["How much?" in name for name in names] == [True, True, False, False]
    pressed = page.locator("#chat .opinion").get_by_role("button", pressed=True)
    expect(pressed).to_have_count(0)
    buttons.nth(1).click()
    expect(pressed).to_have_accessible_name(names[1])
    expect(page.locator("#history .opinion textarea")).to_be_visible()
    page.route("**/feedback", lambda route: route.fulfill(status=204), times=1)
    page.get_by_role("button", name="Send the opinion of the answer to “How much?”").click()
    expect(page.locator("#history .opinion")).to_contain_text("Thank you")


def test_an_opinion_is_asked_once_and_focus_stays(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Combien ?")
    form = page.locator("#current .opinion")
    form.get_by_role("button", name="Oui").press("Enter")
    expect(form.locator("p").first).to_be_focused()
    expect(form.locator("p").first).to_contain_text("Merci")
    ask(page, "Autre ?")
    expect(page.locator("#history .opinion")).to_contain_text("Merci")
    expect(page.locator("#history .opinion button")).to_have_count(0)
    page.reload()
    expect(page.locator("#history .opinion")).to_contain_text("Merci")
    expect(page.locator("#current .opinion button").first).to_be_visible()


@pytest.mark.parametrize("choice", ["Oui", "Non"])
def test_an_opinion_that_did_not_arrive_is_sent_again(
    browser: Browser, address: str, home: Path, choice: str
) -> None:
    page = browser.new_page(locale="fr-FR")
    page.goto(address)
    ask(page, "Combien ?")
    page.route("**/feedback", lambda route: route.abort(), times=1)
    page.route("**/feedback", lambda route: route.fulfill(status=503), times=1)
    form = page.locator("#current .opinion")
    if choice == "Non":
        form.get_by_role("button", name="Non").click()
        form.get_by_label("Elle est fausse").check()
    button = form.get_by_role("button", name="Oui" if choice == "Oui" else "Envoyer")
    kept = len(list(Feedback(home).entries()))
    for _ in range(2):
        button.press("Enter")
        expect(form.locator(".told")).to_contain_text("n'a pas pu être gardé")
        expect(button).to_be_focused()
        page.wait_for_timeout(100)
    button.press("Enter")
    expect(form.locator("p").first).to_contain_text("Merci")
    expect(form.locator(".told")).to_be_hidden()
    assert len(list(Feedback(home).entries())) == kept + 1
    page.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 3840])
def test_nothing_sticks_out_sideways(open_page: Opener, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 700})
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#current a.cite").last.click()
    expect(page.locator("#reader mark")).to_be_in_viewport()


def test_a_long_answer_is_read_from_its_question_on(open_page: Opener) -> None:
    page = open_page(viewport={"width": 1000, "height": 420})
    for _ in range(3):
        ask(page, "Combien ?")
        expect(page.locator("#current .answered .tools")).to_be_visible()
        expect(page.locator("#send")).to_be_visible()
        expect(page.locator("#current .question")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("first", ["history", "current"])
def test_it_is_whichever_part_of_the_page_changes_first(open_page: Opener, first: str) -> None:
    page = open_page(viewport={"width": 1000, "height": 420})
    ask(page, "Combien ?")
    expect(page.locator("#current .answered .tools")).to_be_visible()
    expect(page.locator("#send")).to_be_visible()
    page.evaluate(
        """async (first) => {
          const [history, current] = ["#history", "#current"].map((s) => document.querySelector(s));
          const turn = current.querySelector(".turn");
          const moved = () => history.append(turn.cloneNode(true));
          const shown = () => {
            const fresh = turn.cloneNode(true);
            fresh.dataset.turn = "another";
            turn.replaceWith(fresh);
          };
          const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          document.querySelector("#chat").scrollTop = 0;
          await frame();
          for (const change of first === "history" ? [moved, shown] : [shown, moved]) {
            change();
            await frame();
          }
        }""",
        first,
    )
    expect(page.locator("#current .question")).to_be_in_viewport(ratio=1)


def test_the_switch_changes_the_language_and_is_remembered(open_page: Opener) -> None:
    page = open_page()
    page.click(".languages a[lang=en]")
    expect(page.locator("#send")).to_have_text("Send")
    page.goto(page.url.split("?")[0])
    expect(page.locator("#send")).to_have_text("Send")


def test_the_switch_keeps_the_question_that_a_link_brought(open_page: Opener) -> None:
    page = open_page("/?q=Combien+%3F")
    page.wait_for_selector("#reader article")
    box = page.locator("#question textarea")
    expect(box).to_have_value("Combien ?")
    page.click(".languages a[lang=en]")
    expect(page.locator("#send")).to_have_text("Send")
    expect(box).to_have_value("Combien ?")
    # Once asked, it is brought no more.
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#current .answered")
    page.click(".languages a[lang=fr]")
    expect(page.locator("#send")).to_have_text("Envoyer")
    page.wait_for_selector("#current .answered")
    expect(box).to_have_value("")


def test_an_example_is_asked_with_one_click(assistant: FakeAssistant, open_page: Opener) -> None:
    page = open_page()
    page.wait_for_selector("#reader article")
    page.locator("button.example").first.click()
    page.wait_for_selector("#current .answered")
    assert assistant.asked[-1] == "Combien l'État devait-il verser ?"
    expect(page.locator("#examples")).to_be_hidden()


def test_without_javascript_a_form_answers(assistant: FakeAssistant, open_page: Opener) -> None:
    page = open_page(java_script_enabled=False)
    page.click(".noscript a")
    page.fill("#q", "Combien ?")
    page.click("form.plain button")
    page.locator("a.cite").first.click()
    expect(page.locator("mark")).to_have_text(assistant.index.sentences[9].text)


def test_without_javascript_every_page_leads_back_to_the_form(open_page: Opener) -> None:
    page = open_page("/ask?lang=en", java_script_enabled=False)
    for link in ("nav.documents a", "nav.places a >> text=About", "nav.places a >> text=sources"):
        page.click(link)
        expect(page.locator(".crumbs a:visible")).to_have_text("Ask a question")
        page.click(".crumbs a:visible")
        expect(page.locator("form.plain button")).to_have_text("Send")
    with_scripts = open_page("/about?lang=en")
    expect(with_scripts.locator(".crumbs")).to_have_text("Back to the conversation")


def test_without_javascript_a_failed_question_is_asked_again(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    page = open_page("/ask", java_script_enabled=False)
    page.fill("#q", "Panne ?")
    page.click("form.plain button")
    asked = assistant.asked.count("Panne ?")
    page.click("a.again")
    expect(page.locator(".turn.failed")).to_be_visible()
    expect(page.locator("#q")).to_have_value("Panne ?")
    assert assistant.asked.count("Panne ?") == asked + 1


def test_a_question_asked_while_the_model_loads_is_kept(browser: Browser) -> None:
    assistant = FakeAssistant(state="starting")
    with served(assistant) as url:
        page = browser.new_page(locale="fr-FR")
        page.goto(url)
        expect(page.locator("#status")).to_contain_text("Le modèle se charge…")
        send(page, "Combien ?")
        expect(page.locator("#status")).to_contain_text("votre question est gardée")
        assistant.state = "ready"
        page.wait_for_selector("#current .answered")
        page.close()


def test_questions_sent_in_haste_are_answered_one_after_the_other(
    assistant: FakeAssistant, open_page: Opener
) -> None:
    page, before = open_page(), len(assistant.asked)
    page.wait_for_selector("#reader article")
    for number in range(1, 6):
        # The moment that the answer stands there, before Gradio has ended the event.
        page.fill("#question textarea", "Combien ?")
        page.press("#question textarea", "Enter")
        page.wait_for_function(
            f"document.querySelectorAll('.turn .tools').length >= {number}",
            polling=10,
        )
    assert assistant.asked[before:] == ["Combien ?"] * 5


def test_a_question_sent_twice_is_asked_once(assistant: FakeAssistant, open_page: Opener) -> None:
    page, before = open_page(), len(assistant.asked)
    page.wait_for_selector("#reader article")
    page.fill("#question textarea", SLOW)
    page.dblclick("#send")
    expect(page.locator("#status")).to_contain_text("en cours")
    expect(page.locator("#current a.cite").first).to_be_visible()
    assert assistant.asked[before:] == [SLOW]
    page.click("#stop")
    expect(page.locator("#current .stopped")).to_be_visible()
    assert page.locator(".turn").count() == 1


def test_a_server_that_is_gone_is_told_in_the_middle_of_an_answer(browser: Browser) -> None:
    script = Script(("135 millions [1].",) * 2, (9,), gate=threading.Event())
    with served(FakeAssistant(scripts={"Combien ?": script})) as url:
        page = browser.new_page(locale="fr-FR")
        page.goto(url)
        ask(page, "Combien ?")
        expect(page.locator("#current a.cite")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("La connexion avec le programme est perdue")
    expect(page.locator("#current .text")).to_contain_text("135 millions")
    page.close()
