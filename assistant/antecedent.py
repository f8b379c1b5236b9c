"""Whom "elle" is: only whom its paragraph, or a sentence right before it, names.

"Elle a réussi 16 arrêts" says nothing of a player whom another paragraph names, though the two
sentences together hold all that a claim about her says.
"""

import re
from collections.abc import Sequence

from assistant.verification import (
    find_figures,
    find_names,
    unsupported_dates,
    unsupported_figures,
    unsupported_names,
)
from assistant.verification.name_finder import opens_with_a_pronoun
from index import Sentence

_PARAGRAPH = re.compile(r"\n\s*\n")

_POINTING = re.compile(
    r"\W*(?:ce(?:lui|lle|ux|lles)-(?:ci|là)|ce(?:s|tte)? derni(?:er|ère)s?"
    r"|the (?:latter|former))\b",
    re.IGNORECASE,
)

REACH = 2
"""Sentences before a pronoun in which somebody of another paragraph has to be named to be meant."""


def taken_for_another(claim: str, cited: Sequence[Sentence]) -> bool:
    """Whether a figure that the source gives by a pronoun is given to somebody named elsewhere.

    Args:
        claim: one statement.
        cited: what it rests on.
    """
    names = find_names(claim)
    if len(names) != 1 or len(cited) < 2 or not find_figures(claim):
        return False
    naming = [s for s in cited if not unsupported_names(names[0], [s.text])]
    if not naming:
        return False
    # What is left when whoever is named says nothing of it.
    told = [s.text for s in naming]
    if not unsupported_figures(claim, told) and not unsupported_dates(claim, told):
        return False
    return any(
        opens_with_a_pronoun(sentence.text)
        and not any(_may_take_up(sentence, other) for other in naming)
        for sentence in cited
        if sentence not in naming
    )


def points_before(claim: str) -> bool:
    """Whether a claim begins with "celui-ci" or "the latter", of whom nothing shown tells."""
    return _POINTING.match(claim) is not None


def _may_take_up(sentence: Sentence, other: Sentence) -> bool:
    """Whether a pronoun of ``sentence`` may mean whom ``other``, before it, names."""
    if other.document.id != sentence.document.id or other.row >= sentence.row:
        return False
    between = sentence.document.text[other.end : sentence.start]
    return sentence.row - other.row <= REACH or _PARAGRAPH.search(between) is None
