"""The local model's prompt caches, filled before the first question and kept on disk.

Reading the worked examples and an article takes ten seconds, restoring what was read some
milliseconds. A cache's file is named for all that it depends on, so a stale one is never restored.
"""

import hashlib
import logging
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Language
from assistant.errors import ModelUnavailable
from assistant.evidence import Evidence, is_small, readable
from assistant.llm import SLOTS, ChatModel, Endpoint, Task
from assistant.prompting import Message, load_prompts

if TYPE_CHECKING:
    import httpx

    from index import Index

log = logging.getLogger(__name__)

KEPT = 16
"""Files kept, about 25 MB each: those that every corpus shares, and those of two."""

_SECONDS = 30.0


def warm(model: ChatModel, endpoint: Endpoint, index: "Index", model_id: str, folder: Path) -> None:
    """Fill every prompt cache, from disk where it was kept, else by reading; then keep it.

    Args:
        model: the local model, as it is asked.
        endpoint: the same, for the caches themselves.
        index: what the writer reads from; a small corpus is read in full.
        model_id: what tells this model and engine from others.
        folder: the server's ``slot_folder``.

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
            for (task, language), slot in SLOTS.items():
                openings = [
                    (chat, folder / f"{task}-{language}-{_digest(model_id, chat)}.cache")
                    for chat in _openings(task, language, index)
                ]
                # What is left to read after the longest start that was kept.
                missing = []
                while openings and not _restored(server, slot, openings[-1][1]):
                    missing.append(openings.pop())
                for _, file in openings:
                    # The shorter ones too: the next corpus begins with them.
                    if file.is_file():
                        file.touch()
                for chat, file in reversed(missing):
                    with closing(model.tokens(chat, slot=slot, limit=1)) as tokens:
                        next(tokens, None)
                    if not _act(server, slot, "save", file.name):
                        log.warning("a prompt cache could not be kept in %s", folder)
        except httpx.HTTPError as error:
            raise ModelUnavailable("The local model went away while it was warmed up.") from error
    _forget_old(folder)


def _openings(task: Task, language: Language, index: "Index") -> list[list[Message]]:
    """The starts that prompts of a task share, from short to long.

    First the worked examples, the same for every corpus; then, with the text after them, where a
    corpus is small enough to be read whole.
    """
    prompts = load_prompts(language)
    if task == "rewrite":
        return [prompts.rewrite([], "")]
    if task == "derive":
        # It reads only the sentences with figures, which differ by question in a large corpus.
        return [prompts.derive("", "")]
    chat = prompts.brief if task == "brief" else prompts.write
    if not is_small(index):
        return [chat("", "")]
    kept = tuple(readable(index.sentences))
    return [chat("", ""), chat(Evidence(kept, (0.0,) * len(kept), True).as_text(), "")]


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
