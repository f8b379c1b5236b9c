"""Tokens, accent folding and function words of French and English, shared by the exact checks."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

from assistant.verification import vocabulary

Language = Literal["fr", "en"]

_SPACES = "\u00a0\u2007\u2009\u202f\u200a\t\n\r"
_FIXED = (
    dict.fromkeys(map(ord, _SPACES), " ")
    | dict.fromkeys(map(ord, "’‘ʼ´`"), "'")
    | dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
)


class _Folding(dict[int, str]):
    """A translation table that works a character out once and remembers it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        self[code] = base if len(base) == 1 else char
        return self[code]


_FOLDING = _Folding(_FIXED)

WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_FIGURE = re.compile(r"\w+")
_ELLIPSIS = re.compile(r"[\[(]?(?:…|\.\.\.)[\])]?")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


def fold(text: str) -> str:
    """Lower case, no accents, one kind of apostrophe, dash and space; offsets stay the same."""
    return text.translate(_FOLDING)


def key(word: str) -> str:
    """``fold``, ligatures spelt out: what two spellings of one word have in common."""
    return fold(word).replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")


def tokens(text: str) -> list[str]:
    """The folded words of a text in order; an elided ``l'`` or ``d'`` is a word of its own."""
    return WORD.findall(key(text))


def reworded(before: str, after: str) -> bool:
    """Whether a text has other words than another one begins with, accents and capitals apart."""
    old, new = (_WORD_OR_FIGURE.findall(key(text)) for text in (before, after))
    return old[: len(new)] != new


FRENCH = frozenset(
    "le la les un une des du de d l au aux ce cet cette ces c s qu n j m t mon ma mes ton ta tes "
    "son sa ses notre nos votre vos leur leurs je tu il elle on nous vous ils elles se y en qui "
    "que quoi dont ou où et mais donc car ni si ne pas plus dans par pour sur sous avec sans chez "
    "entre vers depuis pendant contre selon est sont été ete était etait étaient etaient être "
    "etre a à ont avait avaient avoir sera seront serait seraient fut comme ainsi aussi très tres "
    "même meme lui dès des après apres avant quand lorsque lors afin puis dont tout tous toute "
    "toutes y eux celui celle ceux celles cela ça quel quelle quels quelles".split()
)
ENGLISH = frozenset(
    "the a an of and or to in on at by for from with without is are was were be been being has "
    "have had having will would shall should can could may might must do does did not no nor it "
    "its he his him she her hers they their them we our us you your i my me this that these those "
    "which who whom whose what when where why how as than then there here if but so into onto "
    "over under between about after before during since until while because both each also only "
    "very more most some any such same other up out off again".split()
)
FUNCTION_WORDS = frozenset(map(key, FRENCH | ENGLISH))
REFERRING = frozenset(
    "il elle ils elles lui leur leurs son sa ses ce cet cette ces celui celle ceux he she it they "
    "him her his their its this these that".split()
)
"""Words that take up somebody or something named before."""

PERSONS = frozenset("il elle ils elles lui celui celle ceux he she they him her".split())
"""Those that may take up a person."""

# Words that occur in one of the two languages alone, accents kept ("thé" is not "the").
_ONLY_FRENCH = frozenset(
    "le les des du une au aux cette ces est sont été était étaient être dans pour avec qui que "
    "dont où mais donc leur leurs elle elles ils nous vous par sous sans chez vers depuis pendant "
    "contre selon ont avait avaient sera seront serait seraient fut lui très même ainsi aussi "
    "celui celle ceux celles cela parce lorsque afin ne pas ses et janvier février avril mai juin "
    "juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi "
    "dimanche milliard milliards".split()
)
_WEAKLY_FRENCH = frozenset("de d la l un en il se sa à y".split())
_ONLY_ENGLISH = frozenset(
    "the of and to is was were been being has have had with from by that which this these those "
    "would should could will it its his her they their them not because who whose when where "
    "there than into between about after before during since until while be for at monday "
    "tuesday wednesday thursday friday saturday sunday january february april june july august "
    "september october november december".split()
)
_ENGLISH = _ONLY_ENGLISH | frozenset("are did do does how many much what why you".split())
"""What tells the language of a whole, such as a question."""
_CALENDAR = frozenset(
    "january february april june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday".split()
)


def uncapitalised(question: str) -> str:
    """The question with its first letter small: the word that asks is no name."""
    return question[:1].lower() + question[1:]


def strip_quotes(text: str) -> str:
    """The text with whatever stands in quotation marks blanked out; offsets stay the same."""
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)


def _strip_verbatim(text: str, evidence: Sequence[str]) -> str:
    """The text without what it quotes word for word; offsets stay the same.

    A source's words may stay in its language; "« clever et un peu prématuré »" are nobody's.
    """
    altered = set(misquotations(text, evidence))
    return _QUOTED.sub(lambda q: q[0] if q[0] in altered else " " * len(q[0]), text)


def misquotations(text: str, evidence: Sequence[str]) -> list[str]:
    """What a text has in quotation marks that no sentence of ``evidence`` says word for word."""
    sources = [" " + " ".join(tokens(sentence)) + " " for sentence in evidence]

    def verbatim(quoted: str) -> bool:
        # "« We will be there […] for Ukraine »" is word for word too.
        parts = [f" {' '.join(tokens(part))} " for part in _ELLIPSIS.split(quoted)]
        return all(any(part in source for source in sources) for part in parts if part.strip())

    return [quoted for quoted in _QUOTED.findall(text) if not verbatim(quoted)]


def dominant_language(text: str) -> Language:
    """The language that most function words of a text belong to; French when none does."""
    found = [word.lower() for word in WORD.findall(text)]
    french = sum(word in _ONLY_FRENCH or word in _WEAKLY_FRENCH for word in found)
    return "en" if sum(word in _ENGLISH for word in found) > french else "fr"


_FRENCH_LETTER = re.compile(r"[àâçèéêëîïôœùû]")
_LOANS = frozenset(
    "café cafés cliché clichés début élite façade façades fiancé fiancée naïve née résumé".split()
)
"""What English writes with the accents of French."""


_HYPHENATED = re.compile(r"\w+-\w+")
_OF_BOTH = frozenset({"non", "in", "on", "off", "out", "up"})
"""Parts of compounds that the other language has as words of its own."""

_COINED = 5
"""Letters from which a word that no dictionary has is taken for none."""


def wrong_language(
    claim: str, language: Language, evidence: Sequence[str], question: str = ""
) -> bool:
    """Whether a claim holds words of the other language outside names and the source's own words.

    Half-translated sentences count, and so do letters of another script. A name taken over from
    the evidence does not, nor a foreign phrase that the evidence itself uses within a sentence of
    the claim's language.

    Args:
        claim: one proposed statement, or a few words.
        language: that it has to be in.
        evidence: the sentences it cites; words that it takes from those in the other language are
            looked up (see ``vocabulary``).
        question: whose words the claim may use as they are.
    """
    strong, weak = _foreign_words(claim, language, evidence, question)
    return strong > 0 or weak > 1 or _in_another_script(claim, (*evidence, question))


def _in_another_script(claim: str, known: Sequence[str]) -> bool:
    """Whether a claim has letters that are not Latin, and that nothing it knows has either."""
    letters = {c for c in unicodedata.normalize("NFKC", claim) if c.isalpha() and not c.isascii()}
    seen = set(unicodedata.normalize("NFKC", "".join(known)))
    return any(not unicodedata.name(c, "").startswith("LATIN") for c in letters - seen)


def left_over(claim: str, language: Language, evidence: Sequence[str], question: str = "") -> bool:
    """Whether a claim may hold a word that was not translated, or one of neither language.

    Weaker than ``wrong_language``: one borrowed word may well be right ("le cloud"). Nothing is
    said where no source is in the other language. For the arguments see there.
    """
    if all(dominant_language(sentence) == language for sentence in evidence):
        return False
    _, weak = _foreign_words(claim, language, evidence, question)
    if weak:
        return True
    known = {token for text in (*evidence, question) for token in tokens(text)}
    words = WORD.findall(_strip_verbatim(claim, (*evidence, question)))
    return any(
        len(word) >= _COINED and vocabulary.unknown(word)
        for word in words
        if word.islower() and key(word) not in known
    )


