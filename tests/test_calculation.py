"""Calculations in a question's own words: proposed by a trained model, checked, shown."""

import math
import re
import string
from pathlib import Path
from typing import get_args

import pytest
from asking import ask
from fake_model import FakeModel, Step, judging, said
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import index_of

from assistant.answer import Language
from assistant.calculate import Calculations
from assistant.calculation import Calculation, marked, proposed
from assistant.derive import Derived
from assistant.evidence import gather
from assistant.llm import Token
from assistant.pointed import SURE, check
from assistant.verification.arithmetic import Operation
from assistant.verify import Verifier
from index import Index

TEXT = """L'atelier de Lorme se partage

Des 64 salariés de l'atelier, 41 rejoindront Vasta. Le loyer atteint 9 000 euros à Lorme, \
contre 7 500 euros à Trévise. Le chantier coûtera 12 millions d'euros, dont 3 millions pour le \
toit. La région verse 5 millions d'euros, la ville 4. Environ 300 visiteurs sont venus.

L'an dernier, l'atelier Bélard a vendu 120 bateaux. Il en avait vendu 95 en 2021.
"""
LEFT = "Combien de salariés de l'atelier n'iront pas chez Vasta ?"


class Reader(FakeModel):
    """One that was trained."""

    trained = True


def saying(text: str, sure: float = -0.01) -> list[Step]:
    """``text``, to which the model gives a probability whose logarithm is ``sure``."""
    opens = {text.split(":")[0]: sure, "NON": math.log(max(1e-9, 1 - math.exp(sure)))}
    return [Token(text[:1], sure, opens), Token(text[1:], 0.0)]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), atelier=TEXT)


def checked(index: Index, question: str, calc: str, language: Language = "fr") -> Derived | None:
    evidence = gather(index, question, index.search(question))
    read = proposed(Reader(calculate=saying(calc)), language, evidence, question, lambda: None)
    operation = read.asked if read.asked in get_args(Operation) else "difference"
    return check(read, operation, language, evidence.sentences, question)


@pytest.mark.parametrize(
    ("question", "calc", "shown"),
    [
        (
            LEFT,
            "difference: salariés de l'atelier [A] ; rejoindront Vasta [B]",
            "La différence est de 23 (64 − 41).",
        ),
        (
            "À elles deux, la région et la ville mettent combien ?",
            "sum: la région [G] ; la ville [H]",
            "Le total est de 9 millions d'euros (5 + 4).",
        ),
        (
            "Du toit ôté, que coûte le chantier ?",
            "difference: Le chantier [E] ; toit [F]",
            "La différence est de 9 millions d'euros (12 − 3).",
        ),
        # "Il": the sentence before it tells who.
        (
            "Bélard : combien de bateaux en deux ans ?",
            "sum: Bélard a vendu [J] ; vendu en 2021 [K]",
            "Le total est de 215 (120 + 95).",
        ),
    ],
)
def test_what_the_source_states_is_calculated_with(
    index: Index, question: str, calc: str, shown: str
) -> None:
    found = checked(index, question, calc)
    assert found is not None
    assert " ".join(found.text.split()) == shown
    assert all(sentence.text in TEXT for sentence in found.cited)


@pytest.mark.parametrize(
    ("question", "calc"),
    [
        (LEFT, "NON DIT"),
        (LEFT, "difference: salariés [A]"),
        (LEFT, "difference: salariés [Z] ; rejoindront Vasta [B]"),
        (LEFT, "difference: salariés [A] ; les rats [B]"),
        (LEFT, "difference: salariés [A] ; salariés de l'atelier [A]"),
        # Belmont is named nowhere near.
        ("Combien mettent la région et Belmont ?", "sum: région [G] ; ville [H]"),
        # Two kinds; about; a part and its whole; the other's.
        ("Et en tout ?", "sum: salariés [A] ; La région [G]"),
        ("Et en tout ?", "sum: salariés [A] ; visiteurs [I]"),
        ("Et en tout ?", "sum: Le chantier [E] ; toit [F]"),
        ("Qui paie le plus ?", "most: la ville [G] ; La région [H]"),
        ("?", "sum: [A] ;; [ ; 41 [B] = [b]"),
    ],
)
def test_what_does_not_hold_is_not_shown(index: Index, question: str, calc: str) -> None:
    assert checked(index, question, calc) is None


