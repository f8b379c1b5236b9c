"""Questions of two parts, each answered by itself."""

import pytest
from asking import LIMIT, ask
from fake_model import GONE, FakeModel, Step, said
from hypothesis import given
from hypothesis import strategies as st

from assistant.parts import parts_of
from assistant.pipeline import Pipeline
from index import Index

pytestmark = pytest.mark.usefixtures("fixed_weights")

BOTH = "Combien les travaux doivent-ils coûter, et combien la région doit-elle payer ?"
WORKS = "Les travaux doivent coûter 48 millions d'euros."
REGION = "La région doit payer 12 millions d'euros."


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "When did it leave, and how much was it to pay?",
            ("When did it leave ?", "how much was it to pay?"),
        ),
        (
            "Où les rames sont-elles faites, et par quelle entreprise ?",
            ("Où les rames sont-elles faites ?", "par quelle entreprise ?"),
        ),
        ("Qui dirige Atos, et pourquoi ?", ("Qui dirige Atos ?", "pourquoi ?")),
        (
            "Jusqu'à quand rendre le livre, et faut-il un ticket ?",
            ("Jusqu'à quand rendre le livre ?", "faut-il un ticket ?"),
        ),
        (
            "Was the vote close? What was the result?",
            ("Was the vote close ?", "What was the result?"),
        ),
        ("which service returns first and when", ("which service returns first ?", "when")),
    ],
)
def test_a_question_of_two_parts(question: str, parts: tuple[str, str]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Combien Orange et Thales devaient-ils verser ?",
        "Quand et où se réunissent-ils ?",
        "How and why did it leave?",
        "Le maire a-t-il dit que le pont ouvrirait et que la route fermerait ?",
        "What did the mayor say about the bridge and the road?",
        "Why?? Really??",
        "Quelle est la différence entre la part de la ville et celle de l'État ?",
    ],
)
def test_a_question_of_one(question: str) -> None:
    assert parts_of(question) == (question,)


@given(st.text(max_size=80) | st.from_regex(r"\w+ \w+ \w+ \w+,? (et|and) (when|qui) \w+ ?\?*"))
def test_the_parts_are_the_question_s_own_words(question: str) -> None:
    parts = parts_of(question)
    assert 1 <= len(parts) <= 2
    assert all(part.removesuffix(" ?").strip() in question for part in parts)


def model(*sentences: list[Step]) -> FakeModel:
    """A model whose few words tell nothing, and that writes these sentences one after the other."""
    return FakeModel(brief=said("Oui."), sentences=sentences)


def test_both_parts_are_answered_and_cited(french: Index) -> None:
    answer = ask(french, model(said(WORKS), said(REGION)), BOTH)
    assert answer.text == f"{WORKS} [1] {REGION} [2]"
    assert [citation.quote for citation in answer.citations] == [WORKS, REGION]
    assert [claim.citations for claim in answer.claims] == [(1,), (2,)]
    assert answer.question == BOTH


def test_the_first_part_is_shown_before_the_second_is_written(french: Index) -> None:
    pipeline = Pipeline(french, model(said(WORKS), said(REGION)), LIMIT)
    first, second = pipeline.answer(BOTH, (), lambda step: None)
    assert second.text.startswith(f"{first.text} ")


def test_a_sentence_that_both_parts_cite_keeps_its_number(french: Index) -> None:
    question = "Combien les travaux doivent-ils coûter ? Les travaux, combien doivent-ils coûter ?"
    answer = ask(french, model(said(WORKS), said(WORKS)), question)
    assert len(answer.citations) == 1
    assert answer.text.count("[1]") == 2


@pytest.mark.parametrize("second", [[], said("La région doit payer 90 millions d'euros."), [GONE]])
def test_a_part_without_an_answer_is_named(french: Index, second: list[Step]) -> None:
    answer = ask(french, model(said(WORKS), second), BOTH)
    assert answer.text.startswith(WORKS)
    assert answer.text.endswith("Sans réponse vérifiée : « combien la région doit-elle payer ? »")
    assert not answer.abstained
    assert "90" not in answer.text


def test_a_first_part_without_an_answer_is_named_after_the_second(french: Index) -> None:
    answer = ask(french, model([], said(REGION)), BOTH)
    assert answer.text.startswith(REGION)
    assert "Sans réponse vérifiée : « Combien les travaux doivent-ils coûter ? »" in answer.text


def test_where_neither_has_an_answer_nothing_is_claimed(french: Index) -> None:
    answer = ask(french, model([], []), BOTH)
    assert answer.abstained
    assert answer.question == BOTH


def test_the_second_part_is_understood_from_the_first(french: Index) -> None:
    fake = FakeModel(
        brief=said("Oui."),
        sentences=[said(WORKS), said(REGION)],
        rewrite=said("Combien la région doit-elle payer ?"),
    )
    ask(french, fake, "Combien les travaux doivent-ils coûter, et combien paie-t-elle ?")
    (asked,) = fake.of("rewrite")
    assert "Combien les travaux doivent-ils coûter ?" in asked.chat[-1].text
