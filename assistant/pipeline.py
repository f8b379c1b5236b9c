"""The way of a question: guard, search, write, verify, answer.

Each step is a module of its own; this one only leads from one to the next and fails closed:
whatever is not verified is not shown.
"""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from assistant.abbreviations import written_out
from assistant.abstentions import Abstentions
from assistant.answer import Answer, Language
from assistant.attempt import SURER, Attempt, Attempts
from assistant.attribution import attribute
from assistant.calculate import Calculations
from assistant.compose import Clock, abstaining, answered, passages_of, with_other
from assistant.confidence import calibration, told
from assistant.disagreement import differs, rivals
from assistant.errors import ModelUnavailable
from assistant.evidence import FEWER, Evidence, closer, gather, is_small, whole_for
from assistant.guard import objection
from assistant.language import of_question
from assistant.llm import LanguageModel
from assistant.prompting import load_prompts
from assistant.read_off import read_off
from assistant.rewrite import standalone
from assistant.spelling import in_plain_words, is_careless, known_to, well_spelt
from assistant.typography import typeset
from assistant.verification import corrected
from assistant.verification.arithmetic import operation_of
from assistant.verify import Verifier, problem
from assistant.write import Proposal, Readings, propose
from index import Hit, Index, Sentence

OnStep = Callable[[str], None]
"""Told what happens: "searching", "writing" or "checking"."""

PASSAGES = 8
"""Passages searched for a question."""

UNANSWERED = frozenset({"not_stated", "unsupported", "off_topic"})
"""Why a careless question is asked once more, in plain words."""

MISWORDED = frozenset({"modality", "quantifier", "language", "quotation", "elsewhere"})
"""What is wrong with claims that say badly what they read, or read beside it: the sentence itself,
word for word, may answer then."""


_YES_OR_NO = re.compile(
    r"\W*(?:oui|non|si|yes|no)\b"
    r"(?:\W+(?:selon|d['’]après|according\s+to|as\s+per)\W+(?:the\s+|le\s+|la\s+|cet?\s+|l['’])?"
    r"(?:text|article|source)e?s?)?\W*",
    re.IGNORECASE,
)
"""What answers, and tells a reader nothing to check: a sentence says more."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer."""

    question: str
    answer: Answer


