"""The figure that answers, where the writer took another's out of the same sentence.

"The region gives 11 million, the State 5.2, the county 1.5": the writer finds the sentence and
gives the county's figure for the region's. The exact checks refuse it; the judge, asked about each
figure that stands there, tells which one it is, or that none is.
"""

from collections.abc import Callable

from assistant.answer import Language
from assistant.judge import rightness
from assistant.llm import LanguageModel
from assistant.verification import expected_type, find_figures
from assistant.verification.arithmetic import Operand, amount
from assistant.verification.figures import with_ellipses
from assistant.verify import UNDECIDED, Verifier, problem
from index import Sentence

_VALUES = frozenset({"count", "money", "percentage", "amount", "measure"})
_FEWEST, _MOST = 2, 6
"""Figures of a sentence among which is chosen: each costs the judge's second."""


def figure_beside(
    model: LanguageModel,
    verifier: Verifier,
    language: Language,
    question: str,
    sentence: Sentence,
    on_token: Callable[[], None],
) -> tuple[str, float] | None:
    """The one figure of a sentence that the judge calls right, with its log-odds.

    Args:
        model: judges.
        verifier: tells what it reads.
        language: of the answer.
        question: standing alone.
        sentence: what the refused figure was said to stand in.
        on_token: called at each token; what it raises stops the model.

    Returns:
        ``None`` where none is right, or more than one may be.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    if expected_type(question).kind not in _VALUES:
        return None
    figures = [f for f in with_ellipses(find_figures(sentence.text)) if not f.alternative]
    said = list(dict.fromkeys(amount(Operand("", figure), language) for figure in figures))
    if not _FEWEST <= len(said) <= _MOST:
        return None
    near = verifier.understood((sentence,))
    told = [
        (rightness(model, language, near, question, text, on_token), text)
        for text in said
        if problem(text, (sentence,), question, language, near) is None
    ]
    best, *others = sorted(told, reverse=True) or [(0.0, "")]
    if best[0] < UNDECIDED or any(odds > 0 for odds, _ in others):
        return None
    return best[1], best[0]
