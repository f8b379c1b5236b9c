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
        ({**GOOD, "id": "b", "gold": [["48"], []]}, "gold.1: is empty"),
        ({**GOOD, "id": "b", "gold": [["48", " "]]}, "gold.0.1: is empty"),
        ({**GOOD, "id": "b", "forbidden": ["22", ""]}, "forbidden.1: is empty"),
        ({**GOOD, "id": "b", "evidence": [""]}, "evidence.0: is empty"),
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


def test_a_text_may_hold_what_ends_a_line_elsewhere(tmp_path: Path) -> None:
    question = "Combien\u2028faut-il\x85payer ?"
    line = json.dumps({**GOOD, "question": question}, ensure_ascii=False)
    (case,) = load_cases(suite(tmp_path, line))
    assert case.question == question


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


@pytest.mark.parametrize(
    ("gold", "text", "right"),
    [
        ("No", "It was announced in May.", False),
        ("No", "It will now begin.", False),
        ("No", "No. [1]", True),
        ("SME", "It serves SMEs.", True),
        ("withdr", "Dassault withdrew.", True),
        ("withdr", "Dassault *withdrew*, or _withdrew_.", True),
        ("Etat", "L’Etat paie.", True),
        ("34", "Le canal date de 1834.", False),
        ("34", "Il a 345 écluses.", False),
        ("34", "Il a 34,5 km, ou 34.5.", False),
        ("34", "Il a 1,34 km.", False),
        ("34", "Il a 34, 35 ou 36 écluses.", True),
        ("34", "Il en a 34.", True),
        ("135 million", "It is €135 million, not 60.", True),
        ("135 million", "It is 2,135 millions.", False),
        ("5,2 million", "It was 15,2 million.", False),
        ("30 m", "It stops 30 metres away.", True),
        ("= 2", "11 - 9 = 2", True),
    ],
)
def test_gold_begins_a_word_or_is_a_whole_figure(gold: str, text: str, right: bool) -> None:
    assert Case("a", "en", "?", "answerable", ((gold,),)).right(text) is right


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("In 2011.", True), ("201 of them.", True), ("12011 of them.", False), ("Pirated.", True),
     ("An antipirate.", False)],
)  # fmt: skip
def test_what_is_forbidden_begins_a_word_or_a_figure(text: str, wrong: bool) -> None:
    assert Case("a", "en", "?", "instruction", forbidden=("201", "pirate")).wrong(text) is wrong


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
