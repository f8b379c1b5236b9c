# ruff: noqa: E501  tables of patterns and words read better unwrapped
"""Answers that cannot be of the kind that their question asks for."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.verification.arithmetic import operation_of
from assistant.verification.dates import find_dates
from assistant.verification.figures import Figure, compatible, find_figures, with_ellipses
from assistant.verification.name_finder import find_names, names_in
from assistant.verification.question_type import AnswerType, expected_type
from assistant.verification.sayings import asks_for_words, tells_no_words
from assistant.verification.units import is_currency, is_measure
from assistant.verification.words import (
    FUNCTION_WORDS,
    REFERRING,
    cognates,
    fold,
    tokens,
    uncapitalised,
)

_ASKS_FOR_ANOTHER = re.compile(
    r"^\W*(?:devant|a|avec|contre|pour|chez|par|envers|aupres de|de) qui\b"
    r"|^\W*(?:to|with|for|from|against|by|before) whom\b"
    r"|^\W*who(?:m)? (?:did|does|do|is|was|were|will|has|had) .*\b(?:to|with|for|from|against|by|before)\W*$"
)
"""Asks who else than its own subject: "Devant qui le ministre a-t-il parlé ?"."""
_AGE = re.compile(r"\bquel (?:est (?:l'|son |leur ))?age\b|\bhow old\b|\bwhat age (?:is|was)\b")
_AGED = re.compile(
    r"\b(?:ans|years?|nee?s?|born|naissance|birth|mois|months?|siecles?|centur\w+|aged|built|founded|fonde\w*|construi\w*|(?:is|was) \d+|\w+aine|\w+ties)\b"
)
_BARE = 4
_CHANGED_BY = re.compile(
    r"\b(?:augment|hauss|accr|baiss|diminu|recul|redui|rabaiss|chut|perd|progress|avanc|retard|ecart|differen|marg|cut"
    r"|bond|grimp|gagn|f[ae]ll|ris[ei]|rose|grow|grew|drop|reduc|increas|decreas|jump|soar|surg|plung|w[io]n|ahead"
    r"|behind|lead|led|up|down|los[et]|exce|depass)\w*"
    r"(?: (?!from\b|to\b|a\b|au\b|until\b|jusqu|avec\b|with\b|at\b)[\w'-]+){0,3}? ?(?:de |d'|by |of )?(?:[£$€] ?)?$"
)
_MARGIN = re.compile(
    r"[^,;.]{0,25}\b(?:avance|retard|ecart|ahead|clear|behind|more|less|fewer|(?:de|en) (?:plus|moins))\b"
)
_DOES = re.compile(r"\b(?:a|ont|est|sont|fut|was|were|is|are|has|have|had|did|\w{3,}ed)\b")


class TypeProblem(NamedTuple):
    """Why an answer cannot answer its question; ``hard`` when it must not be shown."""

    detail: str
    hard: bool


_TIMES = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "century"})
_NO_FIGURE = TypeProblem("no figure", True)
_PERIOD = re.compile(
    r"\b(?:siecles?|centur\w+|annees?|years?|epoque|era|ages?|guerre|war|matin|morning|soir|evening|nuit|night|jours?"
    r"|days?|mois|months?|semaines?|weeks?|heures?|hours?|hier|yesterday|demain|tomorrow|today|aujourd'hui|printemps"
    r"|spring|ete|summer|automne|autumn|hiver|winter|apres|after|avant|before|lors\w*|quand|when|while|pendant|during"
    r"|depuis|since|suite|fin|end|debut|start|beginning|actuellement|currently|now|jamais|never|toujours|always"
    r"|moment|time|periode|period|prehisto\w*|antiqu\w*|renaissance|noel|christmas|weekend|des|until|jusqu\w*)\b"
)  # fmt: skip
_PURPOSE = re.compile(
    r"\b(?:parce|cause\w*|because|due|car|raison\w*|reason\w*|pour|afin|suite|puisque|comme|as|since|grace|thanks"
    r"|donc|so|ainsi|faute|face|to|for|by|vu|permet\w*|entrain\w*|provoqu\w*|fait|result\w*|\w+ant|\w+ing|de|d|que|that"
    r"|in order|objecti\w*|but|aim\w*|goal\w*|purpose\w*)\b|[:;]"
)  # fmt: skip
# Within a sentence that says the question again, "de" or "that" gives no reason yet.
_REASON_GIVEN = re.compile(
    r"\b(?:parce|cause\w*|because|due|car|raisons?|reasons?|pour|afin|suite|puisque|comme|as|since|grace|thanks"
    r"|so|faute|face|to|for|by|vu|permet\w*|entrain\w*|provoqu\w*|result\w*|objecti\w*|aim\w*|goal\w*|purpose\w*"
    r"|apres|after|when|lorsque|quand|en|\w{3,}ing|\w{3,}ant)\b|[:;]"
)
_LOCATED = re.compile(
    r"\b(?:a|au|aux|en|dans|sur|sous|pres d\w*|chez|vers|devant|derriere|entre|hors|loin|face|cote|nord|sud|est|ouest"
    r"|in|at|on|near|to|from|outside|inside|between|by|under|over|along|around|within|across|north|south|east|west)\b"
    r"(?: (?:le|la|les|l'|un|une|the|a|an|its|sa|son|de|du|of))* ?(?P<place>[a-z][\w-]+)"
)
_BETWEEN = re.compile(r"\b(?:entre|between)\b")
_QUANTITY = re.compile(
    r"\b(?:un|une|one|a|an|zero|aucune?s?|no|none|plusieurs|several|quelques?|many|few|beaucoup|both|single|seule?s?"
    r"|moitie|half|chacune?|each|nombre\w*|numerous|pair\w*|couple|tous|all|most|plupart|majorit\w*|double|rien|nothing)\b"
)  # fmt: skip
_MUCH = re.compile(
    rf"{_QUANTITY.pattern}|\b(?:tou(?:t|te|tes)|whole|entire\w*|enough|assez|suffi\w*|trop|too|lot|little|much|peu|part(?:s|ie)?"
    r"|pas|not|never|jamais|plus|more|moins|less|autant|same|meme|half|tiers|thirds?|quart\w*|quarters?|gratuit\w*|free)\b|\b\d+ ?h(?: ?\d\d)?\b"
)
"""What tells how much without a figure."""
_SHARE_OF = re.compile(
    r"\b(?:what|which) (?:share|proportion|percentage|fraction) of\b"
    r"|\bquel(?:le)? (?:part|proportion|pourcentage|fraction) (?:de|des|du|d')\b"
)
_FRACTION = re.compile(
    r"\b(?:moities?|half|halves|tiers|thirds?|quarts?|quarters?|cinquiemes?|fifths?|dixiemes?|tenths?"
    r"|majorit\w*|plupart|most|all|tou(?:t|te|tes|s)|whole|none|aucune?s?|minorit\w*)\b"
)
_SUMS = frozenset(
    "aides amendes benefices credits depenses dettes dommages economies fonds impots indemnites loyers"
    " penalites pertes primes recettes subventions synergies taxes amende dette impot indemnite loyer"
    " penalite prime salaire subvention taxe benefice costs damages debts fines funds grants"
    " losses penalties profits revenues royalties savings subsidies debt fine penalty rent tax"
    " arrears arrieres impayes creances".split()
)
"""What may be counted in cases, and in money as well."""
_RELATIVE = re.compile(
    r"^(?!.*\b(?:argent|somme|montant|euros?|dollars?|livres|money|sum|amount|pounds?)\b).*"
    r"\b(?:(?:off|out of) (?:their|there|his|her|the|its) (?:pay|wages?|salar\w+|prices?|rents?)|sur (?:leurs?|son|sa|ses|la|le|les) (?:pa[iy]es?|salaires?|prix|loyers?))\b"
)
"""Asks how much of a sum, and not of money: "8 %" of their pay is an answer, too."""
# No bare value is an event.
_HAPPENS = re.compile(
    r"\bwhat (?:(?:will|would|did|does|has|might|could|is going to) )?happen|\bwhat (?:became|becomes|will become) of\b|\bque (?:va-t-il se passer|se passe|s'est-il passe|devien)|\bqu'(?:adviendra|est-il advenu)"
)
_BY_PRONOUN = re.compile(
    r"\W*(?:il|elle|ils|elles|he|she|they)\b(?! (?:s'agit|y a\b))"
    r"(?!.*(?:\b(?:par|by|appart\w*|belong\w*|celle|celui|ceux|charge|tete)\b|'s\b))"
)
"""Tells what somebody does, and not who that is, unless a name or another's part follows."""
# Nor is it an opinion.
_OPINES = re.compile(
    r"\bque (?:pens|dis|repond|reproch)\w*|\bqu'en (?:pens|di[st])\w*|\b(?:pens\w+|dit|disent) (?:de )?quoi\b|\bqu'(?:a|ont) (?:dit|repondu|declare)\b"
    r"|\bwhat (?:do|does|did) .*\b(?:make of|have to say|(?:think|say)(?: (?:about|of|to)\b|\W*$))|\bhow (?:do|does|did) .*\bfeel\b"
)
_DEED = re.compile(
    r"\b(?:faire|fait|fera|font|feront|faisai\w+|fabriqu\w+|devien\w+|devenu\w*) quoi\b|\bqu(?:e |'est-ce qu(?:e |'))(?:va |vont )?(?:fai\w+|fera|font|devien\w+)\b"
    r"|\bwhat (?:is|are|was|were|will|did|does|do|has|have|had)\b.*\b(?:do|doing|done)\W*(?:now|next|there|before|before that|instead)?\W*$"
)
"""Asks what somebody does: a name alone tells nothing of it."""
_AMOUNT = frozenset("montant somme total amount sum".split())
_ASKS = re.compile(r"\?[\s»”\"')]*$")
"""Ends a sentence that states nothing."""
_VAGUE = re.compile(
    r"\b(?:plusieurs|several|quelques|many|few|beaucoup|nombre(?:ux|uses)|numerous|various|divers\w*)\b"
)


