"""Opinions of answers that quote more than the corpus: the cases made of them load all the same."""

import unicodedata
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from small_corpus import ENGLISH
from test_upload import assistant, client, send, settings, settled  # noqa: F401  fixtures
from uploading import Quick

import cli
from assistant import Assistant
from assistant.answer import Answer, Citation
from assistant.feedback import Feedback, Opinion
from assistant.settings import Settings
from evals.cases import Case, load_cases
from index import Document, Index

DAM, BOAT = "Les travaux doivent coûter", "The new boat is meant"
SHIP = "The ship is blue. It cost 9 million pounds in all, as the council of Harwick said."


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:  # noqa: F811
    """Where the command line finds what was said, and the indexes."""
    monkeypatch.setenv("ANDROMEDE_HOME", str(settings.home))
    return settings.home


class Readers:
    """They say what they think of answers that quote sentences of the sources."""

    def __init__(self, assistant: Assistant, home: Path) -> None:  # noqa: F811
        self.assistant = assistant
        self.kept = Feedback(home)
        self.said = 0

    def say(
        self,
        question: str,
        *begins: str,
        text: str = "7 million [1].",
        before: tuple[str, ...] = (),
        **said: object,
    ) -> Answer:
        """An opinion, a useful one unless told, of an answer that quotes those sentences.

        Each of those ``before`` was quoted by the answer to a question before it.
        """
        found = [
            next(s for s in self.assistant.index.sentences if s.text.startswith(b)) for b in begins
        ]
        cited = tuple(
            Citation(n, s.text, s.document, s.start, s.end) for n, s in enumerate(found, start=1)
        )
        self.said += 1
        about = {"turn": f"{self.said:032x}", "useful": True, **said}
        answer = Answer(text, "en", text == "", citations=cited)
        corpus = str(self.assistant.corpus)
        documents = [
            next(s for s in self.assistant.index.sentences if s.text.startswith(b)).document.id
            for b in before
        ]
        turns = [f"What of {n}?" for n, _ in enumerate(documents)]
        opinion = Opinion.model_validate(about)
        self.kept.keep(opinion, question, answer, turns, corpus, documents)
        return answer


@pytest.fixture
def readers(assistant: Assistant, home: Path) -> Readers:  # noqa: F811
    return Readers(assistant, home)


def exported(folder: Path) -> dict[str, Case]:
    """The cases, by their question, as ``eval run`` loads them."""
    suite = folder / "cases.jsonl"
    assert cli.main(["feedback", "export", str(suite)]) == 0
    return {case.question: case for case in load_cases(suite)}


def add(client: TestClient, name: str, text: str) -> None:  # noqa: F811
    send(client, (name, text.encode()))
    settled()


def add_both(client: TestClient) -> None:  # noqa: F811
    add(client, "ferry.txt", ENGLISH)
    add(client, "ship.txt", SHIP)


