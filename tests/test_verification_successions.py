"""Who holds a post is not who held it before, nor who is about to leave it."""

import pytest

from assistant.verification import exact_problems

TOOK_OVER = "À 38 ans, elle dirige le refuge depuis mai, où elle a pris la suite de Jean Quilvin."
RUNS = "Odile Marsac dirige le refuge depuis mai, où elle a pris la suite de Jean Quilvin."
NEW = "Odile Marsac a remplacé Jean Quilvin en mai."
SUCCEEDED = "“It works,” said Anna Thorpe, head of the board since May, succeeding Colin Marsh."
LEFT = "At the trust, procurement director Leon Aboy left in February for a post with a shipper."
OLD_POST = "Son ancien poste revient à Yann Corbel, venu de Lyon."
TAKES_OVER = "Ida Roy became chief in May, taking over from the founder, Paul Sim, who ran it."
LEAVES = "Hélène Marets, fille du fondateur, quittera la direction générale le 30 juin."


@pytest.mark.parametrize(
    ("question", "claim", "sentence", "wrong"),
    [
        ("c'est qui qui dirige le refuge maintenant ?", "Jean Quilvin.", TOOK_OVER, True),
        ("Qui dirige le refuge ?", "Jean Quilvin, qui est à Lyon.", TOOK_OVER, True),
        ("Qui dirige le refuge ?", "Odile Marsac.", RUNS, False),
        ("Qui dirige le refuge ?", "Odile Marsac, après Jean Quilvin.", RUNS, False),
        ("Qui dirige le refuge ?", "Jean Quilvin a été remplacé par Odile Marsac.", NEW, False),
        ("Qui dirigeait le refuge avant ?", "Jean Quilvin.", TOOK_OVER, False),
        ("Elle a pris la place de qui ?", "Jean Quilvin.", TOOK_OVER, False),
        ("Celle qui dirige le refuge, elle remplace qui ?", "Jean Quilvin.", TOOK_OVER, False),
        ("Who's running the board these days?", "Colin Marsh.", SUCCEEDED, True),
        ("Who's running the board these days?", "Anna Thorpe.", SUCCEEDED, False),
        ("Who did she replace?", "Colin Marsh.", SUCCEEDED, False),
        ("Who was running the board until May?", "Colin Marsh.", SUCCEEDED, False),
        ("Who's in charge of procurement now?", "Leon Aboy.", LEFT, True),
        (
            "Qui dirige l'enquête ?",
            "Anne Roy.",
            "Anne Roy, qui a quitté Vasta, dirige tout.",
            False,
        ),
        ("Qui accuse Vasta maintenant ?", "Anne Roy.", "Anne Roy a quitté le parti.", False),
        ("Qui mène le projet ?", "Vasta.", "Vasta fait partie du projet.", False),
        ("Who left procurement?", "Leon Aboy.", LEFT, False),
        ("C'est qui qui dirige le labo ?", "Yann Corbel, venu de Lyon.", OLD_POST, True),
        ("Who's the boss there these days?", "Paul Sim, the founder.", TAKES_OVER, True),
        ("Who's the boss there these days?", "Ida Roy.", TAKES_OVER, False),
        ("Who did she take over from?", "Paul Sim.", TAKES_OVER, False),
        ("Et qui a eu son ancien poste ?", "Yann Corbel.", OLD_POST, False),
        (
            "Qui dirige le labo ?",
            "Ida Roy.",
            "Ida Roy dirige le labo ; son ancien poste revient à Yann Corbel.",
            False,
        ),
        (
            "Who's in charge there now and where was she before?",
            "Colin Marsh, the founder.",
            SUCCEEDED,
            True,
        ),
        ("Qui va prendre la place de la patronne ?", "Hélène Marets.", LEAVES, True),
        ("C'est qui, la patronne ?", "Hélène Marets.", LEAVES, False),
        ("Qui s'en va ?", "Hélène Marets.", LEAVES, False),
    ],
)
def test_who_is_gone_or_going_is_not_who_holds_a_post_or_comes_next(
    question: str, claim: str, sentence: str, wrong: bool
) -> None:
    found = exact_problems(claim, [sentence], question, "fr")
    assert ("role" in {problem.kind for problem in found if problem.hard}) is wrong
