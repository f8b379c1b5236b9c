"""The documents as a reader sees them: their kept text as HTML, every sentence with its place."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Protocol

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


class Library:
    """Finds documents and sentences of an index for the page; made once for each index."""

    def __init__(self, corpus: Corpus) -> None:
        """Sort the sentences of ``corpus`` by document and place."""
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

    def row(self, document: Document, start: int) -> int | None:
        """The row of the sentence that holds code point ``start``; ``None`` where none is kept."""
        return next(
            (
                sentence.row
                for sentence in self.sentences(document)
                if sentence.start <= start < sentence.end
            ),
            None,
        )

    def address(self, document: Document, start: int) -> str:
        """Where a page in the site's root finds ``document``, the sentence at ``start`` marked."""
        row = self.row(document, start)
        path = source_path(document)
        return path if row is None else f"{path}?mark={row}#s{row}"


def source_path(document: Document) -> str:
    """Where a page in the site's root finds the page that shows ``document``."""
    return f"source/{document.id}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def article_html(
    document: Document, sentences: Sequence[Sentence], words: Texts, mark: int | None = None
) -> str:
    """The kept text as an ``<article>``: a title, then paragraphs of ``<span id="s{row}">``.

    Args:
        document: the source.
        sentences: its kept sentences, in reading order.
        words: the page's texts, for the date.
        mark: row of the sentence to put in ``<mark>``; a row of another document marks nothing.
    """
    rest = list(sentences)
    title = escape(document.title)
    # The first line is often the title itself, and nobody wants to read it twice.
    if rest and rest[0].text.strip() == document.title.strip():
        title = _sentence(rest.pop(0), mark)
    date = (
        f'<p class="date" lang="{words.language}"><time datetime="{escape(document.date)}">'
        f"{escape(written_date(document.date, words))}</time></p>"
        if document.date
        else ""
    )
    body = "".join(
        "<p>" + " ".join(_sentence(sentence, mark) for sentence in paragraph) + "</p>"
        for paragraph in _paragraphs(document, rest)
    )
    return (
        f'<article lang="{escape(document.language)}" data-document="{escape(document.id)}">'
        f"<h2>{title}</h2>{date}{body}</article>"
    )


def _sentence(sentence: Sentence, mark: int | None) -> str:
    text = escape(sentence.text)
    if sentence.row == mark:
        text = f"<mark>{text}</mark>"
    return f'<span id="s{sentence.row}">{text}</span>'


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
