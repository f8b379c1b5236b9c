"""A page on this machine alone answers to this machine's names, and to no other site's."""

from collections.abc import Callable
from typing import Any

import pytest
from fake_assistant import FakeAssistant
from starlette.testclient import TestClient

import app
from assistant.settings import Settings
from web.host import at_home


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:7860", "localhost:7860", "LOCALHOST", "[::1]:7860", "a.localhost"],
)
def test_names_of_this_machine(host: str) -> None:
    assert at_home(host)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "evil.example:7860", "localhost.evil.example", "127.0.0.1.evil.example",
     "10.0.0.1", "[::1", "notlocalhost", "localhost@evil.example", ":7860"],
)  # fmt: skip
def test_names_of_others(host: str) -> None:
    assert not at_home(host)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """What would be served with some settings."""
    kept: list[Any] = []
    monkeypatch.setattr("uvicorn.Server.run", lambda server, sockets: kept.append(server.config))

    def serve(**settings: Any) -> Any:
        with app._listen("127.0.0.1", 0) as free:
            port = free.getsockname()[1]
        app.serve(FakeAssistant(), Settings(port=port, **settings))
        return kept[-1].app

    return serve


def test_another_sites_name_is_refused_though_it_points_here(served: Callable[..., Any]) -> None:
    client = TestClient(served(), headers={"accept-language": "en"})
    rebound = {"host": "evil.example", "origin": "http://evil.example"}
    answer = client.get("/about", headers=rebound)
    assert answer.status_code == 403 and "another site" in answer.text
    assert client.get("/about", headers={"host": "127.0.0.1:7860"}).status_code == 200


@pytest.mark.parametrize(
    "settings",
    [{"forwarded_allow_ips": "127.0.0.1"}, {"auth_user": "zoe", "auth_password": "secret"},
     {"host": "0.0.0.0"}],
)  # fmt: skip
def test_behind_a_proxy_or_a_login_any_name_does(
    served: Callable[..., Any], settings: dict[str, str]
) -> None:
    client = TestClient(served(**settings))
    assert client.get("/livez", headers={"host": "assistant.example"}).status_code == 200
