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
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelUnavailable
from assistant.evidence import Evidence, heading, is_small, readable
from assistant.llm import ADAPTERS, ChatModel, Endpoint, Place
from assistant.prompting import Message, load_prompts

if TYPE_CHECKING:
    import httpx

    from index import Index

log = logging.getLogger(__name__)

KEPT = 18
"""Files kept, about 25 MB each: those that every corpus shares, and those of two or more."""

PIECE = 800
"""Code points read at a time, about 200 tokens: two to five seconds on two cores."""

LONGEST_WAIT = 120.0
"""Seconds to let questions go first: a reader who left in the middle of an answer must not stop
the reading for good."""

RESTORING = 5.0
"""Seconds in which what was kept on disk is restored, as a rule one."""

_SECONDS = 30.0


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

    with httpx.Client(
        base_url=endpoint.base_url.removesuffix("/v1"),
        headers={"Authorization": f"Bearer {endpoint.api_key}"},
        timeout=_SECONDS,
    ) as server:
        try:
            unread = []
            # All that was kept first: what is left takes as long as ten questions.
            filled: set[int] = set()
            for place, slot in model.slots.items():
                # What places share begins alike.
                shared = [] if slot in filled else _openings(place, index, model.trained)
                filled.add(slot)
                openings = [
                    (chat, folder / f"{place[1]}-{_digest(model_id, chat)}.cache")
                    for chat in shared
                ]
                kept = any(file.is_file() for _, file in openings)
                if kept and model.trained and place[0] in ADAPTERS:
                    # The server empties a slot whose adapter changes: not what is restored next.
                    questions.wait()
                    _read(model, place, [Message("user", "")])
                # What is left to read after the longest start that was kept.
                missing = []
                while openings and not _restored(server, slot, openings[-1][1]):
                    missing.append(openings.pop())
                for _, file in openings:
                    # The shorter ones too: the next corpus begins with them.
                    if file.is_file():
                        file.touch()
                # Of the next one, all but the last message is read by then.
                read = len(openings[-1][0]) - 1 if openings else 0
                unread.append((place, read, missing[::-1]))
            on_restored()
            for place, read, missing in unread:
                for chat, file in missing:
                    for start in _pieces(chat, read):
                        questions.wait()
                        _read(model, place, start)
                    read = len(chat) - 1
                    if not _act(server, model.slots[place], "save", file.name):
                        log.warning("a prompt cache could not be kept in %s", folder)
        except httpx.HTTPError as error:
            raise ModelUnavailable("The local model went away while it was warmed up.") from error
    _forget_old(folder)


def _read(model: ChatModel, place: Place, chat: Sequence[Message]) -> None:
    with closing(model.tokens(chat, place=place, limit=1)) as tokens:
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
        if task != "brief" or not is_small(index):
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
    if task == "aside" or not is_small(index):
        return [chat("", "")]
    return [chat("", ""), chat(_whole(index), "")]


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


def _restored(server: "httpx.Client", slot: int, file: Path) -> bool:
    return file.is_file() and _act(server, slot, "restore", file.name)


def _act(server: "httpx.Client", slot: int, action: str, name: str) -> bool:
    import httpx

    try:
        answer = server.post(f"/slots/{slot}", params={"action": action}, json={"filename": name})
    except httpx.TimeoutException:
        # A question holds the slot: the cache is filled by that, and kept another time.
        return False
    return answer.is_success


def _digest(model_id: str, chat: Sequence[Message]) -> str:
    digest = hashlib.sha256(model_id.encode())
    for message in chat:
        digest.update(f"\0{message.role}\0{message.text}".encode())
    return digest.hexdigest()[:16]


def _forget_old(folder: Path) -> None:
    files = sorted(folder.glob("*.cache"), key=lambda file: -file.stat().st_mtime)
    for file in files[KEPT:]:
        file.unlink(missing_ok=True)
