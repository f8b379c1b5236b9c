"""How an answer is set: spaces and marks as each language wants them."""

import re
from datetime import date

from assistant.answer import Language

_MONTHS: dict[Language, tuple[str, ...]] = {
    "fr": tuple(
        "janvier février mars avril mai juin juillet août septembre octobre novembre "
        "décembre".split()
    ),
    "en": tuple(
        "January February March April May June July August September October November "
        "December".split()
    ),
}
_SCALE = r"(?:[mb]illion|thousand|per ?cent|%|euros?\b|€|[mk]?m\b|[k]g\b|met(?:er|re)|kilomet)"
_NARROW, _WIDE = "\u202f", "\u00a0"


def typeset(text: str, language: Language) -> str:
    """``text`` as one tidy statement: a capital, a full stop, the language's own spaces.

    Only blanks, quotation marks, the marks in numbers, the first letter's case and the last mark
    change; no word does.
    """
    text = " ".join(text.split())
    # Some letters have a capital of several letters, which would be another word.
    if len(text[:1].upper()) == 1:
        text = text[0].upper() + text[1:]
    if language == "fr":
        text = re.sub(r'"([^"]*)"', rf"«{_WIDE}\1{_WIDE}»", text)
        text = spaced(text)
        text = re.sub(r"(?<=\d) (?=\d{3}\b)", _NARROW, text)
        text = re.sub(r"(?<=\d) (?=(?:%|€|\$|£|k€|M€|Md€))", _WIDE, text)
    else:
        # A French decimal comma taken over as it stood: "8,4 million".
        text = re.sub(rf"(?<![\d.,])(\d+),(\d{{1,2}})(?=[ -]?{_SCALE})", r"\1.\2", text)
        # And the space within a number: "11 300 vehicles".
        text = re.sub(
            r"(?<![\d.,])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?![.,]?\d| \d)(?=[.,;:!?)]|$| [a-zà-ÿ])",
            lambda number: number[0].replace(" ", ","),
            text,
        )
    # A quotation that ends as a sentence ends its sentence too.
    return text if re.search(r"[.!?…][\s»”\"]*$", text) else f"{text}."


def spaced(text: str) -> str:
    """French text whose lines break neither before a mark that a space precedes nor in « »."""
    text = re.sub(r"«\s*", f"«{_WIDE}", text)
    text = re.sub(r"\s*»", f"{_WIDE}»", text)
    text = re.sub(r"\s+([;!?])", rf"{_NARROW}\1", text)
    return re.sub(r"\s+:", f"{_WIDE}:", text)


def spelt_date(day: date, language: Language) -> str:
    """``day`` as it is written out: "1er mai 2026", "1 May 2026"."""
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]} {day.year}"
