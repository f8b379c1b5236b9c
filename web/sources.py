"""The documents as a reader sees them: their kept text as HTML, every sentence with its place."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Protocol

from assistant.answer import Citation
from assistant.assistant import SHIPPED_CORPUS
from index import Document, Passage, Sentence
from web.texts import Texts
from web.written import written_date


class Corpus(Protocol):
    """What the page needs of an index."""

    @property
    def documents(self) -> Sequence[Document]: ...  # noqa: D102
    @property
    def passages(self) -> Sequence[Passage]: ...  # noqa: D102
    @property
    def sentences(self) -> Sequence[Sentence]: ...  # noqa: D102
    @property
    def model(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> Path: ...  # noqa: D102
    @property
    def made_at(self) -> datetime: ...  # noqa: D102


class Searching(Protocol):
    """Who has an index; another may take its place."""

    @property
    def index(self) -> Corpus: ...  # noqa: D102


class Shelf:
    """Keeps the library of the index that is in use. Thread-safe."""

    def __init__(self, assistant: Searching) -> None:
        """Make none yet: the index may still be loading."""
        self._assistant = assistant
        self._library: Library | None = None
        self._lock = threading.Lock()

    def library(self) -> "Library":
        """The library, made anew where another index has taken the place of its own."""
        # Two first readers at once should not both build it.
        with self._lock:
            corpus = self._assistant.index
            if self._library is None or self._library.corpus is not corpus:
                self._library = Library(corpus)
            return self._library


class Library:
    """Finds documents and sentences of an index for the page; made once for each index."""

    def __init__(self, corpus: Corpus) -> None:
        """Sort the sentences of ``corpus`` by document and place."""
        self.corpus = corpus
        self.documents = tuple(corpus.documents)
        self._documents = {document.id: document for document in self.documents}
        self._sentences: dict[str, list[Sentence]] = {}
        for passage in corpus.passages:
            self._sentences.setdefault(passage.document.id, []).extend(passage.sentences)
        for sentences in self._sentences.values():
            sentences.sort(key=lambda sentence: sentence.start)
        shipped = {_words(file.read_text("utf-8")) for file in SHIPPED_CORPUS.glob("*.txt")}
        self.shipped = any(_words(document.text) in shipped for document in self.documents)
        """Whether the shipped article is among the documents, so that its questions fit."""

    def document(self, identity: str) -> Document | None:
        """The document whose ``id`` is ``identity``."""
        return self._documents.get(identity)

    def sentences(self, document: Document) -> Sequence[Sentence]:
        """The kept sentences of ``document``, in reading order."""
        return self._sentences.get(document.id, ())

    def holds(self, citations: Iterable[Citation]) -> bool:
        """Whether all that is cited still stands in the sources."""
        return all(citation.source.id in self._documents for citation in citations)

    def number(self, document: Document, start: int) -> int | None:
        """The sentence that holds code point ``start``, from 0 in its document; else ``None``.

        Not its row in the index: that changes when another document comes or goes, and a link to
        a sentence must not.
        """
        return next(
            (
                number
                for number, sentence in enumerate(self.sentences(document))
                if sentence.start <= start < sentence.end
            ),
            None,
        )

    def address(self, document: Document, start: int) -> str:
        """Where a page in the site's root finds ``document``, the sentence at ``start`` marked."""
        number = self.number(document, start)
        path = source_path(document)
        return path if number is None else f"{path}?mark={number}#s{number}"


def source_path(document: Document) -> str:
    """Where a page in the site's root finds the page that shows ``document``."""
    return f"source/{document.id}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def article_html(
    document: Document, sentences: Sequence[Sentence], words: Texts, mark: int | None = None
) -> str:
    """The kept text as an ``<article>``: a title, then paragraphs of ``<span id="s{number}">``.

    Args:
        document: the source.
        sentences: its kept sentences, in reading order.
        words: the page's texts, for the date.
        mark: number of the sentence to put in ``<mark>``; one that is not there marks nothing.
    """
    numbers = {sentence.row: number for number, sentence in enumerate(sentences)}

    def shown(sentence: Sentence) -> str:
        number = numbers[sentence.row]
        text = escape(sentence.text)
        return f'<span id="s{number}">{f"<mark>{text}</mark>" if number == mark else text}</span>'

    rest = list(sentences)
    title = escape(document.title)
    # The first line is often the title itself, and nobody wants to read it twice.
    if rest and rest[0].text.strip() == document.title.strip():
        title = shown(rest.pop(0))
    date = (
        f'<p class="date" lang="{words.language}"><time datetime="{escape(document.date)}">'
        f"{escape(written_date(document.date, words))}</time></p>"
        if document.date
        else ""
    )
    body = "".join(
        "<p>" + " ".join(map(shown, paragraph)) + "</p>"
        for paragraph in _paragraphs(document, rest)
    )
    return (
        f'<article lang="{escape(document.language)}" data-document="{escape(document.id)}">'
        f"<h2>{title}</h2>{date}{body}</article>"
    )


def _paragraphs(document: Document, sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Runs of sentences that the source sets as one paragraph.

    A blank line, or text that was left out, ends one. So does a single line end, unless the
    source wraps its lines, which shows by a line end inside a sentence.
    """
    wrapped = any("\n" in sentence.text for sentence in sentences)
    paragraph: list[Sentence] = []
    for sentence in sentences:
        gap = document.text[paragraph[-1].end : sentence.start] if paragraph else ""
        if paragraph and (gap.strip() or gap.count("\n") > int(wrapped)):
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph
