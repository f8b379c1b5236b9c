# ruff: noqa: E501  tables of patterns and words read better unwrapped
"""Proper names of a claim that a source does not hold, and slight misspellings of those it does."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.verification import vocabulary
from assistant.verification.dates import MONTHS, WEEKDAYS
from assistant.verification.name_finder import ORDINARY_START, TOKEN, Name, is_capital, names_in
from assistant.verification.number_words import ORDINALS, ROMAN
from assistant.verification.places import ALIASES, DEMONYMS
from assistant.verification.units import unit_after
from assistant.verification.words import ENGLISH, FRENCH, FUNCTION_WORDS, WORD, cognates, key

# Generic words that titles and institutions are made of: they translate, and identify nobody.
_GENERIC = frozenset(
    "president minister ministre ministry ministere government gouvernement state states etat etats "
    "republic republique king queen prince princess roi reine pope pape saint sainte st mr mrs ms dr "
    "sir lord lady m mme mlle professor professeur general colonel captain court cour council conseil "
    "bank banque university universite school ecole party parti church eglise cathedral sea ocean "
    "river lake mount mountain mont island islands ile iles north south east west northern southern "
    "eastern western nord sud est ouest union nations united world war cup coupe league ligue "
    "national nationale international internationale society societe company companies group groupe "
    "association federation institute institut museum musee palace palais castle chateau tower tour "
    "street rue avenue square place bridge pont city ville town district region department county "
    "house senate senat parliament parlement assembly assemblee congress congres committee comite "
    "commission agency agence office bureau fund fonds center centre trade commerce industry "
    "industrie justice finance finances health sante education defence defense defence interior "
    "affairs foreign affaires interieur sports sport culture transport transports economy economie "
    "environment environnement labour labor work travail security securite research recherche "
    "science sciences art arts history histoire great grand grande new nouveau nouvelle old first "
    "premier middle ages age moyen renaissance antiquity internet web cloud computing english "
    "central central royal royale supreme high low upper lower olympic olympics games jeux football "
    "club team air force army navy armee police treaty traite act law loi code constitution charter "
    "charte revolution empire kingdom royaume community communaute european europeenne northern "
    "day jour year month spring summer autumn winter french catholic christian jewish muslim islam "
    "christianity god dieu bible latin greek celtic arab arabe protestant bank directors director "
    "chief executive officer chairman head secretary secretaire ambassador senator mayor maire "
    "software publishers editors editeurs logiciels deposits consignments caisse depots systems "
    "big top data man men woman women family duke duc count comte baron emperor empereur bishop "
    "eveque archbishop cardinal abbey abbaye port airport aeroport station gare line ligne "
    "television radio news press journal magazine review times festival prize prix award awards "
    "champion champions championship championnat final finale season saison album song film novel "
    "part partie chapter article section level class type version series series model system "
    "prime vice deputy former ex co chief non pro anti small medium sized enterprises businesses".split()
)
# Endings and verbs by which an ordinary word that begins a sentence is told from a name.
# "vitamin K", "le bâtiment C": a letter that tells one from another; no initial, no "l'".
_DESIGNATING = re.compile(r"[a-zà-ÿ]{3} [B-HJ-Z]$")
_ABBREVIATED = re.compile(r"['’&-]|\.(?!\s*$)")
_AFTER_FIGURE = re.compile(r"\d[ \u00a0\u202f]?$")
_ORDINARY_END = re.compile(
    r"(?:ing|tion|tions|sion|sions|ment|ments|ity|ities|ite|ites|ness|ance|ence|ances|ences|ly|ism"
    r"|isme|ists?|istes?|able|ible|ful|less|ous|ive|ives|ical|ed|ers|ors|eurs?|euses?|ees?|ies"
    r"|ships?|ware|age|ages|ure|ures|ant|ants|ent|ents|al|aux|ic|ique|iques)$"
)
_VERBAL = frozenset(
    "is was were are has had have will would can could may might did does a est etait fut sera serait "
    "avait aura aurait doit devait devrait peut pouvait va veut voulait dit ne n s se said says and et "
    "devraient devaient ont sont etaient plans planned wants wanted joined left paid announced held "
    "won sold bought owns runs founded directed "
    "assure assured declare declared annonce dirige possede fonde gagne remporte".split()
)


@dataclass(frozen=True, slots=True)
class NameProblem:
    """A name that the evidence does not hold.

    Attributes:
        name: as the claim writes it.
        correction: the evidence's or the question's spelling, where it is a slight misspelling.
        from_question: the question holds it, the evidence does not.
    """

    name: str
    correction: str | None = None
    from_question: bool = False


class _Source:
    """The words, names and aliases of some sentences, folded once."""

    def __init__(self, sentences: Sequence[str]) -> None:
        text = "\n".join(sentences)
        self.matches = [match[0] for match in TOKEN.finditer(text)]
        self.keys = [key(word) for word in self.matches]
        self.words = frozenset(self.keys) | {word.replace(".", "") for word in self.keys}
        self.spelling: dict[str, str] = {}
        for word in self.matches:
            if is_capital(word) and len(word) > 2:
                self.spelling.setdefault(key(word), word)
        self.runs = [frozenset(name.keys) for sentence in sentences for name in names_in(sentence)]
        joined = " " + " ".join(WORD.findall(key(text))) + " "
        self.joined = joined
        self.aliases = [group for group in ALIASES if any(_occurs(n, joined) for n in group)]
        self.content = [word for word in self.keys if word not in FUNCTION_WORDS]
        self.initials = "".join(word[0] for word in self.content)
        self.all_initials = "".join(word[0] for word in self.keys)

    def holds(self, word: str, written: str) -> bool:
        """Whether a folded word occurs, as it is, in the other language's form, or as initials."""
        bare = word.replace(".", "")
        if word in self.words or bare in self.words:
            return True
        if (word.endswith("s") and word[:-1] in self.words) or word + "s" in self.words:
            return True
        if len(bare) >= 5 and any(other.startswith(bare) for other in self.words):
            return True  # "Québec" in "Québécois"
        # The letters of "Or" begin two words of nearly any source; "ONU" is written as initials are.
        shortest = 2 if written.isupper() else 4
        return (
            shortest <= len(bare) <= 6
            and bare.isalpha()
            and (bare in self.initials or bare in self.all_initials)
        )

    def holds_alias(self, name: str) -> bool:
        """Whether the thing that a folded name stands for is named in either language."""
        return any(_alias_of(name, group) for group in self.aliases)


def _occurs(name: str, joined: str) -> bool:
    flat = " ".join(WORD.findall(name))
    if len(flat) < 5:
        return f" {flat} " in joined
    return f" {flat}" in joined


def _alias_of(name: str, group: Iterable[str]) -> bool:
    flat = " ".join(WORD.findall(name))
    return any(flat == " ".join(WORD.findall(alias)) for alias in group) or any(
        len(alias) >= 5 and flat.startswith(" ".join(WORD.findall(alias))) for alias in group
    )


def unsupported_names(claim: str, evidence: Sequence[str], question: str = "") -> list[NameProblem]:
    """The claim's names that the evidence does not hold, in either language's form."""
    source, asked = _Source(evidence), _Source([question] if question else [])
    problems = []
    for name in names_in(claim):
        problem = _problem(name, claim, source, asked)
        if problem is not None:
            problems.append(problem)
    return problems


def _problem(name: Name, claim: str, source: _Source, asked: _Source) -> NameProblem | None:
    written = claim[name.start : name.end]
    whole = key(written)
    if source.holds_alias(whole):
        return None
    if _AFTER_FIGURE.search(claim[: name.start]) and unit_after(whole, 0) == (written, len(whole)):
        # The symbol of a unit, which is the figures' matter.
        return None
    ordinary = whole in FUNCTION_WORDS and whole not in _GENERIC | MONTHS.keys()
    if ordinary and not name.initial and len(whole) > 1:
        # "Le canal de l'Or": written as a name, whatever else the word may be.
        return None if whole in source.words else NameProblem(written)
    if _DESIGNATING.search(claim[: name.end]) and not _ABBREVIATED.match(claim, name.end):
        return None if whole in source.words else NameProblem(written)
    missing = [
        (word, folded)
        for word, folded in zip(name.words, name.keys, strict=True)
        if is_capital(word)
        and _identifies(folded, word)
        and not source.holds(folded, word)
        and not _alias_part(folded, name.keys, source)
    ]
    if (
        name.initial
        and len(name.words) == 1
        and missing
        and not _opens_as_name(name, claim, source, asked)
    ):
        return None
    if name.initial and missing and missing[0][0] == name.words[0] and len(name.words) > 1 \
            and _ORDINARY_END.search(name.keys[0]):  # fmt: skip
        missing = missing[1:]
    if not missing:
        return NameProblem(written) if _mixed(name, source) else None
    corrected = written
    for word, folded in missing:
        spelling = _nearest(folded, source, len(name.words) > 1) or _nearest(
            folded, asked, len(name.words) > 1
        )
        if spelling is None:
            known = all(asked.holds(folded, word) for word, folded in missing)
            return NameProblem(written, from_question=known)
        corrected = corrected.replace(word, spelling)
    if all(asked.holds(folded, word) for word, folded in missing):
        # The question's own spelling: the user may know better than one letter's difference.
        return NameProblem(written, corrected, from_question=True)
    return NameProblem(written, corrected)


