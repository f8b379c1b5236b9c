"""Ranking figures, against values worked by hand."""

from math import log2

import pytest

from assistant import Answer
from assistant.answer import RetrievedPassage
from evals.ask import Outcome, Reply, scored
from evals.cases import Case
from evals.retrieval import ranking
from index import Document

SOURCE = Document("0" * 16, "a.txt", "A", "", "fr")


def found(*passages: str, evidence: tuple[str, ...] = ("Le pont",)) -> Outcome:
    case = Case("s", "fr", "pont", "search", evidence=evidence, suite="search")
    rows = tuple(RetrievedPassage(text, SOURCE, 0, 0, 0.5) for text in passages)
    return scored(case, Reply(Answer("", "fr", False, passages=rows), 0.1, 0.1))


def test_first_second_and_missing() -> None:
    done = [
        found("Le pont a cinq piles."),
        found("Il pleut.", "LE PONT est là."),
        found("Il pleut."),
    ]
    told = ranking(done)
    assert told["recall@3"] == told["recall@10"] == pytest.approx(2 / 3)
    assert told["mrr@10"] == pytest.approx((1 + 1 / 2) / 3)
    assert told["ndcg@10"] == pytest.approx((1 + 1 / log2(3)) / 3)


def test_what_is_found_late_counts_among_ten_alone() -> None:
    late = found("a", "b", "c", "Le pont.")
    assert ranking([late])["recall@3"] == 0 and ranking([late])["recall@10"] == 1
    assert not late.right


def test_of_two_sentences_each_counts_once() -> None:
    done = [found("Le pont, ici.", "Le pont, là.", evidence=("Le pont", "La route"))]
    told = ranking(done)
    assert told["recall@10"] == pytest.approx(1 / 2)
    assert told["ndcg@10"] == pytest.approx(1 / (1 + 1 / log2(3)))


def test_without_searches_there_is_nothing_to_tell() -> None:
    asked = Case("a", "fr", "?", "not_stated")
    assert ranking([Outcome(asked, Answer("", "fr", True), True, 0.1, 0.1)]) == {}
