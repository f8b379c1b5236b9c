"""Misspelt words put right from the documents: "labatoir" is "l'abattoir" where they speak of one.

What sounds alike or nearly has the same letters is taken for the documents' word; an article that
was written with its noun is set apart ("davions"). Keys of sounds are an old means (Zobel and Dart
1996, "Phonetic string matching"); these are made for French and for English in equal parts, so they
are coarse: only words that no dictionary knows are compared.
"""

import difflib
import re
from collections.abc import Iterable, Mapping

from assistant.answer import Language
from assistant.verification.vocabulary import is_word
from assistant.verification.words import key

_CLOSE = 0.85
"""Share of letters in common from which two words are one (``difflib``): "galcier", "glacier"."""

_SHORT, _LONG = 4, 5
"""Letters that a word has at least to be compared by its sound, and by its letters."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_ELIDED = re.compile(r"^(qu|[ldjnmstc])(?=[aeiouyhàâéèêëîïôû])(\w{3,})$")
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"qu|q|ck|c(?=[aourlt]|$)"), "k"),
    (re.compile(r"c(?=[eiy])|ss|z"), "s"),
    (re.compile(r"g(?=[eiy])"), "j"),
    (re.compile(r"eau|au"), "o"),
    # What is not heard at the end: "chantié", "chantier"; "voulai", "voulait".
    (re.compile(r"(?<=..)(?:ez|er|ai[ts]?)$"), "e"),
    (re.compile(r"(?<=...)[estxd]{1,2}$"), ""),
    (re.compile(r"ai|ei"), "e"),
    (re.compile(r"y"), "i"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def sound(word: str) -> str:
    """What two spellings of a word have in common, if they are read aloud."""
    heard = key(word)
    for pattern, sounds in _SOUNDS:
        heard = pattern.sub(sounds, heard)
    return heard


def words_by_sound(texts: Iterable[str]) -> dict[str, str]:
    """The words of some texts, in lower case, each with its sound."""
    return {word.lower(): sound(word.lower()) for text in texts for word in _WORD.findall(text)}


def put_right(word: str, language: Language, there: Mapping[str, str]) -> str | None:
    """What a misspelt word stands for, if that can be told.

    Args:
        word: in lower case; neither the documents nor the dictionary know it.
        language: of the question.
        there: the words to choose from; see ``words_by_sound``.
    """
    elided = _ELIDED.match(word) if language == "fr" else None
    if elided:
        noun = elided[2] if is_word(elided[2], language) else _nearest(elided[2], there)
        if noun:
            return f"{elided[1]}'{noun}"
    return _nearest(word, there)


def _nearest(word: str, there: Mapping[str, str]) -> str | None:
    if len(word) < _SHORT:
        return None
    heard = sound(word)
    alike = [other for other, sounds in there.items() if sounds == heard]
    close = difflib.get_close_matches(word, alike, 1, 0)
    if not close and len(word) >= _LONG:
        close = difflib.get_close_matches(word, there, 1, _CLOSE)
    return close[0] if close else None
