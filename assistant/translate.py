"""A claim that was written half in the source's language, put into the question's."""

from collections.abc import Callable
from contextlib import closing

from assistant.answer import Language
from assistant.llm import LanguageModel
from assistant.prompting import load_prompts

_LIMIT = 120
"""Tokens, as many as an answer may have."""


def translated(
    model: LanguageModel, language: Language, text: str, on_token: Callable[[], None]
) -> str:
    """``text`` in one language, itself where the model says nothing; nothing of it is verified.

    Args:
        model: translates.
        language: to translate into.
        text: in the other language, or in both.
        on_token: called at each token; what it raises stops the model.

    Raises:
        ModelUnavailable: the model cannot be reached or broke off.
    """
    said = ""
    chat = load_prompts(language).translate(text)
    with closing(model.tokens(chat, place=("translate", language), limit=_LIMIT)) as tokens:
        for token in tokens:
            on_token()
            said += token.text
    return " ".join(said.strip().partition("\n")[0].split()) or text
