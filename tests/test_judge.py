"""Labelled claims and judges: what a file must hold, and when a judge may gate."""

import io
import json
import random
from pathlib import Path

import pytest
from rich.console import Console

from assistant.errors import ConfigurationError
from assistant.judge import rightness
from assistant.llm import Token
from assistant.write import TOLD
from evals.cases import EVALS, json_lines
from evals.claims import HELD_OUT, SPOILT, LabelledClaim, load_claims
from evals.judge import Judged, area, exact, model_judge, passes, show, together
from evals.metrics import agreement
from evals.training.examples import (
    FACTS,
    KEPT_ARTICLES,
    PASSAGES,
    examples,
    of_dense,
    of_facts,
)
from evals.training.sources import DENSE, load_articles
from tests.fake_model import FakeModel, judging

FILES = sorted((EVALS / "claims").glob("*.jsonl"))
SOURCE = "tuning/laiterie-corvanne.txt"
TRUE = {
    "id": "a",
    "language": "fr",
    "kind": "true",
    "question": "De quel montant ?",
    "claim": "21 millions d'euros",
    "source": SOURCE,
    "evidence": ["La coopérative apporte 21 millions"],
}


def written(folder: Path, *claims: object) -> Path:
    file = folder / "claims.jsonl"
    file.write_text("\n".join(json.dumps(claim) for claim in claims), "utf-8")
    return file


def of_kind(kind: str, doubt: float) -> Judged:
    return Judged(LabelledClaim("x", "fr", kind, "?", "x", ("x",)), doubt)  # type: ignore[arg-type]


def test_our_claims_hold_every_kind_in_both_languages() -> None:
    claims = [claim for file in FILES for claim in load_claims(file)]
    assert sum(claim.kind != "true" for claim in claims) >= 300
    for language in ("fr", "en"):
        assert {c.kind for c in claims if c.language == language} == {*SPOILT, "true"}


