"""ragas' own metrics by any judge, over a run or labelled claims; they gate no answer.

Needs the ``evals`` extra. The judge is an OpenAI-compatible service that the
``ANDROMEDE_JUDGE_…`` variables name, or else the local model.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, TypeVar

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.catalogue import load_catalogue
from assistant.errors import ConfigurationError
from assistant.fetch import locate
from assistant.llm import Endpoint
from assistant.local_model import LocalModel
from assistant.settings import Settings
from evals.ask import AT_ONCE, Outcome
from evals.claims import LabelledClaim
from evals.scores import Mean, mean
from index import Embedder

_CONTEXT = 8192
"""Tokens that a local judge holds: ragas' prompts carry long examples."""

_TOKENS = 1024
"""Tokens that a judge may write; a small model that runs in circles is cut off there."""


class JudgeSettings(BaseSettings):
    """Where the judge answers; left out, the local model judges."""

    model_config = SettingsConfigDict(
        env_prefix="ANDROMEDE_JUDGE_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    base_url: str | None = None
    model: str = ""
    api_key: SecretStr = SecretStr("none")


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


def judge_service() -> Endpoint | None:
    """The service that is to judge; ``None`` where the local model is.

    Raises:
        ConfigurationError: its model's name is missing.
    """
    judge = JudgeSettings()
    if not judge.base_url:
        return None
    if not judge.model:
        raise ConfigurationError("ANDROMEDE_JUDGE_MODEL is missing: name the judge's model.")
    return Endpoint(judge.base_url, judge.api_key.get_secret_value(), judge.model, local=False)


@contextmanager
def judge_of(settings: Settings) -> Iterator[Endpoint]:
    """The judge's service; a local one runs as long as this is open.

    Raises:
        ConfigurationError: the name of the service's model is missing.
        ModelUnavailable: the local model does not start.
        ModelNotFetched: it is not on this machine yet.
    """
    if service := judge_service():
        yield service
        return
    local = LocalModel(
        locate(load_catalogue().entry(settings.local_model), settings.home),
        threads=settings.threads,
        slot_folder=settings.home / "prompt-caches",
        slots=1,
        context=_CONTEXT,
    )
    try:
        local.start()
        yield local.wait_ready(settings.llm_timeout)
    finally:
        local.close()


def judged_means(done: Sequence[Outcome], endpoint: Endpoint, settings: Settings) -> Iterator[Mean]:
    """The mean of each metric over the answers that were shown, as each is finished.

    A score that is not a number and a judge that broke off are counted, not averaged.
    """
    shown = [
        outcome
        for outcome in done
        if not outcome.error and outcome.case.gold and not outcome.answer.abstained
    ]
    for name, score in _metrics(endpoint, settings):
        yield mean(name, asyncio.run(_all(score, shown, _at_once(endpoint))))


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
    llm = _llm(endpoint, settings)
    from ragas.metrics.collections import Faithfulness

    metric = Faithfulness(llm)

    async def score(claim: LabelledClaim) -> float:
        try:
            result = await metric.ascore(
                user_input=claim.question,
                response=claim.claim,
                retrieved_contexts=list(claim.evidence),
            )
            return float(result.value)
        finally:
            on_score()

    return asyncio.run(_all(score, claims, _at_once(endpoint)))


def _at_once(endpoint: Endpoint) -> int:
    return 1 if endpoint.local else AT_ONCE


def _llm(endpoint: Endpoint, settings: Settings) -> Any:
    """The judge as ragas wants it; one a metric: each is asked in an event loop of its own."""
    # It reports home unless told not to.
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"
    from openai import AsyncOpenAI
    from ragas.llms import llm_factory

    client = AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        timeout=settings.llm_timeout,
        max_retries=0,
    )
    return llm_factory(endpoint.model, client=client, temperature=0, max_tokens=_TOKENS)


def _metrics(
    endpoint: Endpoint, settings: Settings
) -> Iterator[tuple[str, Callable[[Outcome], Awaitable[float]]]]:
    from ragas.embeddings.base import BaseRagasEmbedding
    from ragas.metrics.collections import (
        AnswerRelevancy,
        ContextPrecision,
        ContextRecall,
        FactualCorrectness,
        Faithfulness,
        NoiseSensitivity,
    )

    embedder = Embedder(settings.embedding_model)

    class Embedding(BaseRagasEmbedding):  # type: ignore[misc]
        """The assistant's own embeddings."""

        def embed_text(self, text: str, **options: Any) -> list[float]:
            return [float(value) for value in embedder.queries([text])[0]]

        async def aembed_text(self, text: str, **options: Any) -> list[float]:
            return self.embed_text(text)

    embedding = Embedding()

    def llm() -> Any:
        return _llm(endpoint, settings)

    wants: dict[str, tuple[Any, tuple[str, ...]]] = {
        "faithfulness": (Faithfulness(llm()), ("user_input", "response", "retrieved_contexts")),
        "factual correctness": (FactualCorrectness(llm()), ("response", "reference")),
        "answer relevancy": (AnswerRelevancy(llm(), embedding), ("user_input", "response")),
        "context recall": (
            ContextRecall(llm()),
            ("user_input", "retrieved_contexts", "reference"),
        ),
        "context precision": (
            ContextPrecision(llm()),
            ("user_input", "reference", "retrieved_contexts"),
        ),
        "noise sensitivity": (
            NoiseSensitivity(llm()),
            ("user_input", "response", "reference", "retrieved_contexts"),
        ),
    }
    for name, (metric, keys) in wants.items():

        async def score(outcome: Outcome, metric: Any = metric, keys: Any = keys) -> float:
            sample = sample_of(outcome)
            result = await metric.ascore(**{key: sample[key] for key in keys})
            return float(result.value)

        yield f"ragas {name}", score


def sample_of(outcome: Outcome) -> dict[str, Any]:
    """An outcome as ragas' metrics read it: what was cited is the context of the answer."""
    case, answer = outcome.case, outcome.answer
    return {
        "user_input": answer.question or case.question,
        "response": " ".join(claim.text for claim in answer.claims if claim.supported),
        "retrieved_contexts": [citation.quote for citation in answer.citations],
        "reference": ", ".join(group[0] for group in case.gold),
    }


Scored = TypeVar("Scored", Outcome, LabelledClaim)


async def _all(
    score: Callable[[Scored], Awaitable[float]], scored: Sequence[Scored], at_once: int
) -> list[float | None]:
    from instructor.core import InstructorError
    from openai import OpenAIError

    turns = asyncio.Semaphore(at_once)

    async def one(what: Scored) -> float | None:
        async with turns:
            try:
                return await score(what)
            except (InstructorError, OpenAIError, ValueError):
                return None

    return list(await asyncio.gather(*(one(what) for what in scored)))
