"""The writer: a LangChain chain that proposes an answer from numbered sentences.

It writes ``[n] a few words`` and, on a second line, one sentence. A grammar holds the local model
to that form even where it would rather say "not stated", so that the verifier has something to
weigh; how much it would rather have said so is read off the probabilities of its first token.
"""

import math
import re
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from assistant.answer import Language
from assistant.evidence import Evidence
from assistant.llm import SLOTS, LanguageModel, Token
from assistant.prompting import load_prompts

_SHORT_LIMIT = 60
"""Tokens of the few words: about 40 words."""

_LIMIT = 150
"""Tokens in all."""

_PROPOSAL = re.compile(r"\s*\[(\d{1,3})\]\s*(.*)", re.DOTALL)
_FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the writer proposes; nothing of it is verified.

    Attributes:
        number: of the sentence that it says it rests on, 1 to the number of sentences.
        words: the answer in a few words.
        sentence: the answer as a sentence; empty where it gave none, or not yet.
        stated: log-odds, by the writer's own first token, that the text states an answer;
            about -9 to 9, 0 where the service gives no probabilities.
        sureness: mean log-probability of the tokens of ``words``, 0 or below.
    """

    number: int
    words: str
    sentence: str
    stated: float
    sureness: float


def propose(
    model: LanguageModel,
    language: Language,
    evidence: Evidence,
    question: str,
    on_token: Callable[[], None],
) -> Generator[Proposal, None, None]:
    """Write: first a proposal of a few words, then the same with its sentence.

    Args:
        model: writes.
        language: to write in.
        evidence: what it reads; at least one sentence.
        question: standing alone.
        on_token: called at each token; what it raises stops the model.

    Yields:
        At most two proposals; none where the model says that the text does not state it, or
        writes what cannot be read. Closing the iterator stops the model.

    Raises:
        ModelUnavailable: the model cannot be reached or broke off.
    """
    prompts = load_prompts(language)
    chat = prompts.write(evidence.as_text(), question)
    grammar = _grammar(len(evidence.sentences))
    written: list[Token] = []
    first: Proposal | None = None
    with closing(
        model.tokens(chat, slot=SLOTS["write", language], limit=_LIMIT, grammar=grammar)
    ) as tokens:
        for token in tokens:
            on_token()
            written.append(token)
            if first is None and "\n" in token.text and _begun(written):
                first = _read(written, prompts.not_stated, len(evidence.sentences))
                if first is None:
                    return
                yield first
            if first is None and len(written) > _SHORT_LIMIT:
                # No few words: what was cut off must not be shown.
                return
    last = _read(written, prompts.not_stated, len(evidence.sentences))
    if last is not None:
        yield last


def _read(tokens: list[Token], not_stated: str, sentences: int) -> Proposal | None:
    """The proposal in what was written, ``None`` where there is none."""
    text = "".join(token.text for token in tokens)
    found = _PROPOSAL.match(text)
    if found is None or not 1 <= int(found[1]) <= sentences:
        return None
    words, _, sentence = found[2].strip().partition("\n")
    sentence = sentence.strip().partition("\n")[0].strip()
    if not words or not_stated.casefold() in words.casefold():
        return None
    if not re.search(r"[.!?…][\s»”\")]*$", sentence):
        # Cut off in the middle.
        sentence = ""
    return Proposal(
        number=int(found[1]),
        words=words.strip(),
        sentence=sentence,
        stated=_stated(tokens[0], not_stated),
        sureness=_sureness(tokens, len(found[1]) + 2, text.find(words) + len(words)),
    )


def _begun(tokens: Sequence[Token]) -> bool:
    """Whether anything but blanks was written: a line break before it ends no line."""
    return any(token.text.strip() for token in tokens)


def _stated(first: Token, not_stated: str) -> float:
    """Log-odds that the first token opens an answer rather than "not stated"."""
    if not first.alternatives:
        return 0.0
    opening = silent = _FLOOR
    for text, logprob in first.alternatives.items():
        if text.startswith("["):
            opening += math.exp(logprob)
        elif text and not_stated.startswith(text):
            silent += math.exp(logprob)
    return math.log(opening / silent)


def _sureness(tokens: list[Token], start: int, end: int) -> float:
    """Mean log-probability of the tokens between two places of the text."""
    place = 0
    logprobs: list[float] = []
    for token in tokens:
        if start <= place < end and token.logprob is not None:
            logprobs.append(token.logprob)
        place += len(token.text)
    return sum(logprobs) / len(logprobs) if logprobs else 0.0


def _grammar(sentences: int) -> str:
    """GBNF: a number in range, a line, and perhaps a second one."""
    numbers = " | ".join(f'"{n}"' for n in range(1, sentences + 1))
    return f'root ::= "[" ({numbers}) "] " line ("\\n" line)?\nline ::= [^\\n]+\n'
