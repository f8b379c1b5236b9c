"""A conversation remembers its turns, so that a follow-up is understood."""

import asyncio
import threading
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.pipeline import OnStep, Turn

if TYPE_CHECKING:
    from assistant.assistant import Assistant

REMEMBERED = 20
"""Turns kept; older ones are forgotten."""


class Conversation:
    """One person's questions in a row. Thread-safe; a turn counts once its answer is whole."""

    def __init__(self, assistant: "Assistant", turns: Sequence[Turn] = ()) -> None:
        """Use ``Assistant.conversation``."""
        self._assistant = assistant
        self._turns = tuple(turns)[-REMEMBERED:]
        self._lock = threading.Lock()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Questions and answers so far, oldest first."""
        return self._turns

    def ask(self, question: str) -> Answer:
        """Answer ``question`` in the light of the turns before; see ``Assistant.ask``."""
        *_, answer = self.stream(question)
        return answer

    async def aask(self, question: str) -> Answer:
        """The same, awaited."""
        return await asyncio.to_thread(self.ask, question)

    def stream(self, question: str, on_step: OnStep | None = None) -> Generator[Answer, None, None]:
        """Answer sentence by sentence; see ``Assistant.stream``.

        The turn is remembered once the answer is whole; one that was stopped is not.
        """
        answer = None
        for answer in self._assistant.stream(question, on_step, turns=self._turns):
            yield answer
        if answer is not None:
            with self._lock:
                self._turns = (*self._turns, Turn(question, answer))[-REMEMBERED:]
