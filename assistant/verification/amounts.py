"""Amounts that a French answer took over as English writes them: "£6.5 million"."""

import re
from decimal import Decimal
from typing import Final

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
