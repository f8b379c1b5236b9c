"""An answer as HTML. Every text is escaped here; nothing else in the page writes markup of it."""

import re
import time
from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode

from assistant.answer import Answer, Citation, Reason
from assistant.verification.words import reworded
from web.sessions import Turn
from web.sources import Library
from web.suggest import suggestions
from web.texts import Texts
from web.written import seconds, written_date

_MARKER = re.compile(r"\s*\[(\d{1,4})\]")

# Where it is not the source, or not for sure, that leaves the question unanswered.
_HEADINGS: Final[dict[Reason, str]] = {
    "model_unavailable": "abstained_model",
    "unsupported": "abstained_unsure",
    "empty_question": "abstained_question",
    "not_a_question": "abstained_question",
    "question_too_long": "abstained_question",
    "unsupported_language": "abstained_question",
    "instruction": "abstained_question",
}


def heading(reason: Reason | None) -> str:
    """The key of the text that heads an abstention."""
    return _HEADINGS.get(reason, "abstained") if reason is not None else "abstained"


def answer_html(answer: Answer, library: Library, texts: Texts, asked: str = "") -> str:
    """The answer, its citations as links, and the list of what it quotes.

    A marker without a citation of that number is left out: it would promise what is not there.
    After the markers of a claim that the verifier let through stands a sign that it did. An
    abstention names questions that the source answers, where some are known and the model answers.

    Args:
        answer: what is shown.
        library: the sources that it cites.
        texts: the page's texts.
        asked: the question, which is not suggested again.
    """
    kind, label = "answer", "answered"
    if answer.abstained:
        kind, label = "abstention", heading(answer.reason)
    paragraphs = "".join(
        f"<p>{_linked(part, answer, library, texts)}</p>"
        for part in re.split(r"\n\s*\n", answer.text)
        if part.strip()
    )
    shown = "visible-label" if answer.abstained else "sr-only"
    leads_on = answer.abstained and answer.reason != "model_unavailable"
    suggested = _suggested(suggestions(answer, library, texts, asked), texts) if leads_on else ""
    return (
        f'<section class="{kind}" aria-label="{escape(texts[label])}">'
        f'<p class="{shown}">{escape(texts[label])}</p>'
        f'<div class="text" lang="{answer.language}">{paragraphs}</div>'
        f"{_quotes(answer, library, texts)}{suggested}</section>"
    )


def steps_html(turn: Turn, texts: Texts) -> str:
    """The steps of an answer under way, each with its seconds; the last one's go on counting."""
    spent: dict[str, float] = {}
    now = time.monotonic()
    ends = [began for _, began in turn.steps[1:]] + [now]
    for (step, began), end in zip(turn.steps, ends, strict=True):
        # Writing and checking may take turns: a line for each says enough.
        spent[step] = spent.get(step, 0.0) + end - began
    current = turn.steps[-1][0]
    items = "".join(
        f'<li class="{"now" if step == current else "done"}">'
        f"{escape(texts[f'step_{step}'])} "
        f'<span class="seconds" data-seconds="{took:.1f}">{escape(seconds(took, texts))}</span>'
        "</li>"
        for step, took in spent.items()
    )
    # Who listens hears each step once; figures that change would be read out again and again.
    return (
        f'<p class="sr-only">{escape(texts[f"status_{current}"])}</p>'
        f'<ol class="steps" aria-hidden="true">{items}</ol>'
    )


def question_html(question: str, texts: Texts) -> str:
    """The reader's question, and in an attribute as it was written, for the page's script."""
    return (
        f'<h2 class="question" data-question="{escape(question)}">'
        f'<span class="sr-only">{escape(texts["you"])} </span>{_lines(question)}</h2>'
    )


