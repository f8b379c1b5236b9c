"""So much for what: a figure that is given for one thing is not that of another."""

from typing import Literal

import pytest

from assistant.verification import exact_problems

CARS = "L'agglomération verse 2 euros par trajet, dans la limite de deux trajets par jour."
POWER = "The firm pays £96 per megawatt-hour, or 12,000 pounds a month."


@pytest.mark.parametrize(
    ("question", "claim", "source", "language", "wrong"),
    [
        ("What is the most a driver can get in one day?", "2 euros.", CARS, "en", True),
        ("Combien par jour ?", "2 euros", CARS, "fr", True),
        ("Combien ?", "2 euros par jour", CARS, "fr", True),
        ("Combien ?", "2 euros par trajet", CARS, "fr", False),
        ("How much?", "2 euros per trip", CARS, "en", False),
        ("Combien de trajets chaque jour ?", "deux trajets", CARS, "fr", False),
        ("How much does it pay per month?", "£96", POWER, "en", True),
        ("How much does it pay per month?", "12,000 pounds", POWER, "en", False),
        ("Combien ?", "12 000 livres par mois", POWER, "fr", False),
        ("How much?", "12,000 pounds in all", POWER, "en", True),
        ("Combien en tout ?", "12 000 livres", POWER, "fr", True),
        ("How much in all?", "12,000 pounds a month", POWER, "en", False),
        ("How much in all the towns?", "12,000 pounds", POWER, "en", False),
        ("Combien, en tout cas ?", "12 000 livres", POWER, "fr", False),
        ("Combien ?", "3 millions en tout", "Il reçoit 3 millions.", "fr", False),
        ("Combien ?", "3 millions par an", "Il reçoit 3 millions en tout.", "fr", True),
        ("Combien par an ?", "3 millions", "Il reçoit 3 millions par la région.", "fr", False),
        ("Combien par an ?", "3 millions", "Il reçoit 3 millions par Orange.", "fr", False),
        (
            "De combien en un an ?",
            "12 %",
            "Les prix ont augmenté de 12 % par rapport à mai.",
            "fr",
            False,
        ),
        (
            "Combien de colis chaque jour ?",
            "3 000 colis",
            "Chaque jour, 3 000 colis sont livrés par camion.",
            "fr",
            False,
        ),
        (
            "How much each year?",
            "500 euros",
            "Each year the club gives 500 euros per child.",
            "en",
            False,
        ),
        ("How much a year?", "£50,000 a year", "It pays £50,000 per annum.", "en", False),
        ("Combien ?", "40 trains par jour", "40 trains each working day.", "fr", False),
        # The source may have said before what a bare figure is for.
        ("Combien par an ?", "3 millions", "Le budget est de 3 millions.", "fr", False),
    ],
)
def test_a_figure_given_for_something_else_is_refused(
    question: str, claim: str, source: str, language: Literal["fr", "en"], wrong: bool
) -> None:
    kinds = [problem.kind for problem in exact_problems(claim, [source], question, language)]
    assert ("figure" in kinds) is wrong
