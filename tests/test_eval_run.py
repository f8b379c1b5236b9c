"""A whole run of an evaluation: its reports, its baseline, and what breaks off."""

import json
import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from assistant import Answer
from assistant.errors import ConfigurationError, ModelUnavailable
from evals.ask import Outcome
from evals.cases import Case, load_cases
from evals.gate import gates, load_baseline, store_baseline
from evals.report import markdown, write_junit
from evals.run import Wanted, run, watched
from tests.test_gate import outcome, run_of, stored


def asked_and_found(monkeypatch: pytest.MonkeyPatch, done: list[Outcome]) -> None:
    """Have a run ask the cases of ``done``, and find it."""
    monkeypatch.setattr("evals.run.outcomes", lambda *_, **__: iter(done))
    monkeypatch.setattr("evals.run.load_cases", lambda *_: [one.case for one in done])


def test_reports_hold_every_fault_and_nothing_to_run(tmp_path: Path) -> None:
    done = [outcome(1, True), outcome(2, False), outcome(3, False, answerable=False)]
    judged = list(gates(done, {}))
    file = tmp_path / "junit.xml"
    write_junit(done, judged, file)
    suite = ET.parse(file).getroot()
    assert len(suite.findall("testcase")) == len(done) + len(judged)
    assert "lacks oui" in ET.tostring(suite, "unicode")
    text = markdown(done, judged, 0)
    assert "c-2" in text and "a case of not stated" in text and "<b>" not in text


