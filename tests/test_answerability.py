"""The probe that tells, before a word is written, whether a text answers."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from fake_model import FakeModel
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant, answerability
from assistant.answerability import Probe, load_probe
from assistant.catalogue import load_catalogue
from assistant.errors import ConfigurationError
from assistant.llm import SLOTS
from assistant.prompting import Message, load_prompts
from evals.calibrate import auc, fit

CHAT = [Message("user", "?")]


def test_log_odds_are_the_weighted_sum_of_what_lies_above_the_mean() -> None:
    probe = Probe("m", (1, 2), (2.0, -1.0), 0.5)
    assert probe.log_odds([-1.0, -3.0]) == pytest.approx(0.5 + 2.0 * 1 + -1.0 * -1)


@given(
    logprobs=st.lists(st.floats(-30, 0), min_size=3, max_size=3),
    shift=st.floats(-20, 20),
)
def test_only_ratios_of_probabilities_count(logprobs: list[float], shift: float) -> None:
    probe = Probe("m", (1, 2, 3), (2.0, -1.0, 0.3), 0.1)
    moved = [logprob + shift for logprob in logprobs]
    assert probe.log_odds(moved) == pytest.approx(probe.log_odds(logprobs), abs=1e-6)


def test_the_shipped_probe_is_of_a_model_in_the_catalogue() -> None:
    probe = load_probe()
    assert probe.model == Path(load_catalogue().entry(probe.model).file).stem
    assert len(set(probe.tokens)) == len(probe.tokens) == len(probe.weights)
    assert all(map(math.isfinite, probe.weights))


@pytest.mark.parametrize(
    "text", ['{"model": "m"}', '{"model": "m", "tokens": [1, 2], "weights": [1], "bias": 0}']
)
def test_a_damaged_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    (tmp_path / "answerability.json").write_text(text)
    monkeypatch.setattr(answerability.resources, "files", lambda name: tmp_path)
    with pytest.raises(ConfigurationError, match=r"answerability\.json"):
        load_probe.__wrapped__()


def test_of_any_other_model_nothing_is_told() -> None:
    assert answerability.answerability(FakeModel(), CHAT, 0) is None


def test_a_model_is_asked_for_exactly_the_probes_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    probe = Probe("m", (5, 9), (1.0, 0.0), 0.0)
    monkeypatch.setattr(answerability, "load_probe", lambda: probe)

    class Told(FakeModel):
        def log_probabilities(
            self, chat: Sequence[Message], *, slot: int, tokens: Sequence[int], name: str
        ) -> list[float] | None:
            assert (list(chat), slot, tuple(tokens), name) == (CHAT, 3, (5, 9), "m")
            return [-1.0, -2.0]

    assert answerability.answerability(Told(), CHAT, 3) == pytest.approx(0.5)


def test_the_fit_finds_what_divides_two_clouds() -> None:
    rng = np.random.default_rng(0)
    good = np.repeat([0.0, 1.0], 200)
    signs = rng.normal(size=(400, 3))
    signs[:, 1] += 2 * good
    w = fit(signs, good, ridge=1.0)
    assert np.abs(w[1:]).argmax() == 1
    assert auc(w[0] + signs @ w[1:], good) > 0.9


@pytest.mark.integration
def test_the_real_model_tells_what_the_article_answers(real_assistant: Assistant) -> None:
    real_assistant.ask("Qui est Eric Besson ?")
    text = "\n".join(sentence.text for sentence in real_assistant.index.sentences)

    def told(question: str) -> float:
        chat = load_prompts("fr").write(text, question)
        found = answerability.answerability(real_assistant.model, chat, SLOTS["write", "fr"])
        assert found is not None
        return found

    assert told("Combien l'État devait-il verser ?") > told("Combien de vaches a Thales ?")
