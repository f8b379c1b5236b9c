"""Reciprocal rank fusion, by hand."""

import pytest

from index.search import fuse


def test_by_hand() -> None:
    found = fuse([[1, 2], [2, 3]], (1.0, 2.0), 1)
    # 1: 1/2; 2: 1/3 + 2/2; 3: 2/3; at best 3/2.
    assert [row for row, _ in found] == [2, 3, 1]
    assert [score for _, score in found] == pytest.approx([8 / 9, 4 / 9, 1 / 3])


def test_first_in_all_is_one_and_ties_go_by_row() -> None:
    assert fuse([[5], [5]], (1.0, 1.0), 20) == [(5, pytest.approx(1.0))]
    assert [row for row, _ in fuse([[9], [4]], (1.0, 1.0), 20)] == [4, 9]


def test_a_ranking_without_weight_finds_nothing() -> None:
    assert fuse([[1], [2]], (0.0, 1.0), 20) == [(2, 1.0)]
