"""What a model would calculate to answer a question: which figures, and how to take them together.

It writes a few lines of Python, whatever words a question asks in: each figure as the text writes
it, under a name, with what it is behind it; then a sum or a difference of those names. A small
model that has read much code does so for questions that it lists no figures for. The lines are
read, never run, and nothing of them is verified here.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Language
from assistant.evidence import LONGEST, Evidence
from assistant.llm import LanguageModel
from assistant.prompting import load_prompts
from assistant.verification import find_figures

Taken = Literal["sum", "difference"]
"""How figures are taken together; a difference is of one and all the others."""

READ = 8
"""Sentences with figures that are read, at most, in some 4 s: they hold all that 96 % of questions
take (of 258 about long articles; six do for 93 %, and all of them take three times as long)."""

_LIMIT = 120
"""Tokens of a calculation."""

_Terms = tuple[tuple[str, bool], ...]
"""Names of figures, each with whether it is added."""

_FIGURE = re.compile(r"(?P<name>\w+) = \"(?P<figure>[^\"]+)\"\s*(?:#\s*(?P<label>.*))?")
_TAKEN = re.compile(r"(?P<name>\w+) = (?P<terms>\w+(?: [+-] \w+)*)\s*(?:#.*)?")
_TERM = re.compile(r"(?P<sign>[+-]?) ?(?P<name>\w+)")


@dataclass(frozen=True, slots=True)
class Calculation:
    """What is proposed.

    Attributes:
        taken: how the figures are taken together.
        figures: what each is, in a few words, and the figure as the model copied it; two at least.
    """

    taken: Taken
    figures: tuple[tuple[str, str], ...]


def proposed(
    model: LanguageModel,
    language: Language,
    evidence: Evidence,
    question: str,
    on_token: Callable[[], None],
) -> Calculation | None:
    """What the model would calculate; ``None`` where it says that nothing can be.

    Args:
        model: proposes.
        language: of the question.
        evidence: what it reads.
        question: standing alone.
        on_token: called at each token; what it raises stops the model.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    pairs = zip(evidence.cosines, evidence.sentences, strict=True)
    told = [(cosine, sentence) for cosine, sentence in pairs if find_figures(sentence.text)]
    if not told:
        return None
    nearest = sorted(told, key=lambda pair: -pair[0])[:READ]
    read = evidence.only([sentence for _, sentence in nearest])
    text = " ".join(sentence.text[:LONGEST] for sentence in read.sentences)
    written = ""
    chat = load_prompts(language).calculate(text, question)
    with closing(model.tokens(chat, place=("calculate", language), limit=_LIMIT)) as stream:
        for token in stream:
            on_token()
            written += token.text
    return parsed(written.splitlines())


def parsed(lines: Sequence[str]) -> Calculation | None:
    """What lines of Python calculate.

    Args:
        lines: as a model wrote them.

    Returns:
        ``None`` unless ``answer`` is a sum of figures or a difference of some.
    """
    figures: dict[str, tuple[str, str]] = {}
    terms: dict[str, _Terms] = {}
    for line in lines:
        if (one := _FIGURE.fullmatch(line.strip())) is not None:
            figures[one["name"]] = (one["label"] or "", one["figure"])
            terms[one["name"]] = ((one["name"], True),)
        elif (taken := _TAKEN.fullmatch(line.strip())) is not None:
            terms[taken["name"]] = _terms(taken["terms"], terms)
    answer = terms.get("answer", ())
    added = [plus for _, plus in answer]
    if len(set(dict(answer))) < max(2, len(answer)):
        return None
    labelled = tuple(figures[name] for name, _ in answer)
    if all(added):
        return Calculation("sum", labelled)
    return Calculation("difference", labelled) if added.count(True) == 1 else None


def _terms(written: str, known: dict[str, _Terms]) -> _Terms:
    """The figures that "cost - county" comes to; none where a name is not known."""
    found: list[tuple[str, bool]] = []
    for term in _TERM.finditer(written):
        if term["name"] not in known:
            return ()
        turned = term["sign"] == "-"
        found += [(name, plus != turned) for name, plus in known[term["name"]]]
    return tuple(found)
