# ruff: noqa: E501  tables of patterns read better unwrapped
"""What a source denies, plans or has heard, and a claim states as done: verb by verb."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from assistant.verification.words import (
    FUNCTION_WORDS,
    WORD,
    Language,
    cognates,
    dominant_language,
    fold,
    shared_prefix,
    tokens,
)

_MAY = (
    r"(?<!\d )(?<!in )(?<!on )(?<!of )(?<!by )(?<!since )(?<!until )(?<!early )(?<!late )may(?! \d)"
)
"""The verb; the month is the same word."""
_ADVERBS = (
    r"(?:pas|plus|jamais|guere|aucun\w*|encore|toujours|yet|ever|been|be|have|ete|etre|avoir"
    r"|finalement|finally|deja|already|\w{3,}ment|\w{3,}ly)"
)
# What follows one of these is the verb that the source leaves undone.
_OPENINGS: tuple[tuple[Literal["negation", "modality"], re.Pattern[str]], ...] = (
    ("negation", re.compile(rf"(?:\bne |\bn')(?:\w+ |l'|lui |y |en )??(?:(?:a|ont|est|sont|avait|avaient|etait|etaient|sera|seront|fut|furent) )?(?:(?:{_ADVERBS}) )+")),
    ("negation", re.compile(rf"\b(?:not|never|n't|cannot) (?:(?:{_ADVERBS}) )*")),
    ("modality", re.compile(rf"\b(?:is|are|was|were) (?:{_ADVERBS} )?to (?:be |have )?(?:{_ADVERBS} )?")),
    ("modality", re.compile(rf"\b(?:said|reported|believed|thought|rumoured|alleged|expected|supposed|due|scheduled|hopes?|hoped|hoping|plans?|planned|planning|wants?|wanted|wish(?:es|ed)?|asked|asking|asks|offered|offers|agreed|promised|promises|intends?|intended|meant|about|likely|ready|willing|prepared) to (?:be |have )?(?:{_ADVERBS} )?")),
    ("modality", re.compile(rf"\b(?:might|{_MAY}|could|should|would|must) (?:be |have )?(?:{_ADVERBS} )?")),
    ("modality", re.compile(r"\b(?:consider(?:s|ed|ing)?|envisag(?:e|es|ed|ing)|discuss(?:ed|es|ing)?) (?=\w+ing\b)")),
    ("modality", re.compile(r"\b(?:pourrai(?:t|ent)|pourr(?:a|ont)|devai(?:t|ent)|doit|doivent|devrai(?:t|ent)|(?:envisag|projet|prev|esper|souhait|propos|demand|promi|accept|refus|renonc)\w* (?:de |d'|a )?|(?:veut|veulent|voudrait|voulait|compte|comptent|comptait|prete?s? a|cense\w*))\s?(?:y |en )?(?=\w+(?:er|ir|re|oir)\b)")),
    ("modality", re.compile(r"\b(?:serai(?:t|ent)|aurai(?:t|ent)) (?:ete )?(?:bien |deja )?")),
)  # fmt: skip
_HEDGED = re.compile(
    r"\b(?:ne|not|no|non|never|jamais|cannot|sans|without|refus\w*|renonc\w*|abandon\w*|fail\w*|echou\w*|declin\w*"
    rf"|deny|denie[ds]|dement\w*|{_MAY}|might|could|would|should|must|said to|reported\w*|alleged\w*|believed|thought|rumou?r\w*|expected|supposed|due|scheduled"
    r"|hop(?:e|es|ed|ing)|plan\w*|want\w*|wish\w*|asked|asking|asks|offer\w*|agreed|promis\w*|inten\w*|meant|about to|likely|ready|willing|prepared|going to"
    r"|(?:is|are|was|were) (?:\w+ )?to|will|shall|consider\w*|envisag\w*|discuss\w*|propos\w*|pourr\w*|dev\w*|doi\w*|projet\w*|prev\w*|esper\w*|souhait\w*"
    r"|demand\w*|veu\w*|voul\w*|voudr\w*|compt\w*|pret\w*|cens\w*|seront|sera|serai\w*|aurai\w*|selon|d'apres|according|apparently|perhaps|peut-etre|si|if|\w{2,}(?:er|ir|dr|tr|vr|rr)(?:a|ont|ait|aient|ai)|ferait|feraient|va|vont)\b|n't\b|\bn'"
)  # fmt: skip
_NOUN_BEFORE = {
    "fr": re.compile(r"(?:\b(?:le|la|les|un|une|des|du|de|d|ce|cet|cette|son|sa|ses|leurs?|aux?)|')\s*$"),
    "en": re.compile(r"(?:\b(?:the|an?|its|his|her|their|this|that|of|for|to)|'s)\s*$"),
}  # fmt: skip
_SEGMENTS = re.compile(r"[,;:]|\b(?:although|though|but|mais|bien qu[e'])")
_PASSED_ON = re.compile(
    r"\b(?:selon|d'apres|according|reported\w*|alleged\w*|apparently|perhaps|peut-etre|si|if)\b"
)


_YES = re.compile(r"^\W*(?:(?:yes|oui)\b,? ?|si, )")
_LEFT_OPEN = re.compile(
    r"\b(?:ne|not|no|never|jamais|nobody|cannot|refus\w*|renonc\w*|abandon\w*|reject\w*|rejet\w*|den(?:y|ies|ied|ying)"
    rf"|dement\w*|exclu\w*|contest\w*|envisag\w*|consider\w*|might|{_MAY}|could|pourr\w*|ask(?:s|ed) (?:for|to)|demand(?:e|ent|ait) (?:a|de)"
    r"|hop(?:e|es|ed) to|esper\w+|souhait\w+)\b|n't\b|\bn'"
)  # fmt: skip


_POSSIBLE = re.compile(rf"\b(?:can|could|might|{_MAY}|able|peu(?:t|vent|x)|pourr\w*|possible)\b")

_HAD = re.compile(
    rf"\b(?:had|avai(?:t|ent)) (?:{_ADVERBS} )*(?P<verb>\w{{2,}}(?:ed|u|ue|us|is|it|e|ee|es)|\w{{4,}}n)\b"
)
_PAST = ("ed", "ing", "ait", "aient", "ant", "er", "ir", "re")
"""Endings of what is not said of the present."""

_LONG = 6
"""Letters that words of different languages must share: "visite" is no "visage"."""

_WOULD = re.compile(
    r"\b(?!(?:tir|retir|attir|admir|desir|inspir|respir|vir|expir|aspir|soupir|conspir)ai)"
    r"(?P<stem>\w{2,}r)(?:ait|aient)\b|\bwould (?:\w+ly )?(?P<verb>\w{3,})\b"
)
_WAS_TO = re.compile(
    r"\bdevai(?:t|ent) \w+(?:er|ir|re)\b"
    r"|\b(?:was|were) (?:\w+ly )?(?:to|supposed to|meant to|due to|going to) \w+"
)
_WILL = re.compile(
    r"\b(?:will|shall)\b|\b(?:va|vont) \w+(?:er|ir|re)\b"
    r"|\b(?!(?:camera|opera|cholera|caldera|extra|ultra|contra|infra|supra|mantra|orchestra|sierra|terra"
    r"|hydra|era)\b)(?:\w+[eidvtr]r|\w*aur)(?:a|ont)\b"
)
_IS_TO = re.compile(r"\b(?:is to|are to|doi(?:t|vent))\b")
_SUPPOSED = re.compile(
    r"\b(?:if|si|s'il\w*|unless|faute|sauf|selon|d'apres|according|said|says?|told|dit|dits?|dire|avert\w*|warn\w*"
    r"|annon\w*|declar\w*|affirm\w*|assur\w*|estim\w*|promis\w*|promet\w*|expect\w*|thinks?|thought|believe\w*"
    r"|espere\w*|hop(?:e|es|ed)|confirm\w*|precis\w*|expliqu\w*|explain\w*|indiqu\w*|add(?:s|ed)|ajout\w*)\b"
)
"""Before what would be: a condition, or somebody's words."""


