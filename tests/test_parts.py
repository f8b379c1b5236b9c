"""Questions of two parts, and answers that leave one of them open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.compose import Clock, answered
from assistant.parts import is_half, parts_of
from assistant.prompting import load_prompts
from tests.fake_assistant import article_index


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "When did it leave, and how much was it to pay?",
            ("When did it leave", "how much was it to pay?"),
        ),
        (
            "Où les rames sont-elles faites, et par quelle entreprise ?",
            ("Où les rames sont-elles faites", "par quelle entreprise ?"),
        ),
        ("Qui dirige Atos, et pourquoi ?", ("Qui dirige Atos", "pourquoi ?")),
        ("which service returns first and when", ("which service returns first", "when")),
        ("Who won? What did it cost the town?", ("Who won", "What did it cost the town?")),
        (
            "C'est qui qui tient les archives, et elle a pris la place de qui ?",
            ("C'est qui qui tient les archives", "elle a pris la place de qui ?"),
        ),
        (
            "Celui d'avant, c'était qui et qu'est-ce qu'il est devenu ?",
            ("Celui d'avant, c'était qui", "qu'est-ce qu'il est devenu ?"),
        ),
    ],
)
def test_a_question_of_two_parts(question: str, parts: tuple[str, str]) -> None:
    assert parts_of(question)[1] == parts[1]
    assert parts_of(question)[0].rstrip("? ") == parts[0]


@pytest.mark.parametrize(
    "question",
    [
        "Combien Orange et Thales devaient-ils verser ?",
        "Quand et où se réunissent-ils ?",
        "How and why did it leave?",
        "What did the mayor say about the bridge and the road?",
        "I know the mayor and what he said.",
        "Why?? Really??",
        "Quelle est la différence entre la part de la ville et celle de l'État ?",
        "Et Thales, combien ?",
        "Il paraît que le maire part et qu'il sait qui le remplace ?",
    ],
)
def test_a_question_of_one(question: str) -> None:
    assert parts_of(question) == (question,)


WHO_WHEN = "Qui s'est retiré du projet, et quand ?"
TWO_SUMS = "How much was Orange to pay, and how much was Thales to pay?"


@pytest.mark.parametrize(
    ("question", "answer", "half"),
    [
        (WHO_WHEN, "Dassault Systèmes.", True),
        (WHO_WHEN, "Le 22 décembre.", True),
        (WHO_WHEN, "Dassault Systèmes, le 22 décembre.", False),
        (WHO_WHEN, "Dassault Systèmes s'est retiré après la réunion.", False),
        (TWO_SUMS, "60 million euros.", True),
        (TWO_SUMS, "60 million and 30 million euros.", False),
        ("Qui a écrit au ministre, et à quel titre ?", "Clotilde Basquier.", True),
        ("Qui a écrit au ministre, et à quel titre ?", "La maire, Clotilde Basquier.", False),
        ("On what day do they shut, and when are they back?", "On 19 January.", True),
        ("On what day do they shut, and when are they back?", "19 January, 1 February.", False),
        ("Who withdrew?", "Dassault Systèmes.", False),
        ("Who runs it, and whose shoes did she step into?", "Anne Roy, the head.", True),
        ("Qui la dirige, et elle a remplacé qui ?", "Anne Roy, depuis mai.", True),
        ("Who runs it, and who did before?", "Anne Roy, after Paul Sim.", False),
        ("Who sold it, and to whom?", "The council, to Anne Roy.", False),
        ("Qui a vendu le terrain, et qui le reprend ?", "la ville, puis Anne Roy", False),
    ],
)
def test_an_answer_to_one_part(question: str, answer: str, half: bool) -> None:
    assert is_half(question, answer, [answer]) is half


@pytest.mark.parametrize(
    ("language", "question", "told"),
    [
        ("fr", WHO_WHEN, "Cela ne répond qu'à une partie de la question."),
        ("en", "Who withdrew, and when?", "That answers only part of the question."),
    ],
)
def test_half_an_answer_says_that_it_is(language: str, question: str, told: str) -> None:
    sentence = article_index().sentences[8]
    draft = Answer("", language, False, question=question)  # type: ignore[arg-type]
    half = answered(draft, "Dassault Systèmes.", [sentence], (), 0.9, Clock())
    assert half.text == f"Dassault Systèmes. [1] {told}"
    assert [claim.text for claim in half.claims] == ["Dassault Systèmes."]
    assert load_prompts(draft.language).shown["half"] == told


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_has_one_part_or_two(question: str, answer: str) -> None:
    assert 1 <= len(parts_of(question)) <= 2
    is_half(question, answer, [answer])
