# ruff: noqa: E501  tables of patterns and words read better unwrapped
"""Figures in French and English texts: value, unit and scale, and which a source does not hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.verification.dates import find_dates
from assistant.verification.number_words import (
    COLLECTIVES,
    FRACTIONS,
    ORDINALS,
    ROMAN,
    SEVERAL,
    roman_value,
    spelled_numbers,
)
from assistant.verification.units import currency_before, is_currency, unit_after
from assistant.verification.words import FUNCTION_WORDS, fold

Kind = Literal["money", "percent", "measure", "ordinal", "count", "several", "plain"]
Bound = Literal["", "about", "more", "less", "at_least", "at_most", "exactly"]

_DIGITS = re.compile(r"\d{1,3}(?:([ .,'])\d{3}(?:\1\d{3})*(?!\d))(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_SCALE = re.compile(
    r" ?(?:(?P<n3>mille|thousand|k)|(?P<n6>millions?|mios?|m(?=€|\$|£| ?eur| ?d?€)|mn|mln)"
    r"|(?P<n9>milliards?|mds?|mrds?|billions?|bn|b(?=€|\$|£))|(?P<n12>trillions?))"
    r"(?![a-z]|/)"
)
_ENGLISH_M = re.compile(r" ?m\b(?! ?[23²³])")
_LINK = re.compile(r" (?:d'|de |of |d ')| ?-?")
_ORDINAL_DIGITS = re.compile(r"(?:er|ere|re|e|eme|ieme|nd|nde|st|rd|th)s?(?![a-z])")
_HALF_MORE = re.compile(r"(?: [a-z]+)? (?:et demie?|and a half)\b")
_COUNTED = re.compile(r"(?: |-)(?:d'|de |of )?(?P<noun>[a-z][a-z-]+)")
_CENTURY = re.compile(r"(?: ?e(?:me)?)?s? (?:siecles?|century|centuries)\b")
_ROMAN_WORD = re.compile(r"(?<![\w'])([IVXLC]+)(er|e|ème|ᵉ)?(?![\w'])")
_JOIN = re.compile(
    r" ?(?:(?P<or>ou|or|/)|(?P<to>a|to|et|and|-)) ?(?:d'|de )?$|^-$"
    # "une pièce du puzzle, peut-être deux"
    r"|(?: [a-z][a-z' ]{0,40})?,? (?:peut-etre|voire(?: meme)?|ou meme|perhaps|maybe|possibly|or even|if not) $"
)
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("at_least", r"au moins|at least|minimum|no fewer than|no less than|pas moins de|pas moins d'"),
    ("at_most", r"au plus|at most|jusqu'?a|up to|maximum|no more than|pas plus de|pas plus d'|as (?:many|much) as"),
    ("more", r"plus d'|plus de|more than|(?:long|high|larg|great|old|bigg|tall|heavi|wid)er than|over|superieure?s? a|depass\w+|exced\w+|above|exceed\w+|au-dela de|au-dessus de"),
    ("less", r"moins de|moins d'|less than|(?:short|small|low|young|light)er than|under|fewer than|inferieure?s? a|below|au-dessous de"),
    ("about", r"environ|about|around|approximately|quelques?|some|roughly|autour de|pres de|pres d'"
     r"|nearly|almost|presque|close to|a peu pres|vers|an estimated"),
    ("exactly", r"exactement|precisement|exactly|precisely"),
)  # fmt: skip
_SINGULAR = re.compile(r"\b(?:un|le|du|au|ce|son|leur|aucun|chaque|d'un|grand|petit|vieux|haut) $")
_SINGULAR_NOUN = re.compile(r"\b(?:un|le|du|au|ce|son|leur|aucun|chaque|d'un) [a-z-]+ $")
_BOUND = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>\\b(?:{words}))" for name, words in _BOUNDS)
    + r") ?(?:les |la |the |des )?$"
)


_LASTS = frozenset({"year", "month", "week", "day", "decades", "seasons", "summers", "winters"})
_SPREAD = re.compile(
    r"(?:\d\w*|\d (?!(?:for|ran|took|was|were|has|\w+ed)\b)[a-z-]+|millions?|billions?|euros?|pounds?"
    r"|dollars?|paid|spread|worth) over $"
)

_OR_MORE = re.compile(
    r"(?: [a-z-]+)? (?:ou (?:bien )?plus|or more|and over|au moins|at least|au minimum)\b"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a text gives it.

    Attributes:
        text: as written; ``text == source[start:end]``.
        start, end: code points in the text that was read.
        readings: what it may mean as (low, high); more than one where "1,234" is open between
            the French and the English convention.
        kind: what sort of thing it counts or measures.
        unit: a currency ("EUR"), a measure ("km"), the folded noun counted, or "".
        bound: how the text qualifies it ("plus de" is "more").
        alternative: a range or "one or two", not one value.
        definite: "the two", "les deux": it takes up a number rather than states one.
        spanned: "from 3 to 5", which may be a change as well as a range: its ends stand alone too.
        from_question: set by ``unsupported_figures`` when only the question holds it.
    """

    text: str
    start: int
    end: int
    readings: tuple[tuple[Decimal, Decimal], ...]
    kind: Kind = "plain"
    unit: str = ""
    bound: Bound = ""
    alternative: bool = False
    definite: bool = False
    spanned: bool = False
    scale: int = 1
    from_question: bool = False


