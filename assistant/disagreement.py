"""Another source's figure for the same thing: sentences that may give one, and how it is told.

Nothing is averaged and no source is preferred; the newer one is named where both are dated.
"""

from collections.abc import Sequence
from datetime import date

from assistant.answer import Language
from assistant.evidence import LONGEST, Evidence, readable
from assistant.prompting import load_prompts
from assistant.typography import spelt_date
from assistant.verification import find_figures, find_names, unsupported_figures
from assistant.verification.figures import compatible
from assistant.verification.words import FUNCTION_WORDS, cognates, tokens
from index import Document, Hit, Sentence

_SENTENCES = 2
"""Rival sentences that the writer reads: a second of reading at most."""

_NEAR = 0.02
"""Cosine by which a rival may lie farther from the question than what was cited."""

_ALIKE = 2
"""Words that a rival shares with what was cited where both are in one language."""


def rivals(text: str, question: str, cited: Sequence[Sentence], hits: Sequence[Hit]) -> Evidence:
    """Sentences of other documents that state a like figure, with another value, of the same thing.

    Like is: of a compatible unit, in a document that names whatever the question names, and about
    as near to the question, by words or by meaning, as what was cited.

    Args:
        text: the answer, verified.
        question: standing alone.
        cited: the sentences that it cites.
        hits: the passages found, best first.
    """
    claimed = find_figures(text)
    cosine_of = {
        sentence.row: (sentence, cosine)
        for hit in hits
        for sentence, cosine in zip(hit.passage.sentences, hit.cosines, strict=True)
    }
    mine = {sentence.document.id for sentence in cited}
    floor = max((cosine_of[s.row][1] for s in cited if s.row in cosine_of), default=1.0) - _NEAR
    names = [n for n in find_names(question) if any(n in s.document.text for s in cited)]
    found: list[tuple[float, Sentence]] = []
    for sentence, cosine in cosine_of.values():
        own = find_figures(sentence.text)
        if (
            sentence.document.id not in mine
            and any(compatible(one, other) for one in own for other in claimed)
            and unsupported_figures(text, [sentence.text])
            and all(name in sentence.document.text for name in names)
            and (cosine >= floor or _alike(sentence, cited))
            and len(sentence.text) <= LONGEST
            and readable([sentence])
        ):
            found.append((cosine, sentence))
    found.sort(key=lambda pair: (-pair[0], pair[1].row))
    # What is told is told of one source.
    same = [pair for pair in found if pair[1].document.id == found[0][1].document.id]
    best = sorted(same[:_SENTENCES], key=lambda pair: pair[1].row)
    return Evidence(tuple(s for _, s in best), tuple(c for c, _ in best), False)


def differs(other: str, text: str) -> bool:
    """Whether two answers to one question give figures that do not bear each other out."""
    claimed, own = find_figures(text), find_figures(other)
    return (
        any(compatible(one, figure) for one in own for figure in claimed)
        and bool(unsupported_figures(other, [text]))
        and bool(unsupported_figures(text, [other]))
    )


def introduced(
    first: Document, second: Document, other: str, markers: str, language: Language
) -> str:
    """What the second source says, worded to follow what the first one says.

    Args:
        first: where the answer is from.
        second: the source with another figure.
        other: what it says, verified and typeset.
        markers: of its citations.
        language: of the answer.
    """
    shown = load_prompts(language).shown
    text = shown["disagrees"].format(title=second.title, other=other, markers=markers)
    if first.date and second.date and first.date != second.date:
        newer = first if first.date > second.date else second
        day = spelt_date(date.fromisoformat(newer.date or ""), language)
        text += " " + shown["newest"].format(title=newer.title, date=day)
    return text


def _alike(sentence: Sentence, cited: Sequence[Sentence]) -> bool:
    there = _subject(sentence.text)
    return any(
        sum(any(cognates(word, other) for other in there) for word in _subject(one.text)) >= _ALIKE
        for one in cited
        if one.document.language == sentence.document.language
    )


def _subject(text: str) -> set[str]:
    """The content words of a text but those of its figures: two costs are not alike as "euros"."""
    counted = {word for figure in find_figures(text) for word in tokens(figure.text)}
    return set(tokens(text)) - FUNCTION_WORDS - counted