def _identifies(folded: str, word: str) -> bool:
    """Whether a capitalised word can tell one person, place or body from another."""
    if folded in FUNCTION_WORDS or folded in _GENERIC or folded.rstrip("s") in _GENERIC:
        return False
    if folded in MONTHS or folded in WEEKDAYS or folded in ORDINALS or len(folded) < 2:
        return False
    if ROMAN.fullmatch(word) or folded in {"er", "eme"}:
        return False
    return not any(folded.startswith(stem) for stem in DEMONYMS if len(stem) > 3) or any(
        folded in group for group in ALIASES
    )


def _alias_part(folded: str, name: Sequence[str], source: _Source) -> bool:
    """Whether a word belongs to a name of several words that an alias of the source covers."""
    if source.holds_alias(folded):
        return True
    joined = " " + " ".join(word for part in name for word in WORD.findall(part)) + " "
    return any(
        folded in WORD.findall(alias) and f" {' '.join(WORD.findall(alias))} " in joined
        for group in source.aliases
        for alias in group
    )


def _opens_as_name(name: Name, claim: str, source: _Source, asked: _Source) -> bool:
    """Whether one capitalised word that begins a sentence is a name rather than a plain word."""
    word, folded = name.words[0], name.keys[0]
    if sum(map(str.isupper, word)) > 1 or any(map(str.isdigit, word)):
        return True
    if asked.spelling.get(folded) and folded not in ORDINARY_START:
        return True
    if any(folded in group for group in ALIASES):
        return True
    if _nearest(folded, source, False):
        return True
    if folded in ORDINARY_START or folded in FRENCH or folded in ENGLISH:
        return False
    if any(cognates(folded, other) for other in source.content):
        return False
    tail = claim[name.end :]
    after = WORD.search(tail)
    if not tail.strip(" .!"):
        return not _ORDINARY_END.search(folded) and not folded.endswith(("s", "x"))
    verb = after is not None and key(after[0]) in _VERBAL and tail.lstrip()[:1].isalpha()
    plural = folded.endswith(("s", "x")) and after is not None and key(after[0]) in {
        "are", "were", "have", "can", "could", "sont", "ont", "may", "will", "would"}  # fmt: skip
    if verb and not plural and not _ORDINARY_END.search(folded):
        return True
    return vocabulary.unknown(word.lower())


def _mixed(name: Name, source: _Source) -> bool:
    """Whether a first name of one person and a surname of another were put together."""
    proper = [
        folded
        for word, folded in zip(name.words, name.keys, strict=True)
        if is_capital(word) and _identifies(folded, word) and len(folded) > 2
    ]
    if len(proper) != 2 or len(name.words) != 2 or proper[0] == proper[1]:
        return False
    if any(set(proper) <= run for run in source.runs) or " ".join(proper) in source.joined:
        return False
    if source.holds_alias(proper[0]) or source.holds_alias(proper[1]):
        return False

    def pairs(word: str) -> bool:
        with_it = [run for run in source.runs if word in run]
        return bool(with_it) and all(len(run) > 1 for run in with_it)

    return pairs(proper[0]) and pairs(proper[1])


def _nearest(folded: str, source: _Source, in_name: bool) -> str | None:
    """The one spelling of the source within the distance that a slip of the pen makes."""
    bound = 0 if len(folded) < 4 else 1 if len(folded) < 8 else 2
    if bound == 0 or (len(folded) < 5 and not in_name) or any(folded in g for g in ALIASES):
        return None
    near = sorted(
        (distance, spelling)
        for other, spelling in source.spelling.items()
        if abs(len(other) - len(folded)) <= bound
        and other not in FUNCTION_WORDS
        and (distance := edit_distance(folded, other)) <= bound
        and folded.rstrip("es") != other.rstrip("es")
    )
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]


def edit_distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        last, row = row, [i]
        for j, right in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]


def correct_names(claim: str, evidence: Sequence[str]) -> str:
    """The claim with its slightly misspelt names as the evidence spells them."""
    for problem in unsupported_names(claim, evidence):
        if problem.correction and not problem.from_question:
            claim = claim.replace(problem.name, problem.correction)
    return claim
