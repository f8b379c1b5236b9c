"""What is put into quotation marks though no cited sentence says it so."""

from collections.abc import Sequence

from assistant.verification.words import Language, dominant_language, misquotations


def misquoted(claim: str, evidence: Sequence[str], language: Language) -> str | None:
    """Words that a claim quotes and that no cited sentence has, one after the other.

    Args:
        claim: a statement, or a few words.
        evidence: the sentences it cites.
        language: of the claim; what is quoted from another is translated, and no letter tells.

    Returns:
        The first such quotation with its marks; ``None`` where all are word for word.
    """
    if all(dominant_language(sentence) != language for sentence in evidence):
        return None
    return next(iter(misquotations(claim, evidence)), None)
