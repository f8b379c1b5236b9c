"""The publication date, only where a text states it as such."""

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "février february fevrier févr feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "août august aout aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "décembre december decembre déc dec",
        ),
        start=1,
    )
    for name in names.split()
}
_FRENCH = r"publié(?:e|s|es)?|mis(?:e)? en ligne|paru(?:e)?|date de (?:publication|parution)"
_ENGLISH = r"published|posted|(?:publication|release) date|date published"
_STATED = re.compile(
    rf"^[\W_]*+(?:(?P<fr>{_FRENCH})|{_ENGLISH})\b(?:\s+(?:le|on))?\s*:?\s*(?P<date>.{{6,40}})",
    re.IGNORECASE | re.MULTILINE,
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?:[^\W\d]+,?\s+)?(\d{1,2})(?:er|st|nd|rd|th)?\s+([^\W\d]+)\.?,?\s+(\d{4})"
)
_MONTH_FIRST = re.compile(r"(?:[^\W\d]+,\s+)?([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_FRONT = re.compile(r"\A---\n(?:.*\n)*?date:\s*[\"']?(\d{4}-\d{2}-\d{2})")
_HEAD = 4_000
"""Code points of a text in which its date is looked for."""


def published(text: str) -> str | None:
    """The date that ``text`` states as its publication's, ISO 8601, else ``None``.

    Stated is: a line near the top that begins with "Publié le", "Published" or the like, or
    ``date:`` in Markdown's front matter. A date in figures that may be read two ways ("03/04/2012")
    is the day first in French, and no date in English.
    """
    head = text[:_HEAD]
    front = _FRONT.match(head)
    if front:
        return iso(front.group(1))
    for stated in _STATED.finditer(head):
        found = iso(stated.group("date"), day_first=stated.group("fr") is not None)
        if found:
            return found
    return None


def iso(stated: str, *, day_first: bool = False) -> str | None:
    """The date that ``stated`` begins with, ISO 8601, else ``None``."""
    if match := _ISO.match(stated):
        return _valid(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.match(stated):
        return _valid(int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1]))
    if match := _MONTH_FIRST.match(stated):
        return _valid(int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2]))
    if match := _SLASHES.match(stated):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        return _valid(year, month, day) if day_first or day > 12 else None
    return None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
