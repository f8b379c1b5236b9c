"""A model file in the making: a prefix of the published bytes, kept between runs.

Every source gives the same bytes from the start, so what one source began another may finish.
"""

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.catalogue import ModelEntry
from assistant.errors import ChecksumMismatch, NoSpace

Progress = Callable[[str, int, int], None]
"""Told of progress: stage, bytes done, bytes in all."""

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the journal: a run of bytes that is wholly in the partial file."""

    number: int
    bytes: int
    sha256: str


class Partial:
    """Writes ``<file>.partial`` in ``folder`` and, at the end, moves it into place in one step.

    Beside it a journal says which parts are whole. Opened again after a crash, parts that still
    match the journal are kept and the rest is cut off. Use as a context manager.
    """

    def __init__(self, entry: ModelEntry, folder: Path, progress: Progress) -> None:
        """Open or resume.

        Args:
            entry: what the whole file must be.
            folder: where it goes; it must exist.
            progress: told of bytes that are checked or written.
        """
        self._entry = entry
        self._folder = folder
        self._progress = progress
        self.path = folder / f".{entry.file}.partial"
        self._journal = folder / f".{entry.file}.journal"
        self.parts: list[Part] = []
        self.size = 0
        self._whole = hashlib.sha256()
        self._file = self.path.open("r+b" if self.path.exists() else "w+b")
        self._resume()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; what is written stays for the next run."""
        self._file.close()

    def _resume(self) -> None:
        """Check what an earlier run left: whole parts, then loose bytes of the hub's stream."""
        for part in _read_journal(self._journal):
            digest = hashlib.sha256()
            whole = self._whole.copy()
            read = 0
            while read < part.bytes and (block := self._file.read(min(BLOCK, part.bytes - read))):
                digest.update(block)
                whole.update(block)
                read += len(block)
                self._progress("checking", self.size + read, self._entry.bytes)
            if read < part.bytes or digest.hexdigest() != part.sha256:
                self.rewind(self.size)
                return
            self.parts.append(part)
            self.size += part.bytes
            self._whole = whole
        while block := self._file.read(BLOCK):
            self._whole.update(block)
            self.size += len(block)
            self._progress("checking", self.size, self._entry.bytes)
        if self.size > self._entry.bytes:
            self.rewind(0)

    @property
    def joined(self) -> int:
        """Bytes that whole parts make up, from the start."""
        return sum(part.bytes for part in self.parts)

    def rewind(self, size: int) -> None:
        """Cut back to ``size`` bytes, which must be 0 or where a whole part ends."""
        if size == self.size:
            self._file.seek(size)
            self._file.truncate()
            return
        kept: list[Part] = []
        end = 0
        for part in self.parts:
            if end + part.bytes > size:
                break
            kept.append(part)
            end += part.bytes
        if end != size:
            raise ValueError(f"{size} is not where a part ends")
        self.parts = kept
        self._write_journal()
        self._file.seek(0)
        self._whole = hashlib.sha256()
        left = size
        while left and (block := self._file.read(min(BLOCK, left))):
            self._whole.update(block)
            left -= len(block)
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size

    def append(self, stage: str, blocks: Iterable[bytes]) -> None:
        """Write ``blocks`` at the end.

        Raises:
            ChecksumMismatch: more bytes than the published file has.
            NoSpace: the disk is full; what is written is kept.
        """
        for block in blocks:
            if self.size + len(block) > self._entry.bytes:
                found = self.size + len(block)
                self.discard()
                raise ChecksumMismatch(
                    f"{self._entry.file} has at least {found} bytes, expected "
                    f"{self._entry.bytes}: refused, nothing was kept."
                )
            try:
                self._file.write(block)
                # Else a full disk might be noticed only when the file is closed.
                self._file.flush()
            except OSError as error:
                raise translated(error, self._folder) from error
            self._whole.update(block)
            self.size += len(block)
            self._progress(stage, self.size, self._entry.bytes)

    def append_part(self, stage: str, number: int, blocks: Iterable[bytes]) -> None:
        """Write a whole part and record it, or leave the file as it was.

        Raises:
            ChecksumMismatch: more bytes than the published file has.
            NoSpace: the disk is full; whole parts are kept.
        """
        digest = hashlib.sha256()
        start = self.size

        def counted() -> Iterable[bytes]:
            for block in blocks:
                digest.update(block)
                yield block

        whole = False
        try:
            self.append(stage, counted())
            whole = True
        finally:
            # Bytes of a part that broke off must not pass for a stream to be carried on.
            if not whole and self.path.exists():
                self.rewind(start)
        self.parts.append(Part(number, self.size - start, digest.hexdigest()))
        self._write_journal()

    def finish(self, target: Path) -> None:
        """Check size and SHA-256, then move the file to ``target`` in one step.

        Raises:
            ChecksumMismatch: it is not the published file; it is removed.
            NoSpace: the disk is full.
        """
        found = self._whole.hexdigest()
        if self.size != self._entry.bytes or found != self._entry.sha256:
            size = self.size
            self.discard()
            raise mismatch(self._entry, size, found)
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise translated(error, self._folder) from error
        self._file.close()
        self.path.replace(target)
        self._journal.unlink(missing_ok=True)
        sync_folder(self._folder)

    def discard(self) -> None:
        """Remove what was written."""
        self.path.unlink(missing_ok=True)
        self._journal.unlink(missing_ok=True)

    def _write_journal(self) -> None:
        text = "".join(json.dumps(asdict(part)) + "\n" for part in self.parts)
        try:
            write_whole(self._journal, text)
        except OSError as error:
            raise translated(error, self._folder) from error


def _read_journal(path: Path) -> list[Part]:
    """The journal's parts in order; a damaged journal counts as far as it can be read."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return []
    parts: list[Part] = []
    for line in lines:
        try:
            part = Part(**json.loads(line))
            if part.number != len(parts) + 1 or part.bytes <= 0:
                break
        except (ValueError, TypeError):
            break
        parts.append(part)
    return parts


def write_whole(path: Path, text: str) -> None:
    """Replace ``path`` by ``text`` in one step."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, "utf-8")
    new.replace(path)


def sync_folder(folder: Path) -> None:
    """Have a rename survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def mismatch(entry: ModelEntry, size: int, sha256: str) -> ChecksumMismatch:
    """The one line that says what was expected and what was found."""
    return ChecksumMismatch(
        f"{entry.file} is not the published file: expected SHA-256 {entry.sha256} "
        f"({entry.bytes} bytes), found {sha256} ({size} bytes). It was refused."
    )


def translated(error: OSError, folder: Path) -> Exception:
    """``NoSpace`` for a full disk; any other error as it is."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return NoSpace(
            f"No space left in {folder}: free some, then run `andromede models fetch` again; "
            "it carries on where it stopped."
        )
    return error
