"""A question of two parts, and answers to one of them: "When did it leave, and how much…?".

The small model often answers one. The answer is shown then, and that it is not all.
"""

import re
from collections.abc import Sequence

from assistant.verification.answer_type import type_problem
from assistant.verification.dates import find_dates
from assistant.verification.figures import find_figures
from assistant.verification.name_finder import find_names
from assistant.verification.question_type import FIGURES, expected_type
from assistant.verification.words import FUNCTION_WORDS, fold, tokens

_BEFORE = (
    r"(?:(?:a|de|pour|par|avec|sur|dans|en|chez|depuis|pendant|contre|envers|vers|jusqu'a"
    r"|to|from|with|by|in|for|of|at|on|since|over|under|against|during|towards?) |d')?"
)
_WORD = (
    r"(?:combien|comment|quel(?:le)?s?|lequel|laquelle|qui|quoi|ou|quand|pourquoi|qu'est-ce"
    r"|what|which|who(?:m|se)?|when|where|why|how)\b"
)
_AT_ITS_END = rf"(?:elles?|ils?|on|ca|c'est) (?:[^,;?]* )?{_WORD}\W*$"
"""What French asks in spoken words: "…, et elle a pris la place de qui ?"."""
_SECOND = re.compile(
    rf"(?P<comma>[,;])? (?:et|and) (?={_BEFORE}{_WORD}|{_AT_ITS_END})"
    r"|(?P<asked>\?)\s+(?=\S+ \S+ \S+)"
)
_ASKING = re.compile(rf"\b{_WORD}")
_FEWEST, _MARKED = 4, 2
"""Words of a first part, and of one that a comma or question mark ends: "Quand et où…" has one."""

_DATED = frozenset({"when", "year"})
"""Kinds of questions that a date answers."""

_OF_A_POST = re.compile(
    r"\b(?:avant|place|suite|remplac\w*|succe\w*|preced\w*|predecess\w*|ancien\w*"
    r"|before|shoes|replac\w*|took over|taken over|former\w*|previous\w*|old)\b"
)
"""Asks for who came before or after somebody: both are named, as a rule."""


def parts_of(question: str) -> tuple[str, ...]:
    """The question as it is, or its two parts, of which both ask something.

    Args:
        question: standing alone.

    Returns:
        One question, or two: the second may lean on the first ("…, and when?").
    """
    folded = fold(question)
    for match in _SECOND.finditer(folded):
        first, second = question[: match.start()].strip(), question[match.end() :].strip()
        fewest = _MARKED if match["comma"] or match["asked"] else _FEWEST
        long = len(first.split()) >= fewest
        if long and _ASKING.search(folded[: match.start()]):
            return first, second
    return (question,)


def is_half(question: str, answer: str, cited: Sequence[str]) -> bool:
    """Whether an answer leaves one part of a question open, as far as its words tell.

    Args:
        question: standing alone.
        answer: shown.
        cited: the sentences that it cites.
    """
    parts = parts_of(question)
    if len(parts) == 1:
        return False
    problems = [type_problem(part, answer, cited) for part in parts]
    if any(problem is not None and problem.hard for problem in problems):
        return True
    if _says_one_thing(answer):
        return True
    kinds = {expected_type(part).kind for part in parts}
    if kinds <= _DATED:
        return len(find_dates(answer)) == 1
    if kinds == {"who"} and _OF_A_POST.search(fold(parts[1])):
        return len(find_names(answer)) == 1
    return kinds <= FIGURES and len(find_figures(answer)) < len(parts)


def _says_one_thing(answer: str) -> bool:
    """Whether it is a single name or figure, and nothing beside it."""
    names, figures = find_names(answer), find_figures(answer)
    if len(names) + len(figures) != 1:
        return False
    told = names[0] if names else answer[figures[0].start : figures[0].end]
    return set(tokens(answer)) <= set(tokens(told)) | FUNCTION_WORDS
