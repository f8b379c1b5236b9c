"""What a reader can do with a turn; page scripts act on it, by its class and ``data-record``."""

from html import escape

from assistant.feedback import CAUSES
from web.sessions import Turn
from web.texts import Texts
from web.written import about, named


def tools_html(turn: Turn, words: Texts, rated: bool | None = None) -> str:
    """Buttons below a turn that is done: copy, link, edit; and whether the answer was useful.

    Args:
        turn: what they act on.
        words: the page's texts.
        rated: whether an opinion of it was given; ``None`` where none is asked for.
    """
    if turn.outcome == "answering":
        return ""
    buttons = ["edit", "link"]
    if turn.outcome == "answered":
        buttons.insert(0, "copy")
    return (
        '<div class="tools">'
        + "".join(
            f'<button type="button" class="tool {name}" data-question="{escape(turn.question)}" '
            f'aria-label="{escape(named(words[f"tool_{name}"], turn.question, words))}">'
            f"{escape(words[f'tool_{name}'])}</button>"
            for name in buttons
        )
        + "</div>"
        + (_opinion(turn, words, rated) if rated is not None and turn.outcome == "answered" else "")
    )


def _opinion(turn: Turn, words: Texts, rated: bool) -> str:
    if rated:
        return f'<div class="opinion"><p>{escape(words["thanks"])}</p></div>'
    causes = "".join(
        f'<label><input type="radio" name="cause" value="{cause}"> '
        f"{escape(words[f'cause_{cause}'])}</label>"
        for cause in CAUSES
    )
    return (
        f'<form class="opinion" data-turn="{turn.id}" data-thanks="{escape(words["thanks"])}" '
        f'data-failed="{escape(words["opinion_failed"])}" '
        f'data-late="{escape(words["opinion_late"])}"><p role="status">'
        f"{escape(words['useful'])} {_choice('yes', turn, words)} {_choice('no', turn, words)}</p>"
        f"<fieldset hidden><legend>{escape(words['cause'])}</legend>{causes}"
        f'<label class="comment">{escape(words["comment"])}'
        f'<textarea name="comment" rows="2" maxlength="2000"></textarea></label>'
        f'<button class="tool" aria-label="'
        f'{escape(about("opinion_send", turn.question, words))}">'
        f"{escape(words['send'])}</button></fieldset>"
        '<p class="told" role="status"></p></form>'
    )


def _choice(value: str, turn: Turn, words: Texts) -> str:
    # Among the buttons of a long conversation, "Yes" alone says nothing.
    name = about(f"opinion_{value}", turn.question, words)
    return (
        f'<button type="button" class="tool" value="{value}" aria-pressed="false" '
        f'aria-label="{escape(name)}">{escape(words[value])}</button>'
    )
