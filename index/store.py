"""An index on disk: versioned, checked, replaced in one step, without pickle.

``<home>/indexes/<slug>-<key>/`` holds ``current`` (the name of a version), ``roots.json`` (what
was added and removed), ``.lock``, and a folder for each version, named by its manifest's SHA-256::

    manifest.json       schema, embedding model, dimension, counts, roots, SHA-256 of each file
    sources.json        path, SHA-256 and, where it is no document, why, of each file read
    documents.jsonl     the documents with their text
    passages.npy        (passages, 3) int64: document, first sentence, number of sentences
    sentences.npy       (sentences, 3) int64: passage, start, end
    passages.faiss, sentences.faiss, passage_words/

The same input gives the same bytes.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.disk import as_json, replace, sha256, sync
from index.documents import Document
from index.errors import AndromedeError, IndexDamaged, IndexMismatch
from index.lexical import LexicalIndex

SCHEMA = 1
"""Raised whenever what is stored, or the rules that made it, change."""

Table = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A file as it was read: its document's path, SHA-256, and why it is none, if so."""

    path: str
    sha256: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version says of itself; the fields of ``manifest.json``."""

    schema: int
    model: str
    dim: int
    documents: int
    passages: int
    sentences: int
    roots: tuple[str, ...]
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """All that a version holds."""

    documents: tuple[Document, ...]
    sources: tuple[SourceRecord, ...]
    passages: Table
    sentences: Table
    passage_vectors: DenseIndex
    sentence_vectors: DenseIndex
    passage_words: LexicalIndex


@dataclass(frozen=True, slots=True)
class Roots:
    """What a corpus is made of beside its own folder: absolute paths, sorted."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def folder(home: Path, corpus: Path) -> Path:
    """Where the index of ``corpus`` is."""
    place = corpus.resolve()
    plain = unicodedata.normalize("NFKD", place.stem.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "corpus"
    key = hashlib.sha256(os.fsencode(place)).hexdigest()[:12]
    return home / "indexes" / f"{slug}-{key}"


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Keep other processes from this index."""
    from filelock import FileLock

    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place / ".lock")
        lock.acquire()
    except OSError as error:
        raise AndromedeError(
            f"{place}: cannot be written ({error.strerror}); set ANDROMEDE_HOME elsewhere."
        ) from error
    try:
        yield
    finally:
        lock.release()


def read_roots(place: Path) -> Roots:
    """What was added and removed; nothing where nothing was.

    Raises:
        IndexDamaged: the file is not what was written.
    """
    file = place / "roots.json"
    if not file.exists():
        return Roots()
    try:
        value = json.loads(file.read_text("utf-8"))
        return Roots(tuple(map(str, value["added"])), tuple(map(str, value["removed"])))
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{file}: is damaged; delete it and add the folders again.") from error


def write_roots(place: Path, roots: Roots) -> None:
    """Remember what was added and removed."""
    replace(place / "roots.json", as_json({"added": roots.added, "removed": roots.removed}))


def current(place: Path) -> Path | None:
    """The folder of the version in use, ``None`` where there is none.

    Raises:
        IndexDamaged: ``current`` names what is not there.
    """
    file = place / "current"
    if not file.exists():
        return None
    name = file.read_text("utf-8", errors="replace").strip()
    if not re.fullmatch(r"[0-9a-f]{16}", name) or not (place / name).is_dir():
        raise IndexDamaged(f"{file}: names no version that is there; rebuild the index.")
    return place / name


def published(place: Path) -> datetime:
    """When the version in use was written, UTC.

    It is the time of ``current``, and stands in no file: the same input must give the same bytes.
    """
    return datetime.fromtimestamp((place / "current").stat().st_mtime, UTC)


def read_manifest(version: Path) -> Manifest:
    """Read and check a version's manifest.

    Raises:
        IndexDamaged: it is missing or not what was written.
        IndexMismatch: it is of another schema.
    """
    file = version / "manifest.json"
    try:
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest()[:16] != version.name:
            raise IndexDamaged(f"{file}: checksum is not {version.name}; rebuild the index.")
        value: dict[str, Any] = json.loads(data)
        if value.get("schema") != SCHEMA:
            raise IndexMismatch(
                f"{file}: found schema {value.get('schema')}, expected {SCHEMA}; rebuild the index."
            )
        return Manifest(**{**value, "roots": tuple(value["roots"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{file}: cannot be read; rebuild the index.") from error


def read_sources(version: Path) -> tuple[SourceRecord, ...]:
    """Read which files a version was made of."""
    file = version / "sources.json"
    try:
        return tuple(SourceRecord(**item) for item in json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(f"{file}: cannot be read; rebuild the index.") from error


def load(place: Path, model: str) -> Stored | None:
    """Read the version in use, every checksum checked; ``None`` where there is none.

    Raises:
        IndexDamaged: a file is not what was written.
        IndexMismatch: made by another schema or with another embedding model.
    """
    version = current(place)
    if version is None:
        return None
    manifest = read_manifest(version)
    if manifest.model != model:
        raise IndexMismatch(
            f"{place}: made with {manifest.model}, expected {model}; rebuild the index."
        )
    for name, expected in manifest.files.items():
        if sha256(version / name) != expected:
            raise IndexDamaged(f"{version / name}: checksum does not match; rebuild the index.")
    stored = Stored(
        _documents(version / "documents.jsonl"),
        read_sources(version),
        np.load(version / "passages.npy", mmap_mode="r", allow_pickle=False),
        np.load(version / "sentences.npy", mmap_mode="r", allow_pickle=False),
        DenseIndex.load(version / "passages.faiss"),
        DenseIndex.load(version / "sentences.faiss"),
        LexicalIndex.load(version / "passage_words"),
    )
    return stored


def write(place: Path, stored: Stored, model: str, roots: tuple[str, ...]) -> None:
    """Write a version and make it the one in use. Call it with ``locked`` held.

    Raises:
        AndromedeError: the disk is full or cannot be written; the version in use stays.
    """
    try:
        _sweep(place)
        fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=place))
        version = _write_version(fresh, stored, model, roots)
        previous = place / "current"
        keep = {version, previous.read_text("utf-8").strip()} if previous.exists() else {version}
        if (place / version).exists():
            (place / version).rename(tempfile.mkdtemp(prefix=".old-", dir=place) + "/gone")
        fresh.rename(place / version)
        sync(place)
        replace(place / "current", version.encode())
        _sweep(place, keep)
    except OSError as error:
        raise AndromedeError(
            f"{place}: the index cannot be written ({error.strerror}); free some space and retry."
        ) from error


def _write_version(fresh: Path, stored: Stored, model: str, roots: tuple[str, ...]) -> str:
    documents = b"".join(as_json(asdict(document)) + b"\n" for document in stored.documents)
    (fresh / "documents.jsonl").write_bytes(documents)
    (fresh / "sources.json").write_bytes(as_json([asdict(source) for source in stored.sources]))
    np.save(fresh / "passages.npy", stored.passages, allow_pickle=False)
    np.save(fresh / "sentences.npy", stored.sentences, allow_pickle=False)
    stored.passage_vectors.save(fresh / "passages.faiss")
    stored.sentence_vectors.save(fresh / "sentences.faiss")
    stored.passage_words.save(fresh / "passage_words")
    files = sorted(file for file in fresh.rglob("*") if file.is_file())
    manifest = Manifest(
        SCHEMA,
        model,
        stored.passage_vectors.dim,
        len(stored.documents),
        len(stored.passages),
        len(stored.sentences),
        roots,
        {file.relative_to(fresh).as_posix(): sha256(file) for file in files},
    )
    data = as_json(asdict(manifest))
    (fresh / "manifest.json").write_bytes(data)
    for file in [*files, fresh / "manifest.json"]:
        sync(file)
    fresh.chmod(0o755)
    sync(fresh)
    return hashlib.sha256(data).hexdigest()[:16]


def _sweep(place: Path, keep: set[str] | None = None) -> None:
    """Remove what an interrupted build left and, where told, versions other than ``keep``."""
    for item in place.iterdir():
        left = item.name.startswith((".new-", ".old-"))
        old = keep is not None and item.name not in keep and bool(_is_version(item.name))
        if item.is_dir() and (left or old):
            shutil.rmtree(item, ignore_errors=True)


def _is_version(name: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{16}", name) is not None


def _documents(file: Path) -> tuple[Document, ...]:
    try:
        with file.open(encoding="utf-8") as rows:
            return tuple(Document(**json.loads(row)) for row in rows)
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(f"{file}: cannot be read; rebuild the index.") from error
