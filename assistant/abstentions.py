"""What is said where no answer can be shown: what the source does say, if it comes near."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Reason
from assistant.attempt import Attempt
from assistant.compose import Clock, abstaining, cite
from assistant.confidence import nearness, terms_of
from assistant.evidence import Evidence
from assistant.prompting import load_prompts
from assistant.verification import false_premise
from assistant.verify import Verifier
from index import Hit, Index, Sentence

_TOGETHER = 600
"""Code points of two sentences that are quoted together: more would be no quick look."""


class Abstentions:
    """Words them for questions about one corpus. Thread-safe."""

    def __init__(self, index: Index, verifier: Verifier) -> None:
        """Quote from ``index`` what ``verifier`` finds nearest."""
        self._index = index
        self._verifier = verifier
        self._languages = {document.language for document in index.documents}

    def not_stated(
        self, draft: Answer, evidence: Evidence, clock: Clock, tried: Sequence[Attempt] = ()
    ) -> Answer:
        """An abstention, and what the source does say where that comes near.

        Where an answer was written and refused, the source may well tell: of 120 held-out questions
        that the writer had something to say to 99 were answerable, of 37 others five. So it is not
        said then that it does not, unless it says otherwise what the question takes for granted.
        Nor is one sentence enough then, where what was refused rests on several: of 90 such
        questions of three held-out suites that the source does answer, that sentence was quoted to
        48 when one was quoted, and is among the two surest for 66.

        Args:
            draft: with the claims that were refused.
            evidence: what was read.
            clock: of the answer.
            tried: what was refused, in the order in which it was tried.
        """
        shown = load_prompts(draft.language).shown
        # Where no sentence is nearer than unrelated ones, what was written came from nowhere.
        related = any(nearness(cosine) > 0 for cosine in evidence.cosines)
        near = any(attempt.near is not None for attempt in tried)
        refused = near or (bool(draft.claims) and related)
        reason: Reason = "unsupported" if refused else "not_stated"
        quotes = self._quotes(draft, evidence, tried if refused else ())
        if not quotes:
            if not refused and self._off_topic(draft):
                return abstaining(draft, shown["off_topic"], "off_topic", clock)
            return abstaining(draft, shown["unsure" if refused else "not_stated"], reason, clock)
        words = shown["unclear" if refused else "near_miss"]
        others = [sentence.text for sentence in evidence.sentences]
        if false_premise(draft.question, quotes[0].text, others):
            words, reason = shown["false_premise"], "false_premise"
        if reason != "unsupported":
            quotes = quotes[:1]
        citations = tuple(cite(n, sentence) for n, sentence in enumerate(quotes, start=1))
        text = "\n\n".join(
            told.format(quote=citation.quote, marker=f"[{citation.number}]")
            for told, citation in zip((words, shown["also"]), citations, strict=False)
        )
        return abstaining(replace(draft, citations=citations), text, reason, clock)

    def _quotes(
        self, draft: Answer, evidence: Evidence, tried: Sequence[Attempt]
    ) -> list[Sentence]:
        """Up to two sentences that refused claims rest on, surest first; else what comes nearest.

        What was read off the wrong sentence, as its kind tells, speaks for none.
        """
        question, language = draft.question, draft.language
        found: list[Sentence] = []
        for attempt in sorted(tried, key=lambda a: (a.near is not None, a.score), reverse=True):
            quoted = attempt.near
            if quoted is None and not attempt.mistaken:
                among = evidence.only(attempt.cited)
                quoted = self._verifier.closest(question, language, among, strict=False)
            if quoted is not None and quoted not in found:
                found.append(quoted)
        nearest = None if found else self._verifier.closest(question, language, evidence)
        if nearest is not None:
            found.append(nearest)
        if len(found) > 1 and len(found[0].text) + len(found[1].text) > _TOGETHER:
            return found[:1]
        return found[:2]

    def quoted(self, draft: Answer, hits: Sequence[Hit], clock: Clock) -> Answer:
        """What can be said without a model: the nearest sentence, word for word."""
        shown = load_prompts(draft.language).shown
        best = max(
            (
                (cosine, -sentence.row, sentence)
                for hit in hits
                for sentence, cosine in zip(hit.passage.sentences, hit.cosines, strict=True)
            ),
            default=None,
        )
        if best is None:
            return abstaining(draft, shown["model_unavailable_bare"], "model_unavailable", clock)
        citation = cite(1, best[2])
        text = shown["model_unavailable"].format(quote=citation.quote, marker="[1]")
        return abstaining(replace(draft, citations=(citation,)), text, "model_unavailable", clock)

    def _off_topic(self, draft: Answer) -> bool:
        """Whether no word of the question stands anywhere in a corpus of its own language."""
        terms = terms_of(draft.question)
        known = self._index.rarity(terms)
        return (
            self._languages == {draft.language}
            and bool(terms)
            and all(rarity == 1 for rarity in known.values())
        )