def type_problem(question: str, answer: str, evidence: Sequence[str]) -> TypeProblem | None:
    """Why an answer cannot be of the kind asked for; ``None`` when it can."""
    wanted = expected_type(question)
    folded = fold(answer)
    if not folded.strip():
        return None
    figures, dates = find_figures(answer), find_dates(answer)
    if set(tokens(answer)) <= REFERRING and not figures and not dates:
        return TypeProblem("nothing but a pronoun", True)
    if "?" in answer and not any("?" in sentence for sentence in evidence):
        return TypeProblem("a question", True)
    if evidence and all(_ASKS.search(sentence) for sentence in evidence):
        return TypeProblem("read off a question", True)
    if operation_of(question) == "difference" and _one_operand(figures, evidence):
        return TypeProblem("one of the figures to calculate with", True)
    if _SHARE_OF.search(fold(question)) and _is_a_count(figures) and not _FRACTION.search(folded):
        return TypeProblem("a count where a share is asked", True)
    if wanted.kind in {"when", "year"}:
        dated = bool(dates) or any(f.unit == "century" for f in figures)
        if not dated and not (wanted.kind == "when" and (_PERIOD.search(folded) or figures)):
            return TypeProblem(f"no {'year' if wanted.kind == 'year' else 'date or period'}", True)
    elif wanted.kind == "who" and _BY_PRONOUN.match(folded) and not _names_somebody(answer):
        return TypeProblem("a pronoun for who is asked", True)
    elif wanted.kind in {"who", "place"} and _is_bare_value(answer, figures):
        return TypeProblem(f"a value where a {wanted.kind} is asked", True)
    elif _AGE.search(fold(question)) and not (_AGED.search(folded) or len(tokens(answer)) <= 1):
        return TypeProblem("no age", True)
    elif _HAPPENS.search(fold(question)) and _is_bare_value(answer, figures):
        return TypeProblem("a value where an event is asked", True)
    elif _DEED.search(fold(question)) and _is_bare_name(answer):
        return TypeProblem("a name where a deed is asked", True)
    elif _OPINES.search(fold(question)) and _is_bare_value(answer, figures):
        return TypeProblem("a value where an opinion is asked", True)
    elif wanted.kind in {"money", "percentage"}:
        if _RELATIVE.search(fold(question)) and any(figure.unit == "%" for figure in figures):
            return None
        return _wrong_value(wanted, folded, figures)
    elif wanted.kind in {"count", "measure"}:
        return _wrong_count(wanted, answer, figures, evidence)
    elif wanted.kind == "amount" and not (figures or _MUCH.search(folded)):
        return _NO_FIGURE
    if asks_for_words(question) and tells_no_words(question, answer, evidence):
        return TypeProblem("nobody's words", True)
    if wanted.kind != "yes_no" and _echoes(question, folded):
        return TypeProblem("nothing but the question's own words", True)
    if _ASKS_FOR_ANOTHER.search(fold(question)) and _begins_like(question, folded):
        return TypeProblem("the question's own doer", True)
    if (
        wanted.kind == "place"
        and _repeats(question, folded)
        and not _locates(question, folded, evidence)
    ):
        return TypeProblem("no place", True)
    if wanted.kind == "reason":
        if _repeats(question, folded) and not _REASON_GIVEN.search(folded):
            return TypeProblem("no reason or purpose", True)
        source = " ".join(map(fold, evidence))
        if evidence and not _PURPOSE.search(source) and not _PURPOSE.search(folded):
            return TypeProblem("no reason or purpose", False)
    return None


