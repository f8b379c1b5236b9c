"""What people asked, and how the reader learns from it."""

import json
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.prompting import load_prompts
from evals.cases import SUITES, load_cases
from evals.training.asked import Asked, asked_texts, load_asked
from evals.training.sources import LANGUAGES

ROW = {
    "source": "heldout2/ferry.txt",
    "language": "fr",
    "question": "c'est qui le patron ?",
    "from": ["L'« Alcyon » devait entrer"],
    "brief": "Ann",
    "sentence": "C'est Ann.",
    "wrong": "Bob",
}


def test_the_reader_learns_to_answer_and_not_to_in_both_languages() -> None:
    made = asked_texts(list(load_asked()), 1)
    assert made == asked_texts(list(load_asked()), 1)
    briefs = [said for text in made for said in text.said if said.task == "brief"]
    for language in LANGUAGES:
        silence = load_prompts(language).not_stated
        mine = [said.answer for said in briefs if said.language == language]
        assert len(mine) > 500
        assert 0.25 <= mine.count(silence) / len(mine) <= 0.5


def test_an_answer_is_learnt_where_its_sentences_can_be_read_and_nowhere_else() -> None:
    rows: dict[tuple[str, str], list[Asked]] = {}
    for one in load_asked():
        rows.setdefault((one.language, one.question), []).append(one)
    stated = elsewhere = 0
    for text in asked_texts(list(load_asked()), 1):
        for said in text.said:
            one, *others = rows[said.language, said.question]
            if said.task == "brief" and not others and one.answers:
                if said.answer == load_prompts(said.language).not_stated:
                    elsewhere += 1
                    assert not all(begins in text.text for begins in one.begins)
                else:
                    stated += 1
                    assert said.answer == one.answers[0]
    assert stated > 500
    assert elsewhere > 30


def test_nothing_that_is_measured_was_learnt_from() -> None:
    cases = [case for suite in SUITES.glob("*.jsonl") for case in load_cases(suite)]
    asked = list(load_asked())
    assert not {one.question for one in asked} & {case.question for case in cases}
    assert not {one.source for one in asked} & {case.source for case in cases}


@pytest.mark.parametrize(
    "change", [{"brief": ""}, {"from": []}, {"sentence": ""}, {"from": None}, {"source": None}]
)
def test_a_line_that_is_half_answered_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    file = tmp_path / "asked.jsonl"
    row = {key: value for key, value in (ROW | change).items() if key != "source" or value}
    file.write_text("\n" + json.dumps(row), "utf-8")
    with pytest.raises(ConfigurationError, match=r"asked\.jsonl:2: "):
        list(load_asked(file))


def test_a_sentence_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "asked.jsonl"
    file.write_text(json.dumps(ROW | {"from": ["Nobody wrote this"]}), "utf-8")
    with pytest.raises(ConfigurationError, match=r"ferry\.txt: .*Nobody wrote this"):
        asked_texts(list(load_asked(file)), 1)
