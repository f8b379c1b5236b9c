"""What a model would calculate, checked: its figures are found in the source, or nothing is shown.

Each figure must stand in a sentence: where in several, in one that speaks of what it is said to be,
or that comes after such a one. All must be of one kind and exact, none a part of another, and of a
difference no third figure may be meant; code does the arithmetic and shows it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from assistant.answer import Language
from assistant.calculation import Calculation
from assistant.derive import Derived
from assistant.payers import names_another
from assistant.prompting import load_prompts
from assistant.verification import find_figures
from assistant.verification.answer_type import type_problem
from assistant.verification.arithmetic import Operand, operation_of, working
from assistant.verification.figures import Figure, compatible, supports, with_ellipses
from assistant.verification.question_type import Kind, expected_type
from assistant.verification.remainders import asks_for_a_remainder
from assistant.verification.units import is_currency, is_measure
from assistant.verification.words import FUNCTION_WORDS, cognates, fold
from index import Sentence

_WORD = re.compile(r"\w+")
_PART = re.compile(r"\b(?:dont|including|of which|of whom|y compris|parmi lesquel\w+)\b")
"""Between a whole and a part of it."""

_OUT_OF = re.compile(
    r"\W*(?:out of|of|des|sur|de)(?: (?:the|its|their|les|ses|leurs|a total of))?\W*"
)
_OF_THEM = re.compile(r"\b(?:of|sur|parmi) (?:the|its|their|les|ses|leurs)\W*$")
"""Between a part and its whole, "112 of the 187", and before a whole, "of the 187, 112"."""

_STILL = re.compile(
    r"\b(?:still|encore|toujours|left|reste\w*|others?(?: than)?|except|hors|hormis|sauf|excluding"
    r"|autres?|minus|less|moins|deduct\w*|deduit\w*|otee?s?|once|after|une fois|apres)\b"
)
"""What is left is asked for so, too, without a denial."""

_NO_OPERANDS = frozenset({"ordinal", "several"})
"""Kinds of figures that nothing is calculated with."""

_FAR = 10
"""How many times as much as two figures, or as little, is no third one of them."""


def check(
    read: Calculation, language: Language, sentences: Sequence[Sentence], question: str
) -> Derived | None:
    """The answer, or ``None`` where something of it does not hold.

    Args:
        read: what the model proposes.
        language: of the answer.
        sentences: what was read, the nearest to the question first.
        question: standing alone; whom it names must be among those whose figures are taken.
    """
    asked = operation_of(question)
    if asked not in {None, read.taken} or (asked is None and read.taken == "sum"):
        return None
    placed = _placed(read.figures, sentences)
    operands = _of_one_kind(placed) if len(placed) == len(read.figures) else None
    if operands is None:
        return None
    if names_another(_known(placed, sentences), question):
        return None
    if not _is_of(operands, expected_type(question).kind):
        return None
    if read.taken == "sum" and _holds_a_part(placed):
        return None
    if read.taken == "difference" and (
        not _is_of_two(operands, placed) or _is_of_others(placed, question)
    ):
        return None
    shown = working(read.taken, operands, language)
    if type_problem(question, shown.partition(" (")[0], ()) is not None:
        return None
    cited = tuple(dict.fromkeys(sentence for _, sentence in placed))
    template = load_prompts(language).shown[read.taken]
    return Derived(template.format(working=shown), cited)


def has_two_alike(sentences: Sequence[Sentence]) -> bool:
    """Whether sentences hold two figures that can be taken together."""
    known = [
        figure
        for sentence in sentences
        for figure in with_ellipses(find_figures(sentence.text))
        if figure.kind not in _NO_OPERANDS and not figure.alternative
    ]
    return any(_alike(*pair) for pair in combinations(known, 2))


def _alike(one: Figure, other: Figure) -> bool:
    measured = [is_currency(figure.unit) or is_measure(figure.unit) for figure in (one, other)]
    # "15 millions" may be money.
    same = measured[0] == measured[1] or min(one.scale, other.scale) > 1
    return same and compatible(one, other)


def _placed(
    figures: Sequence[tuple[str, str]], sentences: Sequence[Sentence]
) -> list[tuple[Operand, Sentence]]:
    """Where each figure stands, no two in one place; those that stand nowhere are left out."""
    placed: list[tuple[Operand, Sentence]] = []
    for label, copied in figures:
        claimed = find_figures(copied)
        found = [
            (Operand(label, own), sentence)
            for sentence in sentences
            for own in with_ellipses(find_figures(sentence.text))
            if len(claimed) == 1 and compatible(own, claimed[0]) and supports(own, claimed[0])
        ]
        taken = {(sentence.row, operand.figure.start) for operand, sentence in placed}
        free = [one for one in found if (one[1].row, one[0].figure.start) not in taken]
        speaking = [one for one in free if _speaks(label, one[1], sentences)]
        placed += (speaking or free)[:1]
    return placed


def _is_of_two(operands: Sequence[Operand], placed: Sequence[tuple[Operand, Sentence]]) -> bool:
    """Whether two figures differ, and their sentences have no third one that may be meant.

    "Sales fell from 4.1 to 3.2, then to 2.7": no word tells which change is asked about.
    """
    if len(operands) != 2 or operands[0].value == operands[1].value:
        return False
    low, high = sorted(operand.value for operand in operands)
    unit = operands[0].figure.unit
    known = {
        (sentence.row, figure.start): figure
        for _, sentence in placed
        for figure in with_ellipses(find_figures(sentence.text))
    }
    others = [
        figure
        for place, figure in known.items()
        if place not in {(sentence.row, operand.figure.start) for operand, sentence in placed}
    ]
    return not any(
        compatible(figure, operands[0].figure)
        and figure.kind != "ordinal"
        and (figure.unit == "%") == (unit == "%")
        and low / _FAR <= figure.readings[0][0] <= high * _FAR
        for figure in others
    )


def _is_of(operands: Sequence[Operand], kind: Kind) -> bool:
    """Whether they can be money where that is asked for; "15 millions" may be."""
    return kind != "money" or all(
        is_currency(operand.figure.unit) or (not operand.figure.unit and operand.figure.scale > 1)
        for operand in operands
    )


def _speaks(label: str, sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether a figure's sentence, or the one before it, has a word of what it is said to be."""
    named = set(_WORD.findall(fold(label))) - FUNCTION_WORDS
    near = [sentence.text, *(s.text for s in sentences if s.row == sentence.row - 1)]
    there = {word for text in near for word in _WORD.findall(fold(text))}
    return any(cognates(word, other) for word in named for other in there)


