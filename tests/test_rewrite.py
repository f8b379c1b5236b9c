"""Follow-ups made standalone, and never with a name that nobody said."""

import pytest
from fake_model import GONE, FakeModel, said

from assistant.errors import ModelUnavailable
from assistant.rewrite import leans, standalone

PAID = (
    "Combien l'État devait-il verser ?",
    "L'État devait verser 135 millions d'euros. [1]",
)


@pytest.mark.parametrize(
    "question",
    [
        "Et Thales ?",
        "And Thales?",
        "What about Capgemini?",
        "Pourquoi ?",
        "Why?",
        "Combien ?",
        "non, Orange",
        "Et que dit-il ?",
        "What did he say?",
        "Is it still a partner of the consortium?",
        "How much did they pay together into the French project?",
        "Quand a-t-il annoncé le retrait du projet français ?",
        "Combien doit-elle payer pour le projet français ?",
        "Pourquoi ce groupe s'est-il retiré du projet français ?",
        "Tu n'avais pas dit 61 millions pour Orange ?",
        "T'avais pas dit que Thales restait au capital ?",
        "You said Orange would pay 60 million, right?",
        "Sorry, I meant the director of the Orange group",
        "Je voulais dire le campus de Port-Ansgar, en Bretagne",
        "How many engineers does the latter lend to Orange?",
        "Thales a-t-il aussi quitté le projet français ?",
    ],
)
def test_follow_ups_lean_on_what_was_said(question: str) -> None:
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Combien l'État devait-il verser ?",
        "Combien Orange et Thales devaient-ils mettre dans le projet Andromède ?",
        "Quand Dassault Systèmes a-t-il annoncé son retrait du consortium ?",
        "Quels groupes seraient intéressés par le projet Andromède ?",
        "What did Dassault Systèmes announce on 22 December?",
        "How much was the French State meant to pay into Andromède?",
        "Which groups are said to be interested in the Andromède project?",
        "What is the goal of the Andromède consortium?",
    ],
)
def test_whole_questions_stand_alone_and_cost_no_model(question: str) -> None:
    assert not leans(question)
    model = FakeModel()
    assert standalone(model, "fr", [PAID], question) == question
    assert model.calls == []


def test_a_first_question_is_left_alone() -> None:
    model = FakeModel()
    assert standalone(model, "fr", [], "Et Thales ?") == "Et Thales ?"
    assert model.calls == []


def test_the_model_reads_the_turns_and_rewrites() -> None:
    model = FakeModel(rewrite=said("Combien Thales devait-il verser ?\nAutre ligne"))
    turns = [(f"Question {n} ?", f"Réponse {n}. [1][2]") for n in range(9)] + [PAID]
    turns.append(("Et {Orange} ?", "60 millions. [1]"))
    found = standalone(model, "fr", turns, "Et Thales ?")
    assert found == "Combien Thales devait-il verser ?"
    (call,) = model.calls
    assert call.place == ("rewrite", "fr")
    asked = call.chat[-1].text
    assert PAID[0] in asked and "Et {Orange} ?" in asked and "Et Thales ?" in asked
    assert "[1]" not in asked and "Question 0" not in asked


@pytest.mark.parametrize(
    "rewritten",
    [
        "",
        "\n",
        "Combien Microsoft devait-il verser à Thales ?",
        "Combien Thales devait-il verser en 2012 ?",
        "Combien Thales devait-il verser sur 40 millions ?",
        "Combien l'État devait-il verser ?",
    ],
)
def test_a_rewriting_that_adds_or_loses_a_name_is_not_used(rewritten: str) -> None:
    found = standalone(FakeModel(rewrite=said(rewritten)), "fr", [PAID], "Et Thales ?")
    assert found == "Combien Thales devait-il verser ?"


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("Qu'a dit Thierry Breton ?", "non, le ministre", "Qu'a dit le ministre ?"),
        ("What did Thierry Breton say?", "no, the minister", "What did the minister say?"),
        (
            "How much was the State meant to pay?",
            "what about Orange?",
            "How much was Orange meant to pay?",
        ),
        # Two names, none, or no name for it: which is meant cannot be told.
        (
            "Que doivent l'État et Orange ?",
            "Et Thales ?",
            "Que doivent l'État et Orange ? Et Thales ?",
        ),
        ("Combien coûte la tour ?", "Et Thales ?", "Combien coûte la tour ? Et Thales ?"),
        ("Que paie Orange ?", "et pourquoi ?", "Que paie Orange ? et pourquoi ?"),
        ("Que dit Orange ?", "et le patron d'Atos ?", "Que dit le patron d'Atos ?"),
        # A clause of its own takes nobody's place.
        (
            "Que paie Orange ?",
            "Et Thales a payé quand ?",
            "Que paie Orange ? Et Thales a payé quand ?",
        ),
    ],
)
def test_a_bare_name_that_the_model_overlooks_takes_the_others_place(
    before: str, question: str, expected: str
) -> None:
    # It copies the question before, as a small model does.
    found = standalone(FakeModel(rewrite=said(before)), "fr", [(before, "Oui. [1]")], question)
    assert found == expected


