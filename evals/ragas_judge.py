"""ragas' own metrics over a run, by any judge; for information, they gate nothing.

Needs the ``evals`` extra. The judge is an OpenAI-compatible service that the
``ANDROMEDE_JUDGE_…`` variables name, or else the local model.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.catalogue import load_catalogue
from assistant.errors import ConfigurationError
from assistant.fetch import locate
from assistant.llm import Endpoint
from assistant.local_model import LocalModel
from assistant.settings import Settings
from evals.ask import AT_ONCE, Outcome
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
    judge = JudgeSettings()
    if judge.base_url and not judge.model:
        raise ConfigurationError("ANDROMEDE_JUDGE_MODEL is missing: name the judge's model.")


@contextmanager
def judge_of(settings: Settings) -> Iterator[Endpoint]:
    """The judge's service; a local one runs as long as this is open.

    Raises:
        ModelUnavailable: the local model does not start.
        ModelNotFetched: it is not on this machine yet.
    """
    judge = JudgeSettings()
    if judge.base_url:
        key = judge.api_key.get_secret_value()
        yield Endpoint(judge.base_url, key, judge.model, local=False)
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
    # It reports home unless told not to.
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"
    shown = [
        outcome
        for outcome in done
        if not outcome.error and outcome.case.gold and not outcome.answer.abstained
    ]
    for name, score in _metrics(endpoint, settings):
        at_once = 1 if endpoint.local else AT_ONCE
        yield mean(name, asyncio.run(_all(score, shown, at_once)))


Score = Callable[[Outcome], Awaitable[float]]


def _metrics(endpoint: Endpoint, settings: Settings) -> Iterator[tuple[str, Score]]:
    from openai import AsyncOpenAI
    from ragas.embeddings.base import BaseRagasEmbedding
    from ragas.llms import llm_factory
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
        # One client a metric: each is asked in an event loop of its own.
        client = AsyncOpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key,
            timeout=settings.llm_timeout,
            max_retries=0,
        )
        return llm_factory(endpoint.model, client=client, temperature=0, max_tokens=_TOKENS)

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


async def _all(score: Score, shown: Sequence[Outcome], at_once: int) -> list[float | None]:
    from instructor.core import InstructorError
    from openai import OpenAIError

    turns = asyncio.Semaphore(at_once)

    async def one(outcome: Outcome) -> float | None:
        async with turns:
            try:
                return await score(outcome)
            except (InstructorError, OpenAIError, ValueError):
                return None

    return list(await asyncio.gather(*(one(outcome) for outcome in shown)))
