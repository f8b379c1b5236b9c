"""What becomes of one proposal of the writer: corrected, checked, translated, weighed."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Claim
from assistant.confidence import told
from assistant.evidence import Evidence
from assistant.figures_beside import figure_beside
from assistant.llm import LanguageModel
from assistant.translate import translated
from assistant.verification import corrected, left_over, with_working
from assistant.verify import Verifier, problem
from assistant.write import Proposal, Readings
from index import Sentence

_QUOTATION = re.compile(r"\W*[«“\"]")

SURER = 0.9
"""Probability that a sentence must have which was written again from what a wrong one cited, since
the model may have read there what the question wanted to hear; one that says what did not seem to
answer in a few words; or one that had to be translated, since what the writer copied it may not
have understood. Of 45 such, shown to three held-out suites, a quarter were wrong; of the four from
0.85 on that are below this, two, both to what the article does not tell."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A proposal and what became of it.

    Attributes:
        text: of the claim.
        cited: what it rests on.
        score: probability that it is right.
        refused: the claim with what is wrong; ``None`` where it may be shown.
        again: what to write once more from, if that may help.
        near: the sentence to quote if nothing can be shown.
        doubted: whether it was refused because it does not seem to answer, not for what it says.
        mistaken: whether it was read off the wrong sentence, as its kind tells.
    """

    text: str
    cited: tuple[Sentence, ...]
    score: float
    refused: Claim | None = None
    again: Evidence | None = None
    near: Sentence | None = None
    doubted: bool = False
    mistaken: bool = False


def goes_on(sentence: Sentence, cited: Sequence[Sentence]) -> bool:
    """Whether a sentence is more of what a cited one quotes: who says it stands there alone."""
    return _QUOTATION.match(sentence.text) is not None and any(
        other.document.id == sentence.document.id
        and other.row == sentence.row - 1
        and _QUOTATION.search(other.text)
        for other in cited
    )


class Attempts:
    """Verifies the proposals for one question, one after the other."""

    def __init__(
        self,
        verifier: Verifier,
        model: LanguageModel,
        draft: Answer,
        readings: Readings,
        on_step: Callable[[str], None],
    ) -> None:
        """Verify what answers ``draft.question`` in ``draft.language``; see ``Pipeline``."""
        self._verifier = verifier
        self._model = model
        self._question = draft.question
        self._language = draft.language
        self._readings = readings
        self._on_step = on_step

    def make(
        self,
        text: str,
        cited: tuple[Sentence, ...],
        read: Evidence,
        sentence: Proposal | None,
        bar: float = 0.0,
    ) -> Attempt:
        """Verify one proposal; what says more than it cites may be written again from that.

        Args:
            text: as the writer wrote it.
            cited: what it rests on, at least one.
            read: what the writer read.
            sentence: what it gave as a sentence, if it was asked.
            bar: probability that the claim must have at least, 0 for that of every claim.

        Raises:
            ModelUnavailable: the model is needed and cannot be asked.
        """
        question, language = self._question, self._language
        text = corrected(text, [s.text for s in cited], language)
        plainer = self._verifier.plainer(question, cited, read)
        if plainer is not None and goes_on(plainer, cited):
            cited, plainer = (*cited, plainer), None
        if plainer is not None:
            refused = Claim(text, (), False, 0.0, "elsewhere")
            return Attempt(text, cited, 0.0, refused, read.only([plainer]), plainer)
        found = self._wrong(text, cited)
        verdict = self._verifier.answers(question, language, self._readings.first, sentence, cited)
        bar = SURER if found == "language" else bar
        if verdict.near and found in {None, "language"}:
            text, found = self._wholly(text, found, cited)
        if found is None:
            verdict = self._verifier.relevance(
                question,
                language,
                self._readings,
                sentence,
                text,
                cited,
                lambda: self._on_step("checking"),
                bar,
            )
        if found is None and verdict.supported:
            text = with_working(text, [s.text for s in cited], question, language)
            return Attempt(text, cited, verdict.score)
        refused = Claim(text, (), False, verdict.score, found or verdict.problem)
        mistaken = found == "answer_type"
        return Attempt(
            text,
            cited,
            verdict.score,
            refused,
            read.only(cited) if verdict.supported and not mistaken else None,
            None if mistaken else self._near(cited, read, verdict.near),
            doubted=found is None,
            mistaken=mistaken,
        )

    def beside(self, near: Sentence) -> list[Attempt]:
        """Another figure of the sentence that a refused one was taken from, if one is right."""
        found = figure_beside(
            self._model,
            self._verifier,
            self._language,
            self._question,
            near,
            lambda: self._on_step("checking"),
        )
        return [] if found is None else [Attempt(found[0], (near,), told(found[1]))]

    def _wrong(self, text: str, cited: tuple[Sentence, ...]) -> str | None:
        near = self._verifier.understood(cited)
        return problem(text, cited, self._question, self._language, near)

    def _near(
        self, cited: tuple[Sentence, ...], read: Evidence, speaks_of_it: bool
    ) -> Sentence | None:
        """The one of ``cited`` that is nearest to the question in meaning.

        Args:
            cited: what was read off.
            read: what the writer read.
            speaks_of_it: whether they are known to speak of what was asked; else that is to be
                seen of the one.
        """
        among = read.only(cited)
        return self._verifier.closest(self._question, self._language, among, not speaks_of_it)

    def _wholly(
        self, text: str, found: str | None, cited: tuple[Sentence, ...]
    ) -> tuple[str, str | None]:
        """A claim wholly in the question's language, and what is wrong with it then."""
        question, language = self._question, self._language
        said = [sentence.text for sentence in cited]
        if found is None and not left_over(text, language, said, question):
            return text, found
        again = translated(self._model, language, text, lambda: self._on_step("writing"))
        again = corrected(again, said, language)
        wrong = self._wrong(again, cited)
        if wrong is None and left_over(again, language, said, question):
            wrong = "language"
        # A translation that says something else is not what the signs speak for.
        return (text, "language") if found is None and wrong is not None else (again, wrong)
