"""A run of suites as one HTML page that needs nothing else: no script, no font, no other host."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.ask import Outcome
from evals.cases import plain
from evals.gate import ALL, BOTH, FLOOR, FLOORS, LEAST, Gate
from evals.metrics import MEANS, Metric, fault, measures
from index import Document

LANGUAGES = {"fr": "French", "en": "English", BOTH: "Both"}
"""Columns of the gates, in their order."""

OPEN = 12
"""So many faults at most are shown open; of more, the reader sees the list first."""

_BARS = 12
"""Bars of the histogram of seconds, at most."""

_WIDTHS = (0.25, 0.5, 1, 2, 5, 10, 20, 60)
"""Seconds that one bar may stand for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One suite in both languages.

    Attributes:
        suite: its name.
        right, wrong, crashed: cases.
        faults: cases with a fault: an answer that is right may cite the wrong sentence.
    """

    suite: str
    right: int
    wrong: int
    crashed: int
    faults: int

    @property
    def cases(self) -> int:
        """All of them."""
        return self.right + self.wrong + self.crashed


@dataclass(frozen=True, slots=True)
class Fault:
    """A case that something is wrong with.

    Attributes:
        number: its place in the page, from 1; the address of its answer.
        outcome: the case and its answer.
        wrong: of ``evals.metrics.fault``.
        lost: metrics that the baseline has it meet.
        language: the answer's; empty where it is not wholly in the one it should be in.
        evidence: the case's, each with its source's language; empty where that was not found.
    """

    number: int
    outcome: Outcome
    wrong: str
    lost: tuple[Metric, ...]
    language: str
    evidence: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A case that came out otherwise than in the baseline.

    Attributes:
        suite, case: the suite's name and the case's id.
        metrics: those it met only then, or only now.
        fault: the number of its ``Fault``; 0 where it has none.
    """

    suite: str
    case: str
    metrics: tuple[Metric, ...]
    fault: int


