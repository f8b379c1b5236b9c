# ruff: noqa: E501  patterns of words read better unwrapped
"""How far a figure rose and where it got to: "from 3 to 5" is no rise of 5, but one of 2."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from assistant.verification.arithmetic import Operand, operation_of, working
from assistant.verification.figures import (
    Figure,
    compatible,
    find_figures,
    stating,
    supports,
    with_ellipses,
)
from assistant.verification.words import Language, fold

Role = Literal["by", "from", "to"]


class Difference(NamedTuple):
    """A figure that a claim has calculated, and the two of its source that it lies between."""

    figure: Figure
    higher: Figure
    lower: Figure


_CHANGE = re.compile(
    r"\b(?:augment\w*|hauss\w*|mont(?:e|ent|er|era\w*|ait)|grimp\w*|progress\w*|pass(?:e|ent|er|era\w*|ait|ee?s?)|port(?:e|ent|er|era\w*|ait|ee?s?)|baiss\w*|diminu\w*|recul\w*|chut\w*"
    r"|redui\w*|tomb\w*|ris(?:e|es|en|ing)|rose|grew|grow\w*|increas\w*|climb\w*|went up|go(?:es|ing)? up|gone up|went down|go(?:es|ing)? down|gone down|fall\w*|fell|drop\w*|decreas\w*"
    r"|declin\w*|cut|reduc\w*|rais\w*|jump\w*|doubl\w*|bondi\w*|relev\w*|abaiss\w*|ramen\w*|soar\w*|surg\w*|plung\w*|slash\w*|shr[aiu]nk\w*)\b"
)  # fmt: skip
_BY_HOW_MUCH = re.compile(r"\b(?:by how (?:much|many)|de combien)\b")
_TO_HOW_MUCH = re.compile(r"\b(?:to how (?:much|many)|a combien)\b")
_TO = frozenset({"to", "à", "au", "aux", "jusqu'à"})
_FROM = frozenset({"from", "de", "d'", "du"})
_AGAINST = re.compile(
    r"\W*\b(?:contre|against|(?:up |down )?from|compared (?:with|to)|au lieu de?|instead of|versus)"
    r"(?: (?:about|environ|pres de|plus de|more than|over|nearly))? ?[€$£]?$"
)
"""What stands between a figure of now and the one of before."""

_LEFT = re.compile(
    r"\b(?:remain\w*|(?:is|are|be|was|were|still) left|keep|kept|short of|missing|rest(?:e|ent|era|eront|erait|eraient)|gard(?:e|ent|era|eront)"
    r"|conserv\w*|manqu\w*|pas encore|not yet)\b"
)
"""How what is left of a whole is asked for."""

_REST = re.compile(
    r"\b(?:the rest|the others?|le reste|remaining|remainder|restante?s?|le solde|les autres)\b"
)
"""How a sentence speaks of what it gives no figure for."""

_PART = re.compile(r"\b(?:sur|dont|des|parmi|of|out of)\b|^ d'")
"""What stands between a part and its whole."""

_DOWN = re.compile(
    r"\b(?:baiss\w*|diminu\w*|recul\w*|chut\w*|redui\w*|tomb\w*|went down|go(?:es|ing)? down|gone down|fall\w*|fell|drop\w*|decreas\w*|declin\w*|cut|reduc\w*|abaiss\w*|ramen\w*|plung\w*|slash\w*|shr[aiu]nk\w*)\b"
)
_BEFORE = re.compile(
    r"\b(?P<word>by|from|to|de|d'|du|à|aux?|jusqu'à)(?: (?:about|around|environ|près de|plus de|more than|over|nearly))? ?[€$£]?$"
)


def misread(claim: str, evidence: Sequence[str], question: str = "") -> Figure | None:
    """A figure that the claim gives as a change, and every source as an end of it, or the reverse.

    Args:
        claim: one statement, or a figure alone that answers ``question``.
        evidence: the sentences it cites.
        question: what was asked; "by how much" sets what a bare figure is.
    """
    asked = fold(question)
    for place, figure in enumerate(figures := with_ellipses(find_figures(claim))):
        mine = _role(claim, figures, place)
        if mine is None and len(figures) == 1:
            mine = (
                "by" if _BY_HOW_MUCH.search(asked) else "to" if _TO_HOW_MUCH.search(asked) else None
            )
        if mine is None or not (_CHANGE.search(fold(claim)) or _CHANGE.search(asked)):
            continue
        theirs = [
            _role(sentence, known, n) if _CHANGE.search(fold(sentence)) else None
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
    if not figure.spanned or not _CHANGE.search(fold(claim)) or _DOWN.search(fold(claim)):
        return False
    return any(
        (old.readings[0][0], new.readings[0][0]) == reading
        for sentence in evidence
        for old, new in _then_and_now(sentence)
        for reading in figure.readings
        if compatible(old, figure) and compatible(new, figure)
    )


def is_rest(figure: Figure, evidence: Sequence[str]) -> bool:
    """Whether a share is what a sentence's shares leave of the whole: "55 %, 30 %, and the rest"."""
    return figure.unit == "%" and any(
        100 - sum(f.readings[0][0] for f in find_figures(sentence) if f.unit == "%")
        == figure.readings[0][0]
        for sentence in evidence
        if _REST.search(fold(sentence))
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
        for old, new in (*_by_role(claim, figures), *_then_and_now(claim))
    ]
    changes = [
        change
        for sentence in evidence
        for change in (
            *_then_and_now(sentence),
            *_from_to(sentence, with_ellipses(find_figures(sentence))),
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
    role = _role(claim, figures, places[0])
    told = _CHANGE.search(folded) is not None
    by = told and role == "by"
    if told and role not in {None, "by"}:
        # "It fell to 9" gives no difference.
        return None
    asked = operation_of(question) == "difference"
    left = _LEFT.search(fold(question)) is not None
    rest = any(_REST.search(fold(sentence)) for sentence in evidence)
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
        part = _PART.search(between) is not None and not _then_and_now(sentence, like)
        if not asked and not by and not (part and figure.unit != "%"):
            continue
        lower, higher = sorted(like, key=lambda known: known.readings[0][0])
        if higher.readings[0][0] - lower.readings[0][0] != figure.readings[0][0]:
            continue
        fell = any(old is higher for old, _ in _then_and_now(sentence, like))
        rose = any(old is lower for old, _ in _then_and_now(sentence, like))
        if told and (fell if not _DOWN.search(folded) else rose):
            continue
        return Difference(figure, higher, lower)
    return None


def change_told(sentence: str) -> tuple[Figure, Figure] | None:
    """What something was and is, if a sentence tells of a single change: "from 3 to 5", "5, against 3".

    Returns:
        The exact figures of before and after, of one unit; ``None`` where there is none, or several.
    """
    known = _of_one_unit(with_ellipses(find_figures(sentence)))
    told = _from_to(sentence, known)
    told += [
        (old, new)
        for old, new in _then_and_now(sentence, known)
        if _role(sentence, known, known.index(new)) != "by"
    ]
    if len(told := list(dict.fromkeys(told))) != 1:
        return None
    exact = all(f.bound in {"", "exactly"} and not f.alternative for f in told[0])
    return told[0] if exact and compatible(*told[0]) else None


def _from_to(sentence: str, known: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """The figures of before and of now of each "from 3 to 5" by which a sentence tells a change."""
    if not _CHANGE.search(fold(sentence)):
        return []
    return _by_role(sentence, known) + [
        (old, new)
        for old, new in pairwise(ends_apart(sentence, known))
        if old not in known and new not in known and old.start == new.start
    ]


def _by_role(text: str, known: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """The figures of before and of now that follow each other: "from 3 to 5", "to 5 from 3"."""
    pairs = []
    for place, (one, other) in enumerate(pairwise(known)):
        roles = _role(text, known, place), _role(text, known, place + 1)
        if set(roles) == {"from", "to"}:
            pairs.append((one, other) if roles[0] == "from" else (other, one))
    return pairs


def asks_for_a_fall(question: str) -> bool:
    """Whether a question speaks of a fall: "by how much did it drop"."""
    return _DOWN.search(fold(question)) is not None


def asks_for_a_rise(question: str) -> bool:
    """Whether a question speaks of a change that is no fall."""
    return _CHANGE.search(fold(question)) is not None and not asks_for_a_fall(question)


def ends_apart(sentence: str, known: Sequence[Figure]) -> list[Figure]:
    """Figures, with "from 3 to 5" as two where it tells of a change; a range stays one."""
    changes = _CHANGE.search(fold(sentence)) is not None
    lower = sentence.lower().replace("’", "'")
    apart: list[Figure] = []
    for figure in known:
        before = _BEFORE.search(lower[: figure.start])
        if changes and figure.spanned and before is not None and before["word"] in _FROM:
            apart += [_end(figure, value) for value in figure.readings[0]]
        else:
            apart.append(figure)
    return apart


def _end(figure: Figure, value: Decimal) -> Figure:
    """One end of "1,800 to 4,500 hectolitres"."""
    return replace(figure, readings=((value, value),), alternative=False, spanned=False)


def _of_one_unit(known: Sequence[Figure]) -> list[Figure]:
    """With the unit of the one before: "27 millions d'euros, contre 24 millions annoncés"."""
    found: list[Figure] = []
    for figure in known:
        before = found[-1] if found else figure
        counted = figure.kind == "count" and figure.scale > 1 and figure.scale == before.scale
        if counted and before.kind == "money":
            figure = replace(figure, kind="money", unit=before.unit)
        found.append(figure)
    return found


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


def _then_and_now(
    sentence: str, known: Sequence[Figure] | None = None
) -> list[tuple[Figure, Figure]]:
    """The figures of before and of now that a sentence sets against each other."""
    folded = fold(sentence)
    found = with_ellipses(find_figures(sentence)) if known is None else known
    return [
        (old, new)
        for new, old in pairwise(found)
        if compatible(old, new) and _AGAINST.search(folded[new.end : old.start])
    ]


def _role(text: str, figures: Sequence[Figure], place: int) -> Role | None:
    """What a figure is to the change that its sentence tells of; ``None`` where that is unsure."""
    figure = figures[place]
    # With its accents: "a 15% cut" is no "à 15 %".
    lower = text.lower().replace("’", "'")
    if figure.spanned:
        return "to"
    before = _BEFORE.search(lower[: figure.start])
    if before is None:
        return None
    if _AGAINST.search(fold(text[: figure.start])):
        # "À 7 au lieu de 18": no change of 18.
        return "from"
    word = before["word"]
    if word in _TO:
        return "to"
    if word == "from":
        return "from"
    if word == "by" or place + 1 == len(figures):
        return "by"
    between = lower[figure.end : figures[place + 1].start]
    end = _BEFORE.search(between)
    # "De 3 à 5 millions"; "de 5 millions, à 20" tells both how far and where to.
    return "from" if end is not None and end["word"] in _TO and "," not in between else "by"
