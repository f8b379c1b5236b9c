"""Questions that take a calculation, and which answers to them are right."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigurationError
from evals.bench_calculations import asked, load_calculations, same

LINE: dict[str, Any] = {
    "file": "dense",
    "line": 0,
    "fr": "Combien sur les deux sites ?",
    "en": "How many at both sites?",
    "calc": "sum: Saint-Orvaud = 455 ; Brézoules = 185",
    "from": [2],
}


def test_some_take_what_the_text_does_not_give() -> None:
    told = [one for _, questions in load_calculations() for one in questions]
    # Neither always nor never may the text allow it.
    assert 0.2 < sum(not one["calc"] for one in told) / len(told) < 0.5


def test_what_an_article_is_asked_besides_takes_none() -> None:
    article, questions = next(load_calculations())
    found = [wanted for _, _, wanted in asked(article, questions)]
    assert len(found) == 2 * (len(questions) + len(article["ask"]))
    assert not any(found[2 * len(questions) :])


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
    ("shown", "wanted", "right"),
    [
        ("Le total est de 640 (455 + 185).", "sum: a = 455 ; b = 185", True),
        ("Le total est de 640 (455 + 185).", "sum: a = 185 salariés ; b = 455", True),
        ("Le total est de 640 (455 + 185).", "sum: a = 455 ; b = 186", False),
        ("Le total est de 640 (455 + 185).", "sum: a = 455 ; b = 185 ; c = 20", False),
        ("Le total est de 640 (455 + 185).", "difference: a = 455 ; b = 185", False),
        ("La différence est de 270 (455 − 185).", "difference: a = 185 ; b = 455", True),
        ("La différence est de 270 (455 − 185).", "more: a = 455 ; b = 185", True),
        ("La différence est de 270 (455 − 185).", "sum: a = 455 ; b = 185", False),
        ("Deux cent soixante-dix.", "difference: a = 455 ; b = 185", False),
        # What the working writes out, and what a sentence says once for several.
        (
            "The total is £1,950,000 (1,200,000 + 750,000).",
            "sum: a = £1.2m ; b = £750,000",
            True,
        ),
        (
            "Le total est de 13,5 millions d'euros (7 + 4,5 + 2).",
            "sum: a = 7 millions ; b = 4,5 ; c = 2",
            True,
        ),
        ("Norrvik, with £9 million (Hesketh £4 million).", "most: Norrvik = £9m ; b = £4m", True),
        ("Hesketh, with £4 million (Norrvik £9 million).", "most: Norrvik = £9m ; b = £4m", False),
        ("Hesketh, with £4 million (b £9 million).", "least: b = £9m ; Hesketh = £4m", True),
    ],
)
def test_a_calculation_is_right_that_does_the_same_with_the_same(
    shown: str, wanted: str, right: bool
) -> None:
    assert same(shown, wanted) is right
