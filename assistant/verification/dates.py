# ruff: noqa: E501  tables of patterns and words read better unwrapped
"""Dates, years and times of day in French and English, whole or in part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.verification.number_words import spelled_numbers
from assistant.verification.words import FUNCTION_WORDS, fold

_MONTH_NAMES = (
    "janvier january janv jan",
    "fevrier february fevr fev feb",
    "mars march mar",
    "avril april avr apr",
    "mai may",
    "juin june jun",
    "juillet july juil jul",
    "aout august aug",
    "septembre september sept sep",
    "octobre october oct",
    "novembre november nov",
    "decembre december dec",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_DAY_NAMES = (
    "lundi monday",
    "mardi tuesday",
    "mercredi wednesday",
    "jeudi thursday",
    "vendredi friday",
    "samedi saturday",
    "dimanche sunday",
)
WEEKDAYS = {name: number for number, names in enumerate(_DAY_NAMES) for name in names.split()}
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50,
    "soixante": 60, "soixante-dix": 70, "quatre-vingt": 80, "quatre-vingts": 80,
    "quatre-vingt-dix": 90,
}  # fmt: skip

_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[12]?\d|3[01]|0\d)(?:er|st|nd|rd|th)?"
_YEAR = r"(?P<year>1\d{3}|20\d\d)(?!\d)"
_NOT_INSIDE = r"(?<![\w.,/])"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<year>1\d{{3}}|20\d\d)-(?P<month>0[1-9]|1[0-2])-{_DAY}(?!\d)",
        rf"(?<!\d)(?P<day>[12]\d|3[01]|0?[1-9])(?P<sep>[/.])(?P<month>0?[1-9]|[12]\d|3[01])"
        rf"(?P=sep){_YEAR}",
        rf"(?<![\d,.]){_DAY}(?: of)?(?: | ?- ?|-){_MONTH}(?:,? (?:de )?{_YEAR})?",
        rf"\b{_MONTH} (?:the )?{_DAY}(?![\d%:]|[.,]\d| ?(?:h|%|millions?|euros)\b)(?:,? (?:of )?{_YEAR})?",
        rf"\b{_MONTH},? (?:de |of )?{_YEAR}",
        r"\b(?:annees?|decennie) (?P<decade>1\d\d0|20\d0|\d0)(?!\d)",
        r"\bannees (?P<spelt>" + "|".join(sorted(_DECADES, key=len, reverse=True)) + r")\b",
        r"(?<!\d)(?P<decade>1\d\d0|20\d0|(?<=')\d0)'?s\b",
        r"\bthe (?:early |late |mid-?)?(?P<spelt>[a-z]+ties)\b",
        r"(?<![\w:.,])(?P<hour>[01]?\d|2[0-4]) ?(?:h(?:eures?)?|:) ?(?P<minute>[0-5]\d)(?![\d:])"
        r"(?: ?(?P<half>[ap])\.?m\b)?",
        r"(?<![\w:.,])(?P<hour>1[0-2]|0?\d)(?:\.(?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b",
        r"(?:(?<= a )|(?<= vers )|(?<= des )|(?<=\bapres )|(?<=\bavant ))(?P<hour>[01]?\d|2[0-4]) ?h(?:eures?)?\b",
        rf"\b{_MONTH}",
        r"\b(?P<weekday>" + "|".join(WEEKDAYS) + r")s?\b",
        rf"(?:{_NOT_INSIDE}(?<!\w-)|(?<=\bmid-)|(?<=\bmi-)){_YEAR}(?![.,]?\d|\w|[-/]\w*[a-z])(?P<next> [a-z]+)?",
        rf"(?<=\d{{4}}[-/]){_YEAR}(?!\d|\w)",
    )
)
_LISTED_DAYS = re.compile(
    r"(?<![\d,.])(?P<day>[12]?\d|3[01])(?:er|st|nd|rd|th)?(?: et le | et | au | a | and | to |, ?| ?- ?)$"
)
_BEFORE_MONTH = re.compile(
    r"\b(?:en|in|de|d'|of|since|depuis|mid-?|mi-|early|late|debut|fin|by|until|au|last|next|du mois de"
    r"|mois de|courant|throughout|during|before|after|through|avant|apres|this|jusqu'en|to|from|and|et|a|from)[ ']?$"
)
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:en|in|since|depuis|annees?|year|an|l'an|de|by|until|of|from|vers|around|before|after"
    r"|avant|apres|des|fin|debut|late|early|mid|ete|hiver|automne|printemps|summer|winter|spring"
    r"|autumn|saison|season|millesime|et|and|a|to|horizon|jusqu'en)|[(,/-]) ?$"
)
_COUNTED = re.compile(
    r" (?!(?:dans|puis|plus|mais|sous|sans|vers|his|its|was|has|as|is|this|les"
    r"|des|ses|ces|nous|vous|ils|elles|alors|apres|lors|dans|depuis|aux|pas"
    r"|deux|trois|six|dix|jeux)\b)(?:[a-z]+[sx]|people|women|men|children)$"
)
_AMBIGUOUS = {"mars", "march", "may", "mar", "sept", "dec", "jan", "sep", "avr", "jun", "aug"}


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as a text gives it; a part that it does not give is ``None``.

    Attributes:
        text: as written; ``text == source[start:end]``.
        start, end: code points in the text that was read.
        day: 1 to 31. month: 1 to 12. year: 1000 to 2099. weekday: 0 (Monday) to 6.
        hour: 0 to 24. minute: 0 to 59.
        decade: its first year, 1990 for "the 1990s".
        sure: ``False`` for four bare digits that may be a plain number.
    """

    text: str
    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    hour: int | None = None
    minute: int | None = None
    decade: int | None = None
    sure: bool = True

    def parts(self) -> dict[str, int]:
        """The parts that are given, by name."""
        names = ("day", "month", "year", "weekday", "hour", "minute", "decade")
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}


