"""Answers put together: a claim with its citations, two sources side by side, an abstention."""

import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Claim, Reason, RetrievedPassage
from assistant.disagreement import introduced
from assistant.parts import is_half
from assistant.prompting import load_prompts
from assistant.typography import typeset
from index import Hit, Sentence


class Clock:
    """Seconds by step."""

    def __init__(self) -> None:
        """Start it."""
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        """Add the time since the last lap to ``step``."""
        now = time.perf_counter()
        self._laps[step] = self._laps.get(step, 0.0) + now - self._last
        self._last = now

    def timings(self) -> dict[str, float]:
        """Seconds by step, and in ``total``."""
        return {**self._laps, "total": time.perf_counter() - self._start}


def answered(
    draft: Answer,
    text: str,
    cited: Sequence[Sentence],
    refused: Sequence[Claim],
    score: float,
    clock: Clock,
) -> Answer:
    """``draft`` with a verified claim, its citations and, after it, the claims refused before.

    Where the claim leaves a part of the question open, the answer says so.

    Args:
        draft: question, language and passages.
        text: of the claim.
        cited: what it rests on, numbered from 1.
        refused: other claims, none of them shown.
        score: probability that it is right, 0 to 1.
        clock: of this answer.
    """
    text = typeset(text, draft.language)
    citations = tuple(cite(n, sentence) for n, sentence in enumerate(cited, start=1))
    markers = "".join(f"[{citation.number}]" for citation in citations)
    claim = Claim(text, tuple(c.number for c in citations), True, score)
    half = is_half(draft.question, text, [citation.quote for citation in citations])
    rest = f" {load_prompts(draft.language).shown['half']}" if half else ""
    return replace(
        draft,
        text=f"{text} {markers}{rest}",
        citations=citations,
        claims=(claim, *refused),
        timings=clock.timings(),
    )


def with_other(
    shown: Answer, other: str, others: Sequence[Sentence], score: float, clock: Clock
) -> Answer:
    """``shown`` and, after it, what another source says, with citations of its own."""
    more = tuple(cite(n, s) for n, s in enumerate(others, len(shown.citations) + 1))
    markers = "".join(f"[{citation.number}]" for citation in more)
    first, second = shown.citations[0].source, others[0].document
    claim = Claim(other, tuple(c.number for c in more), True, score)
    return replace(
        shown,
        text=f"{shown.text} {introduced(first, second, other, markers, shown.language)}",
        citations=(*shown.citations, *more),
        claims=(shown.claims[0], claim, *shown.claims[1:]),
        timings=clock.timings(),
    )


def abstaining(draft: Answer, text: str, reason: Reason, clock: Clock) -> Answer:
    """``draft`` as an abstention that says ``text``."""
    return replace(draft, text=text, abstained=True, reason=reason, timings=clock.timings())


def cite(number: int, sentence: Sentence) -> Citation:
    """A sentence as the citation of that number."""
    return Citation(number, sentence.text, sentence.document, sentence.start, sentence.end)


def passages_of(hits: Sequence[Hit]) -> tuple[RetrievedPassage, ...]:
    """What was found, as an answer tells it; best first."""
    return tuple(
        RetrievedPassage(
            h.passage.text, h.passage.document, h.passage.start, h.passage.end, h.score
        )
        for h in hits
    )
