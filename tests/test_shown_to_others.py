"""Probes, login and rate: what a server that others reach lets them do."""

import base64
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Mount

import app
from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant, Script
from web.chat import Chat
from web.health import PROBES
from web.login import FAILURES
from web.rate import MINUTE, SENT, Rate, client_of
from web.runner import AT_ONCE, Runner
from web.texts import LANGUAGES, texts
from web.upload import CHANGES

JOIN = "/fr/gradio_api/queue/join"
PAGES = ["/", "/ask", "/about", "/source/00112233445566aa", "/page.js", "/fr/theme.css"]


def served(**settings: Any) -> TestClient:
    return TestClient(app.create_app(FakeAssistant(), Settings(**settings)))


# --- Probes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "model_failure", "answers"),
    [
        ("ready", None, (200, 200, 200)),
        ("starting", None, (200, 503, 503)),
        ("failed", None, (200, 503, 503)),
        # It still quotes, so that it can answer; but others should be asked first.
        ("ready", "It died.", (200, 200, 503)),
    ],
)
def test_live_healthy_and_ready_differ(
    state: Any, model_failure: str | None, answers: tuple[int, ...]
) -> None:
    assistant = FakeAssistant(state=state, model_failure=model_failure)
    client = TestClient(app.create_app(assistant, Settings()))
    probes = ("/livez", "/healthz", "/readyz")
    assert tuple(client.get(probe).status_code for probe in probes) == answers
    assert "died" not in client.get("/readyz").text


def test_a_full_queue_is_not_ready_and_turns_the_next_question_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate = threading.Event()
    assistant = FakeAssistant(scripts={"Q": Script(("Un.", "Deux."), gate=gate)})
    monkeypatch.setattr(app, "Runner", lambda *given: Runner(*given, waiting=1))
    with TestClient(app.create_app(assistant, Settings(max_question_chars=20))) as client:
        asking = [threading.Thread(target=client.get, args=("/ask?q=Q",)) for _ in range(2)]
        for thread in asking:
            thread.start()
        while client.get("/readyz").status_code == 200:
            pass
        told, healthy = client.get("/readyz").json(), client.get("/healthz").status_code
        # The last two need no model: they are answered all the same.
        questions = ("R", "Hello!", "a" * 21)
        pages = [client.get(f"/ask?q={question}&lang=en").text for question in questions]
        asked = list(assistant.asked)
        gate.set()
        for thread in asking:
            thread.join()
        assert (told, healthy) == ({"status": "full"}, 200)
        assert [texts("en")["crowded"] in page for page in pages] == [True, False, False]
        assert asked == ["Q", "Hello!", "a" * 21]
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("settings", "at_once"),
    [({}, 1), ({"llm_base_url": "https://llm.example/v1", "llm_model": "big"}, AT_ONCE)],
)
def test_the_local_model_is_asked_one_question_at_a_time(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], at_once: int
) -> None:
    given: list[int] = []

    def made(assistant: FakeAssistant, threads: int, longest: int) -> Runner:
        given.append(threads)
        return Runner(assistant, threads, longest)

    monkeypatch.setattr(app, "Runner", made)
    served(**settings)
    assert given == [at_once]


# --- Login -----------------------------------------------------------------------------------

USER, PASSWORD = "Zoé", "pässe:mot"


@pytest.fixture(scope="module")
def guarded() -> TestClient:
    return served(auth_user=USER, auth_password=PASSWORD)


def test_nothing_but_the_probes_is_shown_without_the_password(guarded: TestClient) -> None:
    for path in PAGES:
        refused = guarded.get(path)
        assert refused.status_code == 401, path
        assert refused.headers["www-authenticate"].startswith("Basic realm=")
        assert refused.text.strip() in {texts("en")["login"], texts("fr")["login"]}
        assert refused.headers["x-content-type-options"] == "nosniff"
    assert guarded.post(JOIN, json={}).status_code == 401
    for language in LANGUAGES:
        refused = guarded.get("/", headers={"accept-language": language})
        assert refused.text.strip() == texts(language)["login"]
    for probe in PROBES:
        assert guarded.get(probe).status_code == 200, probe


def test_the_right_password_shows_everything(guarded: TestClient) -> None:
    for path in PAGES:
        assert guarded.get(path, auth=(USER, PASSWORD)).status_code == 200, path


@pytest.mark.parametrize(
    "header",
    ["", "Basic", "Basic %%%", "Basic é", "Bearer x", "Basic Og==", "Digest username=x",
     "Basic " + base64.b64encode(f"{USER}:{PASSWORD} ".encode()).decode(),
     "Basic " + base64.b64encode(f"{USER}".encode()).decode()],
)  # fmt: skip
def test_rubbish_is_no_password(header: str) -> None:
    client = served(auth_user=USER, auth_password=PASSWORD)
    assert client.get("/ask", headers={"authorization": header.encode()}).status_code == 401


def test_who_guesses_has_to_wait() -> None:
    client = served(auth_user=USER, auth_password=PASSWORD)
    for _ in range(FAILURES):
        assert client.get("/").status_code == 401
        assert client.get("/", auth=(USER, "guess")).status_code == 401
    slowed = client.get("/", auth=(USER, PASSWORD))
    assert slowed.status_code == 429
    assert 0 < int(slowed.headers["retry-after"]) <= MINUTE
    assert slowed.headers["retry-after"] in slowed.text
    other = TestClient(client.app, client=("10.0.0.1", 1))
    assert other.get("/", auth=(USER, PASSWORD)).status_code == 200


