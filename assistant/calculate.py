"""A question that asks for a calculation, answered by one: at once, or when nothing else does."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.answer import Language
from assistant.calculation import proposed
from assistant.change import change
from assistant.derive import Derived, derive
from assistant.evidence import Evidence
from assistant.llm import LanguageModel
from assistant.pointed import SURE, check
from assistant.verification.arithmetic import Operation
from assistant.verify import Verifier


@dataclass(frozen=True, slots=True)
class Calculations:
    """The ways to calculate what a question asks for; each gives ``None`` where it finds none.

    Each raises ``ModelUnavailable`` where the model cannot be asked.

    Attributes:
        model: names or points at the figures.
        verifier: tells what the judge reads of a change.
        language: of the answer.
        evidence: what is read.
        question: standing alone.
        operation: that it asks for.
        on_token: called at each token; what it raises stops the model.
    """

    model: LanguageModel
    verifier: Verifier
    language: Language
    evidence: Evidence
    question: str
    operation: Operation
    on_token: Callable[[], None]

    def at_once(self) -> Derived | None:
        """What a calculation gives, if the source states all that it takes."""
        self.on_token()
        about = (self.language, self.evidence, self.question)
        if self.operation == "difference":
            told = change(self.model, self.verifier, *about, self.on_token)
            if told is not None:
                return told
        return derive(self.model, *about, self.operation, self.on_token)

    def after_all(self) -> Derived | None:
        """What one gives whose figures a trained model points at.

        For when nothing else answers, or only with the parts of a sum: "de combien" may ask for
        what a sentence states.
        """
        if not self.model.trained:
            return None
        self.on_token()
        read = proposed(self.model, self.language, self.evidence, self.question, self.on_token)
        if read.asked != self.operation or read.sure < SURE:
            return None
        sentences = self.evidence.sentences
        return check(read, self.operation, self.language, sentences, self.question)
