"""A language model that writes what it was told to, through the same seam as the real one."""

import math
import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from assistant.answer import Language
from assistant.errors import ModelUnavailable
from assistant.llm import Place, Token
from assistant.prompting import Message

GONE = ModelUnavailable("The model broke off.")
"""Put into a script where the model shall break off."""

Step = Token | ModelUnavailable


def said(text: str, stated: float = 9.0) -> list[Step]:
    """``text`` token by token; ``stated`` is the log-odds that its first opens an answer."""
    pieces = re.findall(r"\n|[^\S\n]*\S+|[^\S\n]+", text)
    opens = 1 / (1 + math.exp(-stated))
    tokens: list[Step] = [Token(piece, -0.1) for piece in pieces]
    if tokens:
        tops = {"L": math.log(opens), "N": math.log(1 - opens)}
        tokens[0] = Token(pieces[0], math.log(opens), tops)
    return tokens


def judging(odds: float) -> list[Step]:
    """A judge's word in either language, with the log-odds that an answer is right."""
    right = 1 / (1 + math.exp(-odds))
    tops = {"Oui": math.log(right), "Yes": math.log(right), "N": math.log(1 - right)}
    return [Token("Oui", math.log(right), tops)]


@dataclass
class Call:
    """One request as it came in; ``task`` is "second" for a few words in a second language."""

    task: str
    chat: tuple[Message, ...]
    place: Place
    limit: int
    given: int = 0
    ended: bool = False


class FakeModel:
    """Answers each task with its script, again and again; records every request.

    ``sentences`` are the writer's scripts of one question, the last of them for all that follow.
    """

    trained = False

    def __init__(
        self,
        write: Sequence[Step] = (),
        brief: Sequence[Step] = (),
        second: Sequence[Step] = (),
        judge: Sequence[Step] = (),
        rewrite: Sequence[Step] = (),
        spell: Sequence[Step] = (),
        derive: Sequence[Step] = (),
        calculate: Sequence[Step] = (),
        translate: Sequence[Step] = (),
        sentences: Sequence[Sequence[Step]] = (),
    ) -> None:
        self.scripts: dict[str, Sequence[Step]] = {
            "write": write,
            "brief": brief,
            "second": second,
            "judge": judge,
            "rewrite": rewrite,
            "spell": spell,
            "derive": derive,
            "calculate": calculate,
            "translate": translate,
        }
        self.sentences = list(sentences)
        self.calls: list[Call] = []
        self._first: Language | None = None

    def of(self, task: str) -> list[Call]:
        """The requests of one task."""
        return [call for call in self.calls if call.task == task]

    def tokens(
        self, chat: Sequence[Message], *, place: Place, limit: int
    ) -> Generator[Token, None, None]:
        """See ``LanguageModel``."""
        task: str
        task, language = place
        task = "write" if task == "aside" else task
        if task == "brief":
            self._first = self._first or language
            task = "brief" if language == self._first else "second"
        call = Call(task, tuple(chat), place, limit)
        self.calls.append(call)
        if call.task == "write" and self.sentences:
            self.scripts["write"] = self.sentences.pop(0)
        try:
            for step in self.scripts[call.task][: limit + 1]:
                if isinstance(step, ModelUnavailable):
                    raise step
                if call.given == limit:
                    return
                call.given += 1
                yield step
        finally:
            call.ended = True
