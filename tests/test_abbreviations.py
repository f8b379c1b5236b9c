# ruff: noqa: E501  tables of sentences read better unwrapped
"""The spelling of text messages is read as what it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.abbreviations import written_out
from assistant.answer import Language


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("fr", "pk le nouveau bateau a été en retard ??", "pourquoi le nouveau bateau a été en retard ??"),
        ("fr", "Pk ?", "pourquoi ?"),
        ("fr", "cmb l'abonnement avc le nouvel operateur", "combien l'abonnement avec le nouvel operateur"),
        ("fr", "kan et ki ?", "quand et qui ?"),
        ("fr", "c koi le but du projet", "c'est quoi le but du projet"),
        ("fr", "cki le patron", "c'est qui le patron"),
        ("fr", "la vitamine c quoi", "la vitamine c quoi"),
        ("en", "wen do the new shares go on sale", "when do the new shares go on sale"),
        ("en", "whos the boss", "who is the boss"),
        # No abbreviation: a name, an initialism, a part of a word or of a domain; the other language.
        ("fr", "Qui dirige PK et M. Ki ?", "Qui dirige PK et M. Ki ?"),
        ("fr", "Que vend l'usine cb-12 ou www.cb.fr ?", "Que vend l'usine cb-12 ou www.cb.fr ?"),
        ("fr", "Qui est Wen ?", "Qui est Wen ?"),
        ("en", "pk what", "pk what"),
        ("fr", "payer par carte cartebleue", "payer par carte cartebleue"),
    ],
)  # fmt: skip
def test_an_abbreviation_is_written_out(language: Language, typed: str, meant: str) -> None:
    assert written_out(typed, language, lambda word: False) == meant


def test_what_the_documents_say_is_no_abbreviation() -> None:
    assert written_out("pk le cb ?", "fr", lambda word: word == "cb") == "pourquoi le cb ?"


@given(st.text(), st.sampled_from(["fr", "en"]))
def test_what_stands_in_the_documents_stays(text: str, language: Language) -> None:
    assert written_out(text, language, lambda word: True) == text
