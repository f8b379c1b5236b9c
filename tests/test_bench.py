"""What counts as found and as answered in a bench over people's questions."""

import pytest

from assistant import Answer
from assistant.answer import RetrievedPassage
from evals.bench import late
from evals.bench_articles import found, holds
from index import Document

PARAGRAPH = "Le pont mesure 148 mètres. Il fut construit en 1931 par la ville de Larvin."
ROW = {"gold": ["en 1931", "la ville de Larvin"], "context": PARAGRAPH}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Il fut construit en 1931.", True),
        ("LARVIN, la ville", True),
        ("Il mesure 148 mètres.", False),
        ("Il fut construit en 1932.", False),
        ("La ville.", False),
        ("", False),
    ],
)
def test_a_gold_span_is_held_by_its_words(text: str, held: bool) -> None:
    assert holds(ROW, text) is held


@pytest.mark.parametrize(
    ("texts", "is_found"),
    [
        ([PARAGRAPH], True),
        (["Il fut construit en 1931 par la  ville de Larvin."], True),
        ([f"Le pont. {PARAGRAPH} Il rouvrira."], True),
        (["Un autre pont mesure 148 mètres."], False),
        (["Un autre."] * 5 + [PARAGRAPH], False),
        ([], False),
    ],
)
def test_the_paragraph_is_among_the_first_passages(texts: list[str], is_found: bool) -> None:
    document = Document("0011223344556677", "a.txt", "Un pont", PARAGRAPH, "fr", None)
    passages = tuple(RetrievedPassage(text, document, 0, len(text), 1.0) for text in texts)
    assert found(ROW, Answer("", "fr", False, passages=passages)) is is_found


def test_the_95th_percentile_is_one_of_the_seconds() -> None:
    assert late([1.0]) == 1.0
    assert late([float(n) for n in range(100)]) == 95.0
