# ruff: noqa: E501  patterns read better unwrapped
"""Which calculation a question asks for, and the calculation itself, shown with its working."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.verification.figures import Figure
from assistant.verification.units import is_currency, is_measure
from assistant.verification.words import Language, fold

Operation = Literal["difference", "sum", "most", "least"]

_OPERATIONS: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    (
        "difference",
        re.compile(
            r"\b(?:difference|ecart)\b|\bcombien\b.*\b(?:de|en) (?:plus|moins) (?:qu|par rapport a\b)"
            # "Combien de jours de plus à Lucquières qu'à Port-Avril ?"
            r"|\bcombien d\W?\S+ (?:\S+ ){0,6}de (?:plus|moins)\b.* qu(?:e |')(?:a|au|aux|en|dans|chez|pour|sur|l|la|le|les|celui|celle|ceux)\b"
            r"|\bhow (?:much|many) (?:light|heavi|cheap|dear|fast|slow|quick|bigg|small|larg|old|young|tall|wid|deep|great|furth|farth|earli|lat|hott|cold|clos|near)er\b.*\bthan\b"
            r"|\bhow (?:much|many|far|long)\b.*\b(?:more|less|fewer|higher|lower|longer|shorter)\b"
            r".*\b(?:than|compared (?:to|with))\b|\bgap between\b|\bby how (?:much|many)\b|\bde combien\b(?! d| (?:est|sont|etai\w+|ser\w+)\b|\W*$)"
            # "De combien le club est-il endetté ?" asks for what he owes.
            r"(?!.*\b(?:est|sont|etai\w+|ser\w+)-(?:il|elle)s?\b(?!.*\b(?:plus|moins|super\w+|infer\w+|depass\w+|augment\w+|accru\w*|baiss\w+|diminu\w+|redui\w+|tomb\w+|mont\w+)\b))"
            r"|\bcombien\b.*\bsepar(?:e|ent|ait|aient)\b"
            r"|\bde combien d\W?\S+.*\b(?:augment|hauss|grimp|progress|bondi|baiss|diminu|recul|chut|redui)\w*"
            # "Le déficit s'est creusé de combien ?", "combien de nuits en moins ?"
            r"|\b(?:augment|hauss|grimp|progress|bondi|baiss|diminu|recul|chut|redui|creus|fond|gonfl|flamb|tomb|mont)\w*\b.*\bde combien\W*$"
            r"|\bcombien d\W?\S+ (?:\S+ ){0,2}en (?:moins|plus(?! d))\b"
            r"|\b(?:combien|how (?:much|many))\b.*\b(?:perd\w*|gagn\w+|lose|lost|losing|shed|gain\w*)\b"
            r".*\b(?:from one (?:year|season) to the next|year on year|d'une (?:annee|saison) (?:sur|a) l'autre|between \d{4} and|entre \d{4} et|in (?:two|three|four|five|ten) years|en (?:deux|trois|quatre|cinq|dix) ans)\b"
        ),
    ),
    (
        "sum",
        re.compile(
            r"(?<![ld]')(?<!un )\b(?:ensemble|a eux (?:deux|trois|quatre)|a elles (?:deux|trois|quatre)|additionn\w+"
            r"|cumule\w*|la somme de|le total de)\b"
            r"|\b(?:together|combined|altogether|the sum of|put together|between them)\b"
        ),
    ),
    (
        "least",
        re.compile(
            # "Le moins d'argent"; "les moins de 30 ans" are people.
            r"\b(?:le|la|les) moins\b(?! (?:de\b|d'|qu))|\ble moins (?:de |d')(?!\d)|(?<!at )\b(?:least|lowest|smallest|fewest|cheapest)\b"
        ),
    ),
    (
        "most",
        re.compile(
            r"\b(?:le|la|les) plus\b(?! (?:de\b|d'|qu|tard|tot|proche|recent|possible|vite))|\ble plus (?:de |d')(?!\d)"
            r"|(?<!at )\b(?:most|highest|largest|biggest|greatest)\b(?! (?:of|recent|likely))"
        ),
    ),
)
_NUMERIC = re.compile(
    r"\b(?:combien|pa[iy]\w*|appor\w*|verse\w*|met|mett\w+|mise|coute\w*|finance\w*|contribu\w*|donne\w*"
    r"|invest\w*|gros\w*|petit\w*|grand\w*|eleve\w*|long\w*|cher\w*|pays?|paid|puts?|putting|gives?|gave"
    r"|costs?|funds?|funder|contribut\w*|invests?|largest|biggest|smallest|highest|lowest|cheapest"
    r"|how (?:much|many))\b"
)
_SCALES = {
    1_000: {"fr": "mille", "en": "thousand"},
    1_000_000: {"fr": "millions", "en": "million"},
    1_000_000_000: {"fr": "milliards", "en": "billion"},
}
_UNITS: dict[str, dict[Language, str]] = {
    "EUR": {"fr": "euros", "en": "euros"},
    "USD": {"fr": "dollars", "en": "dollars"},
    "GBP": {"fr": "livres", "en": "pounds"},
    "CHF": {"fr": "francs suisses", "en": "Swiss francs"},
    "FRF": {"fr": "francs", "en": "francs"},
    "points": {"fr": "points", "en": "points"},
    "year": {"fr": "ans", "en": "years"},
    "month": {"fr": "mois", "en": "months"},
    "week": {"fr": "semaines", "en": "weeks"},
    "day": {"fr": "jours", "en": "days"},
    "hour": {"fr": "heures", "en": "hours"},
    "minute": {"fr": "minutes", "en": "minutes"},
    "tonne": {"fr": "tonnes", "en": "tonnes"},
}
_SYMBOLS = {"m2": "m²", "m3": "m³"}


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that the source states, and of whom or what: ``label`` as the source writes it."""

    label: str
    figure: Figure

    @property
    def value(self) -> Decimal:
        """Its value in its unit, the scale multiplied out."""
        return self.figure.readings[0][0]


