"""Titles, file names, texts and questions that are markup: shown in a real browser, never run."""

import pytest
from lxml import html
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, expect

from index import Document
from tests.browser import BROWSER, Opener
from tests.fake_assistant import FakeAssistant, Script, index_of

pytestmark = BROWSER


def planted(name: str) -> str:
    """Markup of every kind that would run, fetch, post or cover, had it become any."""
    address = f"http://evil.test/{name}"
    return (
        f"""{name} "'></title></textarea></article>"""
        "<script class=planted>window.bad=1</script>"
        f"<img class=planted src={address}.png onerror=window.bad=2>"
        "<svg class=planted onload=window.bad=3></svg>"
        f"<iframe class=planted src={address}></iframe>"
        f"<form class=planted action={address}><button autofocus>Envoyer</button></form>"
        "<div class=planted style='position:fixed;inset:0;z-index:9999'>Payez</div>"
        "<a class=planted href='javascript:window.bad=4'>ici</a>"
        "<style class=planted>*{top:0}</style>"
        f"<meta class=planted http-equiv=refresh content='0;url={address}'>"
        f"<base class=planted href={address}>"
        f"${{window.bad=5}} {{{{window.bad=6}}}} ![i]({address}) [l](javascript:window.bad=7) "
        f"[^9]: {address} `\\<img src={address}>` \\![j]({address})"
    )


POSITION = "getComputedStyle(document.querySelector('div.planted')).position"
QUESTION = planted("question")
SENTENCES = tuple(planted(f"sentence-{number}") for number in (0, 1))
SOURCE = "/source/00112233445566aa?mark=0#s0"


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    text = " ".join(SENTENCES)
    one = Document("00112233445566aa", f"{planted('file')}.txt", planted("title"), text, "fr")
    two = Document("00112233445566bb", "b.txt", "Deux", "Rien ici.", "fr", "2012-<b>01")
    answer = Script((f"{planted('answer')} [1]. Et [2].",), (0, 1))
    return FakeAssistant(
        index_of((one, SENTENCES), (two, ["Rien ici."])), scripts={QUESTION: answer}
    )


def harmless(page: Page) -> None:
    """Nothing of it became an element or ran; ``open_page`` sees that it asked for nothing."""
    assert page.locator(".planted").count() == 0
    assert page.evaluate("window.bad") is None


def test_it_is_shown_beside_the_conversation(open_page: Opener) -> None:
    page = open_page()
    page.wait_for_selector("#reader .documents")
    expect(page.locator("#reader .documents")).to_contain_text("title \"'></title>")
    harmless(page)
    page.click("#masthead a.document")
    expect(page.locator("#reader .shelf .file").first).to_contain_text("file \"'></title>")
    harmless(page)
    page.locator("#reader .shelf a.document").first.click()
    expect(page.locator("#reader article")).to_contain_text("{{window.bad=6}}")
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    expect(page.locator("#current .answered .text")).to_contain_text("${window.bad=5}")
    # Where it is written to its end: what comes after would take the pointer's place away.
    page.wait_for_selector("#send")
    link = page.locator("#current a.cite").first
    link.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("title \"'></title>")
    harmless(page)
    page.click("#current summary")
    link.click()
    expect(page.locator("#reader mark")).to_have_text(SENTENCES[0])
    harmless(page)


@pytest.mark.parametrize("path", [SOURCE, "/sources", "/sources?q=title", "/about", "/ask"])
def test_it_is_shown_on_our_own_pages(open_page: Opener, path: str) -> None:
    page = open_page(path)
    expect(page.locator("main")).to_contain_text("title \"'></title>")
    if path == "/ask":
        page.fill("#q", QUESTION)
        page.click("form.plain button")
        expect(page.locator(".answer .text")).to_contain_text("${window.bad=5}")
    harmless(page)


def test_it_names_a_conversation_and_is_exported_as_text(open_page: Opener) -> None:
    page = open_page(accept_downloads=True)
    page.wait_for_selector("#reader .documents")
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#current .answered a.cite")
    page.click("#kept")
    expect(page.locator("dialog .opener")).to_contain_text("question \"'></title>")
    page.click("dialog >> text=Renommer")
    page.fill("dialog input", planted("name")[:200])
    page.keyboard.press("Enter")
    expect(page.locator("dialog .opener")).to_contain_text("name \"'></title>")
    harmless(page)
    with page.expect_download() as download:
        page.click("dialog >> text=Exporter en Markdown")
    name = download.value.suggested_filename
    assert name.startswith("name-title-textarea")
    shown = html.fromstring(MarkdownIt("commonmark").render(download.value.path().read_text()))
    assert {element.tag for element in shown.iter()} <= {"div", "h1", "h2", "p"}
    read = " ".join(shown.text_content().split())
    for kind in ("name", "question", "answer", "sentence-0", "sentence-1", "title"):
        assert " ".join(planted(kind)[:150].split()) in read
    page.reload()
    expect(page.locator("#current .question")).to_contain_text("window.bad=5")
    harmless(page)


def test_markup_that_got_in_would_still_do_nothing(browser: Browser, address: str) -> None:
    page = browser.new_page(locale="fr-FR")
    asked: list[str] = []
    blocked: list[str] = []
    # Such as a policy stops are announced as requests all the same, but never get so far.
    page.route("http://evil.test/**", lambda route: asked.append(route.request.url))
    page.on("console", lambda m: blocked.append(m.text) if m.type == "error" else None)
    for path in ("/", SOURCE):
        page.goto(address + path)
        page.wait_for_selector("article, .documents")
        page.evaluate(
            """(markup) => {
              document.querySelector("main").innerHTML = markup;
              const script = document.createElement("script");
              script.textContent = "window.bad = 8";
              document.body.append(script);
              document.querySelector("main a.planted").click();
              document.querySelector("main form.planted button").click();
            }""",
            # Where a page goes next is nothing that a policy decides.
            planted("inside").replace("http-equiv", "name"),
        )
        page.wait_for_timeout(300)
        assert page.evaluate("window.bad") is None
        assert page.evaluate(POSITION) == "static"
        assert page.url == address + path
        assert asked == []
        assert any("script" in text for text in blocked)
    page.close()
