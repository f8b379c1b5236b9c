"""Which of the two languages a word belongs to, told by how often each uses it.

The counts are those that pyspellchecker ships for its corrections, one dictionary a language.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from assistant.answer import Language

MUCH_MORE: Final = 50.0
"""How many times as usual a word must be in one language to be foreign in the other: "grands" is
700, "patron" 28 (an English word too), "options" 1."""
_BRITISH: Final = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"^((?:kilo|centi|milli)?(?:met|lit)|cent|theat|fib|sab|calib|spect)re(s?)$", r"\1er\2"),
        (r"our(?=s?$|ed$|ing$|ly$|able$|ite|ful|hood)", "or"),
        (r"([a-z]{3})is(e[ds]?|ing|ers?|ations?)$", r"\1iz\2"),
        (r"([a-z]{2})ys(e[ds]?|ing)$", r"\1yz\2"),
        (r"^(def|off|lic|pret)ence(s?)$", r"\1ense\2"),
        (r"^programme(s?)$", r"program\1"),
        (r"^cheque(s?)$", r"check\1"),
        (r"^gramme(s?)$", r"gram\1"),
        (r"^manoeuv(r)e(s?|d)$", r"maneuve\1\2"),
        (r"^mould", "mold"),
        (r"^aluminium$", "aluminum"),
        (r"^pyjama(s?)$", r"pajama\1"),
        (r"^maths$", "math"),
    )
)
"""British spellings, and the American ones that the English dictionary has."""

_LOANS: Final = frozenset(
    "creche entree matinee menage petanque premiere protege seance soiree".split()
)
"""English words from the French that lost their accents."""


def foreign(word: str, language: Language, original: str = "") -> bool:
    """Whether ``word`` is a word of the other language and hardly one of this.

    A word that neither knows is not: names and new words are the same in both.

    Args:
        word: in lower case.
        language: that it is used in.
        original: as the other language spells it, if that is known: "éclairage" for "eclairage",
            which tells only of what is no word of this language at all.
    """
    other: Language = "fr" if language == "en" else "en"
    native = _share(word, language) or _share(_american(word), language)
    if language == "en" and word in _LOANS:
        return False
    if not native and not _share(original or word, other):
        # Dictionaries lack rarer plurals: "couchages".
        single = (original or word).removesuffix("s")
        return not _share(single, language) and _share(single, other) > 0
    return _share(word if native else original or word, other) > MUCH_MORE * native


def unknown(word: str) -> bool:
    """Whether ``word``, in lower case, is in neither dictionary: a name, as a rule."""
    return not any(_share(*way) for way in ((word, "fr"), (word, "en"), (_american(word), "en")))


def is_word(word: str, language: Language) -> bool:
    """Whether a language's dictionary holds ``word``, in lower case, or its singular."""
    spelt = (word, _american(word)) if language == "en" else (word,)
    return any(_share(one, language) or _share(one.removesuffix("s"), language) for one in spelt)


def _american(word: str) -> str:
    """``word`` as the English dictionary, which is American, spells it."""
    for british, american in _BRITISH:
        word = british.sub(american, word)
    return word


def load() -> None:
    """Read both dictionaries, a second's work, before an answer needs them."""
    _counts("fr")
    _counts("en")


def _share(word: str, language: Language) -> float:
    """The share of ``word`` among the words of a language, 0 to 1."""
    counts, total = _counts(language)
    # The French dictionary has no ligatures.
    return counts.get(word.replace("œ", "oe"), 0) / total


@cache
def _counts(language: Language) -> tuple[Mapping[str, int], int]:
    # Heavy, and only those who ask in one language of a source in the other need it.
    from spellchecker import SpellChecker

    frequency = SpellChecker(language=language).word_frequency
    return frequency.dictionary, frequency.total_words
