"""A question of two parts: "When did it leave, and how much was it to pay?".

The small model answers one of them, as a rule. Each is asked by itself, the second as a follow-up.
"""

import re

from assistant.verification.words import fold

_BEFORE = (
    r"(?:(?:a|de|pour|par|avec|sur|dans|en|chez|depuis|pendant|contre|envers|vers|jusqu'a|si oui,?"
    r"|to|from|with|by|in|for|of|at|on|since|over|under|against|during|towards?|if so,?) |d')?"
)
_WORD = (
    r"(?:combien|comment|quel(?:le)?s?|lequel|laquelle|qui|quoi|ou|quand|pourquoi|est-ce qu"
    r"|what|which|who(?:m|se)?|when|where|why|how)\b|que? \w+-(?:t-)?(?:il|elle|on)"
)
_SECOND = re.compile(
    rf"(?P<comma>[,;])? (?:et|and) (?={_BEFORE}(?:{_WORD}))"
    # "…, et faut-il un ticket ?", "…, and is it paid for?"
    r"|(?P<closed>[,;]) (?:et|and) (?=\w+-(?:t-)?(?:il|elle|on)s?\b"
    r"|(?:is|are|was|were|does|do|did|has|have|had|can|will|would)\b)"
    # Two sentences, each of some words.
    r"|(?P<asked>\?)\s+(?=\S+ \S+ \S+)"
)
_FEWEST = 4
"""Words of a first part; one fewer before a comma: in "Quand et où…" there are no two parts."""


def parts_of(question: str) -> tuple[str, ...]:
    """The question as it is, or its two parts.

    Args:
        question: standing alone.

    Returns:
        One question, or two: the second may lean on the first ("…, and when?").
    """
    folded = fold(question)
    for match in _SECOND.finditer(folded):
        first, second = question[: match.start()].strip(), question[match.end() :].strip()
        marked = match["comma"] or match["closed"] or match["asked"]
        if len(first.split()) >= _FEWEST - bool(marked):
            return (f"{first} ?" if re.search(r"[a-zà-ÿ]$", first) else first), second
    return (question,)