def find_figures(text: str) -> list[Figure]:
    """Every figure in a text but dates, in order: digits, words, ranges, Roman centuries.

    "un", "une", "a", "an" and "one" are figures only with a scale or in an alternative.
    """
    folded = fold(text)
    taken = bytearray(len(text))
    for date in find_dates(text):
        if date.sure or date.day or date.month:
            taken[date.start : date.end] = b"\1" * (date.end - date.start)
    found = sorted(_raw(text, folded, taken), key=lambda figure: figure.start)
    return [figure for figure in _ranges(text, folded, found) if not _is_article(figure)]


def _is_september(text: str, start: int, end: int) -> bool:
    """Whether "sept" is short for the month: "12 Sept.", not "Sept appareils attendent"."""
    seven = text[start].islower() or (
        re.search(r"(?:^|[.!?:«“\"])\s*$", text[:start]) and re.match(r" [a-zà-ÿ]{3}", text[end:])
    )
    return not seven or text[end : end + 1] == "."


def _is_french_noun(folded: str, start: int, end: int) -> bool:
    """Whether it is "four" (an oven) or "neuf" (new) after a French singular, and no number."""
    noun = {"four": _SINGULAR, "neuf": _SINGULAR_NOUN}.get(folded[start:end])
    return noun is not None and noun.search(folded, 0, start) is not None


def _is_article(figure: Figure) -> bool:
    return figure.text.lower() in {"un", "une", "one"}


