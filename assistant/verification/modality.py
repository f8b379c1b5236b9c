# ruff: noqa: E501  tables of patterns and words read better unwrapped
"""Negation, hedges, causes and quantities such as "all" or "only" that a claim adds or drops."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.verification.quantifiers import added_quantifiers
from assistant.verification.words import (
    FUNCTION_WORDS,
    WORD,
    cognates,
    dominant_language,
    fold,
    shared_prefix,
    strip_quotes,
    tokens,
)

_NEGATION = re.compile(
    r"\b(?:ne|n')\s?(?:[\w']+ ){1,4}?(?:pas|jamais|aucune?s?|rien|personne|guere|point|ni|nulle?)\b"
    r"|\bne plus\b|\bn'\w+ plus\b|\bne \w+ plus\b|\bne pas\b|\bnot\b|\bcannot\b|\w+n't\b|\bno longer\b|\bnever\b"
    r"|\bnobody\b|\bnone\b|\bneither\b|\bpersonne n(?:e\b|')|\baucune? \w+ (?:ne|n')|\bno \w{3,}\b"
    r"|\bnothing\b|\brien n(?:e\b|')|\bjamais\b|\bpas encore\b"
)  # fmt: skip
_NEGATIVE_SENSE = re.compile(
    r"\b(?:sans|without|pas|rather|plutot|instead|au lieu d[eu']|until|postpon\w*|delay\w*|reportee?s?|repouss\w*|put off|shelved|spar(?:e|es|ed|ing)|epargn\w*|faute|rien|refus\w*|impossib\w*|unable|incapa\w*|echou\w*|fail\w*|manqu\w*|lack\w*"
    r"|absen\w*|absten\w*|abstain\w*|ni|nor|peu|few|little|rarely|hardly|contre|against|sauf|except\w*|seul\w*|only"
    r"|n[e'] ?\w+(?: \w+)? (?:que|qu')|n[e'] ?\w+ pu|ne (?:peu\w+|saurai\w+|cess\w+)|evit\w*|avoid\w*|interdi\w*|forb\w*|ban\w*|prohib\w*|retir\w*|withdr\w*|renonc\w*|no|non|aucune?s?"
    r"|abandon\w*|nier|nie|deni\w*|deny|reject\w*|rejet\w*|dement\w*|exclu\w*|rul\w+ out|il?l\w+|inutile|(?:left|leav\w+|laiss\w+) (?:out|de cote)"
    # "In-" denies in "inconnu", not in "intéressé".
    r"|in(?!teress|format|dustr|stall|vest|stit|tegr|ter(?!di)|augur|iti|di[qc]|sist|clu|stan|spec|vent|scri|flu|geni|nov|divid|stru|vit|ject|come|crea|sid|tent|tend|qui)\w{5,}"
    # Nor do "im-", "un-", "dis-" and "de-" in "important", "union", "discuter" and "depuis".
    r"|im(?!port|ag|pri|press|pos|plant|med|mens|pact|prov|plic)\w{5,}|un(?!i|der(?!min)|til)\w{5,}"
    r"|dis(?!cu|ta[nt]|tri|pos|ting|play|pon|cipl|cour|ciple|trac)\w{4,}|de(?!s(?:ign|ir|sin|orm|cri|cend|t(?!r|it))|p(?:ui|en[ds]|art|lo|ut|os|res))[sp]\w{4,}|perd\w*|lost|lose\w*|zero|former|ancien\w*|moins|less|trop|too|empech\w*|prevent\w*|ignor\w*|tai[st]|tu[es]?|conceal\w*|oppos\w*|rest\w*|encore|yet|loin|far)\b"
)  # fmt: skip
_CONDITIONAL = re.compile(
    r"\b(?!(?:tir|retir|attir|admir|desir|inspir|respir|vir|expir|aspir|soupir|conspir)ai)"
    r"(?:ser|aur|pourr|devr|voudr|fer|ir|viendr|tiendr|faudr|verr|\w{2,}[^aeiouéy\W]er|\w{2,}[iu]er"
    r"|\w{2,}ir|\w{2,}ttr|\w{2,}îtr|\w{2,}dr|(?!ouv|couv|liv|recouv|découv|déliv|souv)\w+[ce]vr)"
    r"(?:ait|aient)\b",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:dev(?:ait|aient)|doit|doivent) (?:\w+ )?(?:\w+ )?\w+(?:er|ir|re|oir)\b|\bdev(?:ait|aient)\b"
    r"|\b(?:projet|envisag|prevoy|compt|esper|souhait|voul|entend)(?:ait|aient)\b"
    r"|\b(?:projettent?|envisagent?|prevoit|prevoient|compte|comptent|espere|esperent|souhaitent?"
    r"|veut|veulent|entend)\b|\b(?:prevue?s?|cense\w*)\b"
    r"|\b(?:was|were|is|are) (?:\w+ )?to\b|\b(?:supposed|expected|planned|plan|plans|due|intends?|intended|hopes?"
    r"|hoped|wants?|wanted|wishes|meant|scheduled|set|should|proposed|proposes?|aims?) (?:\w+ )?to\b"
)  # fmt: skip
_HEARSAY = re.compile(
    r"\b(?:selon|d'apres|a en croire|parait-il|planned|prevue?s?|il semble\w*|sembl\w+|probabl\w+|peut-etre|possible\w*"
    r"|rumeur\w*|presume\w*|suppose\w*|eventuel\w*|according|reported\w*|alleged\w*|said to|seems?|seemed|apparently"
    r"|likely|perhaps|maybe|possibly|may|might|could|would|should|pourr\w+|peut|peuvent|can|rumou?r\w*"
    r"|potential\w*|suggest\w*|thought to|believed to|considere\w*|sources?|will|sera|seront|if|si)\b"
)  # fmt: skip
_POSSIBLE = re.compile(
    r"\b(?:pourr(?:a|ont|ait|aient)|peut-etre|eventuel\w*|envisag\w*|may|might|could"
    r"|perhaps|maybe|possibl\w*|consider(?:s|ed|ing)?)\b"
)
_FUTURE = re.compile(
    r"\b(?:will|sera|seront|(?!opera|camera)\w{2,}(?:er|[^aeiou]ir|dr|vr|rr)a|\w{2,}(?:er|ir|dr|tr|vr|rr)ont)\b"
)
_SAID_BY = re.compile(
    r"\b(?:selon|d'apres|according|if|si|espere\w*|hopes?|unless|probabl\w*|likely)\b"
)
_DONE = re.compile(
    r"\b(?:a|ont|est|sont|fut|furent) (?:deja |bien |ete |tous |egalement |aussi )*\w{2,}(?:e|es|ee|ees|i|is|it|u|us|ue|ues|erte?s?|ointe?s?|eint|aint)\b"
    r"|\b(?:has|have|had) (?:\w+ly |already |been |also )?\w+(?:ed|en|id|ne|ade|ot|ut|ught|old|ent)\b"
    r"|\b(?:joined|paid|gave|given|bought|sold|took|made|became|won|lost|spent|built|signed|left|went|came"
    r"|invested|contributed|put|provided|received|created|launched|began|started|got|met|withdrew"
    r"|\w{3,}ed (?:the|a|an|to|its|their|his|her|in|on|with|by|\d|€|\$|£)|(?:is|are) \w+ing)\b"
)  # fmt: skip
_STATES = re.compile(r"\b(?:is|are|be|being|est|sont) (?:\w+ly )?\w{4,}")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|a|ont|est|sont|avait|etait|fut)\b|\w{3,}(?:ed|ent|ait|aient)\b"
)
_CAUSE = re.compile(
    r"\b(?:parce qu\w*|a cause d\w*|because|due to(?! (?:be|have|come|go|take|start|begin|open|reopen|close|end|hand|meet|vote|decide|leave|join|run|return|finish|arrive|publish|sign|report|rule|pay|get|give|hold|last|move|stop|speak|sit)\b)|owing to|car(?= (?:il|elle|ils|elles|le|la|les|l|ce|on|son|sa|ses|un|une|cette|leur|leurs|de|aucun)\b)"
    r"|du fait d\w*|en raison d\w*|as a result of|thanks to|grace a|therefore|that's why|c'est pourquoi)"
)  # fmt: skip
_CAUSAL_SENSE = re.compile(
    r"\b(?:parce|cause\w*|because|due|dus|dues|du (?:a|aux?)|owing|car|raisons?|reasons?|pour|afin|suite|puisque|comme|as"
    r"|since|grace|thanks|therefore|donc|thus|hence|so|ainsi|aussi|faute|vu|face|fait|result\w*|entrain\w*"
    r"|provoqu\w*|permet\w*|permit\w*|allow\w*|lead\w*|led|condui\w*|mene\w*|motiv\w*|expliqu\w*|explain\w*"
    r"|lie[es]*|force|consequen\w*|effet\w*|effects?|after|apres|when|lorsque|quand|from|in order"
    r"|devant|pourquoi|why|origin\w*|over (?:the|an?)|imput\w*|attribu\w*|blam\w*|justifi\w*|vien(?:t|nent) (?:de|du|des|d[u\']|surtout)"
    r"|put\w* [^.;]{1,40}? down to|met\w* [^.;]{1,40}? sur le compte"
    r"|pouss(?:e|ent|er|ait|aient|ee?s?)|priv(?:e|er|ee?s?)|deprived|lass(?:e|ee?s?)|tired|lured|dearer|craint|craignent|redout\w*|fears?|drove|driven|trop|too|jugee?s?|deemed|favori\w*|responsable\w*|responsib\w*|des lors|tant|tellement"
    r"|\w{2,}ant|\w{3,}ing)\b|[:;]"
)  # fmt: skip
_CLAUSES = re.compile(
    r"[,;:()«»\"]|\b(?:mais|but|que|qu'|qui|which|that|who|et|and|car|because|si|if|dont|ou|or|while"
    r"|tandis|alors|although|bien que|when|lorsque|quand)\b"
)
_MAIN_CLAUSES = re.compile(
    r"[;:()«»\"]|\b(?:mais|but|que|qu'|qui|which|that|who|car|because|while|tandis|although|when|quand)\b"
)


_LIMIT = re.compile(
    r"\W*(?:than|avant|before|until|plus (?:de\b|d')|plus tot|more than|earlier|later)"
)

_BEFORE = re.compile(r"\b(?:avant|before|until|jusqu\w*|d'ici|by)\b")

_TELLING = (
    r"(?:connu|known|confirm|precis|specif|indiqu|indicat|communiqu|divulgu|devoil|disclos|reveal|revel|determin|mention|stated|given"
    r"|donne|provided|chiffre)\w*"
)
_UNTOLD = re.compile(
    rf"\b(?:(?:est|sont|etai(?:t|ent)|a|ont|ete|is|are|was|were|has|have|been) (?:pas|not)|non|not|pas) (?:(?:ete|been|encore|yet) )*{_TELLING}"
    r"|\b(?:inconnue?s?|unknown)\b"
)
"""That nobody tells it, which a source may say of what it speaks of: "at an undisclosed price"."""
# What a source has that withholds something.
_WITHHELD = re.compile(
    rf"\bnon {_TELLING}|\b(?:un|in)(?:known|disclosed|specified|connue?s?)\b|\b(?:pas|not|sans|without|ni|nor|never|jamais|refus\w*|declin\w*|ignor\w*|secret\w*"
    rf"|tai\w*|yet|encore|den(?:y|ies|ied)|dement\w*|ni(?:e|ent|ait))\b|\b(?:n[e'])(?= ?\w+)|n't\b|{_TELLING} (?:plus tard|later)"
)

_STEM = 4
"""Letters that forms of one verb share."""


class ModalityProblem(NamedTuple):
    """What a claim adds to or drops from its source.

    Attributes:
        kind: "negation", "modality", "cause" or "quantifier".
        detail: the words concerned.
        hard: whether the claim says something else, rather than the same a little too surely.
    """

    kind: str
    detail: str
    hard: bool


def modality_problems(claim: str, evidence: Sequence[str]) -> list[ModalityProblem]:
    """Negations, certainty, causes and quantifiers of the claim that the evidence contradicts.

    Conservative: where no verb of the evidence can be told to be the claim's, nothing is said.
    """
    said = strip_quotes(claim)
    folded, source = fold(said), fold(" \n ".join(evidence))
    problems: list[ModalityProblem] = []
    clause = _closest_clause(claim, evidence, _CLAUSES)
    negated = _NEGATION.search(folded)
    # "Not before 2027" says when, and denies little; unless the source says "before".
    dated = negated and _LIMIT.match(folded[negated.end() :]) and not _BEFORE.search(source)
    if (
        negated
        and not dated
        and not _NEGATION.search(source)
        and not _NEGATIVE_SENSE.search(source)
    ):
        problems.append(ModalityProblem("negation", negated[0], True))
    elif (untold := _UNTOLD.search(folded)) and not any(
        _WITHHELD.search(fold(sentence)) for sentence in evidence
    ):
        problems.append(ModalityProblem("negation", untold[0], True))
    elif clause and not negated and not _NEGATIVE_SENSE.search(folded):
        denied = _NEGATION.search(fold(clause))
        # "Not before spring", "not begin until May" and "no more than six" deny nothing.
        if denied and (
            _LIMIT.match(fold(clause)[denied.end() :])
            or _BEFORE.search(fold(clause)[denied.end() :])
        ):
            denied = None
        if denied and len(folded.split()) >= 3 and _same_verb(claim, clause, denied):
            problems.append(ModalityProblem("negation", denied[0], True))
    hedged = _closest_clause(claim, evidence, _MAIN_CLAUSES)
    side_by_side = hedged is None or _DONE.search(fold(hedged)) is not None
    if side_by_side:
        hedged = clause
    if hedged and (hedge := _lost_hedge(claim, hedged, side_by_side)):
        problems.append(hedge)
    cause = _CAUSE.search(folded)
    if cause and not _CAUSAL_SENSE.search(source):
        problems.append(ModalityProblem("cause", cause[0], True))
    for detail in added_quantifiers(folded, source):
        problems.append(ModalityProblem("quantifier", detail, True))
    return problems


def denies(text: str) -> bool:
    """Whether a text denies something in so many words: "did not", "n'a jamais"."""
    return _NEGATION.search(fold(text)) is not None


def is_planned(text: str) -> bool:
    """Whether a sentence or question speaks of what was to be, or would be."""
    return _PLANNED.search(fold(text)) is not None or _CONDITIONAL.search(text) is not None


def is_done(text: str) -> bool:
    """Whether a sentence or question speaks of what was done."""
    return _DONE.search(fold(text)) is not None


def is_unsure(text: str) -> bool:
    """Whether a sentence or question denies, supposes or only reports something."""
    folded = fold(text)
    return any(pattern.search(folded) for pattern in (_NEGATION, _HEARSAY, _POSSIBLE))


def _same_verb(claim: str, clause: str, denied: re.Match[str]) -> bool:
    """Whether what the clause denies is what the claim says; across languages, taken as so."""
    if dominant_language(claim) != dominant_language(clause):
        return True
    after = tokens(fold(clause)[denied.end() :])[:3]
    words = [word for word in [*tokens(denied[0]), *after] if word not in FUNCTION_WORDS]
    return any(cognates(word, other) for word in words for other in tokens(claim))


def _stems(text: str) -> set[str]:
    digits = set(re.findall(r"\d+", text))
    return {word for word in tokens(text) if word not in FUNCTION_WORDS and len(word) > 2} | digits


def _closest_clause(claim: str, evidence: Sequence[str], borders: re.Pattern[str]) -> str | None:
    """The clause of the evidence that the claim restates, or ``None`` when that is not plain.

    A clause with two words or figures of the claim, more than any other; or the only one.
    """
    wanted = _stems(claim)
    scored: list[tuple[int, str]] = []
    for sentence in evidence:
        start = 0
        folded = fold(sentence)
        for match in [*borders.finditer(folded), None]:
            end = match.start() if match else len(sentence)
            part = sentence[start:end]
            if len(part.split()) > 1:
                mine = _stems(part)
                shared = sum(any(cognates(word, other) for other in mine) for word in wanted)
                scored.append((shared, part))
            start = match.end() if match else end
    scored.sort(key=lambda pair: -pair[0])
    if not scored:
        return None
    if len(scored) == 1 and (scored[0][0] > 0 or borders is _MAIN_CLAUSES):
        return scored[0][1]
    best = scored[0][0]
    runner_up = scored[1][0] if len(scored) > 1 else 0
    enough = 1 if borders is _MAIN_CLAUSES else 2
    return scored[0][1] if best >= enough and best > runner_up else None


def _speaks_of(claim: str, clause: str, place: int) -> bool:
    """Whether the stretch between commas around ``place`` has a word of the claim.

    "Suite au retrait de Dassault, le ministre doit réunir…" plans a meeting, no retreat. Across
    languages few words are shared: where none is anywhere, it is taken as so.
    """
    start = clause.rfind(",", 0, place) + 1
    end = clause.find(",", place)
    end = end if end >= 0 else len(clause)
    wanted = _stems(claim)

    def shares(text: str) -> bool:
        return any(cognates(word, other) for word in wanted for other in _stems(text))

    if shares(clause[start:end]):
        return True
    foreign = dominant_language(claim) != dominant_language(clause)
    return foreign and not shares(clause[:start] + clause[end:])


def _lost_hedge(claim: str, clause: str, beside: bool) -> ModalityProblem | None:
    """A plan, a possibility or a rumour that the claim states as a fact.

    Where the source states plans and facts ``beside`` each other, which is meant is not certain.
    """
    folded, source = fold(claim), fold(clause)
    possible = _POSSIBLE.search(source)
    future = _FUTURE.search(folded)
    if (
        possible
        and future
        and not (_POSSIBLE.search(folded) or _SAID_BY.search(folded))
        and _speaks_of(claim, clause, possible.start())
    ):
        verb = WORD.search(source, possible.end())
        # "Pourrait ouvrir" and "ouvrira": whatever else the sentence tells as a fact.
        same = verb is not None and shared_prefix(verb[0], future[0]) >= _STEM
        return ModalityProblem("modality", f"{possible[0]} → {future[0]}", same or not beside)
    planned = _PLANNED.search(source)
    hedge = planned or _CONDITIONAL.search(clause)
    if hedge is None or _PLANNED.search(folded) or _HEARSAY.search(folded):
        return None
    if not _speaks_of(claim, clause, hedge.start()):
        return None
    # "À" is no "a": "des boîtes à gâteaux" does nothing.
    verbs = fold(re.sub(r"\b[àÀ]\b", "@", claim))
    if _CONDITIONAL.search(claim) or not (_FINITE.search(verbs) or _DONE.search(verbs)):
        return None
    detail = f"{hedge[0].strip()} → {claim.strip()}"
    # "Are interested" states as much as "joined" does, where the source only has it said.
    stated = _DONE.search(folded) or (planned is None and _STATES.search(folded))
    return ModalityProblem("modality", detail, stated is not None and not beside)
