"""``andromede eval run``: ask the questions of suites, score the answers, say what was wrong."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from assistant import Answer, Assistant
from assistant.errors import AndromedeError, ConfigurationError
from evals.cases import ARTICLE_SUITE, EVALS, Case, load_cases

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, its answer and how it was scored.

    Attributes:
        case: what was asked.
        answer: what came back.
        right: answerable: the gold was given; else: it abstained.
        first, total: seconds to the first shown text and to the whole answer.
        error: why there is no answer; such a case is neither right nor wrong.
    """

    case: Case
    answer: Answer
    right: bool
    first: float
    total: float
    error: str = ""


def outcomes(cases: Sequence[Case], corpus: str | None = None) -> Iterator[Outcome]:
    """Ask every case of its own source, or of ``corpus``; one assistant a source at a time."""
    for source in dict.fromkeys(case.source for case in cases):
        path = corpus or (str(EVALS / "sources" / source) if source else None)
        with Assistant.open(path) as assistant:
            for case in cases:
                if case.source == source:
                    yield ask(assistant, case)


def ask(assistant: Assistant, case: Case) -> Outcome:
    """Ask one case and score it."""
    began = time.perf_counter()
    first = 0.0
    answer = Answer("", case.language, False)
    try:
        for step in assistant.stream(case.question):
            first = first or time.perf_counter() - began
            answer = step
    except AndromedeError as error:
        return Outcome(case, answer, False, first, time.perf_counter() - began, str(error))
    if answer.reason == "model_unavailable":
        problem = "the model could not be asked"
        return Outcome(case, answer, False, first, time.perf_counter() - began, problem)
    total = time.perf_counter() - began
    right = answer.abstained != case.answerable
    if right and case.answerable:
        right = case.right(answer.text)
    return Outcome(case, answer, right, first, total)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a run.

    Attributes:
        json, junit, markdown: files to write.
        baseline: later runs are held to what this one measures.
        regression: only what is worse than the baseline fails, not the floor of all cases.
    """

    json: Path | None = None
    junit: Path | None = None
    markdown: Path | None = None
    baseline: bool = False
    regression: bool = False

    def check(self, corpus: str | None) -> None:
        """Refuse before the first question what would fail after the last.

        Raises:
            ConfigurationError: a report's folder is missing, or another corpus' baseline is asked.
        """
        for file in (self.json, self.junit, self.markdown):
            if file is not None and not file.absolute().parent.is_dir():
                raise ConfigurationError(f"{file}: its folder does not exist; make it first.")
        if corpus and self.baseline:
            raise ConfigurationError(
                "--update-baseline is for the suites' own sources; leave out --corpus."
            )


def run(suites: Sequence[Path], corpus: str | None, wanted: "Wanted", console: "Console") -> int:
    """Ask, print a line for each failed case, a summary and the gates; write the reports.

    Args:
        suites: JSON lines files; the article's where empty.
        corpus: answer every case from this corpus rather than from its own.
        wanted: reports, baseline, and what fails.
        console: to print to.

    Returns:
        0 where the gates pass, 1 where one fails, 2 where it could not be judged.

    Raises:
        ConfigurationError: a suite or the baseline is wrong.
    """
    from rich.progress import track
    from rich.text import Text

    from evals.gate import gates, load_baseline, shortfall, status, store_baseline
    from evals.report import WORDS, fault, markdown, write_junit

    wanted.check(corpus)
    cases = [case for suite in suites or [ARTICLE_SUITE] for case in load_cases(suite)]
    baseline = {} if corpus else load_baseline()
    done: list[Outcome] = []
    for outcome in track(
        outcomes(cases, corpus), "questions", total=len(cases), console=console, transient=True
    ):
        done.append(outcome)
        if wrong := fault(outcome):
            case = outcome.case
            console.print(Text(f"{case.id}  {case.question} → {outcome.answer.text}  ({wrong})"))
    for line in summary(done):
        console.print(line)
    judged = list(gates(done, baseline))
    for gate in judged:
        if gate.verdict == "fail":
            console.print(f"{gate.metric} {gate.language}: {gate.why}", style="bold red")
    if short := shortfall(done):
        console.print(short, style="bold red")
    verdict = status(done, judged, floor=not wanted.regression)
    console.print(WORDS[verdict], style="bold")
    if wanted.json is not None:
        lines = (json.dumps(_record(o), ensure_ascii=False) for o in done)
        wanted.json.write_text("\n".join(lines) + "\n", "utf-8")
    if wanted.junit is not None:
        write_junit(done, judged, wanted.junit)
    if wanted.markdown is not None:
        wanted.markdown.write_text(markdown(done, judged, verdict), "utf-8")
    if wanted.baseline:
        store_baseline(done)
    return verdict


def _record(outcome: Outcome) -> dict[str, Any]:
    case = outcome.case
    told = {"id": case.id, "kind": case.kind, "right": outcome.right, "error": outcome.error}
    return {**told, **outcome.answer.to_dict()}


def summary(done: Sequence[Outcome]) -> Iterator[str]:
    """Lines that say how many were right, by language, and how long it took."""
    for language in ("fr", "en"):
        mine = [o for o in done if o.case.language == language]
        ask_ = [o for o in mine if o.case.answerable]
        rest = [o for o in mine if not o.case.answerable]
        cited = [o for o in ask_ if not o.answer.abstained]
        yield (
            f"{language}: right {sum(o.right for o in ask_)}/{len(ask_)}, abstained rightly "
            f"{sum(o.right for o in rest)}/{len(rest)}, evidence cited "
            f"{sum(o.case.evidenced(o.answer) for o in cited)}/{len(cited)}"
        )
    if done:
        firsts, totals = sorted(o.first for o in done), sorted(o.total for o in done)
        late = min(len(done) - 1, round(0.95 * len(done)))
        yield (
            f"seconds: first {median(firsts):.2f} / {firsts[late]:.2f}, whole "
            f"{median(totals):.2f} / {totals[late]:.2f} (median / 95th percentile)"
        )
