"""Calculated answers: right figures, right owners, or none at all."""

from decimal import Decimal
from pathlib import Path

import pytest
from fake_model import FakeModel, said
from small_corpus import index_of

from assistant.answer import Language
from assistant.derive import Derived, derive
from assistant.evidence import gather
from assistant.verification.arithmetic import Operand, Operation, operation_of, rank_of, working
from assistant.verification.figures import find_figures
from index import Index

TEXT = """Un pont pour Larvin

Lorme et Vasta devaient mettre chacun 60 millions d'euros et Trévise 30 millions. \
Le pont mesurera 148 mètres. Le chantier emploiera 340 personnes pendant 14 mois.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), pont=TEXT)


def derived(
    index: Index, question: str, written: str, operation: Operation, language: Language = "fr"
) -> Derived | None:
    evidence = gather(index, question, index.search(question))
    model = FakeModel(derive=said(written))
    return derive(model, language, evidence, question, operation, lambda: None)


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("Combien Lorme apporte-t-il de plus que Trévise ?", "difference"),
        ("How much more than Trévise does Lorme put in?", "difference"),
        ("Combien de personnes en plus par rapport à Vasta ?", "difference"),
        ("How many more seats does it have, compared with Vasta?", "difference"),
        ("Quel est l'écart entre les deux ?", "difference"),
        ("By how much did the bill go up?", "difference"),
        ("De combien la subvention a-t-elle baissé ?", "difference"),
        ("Combien de points séparent Lorme de Vasta ?", "difference"),
        ("De combien d'employés dispose Lorme ?", None),
        ("De combien le club était-il dans le rouge ?", None),
        ("De combien Lorme est-elle plus riche que Vasta ?", "difference"),
        ("Combien apportent-ils ensemble ?", "sum"),
        ("How much do they pay together?", "sum"),
        ("Qui apporte le moins ?", "least"),
        ("Which funder puts in the most?", "most"),
        ("Combien Lorme apporte-t-il ?", None),
        ("Plus de 60 millions ont-ils été versés ?", None),
        ("Qui est le plus connu ?", None),
    ],
)
def test_which_calculation_is_asked_for(question: str, operation: Operation | None) -> None:
    assert operation_of(question) == operation


def test_a_difference_shows_its_working_and_cites_its_operands(index: Index) -> None:
    found = derived(
        index,
        "Combien Lorme apporte-t-il de plus que Trévise ?",
        "Lorme = 60 millions d'euros ; Trévise = 30 millions d'euros",
        "difference",
    )
    assert found is not None
    assert found.text == "La différence est de 30 millions d'euros (60 − 30)."
    assert [sentence.text[:5] for sentence in found.cited] == ["Lorme"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Combien Lorme, Trévise et Belmont mettent-ils ensemble ?", None),
        ("How much did Lorme, Belmont and Trévise put in together?", None),
        ("À eux trois, combien Belmont, Orval et Sarce devaient-ils mettre ?", None),
        (
            "Combien Lorme et Trévise mettent-ils ensemble dans Larvin ?",
            "Le total est de 90 millions d'euros (60 + 30).",
        ),
    ],
)
@pytest.mark.parametrize(
    "written", ["NON DIT", "Lorme = 60 millions d'euros ; Trévise = 30 millions d'euros"]
)
def test_the_sum_of_two_is_not_that_of_the_three_who_are_named(
    index: Index, question: str, text: str | None, written: str
) -> None:
    language: Language = "en" if question.startswith("How") else "fr"
    found = derived(index, question, written, "sum", language)
    assert (found and found.text) == text


def test_whom_the_model_leaves_out_is_found(index: Index) -> None:
    question = "How much less than Vasta was Trévise to invest?"
    found = derived(index, question, "Trévise = 30 millions d'euros", "difference", "en")
    assert found is not None
    assert found.text == "The difference is 30 million euros (60 − 30)."


def test_the_state_pays_by_its_own_name_in_each_language(tmp_path: Path) -> None:
    text = (
        "Le pont\n\nAu total, l'État devait verser 135 millions d'euros. "
        "Lorme devait mettre 60 millions d'euros.\n"
    )
    index = index_of(tmp_path, pont=text)
    question = "By how much did the State's planned contribution exceed Lorme's?"
    found = derived(index, question, "NOT STATED", "difference", "en")
    assert found is not None
    assert found.text == "The difference is 75 million euros (135 − 60)."
    # It is not meant where it is not named.
    question = "How much less than Vasta was Lorme to invest?"
    assert derived(index, question, "NOT STATED", "difference", "en") is None


@pytest.mark.parametrize(
    ("question", "operation", "language", "text"),
    [
        (
            "By how much did Lorme's planned contribution exceed Trévise's?",
            "difference",
            "en",
            "The difference is 30 million euros (60 − 30).",
        ),
        (
            "À eux trois, combien les industriels devaient-ils apporter ?",
            "sum",
            "fr",
            "Le total est de 150 millions d'euros (60 + 60 + 30).",
        ),
        # Two of three, and nobody knows which; one of whom nothing is said.
        ("À eux deux, combien les industriels devaient-ils apporter ?", "sum", "fr", None),
        ("De combien la part de Lorme dépasse-t-elle celle de Belmont ?", "difference", "fr", None),
        # Something else of the same: their employees, what they pay a head.
        ("Combien d'employés Lorme a-t-il de plus que Trévise ?", "difference", "fr", None),
        ("How many more people does Lorme employ than Trévise?", "difference", "en", None),
        ("How much more does Lorme pay its boss than Trévise?", "difference", "en", None),
        # Of these no sentence tells what they pay.
        ("How much longer is the bridge than the works?", "difference", "en", None),
    ],
)
def test_who_pays_is_found_where_the_model_finds_no_figures(
    index: Index, question: str, operation: Operation, language: Language, text: str | None
) -> None:
    found = derived(index, question, "NOT STATED", operation, language)
    assert (found and found.text) == text


def test_a_sum_in_the_other_language(index: Index) -> None:
    found = derived(
        index,
        "How much do Vasta and Trévise put in together?",
        "Vasta = 60 millions d'euros ; Trévise = 30 millions d'euros",
        "sum",
        "en",
    )
    assert found is not None
    assert found.text == "The total is 90 million euros (60 + 30)."


def test_the_least_names_the_others(index: Index) -> None:
    found = derived(
        index,
        "Qui apporte le moins ?",
        "Lorme = 60 millions d'euros ; Vasta = 60 millions d'euros ; Trévise = 30 millions d'euros",
        "least",
    )
    assert found is not None
    assert found.text.startswith("Trévise, avec 30 millions d'euros (Lorme 60")


@pytest.mark.parametrize(
    "written",
    [
        "Lorme = 60 salariés ; Trévise = 60 salariés",
        "Lorme = 60 salariés ; Trévise = 45 salariés",
        "Lorme = 60 salariés ; Belmont = 30 salariés",
        "Lorme = 60 salariés ; pont = 148 mètres",
        "Lorme = 60 salariés",
        "Lorme = 60 salariés ; Lorme = 60 salariés",
        "NON DIT",
        "",
        "= ; = ;;; 60",
    ],
)
def test_what_the_source_does_not_state_is_not_calculated_with(
    tmp_path: Path, written: str
) -> None:
    text = "Le pont\n\nLorme emploie 60 salariés et Trévise 30 salariés. Il mesure 148 mètres.\n"
    question = "Combien de salariés Lorme emploie-t-il de plus que Trévise ?"
    index = index_of(tmp_path, pont=text)
    assert derived(index, question, written, "difference") is None
    right = "Lorme = 60 salariés ; Trévise = 30 salariés"
    assert derived(index, question, right, "difference") is not None


def test_nobody_is_the_most_where_two_share_the_place(index: Index) -> None:
    written = (
        "Lorme = 60 millions d'euros ; Vasta = 60 millions d'euros ; Trévise = 30 millions d'euros"
    )
    assert derived(index, "Qui apporte le plus ?", written, "most") is None


def test_the_most_is_not_told_from_an_incomplete_list(index: Index) -> None:
    written = "Trévise = 30 millions d'euros ; Vasta = 60 millions d'euros"
    # "Chacun 60 millions": Lorme as much.
    assert derived(index, "Qui apporte le plus ?", written, "most") is None
    written = "Trévise = 30 millions d'euros ; la mairie = 20 millions d'euros"
    assert derived(index, "Qui apporte le plus ?", written, "most") is None


@pytest.mark.parametrize(
    ("question", "operation", "language", "shown"),
    [
        ("Quel partenaire apporte le moins ?", "least", "fr", "Trévise, avec 30 millions d'euros"),
        ("Which partner puts in the least?", "least", "en", "Trévise, with 30 million euros"),
        ("Qui apporte le plus ?", "most", "fr", "l'État, avec 135 millions d'euros"),
        # No company: whether the State is one of those asked for is not known.
        ("Quelle entreprise apporte le plus ?", "most", "fr", None),
        ("Qui pèse le moins ?", "least", "fr", None),
    ],
)
def test_one_that_the_model_names_stands_for_its_whole_list(
    tmp_path: Path, question: str, operation: Operation, language: Language, shown: str | None
) -> None:
    text = (
        "Le pont\n\nAu total, l'État devait verser 135 millions d'euros. "
        "Lorme et Vasta devaient mettre chacun 60 millions d'euros et Trévise 30 millions.\n"
    )
    written = "Lorme = 60 millions d'euros"
    found = derived(index_of(tmp_path, pont=text), question, written, operation, language)
    assert (found and found.text.partition(" (")[0]) == shown


@pytest.mark.parametrize(
    ("question", "operation", "shown"),
    [
        (
            "Qui devait verser le moins, l'État ou Lorme ?",
            "least",
            "Lorme, avec 60 millions d'euros",
        ),
        ("Entre Vasta et Trévise, qui verse le plus ?", "most", "Vasta, avec 60 millions d'euros"),
        # One of whom nothing is said; two that give as much.
        ("Qui de Lorme, de Trévise ou de Belmont verse le moins ?", "least", None),
        ("Qui verse le plus, Lorme ou Vasta ?", "most", None),
        (
            "Quel partenaire de Larvin verse le moins ?",
            "least",
            "Trévise, avec 30 millions d'euros",
        ),
    ],
)
def test_of_those_whom_a_question_names_one_is_chosen(
    tmp_path: Path, question: str, operation: Operation, shown: str | None
) -> None:
    text = (
        "Le pont\n\nAu total, l'État devait verser 135 millions d'euros. "
        "Lorme et Vasta devaient mettre chacun 60 millions d'euros et Trévise 30 millions.\n"
    )
    written = (
        "l'État = 135 millions d'euros ; Lorme = 60 millions d'euros ; "
        "Vasta = 60 millions d'euros ; Trévise = 30 millions d'euros"
    )
    found = derived(index_of(tmp_path, pont=text), question, written, operation)
    assert (found and found.text.partition(" (")[0]) == shown


def test_the_most_is_not_sought_in_a_passage_about_something_else(tmp_path: Path) -> None:
    text = (
        "Le pont\n\nLorme devait verser 60 millions d'euros et Trévise 30 millions.\n\n"
        f"{'Le chantier a connu bien des retards depuis le printemps dernier. ' * 30}\n\n"
        "Vasta a payé 200 millions d'euros.\n"
    )
    index = index_of(tmp_path, pont=text)
    assert len({s.passage for s in index.sentences if "millions" in s.text}) == 2
    assert derived(index, "Qui apporte le plus ?", "Lorme = 60 millions d'euros", "most") is None


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [
        (("61,8 kilomètres", "22 kilomètres"), "fr", "39,8 km (61,8 − 22)"),
        (("61.8 km", "22 km"), "en", "39.8 km (61.8 − 22)"),
        (("£9 million", "£2.5 million"), "en", "6.5 million pounds (9 − 2.5)"),
        (("14 mois", "9 mois"), "fr", "5 mois (14 − 9)"),
        (("11 300 véhicules", "300 véhicules"), "fr", "11 000 (11 300 − 300)"),
        (("26 lits", "15 lits"), "en", "11 (26 − 15)"),
    ],
)
def test_results_are_exact_and_set_as_the_language_does(
    texts: tuple[str, str], language: Language, shown: str
) -> None:
    operands = [Operand(text, find_figures(text)[0]) for text in texts]
    assert operands[0].value > operands[1].value > Decimal(0)
    assert working("difference", operands, language) == shown


@pytest.mark.parametrize(
    ("question", "calculated"),
    [
        ("How much more than Trévise does Lorme put in?", True),
        ("By how many millions does Lorme exceed Trévise?", True),
        ("By how many millions did Vasta win?", False),
    ],
)
def test_across_languages_the_question_names_whom_it_compares(
    index: Index, question: str, calculated: bool
) -> None:
    written = "Lorme = 60 millions d'euros ; Trévise = 30 millions d'euros"
    assert (derived(index, question, written, "difference", "en") is not None) is calculated


def test_without_figures_no_model_is_asked(tmp_path: Path) -> None:
    index = index_of(tmp_path, calme="Le port\n\nLe port de Larvin dort encore sous la pluie.\n")
    model = FakeModel(derive=said("Lorme = 1 ; Vasta = 2"))
    evidence = gather(index, "Qui a le plus ?", index.search("Qui a le plus ?"))
    assert derive(model, "fr", evidence, "Qui a le plus ?", "most", lambda: None) is None
    assert model.calls == []


@pytest.mark.parametrize(
    ("question", "rank"),
    [
        ("Who sent in the most grain?", "most"),
        ("Qui se plaint le moins ?", "least"),
        ("Qui met le plus d'argent dans l'affaire ?", "most"),
        ("Qui a le moins de bateaux ?", "least"),
        ("Quelle école est la plus demandée ?", "most"),
        ("Que paient les plus de 75 ans ?", None),
        ("Que paient les moins de 30 ans ?", None),
        ("What do most of them pay?", None),
        ("What is the most recent figure?", None),
        ("Quelle est la plus récente des offres ?", None),
        ("Quand rouvre-t-elle, le plus tôt possible ?", None),
        ("How many will it cost at most?", None),
        ("Who pays?", None),
    ],
)
def test_a_rank_is_asked_for_whatever_the_verb(question: str, rank: Operation | None) -> None:
    assert rank_of(question) == rank
