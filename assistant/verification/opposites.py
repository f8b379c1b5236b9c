# ruff: noqa: E501  tables of word families read better unwrapped
"""A claim that says the opposite of its source: "drops" for "monte", "admits" for "denies"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.verification.figures import find_figures, supports
from assistant.verification.words import fold

# "Fin 2026" and "the end of March" end nothing; "the end of the shift" does.
_NO_DATE = r"(?! (?:de l'an|du mois|(?:de )?\d{4}|janv|fev|mars|avril|mai\b|juin|juil|aout|sept|oct|nov|dec))"
_NO_ENGLISH_DATE = (
    r"(?! of (?:(?:the|this|next|last) (?:year|month)|(?:next |last |this )?(?:\d{4}|january|february|"
    r"march|april|may\b|june|july|august|september|october|november|december)))"
)

# Pairs of word families, French and English together, so that neither language needs the other's:
# of deeds, and of when it was or how it stands, which both may be told of one thing.
_DEEDS: tuple[tuple[str, str], ...] = (
    (
        r"augment\w*|hausse\w*|monte|montent|monte[es]|montee\w*|grimp\w*|progress\w*|accroi\w*|accru\w*|increas\w*|rises?|rose|risen|rising|grew|grow\w*|climb\w*|higher|raise[ds]?|raising|gain\w*",
        r"baiss\w*|diminu\w*|recul\w*|chut\w*|redui\w*|tomb(?:e|es|ent|ee|ees|er|era|ait)|descend(?:re|s|u|ue|ent|ed|ing)?|decreas\w*|declin\w*|falls?|fell|fallen|falling|drop\w*|lower\w*|reduc\w*|cut|cuts|cutting|shr[aiu]nk\w*|perd\w*|los[est]\w*",
    ),
    (
        r"accept\w*|approuv\w*|approv\w*|adopt\w*|valid\w*|admet\w*|admit\w*|reconnai\w*|reconnu\w*|acknowledg\w*|conced\w*|agree[ds]?|agreeing|confirm\w*",
        r"refus\w*|rejet\w*|reject\w*|repouss\w*(?! (?:(?:l'|(?:le|la|les|son|sa|ses|leurs?) )\w+ )?(?:de \w+ (?:jours?|semaines?|mois|ans?)|jusqu|au \d|a (?:plus tard|l'an|\d)))|declin\w*|nie|nient|niait|nier|dement|dementi\w*|dementent|deny|denie[ds]|denying|turned down|ecarte[esr]?|avis defavorable\w*|unfavou?rable opinion\w*|veto\w*",
    ),
    (
        r"gagn\w*|rempor\w*|victoire\w*|w[io]n|wins|winning|victor\w*|vainqu\w*|beat\w*|battre|battu\w*|battent",
        r"perd\w*|defaite\w*|los[est]|losing|losses|defeat\w*|s'incline\w*|incline",
    ),
    (
        r"rejoi\w*|joins?|joined|joining|entr(?:ent|er|era|ait)|adher(?!ents?\b)\w*|integr(?:e|er|ent|era)",
        r"quitt\w*|partir|departs?|departures?|departed|le(?:ave|aves|aving|ft)|retrait|se retir\w*|s'est retir\w*|withdr\w*|pull(?:ed|s|ing)? out|demission\w*|resign\w*",
    ),
    (
        r"annul(?:e|ee|es|ees)|cancel(?:led|ed)|called off",
        r"maintenue?s?(?! en\b)|go(?:es|ing)? ahead",
    ),
    (
        r"optimis\w*|confian\w*|confident\w*|hopeful\w*",
        r"pessimis\w*|inqui\w*|worr\w*|doubtful\w*",
    ),
    (
        r"autoris\w*|permet\w*|permis\w*|permit\w*|allow\w*|legalis\w*",
        r"interdi\w*|prohib\w*|forb\w*|bann?(?:ed|ing|s)?|outlaw\w*|avis defavorable\w*|unfavou?rable opinion\w*|veto\w*",
    ),
    (
        r"soutien\w*|souten\w*|support(?:s|ed|ing)?|favorable\w*|en faveur|in favou?r|backs?|backed|defen[ds]\w*",
        r"oppos\w*|critiqu\w*|critici\w*|denonc\w*|denounc\w*|hostil\w*|condam\w*|condem\w*",
    ),
    (
        r"succes\w*|succeed\w*|reuss\w*",
        r"echec\w*|echou\w*|fail\w*",
    ),
    (
        r"embauch\w*|recrut\w*|hir(?:e|es|ed|ing)|recruit\w*",
        r"licenci(?:er|ement\w*)|supprim\w*|sack\w*|la(?:y|ys|id|ying) off|layoffs?|dismiss\w*|redundan\w*|fir(?:ed|es|ing)",
    ),
)  # fmt: skip
_WHENS: tuple[tuple[str, str], ...] = (
    (
        r"debut\w*|commenc\w*|start\w*|beg[aiu]n\w*|ouvr(?:e|ent|ir|ira|iront|ait|aient|ant)|ouvert\w*|open\w*|lance\w*|launch\w*|inaugur\w*",
        rf"fin{_NO_DATE}|finit|finissent|fini[es]?|termin(?:e|es|ee|ees|ent|er|era|ait)|ends?{_NO_ENGLISH_DATE}|ended(?! up)|ending|acheve\w*|clos|close[ds]|closing|closure\w*|clot\w*|ferm(?:e|es|ee|ees|er|era|eront|ent|ait|eture\w*)|shut\w*|finish\w*",
    ),
    (
        r"avant(?! (?:elles?|lui|eux)\b)|before(?! (?:her|him|them|it)\b)|prior|veille",
        r"apres|after\w*|later|lendemain|following",
    ),
)  # fmt: skip


def _sides(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(rf"(?<!\w)(?:{one})(?!\w)"), re.compile(rf"(?<!\w)(?:{other})(?!\w)"))
        for pair in pairs
        for one, other in (pair, pair[::-1])
    )


_OF_DEEDS, _ALL = _sides(_DEEDS), _sides(_DEEDS + _WHENS)
_DENIED = re.compile(
    r"\b(?:ne|not|no|never|cannot|sans|without|nor|ni|jamais|pas|plus|aucun\w*|without)\b|\bn'|n't\b"
)


_WAYS = r"(?:contre|pour|oui|non|against|for|in favou?r|yes|no)\b"
_ONE_WAY = re.compile(rf"\b{_WAYS}")
_VOTED = re.compile(rf"\b(?:dit|disent|vot\w+|said?|say|were|voix)\b.*\b{_WAYS}|\boppos\w+")
"""In a question: who voted one way is asked for."""

_ABSTAINED = re.compile(r"\babst(?:ai|en)\w*")
_OF_WHOM = re.compile(rf"\W*(?:(?!(?:et|and)\b)[^\W\d]+['’ ]){{0,3}}?{_ABSTAINED.pattern}")
"""After a figure, that it is of those who abstained: not "8 et 4 abstentions"."""


class Opposite(NamedTuple):
    """The claim's word, and the word of the source that says the opposite."""

    said: str
    stated: str


