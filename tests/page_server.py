"""The page's server in a process of its own, so that its time and memory are its own."""

import json
import multiprocessing
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import httpx

from index import Document
from tests.browser import served
from tests.fake_assistant import FakeAssistant, Script, article_index, index_of

QUESTION = "Combien ?"

_GRADIO = "/fr/gradio_api"


def answering(sentences: int) -> FakeAssistant:
    """Cites the article; beside it, where ``sentences`` are given, a second source's end, start."""
    article = article_index()
    (document,) = article.documents
    sources = [(document, [sentence.text for sentence in article.sentences])]
    said, rows = "135 millions [1].", [9]
    if sentences:
        kept = [f"La phrase {n} dit ce que la {n - 1} ne dit pas." for n in range(sentences)]
        long = Document("ffeeddccbbaa9988", "long.txt", "Long", "\n\n".join(kept), "fr")
        sources.append((long, kept))
        rows += [len(article.sentences) + at for at in (sentences - 3, 2)]
        said += " La fin [2]. Le début [3]."
    return FakeAssistant(index_of(*sources), {QUESTION: Script((said,), tuple(rows))})


def serve(told: Connection, sentences: int) -> None:
    with served(answering(sentences)) as address, suppress(EOFError):
        told.send(address)
        told.recv()  # nothing: it ends when the other end is closed


@contextmanager
def apart(sentences: int = 0) -> Iterator[tuple[str, int]]:
    """A server in a process of its own; its address and the number of the process."""
    # Spawned, for a fork would take the browser's connection along.
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=serve, args=(theirs, sentences))
    process.start()
    theirs.close()
    try:
        assert process.pid is not None
        yield ours.recv(), process.pid
    finally:
        ours.close()
        process.join(60)


def session(client: httpx.Client) -> None:
    """Open the page as Gradio's frontend does, ask one question, and leave."""
    found = re.search(r"window\.gradio_config = (\{.*?\});\s*</script>", client.get("/").text, re.S)
    assert found is not None
    events = {
        kind: event
        for event in json.loads(found[1])["dependencies"]
        for _, kind in event["targets"]
    }
    name = secrets.token_hex(6)
    with client.stream("GET", f"{_GRADIO}/heartbeat/{name}"):
        for kind, said in (("load", []), ("submit", [QUESTION])):
            # Of the other inputs a new reader has none.
            data = said + [None] * (len(events[kind]["inputs"]) - len(said))
            event = {"fn_index": events[kind]["id"], "data": data, "session_hash": name}
            client.post(f"{_GRADIO}/queue/join", json=event).raise_for_status()
            told = client.get(f"{_GRADIO}/queue/data", params={"session_hash": name}).text
            assert '"success":true' in told
    assert "135 millions" in told


def resident(process: int) -> float:
    """MB that it holds in memory."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) * 1024 / 1e6
