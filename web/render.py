"""An answer as HTML. Every text is escaped here; nothing else in the page writes markup of it."""

import re
from html import escape

from assistant.answer import Answer, Citation
from web.sources import Library
from web.texts import Texts

_MARKER = re.compile(r"\s*\[(\d{1,4})\]")


def answer_html(answer: Answer, library: Library, texts: Texts) -> str:
    """The answer, its citations as links, and the list of what it quotes.

    A marker without a citation of that number is left out: it would promise what is not there.
    """
    kind, label = ("abstention", "abstained") if answer.abstained else ("answer", "answered")
    cited = {citation.number: citation for citation in answer.citations}
    paragraphs = "".join(
        f"<p>{_linked(part, cited, library, texts)}</p>"
        for part in re.split(r"\n\s*\n", answer.text)
        if part.strip()
    )
    heading = "visible-label" if answer.abstained else "sr-only"
    return (
        f'<section class="{kind}" aria-label="{escape(texts[label])}">'
        f'<p class="{heading}">{escape(texts[label])}</p>'
        f'<div class="text" lang="{answer.language}">{paragraphs}</div>'
        f"{_quotes(answer, library, texts)}</section>"
    )


def question_html(question: str, texts: Texts) -> str:
    """The reader's question."""
    return (
        f'<p class="question"><span class="sr-only">{escape(texts["you"])} </span>'
        f"{_lines(question)}</p>"
    )


def note_html(text: str) -> str:
    """A line of the page's own about a turn, such as that it was stopped."""
    return f'<p class="note">{escape(text)}</p>'


def _linked(text: str, cited: dict[int, Citation], library: Library, texts: Texts) -> str:
    parts: list[str] = []
    end = 0
    for marker in _MARKER.finditer(text):
        parts.append(_lines(text[end : marker.start()]))
        end = marker.end()
        if citation := cited.get(int(marker[1])):
            parts.append(_link(citation, library, texts))
    parts.append(_lines(text[end:]))
    return "".join(parts)


def _link(citation: Citation, library: Library, texts: Texts) -> str:
    label = texts["citation"].format(number=citation.number)
    # The joiner keeps the number on the line of the word that it belongs to.
    return (
        f'&#8288;<a class="cite" href="{escape(library.address(citation))}"'
        f' aria-label="{escape(label)}" title="{escape(citation.quote)}"'
        f' data-title="{escape(citation.source.title)}"'
        f' data-lang="{escape(citation.source.language)}">[{citation.number}]</a>'
    )


def _quotes(answer: Answer, library: Library, texts: Texts) -> str:
    if not answer.citations:
        return ""
    items = "".join(
        f'<li value="{citation.number}">'
        f'<a class="quote" href="{escape(library.address(citation))}">'
        f'<q lang="{escape(citation.source.language)}">{_lines(citation.quote)}</q></a> '
        f'<cite lang="{escape(citation.source.language)}">{escape(citation.source.title)}</cite>'
        "</li>"
        for citation in answer.citations
    )
    return (
        f'<div class="quotes"><p class="label">{escape(texts["quotes"])}</p><ol>{items}</ol></div>'
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
