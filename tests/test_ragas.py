"""Ours as ragas metrics, and ragas' own by a judge over HTTP; skipped without the extra."""

import asyncio
import json
import math
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_service import Service, serving
from rich.console import Console

from assistant import Answer
from assistant.answer import Citation, Claim
from assistant.errors import ConfigurationError
from assistant.llm import Endpoint
from assistant.settings import Settings
from evals import judge_endpoint, ragas_judge
from evals.ask import AT_ONCE, Outcome
from evals.cases import Case
from evals.claims import LabelledClaim
from evals.judge_endpoint import judge_name
from evals.ragas_judge import (
    Judged,
    _score,
    available,
    faithfulness,
    judged_means,
    judgements,
    sample_of,
    to_judge,
)
from evals.run import watched
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

    class Gone:
        async def ascore(self) -> Any:
            raise OpenAIError("gone")

    assert asyncio.run(_score(Gone(), {})) is None


SAID: dict[str, dict[str, Any]] = {
    "StatementGeneratorOutput": {"statements": ["La ville verse 48 millions."]},
    "ClaimDecompositionOutput": {"claims": ["La ville verse 48 millions."]},
    "NLIStatementOutput": {"statements": [{"statement": "a", "reason": "b", "verdict": 1}]},
    "StatementFaithfulnessOutput": {
        "statements": [{"statement": "a", "reason": "b", "verdict": 1}]
    },
    "AnswerRelevanceOutput": {"question": "Combien ?", "noncommittal": 0},
    "ContextRecallOutput": {
        "classifications": [{"statement": "a", "reason": "b", "attributed": 1}]
    },
    "ContextPrecisionOutput": {"reason": "b", "verdict": 1},
}


def reply(body: dict[str, Any]) -> str:
    """What a judge who finds all well says; the client names the wanted form in each request."""
    wanted = body["messages"][0]["content"]
    (form,) = (name for name in SAID if f'"title": "{name}"' in wanted)
    return json.dumps(SAID[form])


class Near:
    """Every text is the same vector."""

    def __init__(self, model: str | None) -> None:
        pass

    def queries(self, texts: list[str]) -> Any:
        return np.ones((len(texts), 2), np.float32)


