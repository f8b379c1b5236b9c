# ruff: noqa: E501  patterns of words read better unwrapped
"""How far a figure rose and where it got to: "from 3 to 5" is no rise of 5, but one of 2."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.verification.arithmetic import Operand, operation_of, working
from assistant.verification.ends import (
    CHANGE,
    DOWN,
    by_role,
    ends_apart,
    from_to,
    role_of,
    then_and_now,
)
from assistant.verification.figures import (
    Figure,
    compatible,
    find_figures,
    stating,
    supports,
    with_ellipses,
)
from assistant.verification.shares import SPEAKS_OF_REST
from assistant.verification.words import Language, fold


class Difference(NamedTuple):
    """A figure that a claim has calculated, and the two of its source that it lies between."""

    figure: Figure
    higher: Figure
    lower: Figure


_BY_HOW_MUCH = re.compile(r"\b(?:by how (?:much|many)|de combien)\b")
_TO_HOW_MUCH = re.compile(r"\b(?:to how (?:much|many)|a combien)\b")

_LEFT = re.compile(
    r"\b(?:remain\w*|(?:is|are|be|was|were|still) left|keep|kept|short of|missing|rest(?:e|ent|era|eront|erait|eraient)|gard(?:e|ent|era|eront)"
    r"|conserv\w*|manqu\w*|pas encore|not yet)\b"
)
"""How what is left of a whole is asked for."""

_PART = re.compile(r"\b(?:sur|dont|des|parmi|of|out of)\b|^ d'")
"""What stands between a part and its whole."""


def misread(claim: str, evidence: Sequence[str], question: str = "") -> Figure | None:
    """A figure that the claim gives as a change, and every source as an end of it, or the reverse.

    Args:
        claim: one statement, or a figure alone that answers ``question``.
        evidence: the sentences it cites.
        question: what was asked; "by how much" sets what a bare figure is.
    """
    asked = fold(question)
    for place, figure in enumerate(figures := with_ellipses(find_figures(claim))):
        mine = role_of(claim, figures, place)
        if mine is None and len(figures) == 1:
            mine = (
                "by" if _BY_HOW_MUCH.search(asked) else "to" if _TO_HOW_MUCH.search(asked) else None
            )
        if mine is None or not (CHANGE.search(fold(claim)) or CHANGE.search(asked)):
            continue
        theirs = [
            role_of(sentence, known, n) if CHANGE.search(fold(sentence)) else None
            for sentence in evidence
            for known in [with_ellipses(find_figures(sentence))]
            for n, other in enumerate(known)
            if compatible(other, figure) and supports(other, figure)
        ]
        if theirs and None not in theirs and mine not in theirs and "by" in {mine, *theirs}:
            return figure
    return None


def ends_stated(claim: str, figure: Figure, evidence: Sequence[str]) -> bool:
    """Whether "from 62 to 71" is what a sentence says as "71, against 62".

    Args:
        claim: one statement.
        figure: a figure of it.
        evidence: the sentences it cites.
    """
    if not figure.spanned or not CHANGE.search(fold(claim)) or DOWN.search(fold(claim)):
        return False
    return any(
        (old.readings[0][0], new.readings[0][0]) == reading
        for sentence in evidence
        for old, new in then_and_now(sentence)
        for reading in figure.readings
        if compatible(old, figure) and compatible(new, figure)
    )


def turned_round(claim: str, evidence: Sequence[str]) -> Figure | None:
    """What a claim gives as the end of a change that began with it: "fell from 71 to 62".

    "62, against 71" says the same.

    Args:
        claim: one statement.
        evidence: the sentences it cites; "71, against 62" rose.
    """
    figures = with_ellipses(find_figures(claim))
    ends = [(f, f.readings[0]) for f in figures if f.spanned]
    ends += [
        (new, (old.readings[0][0], new.readings[0][0]))
        for old, new in (*by_role(claim, figures), *then_and_now(claim))
    ]
    changes = [
        change
        for sentence in evidence
        for change in (
            *then_and_now(sentence),
            *from_to(sentence, with_ellipses(find_figures(sentence))),
        )
    ]
    for figure, (first, last) in ends:
        for old, new in changes:
            reverse = (new.readings[0][0], old.readings[0][0]) == (first, last)
            if reverse and compatible(new, figure):
                return figure
    return None


def calculated(claim: str, evidence: Sequence[str], question: str) -> Difference | None:
    """The figure of a claim that is the difference of two that one sentence states.

    Only where a difference or what is left is asked for, or told ("by £9m", "the rest"), and the
    sentence has no third figure of the kind; where it tells which of the two came first, a claim of
    a rise must not be of a fall.

    Args:
        claim: one statement, or a figure alone.
        evidence: the sentences it cites.
        question: what was asked.
    """
    figures = with_ellipses(find_figures(claim))
    places = [n for n, figure in enumerate(figures) if not stating(figure, evidence)]
    if len(places) != 1:
        return None
    figure, folded = figures[places[0]], fold(claim)
    if figure.bound not in {"", "exactly"} or figure.alternative:
        return None
    role = role_of(claim, figures, places[0])
    told = CHANGE.search(folded) is not None
    by = told and role == "by"
    if told and role not in {None, "by"}:
        # "It fell to 9" gives no difference.
        return None
    asked = operation_of(question) == "difference"
    left = _LEFT.search(fold(question)) is not None
    rest = any(SPEAKS_OF_REST.search(fold(sentence)) for sentence in evidence)
    if not (asked or left or rest or by):
        return None
    for sentence in evidence:
        like = [
            known
            for known in ends_apart(sentence, with_ellipses(find_figures(sentence)))
            if (known.unit == figure.unit and known.kind == figure.kind)
            or {known.kind, figure.kind} <= {"count", "plain"}
        ]
        if len(like) != 2 or any(known.bound or known.alternative for known in like):
            continue
        between = fold(sentence[like[0].end : like[1].start])
        # "240 of them, down from 410" is no part of a whole.
        part = _PART.search(between) is not None and not then_and_now(sentence, like)
        if not asked and not by and not (part and figure.unit != "%"):
            continue
        lower, higher = sorted(like, key=lambda known: known.readings[0][0])
        if higher.readings[0][0] - lower.readings[0][0] != figure.readings[0][0]:
            continue
        fell = any(old is higher for old, _ in then_and_now(sentence, like))
        rose = any(old is lower for old, _ in then_and_now(sentence, like))
        if told and (fell if not DOWN.search(folded) else rose):
            continue
        return Difference(figure, higher, lower)
    return None


def with_working(claim: str, evidence: Sequence[str], question: str, language: Language) -> str:
    """The claim with how a figure of it was calculated: "9 million pounds (71 − 62)"."""
    found = calculated(claim, evidence, question)
    if found is None:
        return claim
    operands = [Operand("", found.higher), Operand("", found.lower)]
    shown = working("difference", operands, language)
    start = found.figure.start
    before = [figure for figure in find_figures(claim) if figure.end <= start]
    if len(before) > 1 and claim[before[-1].end : start].strip() == "=":
        # "£71m − £62m = 9 million pounds": the model's own working gives way to ours.
        start = before[-2].start
    return claim[:start] + shown + claim[found.figure.end :]
