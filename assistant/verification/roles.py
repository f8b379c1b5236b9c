# ruff: noqa: E501  tables of words read better unwrapped
"""Who heads, owns, speaks for what: roles that a claim gives and its source does not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verification.name_finder import names_in
from assistant.verification.words import FUNCTION_WORDS, cognates, fold

# One line a role: its words in both languages, folded, as the beginning of a word each.
_ROLES: tuple[tuple[str, ...], ...] = (
    ("pdg", "patron", "dirige", "directeur", "directrice", "president", "presid", "chef", "a la tete", "ceo", "head",
     "boss", "chair", "chief", "runs", "run by", "leads", "led by", "headed", "leader", "manager", "manages", "managed by", "managing", "director", "gerant", "in charge",
     "numero un", "number one"),
    ("ministre", "ministere", "minister", "ministry", "ministries", "secretary of state", "secretaire d'etat"),
    ("maire", "mayor"),
    ("proprietaire", "owner", "owns", "owned", "possede", "rachet", "acqui", "bought"),
    ("porte-parole", "spokes"),
    ("architect",),
    ("adjoint", "deputy", "deputies", "vice", "assistant"),
    ("secretaire", "secretary"),
    ("prefet", "prefect"),
)  # fmt: skip
# The "head office", what "runs from May", a pastry chef and who "bosse" (works) are no heads.
_NO_PERSON = r"(?<!pastry chef)(?! ?offices?\b|quarter|(?<=runs) (?:from|for|until|to)\b|(?<=boss)(?:e[srz]?|ent|ait|aient|ant|er)\b|(?<=patron)s pecheurs)"
_PATTERNS = tuple(
    re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + rf"){_NO_PERSON}\w*")
    for words in _ROLES
)
# What a source may say of the role, and a claim says of much else: "menée par", "is 24% owned".
_ALSO = {
    0: re.compile(
        r"\b(?:menee?s?|conduite?s?|exploite\w*|gere\w*|tete de liste|operate[sd]?|run|ran|running|led|lead|leading|at the helm"
        r"|a la direction|la direction (?:du|de|des|generale)|tient la barre|aux commandes|responsable)\b"
    ),
    1: re.compile(r"\b(?:department|departement)\b"),
    3: re.compile(
        r"\b(?:detien\w*|deten\w*|actionnaire\w*|holds?|held|shareholder\w*|stake|appart\w+|belong\w*|possed\w+|capital|sold|sells?|vend\w*|cede\w*|achet\w*|achat\w*|rachats?|takeover|buy\w*|purchas\w*)\b"
    ),
}
# "the head of Atos", "le patron du groupe Atos": what the role is held in.
_COMPLEMENT = re.compile(
    r"^\w*(?: (?:general|generale|executif|executive|officer|adjointe?|delegue|delegee))?"
    r" ?(?:de la|de l'|du|des|de|d'|of|at|for) ?"
)
_ASKS_WHO = re.compile(
    r"\b(?:qui|who|quel(?:le)?s?|which|what|ki|whose)"
    r"(?:(?:'s| (?:est|etait|sont|fut|c'est|a ete|is|was|are|were|has been|becomes?|became|devien\w*))\b(?:\W+\w+){0,5}"
    r"| (?!the|le|la|les|will|did|does)\w+)?\W*$"
)
"""Before a role, that its holder is what is asked for."""

_OFFICES = {
    "head": r"p-?dg|patronne|patron|president-directeur general|presidente-directrice generale|directeur general"
    r"|directrice generale|chief executive(?: officer)?|ceo|boss|head|managing director",
    "director": r"directeur|directrice|director",
    "president": r"presidente?|chair(?:man|woman|person)?",
    "mayor": r"maire|mayor",
}
"""Offices whose words, folded, mean the same in both languages."""

_VERBS = {
    "dirige": ("head", "director"), "runs": ("head", "director"), "leads": ("head", "director"),
    "heads": ("head", "director", "president"), "preside": ("president",), "chairs": ("president",),
}  # fmt: skip
_OFFICE = "|".join(_OFFICES.values())
_BODIES = "company|entreprise|firme?|groupe?|societe"
_OF = rf"(?: (?:du|de la|des|de|of the|at the|of|at) | d'| de l')(?:(?:{_BODIES}) )?"
_ARTICLES = frozenset("d de des du l la le les of s the".split())
_IN_OFFICE = re.compile(
    r"(?<!ancien )(?<!ancienne )(?<!former )(?<!futur )(?<!future )(?<!deputy )(?<!next )(?<!ex-)"
    rf"(?<!vice-)(?<!vice )(?<!interim )(?<!assistant )\b(?:{_OFFICE})\b"
)
_WHO = re.compile(
    r"\W*(?:(?:et|and|mais|but) )?(?:qui|who|what is the name of|quel est le nom (?:de|du)|comment s'appelle)"
    rf"(?:(?:'s| est| is)?(?: (?:le|la|the))? (?P<office>{_OFFICE})(?: actuel(?:le)?)?{_OF}"
    rf"| (?P<verb>{'|'.join(_VERBS)})(?: (?:le|la|les|the) | l'| )(?:(?:{_BODIES}) )?)(?P<body>.{{2,60}}?)\W*"
    rf"|\W*who(?: is|'s) (?P<owner>.{{2,60}}?)(?:'s?|s')? (?P<held>{_OFFICE})\W*"
)

_FEW = 4
"""Words of an answer that is no sentence of its own."""

_REACH = 45
"""Code points after a role in which its complement's name begins."""


