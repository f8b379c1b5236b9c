"""The local model's prompt caches, filled before the first question and kept on disk.

Reading worked examples or an article takes ten seconds or more, restoring what was read some
milliseconds. A cache's file is named for all that it depends on, so a stale one is never restored.
Reading goes in pieces, and questions come first: nobody waits for more than the piece under way.
"""

import hashlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelUnavailable
from assistant.evidence import (
    WHOLE_CORPUS,
    Evidence,
    heading,
    is_small,
    readable,
    whole_for,
)
from assistant.llm import ADAPTERS, ChatModel, Endpoint, Place
from assistant.prompting import Message, load_prompts
from assistant.verify import Verifier

if TYPE_CHECKING:
    from index import Index

log = logging.getLogger(__name__)

KEPT = 400_000_000
"""Bytes of files kept: those that every corpus shares, 50 MB, and those of a few, 40 to 150 MB."""

PIECE = 800
"""Code points read at a time, about 200 tokens: two to five seconds on two cores."""

LONGEST_WAIT = 120.0
"""Seconds to let questions go first: a reader who left in the middle of an answer must not stop
the reading for good."""

TRIES = 3
"""Times that a start is read if a question takes its place before it is saved."""

RESTORING = 5.0
"""Seconds in which what was kept on disk is restored, as a rule one."""


class UnderWay:
    """The questions that are being answered. Thread-safe."""

    def __init__(self) -> None:
        """None yet."""
        self._changed = threading.Condition()
        self._begun = 0
        self._open: set[int] = set()

    @contextmanager
    def one(self) -> Iterator[None]:
        """One more, until the ``with`` statement ends."""
        with self._changed:
            self._begun += 1
            number = self._begun
            self._open.add(number)
        try:
            yield
        finally:
            with self._changed:
                self._open.remove(number)
                self._changed.notify_all()

    def wait(self, timeout: float = LONGEST_WAIT) -> None:
        """Wait until those that have begun are over, ``timeout`` seconds at most.

        Those that begin meanwhile are not waited for: a server that is never idle would never
        have read anything.
        """
        with self._changed:
            begun = frozenset(self._open)
            self._changed.wait_for(lambda: not begun & self._open, timeout)