def write_page(
    done: Sequence[Outcome],
    judged: Sequence[Gate],
    verdict: str,
    told: Sequence[str],
    file: Path,
    short: str = "",
    about: str = "",
) -> None:
    """Write the report.

    Args:
        done: the outcomes.
        judged: the gates.
        verdict: of ``evals.report.WORDS``.
        told: further lines for information, such as what a judge that may not gate measured.
        file: to write.
        short: of ``evals.gate.shortfall`` where that floor is asked for.
        about: which model was asked, and when, in one line.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # Everything shown comes from models, documents and questions: escaped, without exception.
    environment = Environment(
        loader=PackageLoader("evals", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    lost, gained = _changes(judged, lost=True), _changes(judged, lost=False)
    faults = list(_faults(done, lost))
    numbers = {(f.outcome.case.suite, f.outcome.case.id): f.number for f in faults}
    tables = list(_tables(judged))
    told_right = [outcome.right for outcome in done if not outcome.error]
    page = environment.get_template("page.html").render(
        verdict=verdict,
        about=about,
        done=done,
        right=sum(told_right),
        answered=len(told_right),
        crashed=len(done) - len(told_right),
        cached=sum(outcome.cached for outcome in done),
        short=short,
        floor=FLOOR,
        floors=FLOORS,
        least=LEAST,
        rows=list(_rows(done)),
        broken=[gate for gate in judged if gate.verdict == "fail"],
        tables=tables,
        places={table.suite: place for place, table in enumerate(tables, 1)},
        all=ALL,
        languages=LANGUAGES,
        both=BOTH,
        means=MEANS,
        seconds=_seconds(done),
        lost=[Change(*key, metrics, numbers.get(key, 0)) for key, metrics in lost.items()],
        gained=[Change(*key, metrics, numbers.get(key, 0)) for key, metrics in gained.items()],
        told=told,
        faults=faults,
        opened=len(faults) <= OPEN,
    )
    file.write_text(page, "utf-8")


def _rows(done: Sequence[Outcome]) -> Iterator[Row]:
    for suite in sorted({outcome.case.suite for outcome in done}):
        mine = [outcome for outcome in done if outcome.case.suite == suite]
        crashed = sum(bool(outcome.error) for outcome in mine)
        right = sum(outcome.right for outcome in mine if not outcome.error)
        faults = sum(bool(fault(outcome)) for outcome in mine)
        yield Row(suite, right, len(mine) - right - crashed, crashed, faults)


def _faults(
    done: Sequence[Outcome], lost: dict[tuple[str, str], tuple[Metric, ...]]
) -> Iterator[Fault]:
    wrong = [(outcome, told) for outcome in done if (told := fault(outcome))]
    for number, (outcome, told) in enumerate(wrong, 1):
        case, answer = outcome.case, outcome.answer
        language = "" if measures(outcome).get("language") is False else answer.language
        cited = [citation.source for citation in answer.citations]
        sources = dict.fromkeys([*cited, *(passage.source for passage in answer.passages)])
        evidence = tuple((start, _language(start, sources)) for start in case.evidence)
        before = lost.get((case.suite, case.id), ())
        yield Fault(number, outcome, told, before, language, evidence)


def _language(start: str, sources: Iterable[Document]) -> str:
    """Of the source that holds the sentence; readers that speak need it."""
    return next((s.language for s in sources if plain(start) in plain(s.text)), "")


def _changes(judged: Sequence[Gate], *, lost: bool) -> dict[tuple[str, str], tuple[Metric, ...]]:
    """For each suite and case, the metrics that changed; the gates over all suites add none."""
    changes: dict[tuple[str, str], tuple[Metric, ...]] = {}
    for gate in judged:
        if gate.suite != ALL:
            for case in gate.lost if lost else gate.gained:
                changes[gate.suite, case] = (*changes.get((gate.suite, case), ()), gate.metric)
    return changes


@dataclass(frozen=True, slots=True)
class Table:
    """The gates of one suite, or those over all suites.

    Attributes:
        suite: its name, or ``ALL``.
        languages: keys of ``LANGUAGES`` that it has a gate in, or another suite has.
        rows: for each metric, its gate in each of these languages; ``None`` where none applies.
    """

    suite: str
    languages: tuple[str, ...]
    rows: tuple[tuple[Metric, tuple[Gate | None, ...]], ...]


def _tables(judged: Sequence[Gate]) -> Iterator[Table]:
    """Those over all suites first, if there are any; the suites share their columns."""
    mine = {(gate.suite, gate.metric, gate.language): gate for gate in judged}
    spoken = {suite == ALL: set[str]() for suite, _, _ in mine}
    for suite, _, language in mine:
        spoken[suite == ALL].add(language)
    for suite in sorted({gate.suite for gate in judged}, key=lambda name: (name != ALL, name)):
        languages = tuple(name for name in LANGUAGES if name in spoken[suite == ALL])
        metrics = [m for m in MEANS if any((suite, m, name) in mine for name in languages)]
        rows = ((m, tuple(mine.get((suite, m, name)) for name in languages)) for m in metrics)
        yield Table(suite, languages, tuple(rows))


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long whole answers took.

    Attributes:
        median, late: seconds; 95 in 100 answers came no later than ``late``.
        width: seconds that one bar stands for.
        bars: answers in each, at most ``_BARS``; the last also holds all that were slower.
    """

    median: float
    late: float
    width: float
    bars: tuple[int, ...]


def _seconds(done: Sequence[Outcome]) -> Seconds | None:
    import numpy as np

    totals = [o.total for o in done if o.case.kind != "search" and not o.error]
    if not totals:
        return None
    median, late = np.percentile(totals, [50, 95])
    # The widest holds any answer that a timeout lets through; a slower one is in the last bar.
    width = next((w for w in _WIDTHS if late < w * (_BARS - 1)), _WIDTHS[-1])
    last = min(int(late // width) + 1, _BARS - 1)
    bars = np.bincount(np.minimum(np.array(totals) // width, last).astype(int))
    return Seconds(float(median), float(late), width, tuple(int(n) for n in bars))