def _foreign_words(
    claim: str, language: Language, evidence: Sequence[str], question: str
) -> tuple[int, int]:
    """How many words of a claim are surely and maybe of the other language."""
    text = unicodedata.normalize("NFC", claim)
    text = _strip_verbatim(text, (*evidence, question)).replace("’", "'")
    words = WORD.findall(text)
    folded = [key(word) for word in words]
    sources = [" " + " ".join(tokens(sentence)) + " " for sentence in evidence]
    native = [
        source
        for source, sentence in zip(sources, evidence, strict=True)
        if dominant_language(sentence) == language
    ]
    taken = {t for s in sources if s not in native for t in s.split()} - set(tokens(question))
    original = {key(word): word.lower() for s in evidence for word in WORD.findall(s)}
    strong = weak = 0
    hyphenated = {key(word) for pair in _HYPHENATED.findall(text) for word in pair.split("-")}
    for place, word in enumerate(words):
        lower = word.lower()
        if lower in _OF_BOTH and lower in hyphenated:
            # "Non-members", "un sit-in".
            continue
        kept = word.islower() and folded[place] in taken and lower not in _LOANS
        if language == "fr":
            # French borrows English words freely: one alone ("le cloud") is none.
            foreign, faint = lower in _ONLY_ENGLISH, kept and vocabulary.foreign(lower, "fr")
        else:
            accented = _FRENCH_LETTER.search(word) is not None and lower not in _LOANS
            accented = accented and word[0].islower()
            foreign = lower in _ONLY_FRENCH or accented
            spelt = original.get(folded[place], "")
            foreign = foreign or (kept and vocabulary.foreign(lower, "en", spelt))
            faint = lower in _WEAKLY_FRENCH
        if not (foreign or faint):
            continue
        if (word[0].isupper() and place and lower not in _CALENDAR) or word.isupper():
            continue  # part of a name, or an acronym
        if _is_particle(words, place) or _is_name_in(sources, words, folded, place):
            continue
        if language == "en" and _is_named_after_the(sources, words, folded, place):
            continue
        around = " ".join(folded[max(0, place - 1) : place + 2])
        if any(f" {around} " in source for source in native):
            continue
        next_word = folded[place + 1] if place + 1 < len(folded) else ""
        strong += foreign or next_word == "euros"
        weak += faint
    return strong, weak


def _is_particle(words: Sequence[str], place: int) -> bool:
    """Whether capitals on both sides, or a capital after a sentence's start, make it a name."""
    after = place + 1 < len(words) and words[place + 1][0].isupper()
    if place == 0:
        return after
    return after and words[place - 1][0].isupper() and place - 1 > 0


def _is_name_in(
    sources: Iterable[str], words: Sequence[str], folded: Sequence[str], place: int
) -> bool:
    """Whether it lies in a run that begins with a capital and that a source has word for word."""
    for start in range(place - 1, max(-1, place - 8), -1):
        if words[start][0].isupper():
            runs = [" ".join(folded[start : place + 2])]
            if start:
                # "Yes, the Chambre de contrôle had": it ends where English goes on.
                runs.append(" ".join(folded[start : place + 1]))
            return any(f" {run} " in source for source in sources for run in runs)
    return False


def _is_named_after_the(
    sources: Iterable[str], words: Sequence[str], folded: Sequence[str], place: int
) -> bool:
    """Whether it lies in what follows "the" up to a capital, word for word as a source has it.

    "The parc des Saules", "the chambre de commerce de Kerdual" are what they are called there.
    """
    start = next((n for n in range(place - 1, max(-1, place - 5), -1) if folded[n] == "the"), None)
    end = next((n for n in range(place, min(len(words), place + 5)) if words[n][0].isupper()), None)
    if start is None or end is None:
        return False
    run = " ".join(folded[start + 1 : end + 1])
    return any(f" {run} " in source for source in sources)


def shared_prefix(one: str, other: str) -> int:
    """How many letters two folded words have in common from their start."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def cognates(one: str, other: str) -> bool:
    """Whether two folded words look like forms of one word, within or across the languages."""
    if one == other:
        return True
    shortest = min(len(one), len(other))
    return shortest >= 4 and shared_prefix(one, other) >= max(4, min(shortest - 1, 6))
