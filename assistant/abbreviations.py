"""Questions in the spelling of text messages, written out: "pk il a arrêté" asks for a reason.

Neither the search nor the model reads "pk" as "pourquoi" reliably. Only what is written small and
stands nowhere in the documents is taken for an abbreviation.
"""

import re
from collections.abc import Callable

from assistant.answer import Language

_WRITTEN_OUT: dict[Language, dict[str, str]] = {
    "fr": {
        **dict.fromkeys(("pk", "pq", "pkoi", "pourkoi", "prkoi", "prq", "prk"), "pourquoi"),
        **dict.fromkeys(("cb", "cmb", "cbien", "combi1"), "combien"),
        **dict.fromkeys(("qd", "kan", "kand"), "quand"),
        **dict.fromkeys(("keske", "kesk", "kesque", "qesk"), "qu'est-ce que"),
        **dict.fromkeys(("tjs", "tjrs"), "toujours"),
        "cki": "c'est qui",
        "ckoi": "c'est quoi",
        "ki": "qui",
        "koi": "quoi",
        "kel": "quel",
        "kelle": "quelle",
        "kels": "quels",
        "kelles": "quelles",
        "pr": "pour",
        "ds": "dans",
        "avc": "avec",
        "bcp": "beaucoup",
        "mtn": "maintenant",
        "ajd": "aujourd'hui",
        "qqn": "quelqu'un",
        "qqch": "quelque chose",
    },
    "en": {
        **dict.fromkeys(("wat", "wut", "wot"), "what"),
        **dict.fromkeys(("wen", "whn"), "when"),
        **dict.fromkeys(("cuz", "cos", "bc"), "because"),
        "whos": "who is",
        "ppl": "people",
        "govt": "government",
        "abt": "about",
        "yr": "year",
        "yrs": "years",
        "hw": "how",
        "u": "you",
        "r": "are",
    },
}
_C_EST = re.compile(r"^c (?=(?:ki|koi|qui|quoi|kan|quand|cb|combien)\b)", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w'’.-])[a-z]\w*(?![\w'’-]|\.\w)|^[A-Z][a-z]\w*(?![\w'’-])")


def written_out(question: str, language: Language, is_known: Callable[[str], bool]) -> str:
    """A question with its abbreviations written out.

    Args:
        question: as typed.
        language: it was asked in.
        is_known: whether a word stands in the documents, small or not.
    """
    known = _WRITTEN_OUT[language]

    def whole(match: re.Match[str]) -> str:
        word = match[0].lower()
        return match[0] if word not in known or is_known(word) else known[word]

    if language == "fr":
        question = _C_EST.sub("c'est ", question)
    return _WORD.sub(whole, question)
