"""Suites are checked when they are loaded, and gold is matched as a person would."""

import json
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from evals.cases import EVALS, Case, load_cases
from index.load import load

GOOD = {
    "id": "a",
    "language": "fr",
    "question": "Combien ?",
    "kind": "answerable",
    "gold": [["48 millions", "48 000 000"], ["ville"]],
    "evidence": ["La ville"],
}


def suite(folder: Path, *cases: object) -> Path:
    file = folder / "suite.jsonl"
    lines = [case if isinstance(case, str) else json.dumps(case) for case in cases]
    file.write_text("\n".join(lines), "utf-8")
    return file


@pytest.mark.parametrize(
    ("second", "part"),
    [
        ("{", "is no JSON"),
        ("[]", "is no JSON object"),
        ({**GOOD, "id": "b", "colour": 1}, "colour"),
        ({"id": "b"}, "is no case"),
        ({**GOOD, "id": "b", "kind": "odd"}, "odd"),
        ({**GOOD, "id": "b", "language": "de"}, "de"),
        ({**GOOD, "id": "b", "gold": []}, "gold"),
        (GOOD, "twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, second: object, part: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load_cases(suite(tmp_path, GOOD, second))
    assert "suite.jsonl:2" in str(raised.value)
    assert part in str(raised.value)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("La ville met 48 millions d'euros. [1]", True),
        ("La VILLE met 48\u202f000\u00a0000 €.", True),
        ("48 millions.", False),
        ("La ville met 22 millions, sur 48 millions.", False),
    ],
)
def test_every_group_and_nothing_forbidden(text: str, right: bool) -> None:
    case = Case("a", "fr", "?", "answerable", (("48 millions", "48 000 000"), ("ville",)), ("22",))
    assert case.right(text) is right


@pytest.mark.parametrize("name", ["article", "tuning", "heldout"])
def test_the_evidence_of_the_shipped_suites_is_in_their_sources(name: str) -> None:
    for case in load_cases(EVALS / "suites" / f"{name}.jsonl"):
        place = EVALS / "sources" / case.source if case.source else EVALS.parent / "corpus"
        documents, _ = load(place)
        for start in case.evidence:
            assert any(start in document.text for document in documents), (case.id, start)
