"""Which language a question is in: French, English, another one, or none that can be told.

Questions are short and full of names, on which statistical identifiers err ("How much did Orange
put in Andromède?" reads as French to one), so the function words decide.
"""

import re
from typing import Literal

from assistant.answer import Language
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
        "der das und ist nicht wer wie wo warum wann welche welcher wird wurde ein eine mit für "
        "auf von sind hat haben ich sie wir "
        "el los las qué quién cómo cuándo cuánto cuántos dónde por para con está esta son del una "
        "y il gli che chi è perché quando quanto come della nel sono di "
        "o os um uma não quem onde quanto como do da em são "
        "het een niet wie wat waar wanneer hoeveel van en zijn".split()
    )
    - FRENCH
    - ENGLISH
)
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœŸ]")


def tell(text: str) -> Told:
    """The language of ``text``; ``none`` where no word of it tells."""
    letters = _LETTER.findall(text)
    if not letters:
        return "none"
    if len(_LATIN.findall(text)) < len(letters) / 2:
        return "other"
    words = _WORD.findall(text.lower())
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    other = sum(word in _OTHER for word in words)
    if other > max(french, english):
        return "other"
    if french != english:
        return "fr" if french > english else "en"
    # Accents are a hint only when the words say nothing: names carry them into English.
    if french or re.search(r"[àâçéèêëîïôœùû]", text.lower()):
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
        return before or ("en" if source == "en" else "fr")
    return told
