# ruff: noqa: E501  tables of patterns and words read better unwrapped
"""What kind of answer a question asks for."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.verification.units import unit_after
from assistant.verification.words import fold

Kind = Literal["who", "when", "year", "count", "money", "percentage", "place", "reason", "manner",
               "yes_no", "definition", "list", "amount", "measure", "free"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerType:
    """What a question asks for; ``unit`` is the folded noun or the measure that it counts."""

    kind: Kind
    unit: str = ""


FIGURES: frozenset[Kind] = frozenset({"count", "money", "percentage", "measure", "amount"})
"""Kinds of questions that a figure answers."""

_IDIOMS = (
    (
        re.compile(
            r"\b(?:(?:chip|pitch)(?:s|es|ped|ed|ping|ing)? in|(?:stump|cough|pony)(?:s|ied|ed|ing)? up|fork(?:s|ed|ing)? out)\b",
            re.I,
        ),
        "pay",
    ),
    (re.compile(r"\bput(?:s|ting)?\b(.{0,20}?) on the table\b", re.I), r"pay\1"),
    (
        re.compile(
            r"\b(?:mett\w+|met|sort\w*)\b(.{0,20}?) (?:sur la table|au pot|de (?:sa|leur|ma|notre|votre) poche)\b",
            re.I,
        ),
        r"paye\1",
    ),
)
"""How people talk of paying. Alone, such words speak of much else ("chip", "fork", "table")."""

_SCALE = r"(?:millions?|milliards?|milliers?|billions?|thousands?|hundreds?|centaines?|dizaines?|dozens?)"
"""In what something is counted: "combien de millions de pages" asks for pages."""

_YEAR = re.compile(r"\b(?:quel(?:le)?s? ann?ee?s?|(?:what|which) year)\b")
_MONEY = re.compile(
    r"\bhow much (?:money|did \w+(?: \w+)* (?:cost|pay|spend|invest|contribute|give|put)|does \w+(?: \w+)* cost|was|is \w+(?: \w+)* worth)"
    r"|\bquel(?:le)? (?:somme|montant|prix|cout|budget|investissement)\b|\b(?:what|which) (?:amount|sum|price|budget|cost)\b"
    r"|\bcombien (?:d'argent|d'euros|de dollars|d'euro)\b|\bcombien (?:ca |cela )?(?:a |va |ont )?\w*\s?(?:cout\w+|invest\w+|verse\w*)"
    r"|\bhow many (?:\w+ )?(?:euros?|dollars?|pounds?)\b"
    rf"|\b(?:combien de|cb de|how many) {_SCALE} (?:of |d'|de )?(?:euros?|dollars?|pounds?|livres|francs?)\b"
)  # fmt: skip
_PAYS = re.compile(
    r"\b(?:combien|how much)\b(?! (?:de|d'|des|du|of)\b).*\b(?:paie\w*|paye\w*|pay|pays|paid|verse\w*|cout\w+|costs?"
    r"|financ\w+|debours\w+|depens\w+|spends?|spent|charges?|charged)\b"
    r"|\b(?:paie\w*|paye\w*|verse\w*|cout\w+|financ\w+|debours\w+|depens\w+)\b(?: \w+){0,2} (?:combien|cb)\b(?! (?:de|d'|du)\b)"
    r"|\bwhat (?:do|does|did|will|would) .*\bcost\b"
)  # fmt: skip
_PERCENT = re.compile(
    r"\b(?:quel(?:le)?|what|which) (?:est (?:le|la) )?(?:pour ?cent\w*|percent\w*|proportion|taux)\b|what percent"
)
_COUNT = re.compile(
    r"\b(?:combien (?:de |d'|des? )|cb de |how many |(?:quel|what) (?:est le |is the )?(?:nombre|number) (?:de |d'|of ))(?:the |les )?"
    rf"(?:{_SCALE} (?:de |d'|of )|(?:million|billion|thousand|hundred|dozen) )?(?P<noun>[a-z-]+)?"
)
_NO_NOUN = re.compile(r"temps|tps|tmps|time|plus|moins|more|less|\w{3,}(?:er|ir|dre|tre|ire)")
"""What is not counted after "combien de": "combien de temps", "ça coûterait combien de retaper"."""
_MASS = re.compile(r"(?:combien|cb) (?:de |d')(?!entre\b)[a-z-]*[^sxz\W](?![a-z-])")
"""What is not counted but measured: "combien d'énergie"; French has its plurals on all others."""
_WHEN = re.compile(
    r"\b(?:quand|when|kan|a quelle (?:date|epoque|heure)|quel (?:jour|mois|siecle)|quelle (?:date|epoque|periode)|(?:what|which) (?:date|day|month|time|century)|depuis quand)\b"
)
_WHEN_CLAUSE = re.compile(
    r"^\W*(?:(?:mais|alors|et|and|so|but) )?(?:qui|que|qu'|quoi|ou|comment|quel\w*|combien|pourquoi|est-ce|who\w*|what|which|where|how|why|is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b"
    r".*(?<!\bet )(?<!\band )(?<!\bdepuis )(?<!\bsince )(?<!\buntil )(?<!\bme )(?<!\bus )(?<!\bknow )(?<!\bknown )(?<!\bsay )(?<!\bsaid )(?<!\btell )(?<!\bdit )(?<!\bdire )(?<!\bsait )\b(?:quand|when) \w"
    # "According to her, what did staff get told when they complained?", "Quand elle est partie, qui…?"
    r"|(?<!\w)(?:quoi|comment|pourquoi|combien|who|what|which|how|why|where)\b.*(?<!\bet )(?<!\band )(?<!\bdepuis )(?<!\bsince )"
    r"\b(?:quand|when) (?:le|la|les|il|elle|ils|elles|on|the|they|he|she|it|we)\b"
    r"|^\W*(?:quand|when) [^,]+, (?:qui|que|quoi|c'est qui|combien|comment|pourquoi|what|who|which|how|why|where)\b"
)
"""Something else is asked of the time when something happened: "Who ran it when it was founded?"."""
_WHERE = re.compile(
    r"^\W*(?:mais |and |et |so )?(?:d'ou|ou|where)\b(?! bien)|\b(?:quel(?:le)?s? (?:pays|ville|endroit|lieu|region)|(?:what|which) (?:country|city|place|town))\b|\bou (?:est|se|a|ont|sont|est-ce|fut|etait|vit)\b"
)
_WHO = re.compile(
    r"^\W*(?:mais |and |et )?(?:a |de |avec |par |pour |envers |aupres de |a cause de |grace a |selon |d'apres |chez |contre |devant |sans |vers )?(?:qui|who|whom|whose|ki|c'est qui)\b|\bqui (?:est|a|sont|dirige|etait|fut)\b(?= .*\?)|\b(?:by|with|to|from) whom\b"
    r"|\bqui\W*$"
)
_WHAT_SUBJECT = re.compile(r"qu'est-ce qui|\bce qui\b")
_REASON = re.compile(
    r"\b(?:pourquoi|pkoi|pq|pk|pourkoi|why|for what reason|how come|quelles? (?:sont les |est la )?(?:raisons?|causes?)|(?:what|which) (?:is the |are the |was the |were the )?(?:reasons?|causes?))\b"
)
_MOVED = re.compile(
    r"\bqu'est[- ]ce qui (?:\S+ ){0,3}?(?:pouss|amen|condui|incit|decid|convain|motiv)\w*"
    r"|\bwhat (?:made|drove|led|prompted|pushed|persuaded|convinced)\b"
)
_MANNER = re.compile(r"^\W*(?:comment|how)\b")
_LIST = re.compile(
    r"\b(?:quels|quelles|lesquels|lesquelles|(?:what|which) (?:are|were)|liste\w*|enumer\w*|citez?)\b"
)
_YES_NO = re.compile(
    r"^\W*(?:est-ce qu|(?:is|are|was|were|does|do|did|has|have|had|can|could|will|would|should)\b)|\w+-(?:t-)?(?:il|elle|ils|elles)\b|\w+-t-on\b|\b(?:peut|doit|sait|va|faut)-on\b"
)
_ASKS_MORE = re.compile(
    r"^\W*(?:(?:a|de|par|pour|avec|sur|dans|en|chez|depuis|jusqu'a|grace|et|mais|alors|to|from|with|by|in|for|of|at|on|and|but|so) ){0,2}"
    r"(?:combien|cb|comment|quel(?:le)?s?|lequel|laquelle|que|qu'|qui|quoi|ou|quand|pourquoi|what|which|who(?:m|se)?|when|where|why|how)\b"
)
"""Asks for more than yes or no, whatever its verb looks like."""
_DEFINITION = re.compile(
    r"^\W*(?:qu'est[- ]ce qu|c'est quoi|what (?:is|are|was) (?:an?|the)?|que (?:signifie|veut dire)|define|definition)"
)
_LOOSE_NUMBER = re.compile(r"^\W*(?:combien|how much|cb)\b|\bcombien\b")


def in_plain_terms(question: str) -> str:
    """A question with "chip in" and the like said plainly."""
    for idiom, plain in _IDIOMS:
        question = idiom.sub(plain, question)
    return question


def asks_why(question: str) -> bool:
    """Whether a question asks for a reason, or for what moved somebody to do something."""
    return expected_type(question).kind == "reason" or _MOVED.search(fold(question)) is not None


def expected_type(question: str) -> AnswerType:
    """The kind of answer that a question asks for, in French or English, accents or not."""
    folded = fold(in_plain_terms(question)).strip()
    if _YEAR.search(folded):
        return AnswerType("year")
    if _REASON.search(folded):
        return AnswerType("reason")
    if _MONEY.search(folded) or _PAYS.search(folded):
        return AnswerType("money")
    if _PERCENT.search(folded):
        return AnswerType("percentage", "%")
    count = _COUNT.search(folded)
    if count and not _NO_NOUN.fullmatch(count["noun"] or ""):
        noun = count["noun"] or ""
        if re.fullmatch(_SCALE, noun):
            return AnswerType("amount")
        unit = unit_after(folded, count.start("noun")) if noun else None
        if not unit and noun and _MASS.match(folded[count.start() :]):
            return AnswerType("measure", noun)
        return AnswerType("count", unit[0] if unit else noun)
    for pattern, kind in _ORDERED:
        other = {"when": _WHEN_CLAUSE, "who": _WHAT_SUBJECT, "yes_no": _ASKS_MORE}.get(kind)
        if pattern.search(folded) and not (other and other.search(folded)):
            return AnswerType(kind)
    return AnswerType("free")


_ORDERED: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_WHEN, "when"),
    (_WHERE, "place"),
    (_WHO, "who"),
    (_DEFINITION, "definition"),
    (_LIST, "list"),
    (_YES_NO, "yes_no"),
    (_LOOSE_NUMBER, "amount"),
    (_MANNER, "manner"),
)


def asks_for_a_figure(question: str) -> bool:
    """Whether a question asks how many, how much, or at what rate."""
    return expected_type(question).kind in FIGURES
