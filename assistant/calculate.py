"""A question that asks for a calculation, answered by one: at once, or when nothing else does."""

from collections.abc import Callable

from assistant.answer import Language
from assistant.calculation import proposed
from assistant.change import change
from assistant.derive import Derived, derive
from assistant.evidence import Evidence
from assistant.llm import LanguageModel
from assistant.pointed import SURE, check
from assistant.verification.arithmetic import Operation
from assistant.verify import Verifier


def calculate(
    model: LanguageModel,
    verifier: Verifier,
    language: Language,
    evidence: Evidence,
    question: str,
    operation: Operation,
    on_token: Callable[[], None],
) -> Derived | None:
    """What a calculation gives, if the source states all that it takes.

    Args:
        model: proposes it.
        verifier: tells what the judge reads of a change.
        language: of the answer.
        evidence: what it reads.
        question: standing alone.
        operation: that it asks for.
        on_token: called at each token; what it raises stops the model.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    on_token()
    if operation == "difference":
        told = change(model, verifier, language, evidence, question, on_token)
        if told is not None:
            return told
    return derive(model, language, evidence, question, operation, on_token)


def calculate_after_all(
    model: LanguageModel,
    language: Language,
    evidence: Evidence,
    question: str,
    operation: Operation,
    on_token: Callable[[], None],
) -> Derived | None:
    """What a calculation gives whose figures a trained model points at; see ``calculate``.

    For when nothing else answers, or only with the parts of a sum: "de combien" may ask for what a
    sentence states.
    """
    if not model.trained:
        return None
    on_token()
    proposal = proposed(model, language, evidence, question, on_token)
    if proposal.asked != operation or proposal.sure < SURE:
        return None
    return check(proposal, operation, language, evidence.sentences, question)
