"""Labelled claims by ragas' own faithfulness; skipped without the extra."""

import math
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_service import Service, serving

from assistant.llm import Endpoint
from assistant.settings import Settings
from evals.claims import LabelledClaim
from evals.ragas_judge import faithfulness

QUOTE = "La ville verse 48 millions d'euros."
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
