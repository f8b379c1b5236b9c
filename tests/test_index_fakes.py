"""What the index's tests share: an embedder that needs no model."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from index.progress import Progress


class FakeEmbedder:
    """Vectors from the words of a text alone; records what it was asked to embed."""

    name = "fake"
    dim = 32

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Embed as passages are."""
        return np.stack([self._vector(text) for text in texts])

    def passages(self, texts: list[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """Embed and record."""
        self.embedded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dim, 1e-3, dtype=np.float32)
        for word in text.lower().split():
            vector[hashlib.sha256(word.encode()).digest()[0] % self.dim] += 1
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit


def test_fake_vectors_are_unit_norm() -> None:
    vectors = FakeEmbedder().passages(["a b", "c"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
