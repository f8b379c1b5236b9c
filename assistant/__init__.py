"""Answers from sources, in French and English, each sentence with what it rests on."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Claim, RetrievedPassage
    from assistant.assistant import Assistant
    from assistant.conversation import Conversation
    from assistant.errors import AndromedeError
    from assistant.pipeline import Turn
    from assistant.settings import Settings

__all__ = [
    "AndromedeError",
    "Answer",
    "Assistant",
    "Citation",
    "Claim",
    "Conversation",
    "RetrievedPassage",
    "Settings",
    "Turn",
]

_HOME = {
    "AndromedeError": "errors",
    "Answer": "answer",
    "Assistant": "assistant",
    "Citation": "answer",
    "Claim": "answer",
    "Conversation": "conversation",
    "RetrievedPassage": "answer",
    "Settings": "settings",
    "Turn": "pipeline",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: the model's process imports this package and needs none of it.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"assistant.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
