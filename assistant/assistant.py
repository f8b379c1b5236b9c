"""``Assistant``: a corpus, a model, and questions answered from the one by the other."""

import asyncio
import logging
import os
import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from assistant.answer import Answer
from assistant.catalogue import Adapter, load_catalogue
from assistant.conversation import Conversation
from assistant.errors import AndromedeError, CorpusError, ModelUnavailable
from assistant.fetch import locate
from assistant.llm import ChatModel, Endpoint, LanguageModel, service
from assistant.local_model import LocalModel
from assistant.pipeline import OnStep, Pipeline, Turn
from assistant.settings import Settings, load_settings
from assistant.verification import vocabulary
from assistant.warm import RESTORING, UnderWay, warm
from index import Embedder, Index, Progress

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

log = logging.getLogger(__name__)

SHIPPED_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
"""The article that the project ships."""

RESTART_SECONDS = 3.0
"""How long a question waits for a model that is being restarted before it is answered without."""


class Assistant:
    """Answers questions from a corpus; one serves many threads.

    ``Assistant.open`` returns at once and loads in the background; the first question waits for
    what it needs. Close it, or use it in a ``with`` statement, to end the model's process.
    """

    def __init__(
        self,
        corpus: Path,
        settings: Settings,
        model_file: Path | None,
        adapters: Sequence[Adapter] = (),
    ) -> None:
        """Remember what to load; use ``Assistant.open``."""
        self.corpus = corpus
        """The file or folder that was opened, as an absolute path."""
        self._settings = settings
        self._started = threading.Event()
        self._failure: AndromedeError | None = None
        self._index: Index | None = None
        self._pipeline: Pipeline | None = None
        self._local: LocalModel | None = None
        self._embedder = Embedder(settings.embedding_model)
        self._indexed = threading.Event()
        self._restored = threading.Event()
        self._changing = threading.Lock()
        self._questions = UnderWay()
        self._reading = False
        self._adapters = adapters
        self._model = ChatModel(self._endpoint, settings.llm_timeout, trained=bool(adapters))
        if model_file is not None:
            self._local = LocalModel(
                model_file,
                threads=settings.threads,
                slot_folder=settings.home / "prompt-caches",
                slots=len(set(self._model.slots.values())),
                context=self._model.context,
                adapters=[adapter.checked() for adapter in adapters],
                on_ready=self._warm,
            )

    @classmethod
    def open(
        cls,
        corpus: str | Path | None = None,
        settings: Settings | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Open a corpus, the shipped article by default.

        Args:
            corpus: a file or folder; indexed on first use, and again when it changes.
            settings: those of the environment by default.
            progress: told how indexing goes, from another thread.

        Raises:
            CorpusError: there is nothing at ``corpus``.
            ConfigurationError: a setting is wrong, or an adapter damaged.
            ModelNotFetched: the local model is not on this machine yet.
        """
        settings = settings or load_settings()
        path = Path(corpus or settings.corpus or SHIPPED_CORPUS).expanduser().resolve()
        if not path.exists():
            raise CorpusError(f"{path}: no such file or folder; name one that exists.")
        # Libraries that report home unless told not to; the model and index are all local.
        os.environ["LANGSMITH_TRACING"] = os.environ["LANGCHAIN_TRACING_V2"] = "false"
        model_file = None
        adapters: tuple[Adapter, ...] = ()
        if settings.llm_base_url is None:
            entry = load_catalogue().entry(settings.local_model)
            model_file = locate(entry, settings.home)
            adapters = entry.adapters
        opened = cls(path, settings, model_file, adapters)
        threading.Thread(
            target=opened._load, args=(progress,), name="assistant-load", daemon=True
        ).start()
        return opened

    def _load(self, progress: Progress | None) -> None:
        """Load index and model side by side."""
        try:
            if self._local is not None:
                self._local.start()
            importing = threading.Thread(target=_import_client, name="assistant-import")
            importing.start()
            self._use(self._made(lambda: self._open(progress)))
            self._indexed.set()
            self._embedder.warm()
            importing.join()
            if self._local is not None:
                self._local.wait_ready(self._settings.llm_timeout)
                # The first question would read anew what is about to be restored.
                self._restored.wait(RESTORING)
        except AndromedeError as error:
            self._failure = error
        finally:
            self._indexed.set()
            self._started.set()

    def _open(self, progress: Progress | None) -> Index:
        return Index.open(self.corpus, self._settings.home, self._embedder, progress)

    def _made(self, make: Callable[[], Index]) -> Index:
        try:
            return make()
        except OSError as error:
            raise CorpusError(
                f"{self.corpus}: cannot be indexed ({error}); mend that first."
            ) from error

    def _use(self, index: Index) -> None:
        """Answer from ``index`` from now on; questions under way end with what they began with."""
        self._index = index
        self._pipeline = Pipeline(index, self._model, self._settings.max_question_chars)

    def _endpoint(self) -> Endpoint:
        local = self._local
        return service(self._settings) if local is None else local.wait_ready(RESTART_SECONDS)

    def _warm(self, endpoint: Endpoint) -> None:
        self._indexed.wait()
        if self._index is not None:
            from importlib.metadata import version

            adapters = "".join(adapter.sha256 for adapter in self._adapters)
            model_id = f"{self._settings.local_model} {adapters} {version('xllamacpp')}"
            self._reading = True
            try:
                warm(
                    self._model,
                    endpoint,
                    self._index,
                    model_id,
                    self._settings.home / "prompt-caches",
                    self._questions,
                    self._restored.set,
                )
            finally:
                self._reading = False
                self._restored.set()
        vocabulary.load()

    @property
    def reading(self) -> bool:
        """Whether the local model still reads what its prompts begin with: answers take longer."""
        return self._reading

    @property
    def state(self) -> Literal["starting", "ready", "failed"]:
        """Whether questions can be answered yet."""
        if not self._started.is_set():
            return "starting"
        # Whatever broke the start: what cannot answer is not ready.
        return "ready" if self._failure is None and self._pipeline is not None else "failed"

    @property
    def failure(self) -> AndromedeError | None:
        """Why it cannot answer; ``None`` unless ``state`` is "failed"."""
        return self._failure

    @property
    def model_failure(self) -> str | None:
        """Why the local model was given up since, and answers quote; else ``None``."""
        return None if self._local is None else self._local.failure

    @property
    def index(self) -> Index:
        """What is searched; waits until it is loaded.

        Raises:
            AndromedeError: it could not be loaded.
        """
        self._indexed.wait()
        if self._index is None:
            raise self._failure or ModelUnavailable("The assistant was closed: open a new one.")
        return self._index

    def _ready(self) -> Pipeline:
        """What answers; waits until all is loaded."""
        self._started.wait()
        if self._pipeline is None or self._failure is not None:
            raise self._failure or ModelUnavailable("The assistant was closed: open a new one.")
        return self._pipeline

    @property
    def model(self) -> LanguageModel:
        """The language model, as the steps of an answer use it."""
        return self._model

    def ask(self, question: str) -> Answer:
        """Answer one question, or say that the source does not.

        Args:
            question: in French or English, at most ``max_question_chars`` code points.

        Raises:
            AndromedeError: the index or the model could not be loaded. A model that goes away
                later raises nothing: the answer quotes the source and says so.
        """
        *_, answer = self.stream(question)
        return answer

    async def aask(self, question: str) -> Answer:
        """``ask``, awaited."""
        return await asyncio.to_thread(self.ask, question)

    def stream(
        self, question: str, on_step: OnStep | None = None, *, turns: tuple[Turn, ...] = ()
    ) -> Generator[Answer, None, None]:
        """Answer sentence by sentence, each only after it was verified.

        Args:
            question: see ``ask``.
            on_step: told "searching", "writing" and "checking" as they go on; what it raises
                stops the answer.
            turns: what was said before, oldest first.

        Yields:
            The answer as far as it is verified; the last one is whole. Closing the generator
            stops the model.

        Raises:
            AndromedeError: see ``ask``.
        """
        pipeline = self._ready()
        with self._questions.one():
            yield from pipeline.answer(question, turns, on_step or _ignore)

    def add(self, paths: Sequence[str | Path], progress: Progress | None = None) -> None:
        """Answer from further files or folders too, from now on and for good.

        Questions go on being answered meanwhile, from what there was.

        Args:
            paths: what ``andromede index add`` takes.
            progress: told how indexing goes.

        Raises:
            AndromedeError: one of them holds no document, or see ``ask``; all stays as it was.
        """
        files = [Path(path).expanduser().resolve() for path in paths]
        home = self._settings.home
        self._change(lambda: Index.add(self.corpus, files, home, self._embedder, progress))

    def refresh(self, progress: Progress | None = None) -> None:
        """Look at the files again, and answer from now on from what they hold now.

        Raises:
            AndromedeError: nothing is left to answer from, or see ``ask``; all stays as it was.
        """
        self._change(lambda: self._open(progress))

    def _change(self, make: Callable[[], Index]) -> None:
        self._ready()
        # One change after the other: the later one must not be undone by the earlier.
        with self._changing:
            self._use(self._made(make))
        if self._local is not None:
            threading.Thread(target=self._warm_again, daemon=True).start()

    def _warm_again(self) -> None:
        """What every prompt begins with may have changed with the index."""
        try:
            self._warm(self._endpoint())
        except ModelUnavailable as error:
            log.warning("the model's prompts could not be warmed: %s", error)

    def conversation(self, turns: Sequence[Turn] = ()) -> Conversation:
        """A conversation, which remembers its turns.

        Args:
            turns: what was said before, oldest first, where an earlier one is taken up again.
        """
        return Conversation(self, turns)

    def as_retriever(self, k: int = 8) -> "BaseRetriever":
        """LangChain's interface to the search: documents with their place in ``metadata``.

        Args:
            k: passages a search gives at most.
        """
        from assistant.langchain import PassageRetriever

        return PassageRetriever(assistant=self, k=k)

    def as_runnable(self) -> "Runnable[str, Answer]":
        """LangChain's interface to ``ask``: invoke it with a question."""
        from langchain_core.runnables import RunnableLambda

        return RunnableLambda(self.ask, afunc=self.aask, name="Andromede")

    def close(self) -> None:
        """End the model's process; again, it does nothing."""
        # Whoever waits for an index that is still being built need not wait any longer.
        self._indexed.set()
        if self._local is not None:
            self._local.close()

    def __enter__(self) -> Self:
        """The assistant itself."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close it."""
        self.close()


def _ignore(step: str) -> None:
    """Nobody listens."""


def _import_client() -> None:
    import langchain_openai  # noqa: F401 - two seconds less of the first answer