_HOURS = re.compile(r"(?P<hour>[a-z][a-z-]+) heures? (?P<minute>[a-z][a-z-]+)")


def hours_in_digits(text: str) -> str:
    """``text`` with "vingt heures trente" as "20 h 30", which is how dates are found."""
    folded = fold(text)
    for match in reversed(list(_HOURS.finditer(folded))):
        hour, minute = (
            [n.value for n in spelled_numbers(part)] for part in match.group("hour", "minute")
        )
        # From 13 on: "deux heures dix" may be ten past two by night or by day, or a duration.
        if len(hour) == len(minute) == 1 and 12 < hour[0] <= 24 and minute[0] < 60:
            text = f"{text[: match.start()]}{hour[0]} h {minute[0]}{text[match.end() :]}"
    return text


def find_dates(text: str) -> list[Date]:
    """Every date, year, weekday and time of day in a text, in order; none overlap."""
    folded = fold(text)
    taken: list[Date] = []
    free = bytearray(b"\1") * len(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if "next" in pattern.groupindex:
                end = match.end("year")
            if not all(free[start:end]):
                continue
            date = _read(text, folded, match, start, end)
            if date is None:
                continue
            free[start:end] = bytes(end - start)
            taken.append(date)
            if date.day and date.month:
                for listed in _listed(text, folded, date):
                    # "March 1st to June 15th": that day has a month of its own.
                    if not all(free[listed.start : listed.end]):
                        continue
                    free[listed.start : listed.end] = bytes(listed.end - listed.start)
                    taken.append(listed)
    return _with_weekdays(sorted(taken, key=lambda date: date.start), folded)


def _read(text: str, folded: str, match: re.Match[str], start: int, end: int) -> Date | None:
    got = match.groupdict()
    month_text = got.get("month") or ""
    month = int(month_text) if month_text.isdigit() else MONTHS.get(month_text)
    day = int(got["day"]) if got.get("day") else None
    if got.get("sep") and month and month > 12:
        day, month = month, day  # American order
    if month and month > 12:
        return None
    year = int(got["year"]) if got.get("year") else None
    before = folded[max(0, start - 14) : start]
    bare_month = month is not None and day is None and year is None
    if (
        bare_month
        and month_text in _AMBIGUOUS
        and not (_BEFORE_MONTH.search(before) and (month_text == "mars" or text[start].isupper()))
    ):
        return None
    if (
        bare_month
        and len(month_text) <= 4
        and month_text not in {"mai", "may", "mars", "juin", "aout", "june", "july"}
    ):
        return None
    sure = True
    if "next" in got:
        sure = bool(_BEFORE_YEAR.search(before))
        if (
            got["next"]
            and _COUNTED.match(got["next"])
            and not re.search(r"\b(?:en|in|since|depuis|l'an|annee) $|[(,] ?$", before)
        ):
            return None
    decade = None
    if got.get("decade"):
        decade = int(got["decade"])
        decade += 1900 if decade < 100 else 0
    elif got.get("spelt"):
        if got["spelt"] not in _DECADES:
            return None
        decade = 1900 + _DECADES[got["spelt"]]
    hour = int(got["hour"]) if got.get("hour") else None
    if hour is not None and got.get("half"):
        hour = hour % 12 + (12 if got["half"] == "p" else 0)
    minute = int(got["minute"]) if got.get("minute") else None
    weekday = WEEKDAYS.get(got.get("weekday") or "")
    return Date(
        text[start:end], start, end, day, month, year, weekday, hour, minute or None, decade, sure
    )


def _listed(text: str, folded: str, date: Date) -> Iterator[Date]:
    """The other days of "22 et 23 décembre" or "du 3 au 5 mars", which share the month."""
    start = date.start
    while match := _LISTED_DAYS.search(folded[max(0, start - 20) : start]):
        if not 1 <= int(match["day"]) <= 31:
            return
        start = max(0, start - 20) + match.start("day")
        end = start + len(match["day"])
        yield replace(date, text=text[start:end], start=start, end=end, day=int(match["day"]))


def _with_weekdays(dates: list[Date], folded: str) -> list[Date]:
    """Join "mardi" and "22 décembre" where only a comma or an article stands between them."""
    joined: list[Date] = []
    for date in dates:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.weekday is not None
            and last.day is None
            and date.day
            and folded[last.end : date.start].strip(" ,") in {"", "le", "the"}
        ):
            joined[-1] = last
            joined.append(replace(date, weekday=last.weekday))
        else:
            joined.append(date)
    return joined


