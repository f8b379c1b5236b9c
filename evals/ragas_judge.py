"""ragas' own metrics by any judge, over a run or labelled claims; they gate no answer.

Needs the ``evals`` extra. The judge (``evals.judge_endpoint``) is asked in the language of the
case or claim. Each score of a run is kept by the content of all that it depends on, so that none is
judged twice.
"""

import asyncio
import json
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from assistant.answer import Language
from assistant.errors import ConfigurationError
from assistant.llm import Endpoint
from assistant.settings import Settings
from evals.ask import AT_ONCE, Outcome
from evals.cache import JudgedScores, digest
from evals.claims import LabelledClaim
from evals.judge_endpoint import judge_name, judge_of, judge_service
from evals.ragas_prompts import french_text, in_french
from evals.scores import Mean, mean
from index import Embedder

_TOKENS = 1024
"""Tokens that a judge may write; a small model that runs in circles is cut off there."""

_READS: dict[str, tuple[str, ...]] = {
    "faithfulness": ("user_input", "response", "retrieved_contexts"),
    "factual correctness": ("response", "reference"),
    "answer relevancy": ("user_input", "response"),
    "context recall": ("user_input", "retrieved_contexts", "reference"),
    "context precision": ("user_input", "reference", "retrieved_contexts"),
    "noise sensitivity": ("user_input", "response", "reference", "retrieved_contexts"),
}
"""What each metric reads of a sample."""


def available() -> None:
    """Refuse before the first question what would fail after the last.

    Raises:
        ConfigurationError: the extra is not installed, or a judge has no model's name.
    """
    if find_spec("ragas") is None:
        raise ConfigurationError(
            "ragas is not installed: pip install -c constraints.txt -e '.[evals]' adds it."
        )
    judge_service()


@dataclass(frozen=True, slots=True)
class Judged:
    """A score.

    Attributes:
        metric: its name.
        language: the case's, and the prompts'.
        value: 0 to 1, or NaN where there is no score; ``None`` where the judge broke off.
        cached: whether it was found rather than judged.
    """

    metric: str
    language: Language
    value: float | None
    cached: bool = False


def to_judge(done: Sequence[Outcome]) -> list[tuple[str, Outcome]]:
    """Each metric with each answer that was shown and whose gold is known."""
    shown = [
        outcome
        for outcome in done
        if not outcome.error and outcome.case.gold and not outcome.answer.abstained
    ]
    return [(metric, outcome) for metric in _READS for outcome in shown]


def judgements(
    wanted: Sequence[tuple[str, Outcome]], settings: Settings, *, fresh: bool = False
) -> Iterator[Judged]:
    """The scores: what is known at once, then each as soon as it is judged and kept.

    A service is asked side by side, the local model in order; it starts only where something is
    not known. What the judge breaks off is not kept, and so tried again by the next run.

    Args:
        wanted: of ``to_judge``.
        settings: the assistant's; the judge's own are read from the environment.
        fresh: judge again what is known; the scores are kept all the same.

    Raises:
        ConfigurationError: the name of the service's model is missing.
        ModelUnavailable: the local model does not start.
        ModelNotFetched: it is not on this machine yet.
    """
    scores, judge = JudgedScores(settings), _identity(settings)
    waiting: list[tuple[str, Outcome, str]] = []
    for metric, outcome in wanted:
        key = _key(metric, outcome, judge)
        value = None if fresh else scores.get(key)
        if value is None:
            waiting.append((metric, outcome, key))
        else:
            yield Judged(metric, outcome.case.language, value, cached=True)
    if not waiting:
        return
    samples = [
        (metric, outcome.case.language, _read(metric, outcome)) for metric, outcome, _ in waiting
    ]
    with judge_of(settings) as endpoint, closing(_asked(samples, endpoint, settings)) as told:
        for place, value in told:
            metric, outcome, key = waiting[place]
            if value is not None:
                scores.put(key, value)
            yield Judged(metric, outcome.case.language, value)


def judged_means(scores: Sequence[Judged]) -> Iterator[Mean]:
    """The mean of each metric in each language that was judged.

    A score that is not a number and a judge that broke off are counted, not averaged.
    """
    told: dict[str, list[float | None]] = {}
    for score in sorted(scores, key=lambda s: (s.language != "fr", list(_READS).index(s.metric))):
        told.setdefault(f"ragas {score.metric} {score.language}", []).append(score.value)
    for name, values in told.items():
        yield mean(name, values)


def faithfulness(
    claims: Sequence[LabelledClaim],
    endpoint: Endpoint,
    settings: Settings,
    on_score: Callable[[], None],
) -> list[float | None]:
    """How faithful ragas calls each claim to what it cites, 0 to 1.

    NaN where ragas found nothing to judge in the claim, ``None`` where the judge broke off.
    ``on_score`` is called after each.
    """
    samples: list[_Sample] = [
        (
            "faithfulness",
            claim.language,
            {
                "user_input": claim.question,
                "response": claim.claim,
                "retrieved_contexts": list(claim.evidence),
            },
        )
        for claim in claims
    ]
    scores: dict[int, float | None] = {}
    for place, score in _asked(samples, endpoint, settings):
        scores[place] = score
        on_score()
    return [scores[place] for place in range(len(claims))]


