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
from assistant.verification.words import uncapitalised
from index import Sentence

_PARAGRAPH = re.compile(r"\n\s*\n")

_POINTING = re.compile(
    r"\W*(?:ce(?:lui|lle|ux|lles)-(?:ci|là)|ce(?:s|tte)? derni(?:er|ère)s?"
    r"|the (?:latter|former))\b",
    re.IGNORECASE,
)

_PRONOUN = re.compile(r"\W*(?:ils?|elles?|he|she|they)(?! (?:y|faut|s['’]agit|pleut)\b)\b", re.I)
_IMPERSONAL = re.compile(
    r"\b(?:va-t-il|s['’]est-il|se passe-t-il|y (?:a|aura)-t-il|il y a|faut-il|il faut)\b",
    re.I,
)
_SOMEBODY = re.compile(
    r"\b(?:les?|la|l['’]|une?|des|du|aux?|mon|ma|mes|ton|ta|tes|son|sa|ses|nos|vos|leurs?|ce|cet|cette|ces"
    r"|ils?|elles?|eux|lui|on|qui|quels?|quelles?|the|an?|this|that|these|those|his|her|its|their|my"
    r"|your|our|he|she|they|him|them|who|which|whose)\b",
    re.I,
)
"""What may name, or take up, whom a pronoun means."""

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


def points_before(claim: str, question: str) -> bool:
    """Whether a claim begins with "celui-ci" or "the latter", of whom nothing shown tells.

    So does one with "il" or "they" where the question speaks of nobody: "And now?".
    """
    if _POINTING.match(claim):
        return True
    asked = _IMPERSONAL.sub(" ", question)
    return (
        _PRONOUN.match(claim) is not None
        and not _SOMEBODY.search(asked)
        and not find_names(uncapitalised(asked))
    )


def _may_take_up(sentence: Sentence, other: Sentence) -> bool:
    """Whether a pronoun of ``sentence`` may mean whom ``other``, before it, names."""
    if other.document.id != sentence.document.id or other.row >= sentence.row:
        return False
    between = sentence.document.text[other.end : sentence.start]
    return sentence.row - other.row <= REACH or _PARAGRAPH.search(between) is None
