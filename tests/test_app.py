"""The application over HTTP: routes, headers, languages, refusals."""

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

import app
from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant, Script
from web.texts import LANGUAGES, Language, texts

ADDRESS = "source/00112233445566aa"
SOURCE = f"/{ADDRESS}"
HOSTILE = "<script>alert(1)</script> ${alert(2)} <img src=http://e.test/x> ![x](http://e.test) [1]"


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant(
        scripts={
            "Combien ?": Script(("135 millions [1].",), (9,)),
            HOSTILE: Script((HOSTILE,), (9,)),
        }
    )


@pytest.fixture(scope="module")
def client(assistant: FakeAssistant) -> TestClient:
    return TestClient(app.create_app(assistant, Settings()))


def test_health_says_whether_it_can_answer(assistant: FakeAssistant, client: TestClient) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (
        200,
        {"status": "ready"},
    )
    assistant.state = "starting"
    try:
        assert client.get("/healthz").status_code == 503
        assert client.get("/healthz").json() == {"status": "starting"}
        assert client.get("/").status_code == 200
    finally:
        assistant.state = "ready"


@pytest.mark.parametrize(("language", "word"), [("fr", "Envoyer"), ("en", "Send")])
def test_the_page_is_in_the_readers_language(client: TestClient, language: str, word: str) -> None:
    answer = client.get("/", headers={"accept-language": language})
    assert answer.headers["content-language"] == language
    assert f'lang="{language}"' in answer.text
    assert word in answer.text
    assert '<noscript><p class="noscript">' in answer.text
    assert f"ask?lang={language}" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_chosen_language_is_remembered(assistant: FakeAssistant) -> None:
    with TestClient(app.create_app(assistant, Settings())) as fresh:
        assert 'lang="en"' in fresh.get("/?lang=en", headers={"accept-language": "fr"}).text
        assert 'lang="en"' in fresh.get("/", headers={"accept-language": "fr"}).text


def test_a_form_that_was_sent_chooses_no_language(assistant: FakeAssistant) -> None:
    with TestClient(app.create_app(assistant, Settings())) as fresh:
        assert "set-cookie" not in fresh.get("/ask?lang=en&q=Combien+%3F").headers
        assert "set-cookie" in fresh.get("/?lang=en&q=Combien+%3F").headers


@pytest.mark.parametrize("path", ["/", "/ask", "/about", "/sources", SOURCE, "/source/none"])
def test_a_language_chosen_on_any_page_is_remembered(assistant: FakeAssistant, path: str) -> None:
    with TestClient(app.create_app(assistant, Settings())) as fresh:
        french = {"accept-language": "fr"}
        assert "set-cookie" not in fresh.get(path, headers=french).headers
        assert "set-cookie" not in fresh.get("/page.css?lang=en").headers
        assert fresh.get(f"{path}?lang=en", headers=french).headers["content-language"] == "en"
        for other in (path, "/about"):
            assert fresh.get(other, headers=french).headers["content-language"] == "en"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/ask", {}),
        ("/ask?q=Combien+%3F&lang=fr", {"q": "Combien ?"}),
        ("/ask?q=%22%3E%3Cb%3E%26x%3D1", {"q": '"><b>&x=1'}),
        (SOURCE, {}),
        (f"{SOURCE}?mark=9", {"mark": "9"}),
        ("/source/none", {}),
    ],
)
def test_a_plain_page_changes_its_language_in_place(
    client: TestClient, path: str, kept: dict[str, str]
) -> None:
    page = client.get(path, headers={"accept-language": "fr"}).text
    (link,) = html.fromstring(page).xpath("//nav[@class='languages']/a[@lang='en']/@href")
    address = urlsplit(urljoin(path, link))
    assert address.path == urlsplit(path).path
    assert dict(parse_qsl(address.query)) == {"lang": "en", **kept}


def test_the_page_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    tags = re.findall(r"<(?:link|script|img|meta|iframe)\b[^>]*>", page)
    assert not [tag for tag in tags if "//" in tag]


@pytest.mark.parametrize("path", ["/page.js", "/page.css", "/icon.svg"])
def test_a_file_that_the_browser_has_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    for known in (tag, f'W/{tag}, "other"'):
        again = client.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    older = client.get(path, headers={"if-none-match": '"other"'})
    assert (older.status_code, older.content) == (200, first.content)