def sample_of(outcome: Outcome) -> dict[str, Any]:
    """An outcome as ragas' metrics read it: what was cited is the context of the answer."""
    case, answer = outcome.case, outcome.answer
    return {
        "user_input": answer.question or case.question,
        "response": " ".join(claim.text for claim in answer.claims if claim.supported),
        "retrieved_contexts": [citation.quote for citation in answer.citations],
        "reference": ", ".join(group[0] for group in case.gold),
    }


def _read(metric: str, outcome: Outcome) -> dict[str, Any]:
    sample = sample_of(outcome)
    return {key: sample[key] for key in _READS[metric]}


def _identity(settings: Settings) -> list[str]:
    """All that a score depends on beside its case."""
    service = judge_service()
    return [
        # The English prompts, and how a score is made of what the judge says.
        version("ragas"),
        # A local judge has another address at each start.
        service.base_url if service else f"xllamacpp {version('xllamacpp')}",
        judge_name(settings),
        str(_TOKENS),
        str(settings.embedding_model),
    ]


def _key(metric: str, outcome: Outcome, judge: list[str]) -> str:
    """64 hexadecimal digits that name all that a score depends on."""
    language = outcome.case.language
    asked = french_text(metric) if language == "fr" else ""
    sample = json.dumps(_read(metric, outcome), ensure_ascii=False)
    return digest([*judge, metric, language, asked, sample])


_Sample = tuple[str, Language, dict[str, Any]]
"""A metric, the language to ask in, and what the metric reads."""


def _asked(
    samples: Sequence[_Sample], endpoint: Endpoint, settings: Settings
) -> Generator[tuple[int, float | None], None, None]:
    """The place of each sample and its score, as soon as it is judged."""
    # It reports home unless told not to.
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"
    from openai import AsyncOpenAI

    client = AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        timeout=settings.llm_timeout,
        max_retries=0,
    )
    metrics: dict[Language, dict[str, Any]] = {
        language: _metrics(client, endpoint.model, settings, language)
        for language in {language for _, language, _ in samples}
    }
    turns = asyncio.Semaphore(1 if endpoint.local else AT_ONCE)

    async def one(place: int, sample: _Sample) -> tuple[int, float | None]:
        name, language, read = sample
        async with turns:
            return place, await _score(metrics[language][name], read)

    async def begun() -> set[asyncio.Task[tuple[int, float | None]]]:
        return {asyncio.create_task(one(*numbered)) for numbered in enumerate(samples)}

    with asyncio.Runner() as runner:
        try:
            pending = runner.run(begun())
            while pending:
                next_one = asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                ended, pending = runner.run(next_one)
                yield from (task.result() for task in ended)
        finally:
            runner.run(client.close())


async def _score(metric: Any, sample: dict[str, Any]) -> float | None:
    from instructor.core import InstructorError
    from openai import OpenAIError

    try:
        return float((await metric.ascore(**sample)).value)
    except (InstructorError, OpenAIError, ValueError):
        return None


def _metrics(client: Any, model: str, settings: Settings, language: Language) -> dict[str, Any]:
    """Ragas' metrics by the names of ``_READS``, with prompts in one language."""
    from ragas.embeddings.base import BaseRagasEmbedding
    from ragas.llms import llm_factory
    from ragas.metrics import collections as ragas

    embedder = Embedder(settings.embedding_model)

    class Embedding(BaseRagasEmbedding):  # type: ignore[misc]
        """The assistant's own embeddings."""

        def embed_text(self, text: str, **options: Any) -> list[float]:
            return [float(value) for value in embedder.queries([text])[0]]

        async def aembed_text(self, text: str, **options: Any) -> list[float]:
            return self.embed_text(text)

    llm = llm_factory(model, client=client, temperature=0, max_tokens=_TOKENS)
    made = {
        "faithfulness": ragas.Faithfulness(llm),
        "factual correctness": ragas.FactualCorrectness(llm),
        "answer relevancy": ragas.AnswerRelevancy(llm, Embedding()),
        "context recall": ragas.ContextRecall(llm),
        "context precision": ragas.ContextPrecision(llm),
        "noise sensitivity": ragas.NoiseSensitivity(llm),
    }
    made["answer relevancy"].llm = _Asking(llm)
    if language == "fr":
        for name, metric in made.items():
            in_french(name, metric)
    return made


class _Asking:
    """A judge that is to write a question: of one that writes none ragas would make a zero."""

    def __init__(self, llm: Any) -> None:
        self._llm = llm

    async def agenerate(self, prompt: str, response_model: Any) -> Any:
        """See ragas' ``InstructorBaseRagasLLM``; an empty question breaks off (``ValueError``)."""
        said = await self._llm.agenerate(prompt, response_model)
        if not said.question.strip():
            raise ValueError("The judge wrote no question.")
        return said
