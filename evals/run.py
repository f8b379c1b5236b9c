"""``andromede eval run``: ask the questions of suites, score the answers, say what was wrong."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Protocol, TypeVar

from assistant.errors import AndromedeError, ConfigurationError
from assistant.settings import load_settings
from evals.ask import Outcome, outcomes
from evals.cases import fast_subset, load_cases, project_suites
from evals.judge import informing
from evals.judge_endpoint import judge_name
from evals.ragas_judge import available, judged_means, judgements, to_judge

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a run.

    Attributes:
        json, junit, markdown, html: files to write.
        baseline: what the run is compared with; the project's where ``None``.
        update_baseline: later runs are held to what this one measures.
        regression: the floor of all cases is not asked for; those of single metrics are.
        fast: ask the fixed subset of ``fast_subset`` alone.
        fresh: ask again, and judge again, what the cache knows.
        order: a seed that shuffles what is asked; the reports keep the suites' order.
        ragas: have ragas' metrics judged too, for information.
    """

    json: Path | None = None
    junit: Path | None = None
    markdown: Path | None = None
    html: Path | None = None
    baseline: Path | None = None
    update_baseline: bool = False
    regression: bool = False
    fast: bool = False
    fresh: bool = False
    order: int | None = None
    ragas: bool = False

    def check(self, corpus: str | None) -> None:
        """Refuse before the first question what would fail after the last.

        Raises:
            ConfigurationError: a file's folder is missing, a baseline that is named is, another
                corpus would be put into the project's, or ragas is not installed.
        """
        for file in (self.json, self.junit, self.markdown, self.html, self.baseline):
            if file is not None and not file.absolute().parent.is_dir():
                raise ConfigurationError(f"{file}: its folder does not exist; make it first.")
        if self.ragas:
            available()
        if self.update_baseline:
            if corpus and self.baseline is None:
                raise ConfigurationError(
                    "--update-baseline is for the suites' own sources; with --corpus, name a file "
                    "of your own by --baseline."
                )
        elif self.baseline is not None and not self.baseline.exists():
            raise ConfigurationError(
                f"{self.baseline}: no such baseline; make it with --update-baseline."
            )


def run(suites: Sequence[Path], corpus: str | None, wanted: "Wanted", console: "Console") -> int:
    """Ask, print a line for each failed case, a summary and the gates; write the reports.

    Args:
        suites: JSON lines files; the project's where empty.
        corpus: answer every case from this corpus rather than from its own.
        wanted: reports, baseline, and what fails.
        console: to print to.

    Returns:
        0 where the gates pass, 1 where one fails, 2 where it could not be judged.

    Raises:
        ConfigurationError: a suite or the baseline is wrong.
    """
    from rich.text import Text

    from evals.gate import (
        BASELINE,
        UNJUDGED,
        gates,
        load_baseline,
        shortfall,
        status,
        store_baseline,
    )
    from evals.metrics import fault
    from evals.page import write_page
    from evals.report import WORDS, markdown, write_json, write_junit
    from evals.retrieval import ranking
    from evals.scores import means

    wanted.check(corpus)
    for report in (wanted.json, wanted.junit, wanted.markdown, wanted.html):
        # Where nothing can be judged, an older verdict must not be taken for this one's. A link
        # may lead to what is no report, such as /dev/stdout.
        if report is not None and report.is_file() and not report.is_symlink():
            report.unlink()
    asked_of = Path(corpus).expanduser() if corpus else None
    files = suites or project_suites()
    cases = [case for suite in files for case in load_cases(suite, asked_of)]
    if wanted.fast:
        cases = fast_subset(cases)
    held_to = wanted.baseline or BASELINE
    # Of another corpus, what the project's own suites measured says nothing.
    baseline = {} if corpus and wanted.baseline is None else load_baseline(held_to)
    done: list[Outcome] = []
    coming = outcomes(cases, corpus, fresh=wanted.fresh, order=wanted.order)
    for outcome in watched(coming, len(cases), console):
        done.append(outcome)
        if wrong := fault(outcome):
            case = outcome.case
            console.print(Text(f"{case.id}  {case.question} → {outcome.answer.text}  ({wrong})"))
    places = {case: place for place, case in enumerate(cases)}
    done.sort(key=lambda outcome: places[outcome.case])
    for line in summary(done):
        console.print(line)
    told = [str(mean) for mean in means(done)]
    if ranked := ranking(done):
        told.append(", ".join(f"{name} {value:.2f}" for name, value in ranked.items()))
    if wanted.ragas:
        settings = load_settings()
        told.append(f"Judged by {judge_name(settings)}; ragas gates nothing, whoever judges.")
        waiting = to_judge(done)
        try:
            judging = judgements(waiting, settings, fresh=wanted.fresh)
            scores = list(watched(judging, len(waiting), console, "scores"))
            told.extend(str(mean) for mean in judged_means(scores))
        except AndromedeError as error:
            # It informs only: what was asked is judged without it.
            told.append(f"ragas could not judge: {error}")
    for line in told:
        console.print(line)
    judged = list(gates(done, baseline, informing()))
    for gate in judged:
        if gate.verdict == "fail":
            console.print(f"{gate.name}: {gate.why}", style="bold red")
    if short := "" if wanted.regression else shortfall(done):
        console.print(short, style="bold red")
    verdict = status(done, judged, floor=not wanted.regression)
    console.print(WORDS[verdict], style="bold")
    if wanted.json is not None:
        write_json(done, judged, verdict, wanted.json, short)
    if wanted.junit is not None:
        write_junit(done, judged, wanted.junit, short)
    if wanted.markdown is not None:
        text = markdown(done, judged, verdict, short, told)
        wanted.markdown.write_text(text, "utf-8")
    if wanted.html is not None:
        settings = load_settings()
        about = f"{settings.llm_model or settings.local_model}, "
        about += "fast subset, " if wanted.fast else "every case, "
        about += f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        write_page(done, judged, WORDS[verdict], told, wanted.html, short, about)
    if wanted.update_baseline and verdict != UNJUDGED:
        store_baseline(done, held_to)
    return verdict


