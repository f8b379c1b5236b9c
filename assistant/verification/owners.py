"""Who gets which figure: "Orange 60 and Thales 30 million" gives Thales no 60."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.verification.clauses import helps, qualifies, told_of
from assistant.verification.figures import (
    Figure,
    compatible,
    find_figures,
    stating,
    supports,
    with_ellipses,
)
from assistant.verification.name_finder import named_in, takes_up_somebody
from assistant.verification.names import unsupported_names
from assistant.verification.words import (
    FUNCTION_WORDS,
    WORD,
    cognates,
    fold,
    key,
    tokens,
)

# A figure that is given to what follows it: "30 millions pour Thales", "£8 million from the fund".
_GIVEN_TO = re.compile(
    r"[\s,]*(?:d'euros |euros? |de dollars |dollars |francs )?(?:comes? |came |coming )?"
    r"(?:pour|par|de la part de|venant de|chez|for|by|from|at|to)\b"
)
_DETERMINED = re.compile(
    r"\b(?:les?|la|l'|du|des|au|aux|chaque|the|each|its|his|her|their|son|sa|ses|leurs?) ?"
    r"(?P<noun>[a-z][a-z-]{2,})"
)

# "Vernoise, qui a engagé 140 millions, passera": what it does is told after both commas, too.
_ASIDE = re.compile(r"[^,;.]{0,40}, (?:qui|dont|who|which|whose)\b[^,;]*,")

_RELATIVE = re.compile(r"[^,;.]{0,40}, (?:qui|dont|who|which|whose)\b[^;.]*$")

_RANKS = frozenset({"ordinal", "several"})


@dataclass(frozen=True, slots=True)
class Swap:
    """A figure that a claim gives to somebody, and the source to somebody else."""

    figure: str
    owner: str


def swapped_figures(claim: str, evidence: Sequence[str], counts: bool = False) -> list[Swap]:
    """The claim's figures that the source gives to another of those that it names.

    Told by order, where one sentence has several figures of a unit and names the owner once; and
    by clauses (``assistant.verification.clauses``), where the figure's own names somebody else.

    Args:
        claim: one statement, or a figure after its owner.
        evidence: the sentences it cites.
        counts: whether order tells of "60 employees", too. Of what it refuses then of an answer
            three in four are right ("six ships" of the seventeen), so only a calculation, which no
            model judges, is held to it.
    """
    swaps: list[Swap] = []
    figures = with_ellipses(find_figures(claim))
    for n, figure in enumerate(figures):
        if figure.kind in _RANKS:
            continue
        if (other := _told_of_another(claim, figure, evidence)) is not None:
            swaps.append(Swap(figure.text, other))
            continue
        ordered = figure.kind in {"money", "percent", "measure"} or figure.scale > 1
        if not ordered and not (counts and figure.kind in {"count", "plain"}):
            continue
        start = figures[n - 1].end if n else 0
        if n and _GIVEN_TO.match(fold(claim[start:])):
            # Whoever is named next is given the figure before: this one's owner is unsure.
            continue
        stop = figures[n + 1].start if n + 1 < len(figures) else len(claim)
        before = list(_owners(claim, start, figure.start))
        owners = before
        if not before and _GIVEN_TO.match(fold(claim[figure.end :])):
            owners = list(_owners(claim, figure.end, stop))
        for sentence in evidence:
            told = [_gets(sentence, owner, figure) for owner in owners]
            if False in told and True not in told:
                swaps.append(Swap(figure.text, owners[told.index(False)]))
                break
            if True in told:
                break
        else:
            if before and (borrowed := _borrowed(claim, start, figure, evidence)):
                swaps.append(Swap(figure.text, borrowed))
    return swaps


def _told_of_another(claim: str, figure: Figure, evidence: Sequence[str]) -> str | None:
    """Whom the claim gives a figure that every sentence stating it tells of others."""
    named = named_in(claim)
    known = {word for sentence in evidence for word in tokens(sentence)}
    missing = {problem.name for problem in unsupported_names(claim, evidence)}
    owner: str | None = None
    for name in named:
        if name.end > figure.start or qualifies(claim, name) or helps(claim, name):
            continue
        words = [word for word in name.keys if word not in FUNCTION_WORDS]
        there = any(cognates(word, other) for word in words for other in known)
        if words and not there and claim[name.start : name.end] not in missing:
            # "The French State" is "l'État" there: by another name it may be anybody's.
            return None
        owner = owner or next(iter(words), None)
    if owner is None:
        return None
    mine = [word for name in named for word in name.keys if word not in FUNCTION_WORDS]
    stated = stating(figure, evidence)
    for sentence, other in stated:
        told = [word for name in told_of(sentence, other) for word in name.keys]
        if not told or any(cognates(one, two) for one in told for two in mine):
            return None
    return owner if stated else None


def _borrowed(claim: str, start: int, figure: Figure, evidence: Sequence[str]) -> str | None:
    """Whom the claim names with a figure of a sentence that speaks of others alone.

    "The State was to pay 135 million. Lorme was to pay 60." does not give Lorme 135. A sentence
    that takes somebody up, with a pronoun or as "the bridge", or that names nobody, may well speak
    of whom is named before.
    """
    named = [
        word
        for name in named_in(claim)
        if start <= name.start and name.end <= figure.start
        for word in name.keys
        if word not in FUNCTION_WORDS
    ]
    stated = [sentence for sentence, _ in stating(figure, evidence)]
    if not named or not stated:
        return None
    kinds = _nouns(claim[start : figure.start])
    for sentence in stated:
        words = tokens(sentence)
        if kinds & _nouns(sentence):
            return None
        if any(cognates(word, owner) for word in words for owner in named):
            return None
        if takes_up_somebody(sentence):
            return None
    elsewhere = {word for sentence in evidence for word in tokens(sentence)}
    return next((o for o in named if any(cognates(o, word) for word in elsewhere)), None)


def _nouns(text: str) -> set[str]:
    """The nouns that have an article before them; folded."""
    return {key(match["noun"]) for match in _DETERMINED.finditer(fold(text))}


def _owners(text: str, start: int, end: int) -> Iterator[str]:
    """Who a stretch of text names: its proper names, else its nouns with an article; folded."""
    named = [
        word
        for name in named_in(text)
        if start <= name.start and name.end <= end
        for word in name.keys
        if word not in FUNCTION_WORDS
    ]
    if named:
        yield from named
        return
    for match in _DETERMINED.finditer(fold(text), start, end):
        yield key(match["noun"])


def _gets(sentence: str, owner: str, figure: Figure) -> bool | None:
    """Whether a sentence gives ``figure`` to ``owner``; ``None`` where it cannot be told."""
    known = [f for f in with_ellipses(find_figures(sentence)) if compatible(f, figure)]
    values = {f.readings for f in known}
    if len(values) < 2 or not any(supports(f, figure) for f in known):
        return None
    places = [match.start() for match in WORD.finditer(sentence) if cognates(key(match[0]), owner)]
    if len(places) != 1:
        return None
    place = places[0]
    before = [f for f in known if f.end <= place]
    after = [f for f in known if f.start > place]
    between = sentence[before[-1].end : place] if before else ""
    folded = fold(sentence)
    if _GIVEN_TO.match(fold(between)) and not re.search(r"[,;.]", between):
        # "From the insurer, which has offered 21": that is its own, too.
        own = [f for f in after if _RELATIVE.match(folded[place : f.start])]
        return True if supports(before[-1], figure) else None if own else False
    aside = _ASIDE.match(folded, place)
    own = after[:1] + [f for f in after if aside and f.start > aside.end()][:1]
    if any(supports(f, figure) for f in own):
        return True
    # "Their crews rejected 4.5 million and ask for 9": nobody else comes between, or gets it.
    further = any(
        supports(f, figure)
        and not _somebody(sentence[after[0].end : f.start])
        and not _somebody(re.split(r"[,;.](?!\d)", sentence[f.end :])[0])
        for f in after[1:]
    )
    return None if further or not own else False


def _somebody(text: str) -> bool:
    """Whether a stretch names anybody or anything that a figure may be given to."""
    return bool(named_in(text)) or _DETERMINED.search(fold(text)) is not None
