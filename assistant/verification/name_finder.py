# ruff: noqa: E501  tables of patterns and words read better unwrapped
"""Where the proper names of a text stand: runs of capitalised words, particles between them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.words import FUNCTION_WORDS, REFERRING, fold, key, tokens

_PARTICLES = {"de", "du", "des", "d", "la", "le", "les", "l", "von", "van", "der", "den", "di", "da",
              "of", "the", "y", "al", "el", "ben", "bin", "et", "&"}  # fmt: skip
TOKEN = re.compile(r"[^\W_]+(?:\.[^\W\d_](?=\.))*")
_STOP = re.compile(r"[,;:()\[\]«»\"“”!?…/]|\.(?=\s|$)|\n| - | [–—] ")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s+|[«“\"\n(]\s*|- )$")
ORDINARY_START = frozenset(
    "money people life water food time nothing everyone someone anyone nobody none half part work "
    "access power energy music data research love gold oil gas rain snow snowfall growth trade sport "
    "language law staff profit demand supply traffic space light sound heat yes no oui non voici "
    "voila cependant toutefois neanmoins pourtant ensuite enfin parfois souvent hier aujourd demain "
    "ici peut bien malgre grace lors outre suite face vers plusieurs certains certaines quelques "
    "beaucoup chacun chacune quiconque rien personne tel telle jadis puis deux trois quatre cinq six "
    "quelque environ pres seul seule seuls aucun aucune chaque autre autres parmi alors bref certes "
    "durant hormis jusque moins quant sauf tandis trop around nearly almost every all neither another "
    "even although among against within through "
    "jusqu moitie tiers onze douze treize quatorze quinze seize vingt trente quarante cinquante "
    "soixante cent mille eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety "
    "sept huit neuf dix two three four five seven eight nine ten several many few much however "
    "despite thanks according later early today yesterday please sorry today now never always often".split()
)


_OPENERS = FUNCTION_WORDS | ORDINARY_START
_PERSON = re.compile(
    r"\b(?:elle|ils|elles|he|she|they|it(?! (?:is|was|will be|seems|rains|rained)\b)"
    r"|il(?! (?:y |faut|fallait|faudra|s'agi|est (?:prevu|possible|question)|pleu|sembl)))\b"
)
"""What takes up somebody, or a company; an impersonal "il y a" or "it is" nobody."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its words as written and folded, its place in code points, whether it opens a sentence."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    start: int
    end: int
    initial: bool


def find_names(text: str) -> list[str]:
    """The runs of capitalised words of a text, particles between them included, in order."""
    return [text[name.start : name.end] for name in names_in(text)]


@lru_cache(maxsize=2048)
def names_in(text: str) -> tuple[Name, ...]:
    """The names of a text with their places, in order."""
    matches = list(TOKEN.finditer(text))
    found: list[Name] = []
    place = 0
    while place < len(matches):
        if not is_capital(matches[place][0]):
            place += 1
            continue
        stop = place + 1
        last = place
        while stop < len(matches):
            gap = text[matches[stop - 1].end() : matches[stop].start()]
            if _STOP.search(gap) or len(gap) > 3:
                break
            if is_capital(matches[stop][0]):
                last = stop
            elif key(matches[stop][0]) not in _PARTICLES or stop - last > 2:
                break
            stop += 1
        initial = bool(_SENTENCE_START.search(text[: matches[place].start()]))
        first = place
        if initial and key(matches[place][0]) in _OPENERS and last > place:
            first, initial = place + 1, False  # "The", "Le", "En" that only opens the sentence
            while not is_capital(matches[first][0]):
                first += 1
        run = tuple(match[0] for match in matches[first : last + 1])
        found.append(Name(run, tuple(map(key, run)), matches[first].start(),
                           matches[last].end(), initial))  # fmt: skip
        place = last + 1
    return tuple(found)


def named_in(text: str) -> list[Name]:
    """The names of a text, without a word that has its capital only from opening a sentence."""
    return [name for name in names_in(text) if not _OPENERS.issuperset(name.keys)]


_BODIES = (
    "equipe club groupe entreprise societe compagnie cooperative operateur constructeur fabricant "
    "fonds universite association syndicat federation ministere ville commune region departement "
    "musee hopital banque assureur regulateur editeur studio chantier usine chaine enseigne duo "
    "fondation agence institut consortium parti journal tribunal etablissement quotidien "
    "team group firm company cooperative operator maker manufacturer fund university union "
    "federation ministry city town council museum hospital bank insurer regulator publisher yard "
    "plant chain airline carrier foundation agency institute party paper court business retailer "
    "supplier start-up grocer utility charity trust"
).replace(" ", "|")
_BODY = re.compile(
    rf"\b(?:l'|la |le |les |cet |cette |ce |du |au |the |this |that |its |their )"
    rf"(?:\w+ )?(?:{_BODIES})s?\b(?P<next>\W*\w)?|\b(?:ce dernier|cette derniere|ces derni\w+|the latter)\b"
)
"""What takes up a body or its name: "the company", "ce dernier"."""


_POINTING = frozenset({"ce", "cet", "cette", "ces", "this", "these", "that"})
"""What takes up a thing: "ce projet"."""


def takes_up_somebody(text: str) -> bool:
    """Whether a sentence may speak of whom one before it, or its title, names."""
    if (REFERRING - _POINTING) & set(tokens(text)) or not named_in(text):
        return True
    # "Le groupe Atos" is named, not taken up.
    return any(
        found["next"] is None or not text[found.end() - 1].isupper() or "," in found["next"]
        for found in _BODY.finditer(fold(text))
    )


def opens_with_a_pronoun(text: str) -> bool:
    """Whether somebody is meant by a pronoun before anybody is named: "À 20 ans, elle jouait"."""
    pronoun = _PERSON.search(fold(text))
    if pronoun is None:
        return False
    return not any(name.end <= pronoun.start() for name in named_in(text))


def takes_up(text: str) -> bool:
    """Whether it takes up, before it names anybody, what was said before.

    "Pour expliquer cette décision, Jeanne Roy…" needs the sentence before it to be understood.
    """
    first = min((name.start for name in named_in(text)), default=len(text))
    return bool(REFERRING & set(tokens(text[:first]))) or opens_with_a_pronoun(text)


def is_capital(word: str) -> bool:
    """Whether a word is written as a name is: capital first, or among its letters ("eBay", "3D")."""
    return (
        word[0].isupper()
        or (any(map(str.isupper, word)) and word[0].isalpha())
        or (word[0].isdigit() and word[-1].isupper())
    )