def _content(text: str) -> list[str]:
    return [word for word in tokens(text) if word not in FUNCTION_WORDS and len(word) > 1]


def _echoes(question: str, answer: str) -> bool:
    """Whether the answer's words all stand in the question, which thus is only said again."""
    asked, said = _content(question), _content(answer)
    given = {figure.readings for figure in find_figures(question)}
    new = any(figure.readings not in given for figure in find_figures(answer))
    if not said or new or set(re.findall(r"\d+", answer)) - set(re.findall(r"\d+", question)):
        return False
    # A choice that the question offers is answered by one of them.
    offered = re.search(r"\b(?:ou|or|entre|between|parmi|among)\b", fold(question)) is not None
    return not offered and all(any(cognates(word, other) for other in asked) for word in said)


def _one_operand(figures: Sequence[Figure], evidence: Sequence[str]) -> bool:
    """Whether the answer gives one of several figures that its source has of the kind.

    A change that the source states as such ("a baissé de 5 millions") is an answer.
    """
    if len(figures) != 1:
        return False
    (given,) = figures
    if given.unit in {"km", "m", "mile"}:
        # What separates two places is one figure.
        return False
    same: set[Decimal] = set()
    for sentence in evidence:
        folded = fold(sentence)
        for figure in with_ellipses(find_figures(sentence)):
            if figure.kind == "ordinal" or not compatible(figure, given):
                continue
            equal = figure.readings[0] == given.readings[0]
            stated = _CHANGED_BY.search(folded[: figure.start]) or _MARGIN.match(
                folded[figure.end :]
            )
            if equal and stated:
                return False
            # "From 3 to 5 million" is found as one figure of two ends.
            same.update(figure.readings[0])
    return len(same) > 1 and given.readings[0][0] in same


