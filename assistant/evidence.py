"""Which sentences the writer gets to read.

Reading is what a user waits for: 75 to 80 tokens a second on two cores. So a corpus as short as an
article is given whole, always in the same order, and the model keeps it in its cache; from a longer
one the few sentences that rank best are given, each under its document's title, in reading order.
Read whole, an article is also understood better: of 72 questions about eight articles of 4,000 code
points, 57 were answered rightly so, 46 from the sentences that rank best.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.guard import orders_the_machine
from assistant.verification.number_words import in_digits
from index import Hit, Index, Sentence
from index.lexical import words

WHOLE_CORPUS = 3_000
"""Code points of sentences up to which the whole corpus is read."""

WHOLE_TRAINED = 4_500
"""The same for a trained model: without worked examples before it, there is room for more. French
has 2.9 code points a token; with question and answer, 2.3 fit in ``llm.TRAINED_CONTEXT``."""

_DIGIT = 3
"""Code points as which a digit counts: each is a token of its own."""

BUDGET = 1_300
"""Code points of sentences read from a longer corpus: about 350 tokens, 4 to 5 s on two cores. Of
30 people's questions over 51 encyclopaedia articles 16 are answered rightly in a few words so, 11
with 900, and 13 with whole passages, or the sentences before, in place of more."""

FEWER = 900
"""The same for a calculation, and for a closer look; both only where nothing else answers."""

LONGEST = 700
"""Code points of one sentence that are read; a longer one is no sentence as a rule."""

LONGEST_TITLE = 200
"""Code points of a title that the judge reads."""

_WORD = re.compile(r"\w")
_DIGITS = re.compile(r"\d")
_K = 5
"""Reciprocal-rank constant for sentences: few candidates, so ranks weigh more than in search."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the writer reads.

    Attributes:
        sentences: in reading order.
        cosines: of the question to each, in the same order, -1 to 1.
        whole: whether it is all that was found, not a choice from it.
    """

    sentences: tuple[Sentence, ...]
    cosines: tuple[float, ...]
    whole: bool

    def as_text(self, texts: Sequence[str] | None = None) -> str:
        """One sentence a line, each document's under its title; larger numbers in digits.

        Args:
            texts: what is read in place of each sentence.
        """
        lines: list[str] = []
        read = texts or [sentence.text for sentence in self.sentences]
        for n, (sentence, text) in enumerate(zip(self.sentences, read, strict=True)):
            if n == 0 or sentence.document.id != self.sentences[n - 1].document.id:
                title = sentence.document.title
                lines.append(f"# {'' if orders_the_machine(title) else title}".rstrip())
            lines.append(line_of(text))
        return "\n".join(lines)

    def only(self, chosen: Sequence[Sentence]) -> "Evidence":
        """The same with nothing but ``chosen``, in reading order."""
        kept = [
            pair for pair in zip(self.sentences, self.cosines, strict=True) if pair[0] in chosen
        ]
        return Evidence(tuple(s for s, _ in kept), tuple(c for _, c in kept), False)


def line_of(text: str) -> str:
    """A sentence as it is read: a line break inside it would look like the end of it."""
    return in_digits(" ".join(text[:LONGEST].split()))


def gather(
    index: Index,
    question: str,
    hits: Sequence[Hit],
    whole: int = WHOLE_CORPUS,
    budget: int = BUDGET,
) -> Evidence:
    """Choose what is read to answer ``question`` from the passages found, best first.

    Args:
        index: what was searched.
        question: standing alone.
        hits: the passages found.
        whole: code points of sentences up to which the whole corpus is read.
        budget: code points of sentences read from a longer one.
    """
    cosine_of = {
        sentence.row: cosine
        for hit in hits
        for sentence, cosine in zip(hit.passage.sentences, hit.cosines, strict=True)
    }
    if is_small(index, whole):
        chosen = readable(index.sentences)
    else:
        chosen = []
        left = budget
        for sentence in _ranked(question, hits):
            length = min(len(sentence.text), LONGEST)
            if length <= left and readable([sentence]):
                chosen.append(sentence)
                left -= length
        chosen.sort(key=lambda sentence: sentence.row)
    cosines = tuple(cosine_of.get(sentence.row, 0.0) for sentence in chosen)
    return Evidence(tuple(chosen), cosines, True)


def closer(index: Index, question: str, hits: Sequence[Hit], read: Evidence) -> Evidence:
    """The few sentences of a corpus read whole that rank best; all where it is as short as they.

    Who looks for a thing in a whole article takes the wrong sentence at times, and sees it among
    few. Of 37 questions that were not answered from whole articles though they tell, nine were
    from these; of 61 that the articles do not answer, none was. Of twelve about a longer corpus,
    whose best sentences are all that was read before, none was.

    Args:
        index: what was searched.
        question: standing alone.
        hits: the passages found, best first.
        read: what was read before.
    """
    return read.only(gather(index, question, hits, whole=0, budget=FEWER).sentences)


def readable(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Those that may be evidence: no title, which is read anyway, no order to us, no bare sign."""
    return [
        sentence
        for sentence in sentences
        if _WORD.search(sentence.text)
        and sentence.text != sentence.document.title
        and not orders_the_machine(sentence.text)
    ]


def heading(title: str) -> str:
    """A document's title as a sentence before its own; empty where it has none, or one that orders.

    Args:
        title: of which ``LONGEST_TITLE`` code points are read.
    """
    title = title.strip()[:LONGEST_TITLE]
    if not title or orders_the_machine(title):
        return ""
    return title if title[-1] in ".?!" else f"{title}."


def whole_for(trained: bool) -> int:
    """Code points of sentences up to which the writer reads the whole corpus."""
    return WHOLE_TRAINED if trained else WHOLE_CORPUS


def is_small(index: Index, whole: int) -> bool:
    """Whether the whole corpus, in code points, is short enough to be read for every question."""
    left = whole
    for sentence in index.sentences:
        digits = len(_DIGITS.findall(sentence.text))
        left -= sentence.end - sentence.start + (_DIGIT - 1) * digits
        if left < 0:
            return False
    return True


def _ranked(question: str, hits: Sequence[Hit]) -> list[Sentence]:
    """The sentences of the passages found, best first: by passage, by cosine, by words shared."""
    asked = set(words(question))
    rows: list[tuple[Sentence, int, float, float]] = []
    for rank, hit in enumerate(hits, start=1):
        for sentence, cosine in zip(hit.passage.sentences, hit.cosines, strict=True):
            shared = len(asked & set(words(sentence.text)))
            rows.append((sentence, rank, cosine, shared / (1 + len(asked))))
    by_cosine = {row[0].row: n for n, row in enumerate(sorted(rows, key=lambda row: -row[2]), 1)}
    by_words = {row[0].row: n for n, row in enumerate(sorted(rows, key=lambda row: -row[3]), 1)}

    def score(row: tuple[Sentence, int, float, float]) -> float:
        sentence, passage_rank, _, _ = row
        return (
            1 / (_K + passage_rank)
            + 1 / (_K + by_cosine[sentence.row])
            + 1 / (_K + by_words[sentence.row])
        )

    return [row[0] for row in sorted(rows, key=lambda row: (-score(row), row[0].row))]
