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
"""Files kept, about 25 MB each: those of two corpora."""

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
                chat = _opening(task, language, index)
                name = _name(task, language, model_id, chat)
                if (folder / name).is_file() and _act(server, slot, "restore", name):
                    (folder / name).touch()
                    continue
                if task == "brief":
                    # The same worked examples, read a moment ago; only the text is new.
                    start = _name("again", language, model_id, _opening("again", language, index))
                    _act(server, slot, "restore", start)
                with closing(model.tokens(chat, slot=slot, limit=1)) as tokens:
                    next(tokens, None)
                if not _act(server, slot, "save", name):
                    log.warning("a prompt cache could not be kept in %s", folder)
        except httpx.HTTPError as error:
            raise ModelUnavailable("The local model went away while it was warmed up.") from error
    _forget_old(folder)


def _opening(task: Task, language: Language, index: "Index") -> list[Message]:
    """The start that every prompt of a task shares."""
    prompts = load_prompts(language)
    if task == "again":
        # It reads the sentences that an answer cites.
        return prompts.brief("", "")
    if task == "derive":
        # It reads only the sentences with figures, which differ by question in a large corpus.
        return prompts.derive("", "")
    if task == "rewrite":
        return prompts.rewrite([], "")
    text = ""
    if is_small(index):
        kept = tuple(readable(index.sentences))
        text = Evidence(kept, (0.0,) * len(kept), True).as_text()
    return prompts.brief(text, "") if task == "brief" else prompts.write(text, "")


def _act(server: "httpx.Client", slot: int, action: str, name: str) -> bool:
    import httpx

    try:
        answer = server.post(f"/slots/{slot}", params={"action": action}, json={"filename": name})
    except httpx.TimeoutException:
        # A question holds the slot: the cache is filled by that, and kept another time.
        return False
    return answer.is_success


def _name(task: Task, language: Language, model_id: str, chat: Sequence[Message]) -> str:
    return f"{task}-{language}-{_digest(model_id, chat)}.cache"


def _digest(model_id: str, chat: Sequence[Message]) -> str:
    digest = hashlib.sha256(model_id.encode())
    for message in chat:
        digest.update(f"\0{message.role}\0{message.text}".encode())
    return digest.hexdigest()[:16]


def _forget_old(folder: Path) -> None:
    files = sorted(folder.glob("*.cache"), key=lambda file: -file.stat().st_mtime)
    for file in files[KEPT:]:
        file.unlink(missing_ok=True)