class Undone(NamedTuple):
    """A verb of the claim, and whether the source denies it or leaves it open."""

    kind: Literal["negation", "modality"]
    verb: str


def undone(claim: str, evidence: Sequence[str], question: str = "") -> Iterator[Undone]:
    """Verbs that the claim states flatly and the source only negates, plans or passes on.

    What ``question`` says of the present, a claim that begins with yes says too. A verb that the
    evidence also states elsewhere is let through. Verbs are told by their stem; of
    a sentence in the other language, only what it denies in a long word that both share.
    """
    folded = fold(claim)
    yes = _YES.match(folded)
    if yes is not None and not _HEDGED.search(folded[yes.end() :]):
        # A plain yes, in whatever language, to what every sentence denies or leaves open.
        found = [_LEFT_OPEN.search(fold(sentence)) for sentence in evidence]
        first = found[0] if found and all(found) else None
        # "Can a town pull out?" asks for no more than that it may.
        possible = _POSSIBLE.search(fold(question)) is not None
        if first is not None and not (possible and _POSSIBLE.fullmatch(first[0])):
            yield Undone("negation", first[0])
    if _PASSED_ON.search(folded):
        return
    language = dominant_language(claim)
    yield from _no_longer(folded if yes is None else fold(question), language, evidence)
    flat = [part for part in _SEGMENTS.split(folded) if not _HEDGED.search(part)]
    told = [(fold(sentence), dominant_language(sentence)) for sentence in evidence]
    for sentence, spoken in told:
        for kind, opening in _OPENINGS:
            if spoken != language and kind != "negation":
                continue
            for match in opening.finditer(sentence):
                verb = WORD.match(sentence, match.end())
                if verb is None or verb[0] in FUNCTION_WORDS or len(verb[0]) < 3:
                    continue
                rest = tokens(" ".join([sentence[: match.end()], sentence[verb.end() :]]))
                others = [word for other, _ in told if other != sentence for word in tokens(other)]
                if any(cognates(verb[0], word) for word in [*rest, *others]):
                    continue
                same = _same_stem if spoken == language else _same_long_word
                if any(_stated(verb[0], part, language, same) for part in flat):
                    yield Undone(kind, verb[0])