WHO = ("Qui est la maire ?", "Ève Roy. [1]")


@pytest.mark.parametrize(
    ("turn", "rewritten", "question", "expected"),
    [
        # Copied: whom the pronoun means is said before it.
        (WHO, "Quel âge a-t-elle ?", "Quel âge a-t-elle ?", "Ève Roy\u00a0: quel âge a-t-elle ?"),
        (
            ("Que paie Orange ?", "60 millions. [1]"),
            "Pourquoi paie-t-il ?",
            "Pourquoi paie-t-il ?",
            "Orange\u00a0: pourquoi paie-t-il ?",
        ),
        (
            ("Qui est Ève Roy ?", "La maire de Lorme. [1]"),
            "Où vit-elle ?",
            "Où vit-elle ?",
            "Ève Roy\u00a0: où vit-elle ?",
        ),
        # Who is meant stands before it.
        (
            WHO,
            "La directrice, que dit-elle ?",
            "Et la directrice, que dit-elle ?",
            "La directrice, que dit-elle ?",
        ),
        (
            WHO,
            "When will the first tower open its doors?",
            "When will the first tower open its doors?",
            "When will the first tower open its doors?",
        ),
        (
            WHO,
            "When will its doors open?",
            "When will its doors open?",
            "Ève Roy\u00a0: when will its doors open?",
        ),
        # Nobody to be meant: both questions.
        (
            ("Que coûte la tour ?", "3 millions. [1]"),
            "Qui la paie, elle ?",
            "Qui la paie, elle ?",
            "Que coûte la tour ? Qui la paie, elle ?",
        ),
        # Who is asked for how much must not be told how many.
        (
            ("Qui veut en faire des logements ?", "Le groupe Belmont. [1]"),
            "Combien de logements veut Belmont ?",
            "Et ils mettent combien sur la table ?",
            "Belmont\u00a0: ils mettent combien sur la table ?",
        ),
        (
            ("Que coûte la tour ?", "3 millions. [1]"),
            "Combien y a-t-il de payeurs ?",
            "Qui la paie, elle ?",
            "Que coûte la tour ? Qui la paie, elle ?",
        ),
        # The question before, asked again, is not what is asked now.
        (
            ("Qui veut en faire des logements ?", "Le groupe Belmont. [1]"),
            "Qui veut en faire des logements ?",
            "Et il prend la place de qui ?",
            "Belmont\u00a0: il prend la place de qui ?",
        ),
        # "Combien" alone may ask for money, too.
        (
            ("Qui veut en faire des logements ?", "Le groupe Belmont. [1]"),
            "Combien Belmont met-il ?",
            "Et ils mettent combien sur la table ?",
            "Combien Belmont met-il ?",
        ),
        (
            ("Que paie Orange ?", "60 millions. [1]"),
            "Combien Orange paie-t-il ?",
            "Il paie combien ?",
            "Combien Orange paie-t-il ?",
        ),
        # An answer in the place of a question is nobody's.
        (WHO, "Ève Roy a 40 ans.", "Quel âge ?", "Qui est la maire ? Quel âge ?"),
        # What opens a question is no name, and a name may be spelt better than it was typed.
        (WHO, "Quand vote Ève Roy ?", "OK. Quand vote-t-elle ?", "Quand vote Ève Roy ?"),
        (
            ("Que paie Capgemini ?", "Rien. [1]"),
            "Capgemini est-il intéressé ?",
            "et Capgémini est intéressé ?",
            "Capgemini est-il intéressé ?",
        ),
    ],
)
def test_what_the_model_does_not_understand_is_asked_with_what_was_said(
    turn: tuple[str, str], rewritten: str, question: str, expected: str
) -> None:
    assert standalone(FakeModel(rewrite=said(rewritten)), "fr", [turn], question) == expected


def test_a_model_that_breaks_off_is_told_of() -> None:
    model = FakeModel(rewrite=[*said("Combien"), GONE])
    with pytest.raises(ModelUnavailable):
        standalone(model, "en", [PAID], "And Thales?")
    assert model.calls[0].ended
