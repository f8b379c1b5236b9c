"""A run of suites as one HTML page that needs nothing else: no script, no font, no other host."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.ask import Outcome
from evals.gate import FLOORS, LEAST, Gate
from evals.metrics import MEANS, fault

_BARS = 12
"""Bars of the histogram of seconds."""


@dataclass(frozen=True, slots=True)
class Row:
    """One suite in both languages.

    Attributes:
        suite: its name.
        right, wrong, crashed: cases.
    """

    suite: str
    right: int
    wrong: int
    crashed: int

    @property
    def cases(self) -> int:
        """All of them."""
        return self.right + self.wrong + self.crashed


def write_page(
    done: Sequence[Outcome],
    judged: Sequence[Gate],
    verdict: str,
    told: Sequence[str],
    file: Path,
    short: str = "",
) -> None:
    """Write the report.

    Args:
        done: the outcomes.
        judged: the gates.
        verdict: of ``evals.report.WORDS``.
        told: further lines for information, such as what a judge that may not gate measured.
        file: to write.
        short: of ``evals.gate.shortfall`` where that floor is asked for.
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
    failed = [(outcome, fault(outcome)) for outcome in done if fault(outcome)]
    page = environment.get_template("page.html").render(
        verdict=verdict,
        done=done,
        right=sum(o.right for o in done if not o.error),
        crashed=sum(bool(o.error) for o in done),
        cached=sum(o.cached for o in done),
        short=short,
        floors=FLOORS,
        least=LEAST,
        rows=list(_rows(done)),
        gates=judged,
        broken=[gate for gate in judged if gate.verdict == "fail"],
        means=MEANS,
        seconds=_seconds(done),
        told=told,
        failed=failed,
        suites=list(dict.fromkeys(outcome.case.suite for outcome, _ in failed)),
    )
    file.write_text(page, "utf-8")


def _rows(done: Sequence[Outcome]) -> Iterator[Row]:
    for suite in sorted({outcome.case.suite for outcome in done}):
        mine = [outcome for outcome in done if outcome.case.suite == suite]
        crashed = sum(bool(outcome.error) for outcome in mine)
        right = sum(outcome.right for outcome in mine if not outcome.error)
        yield Row(suite, right, len(mine) - right - crashed, crashed)


@dataclass(frozen=True, slots=True)
class Seconds:
    """How long whole answers took.

    Attributes:
        median, late: seconds; 95 in 100 answers came no later than ``late``.
        width: seconds that one bar stands for.
        bars: answers in each; the last also holds all that were slower.
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
    width = max(0.25, float(np.ceil(late * 4 / _BARS)) / 4)
    bars = np.bincount(np.minimum(np.array(totals) // width, _BARS - 1).astype(int))
    return Seconds(float(median), float(late), width, tuple(int(n) for n in bars))
