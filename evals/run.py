"""``andromede eval run``: ask the questions of suites, score the answers, say what was wrong."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from assistant import Answer, Assistant
from evals.cases import ARTICLE_SUITE, EVALS, Case, load_cases

if TYPE_CHECKING:
    from rich.console import Console

FLOOR = 0.85
"""Share of the article's questions that must be right for ``andromede eval run`` to pass."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, its answer and how it was scored.

    Attributes:
        case: what was asked.
        answer: what came back.
        right: answerable: the gold was given; else: it abstained.
        first, total: seconds to the first shown text and to the whole answer.
    """

    case: Case
    answer: Answer
    right: bool
    first: float
    total: float


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
    for step in assistant.stream(case.question):
        first = first or time.perf_counter() - began
        answer = step
    total = time.perf_counter() - began
    right = answer.abstained != case.answerable
    if right and case.answerable:
        right = case.right(answer.text)
    return Outcome(case, answer, right, first, total)


def run(suites: Sequence[Path], corpus: str | None, report: Path | None, console: "Console") -> int:
    """Ask, print a line for each failed case and a summary.

    Returns:
        0 if at least ``FLOOR`` of the cases are right, else 1.
    """
    from rich.progress import track
    from rich.text import Text

    cases = [case for suite in suites or [ARTICLE_SUITE] for case in load_cases(suite)]
    done: list[Outcome] = []
    for outcome in track(
        outcomes(cases, corpus), "questions", total=len(cases), console=console, transient=True
    ):
        done.append(outcome)
        if not outcome.right:
            said = f"{outcome.case.id}  {outcome.case.question} → {outcome.answer.text}"
            console.print(Text(said))
    if report is not None:
        lines = [
            json.dumps(
                {"id": o.case.id, "kind": o.case.kind, "right": o.right, **o.answer.to_dict()},
                ensure_ascii=False,
            )
            for o in done
        ]
        report.write_text("\n".join(lines) + "\n", "utf-8")
    for line in summary(done):
        console.print(line)
    return 0 if sum(o.right for o in done) >= FLOOR * len(done) else 1


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
