"""Which sentences a claim rests on, decided from the claim itself.

A small model names the sentence that it used rightly for two claims in three only; what the claim
shares with each sentence (words, figures, names, meaning) tells better.
"""

from collections.abc import Mapping, Sequence

from assistant.answer import Language
from assistant.verification import (
    unsupported_dates,
    unsupported_figures,
    unsupported_names,
    without_added_parts,
)
from index import Sentence
from index.lexical import words

MOST = 3
"""Sentences cited for one claim at most."""

_COSINE_LOW, _COSINE_HIGH = 0.80, 0.92
"""Where cosines of multilingual-e5-small lie for unrelated and for equivalent sentences."""


def attribute(
    claim: str,
    question: str,
    language: Language,
    sentences: Sequence[Sentence],
    cosines: Mapping[int, float],
) -> tuple[Sentence, ...]:
    """The fewest sentences that hold what the claim says, best first.

    Args:
        claim: what is to be cited.
        question: what was asked.
        language: of the claim.
        sentences: the candidates, never empty.
        cosines: of the claim to each candidate, by row.

    Returns:
        One to ``MOST`` sentences.
    """
    said = set(words(claim))
    asked = set(words(question))

    def score(sentence: Sentence) -> float:
        terms = set(words(sentence.text))
        # Across languages only names and figures are shared words; meaning must do the rest.
        weight = 0.5 if sentence.document.language != language else 1.0
        near = (cosines.get(sentence.row, 0.0) - _COSINE_LOW) / (_COSINE_HIGH - _COSINE_LOW)
        return (
            weight * len(said & terms) / (1 + len(said))
            + 0.3 * weight * len(asked & terms) / (1 + len(asked))
            + max(0.0, min(1.0, near))
            - 0.25 * _missing(claim, [sentence.text])
        )

    ranked = sorted(sentences, key=lambda s: (-score(s), s.row))
    cited = [ranked[0]]
    missing = _missing(claim, [ranked[0].text])
    for sentence in ranked[1:]:
        if not missing or len(cited) == MOST:
            break
        if sentence.document.id != cited[0].document.id:
            continue
        left = _missing(claim, [s.text for s in (*cited, sentence)])
        if left < missing:
            cited.append(sentence)
            missing = left
    return tuple(cited)


def _missing(claim: str, evidence: list[str]) -> int:
    """How many figures, dates and names of the claim the evidence does not hold.

    A year that the claim added to a day is no reason to cite another sentence of that year.
    """
    dates = unsupported_dates(claim, evidence)
    if dates:
        claim = without_added_parts(claim, evidence)
        dates = unsupported_dates(claim, evidence)
    return (
        len(unsupported_figures(claim, evidence))
        + len(dates)
        + len(unsupported_names(claim, evidence, ""))
    )
