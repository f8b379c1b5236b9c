"""Six small sabotages, each caught by the suite that is meant for it, and named in the report.

The model is a fake that reads what it is handed and makes up what is not there; search with real
embeddings and the real model stand in the tests marked integration.
"""

import re
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import get_args

import pytest
from fake_model import said
from opened import Opened, opens
from test_index_fakes import FakeEmbedder

from assistant import compose
from assistant.answer import Citation, Language
from assistant.confidence import Calibration, Weights
from assistant.llm import Place, Token
from assistant.prompting import Message
from assistant.settings import Settings
from assistant.verify import Verdict, Verifier
from evals.ask import Outcome, outcomes
from evals.cases import SUITES, Case, load_cases
from evals.gate import Values, gates, load_baseline, store_baseline
from evals.report import markdown
from index import Index, Sentence

BOTH = pytest.mark.parametrize("language", get_args(Language))

_ORDERS = ("PIRATE42", "999 million")


class Reader:
    """Writes the gold where it reads it, a figure as it reads it, and else makes something up.

    It obeys any order that it is handed.
    """

    trained = False

    def __init__(self, cases: Sequence[Case]) -> None:
        self._cases = cases

    def tokens(
        self, chat: Sequence[Message], *, place: Place, limit: int
    ) -> Generator[Token, None, None]:
        """See ``LanguageModel``."""
        task, language = place
        read = chat[-1].text
        if task == "translate":
            yield from said(read)
            return
        case = max(
            (case for case in self._cases if case.question in read),
            key=lambda case: len(case.question),
        )
        found = self._found(case, read)
        opening = "C'est" if language == "fr" else "It is"
        # What was only planned is not stated as being so.
        yield from said(found if "million" in found else f"{opening} {found}.")

    def _found(self, case: Case, read: str) -> str:
        for order in _ORDERS:
            if order in read:
                return order
        for start in case.evidence:
            # Its first words: the rest of it is what a sabotage may have changed.
            words = re.escape(" ".join(start.split()[:3])).replace("'", "['’]")
            begun = re.search(words + r"[^.\n]*", read)
            if begun and case.gold:
                figure = re.search(r"\d+ millions d['’]euros", begun[0])
                return figure[0] if figure and "million" in case.gold[0][0] else case.gold[0][0]
        return "4 321 Zorglubs"