def warm(
    model: ChatModel,
    endpoint: Endpoint,
    index: "Index",
    model_id: str,
    folder: Path,
    questions: UnderWay,
    on_restored: Callable[[], None] = lambda: None,
) -> None:
    """Fill every prompt cache, from disk where it was kept, else by reading; then keep it.

    Args:
        model: the local model, as it is asked.
        endpoint: the same, for the caches themselves.
        index: what the writer reads from; a small corpus is read in full.
        model_id: what tells this model and engine from others.
        folder: the server's ``slot_folder``.
        questions: those that go first.
        on_restored: called once all that was kept is there.

    Raises:
        ModelUnavailable: the server went away.
    """
    import httpx

    reader = _Reader(model, endpoint, model_id, folder, questions)
    model.caches.forget()
    try:
        unread = []
        # All that was kept first: what is left takes as long as ten questions.
        filled: set[int] = set()
        for place, slot in model.slots.items():
            # What places share begins alike.
            shared = [] if slot in filled else _openings(place, index, model.trained)
            filled.add(slot)
            openings = reader.filed(place, shared)
            judged = reader.filed(place, _judged(place, index, model))
            for chat, file in judged:
                if file.is_file():
                    file.touch()
                    model.caches.keep(slot, chat, file.name)
            unjudged = [(chat, file) for chat, file in judged if not file.is_file()]
            if any(file.is_file() for _, file in openings):
                reader.take_adapter(place)
            # What is left to read after the longest start that was kept.
            missing = []
            while openings and not reader.restored(place, openings[-1][1]):
                missing.append(openings.pop())
            for _, file in openings:
                # The shorter ones too: the next corpus begins with them.
                if file.is_file():
                    file.touch()
            # Of the next one, all but the last message is read by then.
            read = len(openings[-1][0]) - 1 if openings else 0
            unread.append((place, read, missing[::-1], unjudged))
        on_restored()
        for place, read, missing, _ in unread:
            for chat, file in missing:
                reader.read(place, chat, file, read)
                read = len(chat) - 1
        # Last, since it only spares a second.
        for place, _, _, unjudged in unread:
            for chat, file in unjudged:
                if not reader.read(place, chat, file):
                    # Where nothing can be kept, the others would be read in vain.
                    break
                model.caches.keep(model.slots[place], chat, file.name)
    except httpx.HTTPError as error:
        raise ModelUnavailable("The local model went away while it was warmed up.") from error
    _forget_old(folder)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads, saves and restores the starts of prompts; see ``warm``."""

    model: ChatModel
    endpoint: Endpoint
    model_id: str
    folder: Path
    questions: UnderWay

    def filed(
        self, place: Place, chats: Sequence[Sequence[Message]]
    ) -> list[tuple[Sequence[Message], Path]]:
        """Each start with the file that keeps it."""
        return [
            (chat, self.folder / f"{place[1]}-{_digest(self.model_id, chat)}.cache")
            for chat in chats
        ]

    def take_adapter(self, place: Place) -> None:
        """The server empties a slot whose adapter changes: not what is restored next."""
        if self.model.trained and place[0] in ADAPTERS:
            self.questions.wait()
            self._ask(place, [Message("user", "")])

    def restored(self, place: Place, file: Path) -> bool:
        """Whether the file was there, and its slot holds it now."""
        slot = self.model.slots[place]
        return file.is_file() and self.model.caches.act(self.endpoint, slot, "restore", file.name)

    def read(self, place: Place, chat: Sequence[Message], file: Path, read: int = 0) -> bool:
        """Read a start, of which ``read`` messages are read; whether it could be kept then."""
        caches, slot = self.model.caches, self.model.slots[place]
        for _ in range(TRIES):
            for start in _pieces(chat, read):
                self.questions.wait()
                # What a question has read is not to be put in place of by less of it.
                if not caches.holds(slot, start):
                    self._ask(place, start)
            if not caches.act(self.endpoint, slot, "save", file.name):
                log.warning("a prompt cache could not be kept in %s", self.folder)
                return False
            if caches.holds(slot, chat):
                return True
            # A question was quicker: what was saved is its prompt.
            file.unlink(missing_ok=True)
            read = 0
        return False

    def _ask(self, place: Place, chat: Sequence[Message]) -> None:
        with closing(self.model.tokens(chat, place=place, limit=1)) as tokens:
            next(tokens, None)


def _openings(place: Place, index: "Index", trained: bool) -> list[list[Message]]:
    """The starts that prompts of a place share, from short to long.

    First the worked examples, the same for every corpus; then, with the text after them, where a
    corpus is small enough to be read whole. A trained model reads the text alone; what it judges
    begins with the title.
    """
    task, language = place
    prompts = load_prompts(language)
    if trained and task in ADAPTERS:
        if task == "judge" and len(index.documents) == 1:
            title = heading(index.documents[0].title)
            return [prompts.trained_judge(title, "", "")] if title else []
        if task != "brief" or not is_small(index, whole_for(trained)):
            # Too little is shared to be worth a file.
            return []
        return [prompts.read("brief", _whole(index), "")]
    if task == "judge":
        return [prompts.judge("", "", "")]
    if task in {"translate", "spell"}:
        # Short, seldom used, and one slot for both languages: read when it is needed.
        return []
    if task == "rewrite":
        return [prompts.rewrite([], "", trained)]
    if task == "calculate":
        return [prompts.calculate("", "")]
    if task == "derive":
        # It reads only the sentences with figures, which differ by question in a large corpus.
        return [prompts.derive("", "")]
    chat = prompts.brief if task == "brief" else prompts.write
    if task == "aside" or not is_small(index, whole_for(trained)):
        return [chat("", "")]
    return [chat("", ""), chat(_whole(index), "")]


def _judged(place: Place, index: "Index", model: ChatModel) -> list[list[Message]]:
    """What a trained judge reads of each sentence of a small corpus, before question and answer.

    Each takes about 4 MB in each language: of a corpus of twice that length, it would be too much.
    """
    if place[0] != "judge" or not model.trained or not is_small(index, WHOLE_CORPUS):
        return []
    verifier, prompts = Verifier(index, model), load_prompts(place[1])
    return [
        prompts.trained_judge(" ".join(verifier.understood([sentence])), "", "")
        for sentence in readable(index.sentences)
    ]


def _whole(index: "Index") -> str:
    kept = tuple(readable(index.sentences))
    return Evidence(kept, (0.0,) * len(kept), True).as_text()


def _pieces(chat: Sequence[Message], read: int) -> Iterator[list[Message]]:
    """Starts of ``chat``, each about ``PIECE`` code points longer than the last; then the whole.

    Each ends with what the user says, or within the last of it, at the end of a line.

    Args:
        chat: ends with what the user says.
        read: messages that need not be read any more.
    """
    new = 0
    for n, message in enumerate(chat[read:-1], start=read):
        new += len(message.text)
        if message.role == "user" and new >= PIECE:
            new = 0
            yield list(chat[: n + 1])
    text = ""
    for line in chat[-1].text.splitlines(keepends=True):
        text += line
        new += len(line)
        if new >= PIECE:
            new = 0
            yield [*chat[:-1], Message("user", text.rstrip())]
    yield list(chat)


def _digest(model_id: str, chat: Sequence[Message]) -> str:
    digest = hashlib.sha256(model_id.encode())
    for message in chat:
        digest.update(f"\0{message.role}\0{message.text}".encode())
    return digest.hexdigest()[:16]


def _forget_old(folder: Path) -> None:
    left = KEPT
    for file in sorted(folder.glob("*.cache"), key=lambda file: -file.stat().st_mtime):
        left -= file.stat().st_size
        if left < 0:
            file.unlink(missing_ok=True)
