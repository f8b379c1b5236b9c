"""When the signs suffice to show an answer."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from fake_model import FakeModel, judging

from assistant.confidence import Signs, calibration
from assistant.verify import BLIND, Verifier
from assistant.write import Proposal

SAID = Proposal("Atos.", 9.0)
DOUBTFUL = Signs(brief=1, stated=1, covered=0, named=1, near=0.5, second=0.8, judged=0.4)
"""The model is sure, but nothing of the question stands in what it cites."""


def shown(signs: Signs, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(Verifier, "signs", lambda *arguments: signs)
    verifier = Verifier(SimpleNamespace(), FakeModel(judge=judging(1.6)))  # type: ignore[arg-type]
    cited: Any = [SimpleNamespace(text="Atos.")]
    readings: Any = SimpleNamespace(first=SAID, second=Proposal("Atos.", 3.2))
    verdict = verifier.relevance("Qui ?", "fr", readings, SAID, "Atos.", cited, lambda: None)
    return verdict.supported


def test_the_models_own_word_alone_must_be_surer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert calibration().show < calibration().asked.probability(DOUBTFUL) < BLIND
    assert not shown(DOUBTFUL, monkeypatch)
    assert shown(replace(DOUBTFUL, covered=0.1), monkeypatch)
    # Across languages no words can be compared.
    assert shown(replace(DOUBTFUL, foreign=1), monkeypatch)
    assert shown(replace(DOUBTFUL, near=1.0), monkeypatch)


@pytest.mark.parametrize(("odds", "supported"), [(-4.0, False), (4.0, True)])
def test_no_more_is_asked_than_can_tip_the_scales(
    odds: float, supported: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``readings`` has no second answer: to ask for it would break."""
    sure = replace(DOUBTFUL, near=0.9, covered=float(supported), brief=0.6, stated=0.65)
    monkeypatch.setattr(Verifier, "signs", lambda *arguments: sure)
    verifier = Verifier(SimpleNamespace(), FakeModel(judge=judging(odds)))  # type: ignore[arg-type]
    cited: Any = [SimpleNamespace(text="Atos.")]
    readings: Any = SimpleNamespace(first=SAID)
    verdict = verifier.relevance("Qui ?", "fr", readings, SAID, "Atos.", cited, lambda: None)
    assert verdict.supported is supported
