"""Which figures of a claim a source does not hold: value, unit, scale and direction."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.verification.dates import find_dates
from assistant.verification.figure_finder import Figure, find_figures
from assistant.verification.units import is_currency, is_measure
from assistant.verification.words import fold, tokens

__all__ = [
    "Figure",
    "compatible",
    "find_figures",
    "stating",
    "supports",
    "unsupported_figures",
    "with_ellipses",
    "without_its_limit",
]

_OPPOSITE = {
    "more": {"less", "at_most"},
    "less": {"more", "at_least"},
    "at_least": {"less", "at_most"},
    "at_most": {"more", "at_least"},
    "exactly": {"about", "more", "less", "at_least", "at_most"},
}
_LIMITS = frozenset({"at_least", "at_most"})
"""What no figure alone says; "more than 60" is a way of rounding, and may be left out."""
_LINK = 6
"""Code points between what is counted and the next figure of it: " to "."""
_ONLY_ONE = re.compile(r"\b(?:un seul|une seule|only one|a single|just one|exactly one)\b")
_BARE_ONE = re.compile(r"^\W*(?:une?|one)(?: [\w-]+)?\W*$")
_PAIRS = {"both", "couple", "pair", "paire", "duo", "double", "deux", "twice"}


def unsupported_figures(claim: str, evidence: Sequence[str], question: str = "") -> list[Figure]:
    """The claim's figures that no sentence of the evidence holds with equal value and unit.

    A figure that only the question holds is not supported; it is marked ``from_question``.
    An approximation may be dropped or kept, not turned round; "one or two" does not support
    "two". Years and days of dates are not looked at here.
    """
    known = [figure for sentence in evidence for figure in with_ellipses(find_figures(sentence))]
    years = {
        year
        for sentence in evidence
        for date in find_dates(sentence)
        if (year := date.year or date.decade)
    }
    asked = find_figures(question) if question else []
    pairs = bool(_PAIRS & {word for sentence in evidence for word in tokens(sentence)})
    unsupported = []
    stated = find_figures(claim)
    # "285 millions contre 352": the second one may well be of millions, too.
    for figure, whole in zip(stated, with_ellipses(stated), strict=True):
        if any(supports(other, way) for other in known for way in (figure, whole)):
            continue
        if _from_years(figure, years):
            continue
        if (
            pairs
            and figure.readings[0] == (Decimal(2), Decimal(2))
            and figure.kind != "ordinal"
            and not any(other.alternative and other.readings[0][1] == 2 for other in known)
        ):
            continue
        repeats = any(supports(other, figure) for other in asked)
        unsupported.append(replace(figure, from_question=repeats))
    if (one := _one_of_alternative(claim, known)) is not None:
        unsupported.append(one)
    return unsupported


def with_ellipses(figures: Sequence[Figure]) -> list[Figure]:
    """Add what a sentence says once: "14,2 milliards d'euros …, 3,2 pour l'État"."""
    found: list[Figure] = []
    model: Figure | None = None
    last: Figure | None = None
    for figure in figures:
        bare = not figure.unit and figure.kind == "plain" and not _goes_on(last, figure)
        last = figure
        if bare and model is not None and figure.scale == 1:
            readings = tuple(
                (low * model.scale, high * model.scale) for low, high in figure.readings
            )
            found.append(replace(figure, readings=readings + figure.readings, kind=model.kind,
                                 unit=model.unit, scale=model.scale))  # fmt: skip
        elif bare and model is not None and model.kind == "money":
            found.append(replace(figure, kind="money", unit=model.unit))
        else:
            found.append(figure)
            if figure.kind in {"money", "percent"} or (
                figure.scale > 1 and figure.kind != "several"
            ):
                model = figure
    return found


def _goes_on(counted: Figure | None, bare: Figure) -> bool:
    """Whether a bare figure is of what is counted right before it: "from 18 mechanics to seven"."""
    if counted is None or counted.kind != "count" or not counted.unit:
        return False
    return bare.start - counted.end - len(counted.unit) <= _LINK


def compatible(one: Figure, other: Figure) -> bool:
    """Whether two figures can be of the same thing, as far as units tell for certain.

    Nouns counted are not compared: they may be synonyms or translations. A noun against a
    currency or a measure is a clash, an ordinal against anything else too.
    """
    if "ordinal" in (one.kind, other.kind):
        ranks = one.kind == other.kind
        return ranks and ("century" in (one.unit, other.unit)) <= (one.unit == other.unit)
    if ("several" in (one.kind, other.kind)) and one.kind != other.kind:
        return False
    if not one.unit or not other.unit or one.unit == other.unit:
        return True
    exact = [is_currency(figure.unit) or is_measure(figure.unit) for figure in (one, other)]
    if all(exact):
        return False
    if not any(exact):
        return True
    noun = one.unit if exact[1] else other.unit
    return not noun.endswith(("s", "x", "people", "men"))


def stating(figure: Figure, evidence: Sequence[str]) -> list[tuple[str, Figure]]:
    """The sentences that state a claim's figure, each with its own of the kind and value."""
    return [
        (sentence, known)
        for sentence in evidence
        for known in with_ellipses(find_figures(sentence))
        if compatible(known, figure) and supports(known, figure)
    ]


