# ruff: noqa: E501  patterns of words read better unwrapped
"""What a source names only to say that it is not so: "pas place du Foirail, mais au parc"."""

import re
from collections.abc import Sequence

from assistant.verification.name_finder import names_in
from assistant.verification.words import FUNCTION_WORDS, cognates, dominant_language, fold, tokens

_NOT = r"(?:pas|non|not|plutot que|rather than|instead of|au lieu de)"
_PLACED = r"(?:au|aux|du|des?|le|la|les|l'|the|at|in|on|to|by|from|a|en|sur)"
_BUT = re.compile(rf"\b(?P<denied>{_NOT}\b[^;.]*?),? (?:mais|but)\b")
"""Ne sera pas monté place du Foirail, mais au parc."""

_BESIDE = re.compile(rf"\b(?P<denied>{_NOT} {_PLACED}\b[^,;.]*)")
"""S'inquiète du stationnement, pas du projet."""

_ADDED = re.compile(r"\b(?:not (?:only|just)|pas (?:seulement|que)|non seulement)\b")
_NEGATED = re.compile(r"\b(?:ne|not|pas|non|no|never|jamais)\b|\bn'|n't\b")
_VERB_DENIED = re.compile(
    r"(?:\bne |\bn')\S+ $|\b(?:do|does|did|is|are|was|were|has|have|had|will|would|could|should|can|may) $"
)
_PARTS = re.compile(r"[,;:]|\b(?:mais|but|et|and)\b")
_LETTERS = 4


def contrasted(claim: str, evidence: Sequence[str]) -> str | None:
    """A word of the claim that its sources hold only where they deny it; folded.

    Names, and within one language what stands beside what is so. Nothing is said of what the claim
    denies as well.

    Args:
        claim: one statement.
        evidence: the sentences it cites, in any language.
    """
    folded = [fold(sentence) for sentence in evidence if not _ADDED.search(fold(sentence))]
    stated = _words(" ".join(_without(sentence) for sentence in folded))
    said = " ".join(
        part for part in _PARTS.split(_without(fold(claim))) if not _NEGATED.search(part)
    )
    names = {word for name in names_in(claim) for word in name.keys}
    language = dominant_language(claim)
    for word in _words(said):
        for sentence in folded:
            parts = [m["denied"] for m in _BESIDE.finditer(sentence) if _stands_alone(m)]
            if word in names:
                parts += [m["denied"] for m in _BUT.finditer(sentence)]
            elif dominant_language(sentence) != language:
                continue
            denied = any(cognates(word, other) for part in parts for other in _words(part))
            if denied and not any(cognates(word, other) for other in stated):
                return word
    return None


def _stands_alone(denied: re.Match[str]) -> bool:
    """Whether it denies no verb of its own: "ne critique pas le projet" does."""
    return _VERB_DENIED.search(denied.string[: denied.start()]) is None


def _without(folded: str) -> str:
    """A folded sentence without what it denies."""
    return _BESIDE.sub(" ", _BUT.sub(" ", folded))


def _words(text: str) -> list[str]:
    return [word for word in tokens(text) if word not in FUNCTION_WORDS and len(word) >= _LETTERS]
