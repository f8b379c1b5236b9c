# ruff: noqa: E501  tables of sentences read better unwrapped
"""How far a figure went and where it got to, and what a source names only to deny it."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.verification import exact_problems, unsupported_names, with_working
from assistant.verification.changes import misread
from assistant.verification.contrasts import contrasted

BILL = "La facture est passée de 3,1 à 5,8 millions d'euros."
TENT = "Quant au chapiteau, il ne sera pas monté place du Foirail, en travaux, mais au parc des Saules."


@pytest.mark.parametrize(
    ("question", "claim", "sentence"),
    [
        ("", "It went up by £5.8 million.", "Its bill rose from £3.1 million to £5.8 million."),
        (
            "By how much did it go up?",
            "£5.8 million",
            "Its bill rose from £3.1 million to £5.8 million.",
        ),
        ("De combien a-t-elle augmenté ?", "Elle a augmenté de 5,8 millions d'euros.", BILL),
        ("", "The bill rose by €5.8 million.", BILL),
        (
            "",
            "Le budget est passé à 5 millions d'euros.",
            "Le budget a augmenté de 5 millions d'euros.",
        ),
    ],
)
def test_an_end_is_no_difference(question: str, claim: str, sentence: str) -> None:
    assert misread(claim, [sentence], question)


@pytest.mark.parametrize(
    ("question", "claim", "sentence"),
    [
        ("", "La facture est passée de 3,1 millions à 5,8 millions d'euros.", BILL),
        ("", "The bill rose to €5.8 million.", BILL),
        ("De combien a-t-elle augmenté ?", "De 3,1 à 5,8 millions d'euros", BILL),
        ("", "The region cut its aid by 15%.", "La région a réduit son aide de 15 %."),
        (
            "",
            "A 15% cut had been considered.",
            "La région avait envisagé de réduire son aide de 15 %.",
        ),
        ("", "The price rose by 5 euros.", "Le prix a augmenté de 5 euros, à 20 euros."),
        ("", "The price, 5 euros, rose.", "Le prix, de 5 euros, a augmenté."),
    ],
)
def test_a_change_as_the_source_has_it(question: str, claim: str, sentence: str) -> None:
    assert misread(claim, [sentence], question) is None


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("On Place du Foirail, and not in the Parc des Saules.", TENT),
        ("Le chapiteau sera place du Foirail.", TENT),
        (
            "Le projet lui-même, mais pas le stationnement",
            "L'association s'inquiète du stationnement, pas du projet.",
        ),
        ("Paul Ney sold the mill to Lorme.", "Le moulin a été vendu à Vasta et non à Lorme."),
    ],
)
def test_what_is_named_to_be_denied_is_no_answer(claim: str, sentence: str) -> None:
    assert contrasted(claim, [sentence])


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("In the Parc des Saules rather than on Place du Foirail.", TENT),
        ("It will not stand on Place du Foirail but in the park.", TENT),
        (
            "Le maire soutient le projet mais pas le calendrier.",
            "Le maire ne critique pas le projet, mais son calendrier.",
        ),
        (
            "L'association n'est pas contre la laiterie.",
            "Nous ne sommes pas contre la laiterie, mais contre l'emplacement.",
        ),
        ("Both Lorme and Vasta bid.", "Not only Lorme but also Vasta has bid."),
    ],
)
def test_what_the_claim_denies_too_is_left_alone(claim: str, sentence: str) -> None:
    assert contrasted(claim, [sentence]) is None


def test_what_is_denied_in_a_word_that_both_languages_share_is_not_done() -> None:
    source = ["Au 20 mai, 27 demandes étaient arrivées et aucune n'avait encore été examinée."]
    question = "How many of the applications had been examined by 20 May?"
    for claim in ("27 applications had been examined by 20 May.", "27"):
        assert any(
            p.hard and p.kind == "negation" for p in exact_problems(claim, source, question, "en")
        )
    assert exact_problems("27 applications had arrived.", source, "How many arrived?", "en") == []


def test_what_may_open_is_not_said_to_open_whatever_else_is_a_fact() -> None:
    source = [
        "Un institut pourrait ouvrir en 2028 dans la filature, dont la mairie est devenue propriétaire."
    ]
    found = exact_problems("Un institut y ouvrira en 2028.", source, "Qui s'installera ?", "fr")
    assert any(problem.hard and problem.kind == "modality" for problem in found)


def test_a_word_that_no_dictionary_has_opens_a_sentence_as_a_name() -> None:
    source = ["Port-Salvy n'a plus marqué pendant neuf minutes."]
    assert unsupported_names("Aubervaux went nine minutes without a goal.", source)
    assert not unsupported_names("Several minutes went by.", source)
    assert not unsupported_names("Neighbours complained.", source)


NOW = "The bill now stands at £71m, against £62m when it was approved in 2019."
MAINTENANT = "La facture atteint 71 millions de livres, contre 62 millions lors du vote de 2019."
WORKS = "The works, budgeted at £6.4m, are now expected to reach £9.1m."


@pytest.mark.parametrize(
    ("claim", "source", "language"),
    [
        ("The budget has increased from £62m to £71m.", NOW, "en"),
        ("The budget has increased by £9m.", NOW, "en"),
        ("Le budget est passé de 62 à 71 millions de livres.", MAINTENANT, "fr"),
        ("Le budget a augmenté de 9 millions de livres.", NOW, "fr"),
    ],
)
def test_a_change_is_told_by_its_ends_or_by_what_lies_between(
    claim: str, source: str, language: Literal["fr", "en"]
) -> None:
    question = "Comment le budget a-t-il changé ?" if language == "fr" else "How did it change?"
    assert not exact_problems(claim, [source], question, language)


@pytest.mark.parametrize(
    ("claim", "source", "language"),
    [
        ("The budget has fallen from £71m to £62m.", NOW, "en"),
        ("The budget has fallen by £9m.", NOW, "en"),
        ("62 millions de livres, contre 71 millions avant", NOW, "fr"),
        ("The budget has increased by £8m.", NOW, "en"),
        ("The budget is £9m.", NOW, "en"),
        ("Le budget est passé de 71 à 62 millions de livres.", MAINTENANT, "fr"),
        ("Le budget a baissé de 9 millions de livres.", MAINTENANT, "fr"),
        # Which two of three?
        ("It rose by £9m.", "It costs £71m, against £62m in 2019 and £53m in 2011.", "en"),
        ("It rose by 9 beds.", NOW, "en"),
    ],
)
def test_no_change_is_turned_round_or_calculated_wrongly(
    claim: str, source: str, language: Literal["fr", "en"]
) -> None:
    question = "Comment le budget a-t-il changé ?" if language == "fr" else "How did it change?"
    kinds = {problem.kind for problem in exact_problems(claim, [source], question, language)}
    assert "figure" in kinds


@given(
    before=st.integers(2, 900),
    more=st.integers(1, 90),
    told=st.integers(1, 990),
)
def test_a_difference_is_let_through_where_it_is_right_alone(
    before: int, more: int, told: int
) -> None:
    source = f"The works, budgeted at £{before}m, are now to cost £{before + more}m."
    wrong = exact_problems(f"by £{told}m", [source], "By how much did the cost rise?", "en")
    stated = {more, before + more}
    assert bool(wrong) == (told not in stated) or told in {before, before + more}


@pytest.mark.parametrize(
    ("claim", "question", "language", "shown"),
    [
        ("by £2.7m", "By how much?", "en", "by 2.7 million pounds (9.1 − 6.4)"),
        (
            "De 2,7 millions de livres",
            "De combien le budget est-il dépassé ?",
            "fr",
            "De 2,7 millions de livres (9,1 − 6,4)",
        ),
        (
            "£9.1m - £6.4m = £2.7m",
            "By how much?",
            "en",
            "2.7 million pounds (9.1 − 6.4)",
        ),
        ("£9.1m", "What will they cost?", "en", "£9.1m"),
    ],
)
def test_the_working_of_a_difference_is_shown(
    claim: str, question: str, language: Literal["fr", "en"], shown: str
) -> None:
    assert with_working(claim, [WORKS], question, language) == shown


CREW = "It was because Halvex had cut its night crew from 18 mechanics to seven."


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Halvex a réduit son équipe de nuit à 7 mécaniciens au lieu de 18.", False),
        ("Halvex a réduit son équipe de nuit à 18 mécaniciens au lieu de 7.", True),
        ("Halvex a réduit son équipe de nuit de 18 mécaniciens.", True),
    ],
)
def test_what_something_is_instead_of_is_what_it_was(claim: str, wrong: bool) -> None:
    found = [problem.kind for problem in exact_problems(claim, [CREW], "Pourquoi ?", "fr")]
    assert ("figure" in found) is wrong


@pytest.mark.parametrize(
    ("claim", "source", "wrong"),
    [
        (
            "The State will pay 135 million euros.",
            "L'État devait verser 135 millions d'euros.",
            True,
        ),
        ("L'État versera 135 millions d'euros.", "The State was to pay 135 million euros.", True),
        (
            "The State was to pay 135 million euros.",
            "L'État devait verser 135 millions d'euros.",
            False,
        ),
        (
            "The State is to pay 135 million euros.",
            "L'État devait verser 135 millions d'euros.",
            False,
        ),
        (
            "The State will pay 135 million euros.",
            "L'État doit verser 135 millions d'euros.",
            False,
        ),
        (
            "The State will pay 135 million euros.",
            "L'État versera 135 millions, il devait verser 9.",
            False,
        ),
        ("135 million euros", "L'État devait verser 135 millions d'euros.", False),
        (
            "It will not return 9 million.",
            "Elle devait ouvrir, et ne rendra pas 9 millions.",
            False,
        ),
        ("An extra 9 million.", "Elle devait verser 9 millions.", False),
    ],
)
def test_what_was_to_be_is_not_told_as_what_will_be(claim: str, source: str, wrong: bool) -> None:
    language: Literal["fr", "en"] = "fr" if claim.startswith("L'") else "en"
    found = [problem.kind for problem in exact_problems(claim, [source], "", language)]
    assert ("modality" in found) is wrong
