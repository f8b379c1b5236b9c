"""The verifier: decides, from the cited sentences alone, whether a claim may be shown.

First the exact checks (microseconds), then the calibrated signs that cost nothing more, and only
where those leave doubt the model is asked to judge (about a second), in a chat that holds nothing
of what the writer read or thought.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Language
from assistant.confidence import Signs, calibration, coverage, terms_of
from assistant.evidence import Evidence
from assistant.llm import SLOTS, LanguageModel, log_odds
from assistant.prompting import load_prompts
from assistant.verification import exact_problems, expected_type
from assistant.write import Proposal
from index import Index, Sentence

_LONGEST = 700
"""Code points of each cited sentence that the judge reads."""

PLAIN, MARGIN = 0.75, 0.5
"""Share of the question's words, weighed by rarity, that a sentence must hold to be the one to
answer from; and how many more than what was cited instead."""

_IN_PLACE = frozenset({"who", "when", "year", "count", "money", "percentage", "place"})
"""What is answered where it is spoken of; a reason or a manner often stands a sentence later."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier decided.

    Attributes:
        supported: whether the claim may be shown.
        score: probability that it is supported and answers the question, 0 to 1.
        problem: what is wrong, a short constant, else ``None``.
        near: whether the cited sentences at least speak of what was asked.
    """

    supported: bool
    score: float
    problem: str | None = None
    near: bool = True


class Verifier:
    """Verifies claims about one corpus. Thread-safe."""

    def __init__(self, index: Index, model: LanguageModel) -> None:
        """Verify against ``index``, with ``model`` as the judge."""
        self._index = index
        self._model = model

    def signs(
        self, question: str, language: Language, proposal: Proposal, cited: Sequence[Sentence]
    ) -> Signs:
        """The signs that need no model; ``judged`` is left at 0."""
        document = cited[0].document
        foreign = document.language != language
        around = [self._index.passages[s.passage].text for s in cited] + [document.title]
        covered, context, named = coverage(
            question, cited, around, self._index.rarity(terms_of(question))
        )
        cosine = max(self._index.cosines(question, cited))
        stated = proposal.stated / 9
        answerable = max(-1.5, min(1.5, proposal.answerable / 4))
        near = max(-1.0, min(1.5, (cosine - 0.80) / 0.12))
        return Signs(
            stated=stated,
            sureness=max(-1.0, proposal.sureness / 3),
            covered=0.0 if foreign else covered,
            around=0.0 if foreign else context,
            named=named,
            near=near,
            answerable=answerable,
            foreign=float(foreign),
            foreign_stated=stated if foreign else 0.0,
            foreign_near=near if foreign else 0.0,
            foreign_answerable=answerable if foreign else 0.0,
        )

    def judged(
        self,
        signs: Signs,
        question: str,
        language: Language,
        claim: str,
        cited: Sequence[Sentence],
    ) -> Signs:
        """The same signs with the model's judgement.

        Raises:
            ModelUnavailable: it cannot be asked.
        """
        prompts = load_prompts(language)
        passage = " ".join(s.text[:_LONGEST] for s in sorted(cited, key=lambda s: s.row))
        odds = log_odds(
            self._model,
            prompts.judge(passage, question, claim),
            prompts.yes,
            prompts.no,
            SLOTS["judge", language],
        )
        judged = (odds or 0.0) / 9
        return replace(signs, judged=judged, foreign_judged=judged if signs.foreign else 0.0)

    def relevance(
        self, question: str, language: Language, proposal: Proposal, cited: Sequence[Sentence]
    ) -> Verdict:
        """Whether the cited sentences answer the question with the proposal's words.

        Raises:
            ModelUnavailable: the judge is needed and cannot be asked.
        """
        bounds = calibration()
        signs = self.signs(question, language, proposal, cited)
        quick = bounds.quick.probability(signs)
        if quick < bounds.refuse:
            return Verdict(False, quick, "not_answered", near=False)
        if quick >= bounds.accept:
            return Verdict(True, quick)
        signs = self.judged(signs, question, language, proposal.text, cited)
        score = bounds.judged.probability(signs)
        if score >= bounds.show:
            return Verdict(True, score)
        return Verdict(False, score, "not_answered", near=score >= bounds.refuse)

    def nearest(self, question: str, evidence: Evidence, share: float) -> Sentence | None:
        """The sentence that speaks most of what was asked, if it holds ``share`` of its words.

        Args:
            question: standing alone.
            evidence: the candidates.
            share: of the question's words, weighed by rarity, 0 to 1.
        """
        rarity = self._index.rarity(terms_of(question))
        best: tuple[float, float, Sentence] | None = None
        for sentence, cosine in zip(evidence.sentences, evidence.cosines, strict=True):
            covered, _, _ = coverage(question, [sentence], (), rarity)
            if covered >= share and (best is None or (covered, cosine) > best[:2]):
                best = (covered, cosine, sentence)
        return None if best is None else best[2]

    def plainer(
        self, question: str, cited: Sequence[Sentence], evidence: Evidence
    ) -> Sentence | None:
        """A sentence that says nearly all of the question's words, where the cited ones do not.

        "Qui a donné l'alerte ?" is answered where the alert is spoken of, whoever else is named.
        """
        if expected_type(question).kind not in _IN_PLACE:
            return None
        rarity = self._index.rarity(terms_of(question))
        mine, _, _ = coverage(question, cited, (), rarity)
        best = self.nearest(question, evidence, max(PLAIN, mine + MARGIN))
        return None if best is None or best in cited else best


def problem(claim: str, cited: Sequence[Sentence], question: str, language: Language) -> str | None:
    """The first thing in ``claim`` that the cited sentences do not say, to the letter.

    Returns:
        A short constant ("figure", "date", "name", …), or ``None``.
    """
    for found in exact_problems(claim, [s.text for s in cited], question, language):
        if found.hard:
            return found.kind
    return None
