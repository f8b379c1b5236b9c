"""What is said and quoted where no answer can be shown."""

import pytest
from asking import COST, ask
from fake_model import FakeModel, judging, said
from small_corpus import ENGLISH

from assistant.abstentions import Abstentions
from assistant.answer import Answer, Claim
from assistant.compose import Clock
from assistant.evidence import Evidence
from assistant.prompting import load_prompts
from assistant.verify import Verifier
from index import Index

pytestmark = pytest.mark.usefixtures("fixed_weights")


def test_where_a_refused_answer_came_near_its_sentence_is_quoted_without_denying_it(
    french: Index,
) -> None:
    answer = ask(french, FakeModel(said("Les travaux doivent coûter 50 millions d'euros.")), COST)
    (citation,) = answer.citations
    shown = load_prompts("fr").shown["unclear"]
    assert answer.abstained
    assert answer.text == shown.format(quote=citation.quote, marker="[1]")


def test_what_was_read_off_the_wrong_sentence_is_not_quoted(french: Index) -> None:
    question = "Combien de temps faudra-t-il ?"
    answer = ask(french, FakeModel(said("Paul Mercier."), judge=judging(-4)), question)
    assert {claim.problem for claim in answer.claims} == {"answer_type"}
    assert all("Mercier" not in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("written", "cosine", "key"),
    [
        ("Oui, deux.", 0.81, "unsure"),
        # Nearer than unrelated sentences are nothing came: it was written from nowhere.
        ("Oui, deux.", 0.78, "not_stated"),
        ("", 0.81, "not_stated"),
    ],
)
def test_where_nothing_is_worth_quoting_the_source_is_silent_only_if_the_writer_was(
    french: Index, written: str, cosine: float, key: str
) -> None:
    claims = (Claim(written, (), False, 0.1, "not_answered"),) if written else ()
    draft = Answer("", "fr", False, claims=claims, question="Et le barrage voisin, il tourne ?")
    sentences = tuple(french.sentences)[1:3]
    evidence = Evidence(sentences, (cosine,) * len(sentences), True)
    abstentions = Abstentions(french, Verifier(french, FakeModel()))
    answer = abstentions.not_stated(draft, evidence, Clock())
    assert answer.text == load_prompts("fr").shown[key]
    assert answer.reason == ("unsupported" if key == "unsure" else "not_stated")


def test_an_abstention_quotes_the_sentence_that_comes_near(french: Index) -> None:
    answer = ask(french, FakeModel(said("NON DIT", -9)), "Combien la région doit-elle payer ?")
    (citation,) = answer.citations
    assert citation.quote == "La région doit payer 12 millions d'euros."
    assert answer.abstained
    shown = load_prompts("fr").shown["near_miss"]
    assert answer.text == shown.format(quote=citation.quote, marker="[1]")


def test_a_second_language_quotes_its_source_in_its_own_words(english: Index) -> None:
    answer = ask(english, FakeModel(said("NON DIT", -9)), "Harwick Northline Holloway ?")
    assert answer.language == "en"
    answer = ask(english, FakeModel(said("NON DIT", -9)), "Qui est Jane Holloway ?")
    assert answer.language == "fr"
    assert all(citation.quote in ENGLISH for citation in answer.citations)
