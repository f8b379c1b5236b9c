"""The page in a real browser: ask, read, follow a citation, stop, switch language."""

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import app
from assistant.feedback import Feedback
from assistant.settings import Settings
from index import AndromedeError
from tests.fake_assistant import FakeAssistant, Script

pytestmark = [
    pytest.mark.browser,
    # Gradio's queue uses what pandas is about to drop; as errors, these would end its tasks.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Opener = Callable[..., Page]
LEAVING = ("AbortError", "Unexpected error Connection errored out.")
HOSTILE = (
    "<script>window.bad=1</script> ${window.bad=2} {{window.bad=3}} "
    "<img src=http://evil.test/x onerror=window.bad=4> ![x](http://evil.test/y) $$x$$ [1]."
)
SLOW = "Qui est Thierry Breton ?"


class Ready(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    async def startup(self, sockets: list[object] | None = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]
        self.up.set()


@contextmanager
def served(assistant: FakeAssistant, **changes: object) -> Iterator[str]:
    """Serve ``assistant`` on a free port, with changed settings; the page's address."""
    with app._listen("127.0.0.1", 0) as listening:
        application = app.create_app(assistant, Settings(**changes))  # type: ignore[arg-type]
        server = Ready(
            uvicorn.Config(application, log_level="warning", ws="none", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert server.up.wait(60)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant(
        scripts={
            "Combien ?": Script(("135 millions [1].", "135 millions [1]. Et 60 [2]."), (9, 10)),
            "How much?": Script(("135 million euros [1].",), (9,), language="en"),
            SLOW: Script(("Le patron d'Atos [1].",) * 2, (5,), gate=threading.Event()),
            "Hostile ?": Script((HOSTILE,), (2,)),
            "Panne ?": Script((), error=AndromedeError("Le modèle ne répond pas.")),
        }
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant, home: Path) -> Iterator[str]:
    with served(assistant, home=home) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("No chromium found; install it: apt-get install -y chromium", pytrace=False)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Opener]:
    """Open the page; at the end, no request went elsewhere, none failed, no script erred."""
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    errors: list[str] = []

    def opened(path: str = "/", **options: object) -> Page:
        context = browser.new_context(**{"locale": "fr-FR", **options})  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda r: None if r.url.startswith((address, "data:")) else elsewhere.append(r.url),
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert elsewhere == []
    # Leaving the page ends the connection that Gradio keeps open, and it says so.
    assert [error for error in errors if not error.startswith(LEAVING)] == []


def ask(page: Page, question: str) -> None:
    """Type a question once the page is ready, and press Enter."""
    page.wait_for_selector("#reader article")
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


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


def test_every_claim_shows_that_it_was_checked_and_how_on_request(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    expect(page.locator("#current .checked")).to_have_count(2)
    making = page.locator("#current .making")
    expect(making.locator("ol")).to_be_hidden()
    making.locator("summary").click()
    expect(making).to_contain_text("confiance 97")
    making.locator("a.document").first.click()
    expect(page.locator("#reader mark")).to_be_in_viewport()


def test_the_steps_of_an_answer_and_their_time_are_seen(open_page: Opener) -> None:
    page = open_page()
    ask(page, SLOW)
    now = page.locator("#status .steps .now")
    expect(now).to_contain_text("Vérification")
    expect(page.locator("#status .steps .done").first).to_contain_text("Recherche")
    expect(now).to_contain_text(re.compile(r"[1-9],\d\s*s"))
    page.click("#stop")
    expect(page.locator("#status .steps")).to_have_count(0)


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
    expect(page.locator("#current .failed")).to_contain_text("Le modèle ne répond pas.")
    asked = assistant.asked.count("Panne ?")
    page.click("#current a.again")
    expect(page.locator("#history .turn")).to_have_count(1)
    expect(page.locator("#current .failed")).to_contain_text("Le modèle ne répond pas.")
    assert assistant.asked.count("Panne ?") == asked + 1


def test_hostile_text_is_shown_and_does_nothing(open_page: Opener) -> None:
    page = open_page()
    ask(page, "Hostile ?")
    expect(page.locator("#current .text")).to_contain_text("${window.bad=2} {{window.bad=3}}")
    assert page.evaluate("window.bad") is None
    assert page.locator("#current img, #current script").count() == 0


def test_two_tabs_do_not_see_each_other(open_page: Opener) -> None:
    one, two = open_page(), open_page()
    ask(one, "Combien ?")
    one.wait_for_selector("#current .answered")
    ask(two, "Autre ?")
    two.wait_for_selector("#current .answered")
    assert two.locator("#history .turn").count() == 0
    assert "Combien ?" not in two.inner_text("#chat")


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


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out_sideways(open_page: Opener, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 700})
    ask(page, "Combien ?")
    page.wait_for_selector("#current .answered a.cite")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#current a.cite").last.click()
    expect(page.locator("#reader mark")).to_be_in_viewport()


def test_the_switch_changes_the_language_and_is_remembered(open_page: Opener) -> None:
    page = open_page()
    page.click(".languages a[lang=en]")
    expect(page.locator("#send")).to_have_text("Send")
    page.goto(page.url.split("?")[0])
    expect(page.locator("#send")).to_have_text("Send")


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


def test_a_question_asked_while_the_model_loads_is_kept(browser: Browser) -> None:
    assistant = FakeAssistant(state="starting")
    with served(assistant) as url:
        page = browser.new_page(locale="fr-FR")
        page.goto(url)
        expect(page.locator("#status")).to_contain_text("Le modèle se charge…")
        page.fill("#question textarea", "Combien ?")
        page.press("#question textarea", "Enter")
        expect(page.locator("#status")).to_contain_text("votre question est gardée")
        assistant.state = "ready"
        page.wait_for_selector("#current .answered")
        page.close()
