"""What is read in the model's output, whatever it is."""

import re
from collections.abc import Generator, Sequence
from contextlib import closing

import pytest
from fake_model import GONE, FakeModel, Step, said
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import FRENCH, index_of

from assistant.answer import Language
from assistant.errors import ModelUnavailable
from assistant.evidence import Evidence
from assistant.llm import SLOTS, Token
from assistant.write import Proposal, propose
from index import Index

QUESTION = "Combien ?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return index_of(tmp_path_factory.mktemp("index"), barrage=FRENCH)


@pytest.fixture(scope="module")
def evidence(index: Index) -> Evidence:
    kept = tuple(s for s in index.sentences if s.text != s.document.title)
    return Evidence(kept, (0.5,) * len(kept), True)


def proposals(
    evidence: Evidence, script: Sequence[Step], language: Language = "fr"
) -> list[Proposal]:
    return list(propose(FakeModel(script), language, evidence, QUESTION, lambda: None))


def test_first_the_few_words_then_the_sentence(evidence: Evidence) -> None:
    first, last = proposals(evidence, said("[2] 48 millions\nIl coûte 48 millions.", 3.0))
    assert (first.number, first.words, first.sentence) == (2, "48 millions", "")
    assert (last.number, last.words, last.sentence) == (2, "48 millions", "Il coûte 48 millions.")
    assert first.stated == pytest.approx(3.0, abs=0.01)
    assert first.sureness == pytest.approx(-0.1)


@pytest.mark.parametrize("newline", ["\n", " \n", "euros\n", "\nIl"])
def test_the_few_words_are_there_as_soon_as_their_line_ends(
    evidence: Evidence, newline: str
) -> None:
    seen: list[int] = []
    pieces = ["[", "2", "] ", "48 ", newline, "Il coûte ", "48."]
    tokens = [Token(piece) for piece in pieces]
    with closing(
        propose(FakeModel(tokens), "fr", evidence, QUESTION, lambda: seen.append(1))
    ) as stream:
        first = next(stream)
    assert len(seen) == 5
    assert first.words.startswith("48")


def test_a_short_line_with_a_long_sentence_is_kept(evidence: Evidence) -> None:
    sentence = "Il coûte 48 " + "très " * 80 + "millions."
    last = proposals(evidence, said(f"[2] 48 millions\n{sentence}"))[-1]
    assert (last.words, last.sentence) == ("48 millions", sentence)


def test_no_newline_is_few_words_alone(evidence: Evidence) -> None:
    (only,) = proposals(evidence, said("[2] 48 millions"))
    assert (only.words, only.sentence) == ("48 millions", "")


@pytest.mark.parametrize("number", ["0", "00", "6", "12", "999", "1000", "-1", "1.5", "²", ""])
def test_a_number_out_of_range_is_refused(evidence: Evidence, number: str) -> None:
    assert proposals(evidence, said(f"[{number}] 48 millions\nIl coûte 48 millions.")) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "NON DIT"),
        ("fr", "[2] NON DIT"),
        ("fr", "[2] Non dit.\nIl coûte 48 millions."),
        ("en", "NOT STATED"),
        ("en", "[2] not stated\nIt costs 48 million."),
    ],
)
def test_not_stated_is_no_proposal(evidence: Evidence, language: Language, text: str) -> None:
    assert proposals(evidence, said(text), language) == []


def test_few_words_that_never_end_are_dropped(evidence: Evidence) -> None:
    model = FakeModel(said("[2] " + "mot " * 500 + "\nIl coûte 48 millions."))
    assert list(propose(model, "fr", evidence, QUESTION, lambda: None)) == []
    assert model.calls[0].ended and model.calls[0].given < 100


def test_a_sentence_that_is_cut_off_is_dropped(evidence: Evidence) -> None:
    first, last = proposals(evidence, said("[2] 48 millions\n" + "mot " * 500))
    assert (first.words, last.words, last.sentence) == ("48 millions", "48 millions", "")


def test_only_the_first_sentence_line_counts(evidence: Evidence) -> None:
    last = proposals(evidence, said("[2] 48 millions\nUn.\n[3] 12\nDeux."))[-1]
    assert last.sentence == "Un."


def test_breaking_off_is_passed_on(evidence: Evidence) -> None:
    with pytest.raises(ModelUnavailable):
        proposals(evidence, [*said("[2] 48 millions"), GONE])


def test_what_a_token_is_told_stops_the_model(evidence: Evidence) -> None:
    model = FakeModel(said("[2] 48 millions"))

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(propose(model, "fr", evidence, QUESTION, stop))
    assert model.calls[0].ended


def test_the_model_reads_numbered_sentences_and_may_name_any(evidence: Evidence) -> None:
    model = FakeModel(said("[2] 48 millions"))
    list(propose(model, "en", evidence, "How much {is} it?", lambda: None))
    (call,) = model.calls
    assert call.slot == SLOTS["write", "en"]
    assert evidence.as_text() in call.chat[-1].text
    assert call.chat[-1].text.endswith("How much {is} it?")
    assert call.grammar is not None
    assert re.findall(r'"(\d+)"', call.grammar) == [
        str(n) for n in range(1, len(evidence.sentences) + 1)
    ]


def test_without_probabilities_nothing_is_read_into_them(evidence: Evidence) -> None:
    (only,) = proposals(evidence, [Token("[2] 48 millions")])
    assert (only.stated, only.sureness) == (0.0, 0.0)


PIECES = st.one_of(
    st.sampled_from(["[", "]", "[1] ", "[2]", "[0]", "\n", " ", "NON DIT", "48", "millions", "²"]),
    st.text(max_size=6),
)
LOGPROBS = st.floats(-10_000, 0)
TOKENS = st.lists(
    st.builds(
        Token,
        PIECES,
        st.none() | LOGPROBS,
        st.dictionaries(PIECES, LOGPROBS, max_size=4),
    ),
    max_size=200,
)


@given(tokens=TOKENS)
def test_any_output_is_read_within_bounds(evidence: Evidence, tokens: list[Token]) -> None:
    found = proposals(evidence, tokens)
    assert len(found) <= 2
    for proposal in found:
        assert 1 <= proposal.number <= len(evidence.sentences)
        assert proposal.words == proposal.words.strip() != ""
        assert "\n" not in proposal.words + proposal.sentence
        assert abs(proposal.stated) < 15
        assert proposal.sureness <= 0


def test_stops_with_its_reader(evidence: Evidence) -> None:
    model = FakeModel(said("[2] 48 millions \nIl coûte 48 millions."))
    stream: Generator[Proposal, None, None] = propose(model, "fr", evidence, QUESTION, lambda: None)
    next(stream)
    stream.close()
    assert model.calls[0].ended
