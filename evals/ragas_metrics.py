"""Our measures as metrics of ragas, to be put beside its own. Needs the ``evals`` extra."""

import math

from ragas.metrics.collections import BaseMetric
from ragas.metrics.result import MetricResult

from assistant.answer import Language
from assistant.verification import wrong_language
from evals.cases import plain
from evals.claims import SURE
from evals.metrics import refusing


class ExactSupport(BaseMetric):  # type: ignore[misc]
    """Whether every figure, date and name of a response is in what it cites: ``supported``.

    1 where the cited sentences hold all of them, else 0, with the kinds that they lack as reason.
    """

    def __init__(self) -> None:
        """It needs no model."""
        super().__init__(name="exact_support")

    async def ascore(
        self, user_input: str, response: str, cited: list[str], language: Language
    ) -> MetricResult:
        """Score one response, given without its markers."""
        hard = sorted(refusing(response, cited, user_input, language) & SURE)
        return MetricResult(value=float(not hard), reason=", ".join(hard))


class CitationPrecision(BaseMetric):  # type: ignore[misc]
    """Share of the cited sentences that state the answer; NaN where none is cited."""

    def __init__(self) -> None:
        """It needs no model."""
        super().__init__(name="citation_precision")

    async def ascore(self, cited: list[str], evidence: list[str]) -> MetricResult:
        """Score whole sentences against beginnings of the right ones."""
        good = sum(_held(sentence, evidence) for sentence in cited)
        return MetricResult(value=good / len(cited) if cited else math.nan)


class CitationRecall(BaseMetric):  # type: ignore[misc]
    """1 where one of the sentences that state the answer is cited, else 0."""

    def __init__(self) -> None:
        """It needs no model."""
        super().__init__(name="citation_recall")

    async def ascore(self, cited: list[str], evidence: list[str]) -> MetricResult:
        """Score whole sentences against beginnings of the right ones."""
        return MetricResult(value=float(any(_held(sentence, evidence) for sentence in cited)))


class RightAbstention(BaseMetric):  # type: ignore[misc]
    """1 where the source answers and so does the response, or neither does."""

    def __init__(self) -> None:
        """It needs no model."""
        super().__init__(name="right_abstention")

    async def ascore(self, abstained: bool, answerable: bool) -> MetricResult:
        """Score one response."""
        return MetricResult(value=float(abstained != answerable))


class RightLanguage(BaseMetric):  # type: ignore[misc]
    """1 where a response is in the question's language; what it quotes may be in another."""

    def __init__(self) -> None:
        """It needs no model."""
        super().__init__(name="right_language")

    async def ascore(self, response: str, cited: list[str], language: Language) -> MetricResult:
        """Score one response."""
        return MetricResult(value=float(not wrong_language(response, language, cited)))


class Latency(BaseMetric):  # type: ignore[misc]
    """Seconds to the whole answer, 0 or more."""

    def __init__(self) -> None:
        """It needs no model."""
        super().__init__(name="latency", allowed_values=(0.0, math.inf))

    async def ascore(self, seconds: float) -> MetricResult:
        """Pass on what was measured."""
        return MetricResult(value=seconds)


def _held(sentence: str, evidence: list[str]) -> bool:
    text = plain(sentence)
    return any(plain(start) in text for start in evidence)
