"""The baseline: LangChain's retrieval chain as its tutorial has it, with the same models.

FAISS over chunks of 500 characters, the four nearest stuffed into one prompt, one answer.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.llm import LanguageModel, Place
from assistant.prompting import Message
from index import Document, Embedder
from index.dense import DenseIndex

CHUNK, OVERLAP, CHUNKS = 500, 50, 4

_SYSTEM = (
    "You are an assistant for question-answering tasks. Use the following pieces of retrieved "
    "context to answer the question. If you don't know the answer, just say that you don't know. "
    "Use three sentences maximum and keep the answer concise. Answer in the question's language."
)
_DENIALS = (
    "don't know", "do not know", "not know", "no information", "not mention", "not provide",
    "not state", "not specif", "ne sais pas", "pas d'information", "pas mentionn", "pas précis",
    "ne mentionne pas", "ne dit pas", "pas indiqu", "aucune information", "ne fournit pas",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """What the baseline said: seconds to its first piece and in all."""

    text: str
    first: float
    total: float

    @property
    def abstained(self) -> bool:
        """Whether it says that it does not know, read kindly."""
        said = self.text.casefold().replace("’", "'")
        return any(denial in said for denial in _DENIALS)


class PlainChain:
    """The baseline over some documents."""

    def __init__(
        self, documents: Sequence[Document], embedder: Embedder, model: LanguageModel, place: Place
    ) -> None:
        """Chunk and embed ``documents``."""
        self._chunks = [
            document.text[start : start + CHUNK]
            for document in documents
            for start in range(0, len(document.text), CHUNK - OVERLAP)
        ]
        self._vectors = DenseIndex.of(embedder.passages(self._chunks))
        self._embedder, self._model, self._place = embedder, model, place

    def ask(self, question: str) -> PlainAnswer:
        """Answer with the nearest chunks."""
        began = time.perf_counter()
        rows, _ = self._vectors.search(np.asarray(self._embedder.queries([question])[0]), CHUNKS)
        context = "\n\n".join(self._chunks[row] for row in rows)
        chat = [
            Message("system", _SYSTEM),
            Message("user", f"Context:\n{context}\n\nQuestion: {question}"),
        ]
        pieces: list[str] = []
        first = 0.0
        for token in self._model.tokens(chat, place=self._place, limit=200):
            first = first or time.perf_counter() - began
            pieces.append(token.text)
        total = time.perf_counter() - began
        return PlainAnswer("".join(pieces).strip(), first or total, total)