def test_a_case_brings_the_document_that_a_reader_added_and_its_answer_quotes(
    client: TestClient,  # noqa: F811
    readers: Readers,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add_both(client)
    both = readers.say("How much in all?", BOAT, DAM)
    readers.say("How much is the dam?", DAM, text="48 millions [1].")
    cases = exported(tmp_path)
    brought = cases["How much in all?"]
    assert brought.document == ENGLISH
    assert (brought.right(both.text), brought.evidenced(both)) == (True, True)
    assert cases["How much is the dam?"].document == ""
    assert capsys.readouterr().err == ""


def test_what_a_reader_took_out_again_is_told_and_left_out(
    client: TestClient,  # noqa: F811
    readers: Readers,
    tmp_path: Path,
    home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add(client, "ferry.txt", ENGLISH)
    readers.say("How much is the boat?", BOAT)
    readers.say("Is it blue?", BOAT, text="")
    readers.say("How much is the dam?", DAM, text="48 millions [1].")
    ferry = readers.assistant.index.documents[1].id
    client.post("/sources/remove", data={"document": ferry})
    settled()
    # What is only to be abstained from needs nothing of it.
    assert exported(tmp_path).keys() == {"Is it blue?", "How much is the dam?"}
    told = capsys.readouterr()
    assert "2 written, 0 that" in told.out
    (line,) = told.err.splitlines()
    assert line.startswith("andromede: 1 left out")
    assert "1 quoting what is not in the sources any more" in line and "--raw" in line
    # It was taken out: no opinion may have kept it.
    kept = b"".join(file.read_bytes() for file in home.glob("feedback.sqlite3*"))
    assert BOAT.encode() in kept and b"Jane Holloway" not in kept
    assert cli.main(["feedback", "export", "--raw", str(tmp_path / "raw.jsonl")]) == 0
    assert len((tmp_path / "raw.jsonl").read_text("utf-8").splitlines()) == 3
    assert capsys.readouterr().err == ""


def test_an_answer_from_several_documents_that_were_added_is_told_and_left_out(
    client: TestClient,  # noqa: F811
    readers: Readers,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add_both(client)
    readers.say("How much is either?", BOAT, "It cost 9 million", text="7 [1], 9 [2].")
    readers.say(
        "Who paid for them?", BOAT, "It cost 9 million", useful=False, cause="not_in_source"
    )
    # One of them is enough to be tempted by.
    assert exported(tmp_path).keys() == {"Who paid for them?"}
    (line,) = capsys.readouterr().err.splitlines()
    assert "1 quoting several documents" in line


def test_a_follow_up_brings_what_only_the_answer_before_it_quotes(
    client: TestClient,  # noqa: F811
    readers: Readers,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add_both(client)
    readers.say("And the dam?", DAM, text="48 millions [1].", before=(BOAT, DAM))
    readers.say("And the works?", DAM, text="48 millions [1].", before=(DAM,))
    readers.say("Is it blue?", text="", before=(BOAT,))
    cases = exported(tmp_path)
    assert {question: case.document for question, case in cases.items()} == {
        "And the dam?": ENGLISH,
        "And the works?": "",
        "Is it blue?": ENGLISH,
    }
    assert capsys.readouterr().err == ""
    readers.say("And the ship?", "It cost 9 million", text="9 [1].", before=(BOAT,))
    readers.say("And both?", DAM, text="48 millions [1].", before=(BOAT, "It cost 9 million"))
    assert exported(tmp_path).keys() == cases.keys()
    assert "2 left out" in (told := capsys.readouterr().err)
    assert "2 quoting several documents" in told
    ferry = next(d for d in readers.assistant.index.documents if d.text == ENGLISH)
    client.post("/sources/remove", data={"document": ferry.id})
    settled()
    # What came before would be answered otherwise, and the follow-up be another question.
    assert exported(tmp_path).keys() == {"And the works?"}
    assert "4 quoting what is not in the sources" in capsys.readouterr().err


def test_what_a_wrong_answer_quoted_is_there_to_be_tempted_by(
    client: TestClient,  # noqa: F811
    readers: Readers,
    tmp_path: Path,
) -> None:
    add(client, "ferry.txt", ENGLISH)
    readers.say("How much is the old boat?", BOAT, useful=False, cause="not_in_source")
    readers.say("How old is the boat?", BOAT, text="")
    cases = exported(tmp_path).values()
    assert [(case.kind, case.document) for case in cases] == [("not_stated", ENGLISH)] * 2


def test_a_page_that_the_operator_added_is_brought_as_its_readers_saw_it(
    assistant: Assistant,  # noqa: F811
    readers: Readers,
    tmp_path: Path,
) -> None:
    page = tmp_path / "elsewhere" / "ferry.html"
    page.parent.mkdir()
    page.write_text(f"<script>bad()</script><p>{'</p><p>'.join(ENGLISH.split(chr(10) * 2))}</p>")
    assistant.add([page])
    readers.say("How much is the boat?", BOAT)
    (case,) = exported(tmp_path).values()
    assert BOAT in case.document and "<p>" not in case.document and "bad()" not in case.document


def test_a_sentence_that_was_changed_since_is_not_what_was_right(
    assistant: Assistant,  # noqa: F811
    readers: Readers,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = assistant.corpus / "ship.txt"
    file.write_text(f"{'All of it, ' * 9}and 9 pounds.")
    assistant.refresh()
    readers.say("How much in all?", "All of it", text="9 pounds [1].")
    assert len(exported(tmp_path)) == 1
    file.write_text(f"{'All of it, ' * 9}and 8 pounds.")
    assistant.refresh()
    assert exported(tmp_path) == {}
    assert "1 quoting what is not in the sources" in capsys.readouterr().err


def test_a_corpus_that_is_gone_is_told_and_the_others_cases_written(
    readers: Readers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readers.say("How much is the dam?", DAM, text="48 millions [1].")
    readers.say("And who paid?", DAM, text="")
    readers.kept.keep(
        Opinion(turn="f" * 32, useful=True), "Who?", Answer("Not said.", "en", True), (), ""
    )
    readers.assistant.corpus.rename(tmp_path / "moved")
    assert exported(tmp_path).keys() == {"Who?"}
    (line,) = capsys.readouterr().err.splitlines()
    assert "2 left out" in line and "2 asked of a corpus that cannot be read any more" in line


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param(f"The ferry {'of Harwick ' * 4}runs[12] again.", id="a marker is cut"),
        pytest.param(
            unicodedata.normalize("NFD", f"The ferry {'of Harwick ' * 4}a lané again."),
            id="a letter is cut from its accent",
        ),
        pytest.param(
            "The ferry of Harwick\u2028runs\x85again.", id="more than one kind of line end"
        ),
    ],
)
def test_however_a_sentence_is_written_its_case_loads(
    tmp_path: Path, home: Path, sentence: str
) -> None:
    corpus = tmp_path / "one.txt"
    corpus.write_text(sentence, "utf-8")
    source = Document("0" * 16, "one.txt", "One", sentence, "en")
    answer = Answer("It runs [1].", "en", False, citations=(Citation(1, sentence, source, 0, 1),))
    Feedback(home).keep(Opinion(turn="0" * 32, useful=True), "Q?", answer, (), str(corpus))
    assert exported(tmp_path)["Q?"].evidenced(answer)


def test_an_answer_without_a_word_says_nothing_of_what_is_right(
    readers: Readers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    readers.say("How much?", DAM, text="[1]")
    assert exported(tmp_path) == {}
    assert "0 written, 1 that do not say" in capsys.readouterr().out


def test_what_was_added_to_an_index_is_told_without_it(tmp_path: Path) -> None:
    corpus, home, more = tmp_path / "corpus", tmp_path / "home", tmp_path / "more"
    for folder in (corpus, more):
        folder.mkdir()
        (folder / "a.txt").write_text(f"A text in {folder.name}.")
    assert Index.added(corpus, home) == ()
    index = Index.add(corpus, [more, corpus], home, Quick())
    assert [d.path for d in Index.added(corpus, home)] == ["more/a.txt"]
    # Another release's index, say: the files are there all the same.
    (index.path / "current").write_text("nowhere")
    (more / "b.txt").write_bytes(b"\0")
    assert [d.text for d in Index.added(corpus, home)] == ["A text in more."]
    Index.remove(corpus, [more], home, Quick())
    assert Index.added(corpus, home) == ()
