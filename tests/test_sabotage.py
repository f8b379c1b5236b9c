"""What the gate is for: an assistant whose verifier is switched off does not get through."""

from collections.abc import Sequence

import pytest

from assistant import Assistant
from assistant.verify import Verdict, Verifier
from evals.ask import Outcome, ask
from evals.cases import ARTICLE_SUITE, load_cases
from evals.gate import LEAST, gates, load_baseline, status

pytestmark = pytest.mark.integration


def _abstentions(assistant: Assistant) -> list[Outcome]:
    """The first French ones: as many as a gate wants."""
    cases = load_cases(ARTICLE_SUITE)
    chosen = [case for case in cases if not case.answerable and case.language == "fr"]
    return [ask(assistant, case) for case in chosen[:LEAST]]


def _failed(done: Sequence[Outcome]) -> set[str]:
    return {gate.metric for gate in gates(done, load_baseline()) if gate.verdict == "fail"}


def test_a_verifier_that_is_switched_off_is_caught(
    real_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The trained reader keeps silent by itself; one that always answers leans on the verifier.
    monkeypatch.setattr("assistant.write.RELUCTANT", 100.0)
    assert not _failed(_abstentions(real_assistant))
    # The sabotage: whatever the writer proposes is shown.
    monkeypatch.setattr("assistant.attempt.problem", lambda *_: None)
    monkeypatch.setattr(Verifier, "plainer", lambda *_: None)
    monkeypatch.setattr(Verifier, "relevance", lambda *_: Verdict(True, 1.0))
    done = _abstentions(real_assistant)
    assert "abstained" in _failed(done)
    assert status(done, list(gates(done, load_baseline()))) == 1
