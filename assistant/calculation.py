"""What a model would calculate to answer a question: what to do, and with which figures.

A trained model names both, whatever words a question asks in, or says that the text does not give
them: "sum: la région [C] ; Belmont [A]". It reads the text with a letter behind each figure, and
points at those that it takes, so that it can neither misspell nor invent one. Nothing of it is
verified here.
"""

import math
import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Literal, get_args

from assistant.answer import Language
from assistant.evidence import LONGEST, Evidence
from assistant.llm import LanguageModel, Token
from assistant.prompting import load_prompts
from assistant.verification import Figure, find_figures
from assistant.verification.arithmetic import Operand
from assistant.verification.figures import with_ellipses
from index import Sentence

Asked = Literal["sum", "difference", "most", "least", "more", "less"]
"""What to do; "more" and "less" tell whether the first figure is that, beside the second."""

READ = 8
"""Sentences with figures that are read, at most, in some 4 s: they hold all that 96 % of questions
take (of 258 about long articles; six do for 93 %, and all of them take three times as long)."""

_LIMIT = 120
"""Tokens of a calculation."""

_POINTED = re.compile(r"\s*(?P<label>[^;\[\]\n]{1,80}?)\s*\[(?P<letter>[A-Z])\]")
_LETTER = re.compile(r"\W*[A-Z]\W*$")
_FLOOR = 1e-9


@dataclass(frozen=True, slots=True)
class Calculation:
    """What is proposed.

    Attributes:
        asked: what to do; ``None`` where the model does not say.
        placed: whose or what each figure is, the figure, and where it stands.
        sure: logarithm of the probability that the model gives to what is done, with these
            figures; minus infinity where nothing tells.
    """

    asked: Asked | None = None
    placed: tuple[tuple[Operand, Sentence], ...] = ()
    sure: float = -math.inf


def marked(sentences: Sequence[str]) -> tuple[list[str], list[tuple[int, Figure]]]:
    """Put a letter in brackets behind each figure, from A on.

    Args:
        sentences: what is read.

    Returns:
        The same sentences with their letters, and for each letter the number of its sentence and
        its figure there; those that come after Z have none.
    """
    pointed: list[tuple[int, Figure]] = []
    texts: list[str] = []
    for number, sentence in enumerate(sentences):
        done, text = 0, ""
        for figure in with_ellipses(find_figures(sentence)):
            if len(pointed) == len(string.ascii_uppercase) or figure.end < done:
                continue
            letter = string.ascii_uppercase[len(pointed)]
            text += f"{sentence[done : figure.end].rstrip()} [{letter}]"
            done = figure.end
            pointed.append((number, figure))
        texts.append(text + sentence[done:])
    return texts, pointed


def proposed(
    model: LanguageModel,
    language: Language,
    evidence: Evidence,
    question: str,
    on_token: Callable[[], None],
) -> Calculation:
    """What a trained model would calculate; no figures where it says that nothing can be.

    Args:
        model: proposes.
        language: of the question.
        evidence: what it reads.
        question: standing alone.
        on_token: called at each token; what it raises stops the model.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    prompts = load_prompts(language)
    pairs = zip(evidence.cosines, evidence.sentences, strict=True)
    told = [(cosine, sentence) for cosine, sentence in pairs if find_figures(sentence.text)]
    if not told:
        return Calculation()
    nearest = sorted(told, key=lambda pair: -pair[0])[:READ]
    read = evidence.only([sentence for _, sentence in nearest])
    texts, pointed = marked([sentence.text[:LONGEST] for sentence in read.sentences])
    chat = prompts.calculate(read.as_text(texts), question)
    line, sure = "", 0.0
    with closing(model.tokens(chat, place=("calculate", language), limit=_LIMIT)) as stream:
        for token in _first_line(stream, on_token):
            if not line:
                # Those of before "not stated" was ruled out.
                sure = _opening(token.alternatives)
                if sure < math.log(1 / 2):
                    return Calculation()
            elif token.logprob is not None and (":" not in line or _LETTER.match(token.text)):
                sure += token.logprob
            line += token.text
    name, _, rest = line.partition(":")
    asked = next((one for one in get_args(Asked) if one == name.strip()), None)
    placed = []
    for item in _POINTED.finditer(rest):
        number = string.ascii_uppercase.index(item["letter"])
        if number >= len(pointed):
            return Calculation()
        row, figure = pointed[number]
        placed.append((Operand(item["label"], figure), read.sentences[row]))
    return Calculation(asked, tuple(placed), sure)


def _first_line(stream: Iterator[Token], on_token: Callable[[], None]) -> Iterator[Token]:
    """The tokens up to the end of the first line that is not empty."""
    written = ""
    for token in stream:
        on_token()
        yield token
        written += token.text
        if "\n" in written.strip():
            return


def _opening(alternatives: Mapping[str, float]) -> float:
    """Logarithm of the probability that a first token opens one of ``Asked``."""
    opens = sum(
        math.exp(logprob)
        for text, logprob in alternatives.items()
        if text.strip() and any(one.startswith(text.strip()) for one in get_args(Asked))
    )
    return math.log(min(1.0, max(_FLOOR, opens)))
