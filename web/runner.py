"""Answer in a thread, tell the event loop how far it is, and stop when the reader has gone."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final, Literal, Protocol

from assistant.guard import objection
from assistant.pipeline import Turn as Said
from index import AndromedeError, Progress
from web.problems import problem
from web.sessions import Asked, Session, Turn
from web.sources import Corpus

State = Literal["starting", "ready", "failed"]

_log = logging.getLogger(__name__)

AT_ONCE: Final = 16
"""Questions that a service is asked side by side. The local model answers one after the other: a
second one would wait in it all the same, and nobody could be told how long."""

INTERVAL: Final = 0.1
"""Seconds between two updates of a page, at least: each costs the browser a new layout."""

_POLL: Final = 0.2


class Answering(Protocol):
    """What the page needs of an assistant."""

    @property
    def state(self) -> State: ...  # noqa: D102
    @property
    def failure(self) -> AndromedeError | None: ...  # noqa: D102
    @property
    def model_failure(self) -> str | None: ...  # noqa: D102
    @property
    def reading(self) -> bool: ...  # noqa: D102
    @property
    def index(self) -> Corpus: ...  # noqa: D102
    @property
    def corpus(self) -> Path: ...  # noqa: D102
    def add(self, paths: Sequence[Path], progress: Progress) -> None: ...  # noqa: D102
    def refresh(self, progress: Progress) -> None: ...  # noqa: D102
    def conversation(self, turns: Sequence[Said] = ()) -> Asked: ...  # noqa: D102


class _Stopped(Exception):
    """Leaves an answer from inside a step."""


class Runner:
    """Runs the questions of all sessions of a server.

    Args:
        assistant: who answers.
        threads: how many questions may be under way at once; the others wait. What is no question
            of the sources (see ``objection``) neither waits nor makes others wait.
        longest: longest question that the assistant reads, in characters.
        waiting: how many may wait; one more is turned away.
    """

    def __init__(self, assistant: Answering, threads: int, longest: int, waiting: int = 50) -> None:
        """Start no thread yet."""
        self._assistant = assistant
        self._longest = longest
        self._waiting = waiting
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="answer")
        self._queue: list[str] = []
        self._lock = threading.Lock()
        self._told = False

    async def started(self) -> bool:
        """Wait until the assistant has started; whether it can answer."""
        while self._assistant.state == "starting":
            await asyncio.sleep(_POLL)
        return not self._failed()

    def _failed(self) -> bool:
        """Whether it could not start; the first time, the log is told why."""
        failed = self._assistant.state == "failed"
        if failed and not self._told:
            self._told = True
            _log.error("The assistant could not start: %s", self._assistant.failure)
        return failed

    @property
    def full(self) -> bool:
        """Whether so many questions wait that one more would be turned away."""
        with self._lock:
            return len(self._queue) >= self._waiting

    async def follow(
        self, session: Session, turn: Turn, whole: str | None = None
    ) -> AsyncGenerator[str, None]:
        """Answer ``turn.question``; ``turn`` holds what is verified so far.

        It ends once ``turn`` is stopped; that, or closing it, stops the answer at its next step
        or sentence.

        Args:
            session: whose conversation answers.
            turn: takes the answer.
            whole: the question, where ``turn`` may hold its beginning only.

        Yields:
            The step under way, ``starting`` | ``queued`` | ``searching`` | ``writing`` |
            ``checking``, when it or the answer changed, and at most once in ``INTERVAL`` seconds.
        """
        stop = threading.Event()
        loop = asyncio.get_running_loop()
        question = turn.question if whole is None else whole
        current = "queued"

        def report(step: str | None = None) -> None:
            nonlocal current
            if stop.is_set():
                raise _Stopped
            if step is not None and step != current:
                current = step
                turn.steps.append((step, time.monotonic()))
            loop.call_soon_threadsafe(turn.changed.set)

        try:
            if self._assistant.state == "starting":
                yield "starting"
            while self._assistant.state == "starting" and turn.outcome == "answering":
                await asyncio.sleep(_POLL)
            if turn.outcome != "answering":
                return
            if self._failed():
                turn.outcome, turn.problem = "failed", problem(self._assistant.failure)
                return
            threads = None  # the loop's own: without the model, nobody need wait for it
            if objection(question, self._longest) is None:
                if self.full:
                    turn.outcome = "crowded"
                    return
                threads = self._threads
                with self._lock:
                    self._queue.append(turn.id)
            turn.place = self._place(turn)
            work = loop.run_in_executor(
                threads, self._answer, session, turn, question, stop, report
            )
            work.add_done_callback(lambda _: turn.changed.set())
            while not work.done() and turn.outcome == "answering":
                with suppress(TimeoutError):
                    # Nobody reports for a question that waits; its place changes all the same.
                    await asyncio.wait_for(turn.changed.wait(), _POLL if turn.place else None)
                turn.changed.clear()
                turn.place = self._place(turn)
                if not work.done() and turn.outcome == "answering":
                    yield current
                    await asyncio.wait({work}, timeout=INTERVAL)
            if turn.outcome == "answering":
                _conclude(turn, work.exception())
        finally:
            stop.set()
            self._leave(turn)
            turn.stop()

    def _answer(
        self,
        session: Session,
        turn: Turn,
        question: str,
        stop: threading.Event,
        report: "_Report",
    ) -> None:
        self._leave(turn)
        if stop.is_set():
            return
        report("searching")
        # A stopped answer may still be on its way out of the conversation.
        while not session.busy.acquire(timeout=_POLL):
            if stop.is_set():
                return
        try:
            if session.conversation is None:
                session.conversation = self._assistant.conversation(_said(session))
            stream = session.conversation.stream(question, on_step=report)
            try:
                for answer in stream:
                    if stop.is_set():
                        return
                    turn.answer = answer
                    report()
            finally:
                # Closing it is what stops the model.
                stream.close()
        except _Stopped:
            return
        finally:
            session.busy.release()

    def _place(self, turn: Turn) -> int:
        """Its place among those that wait for a thread, from 1; 0 once it has one."""
        with self._lock:
            return self._queue.index(turn.id) + 1 if turn.id in self._queue else 0

    def _leave(self, turn: Turn) -> None:
        # The thread that answers and the loop that gives up may both be the first.
        with self._lock, suppress(ValueError):
            self._queue.remove(turn.id)


@asynccontextmanager
async def alone(session: Session) -> AsyncGenerator[None, None]:
    """Wait until nothing of another turn is on its way, which would be shown over what comes."""
    waits = session.showing.locked()
    async with session.showing:
        if waits:
            # Gradio sends the last of a turn once more when it has ended.
            await asyncio.sleep(INTERVAL)
        yield


class _Report(Protocol):
    def __call__(self, step: str | None = None) -> None: ...


def _said(session: Session) -> list[Said]:
    """What a conversation that is taken up again knows of its earlier turns."""
    return [
        Said(turn.question, turn.answer)
        for turn in session.turns
        if turn.outcome == "answered" and turn.answer is not None
    ]


def _conclude(turn: Turn, error: BaseException | None) -> None:
    if error is None and turn.answer is not None:
        turn.outcome = "answered"
        return
    turn.outcome, turn.problem = "failed", problem(error)
    # Not the reader's to mend; where it is ours, the log gets the trace.
    if isinstance(error, AndromedeError):
        _log.error("A question was not answered: %s", error)
    else:
        _log.error("A question was not answered.", exc_info=error)
