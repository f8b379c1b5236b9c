"""The verifier: decides, from the cited sentences alone, whether a claim may be shown.

First the exact checks (microseconds), then the calibrated signs that cost nothing more. Where those
do not refuse it, the model judges the claim by the cited sentences, with what tells whom they speak
of (two seconds; ``assistant.judge``), and is asked once more in the other language: a trained one
always, another where that can still tip the scales.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Language
from assistant.antecedent import points_before, taken_for_another
from assistant.confidence import Signs, calibration, coverage, nearness, terms_of, told
from assistant.evidence import LONGEST, Evidence, heading, readable
from assistant.judge import rightness
from assistant.llm import LanguageModel
from assistant.verification import (
    Around,
    exact_problems,
    expected_type,
    find_names,
    unsupported_names,
)
from assistant.verification.words import uncapitalised
from assistant.write import Proposal, Readings
from index import Index, Sentence

PLAIN, MARGIN = 0.75, 0.5
"""Share of the question's words, weighed by rarity, that a sentence must hold to be the one to
answer from; and how many more than what was cited instead."""

BLIND = 0.85
"""Probability that an answer must have whose cited sentences, in the question's language, hold not
one of its words: nothing but what the model says of itself speaks for it then. Of 30 such proposals
to tuning questions, 17 were right."""

UNDECIDED = 2.0
"""Log-odds that a trained judge must give an answer at least, whatever else speaks for it: of 399
answers about articles kept from its training, one in twenty of the wrong ones lies above, and 72 %
of the right ones."""

AGREED = 3.0
"""Log-odds that the text states an answer, which a trained reader must give when it is asked in the
other language too (``Readings.second``): who misreads a question seldom does so in both. Chosen on
the answers shown to two held-out suites; of the 34 shown to a third it keeps 23 of the 26 right
ones, and 3 of the 8 others."""

SURE = 4.0
"""Log-odds from which a trained judge alone lets an answer pass, though the cited sentences do not
seem to speak of what was asked ("boss" for "patron"): of 190 so judged, 179 were right."""

ON_TOPIC, ON_TOPIC_FOREIGN = 0.42, 0.125
"""From where a sentence is quoted beside an abstention: its nearness to the question and, in the
question's language, ``BY_WORDS`` of the share of its words, weighed by rarity. Of 415 answerable
questions of the tuning and held-out suites, 43 % get the sentence that answers quoted so (by words
and names alone 26 %), and of 1,440 questions about other articles 13 % some sentence."""

BY_WORDS = 0.5
WORDS_ALONE = 0.4
"""Share of the question's words with which a sentence is quoted, however far the vectors lie."""

