"""What somebody said: told from the questions for it, and not answered with something else."""

import pytest

from assistant.verification import exact_problems
from assistant.verification.sayings import asks_for_words
from assistant.verification.words import Language

MAYOR = "La maire de Larvin, Hélène Courtois, a assuré que les rames seraient prêtes en mai."
MEETING = "Hélène Courtois doit recevoir les riverains le 3 mars."


def found(claim: str, source: str, question: str, language: Language) -> set[str]:
    """The kinds of all problems."""
    return {problem.kind for problem in exact_problems(claim, [source], question, language)}


def refused(claim: str, source: str, question: str, language: Language) -> set[str]:
    """The kinds of those for which a claim is not shown."""
    problems = exact_problems(claim, [source], question, language)
    return {problem.kind for problem in problems if problem.hard}


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Que dit la maire ?", True),
        ("que dit courtois", True),
        ("Qu'a déclaré la maire ?", True),
        ("Et qu'a-t-elle dit ?", True),
        ("Qu'est-ce que la maire a annoncé ?", True),
        ("What did the mayor say?", True),
        ("What does Hélène Courtois claim?", True),
        ("Que dit le texte de la maire ?", False),
        ("What does the article say about the mayor?", False),
        ("Que prévoit le projet annoncé ?", False),
        ("What did the city promise to pay?", False),
        ("Qui a dit cela ?", False),
        ("Que dit-on ?", False),
    ],
)
def test_which_questions_ask_for_words(question: str, asks: bool) -> None:
    assert asks_for_words(question) == asks


@pytest.mark.parametrize(
    ("question", "answer", "language", "source"),
    [
        ("Que dit la maire ?", "La maire est la première élue de Larvin.", "fr", MAYOR),
        (
            "What does Hélène Courtois say?",
            "Hélène Courtois is the mayor of Larvin.",
            "en",
            MAYOR,
        ),
        ("Que dit la maire ?", "La maire doit recevoir les riverains.", "fr", MEETING),
        ("What did she say?", "She is to receive the residents on 3 March.", "en", MEETING),
    ],
)
def test_what_is_nobodys_words_is_no_answer(
    question: str, answer: str, language: Language, source: str
) -> None:
    assert "answer_type" in refused(answer, source, question, language)


@pytest.mark.parametrize(
    ("question", "answer", "language"),
    [
        ("Que dit la maire ?", "Les rames seraient prêtes en mai.", "fr"),
        ("Que dit la maire ?", "La maire a assuré que les rames seraient prêtes en mai.", "fr"),
        ("What did the mayor say?", "The mayor said that the trains would be ready.", "en"),
        ("Qui est Hélène Courtois ?", "Hélène Courtois est la maire de Larvin.", "fr"),
    ],
)
def test_words_are_told(question: str, answer: str, language: Language) -> None:
    assert "answer_type" not in found(answer, MAYOR, question, language)


SPEECH = (
    "Le préfet a déclaré le 12 janvier, devant les maires, que deux tracés restaient possibles."
)
OPENING = "On 12 January the prefect told the mayors that two routes were still possible."
PLAN = "Le préfet a assuré que le pont rouvrirait le 12 janvier."
NOTICE = "Le club a annoncé le 12 janvier qu'il quittait la ligue."


@pytest.mark.parametrize(
    ("question", "claim", "language", "source"),
    [
        ("When is the prefect meeting the partners?", "He met them on January 12th.", "en", SPEECH),
        ("Quand le préfet réunit-il les maires ?", "Le 12 janvier.", "fr", SPEECH),
        ("When did the works begin?", "The works began on 12 January.", "en", OPENING),
        ("Quand les travaux ont-ils commencé ?", "le 12 janvier", "fr", OPENING),
    ],
)
def test_the_date_of_words_is_no_other_deeds(
    question: str, claim: str, language: Language, source: str
) -> None:
    assert "time" in refused(claim, source, question, language)


@pytest.mark.parametrize(
    ("question", "claim", "language", "source"),
    [
        ("Quand le préfet a-t-il parlé ?", "Il a parlé le 12 janvier.", "fr", SPEECH),
        ("When did the prefect say so?", "12 January", "en", SPEECH),
        ("On what date did the prefect bring up two routes?", "12 January", "en", SPEECH),
        ("Quand le préfet a-t-il évoqué deux tracés ?", "Le 12 janvier.", "fr", SPEECH),
        ("Quand le pont doit-il rouvrir ?", "Le pont doit rouvrir le 12 janvier.", "fr", PLAN),
        ("When did the club leave?", "The club left on 12 January.", "en", NOTICE),
        (
            "Quand ?",
            "Les travaux ont commencé le 12 janvier.",
            "fr",
            f"{SPEECH} Le 12 janvier, on creusait.",
        ),
    ],
)
def test_a_date_of_its_own_is_no_words_date(
    question: str, claim: str, language: Language, source: str
) -> None:
    assert "time" not in found(claim, source, question, language)
