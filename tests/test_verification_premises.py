"""Questions that take for granted what their source says otherwise."""

import pytest

from assistant.verification import exact_problems, false_premise

RACE = "La course, prévue le 15 juin, est maintenue sur un parcours réduit à 9 kilomètres."
CANAL = "Le canal n'est jamais déclassé : il est seulement fermé entre 1971 et 1988."
LOST = "The region is thought to have lost between 40% and 60% of its seagrass."
LEAVES = "Lorme a annoncé le 22 décembre son retrait du projet."
PAYS = "L'État devait verser 135 millions d'euros dans ce projet."


@pytest.mark.parametrize(
    ("question", "sentence", "otherwise"),
    [
        ("Pourquoi la course a-t-elle été annulée ?", RACE, True),
        ("Why was the race cancelled?", RACE, True),
        ("En quelle année le canal a-t-il été déclassé ?", CANAL, True),
        ("Pourquoi Vasta a-t-il quitté le projet ?", LEAVES, True),
        ("Pourquoi Lorme a-t-il quitté le projet le 3 mars ?", LEAVES, True),
        ("Pourquoi l'État devait-il verser 200 millions d'euros ?", PAYS, True),
        # As the source has it, or said of nobody else.
        ("Quand la course part-elle ?", RACE, False),
        ("Pourquoi Lorme a-t-il quitté le projet ?", LEAVES, False),
        ("Pourquoi Vasta a-t-il quitté le projet ?", "Il a annoncé son retrait.", False),
        ("Pourquoi l'État devait-il verser 135 millions d'euros ?", PAYS, False),
        ("Combien de millions d'euros l'État devait-il verser ?", PAYS, False),
        ("Who runs Vasta?", LEAVES, False),
        ("Pourquoi Vasta a-t-il quitté le projet ?", "Le projet a deux ans de retard.", False),
        ("How much of the seagrass is thought to have been lost?", LOST, False),
        # It asks whether.
        ("La course est-elle annulée ?", RACE, False),
        ("Was the race cancelled?", RACE, False),
    ],
)
def test_what_the_source_says_otherwise_is_a_false_premise(
    question: str, sentence: str, otherwise: bool
) -> None:
    assert false_premise(question, sentence, []) is otherwise


def test_what_another_sentence_bears_out_is_none() -> None:
    question = "Pourquoi Lorme a-t-il quitté le projet le 3 mars ?"
    assert not false_premise(question, LEAVES, ["Lorme part le 3 mars."])
    question = "Pourquoi l'État devait-il verser 200 millions d'euros ?"
    assert not false_premise(question, PAYS, ["Il verse 200 millions d'euros à Vasta."])


def test_a_sentence_that_may_be_about_whom_is_named_is_no_correction() -> None:
    question = "Pourquoi Volterre arrête-t-il sa deuxième ligne ?"
    assert not false_premise(question, "Quelque 180 salariés du site sont concernés.", [])
    decided = "Pour expliquer cette décision, Agathe Lorrimond met en avant la chute des ventes."
    assert not false_premise(question, decided, [])


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        # Vasta does nothing there.
        ("Pourquoi le ministre veut-il voir Vasta ?", "Le ministre a félicité Lorme."),
        ("Why does the minister want to see Vasta?", "The minister has praised Lorme."),
        # When it was and how it stands, no deed.
        ("How long will Lorme stay on after the merger?", "Il reste six mois avant de partir."),
        ("Que prendra la criée une fois ouverte ?", "La criée, fermée en mars, rouvre en mai."),
        # None is an answer.
        ("How many requests were examined?", "Aucune demande n'a été examinée."),
        # Another deed.
        ("Pourquoi Vasta a-t-il quitté le projet ?", "Lorme embauche quarante personnes."),
        ("Why did Vasta leave?", "Lorme hired forty people."),
    ],
)
def test_another_deed_or_time_or_none_at_all_is_no_correction(question: str, sentence: str) -> None:
    assert not false_premise(question, sentence, [])


QUIT = "Lorme devait y prendre part, mais il a annoncé en mai qu'il se retirait."
NOT = "No, she was not going to meet the partners."


@pytest.mark.parametrize(
    ("question", "claim", "sentence", "refused"),
    [
        ("Was Vasta going to meet the partners?", NOT, QUIT, True),
        ("Was Vasta going to meet the partners?", NOT, QUIT.replace("Lorme", "Vasta"), False),
        ("Was Vasta going to meet the partners?", "No, they withdrew.", QUIT, False),
        ("Was Vasta going to meet the partners?", NOT, f"{QUIT} Nul ne le verra jamais.", False),
        ("What was Vasta going to do?", NOT, QUIT, False),
    ],
)
def test_a_denial_rests_on_one_or_on_what_whom_it_is_about_did(
    question: str, claim: str, sentence: str, refused: bool
) -> None:
    problems = exact_problems(claim, [sentence], question, "en")
    assert any(one.detail == question for one in problems if one.kind == "owner") is refused
