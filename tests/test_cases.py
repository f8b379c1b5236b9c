"""Suites are checked when they are loaded, and gold is matched as a person would."""

import json
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from evals.cases import SUITES, Case, load_cases

GOOD = {
    "id": "a",
    "language": "fr",
    "question": "Combien ?",
    "kind": "answerable",
    "gold": [["48 millions", "48 000 000"], ["ville"]],
    "evidence": ["Au total, l'Etat devait verser"],
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
        ({"id": "b"}, "language: Field required"),
        ({**GOOD, "id": "b", "kind": "odd"}, "odd"),
        ({**GOOD, "id": "b", "language": "de"}, "de"),
        ({**GOOD, "id": "b", "gold": []}, "gold"),
        ({**GOOD, "id": "b", "evidence": []}, "evidence: a case of this kind"),
        ({**GOOD, "id": "b", "evidence": ["Au total, la ville"]}, "is not in corpus"),
        ({**GOOD, "id": "b", "source": "nowhere.txt"}, "source: there is no"),
        ({**GOOD, "id": "b", "suite": "other"}, "suite: the file's name"),
        ({**GOOD, "id": "b", "turns": [1]}, "turns.0"),
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


@pytest.mark.parametrize("suite", sorted(SUITES.glob("*.jsonl")), ids=lambda file: file.stem)
def test_every_shipped_suite_loads(suite: Path) -> None:
    assert load_cases(suite)


def test_a_suite_may_bring_its_source_and_documents(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Notes\n\nLa ville verse 3 euros.", "utf-8")
    own = {**GOOD, "evidence": ["La ville verse"], "source": "notes.txt"}
    more = {**GOOD, "id": "b", "evidence": ["Une lettre"], "document": "Une lettre arrive."}
    first, second = load_cases(suite(tmp_path, own, more))
    assert first.corpus == tmp_path / "notes.txt"
    assert first.suite == "suite" and second.corpus.name == "corpus"


def test_a_corpus_of_ones_own_is_what_evidence_is_looked_for_in(tmp_path: Path) -> None:
    corpus = tmp_path / "mine.txt"
    corpus.write_text("Titre\n\nLa ville verse 3 euros.", "utf-8")
    own = {**GOOD, "evidence": ["La ville verse"]}
    assert load_cases(suite(tmp_path, own), corpus)
    with pytest.raises(ConfigurationError, match="is not in corpus"):
        load_cases(suite(tmp_path, own))
