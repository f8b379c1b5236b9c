# ruff: noqa: E501  tables of words read better unwrapped
"""Answers that code reads off one sentence, without asking any model: at once, and for certain.

What one payer gives, and who heads what. Only where every word of the question is accounted for: it
names whom or what the sentence is about, and asks nothing beyond. Whatever else is asked goes the
way of every question.
"""

import re
from collections.abc import Sequence

from assistant.answer import Language
from assistant.derive import Derived
from assistant.payers import asked_for, names_only
from assistant.verification.arithmetic import amount
from assistant.verification.modality import is_done, is_planned, is_unsure
from assistant.verification.question_type import expected_type
from assistant.verification.roles import office_asked_for, offices_told
from assistant.verification.words import fold
from index import Sentence

_SHARE = re.compile(
    r"\b(?:mises?|contributions?|parts?|apports?|participations?|shares?|stakes?)\b"
)
_ASKS_FOR_IT = re.compile(
    r"\W*(?:what|which|quelle?)(?: (?:is|was|est|etait|would|serait|devait etre))?"
    r"(?: (?:amount|sum|montant|somme))?(?: \S+){0,4}? ?\b(?:mise|contribution|part|apport"
    r"|participation|share|stake|montant|somme|amount|sum)\b"
)
_MEANT = re.compile(
    r"\b(?:going|meant|supposed|expected|had|have) to\b|\bwould\b"
    r"|\b(?:planned|intended|initial\w*|prevue?s?|all(?:ait|aient))\b"
)
_FURTHER = re.compile(
    r"\b(?:not|only|more|less|fewer|plus|moins|rest\w*|again|encore|still|deja|already|pas|que"
    r"|jamais|ever|never|par (?:an|mois|jour)|a (?:year|month|day)|chaque|each|every)\b|n't\b|\bn'"
    r"|\b(?:for|pour)\W*$"
)
"""What makes another question of it, though the words mean little."""

_CHANGES_HANDS = re.compile(
    r"\b(?:quitt\w*|depart\w*|demission\w*|remplac\w*|succe[de]\w*|nomm\w*|limog\w*|retraite|mort\w*|deced\w*"
    r"|cede\w*|leav\w*|left|resign\w*|step\w* (?:down|aside|back)|replac\w*|appoint\w*|sack\w*|dismiss\w*|oust\w*"
    r"|retir\w*|die[ds]?|hand\w* over|tak\w* over|interim|until|jusqu\w*)\b"
)
"""Beside whoever holds an office, that it may be somebody else's by now."""


def read_off(question: str, language: Language, sentences: Sequence[Sentence]) -> Derived | None:
    """What a single sentence plainly says, or ``None`` for most questions.

    Args:
        question: standing alone.
        language: of the answer.
        sentences: the evidence.
    """
    if _FURTHER.search(fold(question)):
        return None
    return _payment(question, language, sentences) or _holder(question, sentences)


def _payment(question: str, language: Language, sentences: Sequence[Sentence]) -> Derived | None:
    """What one whom the question names gives, as planned or as done as it is asked for."""
    folded = fold(question)
    if expected_type(question).kind not in {"money", "amount"} and not _ASKS_FOR_IT.match(folded):
        return None
    operands, cited = asked_for(None, question, language, sentences)
    if len(operands) != 1 or operands[0].figure.bound not in {"", "exactly"}:
        return None
    if operands[0].figure.alternative or is_unsure(cited[0].text):
        return None
    planned = _MEANT.search(folded) is not None or is_planned(question)
    if is_planned(cited[0].text) and not (planned or _is_of_a_share(folded)):
        return None
    if not names_only(operands[0], question, cited[0]):
        return None
    return Derived(amount(operands[0], language), tuple(cited))


def _is_of_a_share(folded: str) -> bool:
    """Whether a share is asked for as such, not whether it was paid."""
    return _SHARE.search(folded) is not None and not (is_done(folded) or " did " in folded)


def _holder(question: str, sentences: Sequence[Sentence]) -> Derived | None:
    """Who heads what the question names, if one person does."""
    asked = office_asked_for(question)
    if asked is None or not asked.body:
        return None
    found = [
        (office.person, sentence)
        for sentence in sentences
        for office in offices_told(sentence.text)
        if office.body == asked.body and office.kinds[0] in asked.kinds
    ]
    if len({fold(person) for person, _ in found}) != 1:
        return None
    last = fold(found[0][0]).split()[-1]
    if any(last in fold(s.text) and _CHANGES_HANDS.search(fold(s.text)) for s in sentences):
        return None
    return Derived(found[0][0], (found[0][1],))
