"""Which language short questions are told to be in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import of_question, tell

FRENCH = [
    "Combien l'État devait-il verser ?",
    "Qui est Thierry Breton ?",
    "Qui a quitté le projet Andromède ?",
    "Quand Dassault Systèmes s'est-il retiré ?",
    "pk dassault est parti",
    "C'est quoi Andromède ?",
    "Et Thales ?",
    "Quels groupes seraient intéressés ?",
    "Que veut faire Eric Besson ?",
    "Orange et Thales mettent combien chacun ?",
    "résume l'article",
    "Pourquoi Dassault s'est retiré ?",
    "Le projet est-il abandonné ?",
    "Quel est le montant total ?",
    "Où se trouve le siège d'Atos ?",
    "Est-ce que Capgemini participe ?",
    "Dis-moi ce que dit Breton",
    "A quoi sert le consortium ?",
    "Merci, et Capgemini ?",
    "L'Etat verse combien",
    "Quel rôle joue la Caisse des dépôts ?",
    "Donne la date du retrait",
    "Thales met combien de millions ?",
    "Budget de l'État ?",
    "IBM concurrent d'Andromède ?",
]
ENGLISH = [
    "How much was the State to pay?",
    "Who is Thierry Breton?",
    "Who left the Andromède project?",
    "When did Dassault Systèmes pull out?",
    "why did dassault leave",
    "What is Andromède?",
    "And Thales?",
    "What about Capgemini?",
    "How much did Orange put in Andromède?",
    "Which groups are said to be interested?",
    "summarise the article",
    "What does Eric Besson want?",
    "Is the project dead?",
    "Tell me about Caisse des dépôts",
    "Give the date of the withdrawal",
    "State budget?",
    "Where is Atos based?",
    "Name the partners",
    "Did Thales pay 30 million?",
    "What did Breton say?",
    "Does Orange still take part?",
    "Total amount of State money?",
    "Who are IBM and Microsoft?",
    "What is Andromède's aim?",
    "Can Capgemini join?",
    "monthly fee small boat under 12 m",
]
OTHER = [
    "Wie viel sollte der Staat bezahlen?",
    "Wer ist Thierry Breton?",
    "Wann hat Dassault Systèmes das Projekt verlassen?",
    "¿Quién es Thierry Breton?",
    "¿Cuánto debía pagar el Estado?",
    "¿Cuánto cuesta la presa y quién la paga?",
    "¿Qué es la nube?",
    "Chi è Thierry Breton?",
    "Quanto doveva pagare lo Stato?",
    "Che cosa è la nuvola?",
    "Quem é Thierry Breton?",
    "Quanto o Estado devia pagar?",
    "Кто такой Тьерри Бретон?",
    "蒂埃里·布雷顿是谁？",
    "من هو تييري بريتون؟",
    "ティエリー・ブルトンとは誰ですか",
]
NAMES = [
    "Thales",
    "Orange ?",
    "Thierry Breton",
    "IBM Microsoft",
    "Atos Capgemini 2012",
    "135",
    "Dassault Systèmes",
]


@pytest.mark.parametrize("question", FRENCH)
def test_french(question: str) -> None:
    assert tell(question) == "fr"
    assert of_question(question, "en", "en") == "fr"


@pytest.mark.parametrize("question", ENGLISH)
def test_english(question: str) -> None:
    assert tell(question) == "en"
    assert of_question(question, "fr", "fr") == "en"


@pytest.mark.parametrize("question", OTHER)
def test_other_languages(question: str) -> None:
    assert of_question(question, "fr", "fr") == "other"


@pytest.mark.parametrize("question", NAMES)
def test_names_alone_keep_the_language_of_the_conversation_then_of_the_source(
    question: str,
) -> None:
    assert of_question(question, "en", "fr") == "en"
    assert of_question(question, "fr", "en") == "fr"
    assert of_question(question, None, "en") == "en"
    assert of_question(question, None, "fr") == "fr"


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("date fin contrat actuel Brackholt", "fr"),
        ("montant amende régulateur", "fr"),
        ("cause retard chantier Lorval", "fr"),
        ("contract end date Brackholt", "en"),
        ("regulator fine amount", "en"),
        ("bridge closure reason Lorval", "en"),
        # "Car" is a word of both.
        ("night train dining car start date", "en"),
    ],
)
def test_keywords_are_asked_in_the_language_whose_words_they_are(
    question: str, language: str
) -> None:
    assert of_question(question, None, "fr") == of_question(question, None, "en") == language


@pytest.mark.parametrize("question", ["", " ", "?!", "🤖", "12 %", "_"])
def test_no_letters_tell_nothing(question: str) -> None:
    assert tell(question) == "none"


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: f"  {text}\n"])
def test_case_and_blanks_do_not_matter(change: "object") -> None:
    assert callable(change)
    for question in ("Combien l'État devait-il verser ?", "How much was the State to pay?"):
        assert tell(change(question)) == tell(question)


@given(st.text(max_size=200))
def test_any_text_is_told_to_be_something(text: str) -> None:
    assert tell(text) in {"fr", "en", "other", "none"}
    assert of_question(text, None, "fr") in {"fr", "en", "other"}
