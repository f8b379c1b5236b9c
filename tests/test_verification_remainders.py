"""How many do not: a figure of those who do is no answer."""

import pytest

from assistant.answer import Language
from assistant.verification import exact_problems

STAFF = "Des 180 salariés de Lorme, 110 rejoindront Vasta au 1er juin."
ITEMS = "Of the 600 soaked items, 90 could not be saved and 150 have been restored."

DONE = "Of the 600 soaked items, 150 have been restored."


@pytest.mark.parametrize(
    ("question", "claim", "source", "language", "refused"),
    [
        ("Combien de salariés ne rejoindront pas Vasta ?", "110", STAFF, "fr", True),
        ("cb de salaries vont pas chez Vasta", "110 salariés", STAFF, "fr", True),
        ("Combien de salariés vont chez Vasta, n'est-ce pas ?", "110", STAFF, "fr", False),
        ("À combien de pas de la gare est Vasta ?", "110", STAFF, "fr", False),
        ("How many of the staff will not join Vasta?", "110", STAFF, "en", True),
        ("How many won't join Vasta?", "110 people will join Vasta.", STAFF, "en", True),
        ("Combien de salariés rejoindront Vasta ?", "110", STAFF, "fr", False),
        ("Qui ne rejoindra pas Vasta ?", "110 salariés", STAFF, "fr", False),
        # Its own sentence denies, or speaks of a rest.
        ("How many items could not be saved?", "90", ITEMS, "en", False),
        (
            "Combien de foyers n'ont toujours pas de courant ?",
            "9 000",
            "À 22 heures, 9 000 foyers restaient privés de courant.",
            "fr",
            False,
        ),
        (
            "How many members did not vote for it?",
            "31",
            "The sale was approved by 204 votes, with 31 members abstaining.",
            "en",
            False,
        ),
        # What is left, without a denial.
        ("How many items were they still waiting for?", "150", DONE, "en", True),
        ("Combien d'objets reste-t-il à sauver ?", "150", DONE, "fr", True),
        ("Combien d'objets attendent encore ?", "150", DONE, "fr", True),
        ("How many are still missing?", "150", DONE, "en", True),
        ("How many remain?", "30", "All but 30 have been sold; 30 remain.", "en", False),
        (
            "How many people left Vasta?",
            "110",
            STAFF.replace("rejoindront", "quittent"),
            "en",
            False,
        ),
        (
            "How many remain?",
            "260",
            "Of 340 subscribers, the number now stands at 260.",
            "en",
            False,
        ),
        # Time that is left is told without a word of it.
        (
            "Combien de temps leur reste-t-il ?",
            "dix jours",
            "Ils ont dix jours pour payer.",
            "fr",
            False,
        ),
    ],
)
def test_a_part_of_a_remainder_is_no_remainder(
    question: str, claim: str, source: str, language: Language, refused: bool
) -> None:
    found = [p for p in exact_problems(claim, [source], question, language) if p.kind == "owner"]
    assert bool(found) is refused


HELD = "Sur 45 échantillons prélevés à Nervelle, 17 n'ont pas tenu trente minutes."
VOTED = "Twelve of the 30 members did not vote."


@pytest.mark.parametrize(
    ("question", "claim", "source", "language", "refused"),
    [
        ("How many of the samples held?", "17 out of 45 samples.", HELD, "en", True),
        ("Combien ont tenu ?", "17", HELD, "fr", True),
        # Said as a whole it is true, whatever was asked.
        ("How many of the samples held?", "17 of the 45 did not hold.", HELD, "en", False),
        ("Combien n'ont pas tenu ?", "17", HELD, "fr", False),
        ("Combien d'échantillons ont été pris ?", "45", HELD, "fr", False),
        ("How many voted?", "Twelve.", VOTED, "en", True),
        ("How many members are there?", "30 members.", VOTED, "en", False),
        ("How many voted?", "Twelve.", "Twelve voted, and 18 did not.", "en", False),
        ("What do they say?", "17", HELD, "en", False),
        ("How many held?", "17", "Of the old 17 held; of the new, 17 did not hold.", "en", False),
    ],
)
def test_those_who_do_not_are_not_told_as_those_who_do(
    question: str, claim: str, source: str, language: Language, refused: bool
) -> None:
    found = exact_problems(claim, [source], question, language)
    assert bool([p for p in found if p.kind == "negation" and p.hard]) is refused
