"""Claims that turn a source around, or state as done what it leaves undone."""

import pytest

from assistant.verification import exact_problems
from assistant.verification.opposites import opposite
from assistant.verification.undone import undone

CLUB = "Grâce à ce succès, le club monte à la troisième place."


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Le club tombe à la troisième place.", CLUB),
        ("The club drops to third place.", CLUB),
        ("The president admits a delay.", "Le président dément tout retard."),
        ("Le maire accepte le projet.", "The mayor rejected the plan."),
        ("La cloche sonne à la fin du service.", "The bell rings at the start of each shift."),
        ("He was a baker after his career on the stage.", "Il fut boulanger avant la scène."),
    ],
)
def test_an_opposite_is_found_within_and_across_languages(claim: str, evidence: str) -> None:
    assert opposite(claim, [evidence]) is not None


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The club rises to third place.", CLUB),
        ("Les ventes n'ont pas baissé.", "Les ventes ont augmenté."),
        ("Les ventes ont baissé.", "Les ventes n'ont pas augmenté."),
        ("Les prix ont baissé en mai.", "Après une hausse en avril, les prix ont baissé en mai."),
        ("He bought the house.", "La maison lui a été vendue."),
    ],
)
def test_what_may_say_the_same_is_let_through(claim: str, evidence: str) -> None:
    assert opposite(claim, [evidence]) is None


@pytest.mark.parametrize(
    ("claim", "evidence", "kind"),
    [
        ("Le jury a choisi le lauréat.", "Le jury n'a pas encore choisi le lauréat.", "negation"),
        ("They have won at Leckby.", "At Leckby they have never won a match.", "negation"),
        ("The minister visited on 5 May.", "The minister is to visit on 5 May.", "modality"),
        ("Thermanor has looked at it.", "Thermanor is said to have looked at it.", "modality"),
        ("La ville a construit un pont.", "La ville prévoit de construire un pont.", "modality"),
        ("Yes, it filed one.", "Finalement, elle n'a pas été déposée.", "negation"),
        ("Oui, la région l'a réduite.", "The region considered a cut.", "negation"),
    ],
)
def test_what_is_left_undone_is_not_done(claim: str, evidence: str, kind: str) -> None:
    assert kind in {found.kind for found in undone(claim, [evidence])}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Le jury n'a pas choisi.", "Le jury n'a pas encore choisi le lauréat."),
        ("The minister's visit is on 5 May.", "The minister is to visit on 5 May."),
        ("Selon la presse, il a signé.", "Il aurait signé, selon la presse."),
        ("Il fait partie du club.", "Il n'a pas participé au vote. Il est membre du club."),
        ("Il a joué mardi.", "Il n'a pas joué lundi. Il a joué mardi."),
        ("Yes, it opened in May.", "It opened in May. It was not free."),
    ],
)
def test_what_is_done_elsewhere_or_hedged_is_let_through(claim: str, evidence: str) -> None:
    assert not list(undone(claim, evidence.split(". ")))


def test_a_dropped_exception_is_refused() -> None:
    evidence = ["Toutes les salles rouvrent, sauf la troisième."]
    problems = exact_problems("Toutes les salles rouvrent.", evidence, "", "fr")
    assert any(problem.kind == "quantifier" and problem.hard for problem in problems)
