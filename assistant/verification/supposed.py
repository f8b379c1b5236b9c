"""Whom a source only supposes, and a claim names flatly: "Atos pourrait entrer" is no entry.

A bare name has no verb that could be compared: "Who remains?" is not answered by those of whom all
that is said is that they might come.
"""

import re
from collections.abc import Sequence

from assistant.verification.name_finder import Name, named_in
from assistant.verification.words import FUNCTION_WORDS, fold, tokens, uncapitalised

_SUPPOSES = re.compile(
    r" (?:(?:serai|aurai|pourrai)(?:t|ent)|might|may|could|(?:reported|alleged)ly"
    r"|(?:is|are|was|were) (?:\w+ly )?"
    r"(?:said|reported|believed|thought|understood|rumou?red|alleged) to)\b"
)
"""Right behind its subject: what is only said of it, or possible."""

_OPEN = re.compile(
    r"\b\w+r(?:ait|aient)\b|\b(?:pourr\w+|peut|peuvent|peut-etre|possib\w*|eventuel\w*|potenti\w*"
    r"|suppos\w*|cense\w*|presume\w*|pressenti\w*|probab\w*|envisag\w*|interes\w*|rumeur\w*|selon"
    r"|d'apres|may|might|can|could|would|should|perhaps|maybe|consider\w*|likely|expected|tipped"
    r"|said to|(?:reported|alleged|apparent)\w*|believed|thought|understood|rumou?r\w*|according)\b"
)
"""What leaves open whether it is so."""

_OF_ANOTHER = re.compile(
    r"(?:\b(?:d|de|du|des|a|au|aux|par|avec|pour|chez|en|dans|sur|entre|contre|sans|vers"
    r"|of|from|by|with|to|for|at|in|on|between|against|without|than|que)\b|')"
    r"\W*(?:(?:l|la|le|les|the|groupe|group)\b\W*)*$"
)
"""Before a name that is no subject: "les navires de la CMIV pourraient"."""

_PASSED_ON = re.compile(r"\b(?:que|qu|that|said|says)\b")
"""Before what would be in somebody's words: "il a annoncé que Roy serait nommée"."""


def only_supposed(claim: str, evidence: Sequence[str], question: str) -> str | None:
    """A name that the claim gives flatly, and of which the evidence only supposes something.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences that it cites.
        question: that it answers; whom it names itself is not looked at. Without one, a bare name
            claims nothing.

    Returns:
        The name, or ``None``.
    """
    if not question.strip() or _OPEN.search(fold(claim)) or _OPEN.search(fold(question)):
        return None
    asked = {key for name in named_in(uncapitalised(question)) for key in name.keys}
    said = f"de {claim}"
    named = named_in(said)
    for name in named:
        mine = set(name.keys) - asked
        if not _is_subject(said[3 : name.start], named):
            continue
        told = [
            (sentence, other)
            for sentence in evidence
            for other in named_in(sentence)
            if mine & set(other.keys)
        ]
        if told and all(_is_supposed(sentence, other) for sentence, other in told):
            return " ".join(name.words)
    return None


def _is_subject(before: str, named: Sequence[Name]) -> bool:
    """Whether a claim's name, behind these words of it, may be who does what the claim says."""
    names = {key for name in named for key in name.keys}
    content = [word for word in tokens(before) if word not in names | FUNCTION_WORDS]
    return len(content) <= 1 and _OF_ANOTHER.search(fold(before)) is None


def _is_supposed(sentence: str, name: Name) -> bool:
    """Whether all that follows the name, as its subject, is what may be."""
    folded = fold(sentence)
    before = folded[: name.start]
    return (
        _SUPPOSES.match(folded, name.end) is not None
        and _OF_ANOTHER.search(before) is None
        and _PASSED_ON.search(before) is None
    )