@pytest.mark.parametrize("regression", [False, True])
def test_the_floor_of_all_cases_is_told_wherever_it_is_asked_for(
    regression: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = [outcome(n, n > 3, answerable=False) for n in range(20)]
    asked_and_found(monkeypatch, done)
    monkeypatch.setattr("evals.gate.BASELINE", tmp_path / "none.json")
    files = [tmp_path / name for name in ("junit.xml", "report.md", "page.html")]
    wanted = Wanted(None, *files, regression=regression)
    console = Console(file=StringIO(), width=200)
    assert run([tmp_path], None, wanted, console) == (0 if regression else 1)
    told = [console.file.getvalue(), *(file.read_text("utf-8") for file in files)]  # type: ignore[attr-defined]
    short = "16/20 = 80% right, below the floor of 85%"
    assert [short in text for text in told] == [not regression] * 4
    suite = ET.parse(files[0]).getroot()
    assert suite.get("failures") == ("0" if regression else "1")
    assert suite.get("tests") == str(len(suite.findall("testcase")))
    assert [case.get("name") for case in suite.findall("testcase[failure]")] == (
        [] if regression else ["all cases"]
    )


@pytest.mark.parametrize(
    ("right", "regression", "verdict", "why"),
    [
        (20, False, "pass", ""),
        (16, False, "fail", "16/20 = 80% right, below the floor of 85%"),
        (4, True, "fail", ""),
        (None, False, "unjudged", ""),
    ],
)
def test_the_last_line_of_json_is_the_verdict_with_its_gates(
    right: int | None, regression: bool, verdict: str, why: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    done = [
        outcome(n, right is not None and n < right, "" if right else "gone", answerable=False)
        for n in range(20)
    ]
    asked_and_found(monkeypatch, done)
    file = tmp_path / "run.json"
    baseline = stored([], tmp_path)
    wanted = Wanted(json=file, baseline=baseline, regression=regression)
    run([tmp_path], None, wanted, Console(file=StringIO()))
    *cases, last = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [case["id"] for case in cases] == [f"c-{n}" for n in range(20)]
    assert not any("verdict" in case for case in cases)
    assert (last["verdict"], last["why"]) == (verdict, why)
    judged = list(gates(done, {}))
    keys = ("name", "hits", "cases", "low", "high", "verdict", "why")
    changes = {"lost": [], "gained": []}
    assert last["gates"] == [{key: getattr(gate, key) for key in keys} | changes for gate in judged]


def test_a_corpus_of_ones_own_has_its_own_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    projects = stored(run_of([False] * 20), tmp_path)
    monkeypatch.setattr("evals.gate.BASELINE", projects)
    before, mine = projects.read_bytes(), tmp_path / "mine.json"
    console = Console(file=StringIO(), width=200)

    def asked(right: list[bool], **options: bool) -> int:
        asked_and_found(monkeypatch, run_of(right))
        wanted = Wanted(baseline=mine, regression=True, **options)  # type: ignore[arg-type]
        return run([tmp_path], str(tmp_path), wanted, console)

    assert asked([True] * 20, update_baseline=True) == 0
    assert load_baseline(mine)["ours right fr"] == {f"c-{n}": True for n in range(20)}
    assert asked([True] * 14 + [False] * 6) == 1
    assert "lost 6 cases" in console.file.getvalue()  # type: ignore[attr-defined]
    assert projects.read_bytes() == before


def test_a_baseline_keeps_the_cases_that_were_not_asked(tmp_path: Path) -> None:
    file = stored(run_of([True, False, True]), tmp_path)
    store_baseline([outcome(1, True)], file)
    assert load_baseline(file)["ours right fr"] == {"c-0": True, "c-1": True, "c-2": True}


def test_a_case_that_abstains_by_now_keeps_no_word_on_what_it_cited(tmp_path: Path) -> None:
    asked = Case("a", "fr", "?", "answerable", (("oui",),), evidence=("Oui",), suite="ours")
    right = Outcome(asked, Answer("Oui.", "fr", False), True, 0.1, 0.2)
    silent = Outcome(asked, Answer("Rien.", "fr", True), False, 0.1, 0.2)
    file = stored([right], tmp_path)
    assert load_baseline(file)["ours evidence fr"] == {"a": False}
    store_baseline([silent], file)
    assert load_baseline(file)["ours evidence fr"] == {}
    assert load_baseline(file)["ours right fr"] == {"a": False}


def test_what_could_not_be_judged_is_no_baseline_and_leaves_no_older_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, report = stored(run_of([True] * 20), tmp_path), tmp_path / "run.json"
    before = file.read_bytes()
    asked_and_found(monkeypatch, [outcome(n, False, "gone") for n in range(20)])
    wanted = Wanted(baseline=file, update_baseline=True)
    assert run([tmp_path], None, wanted, Console(file=StringIO())) == 2
    assert file.read_bytes() == before
    report.write_text('{"verdict": "pass"}', "utf-8")
    wanted = Wanted(json=report, baseline=file)
    with pytest.raises(ConfigurationError):
        monkeypatch.setattr("evals.run.load_cases", load_cases)
        run([tmp_path / "none.jsonl"], None, wanted, Console(file=StringIO()))
    assert not report.exists()
    # What only leads to a file, as /dev/stdout does, is no older report.
    (tmp_path / "elsewhere.txt").write_text("kept", "utf-8")
    report.symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(ConfigurationError):
        run([tmp_path / "none.jsonl"], None, wanted, Console(file=StringIO()))
    assert report.read_text("utf-8") == "kept"


def test_what_only_informs_may_break_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise ModelUnavailable("The judge is gone.")

    asked_and_found(monkeypatch, run_of([True] * 20))
    monkeypatch.setattr("evals.run.available", lambda: None)
    monkeypatch.setattr("evals.run.judgements", gone)
    report = tmp_path / "report.md"
    wanted = Wanted(markdown=report, baseline=stored([], tmp_path), ragas=True)
    assert run([tmp_path], None, wanted, Console(file=StringIO())) == 0
    assert "ragas could not judge: The judge is gone." in report.read_text("utf-8")


def test_checks_that_are_broken_gate_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever breaks the exact checks breaks the verifier and the gate at once: it is told."""
    asked_and_found(monkeypatch, [outcome(n, True, answerable=False) for n in range(20)])
    told = {}
    for name, broken in (("whole", False), ("broken", True)):
        if broken:
            monkeypatch.setattr("evals.metrics.exact_problems", lambda *_, **__: [])
        file = tmp_path / f"{name}.json"
        wanted = Wanted(json=file, baseline=stored([], tmp_path))
        run([tmp_path], None, wanted, Console(file=StringIO()))
        last = json.loads(file.read_text("utf-8").splitlines()[-1])
        (told[name],) = [g for g in last["gates"] if g["name"] == "ours supported fr"]
    assert told["whole"]["verdict"] == "pass"
    assert told["broken"]["verdict"] == "information"
    assert "below the bar" in told["broken"]["why"]


def test_a_comment_is_no_longer_than_its_place_and_calls_nobody() -> None:
    long = [outcome(n, False) for n in range(2_000)]
    text = markdown(long, list(gates(long, {})), 1, told=["first word: 1.9 s"])
    assert len(text) < 65_536
    assert "more; the other reports have them all." in text and "first word: 1.9 s" in text
    said = Answer("Ask @octocat at http://evil.test or www.evil.test", "fr", False)
    (wrong,) = [Outcome(outcome(1, False).case, said, False, 0.1, 0.2)]
    text = markdown([wrong], [], 1)
    assert not any(link in text for link in ("@octocat", "http://", "www.evil"))


@pytest.mark.parametrize("text", ["{", "[]", '{"right fr": {"c-1": 1}}', '{"right fr": 3}'])
def test_a_broken_baseline_is_one_clear_error(text: str, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match="is no baseline"):
        load_baseline(file)


def test_what_would_fail_after_the_last_question_is_refused_before_the_first(
    tmp_path: Path,
) -> None:
    with pytest.raises(ConfigurationError, match="folder does not exist"):
        Wanted(junit=tmp_path / "missing" / "junit.xml").check(None)
    with pytest.raises(ConfigurationError, match="--corpus"):
        Wanted(update_baseline=True).check("papers/")
    mine = tmp_path / "mine.json"
    with pytest.raises(ConfigurationError, match="no such baseline"):
        Wanted(baseline=mine).check(None)
    with pytest.raises(ConfigurationError, match="folder does not exist"):
        Wanted(baseline=tmp_path / "missing" / "mine.json", update_baseline=True).check(None)
    Wanted(baseline=mine, update_baseline=True).check("papers/")
    Wanted(junit=tmp_path / "junit.xml", update_baseline=True).check(None)


def test_a_log_is_told_each_tenth_and_how_much_is_left() -> None:
    console = Console(file=StringIO(), width=100)
    done = run_of([True] * 20)
    assert list(watched(done, 20, console)) == done
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert [line.split(" questions")[0] for line in lines] == [
        f"{n} of 20" for n in range(2, 21, 2)
    ]
    assert all(line.endswith("s to go") for line in lines)
