"""Of which year, and of how many: "900 more than in 2022" gives no figure of 2022.

A sentence often sets two years, or a part and its whole, beside each other; a small model takes
the first figure that it sees.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.verification.clauses import clause_around
from assistant.verification.dates import find_dates
from assistant.verification.figures import (
    Figure,
    compatible,
    find_figures,
    stating,
    supports,
    with_ellipses,
)
from assistant.verification.name_finder import names_in
from assistant.verification.words import (
    FUNCTION_WORDS,
    cognates,
    dominant_language,
    fold,
    tokens,
)

_OUT_OF = re.compile(r"^ ?(?:des|de|sur|of|of the|out of|out of the|sur les|parmi les) $")
_VERB = re.compile(r"\b(?:sont|ont|seront|etaient|are|were|have|had|will)\b")
_AMONG_THEM = re.compile(
    r"[^.;:]*\b(?:dont|including|of which|of whom|among them|y compris"
    r"|parmi (?:lesquel(?:le)?s|eux|elles)),?(?: (?:au moins|at least|about|environ|some))? ?$"
)
_CLAUSE_END = re.compile(r"[,.;:()]")
_REACH = 3
"""Content words after the verb that tell what is said of a part."""


def of_another_year(claim: str, evidence: Sequence[str], question: str) -> Figure | None:
    """A figure given for a year that its sentence names with another figure of the kind.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences it cites.
        question: what it answers; its year is meant where the claim names none.
    """
    years = {date.year for date in find_dates(claim) or find_dates(question) if date.year}
    given = find_figures(claim)
    if len(years) != 1 or len(given) != 1:
        return None
    (figure,) = given
    stated = stating(figure, evidence)
    told = all(_is_of_another(sentence, years, other) for sentence, other in stated)
    return figure if stated and told else None


def _is_of_another(sentence: str, years: set[int], figure: Figure) -> bool:
    """Whether one of ``years`` stands in a clause with another figure of the kind, not with it."""
    folded, names = fold(sentence), names_in(sentence)
    for date in find_dates(sentence):
        if date.year not in years:
            continue
        start, end = clause_around(folded, date.start, date.end, names)
        beside = [
            other
            for other in with_ellipses(find_figures(sentence))
            if start <= other.start
            and other.end <= end
            # "900 de plus" has no unit of its own.
            and (compatible(other, figure) or not other.unit)
            and not date.start <= other.start < date.end
        ]
        if not beside:
            return False
        if re.search(r";", folded[date.end : figure.start]):
            # "120 were cut in 2020; the firm says 75": of the same year, as far as it tells.
            return False
        if any(other.start == figure.start for other in beside):
            # "£4.3 million last year, nearly twice the £2.2 million of 2019": the nearer one.
            nearest = min(
                beside, key=lambda o: min(abs(date.start - o.end), abs(o.start - date.end))
            )
            return nearest.start != figure.start
        return True
    return False


def _is_of_some(sentence: str, part: Figure, question: str) -> bool:
    """Whether a question asks nothing of what sets some apart: "16 saves, three from penalties"."""
    if dominant_language(sentence) != dominant_language(question):
        return False
    ends = _CLAUSE_END.search(sentence, part.end)
    said = _content(sentence[part.end : ends.start() if ends else None])
    asked = _content(question)
    return bool(said) and not any(cognates(w, other) for w in said for other in asked)


def _content(text: str) -> list[str]:
    figures = {word for figure in find_figures(text) for word in tokens(figure.text)}
    return [w for w in tokens(text) if w not in FUNCTION_WORDS and w not in figures]


def part_for_whole(claim: str, evidence: Sequence[str], question: str) -> Figure | None:
    """A part given as the whole: "17 of 52 posts are vacant" does not make 17 posts.

    Told where the source is in the question's language: what it says of the part must be asked
    for, or be said in the claim; of "52 posts, including 17 vacant ones", be asked for.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences it cites.
        question: what it answers.
    """
    asked = [w for w in tokens(f"{question} {claim}") if w not in FUNCTION_WORDS]
    given = find_figures(claim)
    if len(given) != 1:
        return None
    for sentence in evidence:
        known = find_figures(sentence)
        folded = fold(sentence)
        if any(
            _AMONG_THEM.fullmatch(folded[whole.end : part.start])
            and supports(part, given[0])
            and not supports(whole, given[0])
            and _is_of_some(sentence, part, question)
            for whole, part in pairwise(known)
        ):
            return given[0]
        for part, whole in pairwise(known):
            if not _OUT_OF.match(folded[part.end : whole.start]) or not supports(part, given[0]):
                continue
            if dominant_language(sentence) != dominant_language(question):
                continue
            verb = _VERB.search(folded, whole.end)
            after = tokens(sentence[verb.end() :]) if verb is not None else []
            said = [word for word in after if word not in FUNCTION_WORDS][:_REACH]
            if said and not any(cognates(w, other) for w in said for other in asked):
                return given[0]
    return None
