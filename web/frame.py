"""What stands around the conversation: the head of the page, its status line, the reader."""

import json
from html import escape
from typing import get_args

from assistant.answer import Reason
from web.pages import language_switch
from web.render import heading, note_html
from web.texts import Texts
from web.written import counted


def status_html(words: Texts, step: str, **values: object) -> str:
    """What is waited for, the text ``status_{step}`` with ``values`` in it."""
    text = words[f"status_{step}"].format(**values)
    return f'<p class="step"><span class="pulse"></span>{escape(text)}</p>'


def earlier_html(count: int, words: Texts) -> str:
    """That the first ``count`` questions of a conversation are not shown; empty where all are."""
    if count < 1:
        return ""
    text = words["earlier_one"] if count == 1 else words["earlier"]
    return note_html(text.format(count=counted(count, words)))


def header_html(words: Texts, shipped: bool) -> str:
    """The head of the page, and what its script needs to know.

    Args:
        words: the page's texts.
        shipped: whether the sources are the shipped article, which is named as such.
    """
    tagline, source = ("tagline", "article") if shipped else ("tagline_own", "sources")
    script: dict[str, object] = {
        key: text for key, text in words.entries.items() if key.startswith("js_")
    }
    script["headings"] = {reason: words[heading(reason)] for reason in get_args(Reason)}
    script["outcomes"] = {key: words[f"exported_{key}"] for key in ("stopped", "failed", "crowded")}
    return (
        f'<a class="skip" href="#question">{escape(words["skip"])}</a>'
        f'<div class="masthead"><h1>{escape(words["title"])}</h1>'
        f'<p class="tagline">{escape(words[tagline])}</p>{language_switch(words)}'
        f'<nav class="places" aria-label="{escape(words["places"])}">'
        f'<button type="button" class="place" id="new">{escape(words["new"])}</button>'
        f'<button type="button" class="place" id="kept" aria-haspopup="dialog">'
        f"{escape(words['kept'])}</button>"
        f'<a class="document" href="sources">{escape(words["sources"])}</a>'
        f'<a href="about">{escape(words["about"])}</a></nav></div>'
        '<div id="announcer" class="sr-only" role="log"></div>'
        f'<div id="page-texts" hidden data-conversation="{escape(words["conversation"])}" '
        f'data-article="{escape(words[source])}" data-lost="{escape(words["lost"])}" '
        f'data-refused="{escape(words["refused_elsewhere"])}" '
        f'data-broken="{escape(words["broken"])}" data-anew="{escape(words["anew"])}" '
        f'data-stale="{escape(words["stale"])}" '
        f'data-script="{escape(json.dumps(script, ensure_ascii=False))}"></div>'
    )


def reader_html(words: Texts, content: str) -> str:
    """The panel that shows a source; without ``content``, a word on what will stand there."""
    content = content or f'<p class="hint">{escape(words["reader_hint"])}</p>'
    return (
        f'<div id="reader" data-failed="{escape(words["reader_failed"])}" '
        f'data-loading="{escape(words["reader_loading"])}">'
        f'<div class="reader-bar" hidden><button type="button" class="back">'
        f"{escape(words['back_to_answer'])}</button></div>"
        f'<div class="reader-text">{content}</div></div>'
    )
