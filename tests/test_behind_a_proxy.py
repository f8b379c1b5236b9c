"""The page below a proxy's path, and what is believed of a proxy."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from lxml import html

import app
from assistant.errors import ConfigurationError
from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant, Script
from web.guard import OPEN, Guard

ROOT = "/assistant"
PROXY = "10.0.0.9"
JOIN = "/fr/gradio_api/queue/join"
PAGES = ["/", "/ask", "/ask?q=Combien+%3F", "/ask?q=Autre+%3F", "/about",
         "/source/00112233445566aa?mark=9", "/source/none"]  # fmt: skip


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant(scripts={"Combien ?": Script(("135 millions [1].",), (9,))})


@pytest.fixture(scope="module")
def application(assistant: FakeAssistant) -> FastAPI:
    settings = Settings(root_path=f"{ROOT}/", forwarded_allow_ips="127.0.0.1, 10.0.0.8/31")
    return app.create_app(assistant, settings)


@pytest.fixture(scope="module")
def client(application: FastAPI) -> Iterator[TestClient]:
    with TestClient(application, "http://wiki.test", client=(PROXY, 1)) as proxy:
        yield proxy


@pytest.mark.parametrize("before", ["", ROOT])
@pytest.mark.parametrize("path", PAGES)
def test_every_address_of_a_page_stays_below_the_proxys_path(
    client: TestClient, path: str, before: str
) -> None:
    page = html.fromstring(client.get(before + path).text)
    seen = f"http://wiki.test{ROOT}{path}"
    base = urljoin(seen, next(iter(page.xpath("//base/@href")), ""))
    found = page.xpath("//@href | //@src | //@action")
    assert found
    assert not [a for a in found if not urljoin(base, a).startswith(f"http://wiki.test{ROOT}/")]
    for address in page.xpath("//link/@href | //script/@src"):
        assert client.get(before + urljoin(base, address).split(ROOT, 1)[1]).status_code == 200


def test_the_frontend_is_told_where_its_server_is(client: TestClient) -> None:
    told = re.search(r'"root":\s*"([^"]*)"', client.get("/?lang=fr").text)
    assert told is not None
    assert told[1] == f"http://wiki.test{ROOT}/fr"
    assert client.get(f"{ROOT}/fr/theme.css").status_code == 200


def test_the_proxys_path_without_a_slash_leads_on(client: TestClient) -> None:
    answer = client.get(f"{ROOT}?q=Combien+%3F", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"{ROOT}/?q=Combien+%3F")
    assert client.get("/elsewhere/ask").status_code == 404
    assert client.get(f"{ROOT}{ROOT}/ask").status_code == 404
    assert client.get(f"{ROOT}/fr/config").status_code == 404


@pytest.mark.parametrize("root", ["/ask", "/fr", "/about"])
def test_a_proxys_path_may_be_named_like_one_of_ours(assistant: FakeAssistant, root: str) -> None:
    other = TestClient(app.create_app(assistant, Settings(root_path=root)))
    for path in ("/", "/ask", "/fr/theme.css", "/source/00112233445566aa"):
        for before in ("", root):
            assert other.get(before + path).status_code == 200, before + path


@pytest.mark.parametrize("root", ["/source", "/assets", "/fr/static"])
def test_a_path_that_cannot_be_told_from_ours_is_refused(root: str) -> None:
    with pytest.raises(ConfigurationError, match=f"ANDROMEDE_ROOT_PATH is {root}"):
        Guard(FastAPI(), root)


def test_a_known_proxy_says_scheme_host_and_reader(client: TestClient) -> None:
    told = {"x-forwarded-proto": "https", "x-forwarded-host": "wiki.example", "host": "inner:7860"}
    page = client.get("/?lang=fr", headers=told)
    assert f"https://wiki.example{ROOT}/fr" in page.text
    cookie = page.headers["set-cookie"]
    assert "; Secure" in cookie and f"; Path={ROOT}/;" in cookie
    for origin, status in (
        ("https://wiki.example", 422),
        ("https://wiki.example:443", 422),
        ("https://inner:7860", 403),
        ("https://wiki.example.evil.test", 403),
        ("https://wiki.example:8443", 403),
        ("null", 403),
        ("https://[", 403),
    ):
        asked = client.post(JOIN, json={}, headers={**told, "origin": origin})
        assert asked.status_code == status, origin
    with_port = {**told, "x-forwarded-host": "spoofed.test, wiki.example:443"}
    asked = client.post(JOIN, json={}, headers={**with_port, "origin": "https://wiki.example"})
    assert asked.status_code == 422


def test_only_who_came_over_https_is_told_to_keep_to_it(
    client: TestClient, application: FastAPI
) -> None:
    told = {"x-forwarded-proto": "https"}
    for path in ("/", "/ask", "/page.js", "/nowhere"):
        (header,) = client.get(path, headers=told).headers.get_list("strict-transport-security")
        assert re.fullmatch(r"max-age=[1-9]\d*", header), path
        assert "strict-transport-security" not in client.get(path).headers, path
    stranger = TestClient(application, "http://wiki.test", client=("10.0.0.7", 1))
    assert "strict-transport-security" not in stranger.get("/ask", headers=told).headers


def test_nobody_else_is_believed(application: FastAPI, assistant: FakeAssistant) -> None:
    told = {"x-forwarded-proto": "https", "x-forwarded-host": "evil.test"}
    for server, address in (
        (application, "10.0.0.7"),
        (app.create_app(assistant, Settings()), "127.0.0.1"),
    ):
        stranger = TestClient(server, "http://wiki.test", client=(address, 1))
        page = stranger.get("/?lang=fr", headers=told)
        assert "evil.test" not in page.text
        assert "Secure" not in page.headers["set-cookie"]
        asked = stranger.post(JOIN, json={}, headers={**told, "origin": "http://evil.test"})
        assert asked.status_code == 403
        # Where TLS ends at a proxy that passes Host on, its pages' requests are still ours.
        asked = stranger.post(JOIN, json={}, headers={"origin": "https://wiki.test"})
        assert asked.status_code == 422


def test_everything_that_can_be_called_is_on_the_list(application: FastAPI) -> None:
    routes = {
        (method, route.path.replace("{identity}", "x"))
        for route in application.routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    assert ("GET", "/readyz") in routes
    listed = [(method, re.compile(path)) for method, path in OPEN]
    for method, path in routes:
        assert any(method == m and pattern.fullmatch(path) for m, pattern in listed), path
