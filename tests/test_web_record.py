"""What a browser keeps of an answer comes back only as far as the sources still say it."""

import json
from dataclasses import replace
from typing import Any, Literal

import pytest

from assistant.answer import Answer, Citation, Claim, RetrievedPassage
from tests.fake_assistant import article_index
from web.pages import turn_html
from web.record import MAX_RECORDS, from_records, to_record
from web.sessions import LONGEST, Turn
from web.sources import Library
from web.texts import texts

INDEX = article_index()
LIBRARY = Library(INDEX)


def answered() -> Turn:
    sentence = INDEX.sentences[9]
    passages = [
        RetrievedPassage(p.text, p.document, p.start, p.end, 0.0312) for p in INDEX.passages
    ]
    turn = Turn("Combien ?", outcome="answered")
    turn.answer = Answer(
        "135 millions [1].",
        "fr",
        False,
        citations=(Citation(1, sentence.text, sentence.document, sentence.start, sentence.end),),
        claims=(Claim("135 millions", (1,), True, 0.9), Claim("Invention", (), False, 0.1)),
        passages=tuple(passages),
        timings={"search": 0.1, "brief": 0.9, "verify": 0.5, "write": 1.5, "total": 3.0},
        question="Combien l'État devait-il verser ?",
    )
    return turn


def kept(**changes: object) -> dict[str, Any]:
    record = to_record(answered())
    assert record is not None
    return {**record, **changes}


def test_a_turn_comes_back_as_it_was() -> None:
    turn = answered()
    (back,) = from_records(json.dumps([to_record(turn)]), LIBRARY)
    assert (back.id, back.question, back.outcome) == (turn.id, turn.question, "answered")
    assert back.answer is not None
    assert turn.answer is not None
    assert back.answer.citations == turn.answer.citations
    assert back.answer.question == turn.answer.question
    words = texts("fr")
    assert turn_html(back, LIBRARY, words, 99) == turn_html(turn, LIBRARY, words, 99).replace(
        f"<p>{words['details_refused'].format(count=1)}</p>", ""
    )


@pytest.mark.parametrize(
    "change", [{"document": "ffffffffffffffff"}, {"start": 1 << 39}, {"end": 0}]
)
def test_a_passage_that_is_there_no_longer_is_left_out(change: dict[str, object]) -> None:
    passage = kept()["passages"][0]
    assert "text" not in passage
    (back,) = from_records(json.dumps([kept(passages=[{**passage, **change}, passage])]), LIBRARY)
    assert back.answer is not None
    assert [found.start for found in back.answer.passages] == [passage["start"]]


def test_what_was_refused_is_not_kept_nor_what_is_not_done() -> None:
    assert "Invention" not in json.dumps(kept())
    assert to_record(Turn("Q")) is None
    assert to_record(Turn("Q", outcome="outdated")) is None


@pytest.mark.parametrize("outcome", ["stopped", "failed", "crowded"])
@pytest.mark.parametrize("said", [True, False])
def test_what_was_stopped_or_failed_comes_back_with_what_was_verified(
    outcome: Literal["stopped", "failed", "crowded"], said: bool
) -> None:
    turn = replace(answered(), outcome=outcome, problem="problem_index")
    turn.answer = turn.answer if said else None
    (back,) = from_records(json.dumps([to_record(turn)]), LIBRARY)
    for words in (texts("fr"), texts("en")):
        html = turn_html(back, LIBRARY, words, 99)
        assert html == turn_html(turn, LIBRARY, words, 99)
        assert 'class="again"' in html


def test_of_what_was_stopped_nothing_is_shown_that_the_source_says_no_longer() -> None:
    citation = {**kept()["citations"][0], "start": 0}
    record = {**kept(citations=[citation]), "outcome": "stopped", "problem": "js_named"}
    (back,) = from_records(json.dumps([record]), LIBRARY)
    assert (back.outcome, back.answer, back.problem) == ("stopped", None, "problem_other")


def test_what_was_kept_before_outcomes_were_is_an_answer() -> None:
    record = {
        key: value for key, value in kept().items() if key not in ("outcome", "problem", "passages")
    }
    (back,) = from_records(json.dumps([record]), LIBRARY)
    assert back.outcome == "answered"


@pytest.mark.parametrize(
    "changes",
    [
        {"document": "ffffffffffffffff"},
        {"quote": "Au total, l’Etat devait verser 500 millions."},
        {"start": 0},
        {"end": 1 << 39},
    ],
)
def test_an_answer_whose_source_says_it_no_longer_is_not_shown(changes: dict[str, object]) -> None:
    citation = {**kept()["citations"][0], **changes}
    (back,) = from_records(json.dumps([kept(citations=[citation])]), LIBRARY)
    assert (back.outcome, back.answer) == ("outdated", None)


def test_an_answer_without_any_citation_is_not_shown_but_an_abstention_is() -> None:
    (back,) = from_records(json.dumps([kept(citations=[])]), LIBRARY)
    assert back.outcome == "outdated"
    (back,) = from_records(json.dumps([kept(citations=[], abstained=True)]), LIBRARY)
    assert back.outcome == "answered"


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[1]", "[{}]", "[[]]", '"x"', "[" * 5000, json.dumps([kept(id="<script>")])],
)
def test_what_no_browser_of_ours_kept_is_refused(content: str) -> None:
    with pytest.raises(ValueError, match="no conversation"):
        from_records(content, LIBRARY)


def test_a_damaged_turn_costs_no_other() -> None:
    records = [kept(question="A ?"), kept(text=3), {}, 1, kept(question="B ?")]
    assert [turn.question for turn in from_records(json.dumps(records), LIBRARY)] == ["A ?", "B ?"]


def test_a_long_question_that_was_kept_whole_comes_back_as_its_beginning() -> None:
    (back,) = from_records(json.dumps([kept(question="Combien ? " * 9_000)]), LIBRARY)
    assert back.outcome == "answered"
    assert len(back.question) == LONGEST + 1


def test_of_a_long_conversation_the_latest_turns_come_back() -> None:
    records = [kept(question=f"Q{number}") for number in range(MAX_RECORDS + 5)]
    turns = from_records(json.dumps(records), LIBRARY)
    assert [turns[0].question, turns[-1].question] == ["Q5", f"Q{MAX_RECORDS + 4}"]
    assert len(turns) == MAX_RECORDS