def english(one: Outcome) -> Outcome:
    return replace(one, case=replace(one.case, language="en", question="How much?"))


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A judge that the environment names; any other is a fault."""
    pytest.importorskip("ragas")

    def never(*args: object, **options: object) -> None:
        raise AssertionError("the local model was started")

    monkeypatch.setattr(judge_endpoint, "LocalModel", never)
    monkeypatch.setattr(ragas_judge, "Embedder", Near)
    monkeypatch.delenv("ANDROMEDE_JUDGE_API_KEY", raising=False)
    with serving(Service(reply=reply)) as service:
        monkeypatch.setenv("ANDROMEDE_JUDGE_BASE_URL", f"{service.url}/v1")
        monkeypatch.setenv("ANDROMEDE_JUDGE_MODEL", "juge")
        yield service


def judge_all(done: list[Outcome], home: Path, **options: bool) -> list[Judged]:
    return list(judgements(to_judge(done), Settings(home=home), **options))


@pytest.mark.filterwarnings("ignore")
def test_a_service_that_refuses_leaves_every_metric_crashed_and_is_asked_again(
    tmp_path: Path, judge: Service
) -> None:
    judge.status = 500
    told = list(judged_means(judge_all([outcome(QUOTE)], tmp_path)))
    assert len(told) == 6 and len(judge.requests) >= 6
    assert all(one.crashed == 1 and not one.values for one in told)
    judge.status = 200
    assert all(s.value is not None and not s.cached for s in judge_all([outcome(QUOTE)], tmp_path))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("written", ["", " "])
def test_a_judge_that_writes_no_question_did_not_judge(
    tmp_path: Path, judge: Service, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setitem(SAID["AnswerRelevanceOutput"], "question", written)
    told = {score.metric: score.value for score in judge_all([outcome(QUOTE)], tmp_path)}
    assert told.pop("answer relevancy") is None
    assert None not in told.values()


@pytest.mark.filterwarnings("ignore")
def test_the_judge_of_the_environment_is_asked_side_by_side(tmp_path: Path, judge: Service) -> None:
    together = threading.Event()

    def waits(body: dict[str, Any]) -> str:
        if judge.open == AT_ONCE:
            together.set()
        together.wait(30)
        together.set()  # Where they never are together, it is waited for once.
        if len(judge.requests) <= 2 * AT_ONCE:
            time.sleep(0.5)  # One more than allowed would come in now.
        return reply(body)

    judge.reply = waits
    scores = judge_all([outcome(QUOTE), english(outcome(QUOTE))], tmp_path)
    assert judge.at_once == AT_ONCE
    assert {path for path, _ in judge.requests} == {"/v1/chat/completions"}
    assert {body["model"] for _, body in judge.requests} == {"juge"}
    assert judge.keys == {"Bearer none"} and judge_name(Settings(home=tmp_path)) == "juge"
    told = [str(one) for one in judged_means(scores)]
    assert told[0] == "ragas faithfulness fr: 1.00 over 1"
    assert told[-1] == "ragas noise sensitivity en: 0.00 over 1"
    assert len(told) == 12


@pytest.mark.filterwarnings("ignore")
def test_the_local_judge_is_asked_in_order(
    tmp_path: Path, judge: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Local:
        def __init__(self, model: Path, **options: Any) -> None:
            pass

        def start(self) -> None:
            pass

        def wait_ready(self, timeout: float) -> Endpoint:
            return judge.endpoint(local=True)

        def close(self) -> None:
            pass

    def slowly(body: dict[str, Any]) -> str:
        time.sleep(0.3)  # Another would come in now.
        return reply(body)

    judge.reply = slowly
    monkeypatch.delenv("ANDROMEDE_JUDGE_BASE_URL")
    monkeypatch.setattr(judge_endpoint, "LocalModel", Local)
    monkeypatch.setattr(judge_endpoint, "locate", lambda entry, home: tmp_path)
    done = [replace(outcome(QUOTE), case=replace(outcome().case, question=q)) for q in "abc"]
    wanted = [one for one in to_judge(done) if one[0] == "context recall"]
    list(judgements(wanted, Settings(home=tmp_path)))
    assert judge.at_once == 1
    asked = [body["messages"][-1]["content"] for _, body in judge.requests]
    assert [f'"question":"{q}"' in text for q, text in zip("abc", asked, strict=True)] == [True] * 3
    assert {body["model"] for _, body in judge.requests} == {"tiny"}


@pytest.mark.filterwarnings("ignore")
def test_a_french_case_is_judged_in_french_and_an_english_one_by_ragas_prompts(
    tmp_path: Path, judge: Service
) -> None:
    judge_all([outcome(QUOTE)], tmp_path)
    french = [body["messages"][-1]["content"] for _, body in judge.requests]
    judge.requests.clear()
    judge_all([english(outcome(QUOTE))], tmp_path)
    own = [body["messages"][-1]["content"] for _, body in judge.requests]
    assert len(french) == len(own)
    for text in french:
        assert "À toi maintenant." in text and "Réponds par un seul objet JSON" in text
        assert "\\u00" not in text and "{input}" not in text
        assert not any(word in text for word in ("Given", "Example", "Einstein", "context was"))
    assert all("À toi" not in text and "Now perform the same" in text for text in own)
    # Six prompts, whatever the metrics that share them, each with the case at its end.
    assert len({text.partition("\n")[0] for text in french}) == 6
    assert any(QUOTE in text.rpartition("Entrée :")[2] for text in french)


@pytest.mark.filterwarnings("ignore")
def test_an_interrupted_run_carries_on_and_what_is_unchanged_costs_nothing(
    tmp_path: Path, judge: Service
) -> None:
    done = [outcome(QUOTE)]
    coming = judgements(to_judge(done), Settings(home=tmp_path))
    first = next(coming)
    coming.close()  # type: ignore[attr-defined]
    again = {s.metric: s for s in judge_all(done, tmp_path)}
    assert len(again) == 6 and again[first.metric].cached
    assert not all(score.cached for score in again.values())
    judge.requests.clear()
    known = judge_all(done, tmp_path)
    assert all(score.cached for score in known) and not judge.requests
    assert {s.metric: s.value for s in known} == {m: s.value for m, s in again.items()}
    assert not any(score.cached for score in judge_all(done, tmp_path, fresh=True))


@pytest.mark.filterwarnings("ignore")
def test_another_judge_prompt_or_sample_is_judged_anew(
    tmp_path: Path, judge: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def new(one: Outcome) -> set[str]:
        return {s.metric for s in judge_all([one], tmp_path) if not s.cached}

    every = new(outcome(QUOTE))
    assert len(every) == 6
    case = replace(outcome().case, gold=(("49 millions",),))
    reads_reference = every - {"faithfulness", "answer relevancy"}
    assert new(replace(outcome(QUOTE), case=case)) == reads_reference
    assert new(english(outcome(QUOTE))) == every
    monkeypatch.setattr(ragas_judge, "french_text", lambda metric: "Juge.")
    assert new(outcome(QUOTE)) == every
    monkeypatch.setenv("ANDROMEDE_JUDGE_MODEL", "autre")
    assert new(outcome(QUOTE)) == every


def test_judging_shows_how_far_it_is() -> None:
    console = Console(file=StringIO(), width=100)
    scores = [Judged("faithfulness", "fr", 1.0)] * 10
    assert list(watched(scores, 10, console, "scores")) == scores
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("1 of 10 scores") and lines[0].endswith("s to go")


@pytest.mark.filterwarnings("ignore")
def test_a_claim_is_judged_by_prompts_in_its_language(tmp_path: Path, judge: Service) -> None:
    french = LabelledClaim("a", "fr", "true", "Combien ?", "half", (QUOTE,))
    english = replace(french, language="en", question="How much?", claim="nothing")
    endpoint, settings = judge.endpoint(local=False), Settings(home=tmp_path)
    assert faithfulness([french, english], endpoint, settings, lambda: None) == [1.0, 1.0]
    asked = [body["messages"][-1]["content"] for _, body in judge.requests]
    for name, sign in (("half", "À toi maintenant."), ("nothing", "Now perform the same")):
        (statements,) = [text for text in asked if f'"{name}"' in text]
        assert sign in statements
    assert sorted("À toi" in text for text in asked) == [False, False, True, True]