_NEXT_WORD = re.compile(r"\s+(?P<word>[^\W\d_]+)")
_ADDED_YEAR = re.compile(r",? (?:de |of )?(?:1\d{3}|20\d\d)$")


_DAY_FIRST = re.compile(r"^\d{1,2}(?:er|st|nd|rd|th)?(?: of)? ", re.IGNORECASE)
_DAY_LAST = re.compile(r"(?<=[a-zé.]) (?:the )?\d{1,2}(?:st|nd|rd|th)?,?(?= |$)", re.IGNORECASE)
_ON = re.compile(r"\b(?:(?P<le>le)|on(?: the)?) $", re.IGNORECASE)


def without_added_parts(claim: str, evidence: Sequence[str]) -> str:
    """The claim without the year or the day of a date that the evidence gives without one.

    "Le 22 décembre 2012" becomes "Le 22 décembre" where the source says "le 22 décembre" alone,
    "le 20 mars 2028" becomes "en mars 2028" where it says "mars 2028".
    """
    known = [date for sentence in evidence for date in find_dates(sentence)]
    # From the end, so that the places of those before stay true.
    for date in reversed(unsupported_dates(claim, evidence)):
        if not (date.day and date.month):
            continue
        year = _ADDED_YEAR.search(date.text)
        # "Le 14 juillet, 1500 personnes": what is counted is no year.
        counted = _NEXT_WORD.match(claim, date.end)
        if counted is not None and fold(counted["word"]) not in FUNCTION_WORDS:
            continue
        same_day = [o for o in known if (o.day, o.month) == (date.day, date.month)]
        same_month = [o for o in known if o.month == date.month]
        if year is not None and same_day and all(other.year is None for other in same_day):
            claim = claim[: date.start + year.start()] + claim[date.end :]
        elif (
            date.weekday is None
            and same_month
            and all(o.day is None and date.year in {None, o.year} for o in same_month)
        ):
            claim = _without_day(claim, date)
    return claim


def _without_day(claim: str, date: Date) -> str:
    """The claim with the month alone; as it is where that would be bad French or English."""
    before, after = claim[: date.start], claim[date.end :]
    month = _DAY_LAST.sub("", _DAY_FIRST.sub("", date.text))
    on = _ON.search(before)
    if on is not None:
        within = "en " if on["le"] else "in "
        within = within.capitalize() if on[0][0].isupper() else within
        return before[: on.start()] + within + month + after
    return month + after if not before.strip() else claim


def unsupported_dates(claim: str, evidence: Sequence[str]) -> list[Date]:
    """The claim's dates that have a part which no date of the evidence has.

    Leaving a part out is allowed. A year and a day that one sentence gives apart may be joined
    when the sentence has no other. A decade is supported by a year within it.
    """
    known = [_expanded(find_dates(sentence)) for sentence in evidence]
    numbers = set(
        re.findall(r"\d+", re.sub(r"(?<=\d)[ .,](?=\d{3})", "", fold(" ".join(evidence))))
    )
    return [
        date
        for date in find_dates(claim)
        if not any(_covers(parts, date) for sentence in known for parts in sentence)
        and not (not date.sure and str(date.year) in numbers)
    ]


def _expanded(dates: Sequence[Date]) -> list[dict[str, int]]:
    """What each date of one sentence gives, and what they give together where that is clear."""
    found = [date.parts() for date in dates]
    together: dict[str, int] = {}
    for name in ("year", "weekday", "hour", "minute", "month", "day"):
        values = {parts[name] for parts in found if name in parts}
        if len(values) == 1:
            together[name] = values.pop()
    shared: dict[str, int] = {
        name: together[name] for name in ("weekday", "hour", "minute") if name in together
    }
    if len(together) > 1:
        found.append(together)
    if "year" in together:
        shared["year"] = together["year"]
    return found + [shared | parts for parts in found if "day" in parts or "month" in parts]


def _covers(parts: dict[str, int], date: Date) -> bool:
    if date.decade is not None:
        year = parts.get("year", parts.get("decade", 0))
        return year - year % 10 == date.decade
    return all(parts.get(name) == value for name, value in date.parts().items())
