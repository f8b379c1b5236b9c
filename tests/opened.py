"""An assistant over an index and a model that are given, where the evaluations open theirs."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer
from assistant.conversation import Conversation
from assistant.llm import LanguageModel
from assistant.pipeline import Pipeline, Turn
from index import Index


class Opened:
    """What the evaluations use of an ``Assistant``; counts the questions it is asked."""

    def __init__(self, index: Index, model: LanguageModel) -> None:
        self._pipeline = Pipeline(index, model, 1000)
        self.asked: list[str] = []

    def stream(
        self, question: str, on_step: Callable[[str], None] | None, *, turns: tuple[Turn, ...]
    ) -> Generator[Answer, None, None]:
        """As ``Assistant.stream``."""
        self.asked.append(question)
        yield from self._pipeline.answer(question, turns, on_step or (lambda step: None))

    def conversation(self) -> Conversation:
        """As ``Assistant.conversation``."""
        return Conversation(self)  # type: ignore[arg-type]

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *exception: object) -> None:
        """Nothing to close."""


def opens(monkeypatch: pytest.MonkeyPatch, open_: Callable[[Path], Opened]) -> None:
    """Have the evaluations open what ``open_`` makes of a source."""

    class Assistant:
        @staticmethod
        def open(path: Path, settings: Any) -> Opened:
            return open_(path)

    monkeypatch.setattr("evals.ask.Assistant", Assistant)
