# ruff: noqa: E501  patterns of words read better unwrapped
"""What a sentence says of a change: by how much, from what, and to what."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from assistant.verification.figures import Figure, compatible, find_figures, with_ellipses
from assistant.verification.words import fold

Role = Literal["by", "from", "to"]

CHANGE = re.compile(
    r"\b(?:augment\w*|hauss\w*|mont(?:e|ent|er|era\w*|ait)|grimp\w*|progress\w*|pass(?:e|ent|er|era\w*|ait|ee?s?)|port(?:e|ent|er|era\w*|ait|ee?s?)|baiss\w*|diminu\w*|recul\w*|chut\w*"
    r"|redui\w*|tomb\w*|ris(?:e|es|en|ing)|rose|grew|grow\w*|increas\w*|climb\w*|went up|go(?:es|ing)? up|gone up|went down|go(?:es|ing)? down|gone down|fall\w*|fell|drop\w*|decreas\w*"
    r"|declin\w*|cut|reduc\w*|rais\w*|jump\w*|doubl\w*|bondi\w*|relev\w*|abaiss\w*|ramen\w*|soar\w*|surg\w*|plung\w*|slash\w*|shr[aiu]nk\w*"
    r"|creus(?:e|ent|er|ee?s?|ait)|gonfl\w*|flamb\w*|fond(?:u|ue|us|ues|re|ent|ait))\b"
)  # fmt: skip
"""Words of a change, up or down; ``DOWN``: those of a fall."""

_TO = frozenset({"to", "à", "au", "aux", "jusqu'à"})
_FROM = frozenset({"from", "de", "d'", "du"})
_AGAINST = re.compile(
    r"\W*\b(?:contre|against|(?:up |down )?from|compared (?:with|to)|au lieu de?|instead of|versus)"
    r"(?: (?:about|environ|pres de|plus de|more than|over|nearly))? ?[€$£]?$"
)
"""What stands between a figure of now and the one of before."""

_VOTES = re.compile(r"\b(?:voix|votes?|suffrages|bulletins|ballots)\b")
"""Of "14 voix contre 5" nothing was before and is now."""

_IN_YEAR = re.compile(r"(?:[ \w€£$'-]{0,20}?)\b(?:en|in) (?P<year>(?:19|20)\d\d)\b")
"""What tells the year of the figure before it."""

_GOES_ON = re.compile(r"\b(?:puis|then|avant de|before (?!the\b|a\b)\w+ing)\b")
"""After the figures of a change, what tells of the next one."""

DOWN = re.compile(
    r"\b(?:baiss\w*|diminu\w*|recul\w*|chut\w*|redui\w*|tomb\w*|went down|go(?:es|ing)? down|gone down|fall\w*|fell|drop\w*|decreas\w*|declin\w*|cut|reduc\w*|abaiss\w*|ramen\w*|plung\w*|slash\w*|shr[aiu]nk\w*"
    r"|fond(?:u|ue|us|ues|re|ent|ait))\b"
)

_BEFORE = re.compile(
    r"\b(?P<word>by|from|to|de|d'|du|à|aux?|jusqu'à)(?: (?:about|around|environ|près de|plus de|more than|over|nearly))? ?[€$£]?$"
)


def change_told(sentence: str) -> tuple[Figure, Figure] | None:
    """What something was and is, if a sentence tells of a single change: "from 3 to 5", "5, against 3".

    Returns:
        The exact figures of before and after, of one unit; ``None`` where there is none, or several.
    """
    known = _of_one_unit(with_ellipses(find_figures(sentence)))
    told = from_to(sentence, known)
    told += [
        (old, new)
        for old, new in then_and_now(sentence, known)
        if role_of(sentence, known, known.index(new)) != "by"
        and not _VOTES.search(fold(sentence[new.end : old.start]))
    ]
    told = told or _by_year(sentence, known)
    if len(told := list(dict.fromkeys(told))) != 1:
        return None
    later = max(told[0], key=lambda figure: figure.end)
    if _GOES_ON.search(fold(sentence[later.end :])):
        return None
    exact = all(f.bound in {"", "exactly"} and not f.alternative for f in told[0])
    return told[0] if exact and compatible(*told[0]) else None


def _by_year(sentence: str, known: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """The only two figures of a unit, by the years behind them: "187 in 2023, has come to 264 in 2024"."""
    dated = []
    for figure in known:
        year = _IN_YEAR.match(fold(sentence[figure.end :]))
        if year is not None:
            dated.append((int(year["year"]), figure))
    if len(dated) != 2 or dated[0][0] == dated[1][0]:
        return []
    (_, old), (_, new) = sorted(dated, key=lambda pair: pair[0])
    like = [figure for figure in known if compatible(figure, old) and figure.unit == old.unit]
    return [(old, new)] if len(like) == 2 and new in like else []


def asks_for_a_fall(question: str) -> bool:
    """Whether a question speaks of a fall: "by how much did it drop"."""
    return DOWN.search(fold(question)) is not None


def asks_for_a_rise(question: str) -> bool:
    """Whether a question speaks of a change that is no fall."""
    return CHANGE.search(fold(question)) is not None and not asks_for_a_fall(question)


def from_to(sentence: str, known: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """The figures of before and of now of each "from 3 to 5" by which a sentence tells a change."""
    if not CHANGE.search(fold(sentence)):
        return []
    return by_role(sentence, known) + [
        (old, new)
        for old, new in pairwise(ends_apart(sentence, known))
        if old not in known and new not in known and old.start == new.start
    ]


def by_role(text: str, known: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """The figures of before and of now that follow each other: "from 3 to 5", "to 5 from 3"."""
    pairs = []
    for place, (one, other) in enumerate(pairwise(known)):
        roles = role_of(text, known, place), role_of(text, known, place + 1)
        if set(roles) == {"from", "to"}:
            pairs.append((one, other) if roles[0] == "from" else (other, one))
    return pairs


def ends_apart(sentence: str, known: Sequence[Figure]) -> list[Figure]:
    """Figures, with "from 3 to 5" as two where it tells of a change; a range stays one."""
    changes = CHANGE.search(fold(sentence)) is not None
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


def then_and_now(
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


def role_of(text: str, figures: Sequence[Figure], place: int) -> Role | None:
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