class _Result(Protocol):
    @property
    def cached(self) -> bool: ...


_R = TypeVar("_R", bound=_Result)


def watched(
    coming: Iterable[_R], total: int, console: "Console", what: str = "questions"
) -> Iterator[_R]:
    """The same results, with a bar and the time to go; in a log, a line each tenth.

    What was found in the cache costs nothing and is left out of the estimate.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    began, done, asked = time.monotonic(), 0, 0
    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
    )
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as bar:
        task = bar.add_task("", total=total)
        for result in coming:
            yield result
            done += 1
            asked += not result.cached
            seconds = (time.monotonic() - began) / max(asked, 1) * (total - done)
            left = f"{seconds:.0f} s to go" if asked else ""
            bar.update(task, completed=done, description=left)
            if quiet and done * 10 // total > (done - 1) * 10 // total:
                console.print(f"{done} of {total} {what} {left}".rstrip())


def summary(done: Sequence[Outcome]) -> Iterator[str]:
    """Lines that say how many were right, by language, and how long it took."""
    for language in ("fr", "en"):
        mine = [o for o in done if o.case.language == language]
        searched = [o for o in mine if o.case.kind == "search"]
        ask_ = [o for o in mine if o.case.answerable]
        rest = [o for o in mine if not o.case.answerable and o.case.kind != "search"]
        cited = [o for o in ask_ if not o.answer.abstained]
        yield (
            f"{language}: right {sum(o.right for o in ask_)}/{len(ask_)}, abstained rightly "
            f"{sum(o.right for o in rest)}/{len(rest)}, evidence cited "
            f"{sum(o.case.evidenced(o.answer) for o in cited)}/{len(cited)}, found "
            f"{sum(o.right for o in searched)}/{len(searched)}"
        )
    if found := sum(o.cached for o in done):
        yield f"{found} of {len(done)} answers were known (--fresh asks again)"
    asked = [o for o in done if o.case.kind != "search"]
    if asked:
        firsts, totals = sorted(o.first for o in asked), sorted(o.total for o in asked)
        late = min(len(asked) - 1, round(0.95 * len(asked)))
        yield (
            f"seconds: first {median(firsts):.2f} / {firsts[late]:.2f}, whole "
            f"{median(totals):.2f} / {totals[late]:.2f} (median / 95th percentile)"
        )
