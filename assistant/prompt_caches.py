"""The local server's prompt caches, one a slot, and starts of prompts kept beside them on disk.

A slot holds its last prompt alone. Where the prompts of one slot begin in a few ways that are known
beforehand, as what the judge reads of an article's sentences, each start is read once and saved;
restoring it takes 40 ms, reading it again more than a second.
"""

import threading
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from assistant.prompting import Message

if TYPE_CHECKING:
    from assistant.llm import Endpoint

LEAST = 100
"""Code points by which a start must be longer than what the slot holds: 25 tokens, 0.3 s."""

ENDING = 40
"""Code points at the end of a start that no prompt shares, as its question and answer are empty."""

_SECONDS = 30.0


class PromptCaches:
    """What the slots hold, and what of it is kept. Thread-safe.

    Two questions at once may take each other's place in a slot: that costs time and changes no
    answer, since the server compares what it holds with what it is asked.
    """

    def __init__(self) -> None:
        """Nothing is held or kept yet."""
        self._changing = threading.Lock()
        self._starts: dict[int, dict[str, str]] = {}
        self._asked: dict[int, str] = {}
        self._held: dict[int, str] = {}

    def forget(self) -> None:
        """Know of no start any more, nor what the slots hold: the server or the corpus changed."""
        with self._changing:
            self._starts.clear()
            self._asked.clear()
            self._held.clear()

    def keep(self, slot: int, chat: Sequence[Message], name: str) -> None:
        """From now on, a prompt that begins like ``chat`` takes it up from the file ``name``."""
        with self._changing:
            self._starts.setdefault(slot, {})[_text(chat)] = name

    def take_up(self, endpoint: "Endpoint", slot: int, chat: Sequence[Message]) -> None:
        """Restore the start that is most of what ``chat`` begins with, if the slot holds less."""
        import httpx

        text = _text(chat)
        with self._changing:
            starts = self._starts.get(slot, {})
            best = max(starts, key=lambda start: _alike(start, text), default="")
            enough = _alike(self._held.get(slot, ""), text) + LEAST
            name = starts[best] if _alike(best, text) >= enough else None
            self._asked[slot] = text
            # Until it is read, if it ever is: whoever asked may leave before.
            self._held.pop(slot, None)
        try:
            if name is not None and not self.act(endpoint, slot, "restore", name):
                with self._changing:
                    starts.pop(best, None)
        except httpx.HTTPError:
            # The server went away: what is asked of it next says so.
            return

    def was_read(self, slot: int, chat: Sequence[Message]) -> None:
        """The slot has read ``chat``, and holds it, if nothing else was asked of it since."""
        text = _text(chat)
        with self._changing:
            if self._asked.get(slot) == text:
                self._held[slot] = text

    def holds(self, slot: int, chat: Sequence[Message]) -> bool:
        """Whether what a slot is known to have read begins with ``chat``, but for its end."""
        text = _text(chat)
        with self._changing:
            return _alike(self._held.get(slot, ""), text) >= len(text) - ENDING

    def act(
        self, endpoint: "Endpoint", slot: int, action: Literal["save", "restore"], name: str
    ) -> bool:
        """Save what a slot holds to a file of the server's folder, or restore it from there.

        Returns:
            Whether that was done.

        Raises:
            httpx.HTTPError: the server went away.
        """
        import httpx

        # Plain HTTP on loopback: no proxy, and no certificates, which take 50 ms to load.
        with httpx.Client(
            base_url=endpoint.base_url.removesuffix("/v1"),
            headers={"Authorization": f"Bearer {endpoint.api_key}"},
            timeout=_SECONDS,
            trust_env=False,
            verify=False,  # noqa: S501
        ) as server:
            try:
                answer = server.post(
                    f"/slots/{slot}", params={"action": action}, json={"filename": name}
                )
            except httpx.TimeoutException:
                # A question holds the slot: the cache is filled by that, and kept another time.
                return False
        return answer.is_success


def _text(chat: Sequence[Message]) -> str:
    return "".join(f"\0{message.role}\0{message.text}" for message in chat)


def _alike(one: str, other: str) -> int:
    """Code points with which both begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