def calculated(index: Index, question: str, model: FakeModel) -> Derived | None:
    evidence = gather(index, question, index.search(question))
    verifier = Verifier(index, model)
    return Calculations(
        model, verifier, "fr", evidence, question, "difference", lambda: None
    ).after_all()


PIECES = [
    "12 millions d'euros",
    "41",
    "3,5 %",
    "deux",
    "de 3 à 5 ans",
    "Lorme",
    " ",
    ", ",
    "en 2021",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join), max_size=9))
def test_a_letter_stands_behind_its_figure_and_changes_nothing_else(sentences: list[str]) -> None:
    texts, pointed = marked(sentences)
    assert ["".join(re.sub(r" \[[A-Z]\]", "", text).split()) for text in texts] == [
        "".join(sentence.split()) for sentence in sentences
    ]
    for letter, (number, figure) in zip(string.ascii_uppercase, pointed, strict=False):
        before, found, _ = texts[number].partition(f" [{letter}]")
        assert found and before.endswith(figure.text.rstrip())


RIGHT = "difference: salariés de l'atelier [A] ; rejoindront Vasta [B]"


@pytest.mark.parametrize(("sure", "shown"), [(SURE + 0.1, True), (SURE - 0.1, False)])
def test_only_what_the_model_is_sure_of_is_shown(index: Index, sure: float, shown: bool) -> None:
    assert (calculated(index, LEFT, Reader(calculate=saying(RIGHT, sure))) is not None) is shown


def test_another_operation_than_the_question_names_is_not_done(index: Index) -> None:
    model = Reader(calculate=saying(RIGHT.replace("difference", "sum")))
    assert calculated(index, LEFT, model) is None


def test_without_figures_no_model_is_asked(tmp_path: Path) -> None:
    text = "Le port\n\nLe port de Larvin dort sous la pluie. Il est calme.\n"
    model = Reader(calculate=saying(RIGHT))
    assert calculated(index_of(tmp_path, calme=text), LEFT, model) is None
    assert model.calls == []


def test_an_untrained_model_is_not_asked(index: Index) -> None:
    model = FakeModel(calculate=saying(RIGHT))
    assert calculated(index, LEFT, model) is None
    assert model.calls == []


def test_a_model_that_calculates_nothing_is_stopped_at_its_first_word(index: Index) -> None:
    model = Reader(calculate=saying(RIGHT, -3.0))
    evidence = gather(index, LEFT, index.search(LEFT))
    assert proposed(model, "fr", evidence, LEFT, lambda: None) == Calculation()
    assert [call.given for call in model.calls] == [1]


BOATS = "Bélard a vendu combien de bateaux de plus par rapport à 2021 ?"


@pytest.mark.usefixtures("fixed_weights")
def test_a_question_that_names_its_operation_is_answered_by_it(index: Index) -> None:
    pointed = "difference: vendu en 2021 [K] ; Bélard [J]"
    model = Reader(brief=said("NON DIT", -9.0), calculate=saying(pointed, -0.1))
    answer = ask(index, model, BOATS)
    assert answer.text == "La différence est de 25 (120 − 95). [1][2]"
    assert answer.claims[-1].score == pytest.approx(math.exp(-0.1))
    silent = Reader(brief=said("NON DIT", -9.0), calculate=saying("NON DIT", -9.0))
    assert ask(index, silent, BOATS).abstained


@pytest.mark.usefixtures("fixed_weights")
def test_what_a_sentence_states_is_not_calculated(tmp_path: Path) -> None:
    text = "Le toit\n\nLe chantier coûtera 12 millions d'euros. La région aidera de 5 millions.\n"
    pointed = saying("difference: Le chantier [A] ; La région [B]")
    said_twice = {"brief": said("5 millions"), "second": said("5 million")}
    model = Reader(**said_twice, judge=judging(9.0), calculate=pointed)
    answer = ask(index_of(tmp_path, toit=text), model, "De combien la région aidera-t-elle ?")
    assert " ".join(answer.text.split()) == "5 millions. [1]"
    assert model.of("calculate") == []


@pytest.mark.usefixtures("fixed_weights")
def test_a_sum_is_not_told_as_its_parts(index: Index) -> None:
    parts = said("5 millions d'euros la région, 4 la ville")
    model = Reader(brief=parts, judge=judging(9.0), calculate=saying("sum: région [G] ; ville [H]"))
    answer = ask(index, model, "À elles deux, la région et la ville versent combien ?")
    assert " ".join(answer.text.split()) == "Le total est de 9 millions d'euros (5 + 4). [1]"
