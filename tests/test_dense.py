"""Nearest vectors, against brute force."""

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex
from index.errors import IndexDamaged


def test_as_brute_force(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    vectors = random.normal(size=(50, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = DenseIndex.of(vectors)
    index.save(tmp_path / "x.faiss")
    expected = np.argsort(-(vectors @ vectors[7]), kind="stable")[:10]
    for each in (index, DenseIndex.load(tmp_path / "x.faiss")):
        rows, cosines = each.search(vectors[7], 10)
        assert rows.tolist() == expected.tolist()
        assert np.allclose(cosines, (vectors @ vectors[7])[expected], atol=1e-6)
        assert (each.vectors(3, 4) == vectors[3:7]).all()
        assert len(each.search(vectors[0], 99)[0]) == 50


def test_no_index(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"nothing")
    with pytest.raises(IndexDamaged):
        DenseIndex.load(tmp_path / "x")
