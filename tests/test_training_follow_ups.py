"""Follow-ups that the rewriter learns from and is measured by."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigurationError
from evals.training.examples import KEPT_ARTICLES
from evals.training.follow_ups import load_follow_ups

LINE: dict[str, Any] = {
    "article": 1,
    "language": "fr",
    "turns": [{"q": "Que paie Orange ?", "a": "60 millions."}],
    "question": "et l'État ?",
    "standalone": "Que paie l’État ?",
    "needs": [["l'etat"], ["paie", "verse"]],
    "never": ["Orange"],
}


def test_both_languages_and_both_halves_have_follow_ups() -> None:
    found = load_follow_ups()
    for kept in (True, False):
        half = [one for one in found if (one.article in KEPT_ARTICLES) is kept]
        for language in ("fr", "en"):
            assert sum(one.language == language for one in half) >= 100


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("Que verse l'Etat ?", True),
        ("Que PAIE L’ÉTAT ?", True),
        ("Que paie l'État à Orange ?", False),
        ("Que fait l'État ?", False),
        ("", False),
    ],
)
def test_a_rewriting_is_right_that_has_all_it_needs_and_no_more(
    tmp_path: Path, said: str, understood: bool
) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(LINE), "utf-8")
    (one,) = load_follow_ups(file)
    assert one.turns == (("Que paie Orange ?", "60 millions."),)
    assert one.understood(said) is understood


@pytest.mark.parametrize(
    "change",
    [
        {"turns": []},
        {"turns": [{"q": "Que paie Orange ?"}]},
        {"language": "de"},
        {"standalone": "Que paie Orange ?"},
        {"needs": None},
    ],
)
def test_a_line_that_cannot_be_learnt_from_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text("\n" + json.dumps(LINE | change), "utf-8")
    with pytest.raises(ConfigurationError, match=r"one\.jsonl:2: "):
        load_follow_ups(file)
