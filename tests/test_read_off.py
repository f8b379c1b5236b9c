"""What code reads off a sentence: the plain question is answered at once, any other is not."""

from pathlib import Path

import pytest
from fake_model import FakeModel
from small_corpus import index_of

from assistant.answer import Language
from assistant.pipeline import Pipeline
from assistant.read_off import read_off
from assistant.verification.roles import offices_told
from index import Index

TEXT = """Le consortium Larvin cherche un partenaire

Au total, l'État belge devait verser 135 millions d'euros dans ce projet baptisé « Larvin » via la \
Banque du Nord. De leur côté, Lorme et Vasta devaient mettre chacun 60 millions d'euros et Trévise \
30 millions. En 2009, Ostrel a versé 12 millions d'euros. Selon une source, Sambre devait mettre 8 \
millions d'euros. Corva devait apporter environ 5 millions d'euros.

Le patron du groupe Lorme, Paul Mercier, se dit prêt. Jeanne Aubin, directrice du musée de Vasta, \
attend. L'ancien patron de Trévise, Luc Tamis, se tait. Hamelle ne veut pas payer 4 millions \
d'euros.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), larvin=TEXT)


def read(index: Index, question: str, language: Language) -> str | None:
    found = read_off(question, language, index.sentences)
    return found and found.text


@pytest.mark.parametrize(
    ("question", "language", "text"),
    [
        ("Combien l'État devait-il verser ?", "fr", "135 millions d'euros"),
        ("How much was the Belgian State supposed to pay into Larvin?", "en", "135 million euros"),
        ("How much was the government going to put into the project?", "en", "135 million euros"),
        ("What was Trévise's contribution meant to be?", "en", "30 million euros"),
        ("Quelle est la mise prévue de Vasta ?", "fr", "60 millions d'euros"),
        ("combien devait mettre lorme", "fr", "60 millions d'euros"),
        ("How much was Lorme going to chip in?", "en", "60 million euros"),
        ("How much was Vasta supposed to fork out?", "en", "60 million euros"),
        ("Combien Trévise devait-il mettre sur la table ?", "fr", "30 millions d'euros"),
        ("How much did Ostrel pay in 2009?", "en", "12 million euros"),
        ("Who runs Lorme?", "en", "Paul Mercier"),
        ("qui est le patron de lorme", "fr", "Paul Mercier"),
        ("Who is Lorme's boss?", "en", "Paul Mercier"),
        ("Qui est la directrice du musée de Vasta ?", "fr", "Jeanne Aubin"),
    ],
)
def test_what_a_sentence_plainly_says(
    index: Index, question: str, language: Language, text: str
) -> None:
    assert read(index, question, language) == text


@pytest.mark.parametrize(
    "question",
    [
        # Planned is not paid.
        "Combien l'État a-t-il versé ?",
        "How much did Lorme pay?",
        "Combien Trévise paie-t-il ?",
        # Somebody else, or to somebody.
        "How much was the German State supposed to pay?",
        "Combien Belmont devait-il verser ?",
        "Combien l'État devait-il verser à Lorme ?",
        "Combien l'État devait-il verser à Belmont ?",
        "How much was Lorme supposed to invest in Belmont?",
        # Another time, rate or amount.
        "Combien Ostrel a-t-il versé en 2010 ?",
        "Combien Lorme devait-il verser par an ?",
        "How much was Lorme supposed to pay every year?",
        "How much more was Lorme supposed to pay?",
        "Combien Lorme devait-il emprunter ?",
        "Combien Lorme devait-il payer ses salariés ?",
        "Why was Lorme supposed to pay?",
        "What was Lorme's contribution meant for?",
        "Who was supposed to pay 60 million euros?",
        # Hearsay, about, and what is denied.
        "Combien Sambre devait-il mettre ?",
        "How much was Corva supposed to contribute?",
        "Combien Hamelle veut-il payer ?",
        # No head of that, any more, or at all.
        "Who runs Trévise?",
        "Who runs Vasta?",
        "Who was the boss of Lorme?",
        "Who runs Lorme and why is he ready?",
        "Qui dirige le groupe ?",
        "Who is Paul Mercier?",
        "",
        "?",
    ],
)
def test_any_other_question_is_left_to_the_model(index: Index, question: str) -> None:
    for language in ("fr", "en"):
        assert read(index, question, language) is None


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Atos's boss, Thierry Breton, spoke.", ["Thierry Breton"]),
        ("Thierry Breton, head of Atos, spoke.", ["Thierry Breton"]),
        ("Marie Dubois, maire de Larvin depuis 2008, parle.", ["Marie Dubois"]),
        ("The former head of Atos, Thierry Breton, spoke.", []),
        # Whether she is the head is not told.
        ("Selon le patron d'Atos, Marie Dubois viendra.", []),
        ("Le patron d'Atos parle, et Marie Dubois, sa voisine, écoute.", []),
    ],
)
def test_who_is_named_with_an_office(sentence: str, told: list[str]) -> None:
    assert [office.person for office in offices_told(sentence)] == told


def test_two_sources_that_differ_are_left_to_the_model(tmp_path: Path) -> None:
    two = {"un": "Un\n\nLorme devait mettre 60 millions d'euros.", "deux": "Deux\n\nLorme devait "
           "mettre 70 millions d'euros."}  # fmt: skip
    assert read(index_of(tmp_path, **two), "Combien Lorme devait-il mettre ?", "fr") is None


def test_no_model_is_asked_for_it(index: Index) -> None:
    pipeline = Pipeline(index, FakeModel(), 1000)
    *_, answer = pipeline.answer("Combien Trévise devait-il mettre ?", (), lambda step: None)
    assert answer.text == "30 millions d'euros. [1]"
    assert answer.citations[0].quote.startswith("De leur côté")
    assert not answer.abstained and answer.claims[0].supported


@pytest.mark.parametrize(
    ("news", "text"),
    [
        ("Le patron de Lorme, Paul Mercier, attend.", "Paul Mercier"),
        ("Le patron de Lorme, Paul Mercier, quitte son poste.", None),
        ("Le patron de Lorme, Paul Mercier, attend. Anne Sol remplacera M. Mercier.", None),
        ("Le patron de Lorme, Paul Mercier, attend. Le patron de Lorme, Luc Vey, rit.", None),
    ],
)
def test_who_may_have_left_is_left_to_the_model(
    tmp_path: Path, news: str, text: str | None
) -> None:
    index = index_of(tmp_path, lorme=f"Lorme change\n\n{news}\n")
    assert read(index, "Qui dirige Lorme ?", "fr") == text
