"""Who pays what, and that one's share is not the whole."""

import pytest

from assistant.verification.payments import left_out, payments, share_for_whole


@pytest.mark.parametrize(
    ("sentence", "listed"),
    [
        (
            "Orange et Lorme devaient mettre chacun 60 millions d'euros et Thales 30 millions.",
            {
                "Orange": "60 millions d'euros",
                "Lorme": "60 millions d'euros",
                "Thales": "30 millions",
            },
        ),
        ("Au total, l'État versera 135 millions d'euros.", {"l'État": "135 millions d'euros"}),
        (
            "Norvane is putting in £4 million and Skerrow Council £2.5 million.",
            {"Norvane": "£4 million", "Skerrow Council": "£2.5 million"},
        ),
        # Together or each: not told.
        ("Orange et Lorme devaient mettre 60 millions d'euros.", {}),
        # One of them is no name: the list would not be whole.
        ("La commune apporte 21 millions d'euros et Lorme 6 millions.", {}),
        ("Lorme a reçu 60 millions d'euros.", {}),
        ("Selon Vasta, Lorme devait mettre 60 millions d'euros.", {}),
        ("Lorme verse 60 millions d'euros et 30 millions d'euros pour Vasta.", {}),
        ("Lorme apporte 14 mois de travail.", {}),
        ("", {}),
    ],
)
def test_everybody_is_listed_or_nobody(sentence: str, listed: dict[str, str]) -> None:
    assert {p.payer: p.figure.text for p in payments(sentence)} == listed


SHARE = "Au total, l'État devait verser 135 millions d'euros dans ce projet."


@pytest.mark.parametrize(
    ("question", "sentence", "is_share"),
    [
        ("Quel était le budget total du projet ?", SHARE, True),
        ("What was the total cost of the project?", SHARE, True),
        ("How much does it cost?", SHARE, True),
        ("Combien l'État devait-il verser au total ?", SHARE, False),
        ("How much was the State to pay in total?", SHARE, False),
        ("Quel est le coût du projet pour l'État ?", SHARE, False),
        ("Combien l'État devait-il verser ?", SHARE, False),
        (
            "Quel est le budget du projet ?",
            "Le budget, que l'État finance, est de 135 millions d'euros.",
            False,
        ),
        ("Quel est le coût total ?", "Les travaux se montent à 135 millions d'euros.", False),
        ("Quel est le coût total ?", "Il financera 135 millions d'euros.", False),
    ],
)
def test_what_one_pays_is_not_what_all_costs(question: str, sentence: str, is_share: bool) -> None:
    assert (share_for_whole("135 millions d'euros", [sentence], question) is not None) is is_share


THREE = "Orange et Lorme devaient mettre chacun 60 millions d'euros et Thales 30 millions."


@pytest.mark.parametrize(
    ("question", "claim", "left"),
    [
        ("How much was each partner to put in?", "Orange: 60 million euros", "30 millions"),
        ("Combien chaque associé devait-il mettre ?", "30 millions d'euros", "60 millions d'euros"),
        ("How much was each to put in?", "60 million each, and Thales 30 million", None),
        ("Combien Orange et Lorme mettent-ils chacun ?", "60 millions d'euros", None),
        ("Combien Orange et Thales mettent-ils chacun ?", "60 millions d'euros", "30 millions"),
        ("Combien met Orange chaque année ?", "60 millions d'euros", None),
        ("How much do they put in every year?", "60 million euros", None),
        ("How much do they put in each time?", "60 million euros", None),
        ("How much is each plane?", "60 million euros", None),
        ("Combien Orange devait-il mettre ?", "60 millions d'euros", None),
        # "L'" names nobody.
        ("Combien l'un et l'autre mettent-ils chacun ?", "60 millions d'euros", "30 millions"),
    ],
)
def test_where_each_is_asked_for_none_is_left_out(
    question: str, claim: str, left: str | None
) -> None:
    found = left_out(claim, [THREE], question)
    assert (found and " ".join(found.text.split())) == left
