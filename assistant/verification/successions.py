# ruff: noqa: E501  patterns of words read better unwrapped
"""Who holds a post, who held it before, who comes next: "she succeeded Colin Marsh" tells of three.

A small model takes the one for the other where a sentence names only who is gone.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.verification.doers import SUCCESSION, deeds_of, is_same
from assistant.verification.name_finder import names_in
from assistant.verification.words import FUNCTION_WORDS, fold

_WHO = (
    r"^\W*(?:(?:et|mais|alors|donc|du coup|sinon|c'est|and|but|so|then|ok|hey|hi|hello|salut|slt|bonjour)\W+)*"
    r"(?:qui|ki|who|quel(?:le)? est)\b[^,;?]*?"
)
"""That a question asks who, rather than of one "who runs it"."""

_HOLDS = (
    r"dirige|preside|commande|tient|mene|pilote|gere|s'occupe|patronne?|boss|chef(?:fe)?|direct(?:eur|rice|or)|president\w*|numero un"
    r"|a la tete|aux commandes|runs?|running|heads?|heading|leads?|leading|chairs?|chairing|chief|manages?|managing|manager|in charge|at the helm"
)
_PAST = re.compile(
    r"\b(?:avant|avait|etait|fut|ancien\w*|ex|precede\w*|predecess\w*|jusqu\w*|was|were|had|before|used to|previous\w*|former\w*|last|old|until|did"
    r"|remplac\w*|succed\w*|place|suite|replac\w*|succeed\w*|part(?:i\w*|ir|ait|ent|ant)?|quitt\w*|retir\w*|demission\w*|vire\w*|licenci\w*|debarqu\w*|limog\w*"
    r"|left|leav\w*|step\w*|resign\w*|sack\w*|fired|oust\w*|out)\b"
)
_ASKS_MORE = r" (?:and|et) (?:where|what|how|when|why|who\w*|ou|d'ou|quoi|comment|quand|qui|combien|elle|il)\b"
_HOLDER = re.compile(rf"{_WHO}\b(?:{_HOLDS})\b(?:(?!{_ASKS_MORE})[^,;?])*")
"""Asks who holds a post, up to its next clause, or what else it asks."""

_NEXT = re.compile(
    rf"{_WHO}\b(?:va (?:prendre|remplacer|succeder|diriger|reprendre)|(?:remplace|succede|dirige|preside)ra|(?:re)?prendra|prochaine?|futur\w*"
    r"|will (?:replace|succeed|take over|run|head|chair|lead|get)|(?:going|set|due) to (?:replace|succeed|take over|run|head|chair|lead)|taking over|takes over|next)\b"
)
"""Asks who is to come after whoever holds a post."""

_FORMER = re.compile(
    r"\b(?:pri[st]\w*|prend\w*|repri\w*|reprend\w*|recuper\w*|herit\w*) (?:la place|la suite|le relais|le poste|le fauteuil|le siege|du poste) (?:de|a) (?:qui|ki)\b"
    r"|\b(?:remplac\w+|succed\w+ a) (?:qui|ki)\b|\b(?:a|de) (?:qui|ki) (?:a-t-(?:il|elle)|(?:il|elle) a|est-ce qu'(?:il|elle)) .*\b(?:succed\w*|pri[st]\w*|repri\w*)\b"
    r"|\bqui (?:a-t-(?:il|elle)|est-ce qu'(?:il|elle) a|(?:il|elle) a) remplac\w+"
    r"|\bwho(?:m)? (?:did|does|has) (?:he|she|they) (?:replaced?|succeed(?:ed)?|taken? over from)\b|\bwhose (?:place|job|seat|chair|post|shoes|old job)\b.*\b(?:he|she)\b"
)
"""Asks after whom somebody, whom it does not name, came."""

_LATTER = re.compile(
    r"\b(?:qui|ki) (?:l'a |lui a |l'|les a )(?:remplac|succed)\w+|\bpar (?:qui|ki) (?:a-t-(?:il|elle) ete|(?:il|elle) a ete) remplac\w+"
    r"|\bwho (?:has )?(?:replaced|succeeded|took over from) (?:him|her|them)\b|\bwho'?s? (?:is |sits? |sitting )?(?:now )?in (?:his|her) (?:old )?(?:place|seat|job|chair|shoes)\b"
)
"""Asks who came after somebody whom it does not name."""

_GONE = re.compile(
    # "Il fait partie de" goes nowhere.
    r",? ?partie?(?!\w)|[^.;:]{0,30}?\b(?:(?:a|avait) (?:quitte|demissionne|pris sa retraite)|(?:est|etait) parti|s'est retire|(?:a ete )?(?:debarque|limoge|licencie)e?"
    r"|(?:has )?(?:left|resigned|retired|stepped down|quit)|(?:was|been) (?:sacked|fired|dismissed|removed|ousted))(?!\w)"
)
_LEAVING = re.compile(
    r"[^.;:]{0,60}?\b(?:quittera|partira|cedera|se retirera|va (?:quitter|partir|ceder)|doit (?:quitter|partir)|quitte|(?:will|to|is due to) (?:leave|step down|retire|quit|stand down)"
    r"|is (?:leaving|stepping down|retiring|standing down)|leaves|steps down|stands down|retires)(?!\w)"
)
"""After a name, that who bears it is gone, or is going."""

_OLD_POST = re.compile(
    r"\b(?:son|sa|ses|leur|his|her|their) (?:ancien(?:ne)?s?|former|old|previous) (?:poste|place|fonctions?|fauteuil|siege|job|post|role|position|seat|chair)\b"
)
"""Whose post that was, somebody else has now: "son ancien poste revient à Marc Roy" tells of no other."""

_TAKEN_FROM = re.compile(
    r"\b(?:t[ao]k\w+ over (?:[^\W\d]+ ){0,4}?from|succeeding|replacing|in (?:the )?place of|(?:prend\w*|pri[st]\w*|repri\w*) (?:la suite|la place|le relais) (?:de|du|d')|a la (?:suite|place) (?:de|du|d'))(?!\w)"
)
"""Before whom somebody came after: "taking over from the founder, Paul Sim"."""

_AND_HOLDS = re.compile(
    r"[^.;:]*\b(?:dirige|preside|commande|tient|mene|pilote|gere|runs|heads|leads|chairs|manages|is (?:now )?(?:running|heading|leading|chairing|managing|in charge))\b"
)
"""Said of who is gone, that this was elsewhere: "Anne Roy, qui a quitté la police, dirige…"."""


def wrong_end(claim: str, evidence: Sequence[str], question: str) -> str | None:
    """Who came after, named for who came before, or the reverse; folded.

    Args:
        claim: what answers.
        evidence: the sentences it cites.
        question: standing alone.
    """
    asked = fold(question)
    holder = _HOLDER.search(asked)
    now = holder is not None and not _PAST.search(holder[0])
    after = _NEXT.search(asked) is not None or _LATTER.search(asked) is not None
    before = not now and not after and _FORMER.search(asked) is not None
    if not (now or after or before):
        return None
    told = [deed for s in evidence for deed in deeds_of(s) if deed.family == SUCCESSION]
    right = [deed.other if before else deed.doer for deed in told]
    wrong = [deed.doer if before else deed.other for deed in told]
    if now:
        wrong += [keys for s in evidence for keys in _after(s, _OLD_POST)]
        wrong += [keys for s in evidence for keys in list(_after(s, _TAKEN_FROM))[:1]]
    if not before:
        wrong += [keys for s in evidence for keys in _followed(s, _GONE)]
    if after:
        wrong += [keys for s in evidence for keys in _followed(s, _LEAVING)]
    names = names_in(f"de {claim}")
    if any(is_same(name.keys, party) for name in names for party in right):
        return None
    # Whom it names first: "Jean Roy, who is now in Lyon".
    first = names[0].keys if names else ()
    alone = first and all(any(is_same((key,), party) for party in wrong) for key in first)
    return " ".join(first) if alone else None


def _followed(sentence: str, by: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    """The names of a sentence that a pattern follows, in folded words."""
    folded = fold(sentence)
    names = names_in(sentence)
    for name, following in zip(names, [*names[1:], None], strict=True):
        end = following.start if following else len(folded)
        leaves = by.match(folded[name.end : end])
        if leaves and not _AND_HOLDS.match(folded[name.end + leaves.end() :]):
            yield tuple(key for key in name.keys if key not in FUNCTION_WORDS)


def _after(sentence: str, words: re.Pattern[str]) -> Iterator[tuple[str, ...]]:
    """The names of a sentence that stand after some words, in folded words."""
    found = words.search(fold(sentence))
    if found is None:
        return
    for name in names_in(sentence):
        if name.start >= found.end():
            yield tuple(key for key in name.keys if key not in FUNCTION_WORDS)