def _raw(text: str, folded: str, taken: bytearray) -> Iterator[Figure]:
    def claim(start: int, end: int) -> bool:
        if any(taken[start:end]):
            return False
        taken[start:end] = b"\1" * (end - start)
        return True

    for pattern, (over, under) in FRACTIONS.items():
        for match in re.finditer(pattern, folded):
            if claim(*match.span()):
                share = Decimal(over * 100) / under
                yield Figure(text[slice(*match.span())], *match.span(), ((share, share),), "percent",
                             "%", bound_of(folded, match.start(), match.end()))  # fmt: skip
    for match in _ROMAN_WORD.finditer(text):
        roman = ROMAN.fullmatch(match[1])
        century = _CENTURY.match(folded, match.end())
        name_before = re.search(r"[^\W\d_]*[A-ZÀ-Ý][^\W\d_]* $", text[: match.start()])
        if roman and (century or len(match[1]) > 1 or (name_before and match[1] in "IVX")):
            value = Decimal(roman_value(match[1]))
            if claim(*match.span()):
                yield Figure(match[0], *match.span(), ((value, value),), "ordinal",
                             "century" if century else "")  # fmt: skip
    for match in re.finditer(r"[a-z]+(?:-et-[a-z]+|-[a-z]+| et unieme)?", folded):
        for word in (match[0], match[0].split("-")[0]):
            if word in ORDINALS and not _is_time_unit(folded, match.start(), word):
                end = match.start() + len(word)
                if claim(match.start(), end):
                    value = Decimal(ORDINALS[word])
                    unit = "century" if _CENTURY.match(folded, end) else ""
                    yield Figure(text[match.start() : end], match.start(), end, ((value, value),),
                                 "ordinal", unit)  # fmt: skip
                break
        several = SEVERAL.get(match[0])
        collective = COLLECTIVES.get(match[0])
        if (several or collective) and claim(*match.span()):
            yield _measured(text, folded, match.start(), match.end(),
                            (Decimal(several or collective or 0),), bool(several))  # fmt: skip
    for match in _DIGITS.finditer(folded):
        start, end = match.span()
        if start and (folded[start - 1].isalnum() or re.search(r"[a-z]-$", folded[:start])):
            continue
        ordinal = _ORDINAL_DIGITS.match(folded, end)
        readings = _readings(match[0])
        if ordinal and match[0].isdigit():
            if claim(start, ordinal.end()):
                unit = "century" if _CENTURY.match(folded, ordinal.end()) else ""
                yield Figure(text[start : ordinal.end()], start, ordinal.end(),
                             ((readings[0], readings[0]),), "ordinal", unit)  # fmt: skip
        elif not any(taken[start:end]):
            figure = _measured(text, folded, start, end, readings)
            if figure.end > end or end == len(folded) or not folded[end].isalpha():
                claim(figure.start, figure.end)
                yield figure
    for number in spelled_numbers(folded):
        start, end = number.start, number.end
        if any(taken[start:end]) or (end < len(folded) and folded[end].isdigit()):
            continue
        if folded[start:end] == "sept" and _is_september(text, start, end):
            continue
        if _is_french_noun(folded, start, end):
            continue
        figure = _measured(text, folded, start, end, (number.value,))
        # Whole: the "cent" of "huit pour cent" is no hundred.
        claim(*((start, end) if number.article else (figure.start, figure.end)))
        yield (
            replace(figure, text=text[start:end], start=start, end=end)
            if number.article
            else figure
        )
    for match in re.finditer(r"\bmillions\b|\bmilliards\b|\bbillions\b", folded):
        if claim(*match.span()):
            value = Decimal(10**6 if match[0] == "millions" else 10**9)
            yield _measured(text, folded, match.start(), match.end(), (value,), True)


_RANKED = re.compile(
    r" (?!(?:later|earlier|ago|of|or|and|to|at|in|on|for|faster|slower|after|before|plus|de|d|du|ou|et|apres|avant)\b)[a-z]"
)  # fmt: skip
"""What "a second" ranks follows it: "a second workshop", but "a second later"."""


def _is_time_unit(folded: str, start: int, word: str) -> bool:
    """Whether "second" measures time here rather than ranks."""
    if not word.startswith("second"):
        return False
    if re.search(r"\b(?:une|a) $", folded[:start]):
        return not _RANKED.match(folded, start + len(word))
    return bool(
        re.search(r"(?:\d|par|per|dix|deux|trois|ten|each|every) $", folded[:start])
        if word != "second"
        else re.search(r"\b(?:per|each|\d+) $", folded[:start])
    )


def _readings(digits: str) -> tuple[Decimal, ...]:
    """What digits may mean: one value, or two for "1,234" and "1.234"."""
    plain = re.sub(r"[ '](?=\d{3})", "", digits)
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", plain):
        return Decimal(re.sub("[.,]", "", plain)), Decimal(plain.replace(",", "."))
    last = max(plain.rfind("."), plain.rfind(","))
    if last >= 0 and plain.count(plain[last]) > 1:
        return (Decimal(re.sub("[.,]", "", plain)),)
    if last >= 0:
        whole = re.sub("[.,]", "", plain[:last])
        return (Decimal(f"{whole}.{plain[last + 1 :]}"),)
    return (Decimal(plain),)