@pytest.mark.parametrize("path", ["/", "/ask", SOURCE, "/healthz", "/nowhere", "/page.js"])
def test_every_answer_carries_the_safe_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-andromede"] == "1"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    if path != "/":
        assert "script-src" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'")


def test_inline_runs_what_gradio_came_with_and_nothing_else(client: TestClient) -> None:
    for language in ("fr", "en"):
        answer = client.get(f"/?lang={language}")
        policy = answer.headers["content-security-policy"]
        scripts = policy.split("script-src ")[1].split(";")[0].split()
        inline = re.findall(r"<script\b[^>]*>(.*?)</script>", answer.text, re.DOTALL)
        digests = [b64encode(sha256(text.encode()).digest()).decode() for text in inline if text]
        assert len(digests) > 3
        assert set(scripts) == {"'self'", "'unsafe-eval'", *(f"'sha256-{d}'" for d in digests)}
        assert "unsafe-inline" not in policy


@pytest.mark.parametrize("path", ["/ask?q=Combien+%3F", SOURCE, "/about", "/sources", "/source/0"])
def test_our_own_pages_have_nothing_inline_and_their_policy_allows_none(
    client: TestClient, path: str
) -> None:
    answer = client.get(path)
    assert not re.search(r"<(?:style|script(?! src))|<[^>]+\s(?:style|on\w+)=", answer.text)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "sha256" not in answer.headers["content-security-policy"]


def test_a_refusal_in_the_pages_place_has_a_policy(client: TestClient) -> None:
    refused = client.get("/", headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403
    assert refused.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_source_shows_the_article_with_the_sentence_marked(
    assistant: FakeAssistant, client: TestClient
) -> None:
    page = client.get(f"{SOURCE}?mark=9").text
    assert re.findall("<mark>(.*?)</mark>", page) == [
        assistant.index.sentences[9].text.replace("'", "&#x27;")
    ]
    assert "<script" not in page
    for mark in ("", "999", "x", "-1", "٣", "<b>"):
        other = client.get(SOURCE, params={"mark": mark})
        assert (other.status_code, "<mark>" in other.text) == (200, False)
    assert client.get("/source/ffffffffffffffff").status_code == 404


def test_the_plain_page_answers_without_javascript(client: TestClient) -> None:
    assert "<form" in client.get("/ask").text
    page = client.get("/ask", params={"q": "Combien ?"}).text
    assert f'href="{ADDRESS}?mark=9#s9"' in page
    assert "<script" not in page
    assert 'class="abstention"' in client.get("/ask", params={"q": "Autre ?"}).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_question_is_told_on_the_plain_page(client: TestClient, language: Language) -> None:
    said = texts(language)["question_empty"]
    pages = [client.get("/ask", params={"lang": language} | q).text for q in ({"q": " \n"}, {})]
    assert [said in unescape(page) for page in pages] == [True, False]


def test_hostile_text_is_shown_and_not_run(client: TestClient) -> None:
    page = client.get("/ask", params={"q": HOSTILE}).text
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.test"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
    ],
)
def test_other_sites_are_refused(
    assistant: FakeAssistant, client: TestClient, headers: dict[str, str]
) -> None:
    asked = len(assistant.asked)
    assert client.get("/ask", params={"q": "Combien ?"}, headers=headers).status_code == 403
    assert client.post("/fr/gradio_api/queue/join", json={}, headers=headers).status_code == 403
    assert len(assistant.asked) == asked


