"""The list of the sources: counted, dated, found by title, page by page, in both languages."""

import re
from html import escape, unescape

import pytest
from fastapi.testclient import TestClient

import app
from assistant.errors import ModelNotFetched
from assistant.settings import Settings
from index import Document
from tests.fake_assistant import FakeAssistant, index_of
from web.texts import LANGUAGES, texts

MANY = 1234


def document(number: int, title: str) -> Document:
    return Document(f"{number:016x}", f"papers/{number}.txt", title, f"{title}.", "en")


@pytest.fixture(scope="module")
def article() -> TestClient:
    return TestClient(app.create_app(FakeAssistant(), Settings()))


@pytest.fixture(scope="module")
def many() -> TestClient:
    named = ["L'Été à Genève", "<b>Bold</b> & co", *(f"Report {n}" for n in range(2, MANY))]
    made = [document(number, title) for number, title in enumerate(named)]
    index = index_of(*((each, [f"{each.title}."]) for each in made))
    return TestClient(app.create_app(FakeAssistant(index=index), Settings()))


def links(page: str) -> list[str]:
    listed = page[page.index("shelf-list") :] if "shelf-list" in page else ""
    return [unescape(t) for t in re.findall(r'<li><a class="document"[^>]*>(.*?)</a>', listed)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Les sources", "français", "13 janvier 2012", "Indexé le", "2 janvier 2026"]),
        ("en", ["The sources", "French", "13 January 2012", "Indexed on", "2 January 2026"]),
    ],
)
def test_each_source_is_told_with_date_language_and_size(
    article: TestClient, language: str, said: list[str]
) -> None:
    page = article.get("/sources", headers={"accept-language": language}).text
    index = FakeAssistant().index
    assert f'<html lang="{language}">' in page
    for text in [*said, "article.txt", "fake", f"{len(index.sentences)} "]:
        assert text in page
    (title,) = links(page)
    assert title == index.documents[0].title
    assert article.get("/" + re.findall(r'href="(source/\w+)"', page)[0]).status_code == 200


def test_thousands_are_paged_and_none_is_left_out(many: TestClient) -> None:
    found: list[str] = []
    page, pages = many.get("/sources?lang=en").text, 1
    assert "1,234" in page
    while (following := re.search(r'href="([^"]*)">Next page', page)) is not None:
        found += links(page)
        page, pages = many.get(unescape(following[1])).text, pages + 1
    found += links(page)
    assert len(found) == len(set(found)) == MANY
    assert pages == 25


@pytest.mark.parametrize(("language", "said"), [("fr", "1\u202f234"), ("en", "1,234")])
def test_thousands_are_set_apart_on_the_page_about_it(
    many: TestClient, language: str, said: str
) -> None:
    page = many.get("/about", params={"lang": language}).text
    about = texts(language)["about_counted"].format(documents=said, sentences=said)
    assert about in unescape(page)


@pytest.mark.parametrize("number", ["0", "-1", "999999", "x", "", "٣", "9" * 50, "<b>"])
def test_a_page_that_is_not_there_shows_one_that_is(many: TestClient, number: str) -> None:
    page = many.get("/sources", params={"page": number})
    assert page.status_code == 200
    assert links(page.text)


@pytest.mark.parametrize(
    ("query", "count"),
    [("ete geneve", 1), ("GENÈVE été", 1), ("papers/77.txt", 1), ("report 123", 6), ("none", 0)],
)
def test_a_title_is_found_whatever_its_case_and_accents(
    many: TestClient, query: str, count: int
) -> None:
    page = many.get("/sources", params={"q": query, "lang": "en"}).text
    assert len(links(page)) == count
    assert f"Found: {count}" in page
    assert f'value="{query}"' in page


def test_what_is_looked_for_goes_along_to_the_next_page(many: TestClient) -> None:
    page = many.get("/sources", params={"q": "report", "lang": "en"}).text
    following = unescape(re.findall(r'href="([^"]*)">Next page', page)[0])
    assert "q=report" in following and "page=2" in following
    assert len(links(many.get(following).text)) == 50


def test_hostile_titles_and_queries_are_shown_and_not_run(many: TestClient) -> None:
    page = many.get("/sources", params={"q": '"><script>bad()</script>'}).text
    assert "<script" not in page
    page = many.get("/sources", params={"q": "bold"}).text
    assert "<b>" not in page and "&lt;b&gt;Bold&lt;/b&gt; &amp; co" in page


@pytest.mark.parametrize("path", ["/about", "/ask", "/sources"])
def test_no_page_lists_thousands_at_once(many: TestClient, path: str) -> None:
    page = many.get(path).text
    assert page.count('href="source/') <= 50
    assert 'href="sources' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_of_the_chat_leads_there(article: TestClient, language: str) -> None:
    page = article.get("/", params={"lang": language}).text
    assert 'href=\\"sources\\"' in page or 'href="sources"' in page
    assert texts(language)["sources"] in page


def test_while_it_starts_the_failure_is_told(article: TestClient) -> None:
    broken = FakeAssistant(state="failed", failure=ModelNotFetched("/m.gguf is not there."))
    page = TestClient(app.create_app(broken, Settings())).get("/sources")
    assert page.status_code == 503
    assert escape(texts("fr")["problem_fetch"]) in page.text
    assert "m.gguf" not in page.text
