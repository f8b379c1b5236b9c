"""What becomes of a proposal: written again, translated, judged, or given up."""

import pytest
from asking import COST, ask
from fake_model import FakeModel, judging, said

from assistant.answer import Answer
from assistant.attempt import Attempts
from assistant.evidence import Evidence
from assistant.prompting import load_prompts
from assistant.verify import Verifier
from assistant.write import Readings
from index import Index

pytestmark = pytest.mark.usefixtures("fixed_weights")


def test_an_answer_from_another_sentence_than_the_one_asked_about_is_written_again(
    french: Index,
) -> None:
    # Who is ready to talk stands in one sentence; the region is spoken of in another.
    model = FakeModel(sentences=[said("La région."), said("Paul Mercier.")])
    answer = ask(french, model, "Qui est prêt à discuter avec la commune ?")
    assert answer.text == "Paul Mercier. [1]"
    assert [claim.problem for claim in answer.claims] == [None, "elsewhere"]


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Les travaux doivent coûter 48 millions d'euros en 2012.", "2012"),
        ("Les travaux doivent coûter 48 millions d'euros au groupe Bouygues.", "Bouygues"),
        ("Les travaux doivent coûter 48 millions d'euros sur 30 ans.", "30"),
        ("Les travaux doivent coûter 48 millions d'euros dès le 5 avril.", "avril"),
    ],
)
def test_a_sentence_that_says_more_is_written_again_from_what_it_cites(
    french: Index, sentence: str, wrong: str
) -> None:
    better = said("Les travaux doivent coûter 48 millions d'euros.")
    model = FakeModel(sentences=[said(sentence), better])
    answer = ask(french, model, COST)
    assert answer.text == "Les travaux doivent coûter 48 millions d'euros. [1]"
    assert [claim.supported for claim in answer.claims] == [True, False]
    assert answer.claims[1].problem
    assert wrong not in answer.text
    first, second = model.of("write")
    # The second time it reads the cited sentence alone.
    assert "La région doit payer" in first.chat[-1].text
    assert "La région doit payer" not in second.chat[-1].text


def test_a_reason_that_the_source_does_not_give_is_not_told_without_its_because(
    french: Index,
) -> None:
    model = FakeModel(
        brief=said("parce que les travaux doivent coûter 48 millions d'euros"),
        write=said("Les travaux doivent coûter 48 millions d'euros."),
    )
    answer = ask(french, model, "Pourquoi le barrage sera-t-il rehaussé ?")
    assert answer.abstained
    assert [claim.problem for claim in answer.claims] == ["cause"]
    assert not model.of("write")


HALF_FRENCH = "The works must cost 48 millions d'euros."


def test_what_is_left_in_the_sources_language_is_translated(french: Index) -> None:
    model = FakeModel(said(HALF_FRENCH), translate=said("The works are to cost €48 million."))
    answer = ask(french, model, "How much are the works to cost?")
    assert answer.text == "The works are to cost €48 million. [1]"
    (call,) = model.of("translate")
    assert call.chat[-1].text == HALF_FRENCH


def test_one_word_that_was_not_translated_is_tried_again(english: Index) -> None:
    question = "Combien coûte le nouveau bateau ?"
    half = "Le nouveau boat doit coûter 7 millions de livres."
    whole = "Le nouveau bateau doit coûter 7 millions de livres."
    answer = ask(english, FakeModel(said(half), translate=said(whole)), question)
    assert answer.text.startswith("Le nouveau bateau doit coûter 7")
    # Neither a translation that says something else is shown, nor what stays as it was.
    for worse in (whole.replace("7", "9"), half):
        shown = ask(english, FakeModel(said(half), translate=said(worse)), question)
        assert (shown.abstained, shown.claims[0].problem) == (True, "language")


@pytest.mark.parametrize("translation", ["The works are to cost €50 million.", HALF_FRENCH, ""])
def test_a_translation_is_verified_like_all_else(french: Index, translation: str) -> None:
    model = FakeModel(said(HALF_FRENCH), translate=said(translation))
    answer = ask(french, model, "How much are the works to cost?")
    assert (answer.abstained, answer.reason) == (True, "unsupported")


def test_where_the_writer_is_unsure_the_model_judges_the_claim_by_what_it_cites(
    french: Index,
) -> None:
    claim = "Les travaux doivent coûter 48 millions d'euros."
    assert not ask(french, FakeModel(said(claim, 0), judge=judging(4)), COST).abstained
    model = FakeModel(said(claim, 0), judge=judging(-4))
    answer = ask(french, model, COST)
    assert (answer.reason, answer.claims[0].problem) == ("unsupported", "not_answered")
    (call,) = model.of("judge")
    (citation,) = answer.citations
    before = "La commune de Vernaz a annoncé le 14 mars que son barrage serait rehaussé."
    read = f"Le barrage de Vernaz sera rehaussé. {before} {citation.quote}"
    asked = load_prompts("fr").judge(read, COST, claim)
    assert call.chat == tuple(asked)
    assert model.of("write")[0].ended


def test_where_the_judge_is_unsure_the_question_is_put_in_the_other_language(
    french: Index,
) -> None:
    proposal = said("Les travaux doivent coûter 48 millions d'euros.", 0)
    agrees = FakeModel(proposal, judge=judging(0), second=said("48 million euros", 9))
    assert not ask(french, agrees, COST).abstained
    model = FakeModel(proposal, judge=judging(0), second=said("NOT STATED", -9))
    answer = ask(french, model, COST)
    assert (answer.reason, answer.claims[0].problem) == ("unsupported", "not_answered")
    # Once for all proposals, in a chat that holds nothing of what was written.
    (call,) = model.of("second")
    assert call.chat[0].text == load_prompts("en").brief("", "")[0].text


def test_a_sentence_is_asked_for_only_where_the_few_words_do_not_hold(french: Index) -> None:
    sentence = "Les travaux doivent coûter 48 millions d'euros."
    model = FakeModel(said(sentence), brief=said("48 millions d'euros"))
    answer = ask(french, model, COST)
    assert answer.text == "48 millions d'euros. [1]"
    assert [claim.problem for claim in answer.claims] == [None]
    assert model.of("write") == []
    model = FakeModel(said(sentence), brief=said("50 millions d'euros"))
    answer = ask(french, model, COST)
    assert answer.text == f"{sentence} [1]"
    assert [claim.problem for claim in answer.claims] == [None, "figure"]


def test_a_qualifier_that_the_writer_drops_is_put_back(french: Index) -> None:
    proposal = "Deux entreprises seraient intéressées."
    answer = ask(french, FakeModel(said(proposal)), "Combien d'entreprises seraient intéressées ?")
    assert answer.text.startswith("Une ou deux entreprises seraient intéressées.")


def test_what_is_of_another_kind_than_asked_was_read_off_the_wrong_sentence(french: Index) -> None:
    question, model = "Combien de temps faudra-t-il ?", FakeModel(brief=said("Paul Mercier."))
    sentences = tuple(french.sentences)
    evidence = Evidence(sentences, (0.82,) * len(sentences), True)
    readings = Readings(model, "fr", evidence, question, lambda: None)
    draft = Answer("", "fr", False, question=question)
    attempts = Attempts(Verifier(french, model), model, draft, readings, lambda step: None)
    cited = tuple(s for s in sentences if s.text.startswith("Paul Mercier"))
    attempt = attempts.make(readings.first.text, cited, evidence, None)
    assert (attempt.mistaken, attempt.near) == (True, None)