def test_the_page_about_it_tells_where_questions_go(assistant: FakeAssistant) -> None:
    remote = Settings(llm_base_url="https://llm.example/v1", llm_model="big", feedback=False)
    local, sent = (
        TestClient(app.create_app(assistant, settings)).get("/about?lang=en").text
        for settings in (Settings(), remote)
    )
    assert "nothing is sent elsewhere" in local
    assert "your opinion is kept on this server" in local
    assert "are sent to the service llm.example" in sent
    assert "nothing is sent elsewhere" not in sent
    assert "your opinion" not in sent
    assert f'href="{ADDRESS}"' in local
    assert '<a href="about?lang=fr"' in local


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_about_it_names_every_model_with_its_licence(
    assistant: FakeAssistant, language: str
) -> None:
    def told(**changes: Any) -> str:
        served = TestClient(app.create_app(assistant, Settings(**changes)))
        return served.get(f"/about?lang={language}").text

    shipped = told()
    for model, licence in (
        ("qwen2.5-coder-1.5b-instruct-q4_k_m", "Apache-2.0"),
        ("judge-qwen2.5-coder-1.5b", "Apache-2.0"),
        ("reader-qwen2.5-coder-1.5b", "Apache-2.0"),
        ("multilingual-e5-small-q4", "MIT"),
    ):
        assert f"{model} (licence {licence})" in shipped
    assert "reader-" not in told(local_model="qwen2.5-coder-0.5b-instruct-q4_k_m")
    remote = told(llm_base_url="https://llm.example/v1", llm_model="big")
    assert "reader-" not in remote
    assert "multilingual-e5-small-q4" in remote
    other = told(embedding_model="me/other")
    assert "me/other" in other
    assert "e5-small" not in other


def test_a_link_from_elsewhere_may_be_followed(client: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client.get("/", headers=headers).status_code == 200


def test_a_link_from_elsewhere_brings_a_question_and_does_not_ask_it(
    assistant: FakeAssistant, client: TestClient
) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    asked = len(assistant.asked)
    page = client.get("/ask", params={"q": "Combien ?"}, headers=headers)
    assert page.status_code == 200
    assert ">Combien ?</textarea>" in page.text
    assert 'class="turn' not in page.text
    assert len(assistant.asked) == asked


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("GET", "/config"),
        ("GET", "/fr/config"),
        ("GET", "/fr/gradio_api/info"),
        ("GET", "/fr/gradio_api/openapi.json"),
        ("GET", "/fr/gradio_api/file=/etc/hostname"),
        ("GET", "/fr/gradio_api/proxy=http://e.test/"),
        ("GET", "/fr/gradio_api/runs"),
        ("GET", "/fr/monitoring"),
        ("GET", "/assets/../app.py"),
        ("POST", "/fr/gradio_api/upload"),
        ("POST", "/fr/gradio_api/run/predict"),
        ("POST", "/fr/gradio_api/call/ask"),
        ("POST", "/fr/gradio_api/vibe-edit"),
        ("POST", "/fr/gradio_api/component_server"),
        ("DELETE", "/"),
    ],
)
def test_what_the_page_does_not_use_is_closed(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 404


@pytest.mark.parametrize("path", ["/livez", "/healthz", "/readyz", "/sources", "/about"])
def test_head_is_answered_as_get(client: TestClient, path: str) -> None:
    assert client.head(path).status_code == client.get(path).status_code == 200


def test_a_body_in_chunks_is_refused_whatever_length_it_names(client: TestClient) -> None:
    headers = {"Content-Length": "2", "Transfer-Encoding": "chunked"}
    assert client.post("/feedback", content=b"{}", headers=headers).status_code == 413


def test_a_huge_request_is_refused_unread(client: TestClient) -> None:
    body = b"x" * 1_000_001
    assert client.post("/fr/gradio_api/queue/join", content=body).status_code == 413


def test_a_port_in_use_is_told_in_one_line(assistant: FakeAssistant) -> None:
    with app._listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(app.ConfigurationError, match=f"Cannot listen on 127.0.0.1 port {port}"):
            app.serve(assistant, Settings(port=port))
        assert f"http://127.0.0.1:{port}" in app._announcement(taken)


@pytest.mark.parametrize(
    ("host", "login", "warned"),
    [("127.0.0.1", {}, False), ("0.0.0.0", {}, True),
     ("0.0.0.0", {"auth_user": "zoe", "auth_password": "secret"}, False)],
)  # fmt: skip
def test_an_open_door_is_told_in_one_line(
    assistant: FakeAssistant,
    host: str,
    login: dict[str, str],
    warned: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("uvicorn.Server.run", lambda server, sockets: None)
    with app._listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    app.serve(assistant, Settings(host=host, port=port, **login))  # type: ignore[arg-type]
    said = capsys.readouterr().err.splitlines()
    assert len(said) == warned
    assert all("ANDROMEDE_AUTH_PASSWORD" in line and "secret" not in line for line in said)
