# ruff: noqa: E501  patterns of words read better unwrapped
"""How many do, and how many do not or are left: the one is no answer to the other.

"How many of the staff will not move?" is not answered by "110 staff will move", however near that
is in words. Only a figure is an answer whose own sentence denies, too, or speaks of a rest. Nor is
"How many held?" answered by a bare 17 where 17 "n'ont pas tenu": that has to be said with it.
"""

import re
from collections.abc import Sequence

from assistant.verification.figures import Figure, find_figures, supports
from assistant.verification.words import fold

_HOW_MUCH = re.compile(
    r"\b(?:combien|cb|how (?:many|much)|(?:quelle|what) (?:somme|part|sum|share|amount))\b"
)
_DENIES = re.compile(
    r"(?<!n'est-ce )(?<!\bde )\bpas\b(?! (?:mal|cher))|\b(?:jamais|aucune?s?|ni|sans|non)\b"
    r"|\b(?:not|never|neither|nor|none|without|no)\b|n't\b|\b(?:are|is|was|were|have|has|had|does|did|will|would|could|can|should)nt\b"
)
"""A denial; who types in haste leaves out "ne"."""

_LEFT = re.compile(
    r"\b(?:reste\w*|manqu(?:e|ent|ait|aient|erai\w*|era|eront))\b|\battend\w* encore\b"
    r"|\bstill (?:waiting|missing|outstanding|ow(?:es?|ed|ing)|due|need\w*|to (?:come|go|be|find|raise|build))\b"
    r"|\b(?:is|are|be|was|were) (?:still )?(?:left|missing|outstanding)\b|\bremain(?:s|ed|ing)?\b"
)
"""What is left, where that is asked for."""

_DOES_NOT = re.compile(
    r"[^,.;:()]{0,50}?(?:\bne |\bn')[^,.;:()]{1,25}?\b(?:pas|plus|jamais|guere)\b"
    r"|[^,.;:()]{0,50}?(?:\b(?:did|do|does|have|has|had|were|was|are|is|could|would|will) not\b|n't\b|\b(?:never|failed to)\b)"
)
"""After a figure, that so many do not."""

_OUT_OF = re.compile(r"\b(?:of|out of|des|sur|parmi|among)(?: (?:the|its|their|les|ses|leurs))? ?$")
"""Before a figure, that it is the whole: "12 of the 30 did not vote"."""

_TIME = re.compile(
    r"\b(?:temps|jours?|semaines?|mois|ans|annees|time|long|days?|weeks?|months?|years?)\b"
)
"""What is left of it is told without a word of a rest: "in ten days"."""

_REST = re.compile(
    r"\b(?:rest(?!au|or|ri|ru|ra)\w*|solde|autres?|hors|hormis|sauf|sans|moins|manqu\w+|encore|left|remain\w*|others?|balance|excluding|except|without|short|still|yet|further|less"
    r"|abst\w*|absent\w*|refus\w*|priv(?:e|ee|es|ees)|stands? at|depourvu\w*|rejet\w*|contre|against|reject\w*|declin\w*|lack\w*|missing|un\w+(?:ed|paid|sold|built))\b"
)
"""A rest, or what denies by itself: those who "abstained" did not vote."""


def asks_for_a_remainder(question: str) -> bool:
    """Whether a question asks how many do not, how many without some, or how many are left."""
    folded = fold(question)
    left = _LEFT.search(folded) is not None and _TIME.search(folded) is None
    return _HOW_MUCH.search(folded) is not None and (_DENIES.search(folded) is not None or left)


def instead_of_remainder(claim: str, evidence: Sequence[str], question: str) -> Figure | None:
    """A claim's figure that its source states of those of whom the question does not ask.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences that it cites.
        question: that it answers.
    """
    if not asks_for_a_remainder(question):
        return None
    for figure in find_figures(claim):
        stating = [s for s in evidence if any(supports(f, figure) for f in find_figures(s))]
        if stating and not any(_denies_too(sentence) for sentence in stating):
            return figure
    return None


def of_those_who_do_not(claim: str, evidence: Sequence[str], question: str) -> Figure | None:
    """A claim's figure that its source states of those who do not, where the claim does not say so.

    Whether that is what is asked ("How many failed?") no word tells: said as a whole it is true.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences that it cites.
        question: that it answers.
    """
    denied = _DENIES.search(fold(claim)) is not None or _REST.search(fold(claim)) is not None
    if denied or _HOW_MUCH.search(fold(question)) is None or asks_for_a_remainder(question):
        return None
    for figure in find_figures(claim):
        stated = [
            _DOES_NOT.match(fold(sentence[found.end :])) is not None
            and _OUT_OF.search(fold(sentence[: found.start])) is None
            for sentence in evidence
            for found in find_figures(sentence)
            if supports(found, figure)
        ]
        if stated and all(stated):
            return figure
    return None


def _denies_too(sentence: str) -> bool:
    folded = fold(sentence)
    return _DENIES.search(folded) is not None or _REST.search(folded) is not None
