"""An error that nobody foresaw is told in the reader's language, and its details to the log."""

from html import unescape
from urllib.parse import urljoin

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html
from starlette.types import Receive, Scope, Send

import app
from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant
from web.guard import OURS
from web.texts import LANGUAGES, Language, texts
from web.unforeseen import Unforeseen

SECRET = "/home/x: a secret"


def broken(*_: object, **__: object) -> None:
    raise RuntimeError(SECRET)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    made = TestClient(app.create_app(FakeAssistant(), Settings()))
    for place in ("app.about_page", "app.source_page", "web.front.dress", "web.health._told"):
        monkeypatch.setattr(place, broken)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/about", "/source/00112233445566aa"])
def test_a_page_says_what_to_do_and_the_log_what_it_was(
    client: TestClient, path: str, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"accept-language": language}
    line = client.get(path, headers=headers)
    answer = client.get(path, headers={**headers, "accept": "text/html"})
    assert answer.status_code == line.status_code == 500
    assert line.text == f"{texts(language)['unforeseen']}\n"
    assert texts(language)["unforeseen"] in unescape(answer.text)
    assert f'<html lang="{language}">' in answer.text
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert SECRET in caplog.text and path in caplog.text
    (sheet,) = html.fromstring(answer.text).xpath("//link[@rel='stylesheet']/@href")
    assert urljoin(path, sheet) == "/page.css"
    whole = client.get("/ask").headers
    kept = [OURS, "x-content-type-options", "referrer-policy", "content-security-policy",
            "x-frame-options", "cache-control"]  # fmt: skip
    assert [answer.headers[name] for name in kept] == [whole[name] for name in kept]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_reads_data_is_answered_with_data(client: TestClient, language: Language) -> None:
    answer = client.get("/healthz", headers={"accept-language": language})
    assert answer.status_code == 500
    assert answer.json() == {"detail": texts(language)["unforeseen"]}


def test_an_application_that_answers_by_itself_that_it_failed_is_not_heard() -> None:
    """As Gradio's does, within ours."""
    inner = FastAPI()
    inner.get("/fr/gradio_api/heartbeat")(lambda: broken())
    answer = TestClient(Unforeseen(inner)).get("/fr/gradio_api/heartbeat")
    assert (answer.status_code, answer.json()) == (500, {"detail": texts("fr")["unforeseen"]})


def test_an_answer_that_breaks_off_is_not_taken_for_a_whole_one() -> None:
    async def breaks(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        broken()

    with pytest.raises(RuntimeError):
        TestClient(Unforeseen(breaks)).get("/")
