"""The shipped article, asked for real in both languages: what is promised of every answer."""

import re

import pytest
from asking import promises_hold

from assistant import Answer, Assistant
from assistant.answer import Language
from assistant.evidence import gather
from assistant.judge import rightness
from assistant.pipeline import PASSAGES, Pipeline
from assistant.prompting import load_prompts

pytestmark = pytest.mark.integration

FACTS = [
    ("Combien l'État devait-il verser ?", r"135 millions"),
    ("How much was the State meant to pay?", r"135 million"),
    ("Qui est Thierry Breton ?", r"Atos"),
    ("When did Dassault Systèmes announce that it was pulling out?", r"22 December|December 22"),
    ("Qui doit réunir Orange et Thales le 20 janvier ?", ""),
    ("Who is Thierry Breton?", ""),
    ("Quels groupes seraient intéressés ?", ""),
    ("Who is to meet Orange and Thales on 20 January?", ""),
    ("Combien d'options se dessinent ?", ""),
    ("Through which body was the State to pay?", ""),
]
"""In turn French and English; the suite of the article asks the rest."""
SHARES = (
    "De leur côté, Orange et Dassault Systèmes devaient mettre chacun 60 millions d'euros et "
    "Thales 30 millions."
)
UNANSWERABLE = [
    "Combien de salariés compte Thales ?",
    "How many people does Atos employ?",
    "Qui est le président de la République ?",
    "What is the capital of Peru?",
    "Quel est le chiffre d'affaires de Capgemini ?",
    "Why did Microsoft leave the project?",
]
ANSWERS: dict[str, Answer] = {}
"""Asked once in a run: each costs seconds."""


@pytest.mark.parametrize(
    ("language", "question", "answer", "right"),
    [
        ("fr", "Combien Thales devait-il mettre ?", "30 millions d'euros", True),
        ("fr", "Combien Thales devait-il mettre ?", "60 millions d'euros", False),
        ("fr", "Qui dirige Thales ?", "Orange dirige Thales.", False),
        ("en", "How much was Thales to put in?", "Thales was to put in 30 million euros.", True),
        ("en", "How much was Thales to put in?", "Thales was to put in 60 million euros.", False),
        ("en", "Why did Thales refuse to pay?", "It refused to put in 30 million euros.", False),
    ],
)
def test_the_shipped_judge_tells_right_from_wrong_in_either_language(
    real_assistant: Assistant, language: Language, question: str, answer: str, right: bool
) -> None:
    # A question waits until the model is loaded.
    answered(real_assistant, FACTS[0][0])
    told = rightness(real_assistant.model, language, [SHARES], question, answer, lambda: None)
    assert (told > 0) is right


@pytest.mark.parametrize(
    ("language", "question", "answer", "sentence"),
    [
        ("en", "Who will Eric Besson meet on 20 January?", "Orange and Thales", "Suite au retrait"),
        ("fr", "Thales met-il autant qu'Orange ?", "non", SHARES[:20]),
    ],
)
def test_a_few_words_cite_the_sentence_that_speaks_of_what_was_asked(
    real_assistant: Assistant, language: Language, question: str, answer: str, sentence: str
) -> None:
    index = real_assistant.index
    evidence = gather(index, question, index.search(question, k=PASSAGES))
    pipeline = Pipeline(index, real_assistant.model, max_question_chars=1000)
    cited = pipeline.attributed(answer, evidence, question, language)
    assert cited[0].text.startswith(sentence)


def answered(assistant: Assistant, question: str) -> Answer:
    if question not in ANSWERS:
        ANSWERS[question] = assistant.ask(question)
    return ANSWERS[question]


def asked(assistant: Assistant, question: str, language: str) -> Answer:
    """The answer, after everything that is promised of it was checked."""
    answer = answered(assistant, question)
    promises_hold(answer)
    assert answer.language == language
    quotes = " ".join(citation.quote for citation in answer.citations)
    for claim in answer.claims:
        if claim.supported:
            assert set(re.findall(r"\d+", claim.text)) <= set(re.findall(r"\d+", quotes))
    for chrome in ("Partager", "ABONNEMENT", "NEWSLETTER", "Infopro"):
        assert chrome not in quotes
        assert all(chrome not in passage.text for passage in answer.passages)
    return answer


@pytest.mark.parametrize(("question", "gold"), FACTS)
def test_a_fact_of_the_article(real_assistant: Assistant, question: str, gold: str) -> None:
    language = "fr" if FACTS.index((question, gold)) % 2 == 0 else "en"
    answer = asked(real_assistant, question, language)
    if gold:
        assert not answer.abstained, answer
        assert re.search(gold, answer.text)


def test_most_facts_are_answered(real_assistant: Assistant) -> None:
    answers = [answered(real_assistant, question) for question, gold in FACTS if not gold]
    assert sum(not answer.abstained for answer in answers) > len(answers) / 2


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_what_the_article_does_not_say(real_assistant: Assistant, question: str) -> None:
    answer = asked(real_assistant, question, "fr" if question[0] in "CQ" else "en")
    if question == UNANSWERABLE[0]:
        assert answer.abstained
        assert answer.reason in {"not_stated", "unsupported"}
    if answer.abstained:
        shown = load_prompts(answer.language).shown
        openings = (
            shown["not_stated"],
            shown["off_topic"],
            shown["false_premise"].partition("{")[0],
        )
        assert answer.text.startswith(openings)
