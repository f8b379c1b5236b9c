"""Passages: whole sentences, each in one."""

from hypothesis import given
from hypothesis import strategies as st

from index.chunk import chunk
from index.documents import Span
from index.sentences import split


def passages(text: str, words: int) -> list[str]:
    spans = split(text)
    return [
        text[spans[part.start].start : spans[part.stop - 1].end]
        for part in chunk(text, spans, words)
    ]


def test_a_heading_goes_with_the_text_below() -> None:
    first, second = "Un deux trois quatre cinq six.", "Sept huit neuf dix onze douze."
    text = f"{first}\n\nTitre\n\n{second}"
    assert passages(text, 8) == [first, f"Titre\n\n{second}"]


def test_a_long_paragraph_is_cut_evenly_between_sentences() -> None:
    sentence = "Un deux trois quatre cinq."
    assert passages(" ".join([sentence] * 4), 10) == [f"{sentence} {sentence}"] * 2


def test_short_paragraphs_are_joined_and_others_not() -> None:
    text = "Un.\n\nDeux.\n\n" + "mot " * 9 + "fin."
    assert len(passages(text, 10)) == 1
    assert len(passages("mot " * 9 + "fin.\n\n" + "mot " * 9 + "fin.", 10)) == 2


def test_no_passage_spans_what_was_left_out() -> None:
    text = "Titre\n\nPartager\n\nUn texte."
    spans = (Span(0, 5), Span(17, 26))
    assert chunk(text, spans) == (range(0, 1), range(1, 2))


@given(st.text(alphabet="ab .\n", max_size=300), st.integers(1, 20))
def test_every_sentence_in_one_passage(text: str, words: int) -> None:
    spans = split(text)
    parts = chunk(text, spans, words)
    assert [row for part in parts for row in part] == list(range(len(spans)))
    assert all(len(part) for part in parts)
