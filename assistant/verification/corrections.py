"""Small slips of a claim that are put right: names, added years, torn figures, lost qualifiers.

A model turns "une ou deux entreprises" into "two companies" and "plus de 40" into "40". Where the
cited sentences hold one figure alone that this can be, the claim is given what it left out, rather
than refused or shown as more exact than its source.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.verification.amounts import french_amounts, in_stated_currency
from assistant.verification.dates import without_added_parts
from assistant.verification.ends import ends_apart
from assistant.verification.figures import Figure, compatible, find_figures, with_ellipses
from assistant.verification.names import correct_names
from assistant.verification.terms import in_own_terms
from assistant.verification.words import Language, cognates, dominant_language

_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d+)*|[^\W\d]+(?:-[^\W\d]+)*")
_BEFORE = {
    "fr": {"more": "plus de", "less": "moins de", "at_least": "au moins", "at_most": "jusqu'à",
           "about": "environ"},
    "en": {"more": "more than", "less": "less than", "at_least": "at least",
           "at_most": "up to", "about": "about"},
}  # fmt: skip
_RANGE = re.compile(rf"(?:{_NUMBER.pattern}) (?P<between>ou|or|à|to) (?:{_NUMBER.pattern})", re.I)
_SPLIT = re.compile(r"(?<![\d.,])(\d{1,3}), (\d{3})(?![\d]|[.,]\d)")
_BY_THE_TEXT = re.compile(
    r"(?:according to|in|selon|d['’]après|dans) (?:the |this |le |l['’]|cet? )"
    r"(?P<what>text|article|passage)e?, (?=\w)",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"(?<=\w )(?P<verb>[^\W\d_]{3,})-(?:t-)?(?:ils?|elles?)\b")
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_BETWEEN = {"fr": ("ou", "à"), "en": ("or", "to")}
_TAKEN_UP = re.compile(
    r"\b(?:an?|une?|le|la|les|des|ces|ses|leurs|nos|vos|aux|the|these|those|its|his|her|their|our|all|tous|toutes"
    r"|d['’]ici|first|last|premiers|premières|derniers|dernières)\s*$",
    re.IGNORECASE,
)


def corrected(claim: str, evidence: Sequence[str], language: Language) -> str:
    """The claim with names, dates and figures no more exact than the evidence, in its language.

    Args:
        claim: one proposed statement, or a few words.
        evidence: the sentences it cites.
        language: the claim's.
    """
    claim = _joined(_plain(claim, evidence), evidence)
    claim = without_added_parts(correct_names(claim, evidence), evidence)
    if language == "fr":
        claim = _uninverted(french_amounts(claim), evidence)
    claim = in_own_terms(in_stated_currency(claim, evidence, language), evidence, language)
    known = [
        (figure, dominant_language(sentence) == language)
        for sentence in evidence
        for figure in ends_apart(sentence, with_ellipses(find_figures(sentence)))
    ]
    # From the end, so that the places of those before stay true.
    for figure in reversed(find_figures(claim)):
        meant = [other for other, native in known if _may_be(other, figure, native)]
        shapes = {(other.readings[0], other.bound, other.alternative) for other in meant}
        if len(shapes) == 1 and not _TAKEN_UP.search(claim[: figure.start]):
            claim = _qualified(claim, figure, meant[0], language)
    return claim


def _plain(claim: str, evidence: Sequence[str]) -> str:
    """The claim without "According to the text,": all claims are.

    Where the evidence speaks of a text (of a law, a study), that one may be meant.
    """
    found = _BY_THE_TEXT.match(claim)
    if found is None or any(found["what"].lower() in sentence.lower() for sentence in evidence):
        return claim
    return claim[found.end()].upper() + claim[found.end() + 1 :]


def _joined(claim: str, evidence: Sequence[str]) -> str:
    """The claim without a blank within a figure: "14, 000" is what the evidence has as 14 000."""
    known = {
        value for sentence in evidence for f in find_figures(sentence) for value in f.readings[0]
    }

    def whole(match: re.Match[str]) -> str:
        digits = f"{match[1]},{match[2]}"
        return digits if Decimal(f"{match[1]}{match[2]}") in known else match[0]

    return _SPLIT.sub(whole, claim)


def _uninverted(claim: str, evidence: Sequence[str]) -> str:
    """The French claim without the word order of a question: "les services fusionnent-ils"."""
    quoted = any(
        found[0] in sentence for sentence in evidence for found in _INVERTED.finditer(claim)
    )
    return claim if "?" in claim or quoted else _INVERTED.sub(r"\g<verb>", claim)


def _may_be(source: Figure, claimed: Figure, native: bool) -> bool:
    """Whether the claim's plain figure is that of the source, an end of its range included.

    Within one language (``native``) both must count the same noun; a translated one cannot be
    told.
    """
    if claimed.alternative or claimed.kind == "several" or not compatible(source, claimed):
        return False
    counted = native and source.unit and claimed.unit and source.unit != claimed.unit
    if counted and not cognates(source.unit, claimed.unit):
        return False
    value = claimed.readings[0][0]
    return any(value in (low, high) for low, high in source.readings)


def _qualified(claim: str, figure: Figure, source: Figure, language: Language) -> str:
    number = _NUMBER.search(claim, figure.start, figure.end)
    if number is None or figure.bound or "ordinal" in (figure.kind, source.kind):
        return claim
    if source.alternative:
        low, high = (value / source.scale for value in source.readings[0])
        if figure.scale != source.scale or {low, high} & {Decimal(0)}:
            return claim
        either, to = _BETWEEN[language]
        as_written = _RANGE.search(source.text)
        if as_written and as_written["between"] in (either, to):
            span = as_written[0].lower()
        else:
            between = either if re.search(r"\b(?:ou|or)\b", source.text, re.IGNORECASE) else to
            span = f"{_written(low, language)} {between} {_written(high, language)}"
        if not claim[: number.start()].strip():
            span = span[0].upper() + span[1:]
        return claim[: number.start()] + span + claim[number.end() :]
    if source.bound in {"", "exactly"}:
        return claim
    words = _BEFORE[language][source.bound]
    at_start = not claim[: figure.start].strip()
    first = claim[figure.start]
    follows = claim[figure.start :]
    if at_start:
        words = words.capitalize()
        follows = first.lower() + follows[1:]
    if words.endswith(" de") and re.match(r"une?\b", follows, re.IGNORECASE):
        return f"{claim[: figure.start]}{words[:-1]}'{follows}"
    return f"{claim[: figure.start]}{words} {follows}"


def _written(value: Decimal, language: Language) -> str:
    if language == "en" and value in range(1, 11):
        return _ENGLISH[int(value) - 1]
    # French in digits: "un" or "une" depends on a noun that is not known here.
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if language == "fr" else text