_IN_PLACE = frozenset({"who", "when", "year", "count", "money", "percentage", "place"})
"""What is answered where it is spoken of; a reason or a manner often stands a sentence later."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier decided.

    Attributes:
        supported: whether the claim may be shown.
        score: probability that it is supported and answers the question, 0 to 1; the lowest or
            highest that it can be where no more needed to be asked.
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
        """Verify against ``index``; ``model`` judges where there is doubt."""
        self._index = index
        self._model = model

    def signs(
        self,
        question: str,
        language: Language,
        brief: Proposal,
        sentence: Proposal | None,
        cited: Sequence[Sentence],
        second: float = 0.0,
        judged: float = 0.0,
    ) -> Signs:
        """The signs of a claim.

        Args:
            question: standing alone.
            language: of the answer.
            brief: what the writer gave in a few words.
            sentence: what it gave as a sentence, if it was asked.
            cited: what the claim rests on, at least one.
            second: log-odds of an answer asked for in the other language, 0 before it is.
            judged: log-odds that the claim is right, 0 before that is asked.
        """
        document = cited[0].document
        foreign = document.language != language
        around = [self._index.passages[s.passage].text for s in cited] + [document.title]
        covered, named = coverage(question, cited, around, self._index.rarity(terms_of(question)))
        if foreign:
            # "French State" is "l'État" there: names are compared as the exact checks do.
            named = 0.0 if unsupported_names(question, around) else 1.0
        return Signs(
            brief=told(brief.stated),
            stated=told((sentence or brief).stated),
            covered=0.0 if foreign else covered,
            named=named,
            near=nearness(max(self._index.cosines(question, cited))),
            second=told(second),
            judged=told(judged),
            foreign=float(foreign),
        )

    def answers(
        self,
        question: str,
        language: Language,
        brief: Proposal,
        sentence: Proposal | None,
        cited: Sequence[Sentence],
    ) -> Verdict:
        """Whether the cited sentences seem to answer, whatever is claimed of them.

        Args:
            question: standing alone.
            language: of the answer.
            brief: what the writer gave in a few words.
            sentence: what it gave as a sentence, if it was asked.
            cited: what the claim rests on, at least one.
        """
        bounds = calibration(self._model.trained)
        score = bounds.quick.probability(self.signs(question, language, brief, sentence, cited))
        problem = None if score >= bounds.show else "not_answered"
        return Verdict(problem is None, score, problem, near=score >= bounds.refuse)

    def relevance(
        self,
        question: str,
        language: Language,
        readings: Readings,
        sentence: Proposal | None,
        claim: str,
        cited: Sequence[Sentence],
        on_token: Callable[[], None],
        bar: float = 0.0,
    ) -> Verdict:
        """Whether a claim answers the question by the sentences it cites, as far as signs tell.

        Args:
            question: standing alone.
            language: of the answer.
            readings: what the writer gave in a few words.
            sentence: what it gave as a sentence, if it was asked.
            claim: what is to be shown.
            cited: what the claim rests on, at least one.
            on_token: called while the model judges; what it raises stops it.
            bar: probability that the claim must have at least, 0 for that of every claim.

        Raises:
            ModelUnavailable: the model is needed and cannot be asked.
        """
        bounds = calibration(self._model.trained)
        signs = self.signs(question, language, readings.first, sentence, cited)
        blind = signs.covered == 0 and not signs.foreign
        enough = max(bounds.show, bar, BLIND if blind else 0)
        quick = bounds.quick.probability(signs)
        if quick < bounds.refuse:
            return Verdict(False, quick, "not_answered", near=False)
        judged = rightness(self._model, language, self.understood(cited), question, claim, on_token)
        signs = replace(signs, judged=told(judged))
        weigh = bounds.asked.probability
        lowest, highest = (weigh(replace(signs, second=second)) for second in (-1, 1))
        near = highest >= bounds.refuse
        if self._model.trained and (judged < UNDECIDED or readings.second < AGREED):
            return Verdict(False, lowest, "not_answered", near)
        if self._model.trained and judged >= SURE and enough == bounds.show:
            return Verdict(True, highest)
        if highest < enough:
            return Verdict(False, highest, "not_answered", near)
        if lowest >= enough:
            return Verdict(True, lowest)
        # Where the model was not trained, asked for only if it can still tip the scales: it reads
        # all that was found once more.
        score = weigh(replace(signs, second=told(readings.second)))
        if score >= enough:
            return Verdict(True, score)
        return Verdict(False, score, "not_answered", near=score >= bounds.refuse)

    def understood(self, cited: Sequence[Sentence]) -> list[str]:
        """What the judge reads: the title, and each cited sentence after the one before it.

        "Its secretary, Callum Treave, wants it buried" says nothing of fishermen alone, "The work
        will cost 2 million" nothing of a bridge.
        """
        read: dict[int, str] = {}
        for sentence in cited:
            before = self._index.sentences[max(0, sentence.row - 1)]
            same = before.row < sentence.row and before.document.id == sentence.document.id
            if same and len(before.text) <= LONGEST and readable([before]):
                read[before.row] = before.text
            # As much of it as the writer read.
            read[sentence.row] = sentence.text[:LONGEST]
        title = heading(cited[0].document.title)
        return [*([title] if title else []), *(read[row] for row in sorted(read))]

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
            covered, _ = coverage(question, [sentence], (), rarity)
            if covered >= share and (best is None or (covered, cosine) > best[:2]):
                best = (covered, cosine, sentence)
        return None if best is None else best[2]

    def closest(
        self, question: str, language: Language, evidence: Evidence, strict: bool = True
    ) -> Sentence | None:
        """What to quote where nothing answers: what speaks of it most.

        Args:
            question: standing alone.
            language: of the question.
            evidence: the candidates.
            strict: whether it has to speak of what was asked, or at least name whom that names.
        """
        rarity = self._index.rarity(terms_of(question))
        names = find_names(uncapitalised(question))
        best: tuple[float, Sentence] | None = None
        for sentence, cosine in zip(evidence.sentences, evidence.cosines, strict=True):
            covered, named = coverage(question, [sentence], (), rarity)
            foreign = sentence.document.language != language
            score = nearness(cosine) + (0 if foreign else BY_WORDS * covered)
            on_topic = (
                score >= (ON_TOPIC_FOREIGN if foreign else ON_TOPIC)
                or covered >= WORDS_ALONE
                or (bool(names) and covered > 0 and named > 0)
            )
            if (on_topic or not strict) and (best is None or score > best[0]):
                best = (score, sentence)
        return None if best is None else best[1]

    def plainer(
        self, question: str, cited: Sequence[Sentence], evidence: Evidence
    ) -> Sentence | None:
        """A sentence that says nearly all of the question's words, where the cited ones do not.

        "Qui a donné l'alerte ?" is answered where the alert is spoken of, whoever else is named.
        """
        if expected_type(question).kind not in _IN_PLACE:
            return None
        rarity = self._index.rarity(terms_of(question))
        mine, _ = coverage(question, cited, (), rarity)
        best = self.nearest(question, evidence, max(PLAIN, mine + MARGIN))
        return None if best is None or best in cited else best


def problem(
    claim: str,
    cited: Sequence[Sentence],
    question: str,
    language: Language,
    near: Sequence[str],
) -> str | None:
    """The first thing in ``claim`` that the cited sentences do not say, to the letter.

    Args:
        claim: one statement, or a few words.
        cited: what it rests on.
        question: standing alone.
        language: that the claim has to be in.
        near: title and sentences before; see ``Verifier.understood``.

    Returns:
        A short constant ("figure", "date", "name", …), or ``None``.
    """
    around = Around(near, [sentence.document.text for sentence in cited])
    for found in exact_problems(claim, [s.text for s in cited], question, language, around):
        if found.hard:
            return found.kind
    if taken_for_another(claim, cited):
        return "owner"
    return "elsewhere" if points_before(claim, question) else None
