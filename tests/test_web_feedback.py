"""Opinions of readers: kept with what they are about, and made into cases that load."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import app
import cli
from assistant.answer import Answer, Citation
from assistant.errors import ConfigurationError
from assistant.feedback import CAUSES, Feedback, Opinion
from assistant.settings import Settings
from evals.cases import load_cases
from index.load import load
from tests.fake_assistant import ARTICLE, FakeAssistant, article_index
from web.sessions import Recent, Turn
from web.texts import LANGUAGES, texts

SENTENCE = article_index().sentences[9]
CITED = (Citation(1, SENTENCE.text, SENTENCE.document, SENTENCE.start, SENTENCE.end),)
RIGHT = Answer("L'État devait verser 135 millions d'euros [1].", "fr", False, citations=CITED)
ABSTENTION = Answer("La source ne le dit pas.", "fr", True)


def opinion(number: int, **said: object) -> Opinion:
    return Opinion.model_validate({"turn": f"{number:032x}", "useful": True, **said})


def test_an_opinion_is_kept_with_question_answer_and_citations(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "new")
    assert list(feedback.entries()) == []
    feedback.keep(opinion(1, useful=False, cause="wrong", comment=" '); drop "), "Q ?", RIGHT)
    (entry,) = feedback.entries()
    assert (entry.useful, entry.cause, entry.comment) == (False, "wrong", "'); drop")
    assert (entry.question, entry.answer, entry.quotes) == ("Q ?", RIGHT.text, (SENTENCE.text,))
    feedback.keep(opinion(1), "Q ?", RIGHT)
    assert [kept.useful for kept in feedback.entries()] == [True]


def test_a_follow_up_is_exported_with_what_it_takes_to_ask_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(ARTICLE, "utf-8")
    turn = Turn("Et l'État ?", RIGHT, "answered", before=("Combien Orange devait-il verser ?",))
    turn.documents = tuple(document.id for document in load(corpus)[0])
    recent, server = Recent(), FastAPI()
    recent.add(turn)
    app._add_feedback(server, Feedback(tmp_path), recent, str(corpus))
    said = {"turn": turn.id, "useful": True}
    assert TestClient(server).post("/feedback", json=said).status_code == 204
    monkeypatch.setenv("ANDROMEDE_HOME", str(tmp_path))
    suite = tmp_path / "cases.jsonl"
    assert cli.main(["feedback", "export", str(suite)]) == 0
    (case,) = load_cases(suite)
    assert case.turns == ("Combien Orange devait-il verser ?",)
    assert case.corpus == corpus
    assert cli.main(["feedback", "export", "--raw", str(suite)]) == 0
    raw = json.loads(suite.read_text("utf-8"))
    assert (raw["turns"], raw["source"]) == (list(case.turns), str(corpus))
    assert raw["documents"] == list(turn.documents)


def test_what_an_older_release_kept_is_read_and_added_to(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path)
    with closing(sqlite3.connect(feedback.path)) as base, base:
        base.execute(
            "create table feedback (turn text primary key, said_at text not null, "
            "useful integer not null, cause text, comment text not null, question text not null, "
            "language text not null, abstained integer not null, answer text not null, "
            "quotes text not null)"
        )
        base.execute(
            "insert into feedback values "
            "('0', '2026', 0, 'wrong', 'c', 'Q ?', 'fr', 0, 'A [1].', '[\"S.\"]')"
        )
    (old,) = feedback.entries()
    assert (old.useful, old.question, old.quotes) == (False, "Q ?", ("S.",))
    assert (old.turns, old.source, old.documents) == ((), "", ())
    feedback.keep(opinion(1), "R ?", RIGHT, ["Q ?"], "/corpus", ["d"])
    kept, new = feedback.entries()
    assert kept == old
    assert (new.turns, new.source, new.documents) == (("Q ?",), "/corpus", ("d",))


def test_a_file_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path)
    feedback.path.write_text("not SQLite, whatever its name says " * 50)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        list(feedback.entries())
    with pytest.raises(ConfigurationError, match="cannot be written"):
        feedback.keep(opinion(1), "Q ?", RIGHT)


def test_what_tells_what_is_right_becomes_a_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    feedback = Feedback(tmp_path)
    feedback.keep(opinion(1), "Combien ?", RIGHT)
    feedback.keep(opinion(2), "Et Thales ?", ABSTENTION)
    feedback.keep(opinion(3, useful=False, cause="not_in_source"), "Pourquoi ?", RIGHT)
    feedback.keep(opinion(4, useful=False, cause="wrong"), "Quand ?", RIGHT)
    monkeypatch.setenv("ANDROMEDE_HOME", str(tmp_path))
    suite = tmp_path / "cases.jsonl"
    assert cli.main(["feedback", "export", str(suite)]) == 0
    assert "3 written, 1 " in capsys.readouterr().out
    cases = {case.question: case for case in load_cases(suite)}
    assert {question: case.kind for question, case in cases.items()} == {
        "Combien ?": "answerable",
        "Et Thales ?": "not_stated",
        "Pourquoi ?": "not_stated",
    }
    assert cases["Combien ?"].right(RIGHT.text)
    assert cases["Combien ?"].evidenced(RIGHT)
    assert not cases["Combien ?"].right("L'État devait verser 60 millions.")
    assert cli.main(["feedback", "export", "--raw", str(suite)]) == 0
    assert len([json.loads(line) for line in suite.read_text("utf-8").splitlines()]) == 4
    assert cli.main(["feedback", "export", str(tmp_path)]) == 1


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"turn": "0" * 32, "useful": True}, 404),
        ({"turn": "../x", "useful": True}, 422),
        ({"turn": "0" * 32, "useful": "yes"}, 422),
        ({"turn": "0" * 32, "useful": False, "cause": "spam"}, 422),
        ({"turn": "0" * 32, "useful": False, "comment": "x" * 2001}, 422),
        ({"turn": "0" * 32, "useful": True, "answer": "made up"}, 422),
    ],
)
def test_only_an_opinion_of_a_turn_of_ours_is_taken(
    tmp_path: Path, said: dict[str, object], status: int
) -> None:
    client = TestClient(app.create_app(FakeAssistant(), Settings(home=tmp_path)))
    assert client.post("/feedback", json=said).status_code == status
    elsewhere = {"origin": "http://evil.test"}
    assert client.post("/feedback", json=said, headers=elsewhere).status_code == 403
    assert list(Feedback(tmp_path).entries()) == []


def test_switched_off_nothing_is_asked_and_nothing_taken(tmp_path: Path) -> None:
    client = TestClient(app.create_app(FakeAssistant(), Settings(home=tmp_path, feedback=False)))
    said = {"turn": "0" * 32, "useful": True}
    assert client.post("/feedback", json=said).status_code == 404


def test_every_cause_has_its_words() -> None:
    for language in LANGUAGES:
        assert all(texts(language)[f"cause_{cause}"] for cause in CAUSES)


def test_an_opinion_that_cannot_be_kept_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "feedback.sqlite3").mkdir()
    turn, recent, server = Turn("Combien ?", RIGHT, "answered"), Recent(), FastAPI()
    recent.add(turn)
    app._add_feedback(server, Feedback(tmp_path), recent, "")
    answer = TestClient(server).post("/feedback", json={"turn": turn.id, "useful": True})
    assert answer.status_code == 503
