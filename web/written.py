"""Dates, figures and names as the reader's language writes them."""

import re

from web.texts import Texts

_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_LONGEST_NAME = 80
_NARROW = "\u202f"
"""The thin space that French sets before a per cent sign and between thousands."""


def written_date(iso: str, words: Texts) -> str:
    """``2012-01-13`` as "13 janvier 2012"; what is no date is left as it is.

    Args:
        iso: an ISO 8601 date, or a year and month.
        words: give the language and the names of the months.
    """
    found = _DATE.match(iso)
    if found is None or not 1 <= int(found[2]) <= 12:
        return iso
    month = words.lists["months"][int(found[2]) - 1]
    if found[3] is None:
        return f"{month} {found[1]}"
    day = int(found[3])
    # French writes the first of a month as an ordinal.
    first = "1er" if day == 1 and words.language == "fr" else str(day)
    return f"{first} {month} {found[1]}"


def named(action: str, name: str, words: Texts) -> str:
    """What a button is called to who listens: its word, then what it acts on, shortened.

    The same word stands beside each thing of a list. It comes first, for who speaks to the page
    says what is seen.
    """
    return words["js_named"].format(action=action, name=_short(name))


def about(key: str, name: str, words: Texts) -> str:
    """The text of ``key``, which tells what it is about by ``{name}``, shortened."""
    return words[key].format(name=_short(name))


def seconds(value: float, words: Texts) -> str:
    """``3.21`` as "3,2 s" or "3.2 s"."""
    return f"{_decimal(f'{value:.1f}', words)}\u00a0s"


def share(value: float, words: Texts) -> str:
    """A share of 0 to 1 in whole per cents: "97 %" or "97%"."""
    return f"{value * 100:.0f}{_NARROW if words.language == 'fr' else ''}%"


def counted(number: int, words: Texts) -> str:
    """A count, its thousands set apart: "12 345" or "12,345"."""
    return f"{number:,}".replace(",", _NARROW if words.language == "fr" else ",")


def score(value: float, words: Texts) -> str:
    """A score with three digits: "0,034" or "0.034"."""
    return _decimal(f"{value:.3f}", words)


def _decimal(number: str, words: Texts) -> str:
    return number.replace(".", ",") if words.language == "fr" else number


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
