# ruff: noqa: E501  patterns of words read better unwrapped
"""How far a figure rose and where it got to: "from 3 to 5" is no rise of 5."""

import re
from collections.abc import Sequence
from typing import Literal

from assistant.verification.figures import Figure, compatible, find_figures, supports, with_ellipses
from assistant.verification.words import fold

Role = Literal["by", "from", "to"]

_CHANGE = re.compile(
    r"\b(?:augment\w*|hauss\w*|mont(?:e|ent|er|ait)|grimp\w*|progress\w*|pass(?:e|ent|er|ait|ee?s?)|port(?:e|ent|er|ait|ee?s?)|baiss\w*|diminu\w*|recul\w*|chut\w*"
    r"|redui\w*|tomb\w*|ris(?:e|es|en|ing)|rose|grew|grow\w*|increas\w*|climb\w*|went up|go up|gone up|went down|go down|gone down|fall\w*|fell|drop\w*|decreas\w*"
    r"|declin\w*|cut|reduc\w*|rais\w*|jump\w*|doubl\w*)\b"
)  # fmt: skip
_BY_HOW_MUCH = re.compile(r"\b(?:by how (?:much|many)|de combien)\b")
_TO_HOW_MUCH = re.compile(r"\b(?:to how (?:much|many)|a combien)\b")
_TO = frozenset({"to", "à", "au", "aux", "jusqu'à"})
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
