# ruff: noqa: E501  tables of patterns and words read better unwrapped
"""Numbers written out in French and English, and Roman numerals."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.verification.words import fold

_UNITS = {
    word: value
    for value, words in enumerate(
        (
            "zero", "", "deux two", "trois three", "quatre four", "cinq five", "six", "sept seven",
            "huit eight", "neuf nine", "dix ten", "onze eleven", "douze twelve", "treize thirteen",
            "quatorze fourteen", "quinze fifteen", "seize sixteen", "seventeen", "eighteen",
            "nineteen",
        )
    )
    for word in words.split()
}  # fmt: skip
_ONE = {"un", "une", "one"}
_ARTICLES = _ONE | {"a", "an"}
_TENS = {
    "vingt": 20, "vingts": 20, "twenty": 20, "trente": 30, "thirty": 30, "quarante": 40,
    "forty": 40, "cinquante": 50, "fifty": 50, "soixante": 60, "sixty": 60, "septante": 70,
    "seventy": 70, "huitante": 80, "octante": 80, "eighty": 80, "nonante": 90, "ninety": 90,
}  # fmt: skip
_HUNDREDS = {"cent", "cents", "hundred"}
SCALES = {
    "mille": 10**3, "thousand": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9,
    "milliards": 10**9, "billion": 10**9, "billions": 10**9, "trillion": 10**12,
    "trillions": 10**12, "mio": 10**6, "mrd": 10**9,
}  # fmt: skip
COLLECTIVES = {
    "demi-douzaine": 6, "dizaine": 10, "douzaine": 12, "dozen": 12, "quinzaine": 15,
    "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60,
    "centaine": 100, "millier": 1000,
}  # fmt: skip
SEVERAL = {
    "dizaines": 10, "dozens": 10, "centaines": 100, "hundreds": 100, "milliers": 1000,
    "thousands": 1000,
}  # fmt: skip
FRACTIONS = {
    r"(?<!premiere )(?<!seconde )(?<!deuxieme )\bmoitie\b"
    r"|(?<!first )(?<!second )(?<!other )(?<!and a )\bhalf\b(?! an?\b|[ -](?:past|hour|year|dozen|time|million|billion)|-)": (
        1,
        2,
    ),
    r"\b(?:un|le) tiers(?= (?:de|du|des|par|en|a|au|sur|est|sont|sera|seront)\b| d'|[,.;)]|$)|\b(?:a|one)[ -]third\b": (
        1,
        3,
    ),
    r"\bdeux[ -]tiers\b|\btwo[ -]thirds\b": (2, 3),
    r"\b(?:un|le) quart(?= d(?:e|u|es)\b(?! heure)| d'(?!heure)|[,.;)]|$)"
    r"|\b(?:a|one)[ -]quarter(?: of\b(?! an hour)|(?=[,.;)]|$))": (1, 4),
    r"\btrois[ -]quarts\b|\bthree[ -]quarters\b": (3, 4),
    **{
        rf"\b(?:un|le) {french}(?= (?:de|du|des|a|au|par|en)\b| d'|[,.;)]|$)"
        rf"|\b(?:a|one)[ -]{english}(?: of\b|(?=[,.;)]|$))": (1, parts)
        for french, english, parts in (
            ("cinquieme", "fifth", 5),
            ("sixieme", "sixth", 6),
            ("huitieme", "eighth", 8),
            ("dixieme", "tenth", 10),
        )
    },
    **{
        rf"\b{count_fr}[ -]{french}s\b|\b{count}[ -]{english}s\b": (over, parts)
        for over, count_fr, count in (
            (2, "deux", "two"),
            (3, "trois", "three"),
            (4, "quatre", "four"),
        )
        for french, english, parts in (
            ("cinquieme", "fifth", 5),
            ("huitieme", "eighth", 8),
            ("dixieme", "tenth", 10),
        )
        if over < parts
    },
}
_ORDINAL_STEMS = {
    "deuxieme": 2, "troisieme": 3, "third": 3, "quatrieme": 4, "fourth": 4,
    "cinquieme": 5, "fifth": 5, "sixieme": 6, "sixth": 6, "septieme": 7, "seventh": 7,
    "huitieme": 8, "eighth": 8, "neuvieme": 9, "ninth": 9, "dixieme": 10, "tenth": 10,
    "onzieme": 11, "eleventh": 11, "douzieme": 12, "twelfth": 12, "treizieme": 13,
    "thirteenth": 13, "quatorzieme": 14, "fourteenth": 14, "quinzieme": 15, "fifteenth": 15,
    "seizieme": 16, "sixteenth": 16, "dix-septieme": 17, "seventeenth": 17, "dix-huitieme": 18,
    "eighteenth": 18, "dix-neuvieme": 19, "nineteenth": 19, "vingtieme": 20, "twentieth": 20,
    "vingt et unieme": 21, "vingt-et-unieme": 21, "twenty-first": 21, "centieme": 100,
    "hundredth": 100, "seconde": 2, "second": 2,
}  # fmt: skip
ORDINALS = _ORDINAL_STEMS | {word + "s": value for word, value in _ORDINAL_STEMS.items()}
ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_TOKEN = re.compile(r"[a-z]+")
_KNOWN = 10
"""Largest number that ``in_digits`` leaves in words."""


class SpelledNumber(NamedTuple):
    """``folded[start:end]`` says ``value``; ``scaled`` when a word such as "million" ends it."""

    start: int
    end: int
    value: Decimal
    scaled: bool
    article: bool


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral in capitals (1 to 99); 0 for an empty one."""
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=False)
    )


