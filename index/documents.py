"""What the index is made of: documents, passages and sentences that know their exact place.

Every offset counts Unicode code points in ``Document.text``; ``end`` is exclusive, so that
``document.text[start:end]`` is the text, exactly.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points, ``0 <= start <= end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A source as loaded: its whole text, unchanged but for line ends.

    Attributes:
        id: 16 hexadecimal digits of the SHA-256 of path and text; stable across builds.
        path: where it came from, relative to the corpus folder, with ``/``.
        title: the first heading or line; the file's name where there is none.
        text: the whole text; for HTML, the visible text that was extracted.
        language: ``"fr"`` or ``"en"``: the language that most of it is in.
        date: ISO 8601 date of publication where the source states one, else ``None``.
    """

    id: str
    path: str
    title: str
    text: str
    language: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, the unit of evidence.

    Attributes:
        row: its number in the index, ``0 <= row < len(index.sentences)``.
        passage: row of the passage that holds it.
        document: the source.
        start, end: code points in ``document.text``.
    """

    row: int
    passage: int
    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of neighbouring sentences of one document, the unit of retrieval.

    Attributes:
        row: its number in the index.
        document: the source.
        start, end: code points in ``document.text``.
        sentences: its sentences, in reading order, never empty.
    """

    row: int
    document: Document
    start: int
    end: int
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The passage, word for word."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found.

    Attributes:
        passage: the passage.
        score: fused score, 0 to 1, higher is better; comparable within one search only.
        cosines: cosine of the query to each of ``passage.sentences``, in the same order, -1 to 1.
    """

    passage: Passage
    score: float
    cosines: tuple[float, ...]
