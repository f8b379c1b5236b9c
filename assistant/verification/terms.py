"""Words that a small model leaves untranslated because the other language seems to have them.

"PMEs" is no English acronym and the "patron" of a company no patron. What is put right is only what
a cited sentence has word for word, so that nothing is said that it does not say.
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

_PLURAL = r"(?:[Ll]es|[Dd]es|[Aa]ux|[Cc]es|[Ll]eurs|[Nn]os|\d) "
"""What stands before a French acronym of several: it takes no s itself."""

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
                claim = re.sub(rf"\b{english}s?\b", french, claim)
        elif re.search(rf"\b{french}\b", source):
            several = "s" if re.search(rf"\b{_PLURAL}{french}\b", source) else ""
            claim = re.sub(rf"\b{french}s?\b", english + several, claim)
    if language == "en" and re.search(r"\b[Ll]e patron\b", source):
        claim = _PATRON.sub(lambda found: "Head" if found["first"] == "P" else "head", claim)
    return claim