def spelled_numbers(folded: str) -> Iterator[SpelledNumber]:
    """Every number written in words in a folded text, "one" and "une" alone included.

    ``article`` marks those: whether they count anything is the caller's to decide.
    """
    words = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(folded)]
    place = 0
    while place < len(words):
        following = _parse(words, place, folded)
        if following is None:
            place += 1
            continue
        stop, value, scaled = following
        start, end = words[place][1], words[stop - 1][2]
        yield SpelledNumber(
            start, end, value, scaled, stop - place == 1 and words[place][0] in _ONE
        )
        place = stop


def in_digits(text: str) -> str:
    """The text with its larger numbers in digits: "sur dix-huit ans" as "sur 18 ans".

    A small model copies digits from one language to the other, and takes "dix-huit" for ten. Up to
    ten it knows them; names ("les Trente"), ordinals and what a scale ends stay as they are.
    """
    folded = fold(text)
    written, place = [], 0
    for number in spelled_numbers(folded):
        after = folded[number.end : number.end + 4]
        part_of_more = after[:1].isalnum() or re.match(r"-[a-z]| et ", after)
        # "Huit pour cent", "one cent".
        hundred = folded[number.start : number.end].endswith(("cent", "cents"))
        if number.value <= _KNOWN or number.scaled or part_of_more or hundred:
            continue
        if text[number.start].isupper():
            continue
        written += [text[place : number.start], str(number.value)]
        place = number.end
    return "".join([*written, text[place:]])


def _parse(
    words: list[tuple[str, int, int]], place: int, folded: str
) -> tuple[int, Decimal, bool] | None:
    """Read one number from a word on: the place after it, its value, whether a scale ends it."""
    total = group = 0
    limit = 10**18  # scales must fall: "deux millions trois mille"
    unit_room = 100  # what may still be added to the group: a ten, then a unit
    scaled = False
    last = start = place
    while place < len(words):
        word, begin, _ = words[place]
        if place > start and folded[words[last][2] : begin] not in {" ", "-", " -", "- ", ""}:
            joined = folded[words[last][2] : begin]
            if joined not in {" et ", "-et-", " and "}:
                break
        follows, begins = words[place + 1][:2] if place + 1 < len(words) else ("", 0)
        if word in {"et", "and"}:
            known = follows in _UNITS or follows in _TENS or follows in _ONE
            tail = follows in {"un", "une", "onze"} if word == "et" else known
            if (
                place == start
                or not tail
                or not (
                    (word == "et" and group % 100 in {20, 30, 40, 50, 60, 70})
                    or (word == "and" and words[last][0] in _HUNDREDS | {"thousand"})
                )
            ):
                break
            place += 1
            continue
        if word == "quatre" and follows in {"vingt", "vingts"} and unit_room >= 100:
            group, unit_room, place = group + 80, 20, place + 1
        elif word in _TENS and unit_room >= 100:
            group += _TENS[word]
            unit_room = 20 if word == "soixante" else 10
        elif word in _UNITS and _UNITS[word] < unit_room:
            group += _UNITS[word]
            unit_room = 10 if _UNITS[word] == 10 and word == "dix" else 0
            if unit_room and follows not in {"sept", "huit", "neuf"}:
                unit_room = 0
        elif word in _ONE and (unit_room >= 100 or (unit_room in {10, 20} and group % 10 == 0)):
            if place > start and unit_room >= 100:
                break
            group, unit_room = group + 1, 0
        elif (
            word in {"a", "an"}
            and place == start
            and (follows in SCALES or follows in _HUNDREDS)
            # "à 71 millions" is no "a million".
            and not folded[words[place][2] : begins].strip(" -")
            and not (follows == "mille" or follows == "cent")
        ):
            group, unit_room = 1, 0
        elif word in _HUNDREDS and group < 10 and (word != "cents" or group):
            group, unit_room = max(group, 1) * 100, 100
        elif word in SCALES and SCALES[word] < limit and (group or word == "mille"):
            total += max(group, 1) * SCALES[word]
            limit, group, unit_room, scaled = SCALES[word], 0, 100, True
            place, last = place + 1, place
            continue
        elif word in SCALES and total and SCALES[word] > limit:  # "mille milliards"
            total, group, limit, unit_room = (total + group) * SCALES[word], 0, SCALES[word], 100
            scaled = True
        else:
            break
        scaled = scaled and group == 0
        last, place = place, place + 1
    stop = last + 1
    if (total + group == 0 and words[start][0] != "zero") or place == start:
        return None
    return stop, Decimal(total + group), scaled
