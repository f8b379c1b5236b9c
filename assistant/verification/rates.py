"""So much for what: "2 euros par trajet" is not what one gets a day."""

import re
from collections.abc import Sequence

from assistant.verification.figures import Figure, find_figures, supports
from assistant.verification.words import fold

_SPANS = {
    "jour": "day", "jours": "day", "journee": "day", "day": "day", "days": "day",
    "weekday": "day",
    "semaine": "week", "week": "week",
    "mois": "month", "month": "month",
    "an": "year", "annee": "year", "year": "year", "annum": "year", "yr": "year",
    "heure": "hour", "hour": "hour", "minute": "minute", "seconde": "second", "second": "second",
}  # fmt: skip
"""Stretches of time by one name each, in both languages."""

_UNITS = (
    "trajet|voyage|visite|seance|nuit|repas|billet|personne|passager|habitant|enfant|eleve|foyer|logement|menage"
    "|salarie|action|tonne|kilo|litre|metre|kilometre|hectare|tete|trip|journey|ride|visit|session|night|meal|ticket"
    "|person|passenger|resident|child|pupil|household|home|employee|worker|share|ton|litre|mile|head|megawatt-hour"
    "|megawattheure|kilowatt-hour|kilowattheure"
)
"""What else a figure is often given for; "par la région", "par rapport à" are something else."""

_TIMES = "|".join(_SPANS)
_WHOLE = r"\b(?P<whole>en tout(?! cas)|au total|all told|in all(?! [a-z]{3})|in total|altogether)\b"
_PER = re.compile(
    rf"\b(?:par|per|chaque|each|every) (?:[a-z-]+ ){{0,2}}?(?P<noun>{_TIMES}|{_UNITS})s?\b"
    r"|\b(?:an? |l')(?P<span>day|week|month|year|hour|an|annee|heure)\b"
    r"(?! (?:after|before|earlier|later|ago|dernier|derniere|passe|passee|prochain|prochaine)\b)"
    rf"|{_WHOLE}"
)
_ASKED = re.compile(
    rf"\b(?:par|per|chaque|each|every|(?:in|en|over|sur) (?:one|une?|an?)) (?P<span>{_TIMES})\b"
    rf"|{_WHOLE}"
)
_REACH = 60
"""Code points after a figure within which it is said for what it is."""


def other_rate(claim: str, evidence: Sequence[str], question: str) -> Figure | None:
    """A figure of the claim that its source gives for something else than is asked or said.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences it cites.
        question: what it answers; only stretches of time are read off it.
    """
    asked = {_SPANS.get(found["span"], "whole") for found in _ASKED.finditer(fold(question))}
    known = [(f, _rates(s, f)) for s in evidence for f in find_figures(s)]
    for figure in find_figures(claim):
        mine = _rates(claim, figure) or asked
        theirs = [rates for other, rates in known if supports(other, figure)]
        if mine and theirs and all(_differ(mine, rates) for rates in theirs):
            return figure
    return None


def _rates(text: str, figure: Figure) -> set[str]:
    """What a figure is given for: nouns, folded, names of stretches of time, or "whole" for all.

    Before it a stretch of time alone counts: "Chaque jour, 3 000 colis…".
    """
    folded = fold(text)
    after = folded[figure.end : figure.end + _REACH]
    after = re.split(r"[,;:.()]| (?:et|and|mais|but|dont) (?!par |per )", after)[0]
    found = [match["noun"] or match["span"] or "whole" for match in _PER.finditer(after)]
    before = (match["noun"] for match in _PER.finditer(folded[: figure.start]))
    found += [noun for noun in before if noun in _SPANS]
    return {_SPANS.get(word, word) for word in found}


def _differ(some: set[str], others: set[str]) -> bool:
    """Whether one is a stretch of time and the other not that: nouns may be synonyms."""
    timed = (some | others) & set(_SPANS.values())
    return bool(others and timed) and not some & others
