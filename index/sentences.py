r"""Split text into sentences that know their place, French and English.

A blank line always ends a sentence. A single line end does so where the next line did not have to
be a new one: a line is *wrapped* when the first word of the next line would not have fitted within
the width of its block. Every other line end was put there on purpose (a heading, a list, one
paragraph a line), unless the next line begins with a small letter.

Within a line, ``.``, ``!``, ``?`` and ``…`` end a sentence where a blank follows and what comes
next is not a small letter. What is no end: titles ("M.", "Mrs."), abbreviations that need what
follows ("p. 12", "art. 3"), initials ("J. K."), "[…]", and dots inside a bracket.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from index.documents import Span

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_ITEM = re.compile(
    r"\s*(?:[-*+•‣▪◦–—]\s|\(?\d{1,3}[.)]\s|\(?[a-zA-Z]\)\s|#{1,6}\s|\||>|(?:[-=*_]\s?){3,}$)"
)
_RULE = re.compile(r"\s*(?:#{1,6}\s|\||(?:[-=*_]\s?){3,}$)")
# Runs are tried once, from their start: of a file that is nothing but dots, each would be a start.
_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++(?:[^\S\n]?[»”’\"')\]]|\[\d{1,3}\])*(?=\s|\Z)")
_CLOSED = re.compile(r"[.!?…:;。！？][\s»”’\"')\]]*$")
_TOKEN = re.compile(r"[\w.'’&-]*$")

_WIDEST_WRAP = 160
"""Code points. Nobody wraps wider: a longer line is a paragraph."""
_NARROWEST_WRAP = 40
_SLACK = 3
"""Code points by which editors' ideas of a line's width differ."""
_LONGEST_BRACKET = 300
_LONGEST_TOKEN = 64
"""Code points before a dot that are looked at: no abbreviation is longer."""

_NEVER_LAST = frozenset(
    """
    m mm mme mmes mlle mlles dr drs pr mgr st ste mr mrs ms messrs prof gen col lt sgt cpl
    capt cmdr adm rev hon sen rep gov pres vs cf env ca approx e.g i.e p.ex ex av bd tél fam
    resp éd ed eds viz
    """.split()
)
_BEFORE_FIGURE = frozenset(
    """
    p pp n no nos nº vol chap fig figs art sect t tab al §
    """.split()
)
_DAYS_AND_MONTHS = frozenset(
    """
    janv févr fevr avr juil sept oct nov déc dec jan feb mar apr jun jul aug sep mon tue
    tues wed thu thurs fri sat sun lun mer jeu ven sam dim
    """.split()
)
_FIRMS = frozenset(
    """
    inc ltd corp co jr sr bros dept
    """.split()
)
_STARTERS = frozenset(
    """
    il elle ils elles on nous vous je tu ce cette ces cet cela ceci c'est le la les l' un
    une des dans en pour par sur avec selon mais or et puis ainsi enfin après avant depuis
    lors au aux à son sa ses leur leurs d'après he she it they we you i this that these
    those the a an in on at for by with from but and so then after before since when while
    however his her its their there
    """.split()
)
_PRONOUNS = frozenset(
    """
    il elle ils elles nous cette ces cela ceci he she it they we this these those there
    """.split()
)


def split(text: str, spans: tuple[Span, ...] | None = None) -> tuple[Span, ...]:
    """Find the sentences of ``text``, or of its ``spans`` alone.

    Args:
        text: any text.
        spans: ordered, disjoint parts of it to split; the whole where left out.

    Returns:
        Ordered, disjoint, never empty, no blank at either edge; together they hold every
        character of the spans that is not blank.
    """
    found: list[Span] = []
    for span in spans if spans is not None else (Span(0, len(text)),):
        for block in paragraphs(text, span):
            for unit in _units(text, block):
                found.extend(_sentences(text, unit))
    return tuple(found)


def paragraphs(text: str, span: Span) -> Iterator[Span]:
    """Blocks of ``span`` between blank lines, without blank edges."""
    position = span.start
    for gap in _BLANK.finditer(text, span.start, span.end):
        yield from _trimmed(text, position, gap.start())
        position = gap.end()
    yield from _trimmed(text, position, span.end)


def lines(text: str, span: Span) -> Iterator[Span]:
    """Lines of ``span`` that are not blank, without blank edges."""
    position = span.start
    while position < span.end:
        end = text.find("\n", position, span.end)
        end = span.end if end < 0 else end
        yield from _trimmed(text, position, end)
        position = end + 1


def is_closed(text: str) -> bool:
    """Whether ``text`` ends as a sentence or a lead-in does, with a mark."""
    return _CLOSED.search(text) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _units(text: str, block: Span) -> Iterator[Span]:
    """Runs of lines that belong together: wrapped lines joined, all others apart."""
    parts = list(lines(text, block))
    width = max(part.end - part.start for part in parts)
    start = parts[0].start
    for line, following in pairwise(parts):
        if _breaks(text, line, following, width):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, parts[-1].end)


def _breaks(text: str, line: Span, following: Span, width: int) -> bool:
    before, after = text[line.start : line.end], text[following.start : following.end]
    if _ITEM.match(after) or _RULE.match(before):
        return True
    if after[0].islower():
        return False
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return True
    word = len(after.split(maxsplit=1)[0])
    return len(before) + 1 + word <= width - _SLACK


def _sentences(text: str, unit: Span) -> Iterator[Span]:
    brackets = iter(_brackets(text, unit))
    opened, closed = next(brackets, (unit.end, unit.end))
    start = unit.start
    for mark in _END.finditer(text, unit.start, unit.end):
        end = mark.end()
        while closed < mark.start():
            opened, closed = next(brackets, (unit.end, unit.end))
        if opened < mark.start():
            continue
        if _ends(text, start, mark, unit.end):
            yield from _trimmed(text, start, end)
            start = end
    yield from _trimmed(text, start, unit.end)


def _brackets(text: str, unit: Span) -> list[tuple[int, int]]:
    """Closed round and square brackets of ``unit``, the outer ones, as places of both signs."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for place in range(unit.start, unit.end):
        if text[place] in "([":
            opened.append(place)
        elif text[place] in ")]" and opened:
            first = opened.pop()
            if place - first <= _LONGEST_BRACKET:
                pairs.append((first, place))
    outer: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if not _is_whole(text, unit, first, last) and (not outer or outer[-1][1] < first):
            outer.append((first, last))
    return outer


