"""What is said where no answer can be shown: what the source does say, if it comes near."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Reason
from assistant.compose import Clock, abstaining, cite
from assistant.confidence import nearness, terms_of
from assistant.evidence import Evidence
from assistant.prompting import load_prompts
from assistant.verification import false_premise
from assistant.verify import Verifier
from index import Hit, Index, Sentence


class Abstentions:
    """Words them for questions about one corpus. Thread-safe."""

    def __init__(self, index: Index, verifier: Verifier) -> None:
        """Quote from ``index`` what ``verifier`` finds nearest."""
        self._index = index
        self._verifier = verifier
        self._languages = {document.language for document in index.documents}

    def not_stated(
        self, draft: Answer, evidence: Evidence, clock: Clock, near: Sentence | None = None
    ) -> Answer:
        """An abstention, with ``near`` or the sentence that comes nearest where one comes near.

        Where an answer was written and refused, the source may well tell: of 120 held-out questions
        that the writer had something to say to 99 were answerable, of 37 others five. So it is not
        said then that it does not, unless it says otherwise what the question takes for granted.

        Args:
            draft: with the claims that were refused.
            evidence: what was read.
            clock: of the answer.
            near: what a refused claim rests on, and is worth quoting.
        """
        shown = load_prompts(draft.language).shown
        nearest = near or self._verifier.closest(draft.question, draft.language, evidence)
        # Where no sentence is nearer than unrelated ones, what was written came from nowhere.
        related = any(nearness(cosine) > 0 for cosine in evidence.cosines)
        refused = near is not None or (bool(draft.claims) and related)
        reason: Reason = "unsupported" if refused else "not_stated"
        if nearest is None:
            if not refused and self._off_topic(draft):
                return abstaining(draft, shown["off_topic"], "off_topic", clock)
            return abstaining(draft, shown["unsure" if refused else "not_stated"], reason, clock)
        citation = cite(1, nearest)
        words = shown["unclear" if refused else "near_miss"]
        others = [sentence.text for sentence in evidence.sentences]
        if false_premise(draft.question, nearest.text, others):
            words, reason = shown["false_premise"], "false_premise"
        text = words.format(quote=citation.quote, marker="[1]")
        return abstaining(replace(draft, citations=(citation,)), text, reason, clock)

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