def _measured(
    text: str, folded: str, start: int, end: int, values: Sequence[Decimal], several: bool = False
) -> Figure:
    """Read scale, unit and bound around a number that lies at ``start`` to ``end``."""
    scale = 1
    before = currency_before(folded, start)
    power = _SCALE.match(folded, end)
    if power and power.lastgroup:
        scale, end = 10 ** int(power.lastgroup[1:]), power.end()
    elif before and (short := _ENGLISH_M.match(folded, end)):
        scale, end = 10**6, short.end()
    half = _HALF_MORE.match(folded, end)
    extra = Decimal("0.5") if half else Decimal(0)
    kind: Kind = "plain"
    unit, number_end = "", end
    if before:
        kind, (unit, start) = "money", before
    else:
        link = _LINK.match(folded, end)
        for place in {end, link.end() if link else end}:
            named = unit_after(folded, place)
            if named and not (place == end and folded[end - 1].isalpha() and scale == 1):
                unit, end = named
                kind = "money" if is_currency(unit) else "percent" if unit == "%" else "measure"
    if not unit and (counted := _COUNTED.match(folded, number_end)):
        noun = counted["noun"]
        of = "d" in counted[0][: counted.start("noun") - counted.start()] or scale == 1 or several
        if noun not in FUNCTION_WORDS and (of or noun.endswith(("s", "x", "people"))):
            kind, unit = "count", noun
    readings = tuple(((value + extra) * scale,) * 2 for value in values)
    head = folded[max(0, start - 6) : start]
    definite = bool(re.search(r"\b(?:les|ces|the|these|ses|leurs|their|its) $", head))
    # "£6m", "340 jobs over five years" is "sur cinq ans"; "lasted over five years" is longer.
    lasting = unit in _LASTS and _SPREAD.search(folded, 0, start) is not None
    return Figure(text[start:end], start, end, readings, "several" if several else kind, unit,
                  "" if lasting else bound_of(folded, start, end), definite=definite, scale=scale)  # fmt: skip


def bound_of(folded: str, start: int, end: int) -> Bound:
    """How a folded text qualifies the figure from ``start`` to ``end``: "plus de" is "more"."""
    match = _BOUND.search(folded, max(0, start - 24), start)
    for name, _ in _BOUNDS:
        if match and match.lastgroup == name:
            return name
    return "at_least" if _OR_MORE.match(folded, end) else ""


def _ranges(text: str, folded: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Join two figures that an "ou", a dash or "entre … et" makes one statement."""
    skip = False
    for figure, other in zip(figures, [*figures[1:], None], strict=False):
        if skip:
            skip = False
            continue
        joined = _join(text, folded, figure, other) if other else None
        skip = joined is not None
        yield joined or (_scaled_as(folded, figure, other) if other else figure)


def _scaled_as(folded: str, figure: Figure, other: Figure) -> Figure:
    """The 71 of "de 71 à 62 millions d'euros", which is millions, too."""
    away = re.search(r"\b(?:de|d'|from) ?$", folded[: figure.start])
    plain = figure.kind == "plain" and figure.scale == 1 and other.scale > 1
    if not (away and plain and re.fullmatch(r" (?:a|to) ", folded[figure.end : other.start])):
        return figure
    readings = tuple((low * other.scale, high * other.scale) for low, high in figure.readings)
    return replace(figure, readings=readings, kind=other.kind, unit=other.unit, scale=other.scale)


def _join(text: str, folded: str, figure: Figure, other: Figure) -> Figure | None:
    gap = folded[figure.end : other.start]
    match = _JOIN.match(gap) if gap else None
    if match is None or "ordinal" in (figure.kind, other.kind) or other.kind == "several":
        return None
    before = folded[max(0, figure.start - 12) : figure.start]
    between = re.search(r"\b(?:entre|between) (?:les )?$", before)
    if match.groupdict().get("to") in {"et", "and"} and not between:
        return None
    shorter = min(len(figure.readings), len(other.readings))
    readings = []
    # "1,900 and 2,200" is open between two conventions, but the same one for both ends.
    for one, two in zip(figure.readings[-shorter:], other.readings[-shorter:], strict=True):
        low, high = one[0], two[1]
        if figure.scale == 1 and other.scale > 1 and low < 1000:
            low *= other.scale
        if low < high:
            readings.append((low, high))
    different = figure.unit and other.unit and figure.unit != other.unit
    if not readings or (different and figure.kind != "count"):
        return None
    moved = re.search(r"\b(?:de|d'|from) ?$", before) is not None
    return replace(
        other, text=text[figure.start : other.end], start=figure.start, bound=figure.bound,
        readings=tuple(readings), alternative=True, spanned=moved and not between,
    )  # fmt: skip
