"""Shares that no sentence states and its figures bear out: "two thirds" of 68 %, or of 14 in 21.

A reader says "four in five" of 118 of 143, and "nearly a quarter" of 23 %: figures that are in no
source, and that one can work out.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from assistant.verification.figure_finder import Figure, bound_of, find_figures
from assistant.verification.figures import with_ellipses
from assistant.verification.units import is_measure
from assistant.verification.words import fold

SPEAKS_OF_REST = re.compile(
    r"\b(?:the rest|the others?|le reste|remaining|remainder|restante?s?|le solde|les autres)\b"
)
"""How a sentence speaks of what it gives no figure for."""

_OUT_OF = r"(?: [a-z'-]+){0,2} (?:sur|in|out of(?: every)?) $"
_BETWEEN = re.compile(rf"^{_OUT_OF}")
_ONE = re.compile(rf"\b(?:une?|one){_OUT_OF}")
_MOST_PARTS = 10
""""Four in five" is a share, "4 in 2019" is none."""

_EXACT, _ABOUT, _BEYOND = Decimal("0.02"), Decimal("0.1"), Decimal("0.15")
"""How far, as a part of what is told, the true share may lie from "half", from "about half", and on
the right side of "more than half": "well over two thirds" is no way to say 90 %."""


def is_rest(figure: Figure, evidence: Sequence[str]) -> bool:
    """Whether a share is what a sentence's shares leave: "55 %, 30 %, and the rest"."""
    return figure.unit == "%" and any(
        100 - sum(f.readings[0][0] for f in find_figures(sentence) if f.unit == "%")
        == figure.readings[0][0]
        for sentence in evidence
        if SPEAKS_OF_REST.search(fold(sentence))
    )


def is_borne_out(figure: Figure, claim: str, evidence: Sequence[str]) -> bool:
    """Whether a figure is (part of) a share that the figures of one sentence come to.

    They do as a percentage, as one figure of a kind out of a greater one, or, where no bound is
    given that most sums would keep ("at least half"), as the sum of two percentages.

    Args:
        figure: of the claim.
        claim: one statement, or a few words.
        evidence: the sentences it cites.
    """
    told = _share(figure, claim)
    if told is None:
        return False
    share, bound = told
    return any(
        _is_near(true, share, bound)
        for sentence in evidence
        for true in _shares_of(with_ellipses(find_figures(sentence)), bound in {"", "about"})
    )


def _share(figure: Figure, claim: str) -> tuple[Decimal, str] | None:
    """What a figure of a claim says in per cent, alone or with its neighbour; and its bound."""
    if figure.unit == "%" and not figure.alternative:
        return figure.readings[0][0], figure.bound
    figures, folded = find_figures(claim), fold(claim)
    for n, of in enumerate(figures):
        if is_measure(of.unit) or not 1 < of.readings[0][0] <= _MOST_PARTS:
            continue
        part = figures[n - 1] if n else None
        if part is not None and _BETWEEN.search(folded[part.end : of.start]):
            if figure.start in (part.start, of.start) and part.readings[0][0] < of.readings[0][0]:
                return 100 * part.readings[0][0] / of.readings[0][0], part.bound
        elif figure.start == of.start and (one := _ONE.search(folded, 0, of.start)):
            return 100 / of.readings[0][0], bound_of(folded, one.start(), of.end)
    return None


def _shares_of(known: Sequence[Figure], summed: bool) -> Iterator[Decimal]:
    """The shares in per cent that the figures of a sentence state or come to."""
    exact = [figure for figure in known if figure.kind != "ordinal" and not figure.alternative]
    percentages = [figure.readings[0][0] for figure in exact if figure.unit == "%"]
    yield from percentages
    for pair in combinations(percentages, 2) if summed else ():
        yield sum(pair, Decimal(0))
    for one, other in combinations((f for f in exact if f.unit != "%"), 2):
        like = one.unit == other.unit or "plain" in (one.kind, other.kind)
        part, whole = sorted((one.readings[0][0], other.readings[0][0]))
        if like and 0 < part < whole:
            yield 100 * part / whole


def _is_near(true: Decimal, told: Decimal, bound: str) -> bool:
    if bound in {"more", "at_least"}:
        return told < true <= told * (1 + _BEYOND)
    if bound in {"less", "at_most"}:
        return told * (1 - _BEYOND) <= true < told
    return abs(true - told) <= told * (_ABOUT if bound == "about" else _EXACT)
