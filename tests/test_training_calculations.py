"""Questions that take a calculation, which the calculator learns from and is measured by."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigurationError
from evals.bench_calculations import same
from evals.training.calculations import lessons, load_calculations
from evals.training.sources import LANGUAGES

LINE: dict[str, Any] = {
    "file": "dense",
    "line": 0,
    "fr": "Combien sur les deux sites ?",
    "en": "How many at both sites?",
    "calc": "sum: Saint-Orvaud = 455 ; Brézoules = 185",
    "from": [2],
}


def test_some_are_learnt_from_and_some_are_kept_to_measure_by() -> None:
    told = list(load_calculations())
    kept = [one for _, kept, asked in told if kept for one in asked]
    learnt = [one for _, kept, asked in told if not kept for one in asked]
    assert min(len(kept), len(learnt)) >= 100
    # Neither always nor never may the text allow it.
    for some in (kept, learnt):
        assert 0.2 < sum(not one["calc"] for one in some) / len(some) < 0.5
    said = "".join(chat[-1].text for lesson in lessons() for chat, _ in lesson)
    there = [any(one[language] in said for language in LANGUAGES) for one in learnt]
    # The others take figures for which no letter is left.
    assert sum(there) >= 0.98 * len(there)
    assert not any(one[language] in said for one in kept for language in LANGUAGES)


@pytest.mark.parametrize(
    "changed",
    [
        {"file": "sparse"},
        {"line": 4000},
        {"from": []},
        {"from": [99]},
        {"fr": ""},
        {"calc": "sum: Saint-Orvaud = 456 ; Brézoules = 185"},
        {"calc": None},
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, changed: dict[str, Any]) -> None:
    file = tmp_path / "calculations.jsonl"
    file.write_text(json.dumps(LINE) + "\n", "utf-8")
    assert len(list(load_calculations(file))) == 1
    file.write_text(json.dumps(LINE | changed) + "\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"calculations\.jsonl:1: "):
        list(load_calculations(file))


@pytest.mark.parametrize(
    ("asked", "figures", "right"),
    [
        ("sum", ("455", "185"), True),
        ("sum", ("185", "455 salariés"), True),
        ("difference", ("455", "185"), False),
        ("sum", ("455", "186"), False),
        ("sum", ("455", "185", "640"), False),
    ],
)
def test_a_calculation_is_right_that_does_the_same_with_the_same(
    asked: Any, figures: tuple[str, ...], right: bool
) -> None:
    assert same(asked, figures, LINE["calc"]) is right


def test_what_is_taken_from_what_matters() -> None:
    assert same("more", ["455", "185"], "more: a = 455 ; b = 185")
    assert not same("more", ["455", "185"], "more: b = 185 ; a = 455")
