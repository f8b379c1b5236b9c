"""Which judges are scored, and on what: services, ragas' faithfulness, sentence pairs."""

import io
import math
import random
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from fake_service import Service, piece, serving
from rich.console import Console

from assistant import Assistant
from assistant.errors import ConfigurationError, ModelUnavailable
from assistant.llm import Token
from evals import judge as judges
from evals.claims import HELD_OUT, LabelledClaim, load_claims, load_pairs
from evals.judge import judged, model_judge, passes, run, together
from evals.training.examples import of_pairs
from tests.fake_model import GONE, FakeModel, judging
from tests.test_judge import TRUE, of_kind, written

PREMISE = "Le pont a coûté 48 millions d'euros. Il a ouvert en mai."
PAIRS = [
    {"id": f"pair-{n}", "premise": PREMISE, "hypothesis": hypothesis, "label": label}
    for n, (hypothesis, label) in enumerate(
        [
            ("Le pont a ouvert.", "entailment"),
            ("Le pont a coûté 48 millions d'euros.", "entailment"),
            ("Le pont a coûté 49 millions d'euros.", "contradiction"),
            ("Le maire est content.", "neutral"),
            ("Le pont est fermé.", "not_entailment"),
        ]
        * 4
    )
]


def printed(console: Console) -> str:
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    """Where it is printed; no service judges unless a test names one."""
    for name in ("BASE_URL", "MODEL", "API_KEY"):
        monkeypatch.delenv(f"ANDROMEDE_JUDGE_{name}", raising=False)
    return Console(file=io.StringIO(), width=200)