def operation_of(question: str) -> Operation | None:
    """The calculation that a question asks for, ``None`` for most questions."""
    operation = _named(question)
    if operation in {"most", "least"} and not _NUMERIC.search(fold(question)):
        return None
    return operation


def rank_of(question: str) -> Operation | None:
    """Whether a question asks for the most or the least, be it of figures or not."""
    operation = _named(question)
    return operation if operation in {"most", "least"} else None


def _named(question: str) -> Operation | None:
    folded = fold(question)
    return next((name for name, pattern in _OPERATIONS if pattern.search(folded)), None)


def comparable(operands: Sequence[Operand]) -> bool:
    """Whether the operands are exact figures of one kind and unit, two at least."""
    kinds = {(operand.figure.kind, operand.figure.unit) for operand in operands}
    labels = {operand.label.casefold() for operand in operands}
    vague = any(
        operand.figure.alternative or operand.figure.bound not in {"", "exactly"}
        for operand in operands
    )
    return len(operands) > 1 and len(kinds) == 1 and len(labels) == len(operands) and not vague


def working(operation: Operation, operands: Sequence[Operand], language: Language) -> str:
    """The result and how it comes about: "30 millions d'euros (60 − 30)".

    Args:
        operation: "difference" or "sum".
        operands: ``comparable``; of a difference the greatest one less all the others.
        language: of the answer.
    """
    values = sorted((o.value for o in operands), reverse=True)
    if operation == "difference":
        result, sign = values[0] - sum(values[1:], Decimal(0)), " − "
    else:
        result, sign = sum(values, Decimal(0)), " + "
    scale = min(o.figure.scale for o in operands)
    shown = sign.join(_number(value / scale, language) for value in values)
    unit = operands[0].figure.unit
    if unit == "%" and operation == "difference":
        unit = "points"
    return f"{_amount(result, scale, unit, language)} ({shown})"


def extreme(operation: Operation, operands: Sequence[Operand]) -> Operand | None:
    """The operand of most or least; ``None`` where two share the place."""
    ranked = sorted(operands, key=lambda o: o.value, reverse=operation == "most")
    return None if ranked[0].value == ranked[1].value else ranked[0]


def amount(operand: Operand, language: Language) -> str:
    """An operand's figure with its unit, in the language of the answer."""
    return _amount(operand.value, operand.figure.scale, operand.figure.unit, language)


def _amount(value: Decimal, scale: int, unit: str, language: Language) -> str:
    # What is counted ("lits") is a word of the source's language, without its accents.
    symbol = _SYMBOLS.get(unit, unit) if is_measure(unit) or is_currency(unit) else ""
    name = _UNITS.get(unit, {}).get(language, symbol)
    words = _number(value / scale, language)
    if scale > 1:
        # French counts from two on as several: "0,7 million".
        few = language == "fr" and scale > 1_000 and abs(value) < 2 * scale
        words += f" {_SCALES[scale][language].removesuffix('s' if few else '')}"
        if name and language == "fr" and scale > 1_000 and is_currency(unit):
            link = "d'" if name[0] in "aeiou" else "de "
            return f"{words} {link}{name}"
    link = "" if unit == "%" and language == "en" else " "
    return f"{words}{link}{name}".rstrip()


def _number(value: Decimal, language: Language) -> str:
    plain = f"{value.normalize():,f}"
    if language == "en":
        return plain
    return plain.replace(",", " ").replace(".", ",")
