# ruff: noqa: E501  tables of word families read better unwrapped
"""Who did it to whom: "Port-Louis a battu Valmont" does not say that Valmont won.

A few verbs of the news whose two parties are easily exchanged, with their inverses ("lost to",
"a vendu à"), both languages together. Parties are proper names in the verb's own clause; where none
stands there, nothing is said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.verification.clauses import clause_around, qualifies
from assistant.verification.name_finder import Name, names_in
from assistant.verification.words import FUNCTION_WORDS, cognates, fold


class _Family(NamedTuple):
    """Verbs of one deed.

    Attributes:
        verbs: their subject is the doer.
        inverse: their subject is the other party.
        to: what may stand between an active verb and whoever is not its subject.
    """

    verbs: re.Pattern[str]
    inverse: re.Pattern[str]
    to: re.Pattern[str]


def _family(verbs: str, inverse: str, to: str) -> _Family:
    return _Family(
        re.compile(rf"(?<![\w'])(?:{verbs})(?!\w)"),
        re.compile(rf"(?<![\w'])(?:{inverse})(?!\w)"),
        re.compile(rf"(?:^|\W)(?:{to})?(?: ?(?:la|le|les|l'|the))? ?$"),
    )


_FAMILIES = (
    _family(
        r"bat|battent|batt(?:u|ue|us|ues|re|ait|aient)|dominent?|domin(?:e|ee|es|er|ait)|gagn(?:e|es|ent|er|ait)|rempor\w+|l'emport\w+|emporte"
        r"|s'impos\w+|imposee?s?|vainqueurs?|victoire(?: [\d a-]+)? (?:de|d'|du)|beat|beats|beaten|beating|defeat(?:s|ed|ing)?|w[io]n|wins|winning|victory (?:of|for|by)|overc[ao]me",
        r"perd|perdent|perd(?:u|ue|us|re|ait)|s'inclin\w+|inclinee?s?|defaite(?: [\d a-]+)? (?:de|d'|du)|lose|loses|losing|lost|defeat (?:of|for)",
        r"contre|sur|devant|face (?:a|aux?)|against|over|to",
    ),
    _family(
        r"achet\w+|rachet\w+|acqui(?:s|se|ert|rent)|acquerir|buy|buys|buying|bought|acquir\w+|purchas\w+|t[ao]kes? over|took over|taken over",
        r"vend|vendent|vend(?:u|ue|us|ues|re|ait)|sell|sells|selling|sold",
        r"a|aux?|to|from",
    ),
    _family(
        r"remplac\w+|succed\w+ (?:a|au|aux)|succed\w+|replac\w+|succeed\w*|takes? over from|took over from"
        r"|(?:re)?(?:prend|prendra|prit|prise?) (?:la place|la suite|le relais)",
        r"cede\w* (?:sa|la) place (?:a|au)|hand\w* over to|ma[dk]e way for",
        r"a|aux?|de|du|d'",
    ),
    _family(
        r"accus(?:e|ent|ait|aient|er|ee?s?)|attaqu\w+ en justice|assign\w+ en justice|poursui(?:t|vi|vie|vre|vent)|porte\w* plainte contre"
        r"|accus(?:es|ed|ing)|su(?:e|es|ed|ing)",
        r"mis(?:e|es)? en cause par",
        "",
    ),
    _family(
        r"embauch\w+|recrut\w+|engag(?:e|ee|es|er|eait)|hir(?:e|es|ed|ing)|recruit\w*|sign(?:s|ed) for",
        r"entree? chez",
        r"chez",
    ),
)  # fmt: skip

SUCCESSION = 2
"""The place of "replaces" and "succeeds" among the families."""

_BE = re.compile(
    r"\b(?:est|sont|etait|etaient|sera|seront|serait|fut|furent|ete|etre|is|are|was|were|be|been|being)"
    r"(?: (?:\w+ment|\w+ly|deja|already|encore))? $"
)
_REFLEXIVE = re.compile(r"(?:\bs'|\bse )(?:\w+ )?$")
_AUXILIARY = re.compile(
    r"\b(?:a|ont|avai(?:t|ent)|aura|has|have|had)(?:-t-\w+)? $|^\W*(?:who|which) $"
)
_PARTICIPLE = re.compile(
    r"\w*(?:batt|perd|vend)(?:u|ue|us|ues)|(?!s')\w+(?:ee?s?|is|ise)|\w+ed|beaten|bought|sold|lost"
)
_NOUN = re.compile(r" (?:de|d'|du|of|for)$")
_BY = re.compile(r"^\W*(?:\S+ ){0,3}?(?:par|by) ")
_DONE_BY = re.compile(r"\b(?:par|by)(?: (?:la|le|les|the))? ?(?:l')?$")
_AGAINST_BEFORE = re.compile(
    r"\b(?:contre|against|face (?:a|aux?)|par|by|with|avec|pour|for)(?: (?:la|le|les|the))? ?$"
)
_RELATIVE = re.compile(r"\b(?:qui|who|which|that)\s*$")
_DENIAL = re.compile(r"^\W*(?:no|non)\b|\b(?:not|never|ne|pas|jamais|aucun\w*)\b|\bn'|n't\b")


class Deed(NamedTuple):
    """Who did it, and to whom; folded names, empty where the text names nobody."""

    family: int
    doer: tuple[str, ...]
    other: tuple[str, ...]


def exchanged(claim: str, evidence: Sequence[str], question: str = "") -> str | None:
    """Whom the claim, or the question that it answers, takes for the other party; folded.

    Args:
        claim: one statement.
        evidence: the sentences it cites.
        question: what it answers; taken at its word unless the claim denies it.
    """
    asserted = list(deeds_of(claim))
    if not _DENIAL.search(fold(claim)):
        asserted += deeds_of(question, asks=True)
    told = [deed for sentence in evidence for deed in deeds_of(sentence)]
    for deed in asserted:
        same = [other for other in told if other.family == deed.family]
        for who, mine, theirs in (
            (deed.doer, [other.doer for other in same], [other.other for other in same]),
            (deed.other, [other.other for other in same], [other.doer for other in same]),
        ):
            if any(is_same(who, party) for party in theirs) and not any(
                is_same(who, party) for party in mine
            ):
                return " ".join(who)
    return None


def deeds_of(text: str, asks: bool = False) -> Iterator[Deed]:
    """Every deed that a text tells of, with at least one party named."""
    folded = fold(text)
    names = list(_names(text, folded))
    for number, family in enumerate(_FAMILIES):
        for pattern, inverse in ((family.verbs, False), (family.inverse, True)):
            for verb in pattern.finditer(folded):
                if any(name.start <= verb.start() < name.end for name in names):
                    continue
                subject, party, passive = _parties(text, folded, names, verb, family.to)
                if asks and subject is None and not _AUXILIARY.search(folded[: verb.start()]):
                    # "Que gagne Orange ?", "Qui accuse Paul Ney ?": the name may be either.
                    continue
                if passive != inverse:
                    subject, party = party, subject
                if subject or party:
                    yield Deed(number, _keys(subject), _keys(party))


def _names(text: str, folded: str) -> Iterator[Name]:
    """The names of a text, without a verb that a capital makes part of one: "Victoire de Lyon"."""
    for name in names_in(text):
        verbs = (pattern for family in _FAMILIES for pattern in family[:2])
        if name.initial and any(verb.match(folded, name.start) for verb in verbs):
            first = name.start + len(name.words[0])
            for other in names_in(text[first : name.end])[:1]:
                yield replace(other, start=other.start + first, end=other.end + first)
        elif not FUNCTION_WORDS.issuperset(name.keys):
            yield name


def _parties(
    text: str, folded: str, names: Sequence[Name], verb: re.Match[str], to: re.Pattern[str]
) -> tuple[Name | None, Name | None, bool]:
    """The verb's subject and its other party, and whether it stands in the passive."""
    start, end = clause_around(folded, verb.start(), verb.end(), names)
    before, after = folded[start : verb.start()], folded[verb.end() : end]
    noun = _NOUN.search(verb[0]) is not None
    relative = _RELATIVE.search(folded[:start])
    opens = relative is None and not re.search(r"\w", before)
    passive = (
        not noun
        and _PARTICIPLE.fullmatch(verb[0]) is not None
        and not _REFLEXIVE.search(before)
        and (_BE.search(before) is not None or _BY.match(after) is not None or opens)
    )
    inside = [n for n in names if start <= n.start and n.end <= end]
    following = [n for n in inside if n.start >= verb.end()]
    if noun:
        subject = next((n for n in following if not folded[verb.end() : n.start].strip()), None)
    elif relative is not None:
        subject = _beside(folded, names, relative.start(), before=True)
    elif opens and passive:
        # "Battu 24 à 19 à Port-Louis, Valmont reste deuxième."
        subject = _beside(folded, names, end, before=False)
    else:
        subject = None
    if subject is None:
        for name in reversed([n for n in inside if n.end <= verb.start()]):
            if not qualifies(text, name) and not _AGAINST_BEFORE.search(folded[: name.start]):
                subject = name
                break
    link = _DONE_BY if passive else to
    party = next(
        (n for n in following if n is not subject and link.search(folded[verb.end() : n.start])),
        None,
    )
    return subject, party, passive


def _beside(folded: str, names: Sequence[Name], place: int, *, before: bool) -> Name | None:
    """The name right before or after ``place``: nothing but punctuation parts them."""
    for name in names:
        gap = folded[name.end : place] if before else folded[place : name.start]
        if (name.end <= place if before else name.start >= place) and not re.search(r"\w", gap):
            return name
    return None


def _keys(name: Name | None) -> tuple[str, ...]:
    return () if name is None else tuple(key for key in name.keys if key not in FUNCTION_WORDS)


def is_same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two parties, in folded words, have one that may be the same."""
    return any(cognates(a, b) for a in one for b in other)
