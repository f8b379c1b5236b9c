"""How answers are set."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Language
from assistant.typography import spelt_date, typeset

LANGUAGES = st.sampled_from(["fr", "en"])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("48 millions d'euros", "fr", "48 millions d'euros."),
        ("le 22 décembre", "fr", "Le 22 décembre."),
        ('le projet "Andromède" avance', "fr", "Le projet «\u00a0Andromède\u00a0» avance."),
        ("il a dit «oui» ; puis non !", "fr", "Il a dit «\u00a0oui\u00a0»\u202f; puis non\u202f!"),
        ("voici : un", "fr", "Voici\u00a0: un."),
        ("1 200 000 euros", "fr", "1\u202f200\u202f000 euros."),
        ("48 % et 3 €", "fr", "48\u00a0% et 3\u00a0€."),
        ("the  project\n was dropped ", "en", "The project was dropped."),
        ('it is called "Andromède"', "en", 'It is called "Andromède".'),
        ("Is it?", "en", "Is it?"),
        ("Élan.", "fr", "Élan."),
    ],
)
def test_each_language_in_its_own_way(text: str, language: Language, expected: str) -> None:
    assert typeset(text, language) == expected


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x2100)), LANGUAGES)
def test_no_word_changes(text: str, language: Language) -> None:
    assert letters(typeset(text, language)) == letters(text)


@given(st.text("ab12 \"«»;:!?.%€\u00a0\u202f\n'", max_size=40), LANGUAGES)
def test_set_twice_is_set_once(text: str, language: Language) -> None:
    once = typeset(text, language)
    assert typeset(once, language) == once


@pytest.mark.parametrize(
    ("text", "set_"),
    [
        ("it costs 8,4 million euros", "It costs 8.4 million euros."),
        ("a rise of 0,5%", "A rise of 0.5%."),
        ("it drew 3,870 people", "It drew 3,870 people."),
        ("rows 2,5 and 7", "Rows 2,5 and 7."),
        ("11 300 vehicles for 1 350 000 euros", "11,300 vehicles for 1,350,000 euros."),
        ("it sold 11 300", "It sold 11,300."),
        ("call 0 800 123 456", "Call 0 800 123 456."),
        ("pages 12 300 45 and 2021 300", "Pages 12 300 45 and 2021 300."),
    ],
)
def test_french_numbers_become_english_ones(text: str, set_: str) -> None:
    assert typeset(text, "en") == set_


def test_dates_are_spelt_out() -> None:
    assert spelt_date(date(2026, 5, 1), "fr") == "1er mai 2026"
    assert spelt_date(date(2026, 8, 12), "en") == "12 August 2026"
