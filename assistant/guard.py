"""Questions that are none: empty, too long, in another language, orders to the machine.

An order that slips through is harmless: it goes to the writer as a question like any other, which
the source does not answer. Being told so plainly is only kinder.
"""

import re

from assistant.answer import Reason

# An order begins a sentence or follows another; within a question the same verb tells of others.
_START = r"(?:^|[.!?;:,\n]|\b(?:and|then|et|puis)\b)\W*(?:(?:please|now|maintenant|stp|svp)\W+)?"
# Verbs that address the machine's role, not a text's content.
_ORDERS = re.compile(
    rf"""
      {_START}(?:ignore[sz]?|oublie[sz]?|disregard|forget|override|bypass)\b .{{0,40}}
        \b(?:instructions?|consignes?|règles?|rules?|prompts?|directives?|précédent\w*|previous|
           above|ci-dessus|everything|tout\s+ce\s+qui)\b
    | {_START}(?:pretend\s+(?:to\s+be|you|that\s+you)|act\s+as|roleplay|fais\s+comme\s+si|
        joue\s+le\s+rôle)\b
    | {_START}(?:write|compose|invent|generate)\s+(?:me\s+)?an?\s+
        (?:poem|song|story|joke|essay|code|program|script|haiku|email)\b
    | {_START}(?:écris|ecris|écrivez|compose|invente|génère)(?:-moi)?\s+une?\s+
        (?:poème|poeme|chanson|histoire|blague|conte|code|programme|script|haïku|mail)\b
    | \b(?:system\s*prompt|prompt\s+syst[eè]me|tes\s+(?:consignes|instructions)|
           your\s+(?:instructions|prompt|rules|guidelines))\b
    | \b(?:you\s+are\s+now|from\s+now\s+on,?\s+you|tu\s+es\s+(?:maintenant|désormais)|
           vous\s+êtes\s+(?:maintenant|désormais)|développeur\s+mode|developer\s+mode|jailbreak)\b
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_WORDLIKE = re.compile(r"[^\W_]")


def objection(question: str, limit: int) -> Reason | None:
    """Why ``question`` cannot be asked of the source, as far as its letters tell.

    Args:
        question: as typed.
        limit: longest question read, in code points.
    """
    if not _WORDLIKE.search(question):
        return "empty_question"
    if len(question) > limit:
        return "question_too_long"
    if _ORDERS.search(question):
        return "instruction"
    return None