def without_its_limit(claim: str, evidence: Sequence[str]) -> Figure | None:
    """A figure of the claim that every source gives as a limit: "thirty" of "at least thirty".

    Not where it is taken up ("the thirty").
    """
    for figure in with_ellipses(find_figures(claim)):
        if figure.bound or figure.alternative or figure.definite or figure.kind == "ordinal":
            continue
        stated = stating(figure, evidence)
        if stated and all(known.bound in _LIMITS for _, known in stated):
            return figure
    return None


def supports(source: Figure, claimed: Figure) -> bool:
    """Whether one figure of the source says what the claim's figure says."""
    if not compatible(source, claimed) or source.bound in _OPPOSITE.get(claimed.bound, ()):
        return False
    for low, high in claimed.readings:
        for source_low, source_high in source.readings:
            if (low, high) == (source_low, source_high):
                strict = claimed.bound in {"more", "less"}
                same = strict and source.bound in {claimed.bound, f"at_{claimed.bound}"}
                return not strict or same or source.bound == "about"
            if source.alternative and not claimed.alternative:
                if claimed.bound in {"at_least", "more"} and low == source_low:
                    return True
                if claimed.bound in {"at_most", "less"} and high == source_high:
                    return True
                if source.spanned and low in (source_low, source_high):
                    return True
            if _rounded(source, claimed, low, source_low):
                return True
    return False


def _rounded(source: Figure, claimed: Figure, low: Decimal, stated: Decimal) -> bool:
    """Whether "about 60" or "more than 60" is a fair way to say the source's 59.8 or 62."""
    if source.alternative or claimed.alternative or source.unit != claimed.unit or not low:
        return False
    if claimed.bound == "about":
        return abs(stated - low) <= abs(low) / 20
    if claimed.bound in {"more", "at_least"}:
        return low < stated <= low * Decimal("1.25") and source.bound not in {"less", "at_most"}
    if claimed.bound in {"less", "at_most"}:
        return low * Decimal("0.8") <= stated < low and source.bound not in {"more", "at_least"}
    return False


def _from_years(figure: Figure, years: set[int]) -> bool:
    """Whether a century is that of a year, or "the 2021 pact" of a year that the source gives.

    "2,021 people" are none.
    """
    value = figure.readings[0][0]
    if figure.unit == "century":
        return any((year - 1) // 100 + 1 == value or year // 100 + 1 == value for year in years)
    counts = figure.kind == "count" and figure.unit.endswith(("s", "x", "people", "men"))
    return figure.kind in {"plain", "count"} and not counts and value in years


def _one_of_alternative(claim: str, known: Sequence[Figure]) -> Figure | None:
    """The claim's "one" or "only one" where the source says "one or two"."""
    folded = fold(claim).strip()
    for figure in known:
        if not (figure.alternative and figure.readings[0][0] == 1) or figure.spanned:
            continue
        match = _ONLY_ONE.search(folded) or _BARE_ONE.match(folded)
        if match:
            return Figure(match[0], match.start(), match.end(), ((Decimal(1), Decimal(1)),))
    return None
