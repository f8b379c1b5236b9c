"""Read files and folders as documents."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.clean import clean
from index.dates import published
from index.documents import Document, Span
from index.errors import CorpusError
from index.language import guess
from index.sentences import lines

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm"})
WEB = frozenset({".html", ".htm"})
LARGEST = 20_000_000
"""Bytes of the largest file that is read."""

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        file: where it is, absolute, links resolved.
        path: what its document is called: relative to the corpus folder, with ``/``.
    """

    file: Path
    path: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that is no document, and why, in one line."""

    path: str
    reason: str


def scan(root: Path) -> tuple[tuple[Source, ...], tuple[Skipped, ...]]:
    """List the documents of a file or folder, without reading them.

    Hidden files and folders are left out, and links that lead out of the folder.

    Args:
        root: a file or a folder.

    Returns:
        The sources, sorted by path, and the files with a suffix that is not read.

    Raises:
        CorpusError: ``root`` does not exist, or is a file with another suffix.
    """
    if not root.exists():
        raise CorpusError(f"{root}: no such file or folder; give one that exists.")
    base = root.resolve()
    if base.is_file():
        if base.suffix.lower() not in SUFFIXES:
            raise CorpusError(
                f"{root}: found {base.suffix or 'no suffix'}; expected {_suffixes()}."
            )
        return (Source(base, base.name),), ()
    sources: list[Source] = []
    skipped: list[Skipped] = []
    for file in _files(base):
        path = file.relative_to(base).as_posix()
        if file.is_symlink() and not file.resolve().is_relative_to(base):
            skipped.append(Skipped(path, "is a link that leads out of the folder"))
        elif file.suffix.lower() in SUFFIXES:
            sources.append(Source(file, path))
        else:
            skipped.append(Skipped(path, f"is none of {_suffixes()}"))
    return tuple(sources), tuple(skipped)


def load(root: Path) -> tuple[tuple[Document, ...], tuple[Skipped, ...]]:
    """Read a file or folder.

    Args:
        root: a file, or a folder whose files that cannot be read are skipped.

    Returns:
        The documents, sorted by path, and what was skipped.

    Raises:
        CorpusError: nothing of it can be read.
    """
    sources, passed = scan(root)
    documents: list[Document] = []
    skipped = list(passed)
    for source in sources:
        try:
            documents.append(parse(source.path, read(source.file)))
        except CorpusError as error:
            if root.is_file():
                raise
            skipped.append(Skipped(source.path, str(error)))
    if not documents:
        raise CorpusError(f"{root}: found no document; expected files that end in {_suffixes()}.")
    return tuple(documents), tuple(skipped)


def read(file: Path) -> bytes:
    """Read a file's bytes.

    Raises:
        CorpusError: it cannot be read or is larger than ``LARGEST``.
    """
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise CorpusError(
                f"{file}: found {size:,} bytes; at most {LARGEST:,} are read. Split it."
            )
        return file.read_bytes()
    except OSError as error:
        raise CorpusError(f"{file}: cannot be read ({error.strerror}); check it.") from error


def parse(path: str, data: bytes) -> Document:
    """Make a document of a file's bytes.

    Args:
        path: what the document is called; its suffix says what the bytes are.
        data: UTF-8 with or without a byte order mark, or Windows-1252.

    Raises:
        CorpusError: it is not text, or nothing is left of it after cleaning.
    """
    text = _decoded(path, data)
    title = date = None
    web = is_web(path)
    if web:
        from index.html import extract

        page = extract(text)
        text, title, date = page.text, page.title, page.date
    kept = clean(text, web=web)
    if not kept:
        raise CorpusError(f"{path}: found no text; expected a document with some.")
    body = "\n".join(text[span.start : span.end] for span in kept)
    if title is None:
        title = _title(text, body, path)
    digest = hashlib.sha256(f"{path}\0{text}".encode()).hexdigest()[:16]
    return Document(digest, path, title, text, guess(body), date or published(text))


def is_web(path: str) -> bool:
    """Whether the file at ``path`` is a web page."""
    return Path(path).suffix.lower() in WEB


def _files(folder: Path) -> Iterator[Path]:
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found.extend(Path(parent) / name for name in names if not name.startswith("."))
    yield from sorted(found, key=lambda file: file.relative_to(folder).as_posix())


def _decoded(path: str, data: bytes) -> str:
    if b"\0" in data:
        raise CorpusError(f"{path}: found a NUL byte; expected text in UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise CorpusError(
                f"{path}: is neither UTF-8 nor Windows-1252; convert it to UTF-8."
            ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _title(text: str, body: str, path: str) -> str:
    first = next(lines(body, Span(0, len(body))))
    line = body[first.start : first.end]
    if Path(path).suffix.lower() == ".md":
        heading = next((row for row in body.split("\n") if row.startswith("# ")), line)
        line = heading.lstrip("#").strip() or line
    return line if len(line) <= _LONGEST_TITLE else Path(path).stem


def _suffixes(names: Iterable[str] = SUFFIXES) -> str:
    return ", ".join(sorted(names))
