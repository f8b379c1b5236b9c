"""Ours as ragas metrics, and ragas' own by a judge over HTTP; skipped without the extra."""

import asyncio
import math
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_service import Service, serving

from assistant import Answer
from assistant.answer import Citation, Claim
from assistant.errors import ConfigurationError
from assistant.llm import Endpoint
from assistant.settings import Settings
from evals import ragas_judge
from evals.ask import Outcome
from evals.cases import Case
from evals.claims import LabelledClaim
from evals.ragas_judge import _all, available, faithfulness, judged_means, sample_of
from evals.scores import mean, means
from index import Document

QUOTE = "La ville verse 48 millions d'euros."
SOURCE = Document("0" * 16, "a.txt", "A", f"{QUOTE} Il pleut.", "fr")


def outcome(*cited: str, abstained: bool = False) -> Outcome:
    case = Case("a", "fr", "Combien ?", "answerable", (("48 millions",),), evidence=("La ville",))
    starts = [SOURCE.text.index(text) for text in cited]
    citations = tuple(
        Citation(n, text, SOURCE, start, start + len(text))
        for n, (text, start) in enumerate(zip(cited, starts, strict=True), 1)
    )
    claims = (Claim("48 millions d'euros", (1,), True, 0.9),)
    answer = Answer("48 millions d'euros. [1]", "fr", abstained, None, citations, claims)
    return Outcome(case, answer, True, 0.1, 0.2)


def test_a_crash_and_a_nan_are_told_beside_the_mean() -> None:
    told = mean("faithfulness", [1.0, 0.5, math.nan, None])
    assert str(told) == "faithfulness: 0.75 over 2, 1 undefined, 1 crashed"
    assert str(mean("faithfulness", [None])) == "faithfulness: – over 0, 1 crashed"


def test_citations_and_abstentions_by_language() -> None:
    done = [outcome(QUOTE), outcome(QUOTE, "Il pleut."), outcome(abstained=True)]
    told = {m.name: m.values for m in means(done)}
    assert told["citation precision fr"] == (1.0, 0.5)
    assert told["citation recall fr"] == (1.0, 1.0)
    assert told["abstention precision fr"] == (0.0,)
    assert told["abstention precision en"] == ()


def test_what_ragas_reads_of_an_answer() -> None:
    assert sample_of(outcome(QUOTE)) == {
        "user_input": "Combien ?",
        "response": "48 millions d'euros",
        "retrieved_contexts": [QUOTE],
        "reference": "48 millions",
    }


def test_the_extra_and_the_judges_name_are_missed_before_the_first_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ragas_judge, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match="pip install"):
        available()
    monkeypatch.setattr(ragas_judge, "find_spec", lambda name: object())
    monkeypatch.setenv("ANDROMEDE_JUDGE_BASE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(ConfigurationError, match="ANDROMEDE_JUDGE_MODEL"):
        available()


@pytest.mark.filterwarnings("ignore")  # ragas and what it imports warn of their own future.
def test_ours_compose_with_ragas() -> None:
    pytest.importorskip("ragas")
    from evals import ragas_metrics as ours

    said = {"user_input": "Combien ?", "language": "fr", "cited": [QUOTE]}
    good = ours.ExactSupport().score(response="48 millions d'euros", **said)
    bad = ours.ExactSupport().score(response="49 millions d'euros", **said)
    assert (good.value, bad.value) == (1.0, 0.0) and "figure" in (bad.reason or "")
    cited = {"cited": [QUOTE, "Il pleut."], "evidence": ["La ville"]}
    assert ours.CitationPrecision().score(**cited).value == 0.5
    assert ours.CitationRecall().score(**cited).value == 1.0
    assert math.isnan(ours.CitationPrecision().score(cited=[], evidence=["La ville"]).value)
    assert ours.RightAbstention().score(abstained=True, answerable=True).value == 0.0
    assert ours.Latency().score(seconds=1.5).value == 1.5
    english = "The city pays forty-eight million euros for the bridge."
    assert ours.RightLanguage().score(response=english, cited=[], language="fr").value == 0.0


@pytest.mark.filterwarnings("ignore")
def test_a_judge_that_breaks_off_is_a_crash_not_a_zero() -> None:
    pytest.importorskip("ragas")
    from openai import OpenAIError

    async def score(one: Outcome) -> float:
        if one.answer.abstained:
            raise OpenAIError("gone")
        return 1.0

    done = [outcome(QUOTE), outcome(abstained=True)]
    assert asyncio.run(_all(score, done, 2)) == [1.0, None]


@pytest.mark.filterwarnings("ignore")
def test_a_service_that_refuses_leaves_every_metric_crashed(tmp_path: Path) -> None:
    pytest.importorskip("ragas")
    with serving(Service(status=500)) as service:
        settings = Settings(home=tmp_path)
        told = list(judged_means([outcome(QUOTE)], service.endpoint(local=False), settings))
    assert len(told) == 6 and len(service.requests) >= 6
    assert all(one.crashed == 1 and not one.values for one in told)


CLAIMS = [
    LabelledClaim(name, "fr", "true", "Combien ?", name, (QUOTE, "Il pleut."))
    for name in ("half", "nothing", "gone")
]


@pytest.mark.filterwarnings("ignore")
def test_ragas_reads_a_claim_as_response_and_what_it_cites_as_contexts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collections = pytest.importorskip("ragas.metrics.collections")
    from openai import OpenAIError

    read: list[dict[str, object]] = []

    async def ascore(self: object, **sample: object) -> SimpleNamespace:
        read.append(sample)
        if sample["response"] == "gone":
            raise OpenAIError("gone")
        return SimpleNamespace(value=0.5 if sample["response"] == "half" else math.nan)

    monkeypatch.setattr(collections.Faithfulness, "ascore", ascore)
    endpoint = Endpoint("http://127.0.0.1:9/v1", "none", "tiny", local=True)
    done: list[None] = []
    scores = faithfulness(CLAIMS, endpoint, Settings(home=tmp_path), lambda: done.append(None))
    half, nothing, gone = scores
    assert (half, gone) == (0.5, None) and nothing is not None and math.isnan(nothing)
    assert len(done) == 3
    assert read[0] == {
        "user_input": "Combien ?",
        "response": "half",
        "retrieved_contexts": [QUOTE, "Il pleut."],
    }


@pytest.mark.filterwarnings("ignore")
def test_of_a_service_that_refuses_no_claim_is_judged(tmp_path: Path) -> None:
    pytest.importorskip("ragas")
    with serving(Service(status=500)) as service:
        endpoint, settings = service.endpoint(local=False), Settings(home=tmp_path)
        assert faithfulness(CLAIMS, endpoint, settings, lambda: None) == [None] * 3
    assert len(service.requests) >= 3
