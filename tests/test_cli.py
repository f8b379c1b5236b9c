"""What the command line promises: statuses, one clear line, no traceback."""

import io
import json
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_assistant import FakeAssistant, Script

import cli
from assistant.answer import Answer


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANDROMEDE_HOME", str(tmp_path / "home"))


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ask"],
        ["frobnicate"],
        ["index", "build"],
        ["models", "sell"],
        ["serve", "--port", "x"],
        ["ask", "q", "--yaml"],
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(arguments)
    assert raised.value.code == 2


@pytest.mark.parametrize("command", ["ask", "chat", "serve", "index", "models", "eval"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main([command, "--help"])
    assert raised.value.code == 0
    assert "usage: andromede" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["ask", "Qui ?", "--corpus", "no/such/folder"], "no such file or folder"),
        (["ask", "Qui ?"], "andromede models fetch"),
        (["index", "build", "no/such/folder"], "no such file or folder"),
        (["models", "verify"], "andromede models fetch"),
        (["models", "fetch", "gpt-12"], "gpt-12"),
        (["serve", "--port", "70000"], "ANDROMEDE_PORT"),
        (["eval", "judge", "no/such/claims.jsonl"], "cannot be read"),
    ],
)
def test_a_failure_is_status_1_and_one_line(
    arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 1
    _one_line(capsys.readouterr().err, part)


def _one_line(said: str, part: str) -> None:
    assert part in said
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("suite", "baseline", "part"),
    [
        ("no/such/suite.jsonl", "{}", "cannot be read"),
        ("broken.jsonl", "{}", "is no JSON"),
        ("good.jsonl", "[]", "is no baseline"),
        ("good.jsonl", "{}", "andromede models fetch"),
    ],
)
def test_evaluations_that_could_judge_nothing_are_status_2_and_one_line(
    suite: str,
    baseline: str,
    part: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = {"id": "a", "language": "fr", "question": "Qui ?", "kind": "not_stated"}
    (tmp_path / "good.jsonl").write_text(json.dumps(case), "utf-8")
    (tmp_path / "broken.jsonl").write_text("{", "utf-8")
    (tmp_path / "baseline.json").write_text(baseline, "utf-8")
    held_to = ["--baseline", str(tmp_path / "baseline.json")]
    assert cli.main(["eval", "run", str(tmp_path / suite), *held_to]) == 2
    _one_line(capsys.readouterr().err, part)


@pytest.mark.parametrize(
    ("broken", "part"),
    [
        (KeyboardInterrupt(), "interrupted"),
        (PermissionError(13, "Permission denied", "report.html"), "report.html: Permission denied"),
    ],
)
def test_an_evaluation_that_breaks_off_did_not_judge(
    broken: BaseException,
    part: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def breaking(*_: object) -> int:
        raise broken

    monkeypatch.setattr("evals.run.run", breaking)
    assert cli.main(["eval", "run"]) == 2
    _one_line(capsys.readouterr().err, part)


def test_models_are_listed_before_any_is_fetched(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 2
    assert all("not fetched" in line for line in lines)


def test_the_status_of_what_was_never_indexed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Un texte.", "utf-8")
    assert cli.main(["index", "status", str(tmp_path / "a.txt")]) == 0
    assert "absent" in capsys.readouterr().out


def test_what_a_question_was_taken_for_stands_before_its_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = Answer("Dassault Systèmes.", "fr", False, question="Qui est parti ?")
    assistant = SimpleNamespace(ask=lambda question: answer)
    monkeypatch.setattr(cli, "_open", lambda arguments: nullcontext(assistant))
    for asked, shown in (
        ("qui est parti", "Dassault Systèmes.\n"),
        ("ki est parti", "Comprise ainsi : Qui est parti ?\nDassault Systèmes.\n"),
    ):
        assert cli.main(["ask", asked]) == 0
        assert capsys.readouterr().out == shown


def test_a_chat_that_reads_a_file_shows_each_question_before_its_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = FakeAssistant(scripts={"Qui [est parti] ?": Script(("Dassault Systèmes.",))})
    monkeypatch.setattr(cli, "_open", lambda arguments: nullcontext(assistant))
    monkeypatch.setattr("sys.stdin", io.StringIO("Qui [est parti] ?\n\nEt Thales ?\n"))
    assert cli.main(["chat"]) == 0
    _, _, shown = capsys.readouterr().out.partition("Ctrl-D to end.\n")
    assert shown.split("\n") == [
        "> Qui [est parti] ?", "Dassault Systèmes.", "> Et Thales ?", "L'article ne le dit pas.",
        "", "",
    ]  # fmt: skip
