"""Words in common, by BM25: the one seam to bm25s and PyStemmer.

A word is lower-cased and has two stems: the French one, and the English one of the word without its
accents, so that a question finds a text in the other language by what their words share, and with
accents left out. (On 250 questions in French, better than the stem of the text's language alone.)
Elisions ("l'", "qu'") and frequent words go. Figures keep their value however
they are written: "100 000", "100,000" and "100000" are one, so are "3,5" and "3.5".
"""

import logging
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.stopwords import ENGLISH, FRENCH

_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:([ \u00a0\u202f.,])\d{3})(?:\1\d{3})*(?![\d]|[.,]\d)")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_ACRONYM = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_WORD = re.compile(r"\d+(?:\.\d+)+|\d+(?=(?:er|e|è|ème|st|nd|rd|th)\b)|[^\W_]+(?:-[^\W_]+)*")
_NUMBER = re.compile(r"[\d.]+")


def words(text: str) -> list[str]:
    """The terms of ``text``, in order: both stems of each word, once where they are equal.

    A hyphenated word gives the terms of its parts and one of the whole.
    """
    text = text.replace("’", "'")
    text = _ACRONYM.sub(lambda found: found.group().replace(".", "") + " ", text)
    text = _GROUPED.sub(lambda found: re.sub(r"\D", "", found.group()), text)
    text = _DECIMAL.sub(".", text)
    terms: list[str] = []
    for found in _WORD.findall(text.lower()):
        parts = found.split("-")
        if len(parts) > 1:
            terms.append(_fold("".join(parts)))
        for part in parts:
            if part not in _STOP:
                terms.extend(_stems(part))
    return terms


class LexicalIndex:
    """BM25 over texts."""

    def __init__(self, index: Any) -> None:
        """Wrap a bm25s index; use ``of`` or ``load``."""
        self._index = index

    @classmethod
    def of(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index ``texts``, one or more."""
        bm25s = _bm25s()
        vocabulary: dict[str, int] = {"": 0}
        ids = [
            [vocabulary.setdefault(word, len(vocabulary)) for word in words(text)] or [0]
            for text in texts
        ]
        index = bm25s.BM25()
        index.index((ids, vocabulary), show_progress=False)
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what ``save`` wrote.

        Raises:
            IndexDamaged: it is not there or not of the kind.
        """
        bm25s = _bm25s()
        try:
            return cls(bm25s.BM25.load(folder, mmap=True, show_progress=False))
        except (OSError, ValueError, KeyError) as error:
            raise IndexDamaged(f"{folder}: is no BM25 index; rebuild the index.") from error

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``."""
        self._index.save(folder, show_progress=False)

    def search(self, query: str, k: int) -> NDArray[np.int64]:
        """Rows of the ``k`` best texts that share a term with ``query``; ties by row."""
        vocabulary = self._index.vocab_dict
        ids = sorted({vocabulary[w] for w in words(query) if w in vocabulary} - {0})
        if not ids:
            return np.empty(0, np.int64)
        scores = np.asarray(self._index.get_scores_from_ids(ids))
        rows = np.flatnonzero(scores > 0)
        order = np.lexsort((rows, -scores[rows]))[:k]
        return rows[order].astype(np.int64)

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency of each term, over that of a term that no text has.

        Returns:
            Above 0 and at most 1, by term.
        """
        total = int(self._index.scores["num_docs"])
        starts = self._index.scores["indptr"]
        vocabulary = self._index.vocab_dict

        def one(term: str) -> float:
            row = vocabulary.get(term)
            holding = 0 if row is None else int(starts[row + 1] - starts[row])
            return math.log(1 + (total + 1) / (holding + 1)) / math.log(2 + total)

        return {term: one(term) for term in terms}


@cache
def _bm25s() -> Any:
    import bm25s

    # It sets its own logger to DEBUG when imported.
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(language)


def _stems(word: str) -> list[str]:
    if _NUMBER.fullmatch(word):
        return [word]
    # The French rules need the accents.
    french = _fold(_stemmer("french").stemWord(word))
    english = _stemmer("english").stemWord(_fold(word))
    return [french] if french == english else [french, english]


_STOP = FRENCH | ENGLISH
