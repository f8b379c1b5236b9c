"""What is said and quoted where no answer can be shown."""

from pathlib import Path

import pytest
from asking import COST, ask, promises_hold
from fake_model import FakeModel, judging, said
from small_corpus import ENGLISH, index_of

from assistant.abstentions import Abstentions
from assistant.answer import Answer, Claim
from assistant.attempt import Attempt
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


def refused(
    index: Index,
    rests_on: tuple[str, ...],
    question: str = COST,
    mistaken: bool = False,
    near: str = "",
    cosine: float = 0.82,
) -> Answer:
    """What is said where answers were refused that rest on the sentences that begin so.

    The later, the surer; that which begins with ``near`` is known to speak of what was asked.
    """
    sentences = tuple(index.sentences)
    tried = []
    for n, begins in enumerate(rests_on):
        cited = tuple(s for s in sentences if s.text.startswith(begins))
        claim = Claim("Alpina", (), False, 0.1 * n, "not_answered")
        speaks_of_it = cited[0] if begins == near else None
        tried.append(Attempt("Alpina", cited, 0.1 * n, claim, near=speaks_of_it, mistaken=mistaken))
    claims = tuple(attempt.refused for attempt in tried if attempt.refused is not None)
    draft = Answer("", "fr", False, claims=claims, question=question)
    evidence = Evidence(sentences, (cosine,) * len(sentences), True)
    abstentions = Abstentions(index, Verifier(index, FakeModel()))
    answer = abstentions.not_stated(draft, evidence, Clock(), tried)
    promises_hold(answer)
    return answer


def test_what_refused_answers_rest_on_is_quoted(french: Index) -> None:
    answer = refused(french, ("La région", "Paul Mercier"))
    first, second = answer.citations
    assert answer.abstained and answer.reason == "unsupported"
    assert first.quote.startswith("Paul Mercier")
    assert second.quote == "La région doit payer 12 millions d'euros."
    shown = load_prompts("fr").shown
    assert answer.text == "\n\n".join(
        [
            shown["unclear"].format(quote=first.quote, marker="[1]"),
            shown["also"].format(quote=second.quote, marker="[2]"),
        ]
    )


def test_where_all_that_was_refused_rests_on_one_sentence_no_other_is_quoted(french: Index) -> None:
    answer = refused(french, ("Paul Mercier", "Paul Mercier"))
    assert [c.quote.split()[0] for c in answer.citations] == ["Paul"]


def test_the_two_surest_of_what_was_refused_are_quoted_each_once(french: Index) -> None:
    answer = refused(french, ("Une ou deux", "Paul Mercier", "La région", "La région"))
    assert [c.quote.split()[0] for c in answer.citations] == ["La", "Paul"]


def test_what_is_known_to_speak_of_it_is_quoted_first(french: Index) -> None:
    answer = refused(french, ("Une ou deux", "Paul Mercier", "La région"), near="Paul Mercier")
    assert [c.quote.split()[0] for c in answer.citations] == ["Paul", "La"]


def test_what_was_written_from_nowhere_speaks_for_no_sentence(french: Index) -> None:
    answer = refused(french, ("Paul Mercier",), "Et le barrage voisin, il tourne ?", cosine=0.78)
    assert (answer.reason, answer.citations) == ("not_stated", ())


def test_a_false_premise_is_met_with_one_sentence(tmp_path: Path) -> None:
    index = index_of(tmp_path, rent="Le loyer\n\nLe loyer a baissé en mai. Paul Mercier est parti.")
    rests_on = ("Paul Mercier", "Le loyer a baissé")
    answer = refused(index, rests_on, "Pourquoi le loyer a-t-il augmenté en mai ?")
    assert answer.reason == "false_premise"
    assert [c.quote for c in answer.citations] == ["Le loyer a baissé en mai."]


def test_what_is_of_the_wrong_kind_speaks_for_no_sentence(french: Index) -> None:
    answer = refused(french, ("Paul Mercier",), mistaken=True)
    assert [c.quote for c in answer.citations] == [
        "Les travaux doivent coûter 48 millions d'euros."
    ]


def test_two_long_sentences_are_not_quoted_together(tmp_path: Path) -> None:
    one, other = (f"Le {what} a coûté {'très ' * 60}cher." for what in ("pont", "tunnel"))
    index = index_of(tmp_path, long=f"Le chantier\n\n{one} {other}")
    answer = refused(index, ("Le pont", "Le tunnel"), "Combien a coûté le pont ?")
    assert [c.quote for c in answer.citations] == [other]


def test_where_the_source_is_silent_one_sentence_is_quoted(french: Index) -> None:
    answer = ask(french, FakeModel(said("NON DIT", -9)), COST)
    assert answer.reason == "not_stated"
    assert len(answer.citations) == 1


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
