"""The one seam to the language model: any OpenAI-compatible service, through LangChain.

The local server is such a service with one thing more: slots that keep the start of a prompt.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

from assistant.answer import Language
from assistant.errors import ModelUnavailable
from assistant.prompt_caches import PromptCaches
from assistant.prompting import Message, load_prompts
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

Task = Literal[
    "brief", "write", "aside", "judge", "spell", "rewrite", "derive", "calculate", "translate"
]
"""What a model is asked for; what is read is all that was found, or else ``aside``, a choice."""

Place = tuple[Task, Language]
"""Where a request belongs: the task, and the language that its prompt is written in."""

SLOTS: dict[Place, int] = {
    ("brief", "fr"): 0,
    ("brief", "en"): 1,
    ("write", "fr"): 2,
    ("write", "en"): 3,
    ("judge", "fr"): 4,
    ("judge", "en"): 5,
    ("aside", "fr"): 6,
    ("aside", "en"): 7,
    ("rewrite", "fr"): 8,
    ("rewrite", "en"): 9,
    ("derive", "fr"): 10,
    ("derive", "en"): 11,
    ("translate", "fr"): 12,
    ("translate", "en"): 12,
    ("spell", "fr"): 12,
    ("spell", "en"): 12,
    ("calculate", "fr"): 13,
    ("calculate", "en"): 13,
}
"""The local server's prompt caches: one a task and language, so that none evicts another's; in the
order in which they are filled. Each takes 57 MB, so the seldom used translations share one with
careless questions, and the calculations, which are asked alike in both languages, have one."""

TRAINED_SLOTS: dict[Place, int] = {
    ("brief", "fr"): 0,
    ("brief", "en"): 0,
    ("write", "fr"): 0,
    ("write", "en"): 0,
    ("aside", "fr"): 1,
    ("aside", "en"): 1,
    ("judge", "fr"): 2,
    ("judge", "en"): 3,
    ("rewrite", "fr"): 4,
    ("rewrite", "en"): 4,
    ("derive", "fr"): 5,
    ("derive", "en"): 6,
    ("translate", "fr"): 7,
    ("translate", "en"): 7,
    ("calculate", "fr"): 8,
    ("calculate", "en"): 8,
    ("spell", "fr"): 9,
    ("spell", "en"): 9,
}
"""The same for a trained model, which needs few worked examples: whatever is read out of a text, in
either language, begins with the text; what is judged begins with the title. What is rewritten,
spelt or translated is short, so both languages share a slot; calculations are asked with examples,
alike in both. Each takes 72 MB."""

ADAPTERS: dict[Task, int] = {
    "judge": 0,
    "brief": 1,
    "write": 1,
    "aside": 1,
    "rewrite": 2,
    "spell": 3,
}
"""The trained model's adapter for a task, by its number in the server, in the catalogue's order.
What one slot holds was read either with the same one or without any."""

CONTEXT, TRAINED_CONTEXT = 2048, 2560
"""Tokens that each slot of the local server holds, prompt and answer together; the same for a
trained model, which reads longer texts whole (``evidence.WHOLE_TRAINED``)."""

_TOP = 10
"""Alternatives asked for at each token: the most that every service grants is 20, most grant 10."""

_NOT_GRANTED = frozenset({400, 422})
"""HTTP statuses by which a service refuses to give probabilities."""


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


def service(settings: Settings) -> Endpoint:
    """The service that settings name in place of the local model."""
    key = settings.llm_api_key
    return Endpoint(
        base_url=settings.llm_base_url or "",
        # The client insists on a key; services that want none ignore it.
        api_key=key.get_secret_value() if key else "none",
        model=settings.llm_model or "",
        local=False,
    )


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
    """What the steps of an answer need of a model. Tests put a fake in here.

    Attributes:
        trained: whether it was trained to answer from a text and to judge answers; else it is
            given examples.
    """

    @property
    def trained(self) -> bool:
        """See the class."""
        ...

    def tokens(
        self, chat: Sequence[Message], *, place: Place, limit: int
    ) -> Generator[Token, None, None]:
        """Write an answer to ``chat``; closing the iterator stops the model.

        Args:
            chat: the turns, from fixed to varying.
            place: what it is for; the local server keeps a prompt cache for each.
            limit: tokens at most.

        Raises:
            ModelUnavailable: it cannot be reached, is too slow or refuses.
        """
        ...


class ChatModel:
    """A model behind an OpenAI-compatible API. Thread-safe.

    Attributes:
        trained: see ``LanguageModel``.
        caches: the local server's.
    """

    def __init__(
        self,
        endpoint: Callable[[], Endpoint],
        timeout: float,
        *,
        trained: bool = False,
        logprobs: bool = False,
    ) -> None:
        """Ask the service that ``endpoint`` names at each call; it may move when it restarts.

        Args:
            endpoint: blocks until the service is ready, or raises ``ModelUnavailable``.
            timeout: seconds to wait for its next word.
            trained: whether the local server has the adapters of ``ADAPTERS``.
            logprobs: ask another service for probabilities, too, until it refuses to give them.
        """
        self.trained = trained
        self.caches = PromptCaches()
        self._logprobs = logprobs
        self._endpoint = endpoint
        self._timeout = timeout
        self._client: tuple[Endpoint, ChatOpenAI] | None = None

    @property
    def slots(self) -> dict[Place, int]:
        """The local server's prompt cache for each place."""
        return TRAINED_SLOTS if self.trained else SLOTS

    @property
    def context(self) -> int:
        """Tokens that each of them holds."""
        return TRAINED_CONTEXT if self.trained else CONTEXT

    def tokens(
        self, chat: Sequence[Message], *, place: Place, limit: int
    ) -> Generator[Token, None, None]:
        """See ``LanguageModel``."""
        import httpx
        import httpx2
        import openai

        endpoint = self._endpoint()
        options: dict[str, Any] = {"max_tokens": limit}
        if endpoint.local:
            slot = self.slots[place]
            self.caches.take_up(endpoint, slot, chat)
            # Greedy decoding: the same question gets the same answer.
            extra: dict[str, Any] = {"id_slot": slot, "cache_prompt": True, "top_k": 1}
            if self.trained and place[0] in ADAPTERS:
                extra["lora"] = [{"id": ADAPTERS[place[0]], "scale": 1.0}]
                # Whether anything is stated is read off the first token's probabilities, which this
                # leaves as they are; what is written is what the reader would say if it had to.
                # Nothing else begins so.
                extra["logit_bias"] = [[word, False] for word in _silences()]
            options["extra_body"] = extra
        probable = endpoint.local or self._logprobs
        if probable:
            options |= {"logprobs": True, "top_logprobs": _TOP}
        try:
            chunks = self._chat_model(endpoint).stream([(m.role, m.text) for m in chat], **options)
            for n, chunk in enumerate(chunks):
                if endpoint.local and n == 0:
                    self.caches.was_read(self.slots[place], chat)
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
            if probable and not endpoint.local and error.status_code in _NOT_GRANTED:
                self._logprobs = False
                yield from self.tokens(chat, place=place, limit=limit)
                return
            raise ModelUnavailable(
                f"The model {endpoint.model} refused the request (HTTP {error.status_code}); "
                "check the ANDROMEDE_… settings that name it."
            ) from error
        except (openai.APIError, httpx.HTTPError, httpx2.HTTPError, OSError) as error:
            raise ModelUnavailable(
                f"The model {endpoint.model} broke off or cannot be reached; ask again in a moment."
            ) from error

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


@cache
def _silences() -> list[str]:
    """How "not stated" begins in each language: a word in capitals, which nothing else needs."""
    return [load_prompts(language).not_stated.split()[0] for language in get_args(Language)]


def _token(detail: dict[str, Any]) -> Token:
    return Token(
        text=detail["token"],
        logprob=detail["logprob"],
        alternatives={top["token"]: top["logprob"] for top in detail.get("top_logprobs") or []},
    )
