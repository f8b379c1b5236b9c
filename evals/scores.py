"""Means over a run, for information: what they are taken over is always told with them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import Answer
from evals.ask import Outcome
from evals.cases import Case, plain


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a score over the cases that have one.

    Attributes:
        name: of the score.
        values: finite, one a case that could be scored.
        undefined: cases for which the score was not a number.
        crashed: cases whose scoring broke off.
    """

    name: str
    values: tuple[float, ...]
    undefined: int = 0
    crashed: int = 0

    def __str__(self) -> str:
        """One line; what has no score is told beside the mean, never in it."""
        mean = f"{sum(self.values) / len(self.values):.2f}" if self.values else "–"
        line = f"{self.name}: {mean} over {len(self.values)}"
        if self.undefined:
            line += f", {self.undefined} undefined"
        return line + (f", {self.crashed} crashed" if self.crashed else "")


def mean(name: str, told: Sequence[float | None]) -> Mean:
    """The mean of scores; ``None`` where scoring broke off, NaN where there is no score."""
    values = tuple(value for value in told if value is not None and math.isfinite(value))
    crashed = sum(value is None for value in told)
    return Mean(name, values, len(told) - len(values) - crashed, crashed)


def citation_precision(case: Case, answer: Answer) -> float:
    """Share of the cited sentences that state the answer, 0 to 1; NaN where none is cited."""
    if not answer.citations:
        return math.nan
    starts = [plain(start) for start in case.evidence]
    good = sum(any(s in plain(c.quote) for s in starts) for c in answer.citations)
    return good / len(answer.citations)


def means(done: Sequence[Outcome]) -> Iterator[Mean]:
    """Citations and abstentions of each language.

    Citation recall: answers that cite one of the sentences that state them. Abstention precision:
    abstentions that were right; its recall: questions to abstain from that were.
    """
    for language in ("fr", "en"):
        mine = [
            o
            for o in done
            if o.case.language == language and o.case.kind != "search" and not o.error
        ]
        shown = [
            (o.case, o.answer)
            for o in mine
            if o.case.answerable and o.case.evidence and not o.answer.abstained
        ]
        yield mean(f"citation precision {language}", [citation_precision(c, a) for c, a in shown])
        yield mean(f"citation recall {language}", [float(c.evidenced(a)) for c, a in shown])
        yield mean(
            f"abstention precision {language}",
            [float(not o.case.answerable) for o in mine if o.answer.abstained],
        )
        yield mean(
            f"abstention recall {language}",
            [float(o.answer.abstained) for o in mine if not o.case.answerable],
        )
