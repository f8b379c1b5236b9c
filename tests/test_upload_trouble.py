"""What goes wrong while readers add files and take them out: nothing lost, and the reader told."""

import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from small_corpus import ENGLISH
from test_upload import (  # noqa: F401  the fixtures apply here too
    Quick,
    assistant,
    client,
    send,
    settings,
    settled,
    titles,
)

from assistant import Assistant
from assistant.settings import Settings
from index import AndromedeError, Index
from index import store as stored

FERRY = ("ferry.txt", ENGLISH.encode())
OTHER = ("ferry.txt", b"Quite another text goes by that name. It has two sentences.")
BROKEN = [AndromedeError("The disk is full."), FileNotFoundError("gone"), ValueError("a slip")]


def files(settings: Settings) -> list[bytes]:  # noqa: F811
    """What is kept of what readers sent."""
    return [f.read_bytes() for f in (settings.home / "uploads").rglob("*") if f.is_file()]


@pytest.fixture
def ferry(client: TestClient, assistant: Assistant) -> str:  # noqa: F811
    """The id of a document that a reader added."""
    send(client, FERRY)
    settled()
    return assistant.index.documents[1].id


@pytest.mark.parametrize("error", BROKEN, ids=lambda error: type(error).__name__)
def test_what_could_not_be_indexed_is_not_kept_and_is_told(
    assistant: Assistant,  # noqa: F811
    client: TestClient,  # noqa: F811
    settings: Settings,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Index, "add", fail)
    job = str(send(client, FERRY).url)
    settled()
    page = client.get(job).text
    assert "was not added" in page and "could not be changed" in page
    # The reason, and the server's paths, are in its log.
    assert str(error) not in page and str(settings.home) not in page
    assert len(titles(assistant)) == 1
    assert files(settings) == []


def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    client: TestClient,  # noqa: F811
    settings: Settings,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    (settings.home / "uploads").write_text("A file where the folder should be.")
    answer = client.post("/sources", files=[("file", FERRY)])
    assert answer.status_code == 503
    assert (
        answer.text.startswith("The sources could not be changed") and answer.text.count("\n") == 1
    )
    assert str(settings.home) not in answer.text
    assert "cannot be written" in caplog.text


@pytest.mark.parametrize("error", BROKEN, ids=lambda error: type(error).__name__)
def test_what_could_not_be_taken_out_stays(
    client: TestClient,  # noqa: F811
    settings: Settings,  # noqa: F811
    ferry: str,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(stored, "write", fail)
    answer = client.post("/sources/remove", data={"document": ferry})
    settled()
    assert "could not be changed" in client.get(str(answer.url)).text
    assert f'value="{ferry}"' in client.get("/sources").text
    assert files(settings) == [FERRY[1]]


@pytest.mark.parametrize("fails", [False, True])
def test_a_file_sent_under_a_name_that_is_being_taken_out_is_kept(
    client: TestClient,  # noqa: F811
    settings: Settings,  # noqa: F811
    ferry: str,
    monkeypatch: pytest.MonkeyPatch,
    fails: bool,
) -> None:
    write, begun, go_on = stored.write, threading.Event(), threading.Event()

    def slow(*given: object) -> object:
        begun.set()
        assert go_on.wait(60)
        if fails and not done:
            done.append(True)
            raise AndromedeError("The disk is full.")
        return write(*given)  # type: ignore[arg-type]

    done: list[bool] = []
    monkeypatch.setattr(stored, "write", slow)
    client.post("/sources/remove", data={"document": ferry})
    assert begun.wait(60)
    send(client, OTHER)
    # Twice, as nobody sees yet that it is gone.
    again = client.post("/sources/remove", data={"document": ferry})
    go_on.set()
    settled()
    assert 'class="job working"' not in client.get(str(again.url)).text
    kept = [FERRY[1], OTHER[1]] if fails else [OTHER[1]]
    assert sorted(files(settings)) == sorted(kept)
    assert not list(Path(settings.home / "uploads").rglob(".*"))


def test_what_the_operator_took_out_does_not_come_back_with_the_next_file(
    assistant: Assistant,  # noqa: F811
    client: TestClient,  # noqa: F811
    settings: Settings,  # noqa: F811
    ferry: str,
    tmp_path: Path,
) -> None:
    send(client, ("ship.txt", b"The ship is blue. It has two funnels."))
    settled()
    (path,) = (settings.home / "uploads").rglob("ferry.txt")
    Index.remove(tmp_path / "corpus", [path], settings.home, Quick())
    send(client, ("other.txt", b"The other one is red. It has one."))
    settled()
    assert len(titles(assistant)) == 3
    assert ferry not in {document.id for document in assistant.index.documents}


def test_no_more_than_a_few_changes_wait(
    client: TestClient,  # noqa: F811
    settings: Settings,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("web.upload._MOST_UNDER_WAY", 2)
    monkeypatch.setattr(Quick, "gate", threading.Event())
    for name in ("one", "two"):
        send(client, (f"{name}.txt", f"This is {name}. It is short.".encode()))
    refused = client.post("/sources", files=[("file", ("three.txt", b"This is three. Short."))])
    assert refused.status_code == 503
    assert len(files(settings)) == 2
    assert Quick.gate is not None
    Quick.gate.set()
    settled()
    assert "three.txt" not in client.get("/sources").text


@pytest.mark.parametrize("path", ["/sources", "/sources/remove"])
def test_what_is_no_form_is_refused_in_the_readers_language(
    client: TestClient,  # noqa: F811
    path: str,
) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post(path, content=b"--y nonsense", headers=headers)
    assert answer.status_code == 400
    assert answer.text.startswith("Request refused")