def _no_longer(claim: str, language: Language, evidence: Sequence[str]) -> Iterator[Undone]:
    """Verbs that the claim has in the present, and the source only as what had been: "supports".

    Args:
        claim: one statement, or a question that is answered with yes; folded.
        language: the claim's; only sentences in it are compared.
        evidence: the sentences it cites.
    """
    for sentence in evidence:
        if dominant_language(sentence) != language:
            continue
        folded = fold(sentence)
        for match in _HAD.finditer(folded):
            others = " ".join(fold(other) for other in evidence if other != sentence)
            rest = tokens(f"{folded[: match.start()]} {folded[match.end() :]} {others}")
            if any(_same_stem(match["verb"], word) for word in rest):
                continue
            for word in WORD.finditer(claim):
                now = _same_stem(match["verb"], word[0]) and word[0] != match["verb"]
                noun = _NOUN_BEFORE[language].search(claim[: word.start()])
                if now and not noun and not word[0].endswith(_PAST):
                    yield Undone("modality", word[0])


def _stated(verb: str, part: str, language: Language, same: Callable[[str, str], bool]) -> bool:
    """Whether a form of the verb stands in this part of the claim, and not as a noun."""
    return any(
        same(verb, word[0]) and not _NOUN_BEFORE[language].search(part[: word.start()])
        for word in WORD.finditer(part)
    )


def _same_stem(one: str, other: str) -> bool:
    """Whether two words differ in their endings alone: "visit", "visited", no "participe", "partie"."""
    shorter, longer = sorted((len(one), len(other)))
    return one == other or shared_prefix(one, other) >= max(4, shorter - 2, longer - 3)


def _same_long_word(one: str, other: str) -> bool:
    """Whether two words of different languages are one: "examinée", "examined"."""
    return shared_prefix(one, other) >= max(_LONG, min(len(one), len(other)) - 2)


def hardened(claim: str, evidence: Sequence[str], question: str = "") -> str | None:
    """What a source says would or was to be, and the claim that it will: "prendrait" as "prendra".

    "She said that it would" is another matter, and so is what is asked under a condition.

    Args:
        claim: one statement.
        evidence: the sentences it cites.
        question: what it answers.

    Returns:
        Both verbs, folded, or ``None``.
    """
    said, source = fold(claim), fold(" \n ".join(evidence))
    if _SUPPOSED.search(fold(question)):
        return None
    for would in _WOULD.finditer(source):
        stem, verb = would["stem"], would["verb"]
        before = source[source.rfind("\n", 0, would.start()) + 1 : would.start()]
        will = rf"\b{stem}(?:a|ont)\b" if stem else rf"\bwill (?:\w+ly )?{verb}\b"
        found = re.search(will, said)
        if found and not (re.search(will, source) or _SUPPOSED.search(before)):
            return f"{would[0]} → {found[0]}"
    sure = _WILL.search(said)
    if sure and not (_WILL.search(source) or _IS_TO.search(source)):
        meant = [_WAS_TO.search(fold(sentence)) for sentence in evidence]
        if meant and all(meant):
            return f"was to → {sure[0]}"
    return None