def understood_html(answer: Answer, asked: str, texts: Texts) -> str:
    """What the answer answers, where that is not what the reader wrote; else nothing.

    A follow-up, or a question carelessly typed, may have been taken for another one: whoever reads
    the answer sees for which.
    """
    if not reworded(asked, answer.question):
        return ""
    return (
        f'<p class="note">{escape(texts["understood"])} '
        f'<span lang="{answer.language}">{_lines(answer.question)}</span></p>'
    )


def note_html(text: str) -> str:
    """A line of the page's own about a turn, such as that it was stopped."""
    return f'<p class="note">{escape(text)}</p>'


def _linked(text: str, answer: Answer, library: Library, texts: Texts) -> str:
    cited = {citation.number: citation for citation in answer.citations}
    checked = _checked(answer)
    parts: list[str] = []
    numbers: tuple[int, ...] = ()
    end = 0
    for marker in _MARKER.finditer(text):
        if marker.start() > end:
            parts.append(_lines(text[end : marker.start()]))
            numbers = ()
        end = marker.end()
        numbers = (*numbers, int(marker[1]))
        if citation := cited.get(int(marker[1])):
            parts.append(_link(citation, library, texts))
        if numbers in checked:
            parts.append(_check(texts))
    parts.append(_lines(text[end:]))
    return "".join(parts)


def _checked(answer: Answer) -> set[tuple[int, ...]]:
    """The citations of each claim that carries the sign that it was checked."""
    if answer.abstained:
        return set()
    return {claim.citations for claim in answer.claims if claim.supported}


def _check(texts: Texts) -> str:
    said = escape(texts["checked"])
    return (
        f'<span class="checked" title="{said}"><span aria-hidden="true">✓</span>'
        f'<span class="sr-only" lang="{texts.language}">{said}</span></span>'
    )


def _suggested(questions: Sequence[str], texts: Texts) -> str:
    if not questions:
        return ""
    items = "".join(
        f'<li><a class="suggested" data-question="{escape(text)}" '
        f'href="ask?{escape(urlencode({"lang": texts.language, "q": text}))}">'
        f"{escape(text)}</a></li>"
        for text in questions
    )
    return (
        f'<div class="suggestions"><p class="label">{escape(texts["suggestions_label"])}</p>'
        f"<ul>{items}</ul></div>"
    )


def _link(citation: Citation, library: Library, texts: Texts) -> str:
    label = texts["citation"].format(number=citation.number)
    # The joiner keeps the number on the line of the word that it belongs to.
    return (
        f'&#8288;<a class="cite" href="{escape(library.address(citation.source, citation.start))}"'
        f' aria-label="{escape(label)}" title="{escape(citation.quote)}"'
        f' data-title="{escape(citation.source.title)}"'
        f' data-date="{escape(written_date(citation.source.date or "", texts))}"'
        f' data-lang="{escape(citation.source.language)}">[{citation.number}]</a>'
    )


def _quotes(answer: Answer, library: Library, texts: Texts) -> str:
    if not answer.citations:
        return ""
    items = "".join(
        f'<li value="{citation.number}">'
        f'<a class="quote" href="{escape(library.address(citation.source, citation.start))}">'
        f'<q lang="{escape(citation.source.language)}">{_lines(citation.quote)}</q></a> '
        f'<cite lang="{escape(citation.source.language)}">{escape(citation.source.title)}</cite>'
        f"{_dated(citation, texts)}"
        "</li>"
        for citation in answer.citations
    )
    # What the sign means is seen without a pointer to rest on it; who listens has heard it there.
    legend = f'<span class="legend" aria-hidden="true">✓ {escape(texts["quotes_checked"])}</span>'
    return (
        f'<div class="quotes"><p class="label">{escape(texts["quotes"])}'
        f"{legend if _checked(answer) else ''}</p><ol>{items}</ol></div>"
    )


def _dated(citation: Citation, texts: Texts) -> str:
    date = citation.source.date
    return f'<span class="dated">, {escape(written_date(date, texts))}</span>' if date else ""


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
