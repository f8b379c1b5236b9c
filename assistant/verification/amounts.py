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

_SWAPPED: Final = re.compile(
    r"(?P<number>\d[\d\s.,]*?) ?(?P<unit>livres|dollars|euros) (?P<scale>millions?|milliards?)\b"
)

_EURO: Final = re.compile(r"(?P<word>\beuros?\b)|€|\bEUR\b", re.IGNORECASE)
_NAMED: Final = {
    "fr": {"GBP": ("livre", "£"), "USD": ("dollar", "$")},
    "en": {"GBP": ("pound", "£"), "USD": ("dollar", "$")},
}


def in_stated_currency(claim: str, evidence: Sequence[str], language: Language) -> str:
    """The claim with an amount of euros in the currency in which the evidence alone states it.

    "8 millions d'euros" becomes "8 millions de livres" where the source says "£8 million", and
    has no such figure of anything else. Euros alone, since a model supposes them; "livres" and
    "pounds" may be books and weights.

    Args:
        claim: one proposed statement, or a few words.
        evidence: the sentences it cites.
        language: the claim's.
    """
    stated: dict[Decimal, set[str]] = {}
    for sentence in evidence:
        for figure in find_figures(sentence):
            # Both ends of "from £60 to £72".
            for value in figure.readings[0]:
                stated.setdefault(value, set()).add(figure.unit)
    # From the end, so that the places of those before stay true.
    for figure in reversed(find_figures(claim)):
        units = stated.get(figure.readings[0][0], set())
        if figure.unit != "EUR" or len(units) != 1 or not units <= _NAMED[language].keys():
            continue
        word, sign = _NAMED[language][next(iter(units))]

        def other(found: re.Match[str], word: str = word, sign: str = sign) -> str:
            said = found["word"]
            return sign if not said else word + ("s" if said[-1] in "sS" else "")

        text = re.sub(r"\bd['’](?=livre|dollar)", "de ", _EURO.sub(other, figure.text, count=1))
        claim = claim[: figure.start] + text + claim[figure.end :]
    return claim


def french_amounts(text: str) -> str:
    """``text`` with amounts of money, and numbers of millions, as French writes them.

    "£6.5 million" becomes "6,5 millions de livres", "$1,200" becomes "1 200 dollars". Values stay
    the same; what is written in French already is left alone, and so is a number without scale or
    currency.
    """
    return _ENGLISH.sub(_rewritten, _SWAPPED.sub(_in_order, text))


def _in_order(found: re.Match[str]) -> str:
    """Write "33 livres millions", a small model's "£33m", as "33 millions de livres"."""
    of = "d'" if found["unit"] == "euros" else "de "
    return f"{found['number']} {found['scale']} {of}{found['unit']}"


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
