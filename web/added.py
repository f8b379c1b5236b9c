"""The files that readers added: named by us, read before they are kept, in one folder."""

import hashlib
import re
import secrets
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from assistant.errors import ConfigurationError, CorpusError
from index.disk import replace
from index.load import SUFFIXES, parse

MAX_FILE: Final = 5_000_000
"""Bytes of one file."""

MAX_FILES: Final = 100
"""Files that are kept in all."""

MAX_TOTAL: Final = 50_000_000
"""Bytes that are kept in all."""

_MAX_STEM: Final = 120
"""Bytes of a name before its suffix; file systems take 255, with room for ours."""

Problem = Literal["kind", "large", "empty", "unreadable", "known", "many", "full"]
"""Why a file is refused: its suffix, its size, no byte in it, no text in it, kept already, too
many files, too many bytes in all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file that a reader sent.

    Attributes:
        name: what it is called here; as the reader called it where it was refused.
        problem: why it was refused, ``None`` where it is kept.
    """

    name: str
    problem: Problem | None = None


class Added:
    """A folder of files that readers added. Several threads may use it."""

    def __init__(self, folder: Path) -> None:
        """Keep them in ``folder``, which is made when the first is kept."""
        self.folder = folder
        self._lock = threading.Lock()

    def keep(self, name: str, data: bytes) -> Outcome:
        """Keep a file, if the index could read it.

        Args:
            name: what the reader's browser calls it; nothing of it is trusted.
            data: what is in it, or its first ``MAX_FILE`` + 1 bytes.

        Raises:
            ConfigurationError: the folder cannot be written.
        """
        safe = safe_name(name)
        problem = _problem(safe, data)
        with self._lock:
            problem = problem or self._no_room(data)
            if problem is not None:
                return Outcome(_last(name), problem)
            file = self._unused(safe)
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                replace(file, data)
            except OSError as error:
                raise ConfigurationError(
                    f"{self.folder}: cannot be written ({error.strerror}); free some space."
                ) from error
        return Outcome(file.name)

    def paths(self) -> dict[str, Path]:
        """The files by what the index calls them, their document's ``path``."""
        return {f"{self.folder.name}/{file.name}": file for file in self.files()}

    def files(self) -> list[Path]:
        """All that are kept, by name."""
        if not self.folder.is_dir():
            return []
        return sorted(
            file
            for file in self.folder.iterdir()
            if file.is_file() and not file.name.startswith(".")
        )

    def drop(self, files: Iterable[Path]) -> None:
        """Delete ``files``, those of them that are still there."""
        with self._lock:
            for file in files:
                file.unlink(missing_ok=True)

    @contextmanager
    def without(self, file: Path) -> Iterator[None]:
        """Hide ``file`` from the index meanwhile, then delete it; what is raised puts it back.

        A file that is gone already is none to hide.
        """
        aside = file.with_name(f".{secrets.token_hex(8)}.gone")
        with self._lock, suppress(FileNotFoundError):
            file.rename(aside)
        try:
            yield
        except BaseException:
            # Another one may have been sent under its name meanwhile.
            with self._lock, suppress(FileNotFoundError):
                aside.rename(self._unused(file.name))
            raise
        self.drop([aside])

    def _no_room(self, data: bytes) -> Problem | None:
        files = self.files()
        if len(files) >= MAX_FILES:
            return "many"
        sizes = [file.stat().st_size for file in files]
        if sum(sizes) + len(data) > MAX_TOTAL:
            return "full"
        digest = hashlib.sha256(data).digest()
        alike = (file for file, size in zip(files, sizes, strict=True) if size == len(data))
        known = any(hashlib.sha256(file.read_bytes()).digest() == digest for file in alike)
        return "known" if known else None

    def _unused(self, name: str) -> Path:
        file, number = self.folder / name, 1
        while file.exists():
            number += 1
            file = self.folder / f"{Path(name).stem}~{number}{Path(name).suffix}"
        return file


def safe_name(name: str) -> str:
    """A file name of our own making: no folder, not hidden, letters and figures of any script.

    Args:
        name: anything.
    """
    normal = unicodedata.normalize("NFC", _last(name))
    plain = "".join(c if _is_plain(c) else "_" for c in normal)
    stem, _, suffix = plain.rpartition(".")
    stem = stem.strip(" ._").encode()[:_MAX_STEM].decode("utf-8", "ignore").rstrip(" ._")
    return f"{stem or 'document'}.{suffix.strip().lower()}"


def _last(name: str) -> str:
    """What stands after the last folder, whichever system wrote it."""
    return re.split(r"[/\\]", name)[-1]


def _is_plain(sign: str) -> bool:
    return sign in " .-_()'’" or unicodedata.category(sign)[0] in "LMN"


def _problem(name: str, data: bytes) -> Problem | None:
    if Path(name).suffix not in SUFFIXES:
        return "kind"
    if len(data) > MAX_FILE:
        return "large"
    if not data.strip():
        return "empty"
    try:
        parse(name, data)
    except CorpusError:
        return "unreadable"
    return None
