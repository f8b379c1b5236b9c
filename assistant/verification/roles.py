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
     "boss", "chair", "chief", "runs", "run by", "leads", "led by", "leader", "manager", "manages", "managed by", "managing", "director", "gerant", "in charge",
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
# The "head office" and what "runs from May" are nobody.
_NO_PERSON = r"(?! ?offices?\b|quarter|(?<=runs) from\b)"
_PATTERNS = tuple(
    re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + rf"){_NO_PERSON}\w*")
    for words in _ROLES
)
# What a source may say of the role, and a claim says of much else: "menée par", "is 24% owned".
_ALSO = {
    0: re.compile(r"\b(?:menee?s?|conduite?s?|exploite\w*|gere\w*|tete de liste|operate[sd]?)\b"),
    3: re.compile(r"\b(?:detien\w*|deten\w*|actionnaire\w*|holds?|held|shareholder\w*|stake)\b"),
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
