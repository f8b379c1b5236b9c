"""Amounts that are put right: "£6.5 million" in French, euros where the source says pounds."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from assistant.verification.figure_finder import find_figures
from assistant.verification.words import Language

_CURRENCY: Final = {
    "£": "livre", "$": "dollar", "€": "euro",
    "pound": "livre", "dollar": "dollar", "euro": "euro",
}  # fmt: skip
_SCALE: Final = {"thousand": "mille", "million": "million", "billion": "milliard"}
_ENGLISH: Final = re.compile(
    r"(?<![\w.,])(?:(?P<sign>[£$€]) ?)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?![\d.,]*\w)(?: (?P<scale>thousand|million|billion)\b)?"
    r"(?: (?:of )?(?P<word>pound|dollar|euro)s?\b)?"
)

_MONEY: Final = {
    "EUR": re.compile(r"(?P<word>\beuros?\b)|€|\bEUR\b", re.IGNORECASE),
    "GBP": re.compile(r"(?P<word>\b(?:livres?|pounds?)(?: sterling)?\b)|£|\bGBP\b", re.IGNORECASE),
    "USD": re.compile(r"(?P<word>\bdollars?\b)|\$|\bUSD\b", re.IGNORECASE),
}
_NAMED: Final = {
    "fr": {"EUR": ("euro", "€"), "GBP": ("livre", "£"), "USD": ("dollar", "$")},
    "en": {"EUR": ("euro", "€"), "GBP": ("pound", "£"), "USD": ("dollar", "$")},
}


def in_stated_currency(claim: str, evidence: Sequence[str], language: Language) -> str:
    """The claim with an amount in the currency in which the evidence alone states it.

    "8 millions d'euros" becomes "8 millions de livres" where the source says "£8 million", and
    names no such amount in euros.

    Args:
        claim: one proposed statement, or a few words.
        evidence: the sentences it cites.
        language: the claim's.
    """
    stated: dict[Decimal, set[str]] = {}
    for sentence in evidence:
        for figure in find_figures(sentence):
            if figure.kind == "money":
                stated.setdefault(figure.readings[0][0], set()).add(figure.unit)
    # From the end, so that the places of those before stay true.
    for figure in reversed(find_figures(claim)):
        units = stated.get(figure.readings[0][0], set())
        if figure.unit not in _MONEY or len(units) != 1 or figure.unit in units:
            continue
        (unit,) = units
        if unit not in _MONEY:
            continue
        word, sign = _NAMED[language][unit]

        def other(found: re.Match[str], word: str = word, sign: str = sign) -> str:
            said = found["word"]
            return sign if not said else word + ("s" if said.endswith("s") else "")

        text = _MONEY[figure.unit].sub(other, figure.text, count=1)
        text = re.sub(r"\bd['’](?=livre|dollar)", "de ", text)
        text = re.sub(r"\bde (?=euro)", "d'", text)
        claim = claim[: figure.start] + text + claim[figure.end :]
    return claim


def french_amounts(text: str) -> str:
    """``text`` with amounts of money, and numbers of millions, as French writes them.

    "£6.5 million" becomes "6,5 millions de livres", "$1,200" becomes "1 200 dollars". Values stay
    the same; what is written in French already is left alone, and so is a number without scale or
    currency.
    """
    return _ENGLISH.sub(_rewritten, text)


def _rewritten(found: re.Match[str]) -> str:
    currency = _CURRENCY.get(found["sign"] or found["word"] or "", "")
    scale = _SCALE.get(found["scale"] or "", "")
    if not found["scale"] and not found["sign"]:
        return found[0]
    value = Decimal(found["number"].replace(",", ""))
    number = found["number"].replace(",", "\u202f").replace(".", ",")
    # French counts from two on as several: "1,5 million", "2 millions".
    several = "s" if value >= 2 else ""
    if scale in {"", "mille"}:
        return " ".join(filter(None, (number, scale, currency + ("s" if scale else several))))
    of = {"": "", "euro": " d'euros"}.get(currency, f" de {currency}s")
    return f"{number} {scale}{several}{of}"
