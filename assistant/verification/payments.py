"""Who pays what: whom a sentence lists with a sum each, and that one's share is not the whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification.clauses import told_of
from assistant.verification.figures import (
    Figure,
    find_figures,
    stating,
    supports,
    with_ellipses,
)
from assistant.verification.name_finder import Name, named_in
from assistant.verification.names import unsupported_names
from assistant.verification.words import (
    FUNCTION_WORDS,
    cognates,
    fold,
    tokens,
    uncapitalised,
)

_PAYING = re.compile(
    r"\b(?:pa[iy]\w*|apport\w*|vers(?:e|es|ent|er|ait|aient|era|eront|ee?s?)|met|mett\w+|mise|financ\w*|contribu\w*"
    r"|donn\w+|invest\w*|subvention\w*|fund(?:s|ed|ing)?|puts?|putting|gives?|giving|gave|spends?|spent)\b"
)
_WHOLE = re.compile(
    r"\b(?:total\w*|budget\w*|cout\w*|cost\w*|prices?|prix|overall|whole|entire|global\w*)\b"
)
_PRICED = re.compile(r"\b(?:budget\w*|cout\w*|cost\w*|prices?|prix|tarif\w*)\b")
"""What a sentence says of the thing itself, whoever pays for it."""

EACH = re.compile(r"\b(?:chacune?|each)(?: \w+)?\W*$")
"""Before a figure that all who are named give, each of them; folded."""

_OF_EACH = re.compile(
    r"\b(?:each|every|chaque|chacune?)\b"
    r"(?! (?:year|month|week|day|season|time|an|annee|mois|semaine|jour|saison|fois)\b)"
)
"""In a question: all of them are asked for."""

_GIVEN_TO = re.compile(r"[^\w]*(?:pour|par|de|du|a|au|chez|for|by|from|to|of)\b")
_REPORTED = re.compile(r"\b(?:selon|d'apres|according|d'accord)\b")
_AND = re.compile(r" (?:et|and|&) ")


@dataclass(frozen=True, slots=True)
class Payment:
    """Who pays, as the sentence names them, and what."""

    payer: str
    figure: Figure


def is_paying(text: str) -> bool:
    """Whether a question or sentence speaks of paying, giving or putting in."""
    return _PAYING.search(fold(text)) is not None


def payments(sentence: str) -> list[Payment]:
    """Everybody whom a sentence about paying names with a sum; empty unless that is all of them.

    "Orange et Lorme devaient mettre chacun 60 millions et Thales 30" lists three. Where a sum has
    no name before it, or several without "each", whose it is cannot be told, and nothing is.
    """
    found: list[Payment] = []
    folded = fold(sentence)
    figures = [f for f in with_ellipses(find_figures(sentence)) if f.kind == "money"]
    if not is_paying(sentence) or _REPORTED.search(folded):
        return []
    start = 0
    for n, figure in enumerate(figures):
        payers = [
            part
            for name in named_in(sentence)
            if start <= name.start and name.end <= figure.start
            for part in _parted(sentence, name)
        ]
        shared = len(payers) > 1 and EACH.search(folded[: figure.start])
        following = figures[n + 1].start if n + 1 < len(figures) else len(sentence)
        given_to = _GIVEN_TO.match(folded[figure.end : following])
        if not payers or (len(payers) > 1 and not shared):
            return []
        if given_to and any(figure.end <= x.start < following for x in named_in(sentence)):
            return []
        found += [Payment(payer, figure) for payer in payers]
        start = figure.end
    return found


def share_for_whole(claim: str, evidence: Sequence[str], question: str) -> Figure | None:
    """A sum of the claim, asked for as a cost or a total, that is what one payer gives.

    "L'État devait verser 135 millions" tells no budget, unless the question asks for the State's.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences it cites.
        question: what it answers.
    """
    if not _WHOLE.search(fold(question)) or any(map(_is_priced, evidence)):
        return None
    for figure in find_figures(claim):
        if figure.kind != "money":
            continue
        stated = stating(figure, evidence)
        if stated and all(_is_a_share(sentence, own, question) for sentence, own in stated):
            return figure
    return None


def left_out(claim: str, evidence: Sequence[str], question: str) -> Figure | None:
    """A sum of the source that a claim leaves out, where what each of them pays is asked for.

    "Orange: 60 million" tells not what each partner was to put in, if another was to put in 30.
    Where the question names some of them, it asks for those alone.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences it cites.
        question: what it answers.
    """
    if not is_paying(question) or not _OF_EACH.search(fold(question)):
        return None
    asked = [word for word in tokens(question) if word not in FUNCTION_WORDS]
    listed = [payment for sentence in evidence for payment in payments(sentence)]
    named = [
        payment
        for payment in listed
        if any(cognates(word, other) for word in tokens(payment.payer) for other in asked)
    ]
    said = find_figures(claim)
    for payment in named or listed:
        if not any(supports(payment.figure, figure) for figure in said):
            return payment.figure
    return None


def _is_priced(sentence: str) -> bool:
    return _PRICED.search(fold(sentence)) is not None


def _is_a_share(sentence: str, stated: Figure, question: str) -> bool:
    """Whether the sentence tells the sum of a payer whom the question does not speak of."""
    if not is_paying(sentence) or not told_of(sentence, stated):
        return False
    asked = uncapitalised(question)
    unknown = {problem.name for problem in unsupported_names(asked, [sentence])}
    if any(asked[name.start : name.end] not in unknown for name in named_in(asked)):
        return False
    before = [w for w in tokens(sentence[: stated.start]) if w not in FUNCTION_WORDS]
    content = tokens(_WHOLE.sub(" ", _PAYING.sub(" ", fold(asked))))
    return not any(
        cognates(word, other) for word in content if word not in FUNCTION_WORDS for other in before
    )


def _parted(sentence: str, name: Name) -> list[str]:
    """The payers of a run of capitals: "Orange et Lorme" are two; "l'État" keeps its article."""
    parts = _AND.split(sentence[name.start : name.end])
    article = re.search(r"\bl['’]$", sentence[: name.start])
    return [article[0] + parts[0], *parts[1:]] if article else parts