def test_evidence_is_read_as_whole_sentences(tmp_path: Path) -> None:
    (claim,) = load_claims(written(tmp_path, TRUE))
    assert claim.evidence[0].startswith("La coopérative apporte 21 millions")
    assert claim.evidence[0].endswith(".")


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ({**TRUE}, "stands there twice"),
        ({**TRUE, "id": "b", "evidence": ["Nulle part écrit"]}, "begins no sentence"),
        ({**TRUE, "id": "b", "evidence": []}, "begins no sentence"),
        ({**TRUE, "id": "b", "evidence": "La coopérative"}, "evidence must be a list"),
        ({**TRUE, "id": "b", "claim": 21}, "all else texts"),
        ({**TRUE, "id": "b", "kind": "colour"}, "unknown kind 'colour'"),
        ({**TRUE, "id": "b", "kind": "figure"}, "names the true one"),
        ({**TRUE, "id": "b", "kind": "figure", "original": "z"}, "names the true one"),
        ({**TRUE, "id": "b", "original": "a"}, "names the true one"),
        ({**TRUE, "id": "b", "colour": "red"}, "colour"),
        ({"id": "b"}, "are missing"),
        ([], "is no JSON object"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, second: object, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as failure:
        load_claims(written(tmp_path, TRUE, second))
    assert "claims.jsonl:2" in str(failure.value)


def test_what_a_judge_learns_from_is_right_and_wrong_about_as_often_in_both_languages() -> None:
    made = examples()
    assert 4_700 <= len(made) <= 5_100  # README tells of 4,900
    for language in ("fr", "en"):
        right = [example.right for example in made if example.language == language]
        assert 0.35 <= sum(right) / len(right) <= 0.65
    assert made == examples()


@pytest.mark.parametrize("file", [FACTS, PASSAGES], ids=lambda file: file.stem)
def test_facts_say_the_same_in_both_languages(file: Path) -> None:
    for place, fact in json_lines(file):
        assert fact.keys() == {"fr", "en", "ask"}, place
        for asked in fact["ask"]:
            for answers in ("right", "wrong"):
                assert len(asked["fr"][answers]) == len(asked["en"][answers]), place
            both = [
                set(asked[language]["right"]) & set(asked[language]["wrong"])
                for language in ("fr", "en")
            ]
            assert both == [set(), set()], place


def test_a_judge_never_learns_from_the_claims_that_it_is_measured_on() -> None:
    learnt = {(example.question, example.answer) for example in examples()}
    assert not learnt & {(claim.question, claim.claim) for claim in load_claims(HELD_OUT)}


def test_a_second_training_asks_about_dense_articles_and_takes_up_some_of_the_first() -> None:
    made = examples(again=True)
    assert made == examples(again=True)
    articles = {article["title"]: article["sentences"] for _, article in load_articles(DENSE)}
    said: dict[tuple[str, str], dict[bool, set[str]]] = {}
    taken_up = 0
    for example in made:
        title = next((title for title in articles if example.text.startswith(title)), None)
        if title is None:
            taken_up += 1
            continue
        assert any(sentence in example.text for sentence in articles[title])
        key = (title, example.question)
        said.setdefault(key, {True: set(), False: set()})[example.right].add(example.answer)
    assert taken_up == 250
    assert len(said) > 400
    kept = {place for place, title in enumerate(articles) if title in {t for t, _ in said}}
    assert not kept & KEPT_ARTICLES
    assert not any(answers[True] & answers[False] for answers in said.values())


def test_a_line_that_is_no_question_about_a_dense_article_is_named(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text('{"article": 4000, "ask": 1, "from": []}', "utf-8")
    with pytest.raises(ConfigurationError, match=r"answers\.jsonl:1"):
        list(of_dense(random.Random(1), file))


def test_a_line_that_is_no_fact_is_named(tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    file.write_text('{"fr": "Un pont.", "ask": [{"fr": {}}]}', "utf-8")
    with pytest.raises(ConfigurationError, match=r"facts\.jsonl:1"):
        list(of_facts(random.Random(1), file))


@pytest.mark.parametrize("kept", [10_000, 120])
def test_what_is_kept_of_an_adapter_is_its_best_approximation(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from evals.training import train

    torch.manual_seed(1)
    monkeypatch.setattr(train, "KEPT", kept)
    adapters = {}
    for name, strength in (("weak", 0.01), ("strong", 1.0)):
        adapters[name] = train.Adapted(torch.nn.Linear(30, 20))
        torch.nn.init.normal_(adapters[name].b, std=strength)
    found = train.thinned(adapters)
    assert sum(a.numel() + b.numel() for a, b in found.values()) <= kept
    for name, (a, b) in found.items():
        whole = (adapters[name].b @ adapters[name].a).detach() * (train.ALPHA / train.RANK)
        lost = torch.linalg.svdvals(whole)[len(a) :].square().sum()
        assert torch.dist(b @ a, whole) ** 2 == pytest.approx(lost.item(), rel=1e-3, abs=1e-6)
    # Of little room the strong one gets all: two directions of 50 numbers each.
    ranks = {name: len(a) for name, (a, _) in found.items()}
    assert ranks == ({"weak": 4, "strong": 4} if kept > 400 else {"strong": 2})


def test_the_exact_judge_refuses_another_figure(tmp_path: Path) -> None:
    false = {**TRUE, "id": "b", "kind": "figure", "claim": "22 millions d'euros", "original": "a"}
    told = [exact(claim) for claim in load_claims(written(tmp_path, TRUE, false))]
    assert told == [-1.0, 1.0]


@pytest.mark.parametrize(
    ("odds", "refuses"), [(4.0, False), (0.5, False), (-0.5, True), (-4.0, True)]
)
def test_the_model_judge_refuses_what_it_would_rather_call_wrong(
    tmp_path: Path, odds: float, refuses: bool
) -> None:
    (claim,) = load_claims(written(tmp_path, TRUE))
    assert (model_judge(FakeModel(judge=judging(odds)))(claim) > 0) is refuses


@pytest.mark.parametrize(
    ("said", "odds"), [("Oui", TOLD), (" Oui.", TOLD), ("Non", -TOLD), ("", -TOLD), ("Peut", -TOLD)]
)
def test_without_probabilities_the_judges_word_counts(said: str, odds: float) -> None:
    model = FakeModel(judge=[Token(said)])
    assert rightness(model, "fr", ["Oui."], "?", "Oui.", lambda: None) == odds


def test_what_the_first_judge_refuses_stays_refused() -> None:
    kept, refused = of_kind("true", -1), of_kind("figure", 1)
    both = together([kept, refused], [of_kind("true", -3), of_kind("figure", -9)])
    assert [one.refused for one in both] == [False, True]


@pytest.mark.parametrize(
    ("false_alarms", "missed_figures", "missed_causes", "gates"),
    [(1, 0, 2, True), (2, 0, 2, False), (1, 1, 2, False), (1, 0, 3, False)],
)
def test_a_judge_gates_only_above_the_bar(
    false_alarms: int, missed_figures: int, missed_causes: int, gates: bool
) -> None:
    told = [of_kind("true", 1 if n < false_alarms else -1) for n in range(20)]
    told += [of_kind("figure", -1 if n < missed_figures else 1) for n in range(20)]
    told += [of_kind("cause", -1 if n < missed_causes else 1) for n in range(20)]
    assert passes(told) is gates


@pytest.mark.parametrize(
    ("kinds", "gates"),
    [
        (["true", "figure"], True),
        (["true", "cause"], True),
        (["true"], False),
        (["figure", "cause"], False),
        ([], False),
    ],
)
def test_a_kind_without_claims_is_no_part_of_the_bar(kinds: list[str], gates: bool) -> None:
    assert passes([of_kind(kind, -1 if kind == "true" else 1) for kind in kinds]) is gates


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("48 millions d'euros", "Les travaux doivent coûter 48 millions d'euros.", 1.0),
        ("la région", "Paul Mercier", 0.0),
        ("Oui", "oui, en mai", 1.0),
        ("", "oui", 0.0),
        ("Paul Mercier", "Paul Durand", 0.5),
    ],
)
def test_agreement_is_what_the_shorter_answer_shares(one: str, other: str, share: float) -> None:
    assert agreement(one, other) == agreement(other, one) == share


def test_it_is_told_what_a_judge_would_catch_at_the_false_alarms_that_are_allowed() -> None:
    # One true claim of twenty may be refused; of the spoilt, three in ten are doubted no more.
    told = [of_kind("true", -n) for n in range(20)]
    told += [of_kind("figure", -1.5 if n < 3 else 5.0) for n in range(10)]
    console = Console(file=io.StringIO(), width=200)
    show("a judge", told, console)
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert "AUC 0.970 (95 % 0." in said
    assert "en –); refusing 5% of the true it would catch 70%." in said


def test_of_true_claims_alone_nothing_is_told() -> None:
    assert area([of_kind("true", -1.0)]) is None