def _begins_like(question: str, answer: str) -> bool:
    """Whether an answer without a verb of its own opens with somebody whom the question names."""
    said = _content(answer)
    bare = 0 < len(said) <= _BARE and not _DOES.search(answer)
    return bare and any(cognates(said[0], other) for other in _content(question))


def _repeats(question: str, answer: str) -> bool:
    """Whether the answer says at least half of the question's words again."""
    asked, said = _content(question), _content(answer)
    shared = sum(any(cognates(word, other) for other in said) for word in asked)
    return shared * 2 >= len(asked)


def _locates(question: str, answer: str, evidence: Sequence[str]) -> bool:
    """Whether a place that the question does not name follows a preposition of place.

    Between two is a place only where the source has it so: two who meet are none.
    """
    asked = _content(question)
    between = any(_BETWEEN.search(fold(sentence)) for sentence in evidence)
    return any(
        not any(cognates(match["place"], other) for other in asked)
        for match in _LOCATED.finditer(answer)
        if between or not _BETWEEN.match(match[0])
    )


def _is_bare_value(answer: str, figures: Sequence[Figure]) -> bool:
    """Whether nothing but figures, dates and function words is there."""
    rest = list(answer)
    spans = [(figure.start, figure.end) for figure in figures]
    spans += [(date.start, date.end) for date in find_dates(answer)]
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    left = [word for word in tokens("".join(rest)) if word not in FUNCTION_WORDS | _AMOUNT]
    return len(left) == 0 and (bool(figures) or bool(find_dates(answer)))