def opposite(claim: str, evidence: Sequence[str], of_deeds: bool = False) -> Opposite | None:
    """The first word of the claim whose opposite, and nothing like it, is in the evidence.

    Nothing is said of a claim or a source that denies something: "did not fall" may be "rose".

    Args:
        claim: one statement.
        evidence: the sentences it cites.
        of_deeds: whether only what is done counts, not when: "after it closed" is asked of what
            "opened before noon".
    """
    folded, source = fold(claim), fold(" \n ".join(evidence))
    if _DENIED.search(folded):
        return None
    for mine, theirs in _OF_DEEDS if of_deeds else _ALL:
        said, stated = mine.search(folded), theirs.search(source)
        if said is None or stated is None or mine.search(source) or theirs.search(folded):
            continue
        if _DENIED.search(source[max(0, stated.start() - 25) : stated.start()]):
            continue
        return Opposite(said[0], stated[0])
    return None


def abstained_instead(claim: str, evidence: Sequence[str], question: str) -> bool:
    """Whether those who abstained are told of where those who voted one way are asked for.

    Args:
        claim: one statement, or a few words: "4 abstentions", "4 ont dit non".
        evidence: the sentences that it cites.
        question: that it answers: "Combien ont dit non ?"
    """
    asked, said = fold(question), fold(claim)
    if _VOTED.search(asked) is None or _ABSTAINED.search(asked) is not None:
        return False
    if _ABSTAINED.search(said) is not None:
        return _ONE_WAY.search(said) is None
    counted = [
        _OF_WHOM.match(fold(sentence[figure.end :])) is not None
        for told in find_figures(claim)
        for sentence in evidence
        for figure in find_figures(sentence)
        if supports(figure, told)
    ]
    return bool(counted) and all(counted)
