"""Who has asked what: one session a browser tab, kept on the server, never shared."""

import asyncio
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal, Protocol

from assistant.answer import Answer

Outcome = Literal["answering", "answered", "stopped", "failed", "crowded", "too_many", "outdated"]

LONGEST: Final = 2000
"""Characters that are kept of a question; the settings allow none to be read that is longer."""


class Asked(Protocol):
    """What the page needs of a conversation."""

    def stream(  # noqa: D102
        self, question: str, on_step: Callable[[str], None] | None = None
    ) -> Generator[Answer, None, None]: ...


@dataclass(slots=True)
class Turn:
    """A question and how far its answer came.

    Attributes:
        question: as the reader wrote it; of one that is too long to be read, its ``beginning``.
        answer: what is verified so far, ``None`` before the first sentence.
        outcome: whether it is under way, done, stopped by the reader, failed or turned away since
            too many wait or its reader asked too many; or taken up again though its sources have
            changed since.
        problem: the key of the text that says why it failed.
        wait: whole seconds until it may be asked, where its reader asked too many.
        steps: each step that was begun and when, in seconds of ``time.monotonic``.
        place: its place in the queue, from 1; 0 once it is being answered.
        hurried: whether another question was sent, and not taken, while this one is under way.
        id: 128 random bits, by which the reader's browser names it.
        asked: when, in ISO 8601, UTC.
        before: the questions of its conversation that were answered before it, oldest first.
        documents: ids of what the answers to those quote.
        rated: whether its reader has given an opinion of it.
        changed: set when there is something new to show of it.
    """

    question: str
    answer: Answer | None = None
    outcome: Outcome = "answering"
    problem: str = "problem_other"
    wait: int = 0
    steps: list[tuple[str, float]] = field(default_factory=list)
    place: int = 0
    hurried: bool = False
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    asked: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    before: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    rated: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event, repr=False, compare=False)

    def stop(self) -> None:
        """End it where it is under way; to be called from the event loop."""
        if self.outcome == "answering":
            self.outcome = "stopped"
        self.changed.set()


@dataclass(slots=True)
class Session:
    """One reader's conversation and what the page shows of it.

    Attributes:
        conversation: remembers the turns for follow-ups; ``None`` before the first question.
        turns: what is shown, oldest first.
        earlier: how many turns before those only the reader's browser keeps.
        busy: held while the conversation answers; it takes one question at a time.
        showing: held while something of a turn is still on its way to the page.
    """

    conversation: Asked | None = None
    turns: list[Turn] = field(default_factory=list)
    earlier: int = 0
    busy: threading.Lock = field(default_factory=threading.Lock)
    showing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def asked(self, question: str) -> Turn:
        """A new turn with that question, the last one, which knows what was answered before it."""
        answered = [
            (old.question, old.answer)
            for old in self.turns
            if old.outcome == "answered" and old.answer is not None
        ]
        quoted = (citation.source.id for _, answer in answered for citation in answer.citations)
        before = tuple(old for old, _ in answered)
        turn = Turn(question, before=before, documents=tuple(dict.fromkeys(quoted)))
        self.turns.append(turn)
        return turn

    def cut(self, identity: str) -> None:
        """Take back the turn of that id and what followed it; nothing where there is none.

        The conversation is begun anew from the turns that are left.
        """
        for number, turn in enumerate(self.turns):
            if turn.id == identity:
                del self.turns[number:]
                self.conversation = None
                return


def beginning(question: str) -> str:
    """What is kept of a question: the whole, unless it is longer than any that is read."""
    return question if len(question) <= LONGEST else f"{question[:LONGEST]}…"


def new_key() -> str:
    """A key that no session has yet: 256 random bits."""
    return secrets.token_urlsafe(32)


class Recent:
    """The latest turns of all sessions by their id, so that an opinion finds what it is about."""

    def __init__(self, capacity: int = 2000) -> None:
        """Hold no turn yet."""
        self._capacity = capacity
        self._turns: OrderedDict[str, Turn] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, turn: Turn) -> None:
        """Hold ``turn``; beyond the capacity the oldest is let go."""
        with self._lock:
            self._turns[turn.id] = turn
            while len(self._turns) > self._capacity:
                self._turns.popitem(last=False)

    def get(self, identity: str) -> Turn | None:
        """The turn whose id it is, or ``None`` where it is none of the latest."""
        with self._lock:
            return self._turns.get(identity)


class Sessions:
    """The sessions of a server; beyond ``capacity`` the one that rested longest is forgotten.

    A key stays on the server, in the state that Gradio keeps for a tab.
    """

    def __init__(self, capacity: int = 500) -> None:
        """Hold no session yet."""
        if capacity < 1:
            raise ValueError(f"capacity is {capacity}; expected 1 or more.")
        self._capacity = capacity
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str | None) -> Session | None:
        """The session of ``key``, or ``None`` where there is none, or no longer."""
        with self._lock:
            if key is None or key not in self._sessions:
                return None
            self._sessions.move_to_end(key)
            return self._sessions[key]

    def open(self, key: str, turns: Sequence[Turn] = ()) -> Session:
        """The session of ``key``, a new one unless it was opened a moment ago.

        Args:
            key: see ``new_key``.
            turns: were said before.
        """
        with self._lock:
            session = self._sessions.setdefault(key, Session(turns=list(turns)))
            while len(self._sessions) > self._capacity:
                self._sessions.popitem(last=False)
        return session

    def __len__(self) -> int:
        """How many sessions are kept."""
        with self._lock:
            return len(self._sessions)