def _names_somebody(answer: str) -> bool:
    return bool(find_names(uncapitalised(answer)))


def _is_bare_name(answer: str) -> bool:
    """Whether nothing but people's or firms' names is there."""
    # Within a phrase, so that the first capital of several is that of a name.
    said = f"de {answer}" if len(tokens(answer)) > 1 else uncapitalised(answer)
    named = {key for name in names_in(said) for key in name.keys}
    return bool(named) and not set(tokens(answer)) - named - FUNCTION_WORDS


def _is_a_count(figures: Sequence[Figure]) -> bool:
    """Whether one figure stands there, of things: two may be a part and its whole."""
    return len(figures) == 1 and figures[0].unit != "%" and not is_currency(figures[0].unit)


def _wrong_value(wanted: AnswerType, folded: str, figures: Sequence[Figure]) -> TypeProblem | None:
    if not figures:
        return TypeProblem("no figure", _MUCH.search(folded) is None)
    fits = any(
        not figure.unit
        or figure.kind == "several"
        or (is_currency(figure.unit) if wanted.kind == "money" else figure.unit == "%")
        for figure in figures
    )
    if fits:
        return None
    exact = all(is_currency(figure.unit) or is_measure(figure.unit) for figure in figures)
    return TypeProblem(f"{figures[0].text} where {wanted.kind} is asked", exact)


def _wrong_count(
    wanted: AnswerType, answer: str, figures: Sequence[Figure], evidence: Sequence[str]
) -> TypeProblem | None:
    """A figure must be there, and neither it nor its source may clearly count something else.

    "Several" answers only where the source says so: its plurals do not.
    """
    years = [date for date in find_dates(answer) if date.year and not date.sure]
    if not figures:
        if _VAGUE.search(fold(answer)) and not any(_VAGUE.search(fold(s)) for s in evidence):
            return _NO_FIGURE
        # Those who are counted may be named one by one.
        named = len(tokens(answer)) > 8 and re.search(r",|\b(?:et|and)\b", answer)
        return None if years or _QUANTITY.search(fold(answer)) or named else _NO_FIGURE
    known = [figure for sentence in evidence for figure in with_ellipses(find_figures(sentence))]

    def clashes(figure: Figure) -> bool:
        # The source's own unit counts, since an answer may leave it out.
        same = [other for other in known if set(other.readings) & set(figure.readings)]
        units = {figure.unit} if figure.unit else {other.unit for other in same}
        if not units or "" in units or figure.kind == "ordinal":
            return False
        if wanted.unit in _SUMS and all(is_currency(unit) for unit in units):
            return False
        if wanted.kind == "measure":
            return all(is_currency(unit) or unit in _TIMES for unit in units)
        if is_measure(wanted.unit) or is_currency(wanted.unit):
            return all(
                (is_measure(unit) or is_currency(unit)) and unit != wanted.unit for unit in units
            )
        return all((is_measure(unit) and unit != "%") or is_currency(unit) for unit in units)

    if all(clashes(figure) for figure in figures):
        return TypeProblem(f"{figures[0].text} counts no {wanted.unit or 'such thing'}", True)
    return None
