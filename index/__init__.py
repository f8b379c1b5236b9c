"""Documents to search: load, clean, split into sentences and passages, embed, store, search."""

from index.documents import Document, Hit, Passage, Sentence, Span
from index.embed import Embedder
from index.errors import AndromedeError, CorpusError, IndexDamaged, IndexMismatch
from index.index import Index, IndexStatus
from index.progress import Progress

__all__ = [
    "AndromedeError",
    "CorpusError",
    "Document",
    "Embedder",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexMismatch",
    "IndexStatus",
    "Passage",
    "Progress",
    "Sentence",
    "Span",
]
