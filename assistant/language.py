"""Which language a question is in: French, English, another one, or none that can be told.

Questions are short and full of names, on which statistical identifiers err ("How much did Orange
put in Andromède?" reads as French to one), so the function words decide.
"""

import re
from typing import Literal

from assistant.answer import Language
from assistant.verification.vocabulary import foreign
from index.stopwords import ENGLISH, FRENCH

Told = Literal["fr", "en", "other", "none"]

_WORD = re.compile(r"[^\W\d_]+")
_QUESTIONING = {
    "fr": frozenset(
        "combien quand comment pourquoi pk pq koi koi kel keske est-ce quoi quelle dis dit donne "
        "donner explique sait-on peux peut-on résume resume liste cite nomme merci bonjour oui non "
        "projet retrait annonce entreprise gouvernement etat état montant année annee".split()
    ),
    "en": frozenset(
        "many much tell give name list explain summarise summarize please thanks hello yes "
        "said say says state government company was were did does has been pay paid amount year "
        "budget's".split()
    ),
}
_FRENCH = (FRENCH | _QUESTIONING["fr"]) - ENGLISH
_ENGLISH = (ENGLISH | _QUESTIONING["en"]) - FRENCH
# Frequent words of the neighbours that are no words of French or English.
_OTHER = (
    frozenset(
        "der das und ist nicht wird wurde ein eine mit für auf von sind hat haben ich sie wir "
        "el los las por para con está esta son del una y "
        "il gli che è come della nel sono di "
        "o os um uma não como do da em são "
        "het een niet van en zijn wat".split()
    )
    - FRENCH
    - ENGLISH
)
# Words that ask in them: they say more than a word that a name may hold.
_OTHER_ASKING = frozenset(
    "wer wie wo warum wann welche welcher qué quién cómo cuándo cuánto cuántos dónde chi perché "
    "quando quanto quem onde wanneer waar hoeveel".split()
)
_ACCENTED = re.compile(r"[àâçéèêëîïôœùû]")
_UNIT = re.compile(r"(?<=\d)\s?[a-z]\b")
"""Of "12 m", which is not what "m'appelle" begins with."""
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœŸ]")


def tell(text: str) -> Told:
    """The language of ``text``; ``none`` where no word of it tells."""
    letters = _LETTER.findall(text)
    if not letters:
        return "none"
    if len(_LATIN.findall(text)) < len(letters) / 2:
        return "other"
    words = _WORD.findall(_UNIT.sub(" ", text.lower()))
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    other = sum((word in _OTHER) + 2 * (word in _OTHER_ASKING) for word in words)
    other += 2 * ("¿" in text)
    if other > max(french, english):
        return "other"
    if french != english:
        told: Language = "fr" if french > english else "en"
        other_one: Language = "en" if told == "fr" else "fr"
        telling = [word for word in words if word in _FRENCH | _ENGLISH]
        by_itself = any(len(word) == 1 or foreign(word, other_one) for word in telling)
        # "Night train dining car": "car" is a word of both, and the others decide.
        return told if by_itself else _of_keywords(text) or told
    # Accents are a hint where the words say nothing, but names carry them into English.
    if french or any(w.islower() and _ACCENTED.search(w) for w in _WORD.findall(text)):
        return "fr"
    return "none"


def of_question(text: str, before: Language | None, source: str) -> Language | Literal["other"]:
    """The language to answer in.

    Args:
        text: the question.
        before: the language of the turn before, which a bare name or figure keeps.
        source: the language of most of the corpus, for a first question of names alone.
    """
    told = tell(text)
    if told == "none":
        return before or _of_keywords(text) or ("en" if source == "en" else "fr")
    return told


def _of_keywords(text: str) -> Language | None:
    """Of "date fin contrat actuel", which has no function word; capitals may be names."""
    words = {word for word in _WORD.findall(text) if word.islower()}
    french = sum(foreign(word, "en") for word in words)
    english = sum(foreign(word, "fr") for word in words)
    if french == english:
        return None
    return "fr" if french > english else "en"
