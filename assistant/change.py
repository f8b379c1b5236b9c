"""By how much something rose or fell, where a sentence tells from what to what.

Code finds the two figures and takes one from the other; the judge tells whether that change is what
was asked about. Of a rise no fall is told, nor the reverse.
"""

import re
from collections.abc import Callable

from assistant.answer import Language
from assistant.derive import Derived
from assistant.evidence import Evidence
from assistant.judge import rightness
from assistant.llm import LanguageModel
from assistant.prompting import load_prompts
from assistant.verification.answer_type import type_problem
from assistant.verification.arithmetic import Operand, amount, working
from assistant.verification.ends import asks_for_a_fall, asks_for_a_rise, change_told
from assistant.verification.words import cognates, fold
from assistant.verify import UNDECIDED, Verifier

_WORD = re.compile(r"[^\W\d_]+")

_MOST = 2
"""Sentences that the judge is asked about: a second each."""


def change(
    model: LanguageModel,
    verifier: Verifier,
    language: Language,
    evidence: Evidence,
    question: str,
    on_token: Callable[[], None],
) -> Derived | None:
    """The difference that is asked for, or ``None`` where no sentence tells of the change.

    Args:
        model: judges.
        verifier: tells what it reads.
        language: of the answer.
        evidence: where it may be told.
        question: standing alone; it asks for a difference.
        on_token: called at each token; what it raises stops the model.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    shown = load_prompts(language).shown
    nearest = sorted(
        zip(evidence.cosines, evidence.sentences, strict=True), key=lambda pair: -pair[0]
    )
    asked = 0
    for _, sentence in nearest:
        if asked == _MOST:
            break
        ends = change_told(sentence.text)
        if ends is None:
            continue
        before, after = Operand("", ends[0]), Operand("", ends[1])
        if not _fits(before, after, question, language):
            continue
        asked += 1
        noun = _counted(after, question)
        said = shown["change"].format(
            before=amount(before, language), after=f"{amount(after, language)} {noun}".rstrip()
        )
        read = verifier.understood((sentence,))
        if rightness(model, language, read, question, said, on_token) >= UNDECIDED:
            shares = working("difference", [before, after], language)
            if noun:
                shares = shares.replace(" (", f" {noun} (")
            return Derived(shown["difference"].format(working=shares), (sentence,))
    return None


def _counted(operand: Operand, question: str) -> str:
    """The question's word for what a count counts; empty where it has none."""
    if operand.figure.kind != "count":
        return ""
    words = (word for word in _WORD.findall(question) if cognates(fold(word), operand.figure.unit))
    return next(words, "")


def _fits(before: Operand, after: Operand, question: str, language: Language) -> bool:
    """Whether the change goes the way of the question, and is counted in what it asks for."""
    if before.value == after.value:
        return False
    if asks_for_a_fall(question) if after.value > before.value else asks_for_a_rise(question):
        return False
    result, _, _ = working("difference", [before, after], language).partition(" (")
    return type_problem(question, result, ()) is None
