"""No reader is shown another's conversation, whatever key is sent in place of their own."""

import json
import re
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from tests.browser import BROWSER, served
from tests.fake_assistant import FakeAssistant, Script
from tests.waiting import until
from web import sessions

pytestmark = BROWSER[1:]  # no browser is needed

MINE, ANSWER = "Ma question à moi ?", "Rien que pour moi [1]."
SLOW = "Ma question qui dure ?"
_GRADIO = "/fr/gradio_api"


class Reader:
    """A browser tab, as the server sees it."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.name = secrets.token_hex(6)
        page = self.client.get("/").text
        found = re.search(r"window\.gradio_config = (\{.*?\});\s*</script>", page, re.S)
        assert found is not None
        # By how much each is sent: the question first and the key last.
        kinds = {5: "ask", 3: "take", 1: "stop", 0: "load"}
        self.events = {
            kinds[len(event["inputs"])]: event["id"]
            for event in json.loads(found[1])["dependencies"]
        }
        self.send("load")

    def begin(self, kind: str, *said: object) -> None:
        """Send an event, and do not wait for what it does."""
        event = {"fn_index": self.events[kind], "data": said, "session_hash": self.name}
        self.client.post(f"{_GRADIO}/queue/join", json=event).raise_for_status()

    def told(self) -> str:
        """All that comes of what was sent."""
        told = self.client.get(f"{_GRADIO}/queue/data", params={"session_hash": self.name}).text
        assert '"success":true' in told
        return told

    def send(self, kind: str, *said: object) -> str:
        """Send an event; what comes of it."""
        self.begin(kind, *said)
        return self.told()

    def ask(self, question: str, key: str | None = None, edited: str = "") -> str:
        """Ask, as the page does."""
        return self.send("ask", question, "", 0, edited, key)


@dataclass
class Server:
    """The page, and the keys that it gave, the oldest first."""

    client: httpx.Client
    assistant: FakeAssistant
    keys: list[str]

    def reader(self) -> Reader:
        """One more reader."""
        return Reader(self.client)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    keys: list[str] = []
    new_key = sessions.new_key

    def known() -> str:
        keys.append(new_key())
        return keys[-1]

    monkeypatch.setattr("web.chat.new_key", known)
    slow = Script(("Un [1].", ANSWER), (9,), gate=threading.Event())
    assistant = FakeAssistant(scripts={MINE: Script((ANSWER,), (9,)), SLOW: slow})
    french = {"accept-language": "fr"}
    with (
        served(assistant) as address,
        httpx.Client(base_url=address, headers=french, timeout=30) as client,
    ):
        yield Server(client, assistant, keys)


def private(text: str) -> list[str]:
    """What is there of the owner's questions and answers."""
    return [one for one in ("Ma question", "Rien que pour moi") if one in text]


@pytest.mark.parametrize("invented", [False, True])
def test_a_foreign_key_shows_nothing_of_its_conversation(server: Server, invented: bool) -> None:
    owner = server.reader()
    told = owner.ask(MINE)
    assert private(told)
    key = server.keys[-1]
    (turn,) = set(re.findall(r'data-turn=\\"(\w+)\\"', told))
    sent = "0" * len(key) if invented else key
    asked: dict[str, tuple[object, ...]] = {
        "stop": (sent,),
        "take": ("[]", 0, sent),
        "ask": ("Autre ?", "", 0, turn, sent),
    }
    for kind, said in asked.items():
        stranger = server.reader()
        assert private(stranger.send(kind, *said)) == []
        assert private(stranger.ask("Et puis ?", sent)) == []
    # Nor was the turn taken back that a stranger named: it stands above the next one.
    assert "Ma question" in owner.ask("Autre ?")


def test_a_foreign_key_stops_nobodys_answer(server: Server) -> None:
    owner = server.reader()
    owner.begin("ask", SLOW, "", 0, "", None)
    until(lambda: SLOW in server.assistant.asked)
    key = server.keys[-1]
    events: dict[str, tuple[object, ...]] = {"take": ("[]", 0, key), "stop": (key,)}
    for kind, said in events.items():
        assert private(server.reader().send(kind, *said)) == []
    assert server.assistant.stopped == []
    gate = server.assistant.scripts[SLOW].gate
    assert gate is not None
    gate.set()
    assert "Rien que pour moi" in owner.told()
