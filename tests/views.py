"""Every view of the page, and how a reader reaches it; seen by the accessibility test and pictured.

Questions and answers are of the shipped article, as the real assistant words them.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from assistant.errors import ModelUnavailable
from tests.browser import ask
from tests.fake_assistant import FakeAssistant, Script
from web.texts import Language

SOURCE = "/source/00112233445566aa?mark=9#s9"


@dataclass(frozen=True)
class Lines:
    """What a reader of one language asks, by how it ends."""

    answered: str
    streaming: str
    abstained: str
    premise: str
    failed: str


LINES: dict[Language, Lines] = {
    "fr": Lines(
        "Combien l'État devait-il verser ?",
        "Qui est Thierry Breton ?",
        "Combien de salariés compte Thales ?",
        "Pourquoi Orange s'est-il retiré du projet ?",
        "Qui a annoncé son retrait ?",
    ),
    "en": Lines(
        "How much was the French State supposed to pay?",
        "Who is Thierry Breton?",
        "How many people work for Thales?",
        "Why did Orange pull out of the project?",
        "Who pulled out?",
    ),
}


def answering() -> FakeAssistant:
    """An assistant that has an answer to every one of ``LINES``."""
    french, english = LINES["fr"], LINES["en"]
    breton = "Thierry Breton est le patron du groupe Atos. [1]"
    runs = "Thierry Breton runs the Atos group. [1]"
    withdrew = (
        "«\u00a0Si au départ, Dassault Systèmes devait prendre part à ce partenariat, il a annoncé "
        "le 22 décembre qu’il se retirait du projet.\u00a0»"
    )
    shares = (
        "«\u00a0De leur côté, Orange et Dassault Systèmes devaient mettre chacun 60 millions "
        "d’euros et Thales 30 millions.\u00a0»"
    )
    down = ModelUnavailable("No answer from the model.")
    return FakeAssistant(
        scripts={
            french.answered: Script(
                ("L'État devait verser 135 millions d'euros via la Caisse des dépôts. [1]",), (9,)
            ),
            english.answered: Script(
                ("The French State was to pay 135 million euros. [1]",), (9,), language="en"
            ),
            french.streaming: Script((breton,) * 2, (5,), gate=threading.Event()),
            english.streaming: Script((runs,) * 2, (5,), gate=threading.Event(), language="en"),
            french.abstained: Script(
                (f"La source ne le dit pas. Elle dit : {shares} [1]",), (10,), abstained=True
            ),
            english.abstained: Script(
                (f"The source does not say. It does say: “{shares[2:-2]}” [1]",),
                (10,),
                abstained=True,
                language="en",
            ),
            french.premise: Script(
                (f"La source ne dit pas ce que la question suppose. Elle dit : {withdrew} [1]",),
                (8,),
                abstained=True,
            ),
            english.premise: Script(
                (
                    "The source does not say what the question takes for granted. It says: "
                    f"“{withdrew[2:-2]}” [1]",
                ),
                (8,),
                abstained=True,
                language="en",
            ),
            french.failed: Script((), error=down),
            english.failed: Script((), error=down),
        }
    )


@dataclass(frozen=True)
class View:
    """A view of the page.

    Attributes:
        reach: what a reader does to see it, once the page is open.
        path: the address that is opened.
        scripts: whether the browser runs scripts.
    """

    reach: Callable[[Page, Lines], None]
    path: str = "/"
    scripts: bool = True


def _first(page: Page, lines: Lines) -> None:
    expect(page.locator("#examples")).to_be_visible()
    expect(page.locator("#reader article")).to_be_visible()


def _streaming(page: Page, lines: Lines) -> None:
    ask(page, lines.streaming)
    expect(page.locator("#current a.cite")).to_be_visible()
    expect(page.locator("#status .steps .now")).to_be_visible()


def _answered(page: Page, lines: Lines) -> None:
    ask(page, lines.answered)
    expect(page.locator("#current .answered")).to_be_visible()
    expect(page.locator("#send")).to_be_visible()


def _opened(page: Page, lines: Lines) -> None:
    _answered(page, lines)
    page.locator("#current a.cite").click()
    expect(page.locator("#reader mark")).to_be_in_viewport()


def _tip(page: Page, lines: Lines) -> None:
    _answered(page, lines)
    page.locator("#current a.cite").focus()
    expect(page.get_by_role("tooltip")).to_be_visible()


def _making(page: Page, lines: Lines) -> None:
    _answered(page, lines)
    page.click("#current summary")
    expect(page.locator("#current .making ol")).to_be_visible()


def _opinion(page: Page, lines: Lines) -> None:
    _answered(page, lines)
    page.click("#current .opinion button[value=no]")
    expect(page.locator("#current .opinion fieldset")).to_be_visible()


def _abstained(page: Page, lines: Lines) -> None:
    ask(page, lines.abstained)
    expect(page.locator("#current .answered .suggestions")).to_be_visible()
    expect(page.locator("#send")).to_be_visible()


def _premise(page: Page, lines: Lines) -> None:
    ask(page, lines.premise)
    expect(page.locator("#current .answered .abstention .quotes")).to_be_visible()
    expect(page.locator("#send")).to_be_visible()


def _failed(page: Page, lines: Lines) -> None:
    ask(page, lines.failed)
    expect(page.locator("#current a.again")).to_be_visible()
    expect(page.locator("#send")).to_be_visible()


def _conversations(page: Page, lines: Lines) -> None:
    _answered(page, lines)
    page.click("#new")
    expect(page.locator("#current .turn")).to_have_count(0)
    _abstained(page, lines)
    page.click("#kept")
    expect(page.locator("dialog li")).to_have_count(2)


def _renaming(page: Page, lines: Lines) -> None:
    _conversations(page, lines)
    page.locator("dialog .tool").first.click()
    expect(page.locator("dialog input")).to_be_focused()


def _asked_plainly(page: Page, lines: Lines) -> None:
    page.fill("#q", lines.answered)
    page.click("form.plain button")
    expect(page.locator("a.cite")).to_be_visible()


def _abstained_plainly(page: Page, lines: Lines) -> None:
    page.fill("#q", lines.abstained)
    page.click("form.plain button")
    expect(page.locator(".abstention .suggestions")).to_be_visible()


def _failed_plainly(page: Page, lines: Lines) -> None:
    page.fill("#q", lines.failed)
    page.click("form.plain button")
    expect(page.locator(".failed a.again")).to_be_visible()


def _listed(page: Page, lines: Lines) -> None:
    _first(page, lines)
    page.click("#masthead a.document")
    expect(page.locator("#reader .shelf")).to_be_visible()


def _seen(page: Page, lines: Lines) -> None:
    expect(page.locator("main, .noscript").first).to_be_visible()


VIEWS = {
    "first": View(_first),
    "streaming": View(_streaming),
    "citation": View(_opened),
    "tooltip": View(_tip),
    "making": View(_making),
    "opinion": View(_opinion),
    "abstention": View(_abstained),
    "premise": View(_premise),
    "failed": View(_failed),
    "conversations": View(_conversations),
    "renaming": View(_renaming),
    "without-scripts": View(_seen, scripts=False),
    "plain": View(_seen, "/ask", scripts=False),
    "plain-answer": View(_asked_plainly, "/ask", scripts=False),
    "plain-abstention": View(_abstained_plainly, "/ask", scripts=False),
    "plain-failed": View(_failed_plainly, "/ask", scripts=False),
    "listed": View(_listed),
    "source": View(_seen, SOURCE, scripts=False),
    "sources": View(_seen, "/sources", scripts=False),
    "about": View(_seen, "/about", scripts=False),
}
