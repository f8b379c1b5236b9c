"""Careless questions that the speller learns from and is measured by."""

import json
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from evals.bench_spelling import common
from evals.training.spellings import load_spellings

LINE = {"language": "fr", "typed": "ki paie", "written": "Qui paie ?"}


def test_both_languages_have_some_to_learn_from_and_some_to_measure_by() -> None:
    found = load_spellings()
    for language in ("fr", "en"):
        for kept, least in ((True, 50), (False, 500)):
            assert sum(one.language == language and one.kept is kept for one in found) >= least


def test_what_is_written_alike_is_learnt_from_or_measured_by_but_not_both(tmp_path: Path) -> None:
    file = tmp_path / "two.jsonl"
    lines = [LINE, LINE | {"typed": "ki c ki paie"}]
    file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    one, other = load_spellings(file)
    assert one.kept is other.kept


@pytest.mark.parametrize(
    "change", [{"language": "de"}, {"typed": ""}, {"written": "Orange paie."}, {"written": 3}]
)
def test_a_line_that_cannot_be_learnt_from_is_named(
    tmp_path: Path, change: dict[str, object]
) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text("\n" + json.dumps(LINE | change), "utf-8")
    with pytest.raises(ConfigurationError, match=r"one\.jsonl:2: "):
        load_spellings(file)


def test_words_are_compared_by_their_stems() -> None:
    assert common("Combien coûte le billet ?", "combien coûte les billets") == 1
    assert common("koman sa march", "Comment cela marche-t-il ?") < 0.5
    assert common("", "") == 1
