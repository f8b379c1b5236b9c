"""Passages and sentences of an index, made from its tables when they are looked at."""

from collections.abc import Sequence
from typing import overload

from index.documents import Document, Passage, Sentence
from index.store import Table


class Sentences(Sequence[Sentence]):
    """Every sentence of an index, by row."""

    def __init__(self, documents: Sequence[Document], passages: Table, sentences: Table) -> None:
        """Look at tables as :mod:`index.store` describes them."""
        self._documents = documents
        self._passages = passages
        self._sentences = sentences

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self._sentences)

    @overload
    def __getitem__(self, row: int) -> Sentence: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Sentence, ...]: ...
    def __getitem__(self, row: int | slice) -> Sentence | tuple[Sentence, ...]:
        """The sentence in ``row``, or those of a slice."""
        if isinstance(row, slice):
            return tuple(self[i] for i in range(*row.indices(len(self))))
        row = range(len(self))[row]
        passage, start, end = self._sentences[row].tolist()
        document = self._documents[int(self._passages[passage, 0])]
        return Sentence(row, passage, document, start, end)


class Passages(Sequence[Passage]):
    """Every passage of an index, by row."""

    def __init__(self, documents: Sequence[Document], passages: Table, sentences: Table) -> None:
        """Look at tables as :mod:`index.store` describes them."""
        self._documents = documents
        self._passages = passages
        self._sentences = Sentences(documents, passages, sentences)

    def __len__(self) -> int:
        """Number of passages."""
        return len(self._passages)

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, row: int | slice) -> Passage | tuple[Passage, ...]:
        """The passage in ``row``, or those of a slice."""
        if isinstance(row, slice):
            return tuple(self[i] for i in range(*row.indices(len(self))))
        row = range(len(self))[row]
        document, first, count = self._passages[row].tolist()
        held = self._sentences[first : first + count]
        return Passage(row, self._documents[document], held[0].start, held[-1].end, held)
