"""The one seam to the language model: any OpenAI-compatible service, through LangChain.

The local server is such a service with two things more: slots that keep the start of a prompt, and
the log-probability of any token that one asks for.
"""

import math
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from assistant.answer import Language
from assistant.errors import ModelUnavailable
from assistant.prompting import Message

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

Task = Literal["write", "judge", "rewrite", "derive"]

SLOTS: dict[tuple[Task, Language], int] = {
    ("write", "fr"): 0,
    ("write", "en"): 1,
    ("judge", "fr"): 2,
    ("judge", "en"): 3,
    ("rewrite", "fr"): 4,
    ("rewrite", "en"): 5,
    ("derive", "fr"): 6,
    ("derive", "en"): 7,
}
"""The local server's prompt caches: one a task and language, so that none evicts another's."""

_TOP = 10
"""Alternatives asked for at each token: the most that every service grants is 20, most grant 10."""

_RAISED = 60
"""Added to the logits of the tokens asked about: above all that differ by less."""

_IMPOSSIBLE = 1e-12

_UNSEEN = 1e-4
"""Probability granted to a word that is not among the alternatives."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers.

    Attributes:
        base_url: of an OpenAI-compatible API, ending in ``/v1`` as a rule.
        api_key: its key.
        model: the model's name there.
        local: whether it is our own llama.cpp server.
    """

    base_url: str
    api_key: str = field(repr=False)
    model: str
    local: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of what the model writes.

    Attributes:
        text: the piece.
        logprob: natural logarithm of its probability, ``None`` where the service gives none.
        alternatives: what else could have stood there: text to natural log-probability.
    """

    text: str
    logprob: float | None = None
    alternatives: dict[str, float] = field(default_factory=dict)


class LanguageModel(Protocol):
    """What the steps of an answer need of a model. Tests put a fake in here."""

    def tokens(
        self, chat: Sequence[Message], *, slot: int, limit: int
    ) -> Generator[Token, None, None]:
        """Write an answer to ``chat``; closing the iterator stops the model.

        Args:
            chat: the turns, from fixed to varying.
            slot: which of the local server's prompt caches to use; ignored elsewhere.
            limit: tokens at most.

        Raises:
            ModelUnavailable: it cannot be reached, is too slow or refuses.
        """
        ...

    def log_probabilities(
        self, chat: Sequence[Message], *, slot: int, tokens: Sequence[int], name: str
    ) -> list[float] | None:
        """How likely each of ``tokens`` is to begin the answer, among them alone.

        Args:
            chat: the turns; what is read of them stays in the slot's cache.
            slot: see ``tokens``.
            tokens: ids in the vocabulary of the model called ``name``.
            name: of the model that is meant.

        Returns:
            Natural logarithms, one a token; ``None`` where another model answers, or one that is
            not the local server.

        Raises:
            ModelUnavailable: see ``tokens``.
        """
        ...


class ChatModel:
    """A model behind an OpenAI-compatible API. Thread-safe."""

    def __init__(self, endpoint: Callable[[], Endpoint], timeout: float) -> None:
        """Ask the service that ``endpoint`` names at each call; it may move when it restarts.

        Args:
            endpoint: blocks until the service is ready, or raises ``ModelUnavailable``.
            timeout: seconds to wait for its next word.
        """
        self._endpoint = endpoint
        self._timeout = timeout
        self._client: tuple[Endpoint, ChatOpenAI] | None = None

    def tokens(
        self, chat: Sequence[Message], *, slot: int, limit: int
    ) -> Generator[Token, None, None]:
        """See ``LanguageModel``."""
        import httpx
        import httpx2
        import openai

        endpoint = self._endpoint()
        options: dict[str, Any] = {"max_tokens": limit}
        if endpoint.local:
            # Greedy decoding: the same question gets the same answer.
            extra = {"id_slot": slot, "cache_prompt": True, "top_k": 1}
            options |= {"extra_body": extra, "logprobs": True, "top_logprobs": _TOP}
        try:
            chunks = self._chat_model(endpoint).stream([(m.role, m.text) for m in chat], **options)
            for chunk in chunks:
                details = (chunk.response_metadata.get("logprobs") or {}).get("content") or []
                if details:
                    for detail in details:
                        yield _token(detail)
                elif chunk.text:
                    yield Token(chunk.text)
        # Once a stream has begun, openai lets its transport's errors through; which transport
        # that is differs by release.
        except (
            openai.APITimeoutError,
            httpx.TimeoutException,
            httpx2.TimeoutException,
        ) as error:
            raise ModelUnavailable(
                f"The model {endpoint.model} sent nothing for {self._timeout:g} s; ask again, or "
                "raise ANDROMEDE_LLM_TIMEOUT."
            ) from error
        except openai.APIStatusError as error:
            raise ModelUnavailable(
                f"The model {endpoint.model} refused the request (HTTP {error.status_code}); "
                "check the ANDROMEDE_LLM_… settings."
            ) from error
        except (openai.APIError, httpx.HTTPError, httpx2.HTTPError, OSError) as error:
            raise ModelUnavailable(
                f"The model {endpoint.model} broke off or cannot be reached; ask again in a moment."
            ) from error

    def log_probabilities(
        self, chat: Sequence[Message], *, slot: int, tokens: Sequence[int], name: str
    ) -> list[float] | None:
        """See ``LanguageModel``."""
        import httpx

        endpoint = self._endpoint()
        if not endpoint.local or endpoint.model != name:
            return None
        request = {
            "model": endpoint.model,
            "messages": [{"role": m.role, "content": m.text} for m in chat],
            "max_tokens": 1,
            "id_slot": slot,
            "cache_prompt": True,
            "samplers": [],
            # Raised alike, they are all that is left to choose from: their ratios stay.
            "logit_bias": [[token, _RAISED] for token in tokens],
            "post_sampling_probs": True,
            "logprobs": True,
            "top_logprobs": len(tokens),
        }
        try:
            answer = httpx.post(
                f"{endpoint.base_url}/chat/completions",
                json=request,
                headers={"Authorization": f"Bearer {endpoint.api_key}"},
                timeout=self._timeout,
            )
            answer.raise_for_status()
            (first,) = answer.json()["choices"][0]["logprobs"]["content"]
            told = {top["id"]: top["prob"] for top in first["top_probs"]}
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailable(
                f"The model {endpoint.model} broke off or cannot be reached; ask again in a moment."
            ) from error
        return [math.log(told.get(token, 0.0) + _IMPOSSIBLE) for token in tokens]

    def _chat_model(self, endpoint: Endpoint) -> "ChatOpenAI":
        # Read once: another thread may put a new one there after a restart.
        known = self._client
        if known is None or known[0] != endpoint:
            from langchain_openai import ChatOpenAI
            from pydantic import SecretStr

            known = self._client = (
                endpoint,
                ChatOpenAI(
                    base_url=endpoint.base_url,
                    api_key=SecretStr(endpoint.api_key),
                    model=endpoint.model,
                    temperature=0,
                    timeout=self._timeout,
                    max_retries=0,
                    stream_usage=False,
                ),
            )
        return known[1]


def log_odds(
    model: LanguageModel, chat: Sequence[Message], yes: str, no: str, slot: int
) -> float | None:
    """Natural log of P(yes) / P(no) as the first word of the model's answer.

    Returns:
        About -9 to 9; ``None`` where the service gives no probabilities and said neither.

    Raises:
        ModelUnavailable: as ``LanguageModel.tokens``.
    """
    with closing(model.tokens(chat, slot=slot, limit=1)) as tokens:
        first = next(tokens, None)
    if first is None:
        return None
    if not first.alternatives:
        said = first.text.strip().casefold()
        return 3.0 if said.startswith(yes.casefold()) else -3.0 if said else None
    return math.log(_mass(first, yes) / _mass(first, no))


def _mass(token: Token, word: str) -> float:
    word = word.casefold()
    return _UNSEEN + sum(
        math.exp(logprob)
        for text, logprob in token.alternatives.items()
        if text.strip() and word.startswith(text.strip().casefold())
    )


def _token(detail: dict[str, Any]) -> Token:
    return Token(
        text=detail["token"],
        logprob=detail["logprob"],
        alternatives={top["token"]: top["logprob"] for top in detail.get("top_logprobs") or []},
    )