def _is_whole(text: str, unit: Span, opened: int, closed: int) -> bool:
    """Whether a bracket is all of its unit, so that it may hold sentences of its own."""
    return opened == unit.start and closed >= unit.end - 2


def _ends(text: str, start: int, mark: re.Match[str], limit: int) -> bool:
    rest = mark.end()
    while rest < limit and text[rest].isspace():
        rest += 1
    if rest >= limit:
        return True
    following = text[rest : rest + 24]
    opener = following.lstrip("«“\"‘'([ \u00a0\u202f")
    if following[0].islower() or (opener and opener[0].islower() and following[0] not in "-–—"):
        return False
    if mark.group()[0] != "." or mark.group().startswith(".."):
        return True
    token = _TOKEN.search(text, max(start, mark.start() - _LONGEST_TOKEN), mark.start())
    return _full_stop(text, start, token.group() if token else "", mark, opener)


def _full_stop(text: str, start: int, token: str, mark: re.Match[str], following: str) -> bool:
    """Whether a single dot after ``token`` ends its sentence."""
    word = token.rsplit("'", 1)[-1].rsplit("’", 1)[-1]
    low = word.lower()
    edge = mark.start() - len(word)
    while edge > start and text[edge - 1].isspace():
        edge -= 1
    # All that matters of what stands before the word is its last sign.
    before = text[max(start, edge - 1) : edge]
    first = re.split(r"[\s,.;:]", following, maxsplit=1)[0].lower() if following else ""
    first = first.replace("’", "'")
    starts = first in _STARTERS or first.split("'")[0] + "'" in {
        "l'",
        "d'",
        "c'",
        "s'",
        "qu'",
    }
    if word.isdigit() and not before and len(word) <= 3:
        return False
    if low in _BEFORE_FIGURE and following[:1].isdigit():
        return False
    if len(word) == 1 and word.isalpha() and word.isupper():
        return before.isdigit() or (before != "" and first in _PRONOUNS)
    if low in _NEVER_LAST:
        return before.isdigit()
    if low in _DAYS_AND_MONTHS:
        return not following[:1].isdigit() and (starts or not before.isdigit())
    if low in _FIRMS:
        return starts
    if re.fullmatch(r"(?:\w{1,2}[.-]{1,2})+\w{1,2}", word):
        return starts and not following[:1].isdigit()
    return True
