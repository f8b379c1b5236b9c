"""Words that a small model leaves untranslated because the other language seems to have them.

"PMEs" is no English acronym, the "patron" of a company no patron, and what is "numérique"
digital, not numerical. What is put right is only what a cited sentence has word for word, so
that nothing is said that it does not say.
"""

import re
from collections.abc import Sequence

from assistant.verification.words import Language

_ACRONYMS = (
    ("PME", "SME"),
    ("PDG", "CEO"),
    ("PIB", "GDP"),
    ("TVA", "VAT"),
    ("ONG", "NGO"),
    ("ADN", "DNA"),
    ("ARN", "RNA"),
    ("VIH", "HIV"),
    ("ONU", "UN"),
    ("UE", "EU"),
    ("OTAN", "NATO"),
    ("FMI", "IMF"),
    ("OMS", "WHO"),
    ("OMC", "WTO"),
    ("BCE", "ECB"),
    ("OCDE", "OECD"),
)
"""French and English."""

_FALSE_FRIENDS: dict[Language, tuple[tuple[str, str, str], ...]] = {
    "en": (
        # A numerical model or value is one.
        (
            "(?<!simulation )(?<!analyse )(?<!modèle )(?<!valeur )(?<!valeurs )numériques?",
            "numeric(?:al)?",
            "digital",
        ),
        ("informatiques?", "informatic", "computer"),
        ("actuellement", "actually", "currently"),
        ("éventuellement", "eventually", "possibly"),
        ("éventuel(?:le)?s?", "eventual", "possible"),
        ("syndicats?", "syndicate", "union"),
        ("librairies?", "library", "bookshop"),
        ("librairies", "libraries", "bookshops"),
        ("subventions?", "subventions", "subsidies"),
        ("subventions?", "subvention", "subsidy"),
        ("sensibles?", "sensible", "sensitive"),
    ),
    "fr": (
        ("eventually", "éventuellement", "finalement"),
        ("actually", "actuellement", "en fait"),
        ("librar(?:y|ies)", "librairie", "bibliothèque"),
    ),
}
"""By the language of the claim: what its source has, what a small model makes of it, what it is."""

_PLURAL = r"(?:[Ll]es|[Dd]es|[Aa]ux|[Cc]es|[Ll]eurs|[Nn]os|\d) "
"""What stands before a French acronym of several: it takes no s itself."""

_AN = "AEFHILMNORSX"
"""Letters whose English names open with a vowel."""

_PATRON = re.compile(r"\b(?P<first>[Pp])atron\b")


def in_own_terms(claim: str, evidence: Sequence[str], language: Language) -> str:
    """The claim with its source's acronyms, and "patron", put into its own language.

    Args:
        claim: one statement, or a few words.
        evidence: the sentences it cites.
        language: the claim's.
    """
    source = "\n".join(evidence)
    for french, english in _ACRONYMS:
        if language == "fr":
            if re.search(rf"\b{english}s?\b", source):
                claim = _elided(re.sub(rf"\b{english}s?\b", french, claim), french)
        elif re.search(rf"\b{french}\b", source):
            several = "s" if re.search(rf"\b{_PLURAL}{french}\b", source) else ""
            claim = re.sub(rf"\b{french}s?\b", english + several, claim)
            if english[0] in _AN and english != "NATO":  # which is said as a word
                claim = re.sub(rf"\b([Aa]) (?={english}\b)", r"\1n ", claim)
    for stated, written, meant in _FALSE_FRIENDS[language]:
        if re.search(rf"\b{stated}\b", source, re.IGNORECASE):
            claim = _exchanged(claim, written, meant)
    if language == "en" and re.search(r"\b[Ll]e patron\b", source):
        claim = _PATRON.sub(lambda found: "Head" if found["first"] == "P" else "head", claim)
    return claim


def _exchanged(claim: str, written: str, meant: str) -> str:
    """The claim with one word for another, with its capital, its plural and "a" before it."""

    def exchange(found: re.Match[str]) -> str:
        word = meant.capitalize() if found["word"][0].isupper() else meant
        article = f"{found['article']} " if found["article"] else ""
        return f"{article}{word}{found['plural']}"

    pattern = rf"(?:(?P<article>\b[Aa])n )?\b(?P<word>{written})(?P<plural>s?)\b"
    return re.sub(pattern, exchange, claim, flags=re.IGNORECASE)


def _elided(claim: str, acronym: str) -> str:
    """The French claim with "l'ONG" and "d'ONG" for "le ONG" and "de ONG"."""
    if acronym[0] not in "AEIOU":
        return claim
    claim = re.sub(rf"\bdu (?={acronym}\b)", "de l'", claim)
    return re.sub(rf"\b([LlDd])[ea] (?={acronym}\b)", r"\1'", claim)