def test_a_pair_is_a_claim_unless_the_judge_learnt_from_it(tmp_path: Path) -> None:
    file = written(tmp_path, *PAIRS)
    claims = {claim.id: claim for claim in load_pairs(file)}
    learnt = {example.answer for example in of_pairs(PAIRS, random.Random(1))}
    assert learnt and claims and len(claims) < len(PAIRS)
    for pair in PAIRS:
        pair_alone = {**pair, "hypothesis": pair["id"]}
        if pair["id"] not in claims:
            assert [e.answer for e in of_pairs([pair_alone], random.Random(1))] == [pair["id"]]
            continue
        assert not list(of_pairs([pair_alone], random.Random(1)))
        claim = claims[pair["id"]]
        assert (claim.kind == "true") == (pair["label"] == "entailment")
        assert claim.kind in ("true", "entailment")
        assert (claim.language, claim.question) == ("fr", "Que dit le texte ?")
        assert claim.claim == pair["hypothesis"]
        assert [sentence.strip() for sentence in claim.evidence] == [
            "Le pont a coûté 48 millions d'euros.",
            "Il a ouvert en mai.",
        ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"label": "maybe"}, "label is none of entailment"),
        ({"label": ["neutral"]}, "label is none of entailment"),
        ({"premise": " "}, "must be texts"),
        ({"id": 7}, "must be texts"),
        ({"hypothesis": None}, "must be texts"),
    ],
)
def test_a_wrong_pair_is_named(tmp_path: Path, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as failure:
        load_pairs(written(tmp_path, PAIRS[0], {**PAIRS[1], **wrong}))
    assert "claims.jsonl:2" in str(failure.value)


def test_pairs_are_judged_in_place_of_the_held_out_claims(tmp_path: Path, console: Console) -> None:
    run([], written(tmp_path, *PAIRS), ["exact"], console)
    told, kept = printed(console), load_pairs(tmp_path / "claims.jsonl")
    spoilt = sum(claim.kind == "entailment" for claim in kept)
    (row,) = [line for line in told.splitlines() if line.startswith("│ entailment")]
    assert f"/{spoilt} = " in row and "figure" not in told


@pytest.mark.parametrize("file", [HELD_OUT, HELD_OUT.with_name("press.jsonl")])
def test_what_gates_as_supported_is_above_the_bar(file: Path, console: Console) -> None:
    assert run([file], None, ["support"], console) == 0
    assert "It passes the bar." in printed(console)
    assert "accuracy " in printed(console)
    assert "cause" not in printed(console)


def test_a_service_judges_by_its_probabilities_in_place_of_the_local_model(
    tmp_path: Path, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    false = {**TRUE, "id": "b", "kind": "figure", "claim": "22 millions d'euros", "original": "a"}
    file = written(tmp_path, TRUE, false)
    # It writes yes, yet more of what it would say begins with no.
    tops = {"Oui": math.log(0.4), "Non": math.log(0.35), "N": math.log(0.2)}
    monkeypatch.setattr(Assistant, "open", lambda: pytest.fail("the local model is asked"))
    with serving(Service([piece("Oui", tops)])) as service:
        monkeypatch.setenv("ANDROMEDE_JUDGE_BASE_URL", f"{service.url}/v1")
        monkeypatch.setenv("ANDROMEDE_JUDGE_MODEL", "tiny")
        monkeypatch.setenv("ANDROMEDE_JUDGE_API_KEY", "sesame")
        assert run([file], None, ["exact", "model", "both"], console) == 1
    assert service.keys == {"Bearer sesame"}
    # Asked once a claim, though two of the tables rest on it.
    assert [body["top_logprobs"] for body in service.of("/v1/chat")] == [10, 10]
    told = printed(console)
    titles = ("exact checks\n", "tiny\n", "exact checks, then tiny\n")
    places = [told.replace(" ", "").index(title.replace(" ", "")) for title in titles]
    assert places == sorted(places)
    rows = [line for line in told.splitlines() if line.startswith("│ true")]
    assert ["1/1" in row for row in rows] == [False, True, True]


def test_a_service_without_a_models_name_is_refused_before_it_is_asked(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANDROMEDE_JUDGE_BASE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(ConfigurationError, match="ANDROMEDE_JUDGE_MODEL"):
        run([], None, ["both"], console)
    run([HELD_OUT], None, ["exact"], console)  # needs none


def test_a_judge_that_breaks_off_is_told_and_one_that_cannot_be_asked_raises(
    tmp_path: Path, console: Console
) -> None:
    (claim,) = load_claims(written(tmp_path, TRUE))
    judge = model_judge(model := FakeModel(judge=judging(4)))

    def breaking(claim: LabelledClaim) -> float:
        doubt = judge(claim)
        model.scripts["judge"] = [GONE]
        return doubt

    told = judged([claim, claim], breaking, console)
    assert [math.isnan(one.doubt) for one in told] == [False, True]
    with pytest.raises(ModelUnavailable):
        judged([claim, claim], breaking, console)


def test_a_service_is_asked_about_many_claims_side_by_side_and_each_keeps_its_own(
    tmp_path: Path, console: Console
) -> None:
    (claim,) = load_claims(written(tmp_path, TRUE))
    claims = [replace(claim, id=str(number)) for number in range(5)]
    meeting = threading.Barrier(4, timeout=30)  # of those after the first

    def waiting(claim: LabelledClaim) -> float:
        if claim.id != "0":
            meeting.wait()
        return float(claim.id)

    told = judged(claims, waiting, console, at_once=4)
    assert [(one.claim.id, one.doubt) for one in told] == [(str(n), float(n)) for n in range(5)]


def test_a_judge_that_says_neither_yes_nor_no_did_not_judge(tmp_path: Path) -> None:
    (claim,) = load_claims(written(tmp_path, TRUE))
    model = FakeModel(judge=[Token("La", -0.1, {"La": -0.1, "Le": -3.0})])
    assert math.isnan(model_judge(model)(claim))


def test_ragas_faithfulness_refuses_below_a_half_and_leaves_out_what_it_could_not_judge(
    tmp_path: Path, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = [
        {**TRUE, "id": name, "kind": "figure", "claim": "22 millions", "original": "a"}
        for name in "bcde"
    ]
    scores = [0.5, 0.49, 0.0, math.nan, None]
    monkeypatch.setattr(judges, "available", lambda: None)
    monkeypatch.setattr(judges, "faithfulness", lambda *asked: scores)
    monkeypatch.setenv("ANDROMEDE_JUDGE_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("ANDROMEDE_JUDGE_MODEL", "tiny")
    file = written(tmp_path, TRUE, *spoilt)
    assert run([file], None, ["faithfulness"], console) == 1
    lines = printed(console).splitlines()
    assert "ragas' faithfulness, judged by tiny" in map(str.strip, lines)
    assert "not judged: 2" in lines
    rows = {line.split()[1]: line for line in lines if line.startswith("│")}
    assert "2/2 = 100%" in rows["figure"] and "0/1 = 0%" in rows["true"]


@pytest.mark.parametrize(("missing", "gates"), [(2, True), (3, False)])
def test_a_judge_gates_only_where_it_judged_nearly_all(missing: int, gates: bool) -> None:
    told = [of_kind("true", -1), of_kind("figure", 1)] * 20
    assert passes([*told, *[of_kind("figure", math.nan)] * missing]) is gates


def test_what_the_second_judge_could_not_judge_is_refused_only_by_the_first() -> None:
    first = [of_kind("figure", 1), of_kind("figure", -1)]
    refused, open_ = together(first, [of_kind("figure", math.nan)] * 2)
    assert refused.refused and math.isnan(open_.doubt)
