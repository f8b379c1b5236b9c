"""The index of a corpus: opened, built where it must be, searched."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index import store
from index.build import build, hashed, survey
from index.documents import Document, Hit, Passage, Sentence
from index.embed import Embedder
from index.errors import CorpusError, IndexDamaged, IndexMismatch
from index.load import parse, read
from index.progress import Progress, silent
from index.rows import Passages, Sentences
from index.search import Ranker
from index.store import Roots, Stored

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is on disk of a corpus' index.

    Attributes:
        state: "built"; "stale", if the corpus has changed since or another schema made it;
            "absent"; or "damaged".
        path: its folder.
        documents, passages, sentences: their numbers, 0 where unknown.
        bytes: on disk.
        model: the embedding model that made it, ``None`` where unknown.
    """

    state: Literal["built", "stale", "absent", "damaged"]
    path: Path
    documents: int = 0
    passages: int = 0
    sentences: int = 0
    bytes: int = 0
    model: str | None = None


class Index:
    """Documents, passages and sentences of a corpus, and the search over them. Thread-safe.

    Attributes:
        documents, passages, sentences: by row.
        path: the index's folder.
        model: the embedding model that made it.
        made_at: when it was written, UTC.
    """

    documents: Sequence[Document]
    passages: Sequence[Passage]
    sentences: Sequence[Sentence]

    def __init__(self, stored: Stored, embedder: Embedder, path: Path) -> None:
        """Serve what is stored; use ``open`` or ``build``."""
        self.path = path
        self.model = embedder.name
        self.made_at = store.published(path)
        self.documents = stored.documents
        self.passages = Passages(stored.documents, stored.passages, stored.sentences)
        self.sentences = Sentences(stored.documents, stored.passages, stored.sentences)
        self._embedder = embedder
        self._vectors = stored.sentence_vectors
        self._ranker = Ranker(
            stored.passage_vectors,
            stored.sentence_vectors,
            stored.passage_words,
            stored.sentences[:, 0],
        )

    @classmethod
    def open(
        cls,
        corpus: Path,
        home: Path,
        embedder: Embedder,
        progress: Progress | None = None,
    ) -> "Index":
        """Load the index of a corpus; build it where it is absent, damaged or out of date.

        Args:
            corpus: a file or folder.
            home: the folder that holds models and indexes.
            embedder: makes the vectors; only loaded if something must be embedded.
            progress: told how far a build is.

        Raises:
            CorpusError: the corpus is not there or there is nothing to index.
        """
        place = store.folder(home, corpus)
        with store.locked(place):
            return cls._updated(place, corpus, store.read_roots(place), embedder, progress)

    @classmethod
    def build(
        cls,
        corpus: Path,
        home: Path,
        embedder: Embedder,
        progress: Progress | None = None,
    ) -> "Index":
        """Build the index of a corpus anew, whatever there is. Raises what ``open`` does."""
        place = store.folder(home, corpus)
        with store.locked(place):
            roots = store.read_roots(place)
            return cls._built(place, corpus, roots, None, embedder, progress)

    @classmethod
    def add(
        cls,
        corpus: Path,
        paths: Sequence[Path],
        home: Path,
        embedder: Embedder,
        progress: Progress | None = None,
    ) -> "Index":
        """Take files or folders into the index of a corpus, for good.

        Raises:
            CorpusError: one of them is not there or cannot be read.
        """
        place = store.folder(home, corpus)
        base = corpus.resolve()
        with store.locked(place):
            roots = store.read_roots(place)
            added, removed = set(roots.added), set(roots.removed)
            for path in paths:
                if not survey(path, Roots()):
                    raise CorpusError(f"{path}: found no document; expected .txt, .md or .html.")
                full = path.resolve()
                removed = {old for old in removed if not Path(old).is_relative_to(full)}
                if not full.is_relative_to(base):
                    added.add(str(full))
            fresh = Roots(tuple(sorted(added)), tuple(sorted(removed)))
            index = cls._updated(place, corpus, fresh, embedder, progress)
            store.write_roots(place, fresh)
            return index

    @classmethod
    def remove(
        cls,
        corpus: Path,
        paths: Sequence[Path],
        home: Path,
        embedder: Embedder,
        progress: Progress | None = None,
    ) -> "Index":
        """Take files or folders out of the index of a corpus, for good; the files stay.

        Raises:
            CorpusError: one of them is not in the index, or nothing would be left.
        """
        place = store.folder(home, corpus)
        with store.locked(place):
            roots = store.read_roots(place)
            added, removed = set(roots.added), set(roots.removed)
            for path in paths:
                full = path.resolve()
                held = [s for s in survey(corpus, roots) if s.file.is_relative_to(full)]
                if not held and str(full) not in added:
                    raise CorpusError(f"{path}: is not in the index; 'index status' lists it.")
                added -= {old for old in added if Path(old).is_relative_to(full)}
                left = survey(corpus, Roots(tuple(added), tuple(removed)))
                if any(source.file.is_relative_to(full) for source in left):
                    removed.add(str(full))
            fresh = Roots(tuple(sorted(added)), tuple(sorted(removed)))
            index = cls._updated(place, corpus, fresh, embedder, progress)
            store.write_roots(place, fresh)
            return index

    @staticmethod
    def status(corpus: Path, home: Path) -> IndexStatus:
        """Say what is on disk, without loading a model or the index.

        Checksums of large files are left to ``open``.

        Raises:
            CorpusError: the corpus is not there.
        """
        place = store.folder(home, corpus)
        size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
        try:
            version = store.current(place)
            if version is None:
                return IndexStatus("absent", place)
            manifest = store.read_manifest(version)
            then = tuple((s.path, s.sha256) for s in store.read_sources(version))
            now = Index.contents(corpus, home)
        except IndexDamaged:
            return IndexStatus("damaged", place, bytes=size)
        except IndexMismatch:
            return IndexStatus("stale", place, bytes=size)
        return IndexStatus(
            "built" if then == now else "stale",
            place,
            manifest.documents,
            manifest.passages,
            manifest.sentences,
            size,
            manifest.model,
        )

    @staticmethod
    def contents(corpus: Path, home: Path) -> tuple[tuple[str, str], ...]:
        """Path and SHA-256 of each file that belongs in the index now, added ones included.

        Raises:
            CorpusError: the corpus is not there.
            IndexDamaged: what was added is not told any more.
        """
        return hashed(survey(corpus, store.read_roots(store.folder(home, corpus))))

    @staticmethod
    def added(corpus: Path, home: Path) -> tuple[Document, ...]:
        """What was taken into a corpus' index beside its own files, as those files read now.

        Neither a model nor the index is loaded, so any release's will do; a file that cannot be
        read is left out, as it is of the index.

        Raises:
            CorpusError: the corpus is not there.
            IndexDamaged: what was added is not told any more.
        """
        base = corpus.resolve()
        documents: list[Document] = []
        for source in survey(corpus, store.read_roots(store.folder(home, corpus))):
            if not source.file.is_relative_to(base):
                with suppress(CorpusError):
                    documents.append(parse(source.path, read(source.file)))
        return tuple(documents)

    def search(self, query: str, k: int = 8) -> tuple[Hit, ...]:
        """Find the passages that most likely answer ``query``.

        Args:
            query: a question in French or English.
            k: how many, 1 or more.

        Returns:
            At most ``k`` hits, best first; none for a blank query.
        """
        if k < 1:
            raise ValueError(f"k is {k}; expected 1 or more.")
        if not query.strip():
            return ()
        vector = self._embedder.queries([query])[0]
        hits: list[Hit] = []
        for row, score in self._ranker.rank(query, vector, k):
            passage = self.passages[row]
            held = self._vectors.vectors(passage.sentences[0].row, len(passage.sentences))
            cosines = tuple(min(1.0, max(-1.0, float(value))) for value in held @ vector)
            hits.append(Hit(passage, score, cosines))
        return tuple(hits)

    def cosines(self, text: str, sentences: Sequence[Sentence]) -> tuple[float, ...]:
        """Cosine of ``text``, embedded as a query, to each of ``sentences``, -1 to 1."""
        vector = self._embedder.queries([text])[0]
        return tuple(
            min(1.0, max(-1.0, float(self._vectors.vectors(s.row, 1)[0] @ vector)))
            for s in sentences
        )

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """How telling each term is in this corpus: 1 for one that no passage has, towards 0.

        Args:
            terms: stems, as ``index.lexical.words`` gives them.
        """
        return self._ranker.passage_words.rarity(terms)

    @classmethod
    def _updated(
        cls,
        place: Path,
        corpus: Path,
        roots: Roots,
        embedder: Embedder,
        progress: Progress | None,
    ) -> "Index":
        stored = None
        try:
            stored = store.load(place, embedder.name)
        except (IndexDamaged, IndexMismatch) as error:
            _logger.warning("%s Rebuilding it.", error)
        sources = survey(corpus, roots)
        if stored is not None:
            then = tuple((source.path, source.sha256) for source in stored.sources)
            if then == hashed(sources):
                return cls(stored, embedder, place)
        return cls._built(place, corpus, roots, stored, embedder, progress)

    @classmethod
    def _built(
        cls,
        place: Path,
        corpus: Path,
        roots: Roots,
        old: Stored | None,
        embedder: Embedder,
        progress: Progress | None,
    ) -> "Index":
        told = progress or silent
        made = build(corpus, survey(corpus, roots), old, embedder, told)
        names = (str(corpus.resolve()), *roots.added)
        store.write(place, made, embedder.name, names)
        told("write", 1, 1)
        return cls(made, embedder, place)
