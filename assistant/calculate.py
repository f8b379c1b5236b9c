"""A question that takes a calculation, answered by one: at once, or when nothing else answers."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.answer import Answer, Language
from assistant.calculation import proposed
from assistant.change import change
from assistant.derive import Derived, derive
from assistant.evidence import Evidence
from assistant.judge import rightness
from assistant.llm import LanguageModel
from assistant.operands import check, has_two_alike
from assistant.payers import names_another
from assistant.verification import asks_for_a_figure, find_figures
from assistant.verification.arithmetic import Operation
from assistant.verify import UNDECIDED, Verifier

BESIDE = 0.015
"""How much less near to the question than the nearest sentence, as a cosine, those may be that the
model takes its figures from. Of 25 calculations that passed all checks, to questions of five
held-out suites, 20 were right: 15 of those are as near as that and ``UNDECIDED`` for the judge, and
none of the five wrong ones."""


@dataclass(frozen=True, slots=True)
class Calculations:
    """The ways to calculate what a question asks for; each gives ``None`` where it finds none.

    Each raises ``ModelUnavailable`` where the model cannot be asked.

    Attributes:
        model: names the figures, and what to do with them.
        verifier: tells what the judge reads.
        language: of the answer.
        evidence: what is read.
        question: standing alone.
        operation: that it names; ``None`` for most questions, some of which take one all the same.
        on_token: called at each token; what it raises stops the model.
    """

    model: LanguageModel
    verifier: Verifier
    language: Language
    evidence: Evidence
    question: str
    operation: Operation | None
    on_token: Callable[[], None]

    def at_once(self) -> Derived | None:
        """What the operation that is named gives, if the source states all that it takes."""
        self.on_token()
        about = (self.language, self.evidence, self.question)
        if self.operation is None:
            return None
        if self.operation == "difference":
            told = change(self.model, self.verifier, *about, self.on_token)
            if told is not None:
                return told
        return derive(self.model, *about, self.operation, self.on_token)

    def may_follow(self, answer: Answer) -> bool:
        """Whether to calculate after all: nothing answers, or only with the parts of a sum.

        "De combien" may ask for what a sentence states, so that comes first.
        """
        parts = self.operation == "sum" and len(find_figures(answer.text)) > 1
        if answer.reason not in {"not_stated", "unsupported"} and not parts:
            return False
        named = self.operation in {"sum", "difference"}
        return named or (self.operation is None and asks_for_a_figure(self.question))

    def after_all(self) -> Derived | None:
        """What the model would calculate, whatever words ask for it; checked, and judged."""
        pairs = zip(self.evidence.cosines, self.evidence.sentences, strict=True)
        nearest = sorted(pairs, key=lambda pair: -pair[0])
        beside = [s for cosine, s in nearest if cosine >= nearest[0][0] - BESIDE]
        known = [text for _, s in nearest for text in (s.document.title, s.text)]
        if not has_two_alike(beside) or names_another(known, self.question):
            # Nothing that is proposed could hold: some seconds less until that is said.
            return None
        self.on_token()
        read = proposed(self.model, self.language, self.evidence, self.question, self.on_token)
        if read is None:
            return None
        found = check(read, self.language, [sentence for _, sentence in nearest], self.question)
        if found is None or not all(sentence in beside for sentence in found.cited):
            return None
        understood = self.verifier.understood(found.cited)
        judged = rightness(
            self.model, self.language, understood, self.question, found.text, self.on_token
        )
        if judged < UNDECIDED:
            return None
        return replace(found, confidence=1 / (1 + math.exp(-judged)))
