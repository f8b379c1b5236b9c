"""Sentences: where they end, in French and English, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Span
from index.sentences import split


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Le 22 déc. 2012, M. Breton a dit oui.", "Mme Ferrand aussi (cf. p. 12)."],
        ["Voir art. 3, no. 5, etc.", "Il part."],
        ["J. K. Rowling et J.-C. Dupont sont là.", "He said no.", "Then he left!"],
        ["« Il part. »", "Elle reste !", "Vraiment ?!", "Oui…", "Non."],
        ["L'État devait verser 135 millions d'euros.", "Il a payé 3,5 M€ et 4.2 %."],
        [
            "The U.S. is big.",
            "The U.S. Army came, e.g. Dr. Who met Mrs. Smith at 5 p.m. sharp.",
        ],
        ["See https://a.example/b.c?d=1.", "Write to a.b@c.example.", "Done 🎉."],
        ["Il a dit « Non ! » puis il est sorti.", "« Qui ? » demanda Paul."],
        [
            "Elle (qui l'eût cru ? Personne.) est partie.",
            "Fin [1].",
            "Bref […] il dort.",
        ],
        ["It ended on Dec. 22.", "It began on 3 Jan. 2012 in St. Louis."],
        ["Le plan B. Braun fut signé par A. B. Martin.", "Il avait 3 ans."],
        ["Elle reste.", "Il a dit : « Je pars. »"],
        ["Elle reste.", "Il a dit : « Je pars.\u00a0»"],
        ["Sony Corp. announced it.", "They own Apple Inc.", "They sell it."],
    ],
)
def test_sentences_of_one_line(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_headings_lists_and_paragraphs_are_apart() -> None:
    text = "# Titre\nUn paragraphe. Un autre.\n- un\n- deux\n1. Un\n2. Deux\n\n"
    text += "Fin sans point\n\nEt fin"
    assert cut(text) == [
        "# Titre", "Un paragraphe.", "Un autre.", "- un", "- deux", "1. Un", "2. Deux",
        "Fin sans point", "Et fin",
    ]  # fmt: skip


def test_wrapped_lines_are_joined() -> None:
    text = "This paragraph was wrapped by hand at fifty signs\n"
    text += "and more, and it mentions at length the old Mr.\nSmith, who came."
    assert cut(text) == [text]


def test_one_paragraph_a_line() -> None:
    assert cut("Introduction\nLe texte vient ici.\nEt là.") == [
        "Introduction", "Le texte vient ici.", "Et là.",
    ]  # fmt: skip


def test_only_the_spans_given_are_split() -> None:
    text = "Un. Deux. Trois."
    assert split(text, (Span(4, 9),)) == (Span(4, 9),)


@given(
    st.text(
        alphabet=st.sampled_from("aB é.!?…«»\"()[]1,\n\t-#|'’M🎉\u00a0\u2028"),
        max_size=200,
    )
    | st.text(max_size=200)
)
def test_every_character_once(text: str) -> None:
    spans = split(text)
    last = 0
    for span in spans:
        assert last <= span.start < span.end <= len(text)
        assert text[last : span.start].strip() == ""
        held = text[span.start : span.end]
        assert held == held.strip()
        assert "\n\n" not in held
        last = span.end
    assert text[last:].strip() == ""


@pytest.mark.parametrize("sign", [".", "M. ", "(a) B. ", "a.", "! "])
def test_a_text_of_nothing_but_marks_is_split_as_any_other(sign: str) -> None:
    # Each took a time that grew with the square of its length: minutes for this one.
    text = sign * 200_000
    found = split(text)
    assert sum(len(text[s.start : s.end].split()) for s in found) == len(text.split())
