"""Make an index: read, clean, split, group, embed; what has not changed is not embedded again."""

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.chunk import chunk
from index.clean import clean
from index.dense import DenseIndex
from index.documents import Document
from index.embed import Embedder
from index.errors import CorpusError
from index.lexical import LexicalIndex
from index.load import Source, is_web, parse, read, scan
from index.progress import Progress
from index.sentences import split
from index.store import Roots, SourceRecord, Stored

_logger = logging.getLogger(__name__)


def survey(corpus: Path, roots: Roots) -> tuple[Source, ...]:
    """List the files of a corpus: its own, then what was added, less what was removed.

    A file that was added is called by its root's name and its place in it; where two would be
    called the same, the later ones are numbered.

    Raises:
        CorpusError: the corpus is not there.
    """
    found: dict[Path, str] = {}
    names: set[str] = set()
    gone = [Path(path) for path in roots.removed]
    for root in (corpus, *map(Path, roots.added)):
        if root is not corpus and not root.exists():
            _logger.warning("%s was added to the index and is no longer there; left out.", root)
            continue
        sources, skipped = scan(root)
        for item in skipped:
            _logger.info("%s skipped: %s.", item.path, item.reason)
        for source in sources:
            file = source.file.resolve()
            if file in found or any(file.is_relative_to(path) for path in gone):
                continue
            inside = root is corpus or root.is_file()
            name = source.path if inside else f"{root.name}/{source.path}"
            found[file] = _unused(name, names)
            names.add(found[file])
    return tuple(Source(file, path) for file, path in found.items())


def hashed(sources: Iterable[Source]) -> tuple[tuple[str, str], ...]:
    """Path and SHA-256 of each source; the hash is empty where it cannot be read."""
    return tuple((source.path, _hash(source)) for source in sources)


def build(
    corpus: Path,
    sources: tuple[Source, ...],
    old: Stored | None,
    embedder: Embedder,
    progress: Progress,
) -> Stored:
    """Make the index of ``sources``.

    Args:
        corpus: for messages.
        sources: the files.
        old: an index by the same schema and model, whose vectors are used again.
        embedder: makes the others.
        progress: told how far it is.

    Raises:
        CorpusError: there is nothing to index, or the only file cannot be read.
    """
    documents, records = _read(corpus, sources, old, progress)
    passages: list[tuple[int, int, int]] = []
    sentences: list[tuple[int, int, int]] = []
    for number, document in enumerate(documents):
        spans = split(document.text, clean(document.text, web=is_web(document.path)))
        for part in chunk(document.text, spans):
            passages.append((number, len(sentences), len(part)))
            sentences.extend((len(passages) - 1, spans[i].start, spans[i].end) for i in part)
    passage_table = np.array(passages, dtype=np.int64)
    sentence_table = np.array(sentences, dtype=np.int64)
    texts = [
        (documents[d].text[sentences[first][1] : sentences[first + count - 1][2]])
        for d, first, count in passages
    ]
    parts = [documents[passages[p][0]].text[start:end] for p, start, end in sentences]
    vectors = _vectors(texts + parts, old, documents, embedder, progress)
    progress("write", 0, 1)
    return Stored(
        tuple(documents),
        tuple(records),
        passage_table,
        sentence_table,
        DenseIndex.of(vectors[: len(texts)]),
        DenseIndex.of(vectors[len(texts) :]),
        LexicalIndex.of(texts),
    )


def _read(
    corpus: Path, sources: tuple[Source, ...], old: Stored | None, progress: Progress
) -> tuple[list[Document], list[SourceRecord]]:
    known = {} if old is None else {d.path: d for d in old.documents}
    hashes = {} if old is None else {(s.path, s.sha256) for s in old.sources if not s.problem}
    documents: list[Document] = []
    records: list[SourceRecord] = []
    for number, source in enumerate(sources):
        progress("read", number, len(sources))
        digest = ""
        try:
            data = read(source.file)
            digest = hashlib.sha256(data).hexdigest()
            same = (source.path, digest) in hashes
            documents.append(known[source.path] if same else parse(source.path, data))
            records.append(SourceRecord(source.path, digest))
        except CorpusError as error:
            if len(sources) == 1:
                raise
            _logger.warning("skipped: %s", error)
            records.append(SourceRecord(source.path, digest, str(error)))
    progress("read", len(sources), len(sources))
    if not documents:
        raise CorpusError(
            f"{corpus}: found no document to index; expected .txt, .md or .html files."
        )
    return documents, records


def _vectors(
    texts: list[str],
    old: Stored | None,
    documents: list[Document],
    embedder: Embedder,
    progress: Progress,
) -> NDArray[np.float32]:
    known: dict[str, NDArray[np.float32]] = {}
    if old is not None:
        kept = {document.id for document in documents}
        known = _known(old, kept)
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    if missing:
        known.update(zip(missing, embedder.passages(missing, progress), strict=True))
    return np.stack([known[text] for text in texts])


def _known(old: Stored, kept: set[str]) -> dict[str, NDArray[np.float32]]:
    """Texts of the documents in ``kept``, with the vectors that ``old`` has of them."""
    found: dict[str, NDArray[np.float32]] = {}
    for row, (number, first, count) in enumerate(old.passages.tolist()):
        document = old.documents[number]
        if document.id not in kept:
            continue
        spans = old.sentences[first : first + count, 1:]
        found[document.text[spans[0, 0] : spans[-1, 1]]] = old.passage_vectors.vectors(row, 1)[0]
        vectors = old.sentence_vectors.vectors(first, count)
        for (start, end), vector in zip(spans.tolist(), vectors, strict=True):
            found[document.text[start:end]] = vector
    return found


def _hash(source: Source) -> str:
    try:
        return hashlib.sha256(read(source.file)).hexdigest()
    except CorpusError:
        return ""


def _unused(name: str, names: set[str]) -> str:
    number, unused = 1, name
    while unused in names:
        number += 1
        path = Path(name)
        unused = path.with_name(f"{path.stem}~{number}{path.suffix}").as_posix()
    return unused
