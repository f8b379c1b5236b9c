"""Whole pages without JavaScript: a source, and a form that answers.

Addresses are relative, so that a page works below whatever path a proxy shows it. Every page lies
in the site's root but a source's, which lies one level deeper.
"""

from html import escape
from typing import Final
from urllib.parse import urlencode

from index import Document
from web.details import details_html
from web.record import record_json
from web.render import answer_html, note_html, question_html, understood_html
from web.sessions import Turn
from web.sources import Library, article_html, source_path
from web.texts import LANGUAGES, Language, Texts
from web.written import counted

# A language is named in itself, whatever the page's.
_NAMES: Final[dict[Language, str]] = {"fr": "Français", "en": "English"}
_LISTED: Final = 20
"""Documents that are listed beside something else."""

_CURRENT: Final = ' aria-current="true"'
_DEEPER: Final = "../"


def source_page(document: Document, library: Library, mark: int | None, words: Texts) -> str:
    """The document, with the sentence of row ``mark`` marked."""
    kept = {} if mark is None else {"mark": str(mark)}
    head = home_html(words, _DEEPER) + language_switch(words, "", **kept)
    article = article_html(document, library.sentences(document), words, mark)
    return whole_page(document.title, head + article, words, _DEEPER)


def ask_page(
    turn: Turn | None, library: Library | None, words: Texts, longest: int, note: str = ""
) -> str:
    """A form, and below it the answer to what was asked with it.

    Args:
        turn: the question as answered, ``None`` where there is none; one that was not asked yet
            only stands in the form.
        library: the sources, ``None`` while they are being loaded.
        words: the page's texts.
        longest: characters of a question that the page repeats.
        note: what is said where there is no question.
    """
    held = turn.question[:longest] if turn is not None else ""
    parts = [
        language_switch(words, "", **({"q": held} if held else {})),
        f"<h1>{escape(words['ask_title'])}</h1>",
        f'<form class="plain" action="ask" method="get"><label for="q">'
        f'{escape(words["question_label"])}</label><input type="hidden" name="lang" '
        f'value="{words.language}"><textarea id="q" name="q" rows="2" required>'
        f"{escape(held)}</textarea><button>{escape(words['send'])}</button></form>",
        note_html(note) if note else "",
    ]
    if turn is not None and turn.outcome != "answering":
        parts.append(turn_html(turn, library, words, longest))
    if library is not None:
        parts.append(documents_html(library, words))
    parts.append(_places_html(words))
    return whole_page(words["ask_title"], "".join(parts), words)


def missing_page(text: str, words: Texts, up: str = _DEEPER) -> str:
    """A page in a source's place that says why there is none; ``up`` leads to the root."""
    body = f"{home_html(words, up)}{language_switch(words, '')}<p>{escape(text)}</p>"
    return whole_page(words["title"], body, words, up)


def turn_html(
    turn: Turn, library: Library | None, words: Texts, longest: int, tools: str = ""
) -> str:
    """A question, its first ``longest`` characters, and its answer as far as it has come.

    Args:
        turn: what is shown.
        library: the sources, ``None`` while they are being loaded.
        words: the page's texts.
        longest: characters of the question that are shown.
        tools: HTML of what can be done with the turn, for a page that has the script for it.
    """
    shown = turn.question if len(turn.question) <= longest else f"{turn.question[:longest]}…"
    parts = [question_html(shown, words)]
    if turn.answer is not None and library is not None:
        parts.append(understood_html(turn.answer, turn.question, words))
        parts.append(answer_html(turn.answer, library, words, turn.question))
        if turn.outcome == "answered":
            parts.append(details_html(turn.answer, library, words))
            if turn.answer.reason == "model_unavailable":
                parts.append(_again_html(shown, words))
    if turn.outcome not in {"answering", "answered"}:
        said = words[turn.outcome].format(problem=words[turn.problem], seconds=turn.wait)
        parts.append(note_html(said))
        parts.append(_again_html(shown, words))
    record = record_json(turn) if tools else ""
    kept = f' data-record="{escape(record)}"' if record else ""
    named = f' data-turn="{turn.id}"'
    return f'<div class="turn {turn.outcome}"{named}{kept}>{"".join(parts)}{tools}</div>'


def _places_html(words: Texts) -> str:
    links = "".join(
        f'<a href="{path}?lang={words.language}">{escape(words[path])}</a>'
        for path in ("sources", "about")
    )
    return f'<nav class="places" aria-label="{escape(words["places"])}">{links}</nav>'


def _again_html(question: str, words: Texts) -> str:
    address = f"ask?{urlencode({'lang': words.language, 'q': question})}"
    return (
        f'<p class="note again-note"><a class="again" '
        f'href="{escape(address)}" data-question="{escape(question)}">'
        f"{escape(words['again'])}</a></p>"
    )


def documents_html(library: Library, words: Texts) -> str:
    """Links to the first documents, and where there are more, to the list of all."""
    items = "".join(
        f'<li><a class="document" href="{escape(source_path(document))}" '
        f'lang="{escape(document.language)}">{escape(document.title)}</a></li>'
        for document in library.documents[:_LISTED]
    )
    if len(library.documents) > _LISTED:
        all_ = words["all_sources"].format(count=counted(len(library.documents), words))
        items += f'<li><a class="document" href="sources">{escape(all_)}</a></li>'
    name = words["article" if library.shipped and len(library.documents) == 1 else "sources"]
    return f'<nav class="documents" aria-label="{escape(name)}"><ul>{items}</ul></nav>'


def home_html(words: Texts, up: str = "./") -> str:
    """A link back to the conversation; ``up`` leads to the site's root.

    Where no script runs, the conversation does not either: there it leads to the form.
    """
    return (
        f'<p class="crumbs"><a class="scripted" href="{up}">{escape(words["home"])}</a>'
        f'<noscript><a href="{up}ask?lang={words.language}">{escape(words["ask_title"])}</a>'
        "</noscript></p>"
    )


def language_switch(words: Texts, path: str = "./", **kept: str) -> str:
    """Links to the same page in each language.

    Args:
        words: the page's texts.
        path: where the page lies; empty where that is wherever the reader is.
        kept: what else stays in its address.
    """
    links = "".join(
        f'<a href="{escape(path + "?" + urlencode({"lang": language, **kept}))}" '
        f'hreflang="{language}" lang="{language}"'
        f"{_CURRENT if language == words.language else ''}"
        f' aria-label="{_NAMES[language]}">{language.upper()}</a>'
        for language in LANGUAGES
    )
    return f'<nav class="languages" aria-label="{escape(words["language_switch"])}">{links}</nav>'


def whole_page(
    title: str, body: str, words: Texts, up: str = "./", head: str = "", *, styled: bool = True
) -> str:
    """A page; ``body`` and ``head`` are HTML, ``title`` is not, ``up`` leads to the root.

    One that is not ``styled`` asks for nothing: who has no password would be asked for it again.
    """
    links = (
        f'<link rel="icon" href="{up}icon.svg" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{up}page.css">'
    )
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title>{links if styled else ''}{head}</head>"
        f'<body class="plain-page"><main>{body}</main></body></html>'
    )
