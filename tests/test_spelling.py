# ruff: noqa: E501  tables of questions read better unwrapped
"""Careless questions are written out in plain words, and never into another question."""

import pytest
from fake_model import GONE, FakeModel, said
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Language
from assistant.errors import ModelUnavailable
from assistant.misspelt import put_right, words_by_sound
from assistant.spelling import in_plain_words, is_careless, well_spelt
from assistant.verification.vocabulary import is_word
from index import Index

SLAUGHTERHOUSE = "combien de gens bosse a labatoir"
COST = "combien le barrage koutera a la komune"
SPELT = "combien le barrage koutera a la commune"
"""As the documents spell it."""


def unknown(word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", SLAUGHTERHOUSE),
        ("fr", "quand es ke le chantié comence"),
        ("fr", "Le plant va prendre combien de water per year ?"),
        ("en", "how mutch thiner did the galcier get last sumer"),
        ("en", "How much money la mairie has already mis de côté for the roof?"),
    ],
)
def test_words_that_nobody_knows_and_two_languages_at_once_are_careless(
    language: Language, question: str
) -> None:
    assert is_careless(question, language, unknown)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "Combien l'État devait-il verser au consortium Andromède ?"),
        ("fr", "Aujourd'hui, qu'est-ce que l'abattoir demande aux éleveurs ?"),
        ("fr", "Quels sont les leaders du marché, d'après M. Kervoëlennec ?"),
        ("fr", "Que vend www.labatoir.fr ?"),
        (
            "en",
            "What didn't the neighbours' co-op in Treffendel say about the programme's data centres?",
        ),
        ("en", "Who runs the Compagnie des Librairies Zélandaises?"),
        ("en", "Labatoir?"),
        # It says enough, and would take long to write out.
        ("fr", "Combien de gens travaillent a labatoir ? " * 9),
    ],
)
def test_a_careful_question_is_not_taken_for_a_careless_one(
    french: Index, language: Language, question: str
) -> None:
    assert not is_careless(question, language, unknown)
    assert well_spelt(french, language, question) == question


def test_a_word_of_the_documents_is_no_slip() -> None:
    assert is_careless("qui dirige labatoir", "fr", unknown)
    assert not is_careless("qui dirige labatoir", "fr", lambda word: word == "labatoir")


@pytest.mark.parametrize(
    ("word", "language", "meant"),
    [
        ("labatoir", "fr", "l'abattoir"),
        ("chantié", "fr", "chantier"),
        ("elektrik", "fr", "électriques"),
        # A noun that the dictionary knows, and its article.
        ("davions", "fr", "d'avions"),
        ("davions", "en", None),
        ("galcier", "en", "glacier"),
        ("frajil", "fr", "fragile"),
        ("boutik", "en", "boutique"),
        ("tarn", "fr", None),
    ],
)
def test_a_slip_is_put_right_from_the_words_of_the_documents(
    word: str, language: Language, meant: str | None
) -> None:
    there = words_by_sound(
        [
            "L'abattoir, le chantier, un glacier fragile, une boutique.",
            "Des cars électriques, le train.",
        ]
    )
    assert put_right(word, language, there) == meant


def test_only_slips_are_put_right(french: Index) -> None:
    assert well_spelt(french, "fr", COST) == SPELT
    assert well_spelt(french, "fr", SPELT) == SPELT
    assert well_spelt(french, "fr", "Komune de Belroc") == "Komune de Belroc"
    # No word of the language that is asked in.
    assert well_spelt(french, "en", "the travos") == "the travos"


def test_the_model_writes_a_careless_question_out(french: Index) -> None:
    plain = "Combien le barrage coûtera-t-il à la commune ?"
    model = FakeModel(spell=said(f"{plain}\nAutre ligne"))
    assert in_plain_words(model, french, "fr", SPELT) == plain
    (call,) = model.calls
    assert call.place == ("spell", "fr") and call.chat[-1].text == SPELT


@pytest.mark.parametrize(
    "written",
    [
        "",
        # An answer, another name, figure or date, another thing asked for.
        "Le barrage coûtera très cher à la commune.",
        "Combien le barrage coûtera-t-il à la commune de Mercier ?",
        "Combien le barrage coûtera-t-il à la commune en 2024 ?",
        "Combien les 2 barrages coûteront-ils à la commune ?",
        "Qui va payer le barrage de la commune ?",
        # What the documents speak of is lost, or what is asked of it, or a word is none.
        "Et le barrage de la commune ?",
        "Combien le barrage coûtera-t-il ?",
        "Combien le barrage ludrique coûtera-t-il à la commune ?",
    ],
)
def test_a_question_made_into_another_is_asked_as_it_was(french: Index, written: str) -> None:
    assert in_plain_words(FakeModel(spell=said(written)), french, "fr", SPELT) == SPELT


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Quelle société Alpina dirige-t-elle ?", True),
        ("Quelle société Alpinar dirige-t-elle ?", False),
        ("Quelle société dirige-t-on ?", False),
    ],
)
def test_a_name_stays_typed_small_or_not(french: Index, written: str, kept: bool) -> None:
    for typed in ("kelle sossiété alpina dirije", "kelle sossiété Alpina dirije"):
        found = in_plain_words(FakeModel(spell=said(written)), french, "fr", typed)
        assert (found == written) is kept


def test_a_year_that_was_typed_stays(french: Index) -> None:
    model = FakeModel(spell=said("Combien coûtera donc tout le chantier ?"))
    typed = "kombien koutera le chantier en 2012"
    assert in_plain_words(model, french, "fr", typed) == typed


def test_a_model_that_cannot_be_asked_is_told(french: Index) -> None:
    with pytest.raises(ModelUnavailable):
        in_plain_words(FakeModel(spell=[GONE]), french, "fr", SLAUGHTERHOUSE)


@given(st.text(min_size=1), st.sampled_from(["fr", "en"]))
def test_whatever_is_misspelt_stays_or_becomes_a_word_that_is_there(
    word: str, language: Language
) -> None:
    there = words_by_sound(["L'abattoir, le chantier, un glacier, une boutique."])
    right = put_right(word, language, there)
    noun = right.rpartition("'")[2] if right else ""
    assert right is None or noun in there or (language == "fr" and is_word(noun, "fr"))
