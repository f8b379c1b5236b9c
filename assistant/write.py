"""The writer: proposes one sentence that answers, or says that the text does not state it.

It writes freely, from worked examples of both; how much it would rather have said "not stated" is
read off the probabilities of its first token. Which sentences the proposal rests on is decided
afterwards (``assistant.attribution``): a small model names wrong ones too often.
"""

import math
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant.answer import Language
from assistant.answerability import answerability
from assistant.evidence import Evidence
from assistant.llm import SLOTS, LanguageModel, Token
from assistant.prompting import load_prompts

_LIMIT = 120
"""Tokens of an answer, about 80 words; what is longer is copied or runs in circles."""

_WORD = re.compile(r"\w")
_FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the writer proposes; nothing of it is verified.

    Attributes:
        text: one sentence, or the few words that answer.
        stated: log-odds, by the writer's own first token, that the text states an answer;
            about -9 to 9, 0 where the service gives no probabilities.
        sureness: mean log-probability of its tokens, 0 or below.
        answerable: log-odds that the text answers the question at all, told before writing;
            about -6 to 6, 0 where it cannot be told.
    """

    text: str
    stated: float
    sureness: float
    answerable: float


def propose(
    model: LanguageModel,
    language: Language,
    evidence: Evidence,
    question: str,
    on_token: Callable[[], None],
) -> Proposal | None:
    """Write one answer.

    Args:
        model: writes.
        language: to write in.
        evidence: what it reads; at least one sentence.
        question: standing alone.
        on_token: called at each token; what it raises stops the model.

    Returns:
        The proposal; ``None`` where the model says that the text does not state it, writes
        nothing, or does not come to an end.

    Raises:
        ModelUnavailable: the model cannot be reached or broke off.
    """
    prompts = load_prompts(language)
    chat = prompts.write(evidence.as_text(), question)
    slot = SLOTS["write", language]
    answerable = answerability(model, chat, slot) or 0.0
    on_token()
    written: list[Token] = []
    line = ""
    with closing(model.tokens(chat, slot=slot, limit=_LIMIT)) as tokens:
        for token in tokens:
            on_token()
            before, broken, _ = token.text.partition("\n")
            if broken and _WORD.search(line + before):
                line += before
                break
            written.append(token)
            line += token.text
        else:
            if len(written) >= _LIMIT:
                # Cut off: half a sentence may say the opposite of the whole.
                return None
    text = " ".join(line.split())
    if not _WORD.search(text) or _says_not_stated(text, prompts.not_stated):
        return None
    stated = _stated(written, prompts.not_stated)
    return Proposal(text, stated, _sureness(written), answerable)


def _says_not_stated(text: str, not_stated: str) -> bool:
    return re.sub(r"\W+", " ", text.casefold()).strip().startswith(not_stated.casefold())


def _stated(written: Sequence[Token], not_stated: str) -> float:
    """Log-odds that the first token opens an answer rather than "not stated"."""
    if not written or not written[0].alternatives:
        return 0.0
    silent = sum(
        math.exp(logprob)
        for text, logprob in written[0].alternatives.items()
        if text.strip() and not_stated.startswith(text.strip())
    )
    return math.log((max(0.0, 1 - silent) + _FLOOR) / (silent + _FLOOR))


def _sureness(written: Sequence[Token]) -> float:
    logprobs = [token.logprob for token in written if token.logprob is not None]
    return sum(logprobs) / len(logprobs) if logprobs else 0.0
