"""Whom a source only supposes to do something is no answer to who does it."""

import pytest

from assistant.answer import Language
from assistant.verification import exact_problems
from assistant.verification.supposed import only_supposed

PORT = "Selon deux élus, les armateurs Ostrane et Kelder seraient intéressés."
BRIDGE = "The builder Marrick might take over the bridge, which Halden has left."
WORDS = "Le préfet a annoncé que Roy serait nommée."
FERRIES = "Les navires de la Kelder pourraient changer de port."


@pytest.mark.parametrize(
    ("claim", "sentence", "question", "name"),
    [
        ("Ostrane et Kelder.", PORT, "Quels armateurs restent dans le projet ?", "Ostrane"),
        ("Les armateurs Ostrane et Kelder", PORT, "Qui a signé ?", "Ostrane"),
        ("Ostrane and Kelder", PORT, "Which two firms remain?", "Ostrane"),
        ("Yes, Marrick has.", BRIDGE, "Has anybody taken over the bridge?", "Marrick"),
        ("Marrick", BRIDGE, "Who will take over the bridge?", "Marrick"),
    ],
)
def test_a_flat_name_is_refused(claim: str, sentence: str, question: str, name: str) -> None:
    found = only_supposed(claim, [sentence], question)

    assert found is not None and found.startswith(name)


@pytest.mark.parametrize(
    ("claim", "sentence", "question"),
    [
        # What is asked, or answered, is as open as what the source says.
        ("Ostrane et Kelder", PORT, "Quels armateurs pourraient entrer au capital ?"),
        ("Ostrane et Kelder", PORT, "Qui serait intéressé ?"),
        ("Ostrane and Kelder are said to be interested.", PORT, "Who is in?"),
        ("Marrick", BRIDGE, "Who is likely to take over the bridge?"),
        # Of another one, more is said than what may be.
        ("Halden", BRIDGE, "Who left the bridge?"),
        ("The head of Marrick", BRIDGE, "Who is Ève Roy?"),
        # Somebody's words about what is to come.
        ("Roy", WORDS, "Qui sera nommée ?"),
        # No subject: the ships may change, the Kelder owns them.
        ("La Kelder", FERRIES, "À qui sont les navires ?"),
        # Who asks knows the name.
        ("Marrick has not said.", BRIDGE, "What has Marrick said?"),
    ],
)
def test_what_may_be_right_passes(claim: str, sentence: str, question: str) -> None:
    assert only_supposed(claim, [sentence], question) is None


def test_another_sentence_that_says_it_flatly_bears_it_out() -> None:
    said = [PORT, "Ostrane a signé lundi."]

    assert only_supposed("Ostrane", said, "Qui a signé ?") is None


@pytest.mark.parametrize(("claim", "language"), [("Marrick", "fr"), ("Marrick.", "en")])
def test_the_exact_checks_refuse_it(claim: str, language: Language) -> None:
    found = exact_problems(claim, [BRIDGE], "Who holds the bridge?", language)

    assert [p.kind for p in found if p.hard] == ["modality"]
