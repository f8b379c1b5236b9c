# ruff: noqa: E501  tables of patterns and words read better unwrapped
"""What somebody said: asked for and not told, or its date given to something else."""

import re
from collections.abc import Sequence

from assistant.verification.dates import Date, find_dates
from assistant.verification.words import REFERRING, cognates, fold, tokens

_ASKED = r"(?:dit|disent|disait|declare\w*|affirme\w*|annonce\w*|assure\w*|explique\w*|raconte\w*)"
_ASKS_FOR_WORDS = re.compile(
    r"^\W*(?:mais |et |alors )?(?:"
    rf"qu(?:e |')(?:(?:a|ont|avait|avaient)(?:-t)?(?:-(?:il|elle|ils|elles|on))? )?(?:\S+ )?{_ASKED}\b(?!-t-on|[- ]on\b)"
    rf"|qu'est[- ]ce qu(?:e |')(?:\S+ ){{1,6}}?{_ASKED}\W*(?:$|(?:sur|de|du|des|a|au|apres|le) )"
    r")"
    r"|^\W*(?:but |and |so )?what (?:exactly )?(?:did|does|do|has|have|had) (?:\S+ ){1,6}?"
    r"(?:say|said|tell|told|declared?|claim(?:ed)?|announced?|assert(?:ed)?|explain(?:ed)?)\b"
)
_TEXTS = frozenset(
    "article articles texte textes source sources document documents passage auteur loi rapport "
    "etude text law report study author story page".split()
)
"""What "says" whatever it holds."""

_SAYING = re.compile(
    r"\b(?:dit|dits|dite|disent|disait|disant|declar\w+|affirm\w+|annon\w+|assur\w+|expliqu\w+|indiqu\w+|precis\w+|soulign\w+"
    r"|estim\w+|jug\w+|pens\w+|croi\w+|promet\w*|promis\w*|dement\w*|confirm\w+|reconn\w+|avou\w+|ajout\w+|repond\w*|racont\w+"
    r"|rappel\w+|recommand\w+|demand\w+|reproch\w+|critiqu\w+|denonc\w+|regrett\w+|salu\w+|confi\w+|insist\w+|martel\w+"
    r"|selon|d'apres|propos|mots|parl\w+|craign\w+|craint|esper\w+|souhait\w+"
    r"|sa(?:id|ys?)|t(?:old|ells?)|claim\w*|announc\w+|stat(?:ed|es|ing)|explain\w*|add(?:s|ed|ing)|argu\w+|warn\w*|den(?:y|ies|ied)"
    r"|admit\w*|believ\w*|think\w*|thought|according|describ\w+|suggest\w*|ask(?:s|ed)|repl(?:y|ies|ied)|not(?:es|ed)"
    r"|recall\w*|report\w*|comment\w*|pledg\w+|vow\w*|hop(?:es|ed|ing)|fear\w*|wish\w*|want\w*|complain\w*|prais\w+|words|spoke|speaks?)\b"
    r"|[«»“”\"]"
)
_SPEAKING = re.compile(
    r"\b(?:speech|exprim\w+|discours|interview\w*|entretien|(?:bring|brings|brought|bringing) (?:\w+ ){0,3}?up|rais(?:e|es|ed|ing)"
    r"|mention\w*|evoqu\w+|soule?v\w+|abord\w+|talk\w*|discuss\w*|occasion)\b"
)
"""What dates words too, though no evidence that any are reported."""

# An announcement is none: what somebody announces of themselves may well be done by it.
_DECLARED = (
    r"\b(?:dit|declare|affirme|assure|explique|indique|precise|souligne|estime|repondu|ajoute|rappele"
    r"|said|told|stated|declared|explained|claimed|added|replied|warned|argued|noted|recalled)\b"
)
_BEFORE_DATE = re.compile(
    rf"{_DECLARED}\W+(?:(?:a|au|aux|in|at|to)\W+(?:\w+\W+){{1,2}})?(?:(?:le|ce|on|this)\W+)?$"
)
_AFTER_DATE = re.compile(rf"^\W*(?:\w+\W+){{1,5}}?{_DECLARED}")
_OPENING = 6
"""Code points before a date that opens its sentence, such as "Le mardi"."""
_IDENTITY = re.compile(
    r"^(?P<who>.{1,80}?) (?:est|sont|etait|etaient|fut|is|are|was|were) (?:(?:le|la|les|un|une|des|the|an?)\b|l')"
)


def asks_for_words(question: str) -> bool:
    """Whether a question asks what somebody said: "Que dit le maire ?", not of a text."""
    folded = fold(question)
    return _ASKS_FOR_WORDS.search(folded) is not None and not _TEXTS & set(tokens(folded))


def tells_no_words(question: str, answer: str, evidence: Sequence[str]) -> bool:
    """Whether an answer to such a question tells nobody's words.

    So it is where the cited sentences report none, and where the answer only says who the
    speaker is.
    """
    if evidence and not any(_SAYING.search(fold(sentence)) for sentence in evidence):
        return True
    identity = _IDENTITY.search(fold(answer))
    if identity is None:
        return False
    asked = tokens(question)
    return all(
        word in REFERRING or any(cognates(word, other) for other in asked)
        for word in tokens(identity["who"])
    )


def misdated(claim: str, evidence: Sequence[str], question: str) -> Date | None:
    """A date on which the cited sentences let something be said, given to something else.

    "Le ministre a déclaré le 12 janvier que…" dates no other deed of his.
    """
    asked = fold(f"{question} {claim}")
    if _SAYING.search(asked) or _SPEAKING.search(asked):
        return None
    known = [
        (date, _said_on(fold(sentence), date))
        for sentence in evidence
        for date in find_dates(sentence)
    ]
    for date in find_dates(claim):
        parts = date.parts().items()
        same = [said for other, said in known if parts and parts <= other.parts().items()]
        if same and all(same):
            return date
    return None


def _said_on(folded: str, date: Date) -> bool:
    opens = date.start <= _OPENING and _AFTER_DATE.search(folded[date.end :])
    return bool(opens or _BEFORE_DATE.search(folded[: date.start]))
