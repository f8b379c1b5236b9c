"""Careless questions, and those that mix both languages, written out in plain words.

"combien de gens bosse a labatoir" asks how many people work at the slaughterhouse: neither the
search nor the judge sees that reliably, and the model does once it is asked for nothing else. Only
questions with words that no dictionary and no document knows, or with several of the other
language, are written out, after what is plainly a slip for a word of the documents has been put
right; and only what asks for the same thing, of the same names and words of theirs, is taken.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing

from assistant.answer import Language
from assistant.confidence import terms_of
from assistant.llm import LanguageModel
from assistant.misspelt import put_right, words_by_sound
from assistant.prompting import load_prompts
from assistant.verification import expected_type
from assistant.verification.vocabulary import foreign, is_word
from assistant.verification.words import fold, uncapitalised
from index import Index
from index.lexical import words

_LIMIT = 80
"""Tokens; what is longer runs in circles."""

_LONGEST = 240
"""Characters of a question that is written out: a longer one holds enough that is well spelt."""

_FOREIGN = 2
"""Words of the other language from which a question mixes both: one may be a loan, or quoted."""

_WHOLE = 0.85
"""How long a question must be when it is written out, in letters as it was typed: what is shorter
has lost a part ("taken together"). Of 1,533 questions rightly written out 97 % are as long."""

_TELLING = 5
"""Letters of a word that has to stay if the documents hold it."""

_PASSAGES = 8
"""Passages whose words a slip may stand for."""

_WORD = re.compile(r"(?<![\w'’.-])(?:(?:[dlcjmnst]|qu)['’])?([^\W\d_]{2,})(?![\w'’-]|\.\w)")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÝŒ][^\W\d_]*")
_DIGITS = re.compile(r"\d+")
_QUANTITIES = frozenset({"count", "money", "percentage", "measure", "amount"})
_TIMES = frozenset({"when", "year"})
_LOOSE = frozenset({"free", "manner", "yes_no", "definition", "list"})
"""Kinds that a question ill written only seems to be of: "how mny jobs", "were exactly"."""


def is_careless(question: str, language: Language, is_known: Callable[[str], bool]) -> bool:
    """Whether a question has to be written out before it is understood.

    Args:
        question: as typed, known abbreviations written out.
        language: it was asked in.
        is_known: whether a word stands in the documents, small or not.
    """
    if len(question) > _LONGEST:
        return False
    small = list(_small_words(question))
    return (
        any(_is_slip(word, language, is_known) for word in small)
        or sum(foreign(word, language) for word in small) >= _FOREIGN
    )


def well_spelt(index: Index, language: Language, question: str) -> str:
    """A question with what is plainly a slip for a word of the documents put right.

    Args:
        index: of the documents that are asked.
        language: of the question.
        question: as typed, known abbreviations written out.
    """
    is_known = known_to(index)
    if len(question) > _LONGEST or not any(
        _is_slip(word, language, is_known) for word in _small_words(question)
    ):
        return question
    found = words_by_sound(hit.passage.text for hit in index.search(question, k=_PASSAGES))
    there = {word: sound for word, sound in found.items() if not foreign(word, language)}

    def respelt(match: re.Match[str]) -> str:
        word = match[1]
        if not _is_slip(word, language, is_known):
            return match[0]
        right = put_right(word, language, there)
        return match[0] if right is None else match[0].removesuffix(word) + right

    return _WORD.sub(respelt, question)


def in_plain_words(model: LanguageModel, index: Index, language: Language, question: str) -> str:
    """A careless question in plain words; as it is where it is not understood.

    Args:
        model: writes it out.
        index: of the documents that are asked.
        language: of the question.
        question: standing alone.

    Raises:
        ModelUnavailable: the model cannot be asked.
    """
    chat = load_prompts(language).spell(question, model.trained)
    with closing(model.tokens(chat, place=("spell", language), limit=_LIMIT)) as tokens:
        written = "".join(token.text for token in tokens).strip().partition("\n")[0]
    return written if _same(question, written, language, known_to(index)) else question


def known_to(index: Index) -> Callable[[str], bool]:
    """Whether a word stands in the documents of ``index``."""

    def is_known(word: str) -> bool:
        rarity = index.rarity(terms_of(word))
        return bool(rarity) and all(value < 1 for value in rarity.values())

    return is_known


def _is_slip(word: str, language: Language, is_known: Callable[[str], bool]) -> bool:
    return (
        word.islower()
        and not is_word(word, language)
        and not foreign(word, language)
        and not is_known(word)
    )


def _small_words(question: str) -> Iterator[str]:
    """The words that are no names by their capitals, hyphened and abbreviated ones left out."""
    for match in _WORD.finditer(question):
        if match[1].islower():
            yield match[1]


def _same(typed: str, written: str, language: Language, is_known: Callable[[str], bool]) -> bool:
    """Whether both ask for the same kind of thing, of the same names, in words that there are."""
    before, after = _letters(typed), _letters(written)
    stems = set(words(written))
    figures, kept = (set(_DIGITS.findall(text)) for text in (typed, written))
    return (
        written.endswith("?")
        and len(after) >= _WHOLE * len(before)
        # "dhydrovia" holds the name.
        and all(_letters(name) in before for name in _CAPITAL.findall(uncapitalised(written)))
        and all(_letters(name) in after for name in _CAPITAL.findall(uncapitalised(typed)))
        and kept <= figures
        # A single digit may be a sound: "4 kids", "1 chek".
        and all(len(lost) == 1 for lost in figures - kept)
        and _alike(expected_type(typed).kind, expected_type(written).kind)
        and all(
            is_word(word, language) or is_known(word) or _letters(word) in before
            for word in _small_words(written)
        )
        and all(
            # A name, typed small, or else what the documents speak of.
            set(words(word)) & stems
            for word in _small_words(typed)
            if is_known(word) and not foreign(word, language) and len(word) >= _TELLING
        )
    )


def _letters(text: str) -> str:
    """Letters and figures alone, folded: words that were written as one hold each other."""
    return "".join(character for character in fold(text) if character.isalnum())


def _alike(typed: str, written: str) -> bool:
    """Whether two kinds of answer may be the same one, told from a question ill or well written."""
    kinds = {typed, written}
    return (
        len(kinds) == 1
        or typed in _LOOSE
        or written == "free"
        or kinds <= _QUANTITIES
        or kinds <= _TIMES
    )