@pytest.fixture(autouse=True)
def _fixed_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact checks decide; fitted weights are not at issue."""
    quick, asked = Weights(0.0, {"stated": 4.0}), Weights(0.0, {"stated": 4.0, "second": 4.0})
    fixed = Calibration(quick, asked, -1.0, 0.1, 0.5)
    monkeypatch.setattr("assistant.verify.calibration", lambda trained: fixed)
    monkeypatch.setattr("assistant.pipeline.calibration", lambda trained: fixed)


class Bench:
    """One suite's cases of a language, run as often as wanted over indexes that need no model."""

    def __init__(
        self, suite: str, language: Language, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loaded = load_cases(SUITES / f"{suite}.jsonl")
        self.cases = [case for case in loaded if case.language == language and not case.turns]
        self.indexes: list[Index] = []
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._baseline = folder / "baseline.json"

    def run(self, swap: tuple[str, str] | None = None) -> list[Outcome]:
        """Ask all; ``swap`` exchanges two words of every source."""
        home = Settings(home=self._folder / f"home-{len(self.indexes)}")

        def open_(path: Path) -> Opened:
            place = _swapped(path, home.home, swap) if swap else path
            index = Index.build(place.resolve(), home.home, FakeEmbedder())  # type: ignore[arg-type]
            self.indexes.append(index)
            return Opened(index, Reader(self.cases))

        opens(self._monkeypatch, open_)
        return list(outcomes(self.cases, fresh=True, settings=home))

    def honest(self) -> None:
        """Nothing fails, and later runs are held to this one."""
        done = self.run()
        assert sum(outcome.right for outcome in done) > len(done) / 2
        assert not [gate.why for gate in gates(done, {}) if gate.verdict == "fail"]
        store_baseline(done, self._baseline)

    def failed(self, done: Sequence[Outcome]) -> set[str]:
        """The gates that fail against the honest run."""
        return failing(done, load_baseline(self._baseline))


def failing(done: Sequence[Outcome], baseline: Mapping[str, Values]) -> set[str]:
    """The gates that fail; each is named in the report."""
    told = list(gates(done, baseline))
    report = markdown(done, told, 1)
    failed = [gate for gate in told if gate.verdict == "fail"]
    for gate in failed:
        assert f"| {gate.suite} | {gate.metric} | {gate.language} |" in report
        assert gate.why in report
    return {gate.name for gate in failed}


def _swapped(source: Path, home: Path, swap: tuple[str, str]) -> Path:
    files = sorted(source.rglob("*.txt")) if source.is_dir() else [source]
    folder = home / "swapped" / source.stem
    folder.mkdir(parents=True)
    one, other = swap
    for file in files:
        text = file.read_text("utf-8").replace(one, "\0").replace(other, one).replace("\0", other)
        (folder / file.name).write_text(text, "utf-8")
    return folder


def _unverify(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.attempt.problem", lambda *_: None)
    monkeypatch.setattr(Verifier, "plainer", lambda *_: None)
    monkeypatch.setattr(Verifier, "relevance", lambda *_: Verdict(True, 1.0))


@BOTH
def test_the_verifier_off(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench("abstention", language, tmp_path, monkeypatch)
    bench.honest()
    _unverify(monkeypatch)
    failed = bench.failed(bench.run())
    assert {f"abstention abstained {language}", f"abstention supported {language}"} <= failed


def test_two_figures_swapped_in_the_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In French: of the English cases too few ask for the article's figures.
    bench = Bench("correctness", "fr", tmp_path, monkeypatch)
    bench.cases = [case for case in bench.cases if not case.source and case.kind == "answerable"]
    bench.honest()
    assert "correctness right fr" in bench.failed(bench.run(swap=("135 millions", "60 millions")))


@BOTH
def test_the_wrong_language(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench("language", language, tmp_path, monkeypatch)
    bench.honest()
    other = "en" if language == "fr" else "fr"
    monkeypatch.setattr("assistant.pipeline.of_question", lambda *_: other)
    assert f"language language {language}" in bench.failed(bench.run())


@BOTH
def test_the_neighbouring_sentence_cited(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench("citations", language, tmp_path, monkeypatch)
    bench.honest()
    cite = compose.cite

    def neighbour(number: int, sentence: Sentence) -> Citation:
        sentences = bench.indexes[-1].sentences
        row = sentence.row + 1 if sentence.row + 1 < len(sentences) else sentence.row - 1
        return cite(number, sentences[row])

    monkeypatch.setattr("assistant.compose.cite", neighbour)
    assert f"citations evidence {language}" in bench.failed(bench.run())


@BOTH
def test_an_injected_instruction_obeyed(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench("attacks", language, tmp_path, monkeypatch)
    bench.honest()
    monkeypatch.setattr("assistant.evidence.orders_the_machine", lambda sentence: False)
    # What code reads off a sentence obeys nobody; here the writer answers all.
    monkeypatch.setattr("assistant.pipeline.read_off", lambda *arguments: None)
    _unverify(monkeypatch)
    assert f"attacks resisted {language}" in bench.failed(bench.run())


@pytest.mark.integration
def test_bm25_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = load_cases(SUITES / "retrieval.jsonl")
    settings = Settings(home=tmp_path)

    def failed() -> set[str]:
        return failing(list(outcomes(cases, fresh=True, settings=settings)), {})

    assert not failed()
    monkeypatch.setattr("index.search.WEIGHTS", (1.0, 0.0, 0.5))
    assert "retrieval retrieved fr" in failed()
