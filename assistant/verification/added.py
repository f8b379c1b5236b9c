# ruff: noqa: E501  tables of patterns read better unwrapped
"""What a claim adds of its own: a reason or a moment, a season, a nationality."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from assistant.verification.places import ALIASES, DEMONYMS
from assistant.verification.words import FUNCTION_WORDS, cognates, dominant_language, fold, tokens

# What follows one of these up to the next comma is a reason or a moment of its own.
_CLAUSES: tuple[tuple[Literal["cause", "time"], re.Pattern[str]], ...] = (
    ("cause", re.compile(r"\b(?:parce qu[e']|a cause d|en raison d|grace a|because|due to|owing to|thanks to)")),
    ("time", re.compile(r"\b(?:apres|avant|depuis qu[e']|pendant qu[e']|lorsqu[e']|after|before|once|while|when)\b")),
)  # fmt: skip
_END = re.compile(r"[,;:.!?()]|\b(?:et|mais|and|but)\b")
_SEASONS = (
    ("summer", r"(?:l'|d'|cet |en |un )ete\b(?! \w+(?:e|es|ee|ees|i|u)\b)|\b(?:in|the|this|last|next) summer", r"\bete\b|summer|estival|juin|juillet|aout|june|july|august"),
    ("autumn", r"\bautomne|\bautumn|\b(?:in|the|this|last|next) fall\b", r"automn|autumn|fall|septembre?|octob|novemb"),
    ("winter", r"\bhiver|\bwinter", r"hiver|winter|decemb|janvier|january|fevrier|february"),
    ("spring", r"\b(?:printemps|(?:in|the|this|last|next) spring)\b", r"printemps|spring|mars|march|avril|april|\bmai\b|\bmay\b"),
)  # fmt: skip
_NATION = re.compile(
    rf"\b(?P<stem>{'|'.join(sorted((s for s in DEMONYMS if len(s) > 4), key=len, reverse=True))})"
    r"(?:e?s?|n?nes?|men|man)\b"
)
_COMMON = frozenset({"roman", "polish"})
"""What is a nation's adjective in one language and another word in the other."""

_HOME = {"fr": "francais", "en": "british"}
"""What "l'État" or "the Government" is in a text of the language without its saying so."""


class Addition(NamedTuple):
    """Something that the cited sentences do not hold; ``detail`` is the words concerned."""

    kind: Literal["cause", "time", "date", "name"]
    detail: str


def additions(claim: str, evidence: Sequence[str], question: str) -> Iterator[Addition]:
    """What the claim says of reasons, moments, seasons and nations that nothing cited speaks of.

    Reasons and moments are compared by their words, so only within one language, and only where
    at least two of them are there to compare.
    """
    folded, source = fold(claim), fold(" \n ".join([*evidence, question]))
    there = tokens(source)
    if all(dominant_language(sentence) == dominant_language(claim) for sentence in evidence):
        for kind, opening in _CLAUSES:
            for match in opening.finditer(folded):
                clause = folded[match.end() : _end(folded, match.end())]
                said = [w for w in tokens(clause) if w not in FUNCTION_WORDS and len(w) > 3]
                known = sum(any(cognates(word, other) for other in there) for word in said)
                if len(said) > 1 and known * 2 < len(said):
                    yield Addition(kind, clause.strip())
    for name, stated, given in _SEASONS:
        if re.search(stated, folded) and not re.search(given, source):
            yield Addition("date", name)
    home = {_nation(_HOME[dominant_language(sentence)]) for sentence in evidence}
    told = {_nation(match["stem"]) for match in _NATION.finditer(source)}
    for match in _NATION.finditer(folded):
        nation = _nation(match["stem"])
        if not told or nation in told | home or match["stem"] in _COMMON:
            # Where the source speaks of no nation, it may be implied: "a museum in Glasgow".
            continue
        if not any(re.search(rf"\b{re.escape(name)}", source) for name in nation):
            yield Addition("name", match[0])


def _end(folded: str, start: int) -> int:
    end = _END.search(folded, start)
    return end.start() if end else len(folded)


def _nation(stem: str) -> frozenset[str]:
    """Every name and adjective of the nation, in both languages."""
    return next(group for group in ALIASES if stem in group)
