"""A calculation whose figures a trained model points at, checked.

Each figure's sentence must speak of what it is said to be, or the one before it; all must be of one
kind and exact, none a part of another; code does the arithmetic and shows it. Only what a question
asks for by its words is done: where they name no operation, the model proposed as many wrong ones
as right ones, however sure it was.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from assistant.answer import Language
from assistant.calculation import Calculation
from assistant.derive import Derived, told_extreme
from assistant.payers import names_another
from assistant.prompting import load_prompts
from assistant.verification.arithmetic import Operand, Operation, working
from assistant.verification.figures import compatible
from assistant.verification.owners import swapped_figures
from assistant.verification.units import is_currency, is_measure
from assistant.verification.words import FUNCTION_WORDS, cognates, fold
from index import Sentence

SURE = -0.3
"""Logarithm of the probability that the model must give to what it proposes, at least."""

_WORD = re.compile(r"\w+")
_PART = re.compile(r"\b(?:dont|including|of which|of whom|y compris|parmi lesquel\w+)\b")
"""Between a whole and a part of it."""


def check(
    read: Calculation,
    operation: Operation,
    language: Language,
    sentences: Sequence[Sentence],
    question: str,
) -> Derived | None:
    """The answer, or ``None`` where something of it does not hold.

    Args:
        read: what the model proposes.
        operation: what to calculate.
        language: of the answer.
        sentences: what was read.
        question: standing alone; whom it names must be among those whose figures are taken.
    """
    placed = read.placed
    if len(placed) < 2:
        return None
    if not all(_speaks(operand.label, sentence, sentences) for operand, sentence in placed):
        return None
    operands = _of_one_kind(placed)
    if operands is None or len({(s.row, o.figure.start) for o, s in placed}) < len(placed):
        return None
    if names_another(_known(placed, sentences), question):
        return None
    if operation == "sum" and _holds_a_part(placed):
        return None
    # Whose figure is whose makes no odds to a sum or a difference.
    if operation not in {"sum", "difference"} and _swapped(placed):
        return None
    cited = tuple(dict.fromkeys(sentence for _, sentence in placed))
    text = _answer(operation, operands, cited, language)
    return None if text is None else Derived(text, cited, math.exp(read.sure))


def _speaks(label: str, sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether a figure's sentence, or the one before it, has a word of what it is said to be."""
    named = set(_WORD.findall(fold(label))) - FUNCTION_WORDS
    near = [sentence.text, *(s.text for s in sentences if s.row == sentence.row - 1)]
    there = {word for text in near for word in _WORD.findall(fold(text))}
    return any(cognates(word, other) for word in named for other in there)


def _known(placed: Sequence[tuple[Operand, Sentence]], sentences: Sequence[Sentence]) -> list[str]:
    """Labels, titles, and the sentences of the figures, each with the one before it."""
    rows = {sentence.row for _, sentence in placed}
    near = [s.text for s in sentences if s.row in rows or s.row + 1 in rows]
    titles = [sentence.document.title for _, sentence in placed]
    return [*(operand.label for operand, _ in placed), *titles, *near]


def _of_one_kind(placed: Sequence[tuple[Operand, Sentence]]) -> list[Operand] | None:
    """The operands in one unit, if they are exact and may be of one kind; else ``None``.

    What a sentence says once its other figures may leave out ("1,600 or 900 square metres"), and
    millions may be of the currency that another sentence names.
    """
    figures = [operand.figure for operand, _ in placed]
    if any(
        one.alternative or one.bound not in {"", "exactly"} or one.kind in {"ordinal", "several"}
        for one in figures
    ):
        return None
    if not all(compatible(one, other) for one, other in combinations(figures, 2)):
        return None
    unit = next((figure for figure in figures if figure.unit), figures[0])
    measured = is_measure(unit.unit) or is_currency(unit.unit)
    for operand, sentence in placed:
        one = operand.figure
        beside = any(other.figure.unit and said.row == sentence.row for other, said in placed)
        if measured and not one.unit and one.scale == 1 and not beside:
            return None
        if (one.kind == "percent") != (unit.kind == "percent"):
            return None
    return [
        replace(operand, figure=replace(operand.figure, unit=unit.unit, kind=unit.kind))
        for operand, _ in placed
    ]


def _holds_a_part(placed: Sequence[tuple[Operand, Sentence]]) -> bool:
    """Whether one of the figures is told as a part of another."""
    for (one, said), (other, beside) in combinations(placed, 2):
        first, second = sorted((one.figure, other.figure), key=lambda figure: figure.start)
        if said.row == beside.row and _PART.search(fold(said.text[first.end : second.start])):
            return True
    return False


def _swapped(placed: Sequence[tuple[Operand, Sentence]]) -> bool:
    return any(
        swapped_figures(f"{operand.label} {operand.figure.text}", [sentence.text], counts=True)
        for operand, sentence in placed
    )


def _answer(
    operation: Operation, operands: Sequence[Operand], cited: Sequence[Sentence], language: Language
) -> str | None:
    if operation not in {"sum", "difference"}:
        return told_extreme(operation, operands, cited, language)
    values = [operand.value for operand in operands]
    if operation == "difference" and 2 * max(values) <= sum(values):
        return None
    template = load_prompts(language).shown[operation]
    return template.format(working=working(operation, operands, language))
