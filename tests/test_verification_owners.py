# ruff: noqa: E501  tables of sentences read better unwrapped
"""Who gets which figure, and who did it to whom."""

from typing import Literal

import pytest

from assistant.verification import Around, exact_problems
from assistant.verification.doers import exchanged
from assistant.verification.owners import swapped_figures

SHARES = (
    "Lorme et Vasta devaient mettre chacun 60 millions d'euros et Trévise, de son côté, "
    "30 millions."
)
FUNDERS = (
    "The port is putting in £9 million, the pension fund £8 million, Norvane £4 million and "
    "£2 million will come from the agency."
)


@pytest.mark.parametrize(
    ("claim", "sentence", "swapped"),
    [
        ("Trévise devait mettre 30 millions d'euros.", SHARES, False),
        ("Trévise devait mettre 60 millions d'euros.", SHARES, True),
        ("Lorme was to put in 60 million euros.", SHARES, False),
        ("Lorme was to put in 30 million euros.", SHARES, True),
        ("Vasta 60 millions et Trévise 30 millions.", SHARES, False),
        ("60 millions pour Trévise", SHARES, True),
        ("30 millions d'euros.", SHARES, False),
        ("The port puts in £9 million.", FUNDERS, False),
        ("The port puts in £8 million.", FUNDERS, True),
        ("Norvane apporte 2 millions de livres.", FUNDERS, True),
        ("The agency gives £2 million.", FUNDERS, False),
        ("Norvane gives £8 million.", FUNDERS, True),
        # What stands between the commas is told of the same one.
        (
            "Lorme passera une provision de 85 millions.",
            "Lorme, qui a déjà engagé 140 millions, passera une provision de 85 millions.",
            False,
        ),
        (
            "Lorme gave 140 million.",
            "Lorme, qui a déjà donné 140 millions, passera une provision de 85 millions.",
            False,
        ),
        (
            "Lorme loses 9 million.",
            "Lorme, which gave £140m, loses £85m, and Vasta £9m.",
            True,
        ),
        # One figure of its kind: place tells nothing.
        ("Lorme a payé 12 millions.", "Les 12 millions sont venus de Lorme, pas de Vasta.", False),
    ],
)
def test_who_gets_which_figure(claim: str, sentence: str, swapped: bool) -> None:
    assert bool(swapped_figures(claim, [sentence])) is swapped


@pytest.mark.parametrize(
    ("claim", "second", "swapped"),
    [
        ("Vasta devait verser 135 millions d'euros.", "Vasta est une société de Larvin.", True),
        ("Vasta devait verser 135 millions d'euros.", "Vasta devait mettre 60 millions.", True),
        ("L'État devait verser 135 millions d'euros.", "Vasta devait mettre 60 millions.", False),
        ("135 millions d'euros.", "Vasta devait mettre 60 millions.", False),
    ],
)
def test_a_figure_is_not_borrowed_from_a_sentence_about_others(
    claim: str, second: str, swapped: bool
) -> None:
    evidence = ["Au total, l'État devait verser 135 millions d'euros dans ce projet.", second]
    assert bool(swapped_figures(claim, evidence)) is swapped


def test_the_bridge_may_be_the_bridge_that_was_named_before() -> None:
    told = "Construit par Lorme, long de 164 mètres, le pont voit passer 11 300 véhicules."
    named = "Le pont des Tanneurs est fermé."
    assert not swapped_figures("Le pont des Tanneurs est long de 164 mètres.", [named, told])
    assert swapped_figures("Vasta est long de 164 mètres.", ["Vasta est un canal.", told])


def test_a_pronoun_may_take_up_whom_another_sentence_names() -> None:
    evidence = ["Vasta bâtit la turbine à Larvin.", "Elle aura 148 mètres, dit-on à Larvin."]
    assert not swapped_figures("La turbine de Vasta aura 148 mètres.", evidence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Avec onze buts, Lou Tessier a fini devant Inès Marchal, sept.",
        "Lou Tessier (11 buts) et Inès Marchal (7) ont porté l'équipe.",
        "Lou Tessier a marqué 11 buts et Inès Marchal sept.",
        "Lou Tessier a marqué 11 buts, dont sept sur des passes d'Inès Marchal.",
        "« Lou Tessier a marqué 11 buts, c'est immense », a dit la capitaine, Inès Marchal.",
        "Lou Tessier, 11 buts, a été remplacée par Inès Marchal à la 40e minute.",
        "Lou Tessier scored 11 goals, twice as many as Inès Marchal.",
    ],
)
def test_a_figure_is_told_of_whom_its_own_clause_names(sentence: str) -> None:
    for claim in ("Inès Marchal scored 11 goals.", "Inès Marchal a marqué onze buts."):
        assert swapped_figures(claim, [sentence])
    for claim in ("Lou Tessier scored 11 goals.", "Lou Tessier a marqué onze buts.", "11 goals"):
        assert not swapped_figures(claim, [sentence])


