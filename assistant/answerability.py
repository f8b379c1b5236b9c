"""Whether a text answers a question at all, read off the model before it writes a word.

A linear probe on the log-probabilities of some fixed tokens as the first of the answer: what a
model holds of answerability shows there more surely than in whether it says "not stated"
(Slobodkin et al., "The Curious Case of Hallucinatory (Un)answerability", EMNLP 2023). The weights
stand in ``answerability.json`` beside this file, fitted by ``evals/probe.py`` for one model alone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.errors import ConfigurationError
from assistant.llm import LanguageModel
from assistant.prompting import Message


@dataclass(frozen=True, slots=True)
class Probe:
    """A logistic regression over log-probabilities less their mean.

    Attributes:
        model: the name of the model file that it was fitted for, without its ending.
        tokens: ids in that model's vocabulary.
        weights: one a token.
        bias: in log-odds.
    """

    model: str
    tokens: tuple[int, ...]
    weights: tuple[float, ...]
    bias: float

    def log_odds(self, logprobs: Sequence[float]) -> float:
        """Log-odds that the text answers, from one natural log-probability a token."""
        mean = sum(logprobs) / len(logprobs)
        pairs = zip(self.weights, logprobs, strict=True)
        return self.bias + sum(weight * (logprob - mean) for weight, logprob in pairs)


@cache
def load_probe() -> Probe:
    """The probe that ships with the project.

    Raises:
        ConfigurationError: the file does not hold as many weights as tokens.
    """
    read = json.loads(resources.files("assistant").joinpath("answerability.json").read_text())
    try:
        probe = Probe(
            str(read["model"]),
            tuple(int(token) for token in read["tokens"]),
            tuple(float(weight) for weight in read["weights"]),
            float(read["bias"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(
            f"assistant/answerability.json: {error!r} is missing or no number; run evals/probe.py."
        ) from error
    if not probe.tokens or len(probe.tokens) != len(probe.weights):
        raise ConfigurationError(
            f"assistant/answerability.json: found {len(probe.tokens)} tokens and "
            f"{len(probe.weights)} weights, expected as many; run evals/probe.py."
        )
    return probe


def answerability(model: LanguageModel, chat: Sequence[Message], slot: int) -> float | None:
    """Log-odds, about -6 to 6, that the writer's ``chat`` can be answered from its text.

    Returns:
        ``None`` for any other model than the one that the probe was fitted for.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    probe = load_probe()
    logprobs = model.log_probabilities(chat, slot=slot, tokens=probe.tokens, name=probe.model)
    return None if logprobs is None else probe.log_odds(logprobs)
