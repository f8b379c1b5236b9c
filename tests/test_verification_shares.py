"""Shares that a claim works out: "four in five" of 118 of 143, and of no others."""

import pytest

from assistant.verification import exact_problems

VOTE = "Of the 143 tenants, 118 had signed by Friday."
BALE = "Sur 640 inscrits, 288 se sont déplacés, et 71 % d'entre eux ont dit non."
MILK = "Elle vend 44 % de son lait à Orsel, 23 % à Vauzelle et garde le reste."
RENT = "The roof would cost £275,000, of which the council will pay £120,000; 12 flats leak."


@pytest.mark.parametrize(
    ("claim", "sentence", "right"),
    [
        ("Over four in five tenants had signed.", VOTE, True),
        ("More than 4 out of 5 had signed.", VOTE, True),
        ("Four in five tenants had signed.", VOTE, False),
        ("Over nine in ten tenants had signed.", VOTE, False),
        ("Under four in five tenants had signed.", VOTE, False),
        ("Over half the tenants had signed.", VOTE, False),
        ("Environ sept votants sur dix ont dit non.", BALE, True),
        ("Sept votants sur dix ont dit non.", BALE, True),
        ("Neuf votants sur dix ont dit non.", BALE, False),
        ("Moins de la moitié des inscrits se sont déplacés.", BALE, True),
        ("Plus de la moitié des inscrits se sont déplacés.", BALE, False),
        ("Moins d'un inscrit sur deux s'est déplacé.", BALE, True),
        ("Environ un inscrit sur quatre s'est déplacé.", BALE, False),
        ("Près d'un quart de son lait va à Vauzelle.", MILK, True),
        ("Un quart de son lait va à Vauzelle.", MILK, False),
        ("Deux tiers de son lait vont à Orsel et Vauzelle.", MILK, True),
        ("Au moins 60 % de son lait va à Orsel.", MILK, False),
        ("Près de deux cinquièmes de son lait vont à Orsel.", MILK, True),
        ("The council will pay less than half.", RENT, True),
        ("The council will pay 44 % of it.", RENT, True),
        ("The council will pay 34 % of it.", RENT, False),
        # Twelve flats and a sum of money make no share.
        ("Less than one in ten flats leak.", "The roof of the 130 rooms costs £12.", False),
        # Years are counted, not shared.
        ("It failed three in five years.", "It failed 60 % of the time.", False),
    ],
)
def test_a_share_is_what_the_figures_of_a_sentence_come_to(
    claim: str, sentence: str, right: bool
) -> None:
    found = exact_problems(claim, [sentence], "", "fr")
    assert ("figure" not in {problem.kind for problem in found}) is right
