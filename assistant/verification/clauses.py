# ruff: noqa: E501  patterns of words read better unwrapped
"""Whom a sentence tells a figure of, as far as its clauses show it.

No parser: clauses are cut at punctuation, quotation marks, relatives and conjunctions, and a figure
is told of whoever is named in its own clause. One that stands alone between commas or in brackets
("Lou Tessier (11 buts)") is told of the name that it follows. Where that says nothing, nothing is
said.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.verification.figures import Figure
from assistant.verification.name_finder import ORDINARY_START, Name, names_in
from assistant.verification.words import FUNCTION_WORDS, REFERRING, WORD, fold, tokens

_CUT = re.compile(
    r"[,;:()«»“”\"\n]|\.(?=\s|$)| [-–—] "
    r"|\b(?:et|and|mais|but|dont|qui|ou|where|who|which|whose|while|whereas|tandis que|alors que|when|lorsque|quand)\b"
)
_LISTED = re.compile(
    r"[\s,]*(?:(?:et|and|ou|or|comme|like|le|la|les|l'|the|du|de|d'|ainsi que|as well as)[\s,]*)*"
)
_OPENERS = FUNCTION_WORDS | ORDINARY_START
_TAKING_UP = REFERRING - {"ce", "cet", "cette", "ces", "this", "these", "that"}
"""Words that take up somebody; "ce projet" takes up a thing."""

_ALONE = 3
"""Words beside its figure of a clause that has no verb of its own."""

_WITH = re.compile(r"^\W*(?:avec|with|fort de|a)\b")
_PRICE = re.compile(r"\W*(?:pour|for|contre|moyennant)\b")
_SAYS = re.compile(
    r"\b(?:selon|d'apres|according|annon\w*|dit|dits?|declar\w*|affirm\w*|assur\w*|estim\w*|prev\w*|evalu\w*|chiffr\w*|promet\w*"
    r"|said|says?|announc\w*|claim\w*|estimat\w*|expect\w*|forecast\w*|promis\w*|report\w*|told)\b"
)
_THROUGH = re.compile(
    r"\b(?:via|through|(?:pass|transit)\w+ par|a travers|grace a|thanks to|au moyen d\w*|par (?:l'intermediaire|le biais|l'entremise) d\w*)"
    r"(?: (?:la|le|les|the)| ?l')? ?$"
)
"""Before whoever only helps: "the State pays through the bank"."""
_QUALIFYING = re.compile(
    r"\b(?:a|au|aux|en|dans|sur|chez|de|du|des|d'|in|at|from|on|near|of)(?: (?:la|le|les|the)| ?l')? ?$"
)


def told_of(sentence: str, figure: Figure) -> tuple[Name, ...]:
    """The names that a sentence tells ``figure`` of; empty where that is unsure.

    Args:
        sentence: one sentence.
        figure: one of its own figures.

    Returns:
        Names of its clause, with those that are listed beside them; or the one that a figure
        standing alone follows.
    """
    folded = fold(sentence)
    names = [name for name in names_in(sentence) if not _OPENERS.issuperset(name.keys)]
    start, end = clause_around(folded, figure.start, figure.end, names)
    clause = folded[start:end]
    inside = [name for name in names if start <= name.start and name.end <= end]
    # Who only helps is told nothing of, unless nobody else is named.
    inside = [name for name in inside if not helps(sentence, name)] or inside
    if inside:
        unsure = any(name.initial and len(name.words) == 1 for name in inside)
        if unsure or _SAYS.search(clause) or _TAKING_UP & set(tokens(clause)):
            return ()
        return _with_listed(folded, names, inside)
    if _PRICE.match(clause):
        # ", pour 62 millions" is the price of what all of the sentence tells.
        return ()
    rest = WORD.findall(folded[start : figure.start] + folded[figure.end : end])
    if len(rest) > _ALONE:
        return ()
    if _WITH.match(clause):
        after = [n for n in names if n.start >= end and not re.search(r"\w", folded[end : n.start])]
        return _with_listed(folded, names, after[:1])
    before = [n for n in names if n.end <= start and not re.search(r"\w", folded[n.end : start])]
    return tuple(before[-1:])


def qualifies(text: str, name: Name) -> bool:
    """Whether a name only says where or of what: "at Lyon", "le maire de Lyon"."""
    return _QUALIFYING.search(fold(text[: name.start])) is not None


def helps(text: str, name: Name) -> bool:
    """Whether a name is only whom something goes through: "via the bank"."""
    return _THROUGH.search(fold(text[: name.start])) is not None


def clause_around(folded: str, start: int, end: int, names: Sequence[Name]) -> tuple[int, int]:
    """Where the clause begins and ends in which ``folded[start:end]`` stands.

    Args:
        folded: a sentence, folded.
        start: code point of what stands there.
        end: code point after it.
        names: the sentence's; none is cut.
    """
    first, last = 0, len(folded)
    for cut in _CUT.finditer(folded):
        if any(name.start < cut.end() and cut.start() < name.end for name in names):
            continue
        if cut.end() <= start:
            first = cut.end()
        elif cut.start() >= end:
            last = cut.start()
            break
    return first, last


def _with_listed(folded: str, names: Sequence[Name], chosen: Sequence[Name]) -> tuple[Name, ...]:
    """``chosen`` and the names that only "and", a comma or an article parts from them."""
    told = list(chosen)
    for one, other in reversed([*pairwise(names)]):
        if other in told and one not in told and _LISTED.fullmatch(folded[one.end : other.start]):
            told.append(one)
    for one, other in pairwise(names):
        if one in told and other not in told and _LISTED.fullmatch(folded[one.end : other.start]):
            told.append(other)
    return tuple(sorted(told, key=lambda name: name.start))