class Pipeline:
    """Answers questions about one index with one model. Thread-safe."""

    def __init__(self, index: Index, model: LanguageModel, max_question_chars: int) -> None:
        """Search ``index``, write and judge with ``model``."""
        self._index = index
        self._model = model
        self._limit = max_question_chars
        self._verifier = Verifier(index, model)
        documents = index.documents
        self._source_language = documents[0].language if len(documents) else "fr"
        self._abstentions = Abstentions(index, self._verifier)

    def answer(
        self, question: str, turns: Sequence[Turn], on_step: OnStep
    ) -> Generator[Answer, None, None]:
        """Answer step by step.

        Args:
            question: as typed.
            turns: of the conversation, oldest first.
            on_step: told of each step as it begins.

        Yields:
            The answer as far as it is verified; the last one is whole.
        """
        clock = Clock()
        question = question.strip()
        before = turns[-1].answer.language if turns else None
        asked_in = of_question(question[: self._limit], before, self._source_language)
        language: Language = "en" if asked_in == "other" else asked_in
        draft = Answer("", language, False, question=question[: self._limit])
        reason = objection(question, self._limit)
        if reason is not None:
            shown = load_prompts(language).shown[reason]
            text = shown.format(length=len(question), limit=self._limit)
            yield abstaining(draft, text, reason, clock)
            return
        is_known = known_to(self._index)
        question = written_out(question, language, is_known)
        careless = is_careless(question, language, is_known)
        try:
            question = well_spelt(self._index, language, question)
            question = standalone(
                self._model, language, [(t.answer.question, t.answer.text) for t in turns], question
            )
            clock.lap("rewrite")
            held: Answer | None = None
            for answer in self._asked(replace(draft, question=question), on_step, clock):
                if answer.reason in UNANSWERED:
                    held = answer
                else:
                    yield answer
            if held is not None and careless:
                plain = in_plain_words(self._model, self._index, language, question)
                clock.lap("rewrite")
                again = replace(draft, question=plain)
                for answer in self._asked(again, on_step, clock) if plain != question else ():
                    if not answer.abstained:
                        held = None
                        yield answer
            if held is not None:
                yield replace(held, timings=clock.timings())
        except ModelUnavailable:
            clock.lap("write")
            hits = self._index.search(question, k=PASSAGES)
            quoting = replace(draft, question=question, passages=passages_of(hits))
            yield self._abstentions.quoted(quoting, hits, clock)

    def _asked(self, draft: Answer, on_step: OnStep, clock: Clock) -> Iterator[Answer]:
        """Answer ``draft.question``, which stands alone, from what the search finds."""
        question, language = draft.question, draft.language
        on_step("searching")
        hits = self._index.search(question, k=PASSAGES)
        draft = replace(draft, passages=passages_of(hits))
        whole = whole_for(self._model.trained)
        evidence = gather(self._index, question, hits, whole)
        clock.lap("search")
        if not evidence.sentences:
            yield self._abstentions.not_stated(draft, evidence, clock)
            return
        calculations = Calculations(
            self._model,
            self._verifier,
            language,
            # What a calculation reads is kept by no cache: the fewer sentences the better.
            gather(self._index, question, hits, budget=FEWER),
            question,
            operation_of(question),
            lambda: on_step("writing"),
        )
        if calculations.operation is not None:
            derived = calculations.at_once()
            clock.lap("derive")
            if derived is not None:
                yield answered(draft, derived.text, derived.cited, (), 1.0, clock)
                return
        elif (read := read_off(question, language, evidence.sentences)) is not None:
            certain = answered(draft, read.text, read.cited, (), 1.0, clock)
            yield certain
            yield from self._otherwise(certain, read.text, read.cited, hits, on_step, clock)
            return
        for answer in self._written(draft, evidence, hits, on_step, clock):
            derived = None
            if calculations.may_follow(answer):
                derived = calculations.after_all()
                clock.lap("derive")
            if derived is not None:
                text, cited, sure = derived.text, derived.cited, derived.confidence
                yield answered(draft, text, cited, answer.claims, sure, clock)
                return
            if answer.reason == "unsupported" and is_small(self._index, whole):
                near = closer(self._index, question, hits, evidence)
                if len(near.sentences) < len(evidence.sentences):
                    yield from self._once_more(answer, draft, near, hits, on_step, clock)
                    return
            yield answer

    def _once_more(
        self,
        held: Answer,
        draft: Answer,
        near: Evidence,
        hits: Sequence[Hit],
        on_step: OnStep,
        clock: Clock,
    ) -> Iterator[Answer]:
        """What the nearest sentences alone tell; ``held`` if that is nothing, either."""
        for answer in self._written(draft, near, hits, on_step, clock):
            claims = (*answer.claims, *held.claims)
            if answer.abstained:
                yield replace(held, claims=claims, timings=clock.timings())
            else:
                yield replace(answer, claims=claims)

    def _written(
        self,
        draft: Answer,
        evidence: Evidence,
        hits: Sequence[Hit],
        on_step: OnStep,
        clock: Clock,
    ) -> Iterator[Answer]:
        """Verify the few words that answer; where they do not hold, a sentence may."""
        question, language = draft.question, draft.language

        def writing() -> None:
            on_step("writing")

        writing()
        readings = Readings(self._model, language, evidence, question, writing)
        brief = readings.first
        clock.lap("brief")
        if told(brief.stated) < calibration(self._model.trained).silent:
            yield self._abstentions.not_stated(draft, evidence, clock)
            return
        attempts = Attempts(self._verifier, self._model, draft, readings, on_step)
        tried: list[Attempt] = []
        sentence: Proposal | None = None
        if brief.text and not _YES_OR_NO.fullmatch(brief.text):
            on_step("checking")
            cited = self.attributed(brief.text, evidence, question, language)
            tried.append(attempts.make(brief.text, cited, evidence, None))
            clock.lap("verify")
        read = evidence
        for bar in _bars(tried[0] if tried else None):
            writing()
            sentence = propose(self._model, language, read, question, writing)
            clock.lap("write")
            if not sentence.text:
                break
            on_step("checking")
            cited = self.attributed(sentence.text, read, question, language)
            tried.append(attempts.make(sentence.text, cited, read, sentence, bar))
            clock.lap("verify")
            if tried[-1].again is None:
                break
            read = tried[-1].again
        surest = max(tried, key=lambda a: (a.near is not None, a.score), default=None)
        near = None if surest is None else surest.near
        nothing_held = all(attempt.refused is not None for attempt in tried)
        misworded = any(
            attempt.refused.problem in MISWORDED for attempt in tried if attempt.refused
        )
        # Not after a closer look: what was put wrongly twice is no answer for being said literally.
        literally = nothing_held and misworded and evidence.whole
        if literally and near is not None and near.document.language == language:
            on_step("checking")
            tried.append(attempts.make(near.text, (near,), evidence, sentence))
            clock.lap("verify")
        anothers = any(a.refused.problem == "owner" for a in tried if a.refused)
        if nothing_held and anothers and near is not None:
            on_step("checking")
            tried += attempts.beside(near)
            clock.lap("verify")
        refused = tuple(attempt.refused for attempt in tried if attempt.refused is not None)
        if len(refused) < len(tried):
            held = tried[-1]
            shown = answered(draft, held.text, held.cited, refused, held.score, clock)
            yield shown
            yield from self._otherwise(shown, held.text, held.cited, hits, on_step, clock)
            return
        yield self._abstentions.not_stated(replace(draft, claims=refused), evidence, clock, tried)

    def _otherwise(
        self,
        shown: Answer,
        text: str,
        cited: Sequence[Sentence],
        hits: Sequence[Hit],
        on_step: OnStep,
        clock: Clock,
    ) -> Iterator[Answer]:
        """The answer again, with another source's figure for the same thing, if there is one."""
        question, language = shown.question, shown.language
        evidence = rivals(text, question, cited, hits)
        if not evidence.sentences:
            return
        on_step("checking")
        try:
            sentence = propose(
                self._model, language, evidence, question, lambda: on_step("checking")
            )
            if not sentence.text:
                return
            others = self.attributed(sentence.text, evidence, question, language)
            other = corrected(sentence.text, [s.text for s in others], language)
            near = self._verifier.understood(others)
            wrong = problem(other, others, question, language, near)
            if wrong is not None or not differs(other, text):
                return
            readings = Readings(
                self._model, language, evidence, question, lambda: on_step("checking")
            )
            verdict = self._verifier.relevance(
                question, language, readings, sentence, other, others, lambda: on_step("checking")
            )
        except ModelUnavailable:
            # What is shown already is verified; only the comparison is missing.
            return
        clock.lap("compare")
        if verdict.supported:
            yield with_other(shown, typeset(other, language), others, verdict.score, clock)

    def attributed(
        self, text: str, evidence: Evidence, question: str, language: Language
    ) -> tuple[Sentence, ...]:
        """The sentences of ``evidence`` that ``text`` rests on."""
        # "no" or a name alone says too little: with the question it says what is meant.
        nearness = [
            self._index.cosines(said, evidence.sentences) for said in (text, f"{question} {text}")
        ]
        cosines = {
            sentence.row: fmean(near)
            for sentence, *near in zip(evidence.sentences, *nearness, strict=True)
        }
        return attribute(text, question, language, evidence.sentences, cosines)


def _bars(brief: Attempt | None) -> tuple[float, ...]:
    """Probabilities that a sentence must have at least, 0 for that of every claim.

    Args:
        brief: what became of the few words, if there were any.

    Returns:
        One the first time, and one where what says more than it cites is written once again from
        that alone; none where the few words hold, or give as a reason what the source does not: a
        sentence would only leave out the "because". What did not seem to answer must be surer.
    """
    if brief is None:
        return 0.0, SURER
    if brief.refused is None or brief.refused.problem == "cause":
        return ()
    return (SURER if brief.doubted else 0.0), SURER
