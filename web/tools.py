"""What a reader can do with a turn; page scripts act on it, by its class and ``data-record``."""

from html import escape

from web.sessions import Turn
from web.texts import Texts


def tools_html(turn: Turn, words: Texts) -> str:
    """Buttons below a turn that is done: copy, link, edit."""
    if turn.outcome == "answering":
        return ""
    buttons = ["edit", "link"]
    if turn.outcome == "answered":
        buttons.insert(0, "copy")
    return (
        '<div class="tools">'
        + "".join(
            f'<button type="button" class="tool {name}" data-question="{escape(turn.question)}">'
            f"{escape(words[f'tool_{name}'])}</button>"
            for name in buttons
        )
        + "</div>"
    )
