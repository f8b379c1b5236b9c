"""What the gate is for: an assistant whose verifier is switched off does not get through."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.catalogue import load_catalogue
from assistant.verify import Verdict, Verifier
from evals.ask import Outcome, ask
from evals.cases import ARTICLE_SUITE, load_cases
from evals.gate import gates, load_baseline, status

pytestmark = pytest.mark.integration


def _abstentions(assistant: Assistant) -> list[Outcome]:
    """The seven French ones: enough for a gate, at half the time."""
    cases = load_cases(ARTICLE_SUITE)
    chosen = [case for case in cases if not case.answerable and case.language == "fr"]
    return [ask(assistant, case) for case in chosen]


def _failed(done: Sequence[Outcome]) -> set[str]:
    return {gate.metric for gate in gates(done, load_baseline()) if gate.verdict == "fail"}


def test_a_verifier_that_is_switched_off_is_caught(
    real_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not _failed(_abstentions(real_assistant))
    # The trained reader keeps silent by itself: a writer that is not leans on the verifier.
    plain = {name: replace(entry, adapters=()) for name, entry in load_catalogue().llm.items()}
    catalogue = replace(load_catalogue(), llm=plain)
    monkeypatch.setattr("assistant.assistant.load_catalogue", lambda: catalogue)
    with Assistant.open() as assistant:
        # The sabotage: whatever the writer proposes is shown; it may still say "not stated".
        monkeypatch.setattr("assistant.attempt.problem", lambda *_: None)
        monkeypatch.setattr(Verifier, "plainer", lambda *_: None)
        monkeypatch.setattr(Verifier, "relevance", lambda *_: Verdict(True, 1.0))
        done = _abstentions(assistant)
    assert "abstained" in _failed(done)
    assert status(done, list(gates(done, load_baseline()))) == 1
