"""What a conversation remembers."""

import asyncio
import threading
from collections.abc import Generator
from typing import Any

import pytest

from assistant import Answer, Conversation, Turn
from assistant.conversation import REMEMBERED
from assistant.pipeline import OnStep


class Scripted:
    """An assistant that repeats the question; records what it was told of the turns before."""

    def __init__(self) -> None:
        self.told: list[tuple[Turn, ...]] = []
        self.closed = 0
        self.busy = 0
        self.overlap = False

    def stream(
        self, question: str, on_step: OnStep | None = None, *, turns: tuple[Turn, ...] = ()
    ) -> Generator[Answer, None, None]:
        self.told.append(turns)
        self.busy += 1
        self.overlap |= self.busy > 1
        try:
            if on_step is not None:
                on_step("searching")
            yield Answer("Un début", "fr", False, question=question)
            yield Answer(f"Réponse à {question}", "fr", False, question=question)
        finally:
            self.busy -= 1
            self.closed += 1


def conversing() -> tuple[Scripted, Conversation]:
    assistant: Any = Scripted()
    return assistant, Conversation(assistant)


def test_each_question_is_asked_with_the_turns_before() -> None:
    assistant, conversation = conversing()
    assert conversation.ask("Un ?").text == "Réponse à Un ?"
    assert asyncio.run(conversation.aask("Deux ?")).text == "Réponse à Deux ?"
    assert [len(turns) for turns in assistant.told] == [0, 1]
    assert [turn.question for turn in conversation.turns] == ["Un ?", "Deux ?"]
    assert assistant.told[1][0].answer.text == "Réponse à Un ?"


def test_a_stopped_turn_is_not_remembered_and_the_next_is_answered() -> None:
    assistant, conversation = conversing()
    stream = conversation.stream("Un ?")
    next(stream)
    stream.close()
    assert (assistant.closed, conversation.turns) == (1, ())
    conversation.ask("Deux ?")
    assert [turn.question for turn in conversation.turns] == ["Deux ?"]


def test_a_turn_that_fails_is_not_remembered_and_the_next_is_answered() -> None:
    _, conversation = conversing()

    def stop(step: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(conversation.stream("Un ?", stop))
    assert conversation.turns == ()
    assert conversation.ask("Deux ?").text == "Réponse à Deux ?"


def test_old_turns_are_forgotten() -> None:
    assistant, conversation = conversing()
    for n in range(REMEMBERED + 3):
        conversation.ask(str(n))
    assert [t.question for t in conversation.turns] == [str(n) for n in range(3, REMEMBERED + 3)]
    assert max(map(len, assistant.told)) == REMEMBERED


def test_two_conversations_do_not_mix() -> None:
    assistant, one = conversing()
    two = Conversation(assistant)  # type: ignore[arg-type]
    one.ask("Un ?")
    two.ask("Deux ?")
    assert [turn.question for turn in two.turns] == ["Deux ?"]


def test_questions_from_several_threads_are_answered_one_at_a_time() -> None:
    assistant, conversation = conversing()
    threads = [threading.Thread(target=conversation.ask, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(turns) for turns in assistant.told) == list(range(8))
    assert not assistant.overlap
