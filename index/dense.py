"""Nearest vectors by inner product: the one seam to FAISS.

The index is flat: every vector is compared, so that what is found is exact and the same each time.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]


class DenseIndex:
    """Vectors ``(n, dim) float32, unit-norm``, searched by cosine."""

    def __init__(self, index: Any) -> None:
        """Wrap a FAISS index; use ``of`` or ``load``."""
        self._index = index

    @classmethod
    def of(cls, vectors: Vectors) -> "DenseIndex":
        """Index ``vectors``, ``(n, dim) float32, unit-norm``."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, file: Path) -> "DenseIndex":
        """Map the file that ``save`` wrote into memory.

        Raises:
            IndexDamaged: it is no such file.
        """
        import faiss

        try:
            return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC))
        except RuntimeError as error:
            raise IndexDamaged(f"{file}: is no FAISS index; rebuild the index.") from error

    def save(self, file: Path) -> None:
        """Write the index to ``file``."""
        import faiss

        faiss.write_index(self._index, str(file))

    def __len__(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """Length of the vectors."""
        return int(self._index.d)

    def search(self, query: Vectors, k: int) -> tuple[Rows, Vectors]:
        """Find the ``k`` nearest vectors, fewer where there are fewer.

        Args:
            query: ``(dim,) float32, unit-norm``.
            k: how many, 1 or more.

        Returns:
            Rows and cosines, best first; equal cosines by row.
        """
        k = min(k, len(self))
        if not k:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        cosines, rows = self._index.search(query[np.newaxis], k)
        order = np.lexsort((rows[0], -cosines[0]))
        return rows[0][order], cosines[0][order]

    def vectors(self, start: int, count: int) -> Vectors:
        """Rows ``start`` to ``start + count``: ``(count, dim) float32``."""
        found: Vectors = self._index.reconstruct_n(start, count)
        return found