@dataclass(frozen=True, slots=True)
class RoleProblem:
    """A role as the claim gives it; ``of`` is what it is held in, where that is what is wrong."""

    role: str
    of: str = ""


def unsupported_roles(claim: str, evidence: Sequence[str], question: str = "") -> list[RoleProblem]:
    """Roles that no cited sentence speaks of, or speaks of as held in something else.

    A role is a word such as "director" or "maire", with its synonyms in both languages. Nothing
    is said of roles that are not in the table. A claim of a few words takes the question's role.
    """
    found: list[RoleProblem] = []
    for number, pattern in enumerate(_PATTERNS):
        stated = claim
        match = pattern.search(fold(claim))
        if match is None and len(claim.split()) <= _FEW:
            stated = question
            match = pattern.search(fold(question))
        if match is None:
            continue
        sources = [sentence for sentence in evidence if pattern.search(fold(sentence))]
        if not sources:
            also = _ALSO.get(number)
            if also is None or not any(also.search(fold(sentence)) for sentence in evidence):
                found.append(RoleProblem(match[0]))
            continue
        held_in = _complement(stated, match)
        told = [_complement(s, m) for s in sources for m in pattern.finditer(fold(s))]
        if held_in and all(told) and not any(_same(held_in, other) for other in told):
            found.append(RoleProblem(match[0], " ".join(held_in)))
    return found


def holder_is_known(role: str, question: str, whole: Sequence[str]) -> bool:
    """Whether a question speaks of whoever holds a role, and does not ask who that is.

    "Which companies will the minister meet?" may cite a sentence that calls him by his name, where
    the document tells elsewhere of a minister; whether it is he, entailment has to tell.

    Args:
        role: as the question has it, folded.
        question: standing alone.
        whole: texts of the cited documents.
    """
    before, found, _ = fold(question).partition(role)
    if not found or _ASKS_WHO.search(before):
        return False
    pattern = next(pattern for pattern in _PATTERNS if pattern.match(role))
    return any(pattern.search(fold(text)) for text in whole)


@dataclass(frozen=True, slots=True)
class Office:
    """Whom or what somebody heads, and by which of the known offices; who, where it is told."""

    kinds: tuple[str, ...]
    body: frozenset[str]
    person: str = ""


def office_asked_for(question: str) -> Office | None:
    """The office whose holder is asked for, and nothing beyond: "Who runs Atos?"."""
    found = _WHO.fullmatch(fold(question).strip())
    if found is None:
        return None
    word = found["office"] or found["held"]
    kinds = (_kind(word),) if word else _VERBS[found["verb"]]
    return Office(kinds, _body(found["body"] or found["owner"]))


def offices_told(sentence: str) -> list[Office]:
    """The offices that people are named with in passing: "le patron du groupe Atos, X X,".

    Only people of two names or more, and who stand beside the office: "X X, head of Atos,",
    "Atos's head, X X".
    """
    folded = fold(sentence)
    names = names_in(sentence)
    found: list[Office] = []
    for role in _IN_OFFICE.finditer(folded):
        link = re.match(_OF, folded[role.end() :])
        rest = role.end() + (link.end() if link else 0)
        for person in (name for name in names if len(name.words) > 1):
            after = re.match(r"\s*(?:[,.;)]|$)", sentence[person.end :])
            body: re.Match[str] | None = None
            if link and person.start > rest and after:
                body = re.fullmatch(r"([^,;:()]{2,60}), ", folded[rest : person.start])
            elif link and re.fullmatch(
                r", (?:le |la |the )?", folded[person.end : max(role.start(), person.end)]
            ):
                body = re.match(r"([^,;:()]{2,60}?)(?:[,;)]|\.?$)", folded[rest:])
            elif not link and after and re.fullmatch(r",? ", folded[role.end() : person.start]):
                body = re.search(r"(\S+(?: \S+){0,3}?)(?:'s?)? $", folded[: role.start()])
            if body:
                told = sentence[person.start : person.end]
                found.append(Office((_kind(role[0]),), _body(body[1]), told))
    return found


def _kind(office: str) -> str:
    return next(kind for kind, words in _OFFICES.items() if re.fullmatch(words, office))


def _body(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text)
    return frozenset(w for w in words if w not in _ARTICLES and not re.fullmatch(_BODIES, w))


def _complement(text: str, role: re.Match[str]) -> tuple[str, ...]:
    """The folded name that the role is held in, empty where none follows it."""
    link = _COMPLEMENT.match(fold(text[role.end() :]))
    if link is None:
        return ()
    start = role.end() + link.end()
    for name in names_in(text):
        if start <= name.start <= role.end() + _REACH:
            between = text[start : name.start]
            if re.search(r"[,;:.(]", between):
                return ()
            return tuple(word for word in name.keys if word not in FUNCTION_WORDS)
    return ()


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(cognates(a, b) for a in one for b in other)