def test_a_figure_told_of_one_alone_is_nobody_elses() -> None:
    told = ["Au total, l'État devait verser 135 millions d'euros dans ce projet."]
    asked = "How much was Vasta Systèmes meant to put in?"
    found = exact_problems("135 million euros.", told, asked, "en")
    assert any(problem.hard and problem.kind == "owner" for problem in found)
    for asked in ("How much was the French State to pay?", "How much was it in all?"):
        assert exact_problems("135 million euros.", told, asked, "en") == []


def test_who_only_helps_is_told_no_figure_of() -> None:
    told = ["Au total, l'État devait verser 135 millions d'euros via la Banque des prêts."]
    assert swapped_figures("La Banque des prêts devait verser 135 millions d'euros.", told)
    assert not swapped_figures("L'État devait verser 135 millions d'euros.", told)
    claim = "L'État devait verser 135 millions d'euros via la Banque des prêts."
    assert not swapped_figures(claim, told)
    for question in ("Quelle somme devait passer par la Banque des prêts ?",
                     "How much was to go through the Banque des prêts?"):  # fmt: skip
        assert not swapped_figures(f"{question} 135 millions d'euros.", told)
    # Where nobody else is named, it may well be theirs.
    alone = ["Les 135 millions d'euros sont versés via la Banque des prêts."]
    assert not swapped_figures("La Banque des prêts verse 135 millions d'euros.", alone)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Lorme devait mettre 60 millions.", "Lorme et Vasta devaient mettre 60 millions."),
        ("Lorme devait mettre 60 millions.", "Selon Vasta, l'apport serait de 60 millions."),
        ("Lorme a gagné 12 millions.", "Président de Lorme, Paul Ney annonce 12 millions."),
        ("Lorme emploie 340 personnes.", "Son patron, Paul Ney, et ses 340 salariés attendent."),
        ("À Larvin, 340 personnes attendent.", "Vasta y emploie 340 personnes."),
        ("La capitaine de Larvin a marqué neuf buts.", "Lou Tessier a marqué neuf buts."),
    ],
)
def test_nothing_is_said_of_a_figure_whose_owner_is_unsure(claim: str, sentence: str) -> None:
    assert not swapped_figures(claim, [sentence])


@pytest.mark.parametrize(
    ("question", "claim", "sentence"),
    [
        ("De combien Valmont a-t-il gagné ?", "Valmont a gagné 24-19.", "Port-Louis a battu Valmont 24 à 19."),
        ("By what score did Valmont win?", "24-19", "Port-Louis s'est imposé 24 à 19 contre Valmont."),
        ("By what score did Valmont win?", "It won 24-19.", "Battu 24 à 19 à Port-Louis, Valmont garde sa place."),
        ("By what score did Valmont win?", "Valmont won 24-19.", "Victoire 24 à 19 de Port-Louis contre Valmont."),
        ("By what score did Valmont win?", "Valmont won 24-19.", "Valmont lost 24-19 to Port-Louis."),
        ("Who did Lanvert buy?", "Dupuis", "Dupuis a racheté Lanvert en 2011."),
        ("Who did Lanvert buy?", "Dupuis", "Lanvert a été rachetée par Dupuis en 2011."),
        ("Who replaced Marie Colin?", "Marie Colin replaced Paul Ney.", "Marie Colin a été remplacée par Paul Ney."),
        ("Qui Paul Ney accuse-t-il ?", "Paul Ney accuse Marie Colin.", "Marie Colin accuse Paul Ney d'avoir menti."),
        ("", "Dupuis a vendu le moulin à Lanvert.", "Dupuis a acheté le moulin à Lanvert."),
    ],
)  # fmt: skip
def test_the_parties_of_a_deed_are_not_exchanged(question: str, claim: str, sentence: str) -> None:
    assert exchanged(claim, [sentence], question)


