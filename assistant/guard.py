# ruff: noqa: E501  patterns read better unwrapped
"""Questions that are none, and sentences of a source that are orders to the machine.

An order in a question that slips through is harmless: it goes to the writer as a question like any
other, which the source does not answer. Being told so plainly is only kinder. An order in a source
is kept from the writer: a small model obeys it, what it then writes is refused, and so one line
would silence a whole document.
"""

import re

from assistant.answer import Reason
from assistant.language import tell

# An order begins a sentence or follows another; within a question the same verb tells of others.
# Possessive: a word follows in any case, and a row of full stops would be gone through again and
# again, for half a second in a question.
_START = r"(?:^|[.!?;:,\n]|\b(?:and|then|et|puis)\b)\W*+(?:(?:please|now|maintenant|stp|svp)\W++)?"
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
    | {_START}(?:translate|traduis(?:ez)?)\b
    | {_START}(?:repeat|répète[sz]?|répétez)\s+(?:your|the|ta|ton|tes|votre|la)\b.{{0,20}}\b(?:answers?|réponses?)\b
    | \b(?:system\s*prompt|prompt\s+syst[eè]me|tes\s+(?:consignes|instructions)|
           your\s+(?:instructions|prompt|rules|guidelines))\b
    | \b(?:you\s+are\s+now|from\s+now\s+on,?\s+you|tu\s+es\s+(?:maintenant|désormais)|
           vous\s+êtes\s+(?:maintenant|désormais)|développeur\s+mode|developer\s+mode|jailbreak)\b
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_MACHINE = (
    r"(?:an?\s+|the\s+)?(?:AI|A\.I\.|artificial|language|assistant|chatbot|bot|LLM|GPT|model)\b"
)
_MACHINE_FR = (
    r"(?:une?\s+|l['’])?(?:IA|assistant|intelligence\s+artificielle|modèle|chatbot|robot)\b"
)
# Second person and the machine, or its role's mark-up: news about assistants has neither.
_TO_THE_MACHINE = re.compile(
    rf"""
      \b(?:if|since|as)\s+you(?:\s+are|['’]re)\s+{_MACHINE}
    | \bsi\s+(?:tu\s+es|vous\s+êtes)\s+{_MACHINE_FR}
    | \b(?:note|message|instructions?|attention|important|dear)\b\W*(?:to|for)?\s*(?:all\s+|any\s+|the\s+)*
        (?:AI|LLM|chatbots?|language\s+models?|(?:AI\s+)?assistants?)\b[^.]*[:,;]
    | \b(?:note|message|consignes?|instructions?|attention)\s+(?:à|aux?|pour)\s+
        (?:l['’]|les?\s+|toute?s?\s+)*(?:IA|assistants?|modèles?|chatbots?)\b
    | (?:^|\n)\W*(?:system|assistant|user|système|utilisateur)\s*(?:prompt|message)?\s*[:>\]]
    | <\|?/?\s*(?:im_start|im_end|system|assistant|user|inst)\b | \[/?INST\]
    | \b(?:answer|reply|respond)(?:\s+to)?\s+(?:every|each|all|any)\s+(?:of\s+)?(?:the\s+)?(?:questions?|quer\w+|prompts?)
    | \brépond(?:s|ez|re)\s+(?:à\s+)?(?:chaque|toutes?|n['’]importe)\b
    | \b(?:you|assistants?|models?)\s+must\s+(?:now\s+|always\s+|only\s+)+(?:answer|reply|respond|say|output)\b
    | \b(?:tu\s+dois|vous\s+devez)\s+(?:toujours\s+|désormais\s+|maintenant\s+)(?:répondre|dire|écrire)\b
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_COURTESY = re.compile(
    r"""^\W*(?:(?:
      bonjour|bjr|bonsoir|salut|slt|coucou|hello|hi|hey|good\s+(?:morning|afternoon|evening|night)
    | (?:un\s+grand\s+)?merci(?:\s+(?:beaucoup|bien|à\s+(?:toi|vous)))?|mrc|bravo
    | (?:many\s+)?thanks(?:\s+a\s+lot)?(?:\s+(?:so|very)\s+much)?|thx
    | ok(?:ay)?|d['’]accord|super|parfait|cool|great|perfect|good\s+job
    | thank\s+you(?:\s+(?:so|very)\s+much)?
    | au\s+revoir|bonne\s+(?:journée|soirée|nuit)|à\s+(?:bientôt|plus)|bye|goodbye|see\s+you
    | (?:comment\s+)?[çs]a\s+va(?:\s+bien)?|how\s+are\s+you(?:\s+doing)?
    )\b\W*)+$""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDLIKE = re.compile(r"[^\W_]")


def objection(question: str, limit: int) -> Reason | None:
    """Why ``question`` cannot be asked of the source, as far as its letters tell.

    Where there is a reason, nothing is searched and no model is asked: it is told at once.

    Args:
        question: as typed, without the white space around it.
        limit: longest question read, in code points.
    """
    if not _WORDLIKE.search(question):
        return "empty_question"
    if len(question) > limit:
        return "question_too_long"
    if _COURTESY.search(question):
        return "not_a_question"
    if _ORDERS.search(question):
        return "instruction"
    if tell(question) == "other":
        return "unsupported_language"
    return None


def orders_the_machine(sentence: str) -> bool:
    """Whether a sentence of a source addresses whoever answers, rather than the reader.

    Such a sentence may still be searched and quoted; it is no evidence for an answer.
    """
    return bool(_TO_THE_MACHINE.search(sentence) or _ORDERS.search(sentence))
