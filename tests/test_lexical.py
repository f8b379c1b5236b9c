"""Words in common."""

from pathlib import Path

import pytest

from index.errors import IndexDamaged
from index.lexical import LexicalIndex, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l’État", "ETAT"),
        ("jusqu'aux données", "donnée"),
        ("100 000", "100,000"),
        ("100\u00a0000", "100000"),
        ("3,5", "3.5"),
        ("U.S.", "US"),
        ("cœur", "coeur"),
    ],
)
def test_written_otherwise_the_same(one: str, other: str) -> None:
    assert set(words(one)) & set(words(other))


def test_terms() -> None:
    assert words("Le TS050 de l'Arc-Nord, en 2012") == [
        "ts050",
        "arcnord",
        "arc",
        "nord",
        "2012",
    ]
    assert words("le la the of d'") == []


def test_search_and_store(tmp_path: Path) -> None:
    texts = [
        "Thales met 30 millions.",
        "Atos discute.",
        "The companies discuss options.",
        "...",
    ]
    index = LexicalIndex.of(texts)
    index.save(tmp_path)
    for each in (index, LexicalIndex.load(tmp_path)):
        assert each.search("Qui est THALÈS ?", 5).tolist() == [0]
        assert each.search("company option", 5).tolist() == [2]
        assert each.search("le", 5).tolist() == each.search("zzz", 5).tolist() == []


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        LexicalIndex.load(tmp_path)


def test_no_terms_at_all() -> None:
    assert LexicalIndex.of(["..."]).search("a question", 3).tolist() == []