@pytest.mark.parametrize(
    ("question", "claim", "sentence"),
    [
        ("Who did Valmont lose to?", "Valmont lost to Port-Louis.", "Port-Louis a battu Valmont 24 à 19."),
        ("Who won?", "Port-Louis beat Valmont.", "Battu à Port-Louis, Valmont garde sa place."),
        ("Did Valmont win?", "No, Valmont lost 24-19.", "Port-Louis a battu Valmont 24 à 19."),
        ("Did Valmont win?", "No, Port-Louis won.", "Port-Louis a battu Valmont 24 à 19."),
        ("Who bought Lanvert?", "Dupuis bought Lanvert.", "Lanvert a été rachetée par Dupuis en 2011."),
        ("Who bought Lanvert?", "Dupuis", "Dupuis, qui avait racheté Lanvert en 2011, ferme."),
        ("Who sold the mill to Lanvert?", "Dupuis sold it to Lanvert.", "Lanvert a acheté le moulin à Dupuis."),
        ("Who replaced Marie Colin?", "Paul Ney", "Paul Ney a succédé à Marie Colin en mai."),
        ("Who hired Paul Ney?", "Lanvert hired Paul Ney.", "Paul Ney a été embauché par Lanvert."),
        # A name that follows its verb in a question may be either party.
        ("Que gagne Vasta ?", "Vasta gagne 3 millions de clients.", "Vasta a gagné trois millions de clients."),
        ("Qui accuse Paul Ney ?", "Paul Ney accuse Marie Colin.", "Paul Ney accuse Marie Colin d'avoir menti."),
        # It lost one match and won another.
        ("Who did Valmont beat?", "Larvin", "Battu à Port-Louis, Valmont a battu Larvin."),
    ],
)  # fmt: skip
def test_parties_that_stand_where_they_do_in_the_source(
    question: str, claim: str, sentence: str
) -> None:
    assert exchanged(claim, [sentence], question) is None


BREL = "Le patron de Vasta, Hugo Brel, a assuré que son groupe était prêt à discuter."


@pytest.mark.parametrize(
    ("question", "sentence", "refused"),
    [
        ("Qu'a déclaré le patron de Lorme ?", BREL, True),
        ("What did the head of Lorme say?", BREL, True),
        ("Pourquoi Lorme est-il prêt à discuter ?", BREL, True),
        ("Qu'a déclaré le patron de Vasta ?", BREL, False),
        # "Il" may be he.
        ("Qu'a déclaré le patron de Lorme ?", "Il a assuré à Hugo Brel qu'il partait.", False),
        # The same by his last name; a thing of that name, which is taken up as what it is.
        ("Where does Hugo Brel work now?", "Mr Brel has since moved to Vasta.", False),
        ("When will the Lorme Hill telescope open?", "The telescope of Vasta opens in May.", False),
        # It names nobody as who did it.
        ("Pourquoi le groupe veut-il voir Lorme ?", BREL, False),
        ("Le patron de Lorme a-t-il parlé ?", BREL, False),
    ],
)
def test_what_others_did_or_said_does_not_answer(
    question: str, sentence: str, refused: bool
) -> None:
    claim = "Hugo Brel a assuré que son groupe était prêt à discuter."
    found = exact_problems(claim, [sentence], question, "fr")
    assert any(problem.kind == "owner" and problem.hard for problem in found) is refused


MET = "Paul Roy doit réunir Lorme et Vasta le 20 janvier."


@pytest.mark.parametrize(
    ("question", "claim", "whole", "refused"),
    [
        ("Which companies will the minister meet?", "Lorme and Vasta", "Le ministre parle.", False),
        ("Qui le ministre doit-il réunir ?", "Lorme et Vasta", "Le ministre parle.", False),
        ("Qui est le ministre ?", "Paul Roy", "Le ministre parle.", True),
        ("Who is the industry minister?", "Paul Roy", "Le ministre parle.", True),
        ("Quel ministre doit les réunir ?", "Paul Roy", "Le ministre parle.", True),
        # Nothing tells of a minister.
        ("Which companies will the minister meet?", "Lorme and Vasta", "Le maire parle.", True),
    ],
)
def test_whoever_holds_a_role_may_be_called_by_name(
    question: str, claim: str, whole: str, refused: bool
) -> None:
    language: Literal["fr", "en"] = "en" if question.startswith("W") else "fr"
    found = exact_problems(claim, [MET], question, language, Around([], [f"{MET} {whole}"]))
    assert any(problem.kind == "role" and problem.hard for problem in found) is refused
