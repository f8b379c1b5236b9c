"""Which sentences a claim is said to rest on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import ENGLISH, FRENCH, index_of

from assistant.attribution import MOST, attribute
from index import Index, Sentence


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), barrage=FRENCH, ferry=ENGLISH)


@pytest.fixture(scope="module")
def sentences(index: Index) -> tuple[Sentence, ...]:
    return tuple(s for s in index.sentences if s.text != s.document.title)


def cited(claim: str, question: str, sentences: tuple[Sentence, ...]) -> list[str]:
    chosen = attribute(claim, question, "fr", sentences, {})
    return [sentence.text for sentence in chosen]


def test_the_sentence_that_says_it_is_cited(sentences: tuple[Sentence, ...]) -> None:
    found = cited("La région doit payer 12 millions d'euros.", "Combien ?", sentences)
    assert found == ["La région doit payer 12 millions d'euros."]


def test_a_claim_from_two_sentences_cites_both(sentences: tuple[Sentence, ...]) -> None:
    claim = "Les travaux doivent coûter 48 millions d'euros, dont 12 millions pour la région."
    found = cited(claim, "Combien ?", sentences)
    assert set(found) == {
        "Les travaux doivent coûter 48 millions d'euros.",
        "La région doit payer 12 millions d'euros.",
    }


def test_no_sentence_is_added_that_holds_nothing_missing(sentences: tuple[Sentence, ...]) -> None:
    assert len(cited("Le groupe Bouygues paiera 99 millions.", "Qui ?", sentences)) == 1


def test_meaning_decides_where_no_word_is_shared(sentences: tuple[Sentence, ...]) -> None:
    cosines = {s.row: 0.80 for s in sentences} | {sentences[2].row: 0.92}
    (best,) = attribute("Xyz.", "Xyz ?", "en", sentences, cosines)
    assert best == sentences[2]


def test_a_year_added_to_a_day_cites_no_other_sentence_of_that_year(tmp_path: Path) -> None:
    story = ("Their paper appeared on 17 April.", "They recorded in July and August 2023.")
    written = index_of(tmp_path, story="\n\n".join(("A story", " ".join(story)))).sentences
    near = {s.row: 0.84 for s in written}
    (best,) = attribute("Le 17 avril 2023.", "Quand est-il paru ?", "fr", written, near)
    assert best.text == story[0]


@given(data=st.data(), claim=st.text(max_size=80), question=st.text(max_size=80))
def test_any_claim_cites_one_to_three_sentences_of_one_document(
    sentences: tuple[Sentence, ...], data: st.DataObject, claim: str, question: str
) -> None:
    if data.draw(st.booleans()):
        claim += " " + data.draw(st.sampled_from(sentences)).text
    cosines = {s.row: data.draw(st.floats(-1, 1)) for s in sentences}
    chosen = attribute(claim, question, "en", sentences, cosines)
    assert 1 <= len(chosen) <= MOST
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) <= set(sentences)
    assert len({sentence.document.id for sentence in chosen}) == 1
