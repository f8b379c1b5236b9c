"""Readers add files and take them out: what is kept, what is refused, what answers use."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import ENGLISH
from uploading import Quick, opened, settings_in

import app
from assistant import Assistant
from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant
from web import added as limits
from web.added import Added, safe_name
from web.sources import Library
from web.upload import MAX_BODY

BOAT = "How much is the new boat meant to cost?"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def assistant(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Assistant]:
    with opened(tmp_path, settings, monkeypatch) as assistant:
        yield assistant


@pytest.fixture
def client(assistant: Assistant, settings: Settings) -> TestClient:
    return TestClient(app.create_app(assistant, settings), headers={"accept-language": "en"})


def send(client: TestClient, *files: tuple[str, bytes]) -> Response:
    """Send files as a form does; the page that it leads to."""
    answer = client.post("/sources", files=[("file", file) for file in files])
    assert answer.status_code == 200
    assert answer.url.path == "/sources"
    return answer


def settled() -> None:
    """Wait for the threads that change the sources."""
    for thread in threading.enumerate():
        if thread.name == "upload":
            thread.join(60)


def cited(assistant: Assistant) -> set[str]:
    """What is quoted of the boat; without a model, the sentence that comes nearest."""
    return {citation.source.title for citation in assistant.ask(BOAT).citations}


def titles(assistant: Assistant) -> list[str]:
    return [document.title for document in assistant.index.documents]


def test_the_running_assistant_answers_from_what_was_added(
    assistant: Assistant, client: TestClient, tmp_path: Path, settings: Settings
) -> None:
    assert cited(assistant) == {"Le barrage de Vernaz sera rehaussé"}
    page = send(client, ("ferry.txt", ENGLISH.encode())).text
    settled()
    assert cited(assistant) == {"The Harwick ferry will run again"}
    assert titles(assistant)[1] == "The Harwick ferry will run again"
    source = client.get(f"/source/{assistant.index.documents[1].id}")
    assert "40 cars" in source.text
    assert "ferry.txt" in page
    with Assistant.open(tmp_path / "corpus", settings) as again:
        assert titles(again) == titles(assistant)


def test_what_is_taken_out_is_no_longer_answered_from_nor_kept(
    assistant: Assistant, client: TestClient, settings: Settings
) -> None:
    send(client, ("ferry.txt", ENGLISH.encode()))
    settled()
    ferry = assistant.index.documents[1].id
    assert f'value="{ferry}"' in client.get("/sources").text
    answer = client.post("/sources/remove", data={"document": ferry})
    assert "ferry.txt" in answer.text
    settled()
    assert len(titles(assistant)) == 1
    assert cited(assistant) == {"Le barrage de Vernaz sera rehaussé"}
    assert client.get(f"/source/{ferry}").status_code == 404
    assert not [file for file in (settings.home / "uploads").rglob("*") if file.is_file()]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.md", b" \n\t ", "is empty"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no readable text"),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "none of the kinds"),
        ("page.html", b"<script>alert(1)</script>", "no readable text"),
        ("passwd", b"root:x:0:0", "none of the kinds"),
        ("large.txt", b"A word. " * 625_001, "larger than 5 MB"),
        ("<img src=x onerror=alert(1)>.svg", b"<svg/>", "none of the kinds"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    assistant: Assistant, client: TestClient, settings: Settings, name: str, data: bytes, why: str
) -> None:
    page = send(client, (name, data)).text
    (line,) = [item for item in page.split("<li>") if "is refused" in item]
    assert why in line
    assert "<img" not in page
    settled()
    assert len(titles(assistant)) == 1
    assert not (settings.home / "uploads").exists()


def test_of_several_files_those_that_can_be_read_are_kept(
    assistant: Assistant, client: TestClient
) -> None:
    files = (("a.txt", b""), ("ferry.txt", ENGLISH.encode()), ("c.exe", b"MZ"))
    page = send(client, *files).text
    assert page.count("is refused") == 2
    settled()
    assert len(titles(assistant)) == 2


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/etc/cron.d/x.md", "x.md"),
        ("...hidden.txt", "hidden.txt"),
        (".txt", "document.txt"),
        ("a\0b\r\nc.txt", "a_b__c.txt"),
        ("\u202egnp.txt", "gnp.txt"),
        ("Été à Genève (2).TXT", "Été à Genève (2).txt"),
        ("东方.md", "东方.md"),
        ('<b>"x"&\'.html', "b__x__'.html"),
        ("x" * 300 + ".txt", "x" * 120 + ".txt"),
        ("é" * 300 + ".txt", "é" * 60 + ".txt"),
    ],
)
def test_a_name_is_made_anew(tmp_path: Path, sent: str, kept: str) -> None:
    assert safe_name(sent) == kept
    folder = tmp_path / "added"
    assert Added(folder).keep(sent, b"A text of some words.").name == kept
    assert [file.name for file in tmp_path.rglob("*.*")] == [kept]


@given(st.text(max_size=400))
def test_any_name_is_one_visible_file_of_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert Path("folder", safe).parent == Path("folder")
    assert not safe.startswith(".") and len(safe.encode()) < 650
    assert "\n" not in safe and "\0" not in safe


def test_two_files_of_one_name_are_both_kept_and_one_text_only_once(tmp_path: Path) -> None:
    added = Added(tmp_path)
    assert added.keep("a.txt", b"The first text.").name == "a.txt"
    assert added.keep("a.txt", b"The second text.").name == "a~2.txt"
    assert added.keep("b.txt", b"The first text.").problem == "known"
    assert sorted(added.paths()) == [f"{tmp_path.name}/a.txt", f"{tmp_path.name}/a~2.txt"]


def test_there_are_limits_to_how_much_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FILES", 2)
    monkeypatch.setattr(limits, "MAX_TOTAL", 40)
    added = Added(tmp_path)
    assert added.keep("a.txt", b"The first text.").problem is None
    assert added.keep("b.txt", b"A text that is too long.....").problem == "full"
    assert added.keep("b.txt", b"The second text.").problem is None
    assert added.keep("c.txt", b"Third.").problem == "many"


def test_hostile_content_is_shown_and_not_run(assistant: Assistant, client: TestClient) -> None:
    hostile = "<title>x</title><p>A <script>bad()</script>&lt;script&gt;bad()&lt;/script&gt; word."
    send(client, ("a.html", hostile.encode()), ("b.txt", b"<img src=x onerror=bad()> is its title"))
    settled()
    pages = [client.get("/sources").text]
    pages += [client.get(f"/source/{d.id}").text for d in assistant.index.documents]
    assert len(pages) == 4
    for page in pages:
        assert "<img" not in page
        assert "<script>" not in page
    assert "&lt;img src=x onerror=bad()&gt;" in pages[0]


def test_progress_is_shown_and_questions_are_answered_meanwhile(
    assistant: Assistant, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(Quick, "gate", gate)
    job = str(send(client, ("ferry.txt", ENGLISH.encode())).url)
    page = ""
    try:
        while "Indexing: 0 of" not in page:
            page = client.get(job).text
        assert '<meta http-equiv="refresh"' in page
        assert cited(assistant) == {"Le barrage de Vernaz sera rehaussé"}
    finally:
        gate.set()
    settled()
    page = client.get(job).text
    assert "is added: answers now use it" in page
    assert '<meta http-equiv="refresh"' not in page


def test_only_what_a_reader_added_can_be_taken_out(
    assistant: Assistant, client: TestClient
) -> None:
    own = assistant.index.documents[0]
    assert "/sources/remove" not in client.get("/sources").text
    for named in (own.id, "0" * 16, "../barrage.txt", ""):
        page = client.post("/sources/remove", data={"document": named})
        assert page.status_code == 200
    settled()
    assert titles(assistant) == [own.title]


def test_other_sites_add_nothing_and_take_nothing_out(
    assistant: Assistant, client: TestClient
) -> None:
    elsewhere = {"origin": "http://evil.test"}
    files = [("file", ("ferry.txt", ENGLISH.encode()))]
    assert client.post("/sources", files=files, headers=elsewhere).status_code == 403
    assert client.post("/sources/remove", data={}, headers=elsewhere).status_code == 403
    settled()
    assert len(titles(assistant)) == 1


def test_too_much_at_once_is_refused_unread(client: TestClient) -> None:
    assert client.post("/sources", content=b"x" * (MAX_BODY + 1)).status_code == 413
    assert client.post("/sources/remove", content=b"x" * 1_000_001).status_code == 413
    many = [("file", (f"{n}.txt", b"x")) for n in range(201)]
    assert client.post("/sources", files=many).status_code == 400


def test_nothing_chosen_is_told_so(client: TestClient) -> None:
    assert "choose a file first" in send(client, ("", b"")).text
    assert "choose a file first" in client.post("/sources", json={"file": "x"}).text


def test_unless_the_operator_allows_it_nothing_is_taken(assistant: Assistant) -> None:
    client = TestClient(app.create_app(assistant, Settings()))
    files = [("file", ("ferry.txt", ENGLISH.encode()))]
    assert client.post("/sources", files=files).status_code == 404
    assert client.post("/sources/remove", data={"document": "x"}).status_code == 404
    page = client.get("/sources").text
    assert "<script" not in page and 'type="file"' not in page


def test_an_answer_from_what_was_taken_out_is_no_longer_shown(assistant: Assistant) -> None:
    library = Library(assistant.index)
    answer = assistant.ask(BOAT)
    assert library.holds(answer.citations)
    elsewhere = FakeAssistant().index
    assert not Library(elsewhere).holds(answer.citations)


def test_a_link_to_a_sentence_outlives_the_coming_of_another_document(
    assistant: Assistant, client: TestClient
) -> None:
    send(client, ("b.txt", ENGLISH.encode()))
    settled()
    boat = next(s for s in assistant.index.sentences if "7 million" in s.text)
    link = Library(assistant.index).address(boat.document, boat.start)
    send(client, ("a.txt", b"One more text stands before it. It has two sentences."))
    settled()
    moved = next(s for s in assistant.index.sentences if "7 million" in s.text)
    assert moved.row != boat.row
    assert re.findall("<mark>(.*?)</mark>", client.get(link).text) == [boat.text]
