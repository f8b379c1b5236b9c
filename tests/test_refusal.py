"""What is not answered is told to a reader by a page in their language, to a script by a line."""

from collections.abc import Mapping
from html import unescape
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient
from lxml import html

import app
from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant
from web.host import AtHome
from web.texts import LANGUAGES, Language, texts

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ELSEWHERE = {"origin": "http://evil.test"}
LOGIN: dict[str, object] = {"auth_user": "zoé", "auth_password": "pässe"}


def client(**changes: object) -> TestClient:
    return TestClient(app.create_app(FakeAssistant(), Settings(**changes)))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "key"),
    [
        ("GET", "/nowhere", {}, 404, "closed"),
        ("GET", "/nowhere/at/all", {}, 404, "closed"),
        ("GET", "/about", ELSEWHERE, 403, "refused"),
        ("POST", "/feedback", {"content-length": "9999999"}, 413, "refused_size"),
    ],
)
def test_a_reader_gets_a_page_and_a_script_a_line(
    method: str,
    path: str,
    headers: Mapping[str, str],
    status: int,
    key: str,
    language: Language,
) -> None:
    server, text = client(), texts(language)[key]
    sent = {**headers, "accept-language": language}
    line = server.request(method, path, headers=sent)
    page = server.request(method, path, headers={**sent, "accept": BROWSER})
    assert line.status_code == page.status_code == status
    assert (line.headers["content-type"], line.text) == ("text/plain; charset=utf-8", f"{text}\n")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}">' in page.text and text in unescape(page.text)
    assert page.headers["cache-control"] == line.headers["cache-control"] == "no-store"
    # Each leads back, however deep its address lies.
    found = html.fromstring(page.text)
    (sheet,) = found.xpath("//link[@rel='stylesheet']/@href")
    assert urljoin(path, sheet) == "/page.css"
    assert urljoin(path, found.xpath("//p[@class='crumbs']/a/@href")[0]) == "/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_nothing_else_is_open_to_is_sent_for_nothing_else(language: Language) -> None:
    server = client(**LOGIN)
    sent = {"accept-language": language, "accept": BROWSER}
    page = server.get("/", headers=sent)
    assert page.status_code == 401
    assert page.headers["www-authenticate"].startswith("Basic realm=")
    at_home = TestClient(AtHome(server.app), "http://evil.test").get("/", headers=sent)
    for answer, key in ((page, "login"), (at_home, "refused")):
        assert texts(language)[key] in unescape(answer.text)
        assert f'<html lang="{language}">' in answer.text
        assert html.fromstring(answer.text).xpath("//@href | //@src") == []


def test_a_form_that_is_none_is_told_on_a_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    server = client(upload=True, home=tmp_path_factory.mktemp("home"))
    sent = {"accept": BROWSER, "accept-language": "en", "content-type": "multipart/form-data"}
    page = server.post("/sources", content=b"nothing", headers=sent)
    assert page.status_code == 400
    assert texts("en")["refused_form"] in unescape(page.text)
    assert '<html lang="en">' in page.text
