"""Units and currencies under one name each, as French and English texts write them."""

import re

_CURRENCIES = {
    "EUR": r"euros?|eur|€",
    "USD": r"dollars?(?: americains?| us)?|us dollars?|usd|us\$|\$",
    "GBP": r"livres?(?: sterling)?|pounds?(?: sterling)?|gbp|£",
    "CHF": r"francs? suisses?|swiss francs?|chf",
    "FRF": r"(?:french )?francs?",
    "JPY": r"yens?|jpy|¥",
    "CNY": r"yuans?|renminbi|cny",
    "centime": r"centimes?|cents",
}
_MEASURES = {
    "%": r"%|pour ?cents?|percent|per cent|pourcent",
    "point": r"points? de pourcentage|percentage points?",
    "year": r"ans?|annees?|years?|year-olds?",
    "month": r"mois|months?",
    "week": r"semaines?|weeks?",
    "day": r"jours?|journees?|days?",
    "hour": r"heures?|hours?|h",
    "minute": r"minutes?|min|mn",
    "second": r"secondes?|seconds?|sec",
    "century": r"siecles?|century|centuries",
    "m2": r"metres? carres?|square met(?:er|re)s?|m2|m²",
    "km2": r"kilometres? carres?|square kilomet(?:er|re)s?|km2|km²",
    "m3": r"metres? cubes?|cubic met(?:er|re)s?|m3|m³",
    "km/h": r"km ?/ ?h|kilometres? (?:par heure|heure)|kilomet(?:er|re)s? (?:per|an) hour|kph",
    "km": r"kilomet(?:re|er)s?|km",
    "cm": r"centimet(?:re|er)s?|cm",
    "mm": r"millimet(?:re|er)s?|mm",
    "m": r"met(?:re|er)s?|m(?=[ .,;)]|$)",
    "mile": r"miles?|milles (?=marins)",
    "foot": r"pieds?|feet|foot|ft",
    "ha": r"hectares?|ha",
    "kg": r"kilogram(?:me)?s?|kilos?|kg",
    "g": r"grammes?|grams?|g(?=[ .,;)]|$)",
    "tonne": r"tonnes?|tons?",
    "litre": r"lit(?:re|er)s?",
    "degree": r"degres?(?: celsius)?|degrees?(?: celsius)?|°c?",
    "kWh": r"kilowatt(?:s?-hours?| hours?|s?-?heures?)|kwh",
    "MWh": r"megawatt(?:s?-hours?| hours?|s?-?heures?)|mwh",
    "GWh": r"gigawatt(?:s?-hours?| hours?|s?-?heures?)|gwh",
    "TWh": r"terawatt(?:s?-hours?| hours?|s?-?heures?)|twh",
    "W": r"watts?|w",
    "kW": r"kilowatts?|kw",
    "MW": r"megawatts?|mw",
    "GW": r"gigawatts?|gw",
    "MB": r"mo|mb|megaoctets?|megabytes?",
    "GB": r"go|gb|gigaoctets?|gigabytes?",
    "TB": r"to(?=[ .,;)]*$)|tb|teraoctets?|terabytes?",
}


def _compiled(table: dict[str, str]) -> "re.Pattern[str]":
    names = "|".join(f"(?P<u{number}>{pattern})" for number, pattern in enumerate(table.values()))
    return re.compile(rf"(?:{names})(?![a-z0-9])")


_NAMES = [*_CURRENCIES, *_MEASURES]
_UNIT = _compiled(_CURRENCIES | _MEASURES)
_SIGN = re.compile(r"(?:(?P<USD>us\$|\$|usd)|(?P<EUR>€|eur)|(?P<GBP>£|gbp)|(?P<JPY>¥)) ?$")


def unit_after(folded: str, place: int) -> tuple[str, int] | None:
    """The unit that stands at a place of a folded text, by its one name, and where it ends."""
    match = _UNIT.match(folded, place)
    if match is None or match.lastgroup is None:
        return None
    return _NAMES[int(match.lastgroup[1:])], match.end()


def currency_before(folded: str, place: int) -> tuple[str, int] | None:
    """The currency sign that stands right before a place, and where it begins."""
    match = _SIGN.search(folded, max(0, place - 5), place)
    if match is None or match.lastgroup is None:
        return None
    if match.start() and folded[match.start()].isalpha() and folded[match.start() - 1].isalnum():
        return None
    return match.lastgroup, match.start()


def is_currency(unit: str) -> bool:
    """Whether a unit's name is that of a currency."""
    return unit in _CURRENCIES


def is_measure(unit: str) -> bool:
    """Whether a unit's name is that of a measure (percent, time, length, mass...)."""
    return unit in _MEASURES