def _known(placed: Sequence[tuple[Operand, Sentence]], sentences: Sequence[Sentence]) -> list[str]:
    """Titles, and the sentences of the figures, each with the one before it; no label is one."""
    rows = {sentence.row for _, sentence in placed}
    near = [s.text for s in sentences if s.row in rows or s.row + 1 in rows]
    titles = [sentence.document.title for _, sentence in placed]
    return [*titles, *near]


def _of_one_kind(placed: Sequence[tuple[Operand, Sentence]]) -> list[Operand] | None:
    """The operands in one unit, if they are exact and may be of one kind; else ``None``.

    What a sentence says once its other figures may leave out ("1,600 or 900 square metres"), and
    millions may be of the currency that another sentence names.
    """
    figures = [operand.figure for operand, _ in placed]
    if any(
        one.alternative or one.bound not in {"", "exactly"} or one.kind in _NO_OPERANDS
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


def _is_of_others(placed: Sequence[tuple[Operand, Sentence]], question: str) -> bool:
    """Whether a difference is of a whole and its part, and the question asks for no rest of it.

    "How many people lost their jobs?", of "112 of the 187 jobs had gone", asks for those 112.
    """
    (one, said), (other, beside) = sorted(placed, key=lambda pair: pair[0].figure.start)
    if said.row != beside.row or asks_for_a_remainder(question) or _STILL.search(fold(question)):
        return False
    before = fold(said.text[: one.figure.start])
    between = fold(said.text[one.figure.end : other.figure.start])
    return any((_OUT_OF.fullmatch(between), _PART.search(between), _OF_THEM.search(before)))


def _holds_a_part(placed: Sequence[tuple[Operand, Sentence]]) -> bool:
    """Whether one of the figures is told as a part of another."""
    for (one, said), (other, beside) in combinations(placed, 2):
        first, second = sorted((one.figure, other.figure), key=lambda figure: figure.start)
        if said.row == beside.row and _PART.search(fold(said.text[first.end : second.start])):
            return True
    return False