# --- Rate ------------------------------------------------------------------------------------


class Clock:
    """Seconds that a test moves on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_within_any_minute_and_no_more() -> None:
    clock = Clock()
    rate = Rate(2, clock=clock)
    for clock.now in (0.0, 30.0):
        assert rate.wait("a") == 0
        rate.count("a")
    assert (rate.wait("a"), rate.wait("b")) == (30, 0)
    clock.now = 59.5
    assert rate.wait("a") == 1
    clock.now = 60.0
    assert rate.wait("a") == 0
    rate.count("a")
    assert rate.wait("a") == 30


def test_no_limit_holds_nobody_and_memory_is_bounded() -> None:
    endless, small = Rate(0), Rate(1, capacity=2)
    for client in ("a", "b", "c"):
        endless.count(client)
        small.count(client)
    assert endless.wait("c") == 0
    assert small.wait("a") == 0
    assert small.wait("b") > 0 and small.wait("c") > 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("testclient", "testclient", True),
    ],
)
def test_a_reader_is_an_address_or_an_ipv6_network(one: str, other: str, same: bool) -> None:
    assert (client_of({"client": (one, 1)}) == client_of({"client": (other, 2)})) is same


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, set[int]]]:
    """Numbers of the chat page's events: those that ask nothing, and all."""
    found: dict[str, set[int]] = {}
    mount = Chat.mount

    def mounted(chat: Chat, application: FastAPI) -> frozenset[int]:
        free = mount(chat, application)
        blocks = application.routes[-1].app.get_blocks()  # type: ignore[attr-defined]
        found.update(free=set(free), all=set(blocks.fns))
        found["named"] = {n for n, fn in blocks.fns.items() if fn.name in {"stop", "take", "load"}}
        return free

    monkeypatch.setattr(Chat, "mount", mounted)
    yield found


def test_questions_are_counted_on_the_chat_and_the_plain_page_together(
    events: dict[str, set[int]],
) -> None:
    client = served(rate_limit=2)
    assert events["free"] == events["named"]
    body = {"data": [], "session_hash": "x"}
    for number in sorted(events["free"]):
        for _ in range(3):
            joined = client.post(JOIN, json={**body, "fn_index": number})
            assert joined.status_code != 429
    assert client.get("/ask?q=Combien+%3F").status_code == 200
    asking = min(events["all"] - events["free"])
    assert client.post(JOIN, json={**body, "fn_index": asking}).status_code != 429
    for hidden in (asking, str(min(events["free"])), None, True, 10**6):
        refused = client.post(JOIN, json={**body, "fn_index": hidden})
        assert refused.status_code == 429, hidden
    seconds = refused.headers["retry-after"]
    assert refused.json() == {"detail": texts("fr")["too_many"].format(seconds=seconds)}
    assert client.post(JOIN, content=b"{").status_code == 429
    page = client.get("/ask?q=Combien+%3F&lang=en")
    assert page.status_code == 429 and page.headers["retry-after"]
    assert "Too many questions" in page.text and ">Combien ?</textarea>" in page.text
    brought = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert client.get("/ask?q=Combien+%3F", headers=brought).status_code == 200
    assert client.get("/ask").status_code == 200
    # A proxy that we were not told of could not pass as another reader.
    spoofed = {"x-forwarded-for": "192.0.2.77"}
    assert client.get("/ask?q=Combien+%3F", headers=spoofed).status_code == 429


def test_changes_of_the_sources_and_opinions_are_limited_each_for_itself(tmp_path: Path) -> None:
    client = served(rate_limit=2, upload=True, home=tmp_path)
    rest = {"turn": "0" * 32, "useful": True}
    form = {"content-type": "multipart/form-data"}  # not a whole one: it changes nothing

    def sent(path: str) -> int:
        how: dict[str, Any] = {"json": rest} if path == "/feedback" else {"headers": form}
        return client.post(path, **how).status_code

    # More than the questions that may be asked: who rates one answer after the other need not wait.
    assert {sent("/feedback") for _ in range(SENT)} == {404}
    assert sent("/feedback") == 429
    assert {sent(path) for _ in range(SENT // 2) for path in CHANGES} == {400}
    assert {sent(path) for path in CHANGES} == {429}
    refused = client.post("/sources", headers={"accept-language": "en"})
    seconds = refused.headers["retry-after"]
    told = texts("en")["too_much_sent"].format(seconds=seconds)
    assert refused.text.strip() == told
    page = client.post("/sources", headers={"accept-language": "en", "accept": "text/html"})
    assert told in page.text and '<html lang="en">' in page.text
    assert client.get("/ask?q=Combien+%3F").status_code == 200
    free = served(upload=True, home=tmp_path)
    assert {free.post("/feedback", json=rest).status_code for _ in range(SENT + 1)} == {404}


def test_open_pages_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.chat.TABS", 3)
    application = app.create_app(FakeAssistant(), Settings())
    holders = [r.app.state_holder for r in application.routes if isinstance(r, Mount)]
    assert len(holders) == len(LANGUAGES)
    for holder in holders:
        for number in range(5):
            assert holder[f"tab {number}"]
        assert list(holder.session_data) == ["tab 2", "tab 3", "tab 4"]


def test_without_a_limit_every_question_is_asked() -> None:
    client = served()
    assert {client.get("/ask?q=Combien+%3F").status_code for _ in range(5)} == {200}
