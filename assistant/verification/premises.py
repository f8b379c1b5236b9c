"""A question that takes for granted what its source says otherwise, or says of somebody else.

"Pourquoi Thales s'est-il retiré ?", where the source says that of another; "When was the race
cancelled?", where it takes place. Only what can be told to the letter; a yes-or-no question takes
nothing for granted.
"""

import re
from collections.abc import Sequence

from assistant.verification.dates import find_dates, unsupported_dates
from assistant.verification.figures import find_figures, unsupported_figures
from assistant.verification.modality import denies
from assistant.verification.name_finder import Name, named_in, names_in, takes_up
from assistant.verification.names import unsupported_names
from assistant.verification.opposites import opposite
from assistant.verification.question_type import asks_why, expected_type
from assistant.verification.sayings import asks_for_words
from assistant.verification.undone import undone
from assistant.verification.units import is_currency
from assistant.verification.words import FUNCTION_WORDS, cognates, fold, tokens, uncapitalised

_TELLS_OF_A_DEED = frozenset({"reason", "when", "year", "manner", "place"})
"""What such a question asks is said of a deed whose doer it names."""

_ASKING = frozenset(
    "pourquoi comment raison raisons date annee jour moment reason year day".split()
)
"""Words of a question that tell nothing of a deed."""

_DENIES = re.compile(
    r"\b(?:dement(?:i\w{0,3}|ent|ait|aient)?|nie[rz]?|nient|niait|den(?:y|ies|ied|ying|ial)"
    r"|refute(?:s|d|nt)?)\b"
)
_WITH_A_REASON = re.compile(
    r"\b(?:parce|puisque|because|citing|saying|arguing|raison|motif|faute|affirm\w*|assur\w*"
    r"|expliqu\w*)\b"
)
"""Beside a denial, what it is denied for."""

_INITIALS = 2
"""Letters of what is no part of a name by itself."""


def false_premise(question: str, sentence: str, others: Sequence[str]) -> bool:
    """Whether ``sentence`` says otherwise what ``question`` takes for granted.

    Args:
        question: standing alone.
        sentence: what the source says that is nearest to it.
        others: all else that was found, which may bear the question out.
    """
    kind = expected_type(question).kind
    if kind == "yes_no":
        return False
    if opposite(question, [sentence], of_deeds=True) is not None:
        return True
    # What is planned or hoped for may be asked of as such; and none is a number.
    if kind != "count" and any(verb.kind == "negation" for verb in undone(question, [sentence])):
        return True
    return (
        _another_date(question, sentence, others)
        or _another_amount(question, sentence, others)
        or (kind in _TELLS_OF_A_DEED and _somebody_else(question, sentence))
    )


def _another_date(question: str, sentence: str, others: Sequence[str]) -> bool:
    """Whether the question gives a day that nothing found has, and the sentence another."""
    wrong = [date for date in unsupported_dates(question, [sentence, *others]) if date.day]
    return bool(wrong) and any(date.day for date in find_dates(sentence))


def _another_amount(question: str, sentence: str, others: Sequence[str]) -> bool:
    """Whether the question gives an amount that nothing found has, and the sentence another."""
    units = {figure.unit for figure in find_figures(sentence)}
    # "Combien de millions d'euros" gives none.
    return any(
        figure.unit in units and is_currency(figure.unit) and figure.kind != "several"
        for figure in unsupported_figures(question, [sentence, *others])
    )


def only_denied(question: str, evidence: Sequence[str]) -> bool:
    """Whether a question asks why of what its source does nothing but deny: that has no reason.

    Args:
        question: standing alone.
        evidence: the sentences that an answer cites.
    """
    if not evidence or not asks_why(question) or _DENIES.search(fold(question)):
        return False
    said = [fold(sentence) for sentence in evidence]
    return all(_DENIES.search(one) and not _WITH_A_REASON.search(one) for one in said)


def told_of_others(question: str, claim: str, evidence: Sequence[str]) -> bool:
    """Whether an answer rests on what others did or said than whom the question asks of.

    "Qu'a déclaré le patron de Capgemini ?" is not answered by what that of Atos declared, nor "Will
    Besson come?" with "No, he will not" by who else left.

    Args:
        question: standing alone.
        claim: what answers.
        evidence: the cited sentences; whom one of them takes up, it may be about.
    """
    asked = uncapitalised(question)
    named = names_in(asked)
    kind = expected_type(question).kind
    denied = kind == "yes_no" and denies(claim) and not any(map(denies, evidence))
    of_a_deed = (denied or kind in _TELLS_OF_A_DEED) and _is_doer(asked, named)
    if not named or not (of_a_deed or asks_for_words(question)):
        return False
    # "Mr Achebe" may be "Desmond Achebe".
    known = {word for sentence in evidence for word in tokens(sentence)}
    in_part = any(len(word) > _INITIALS and word in known for name in named for word in name.keys)
    return (
        not in_part
        and len(unsupported_names(asked, evidence)) == len(named)
        and any(named_in(sentence) for sentence in evidence)
        and not any(takes_up(sentence) for sentence in evidence)
    )


def _somebody_else(question: str, sentence: str) -> bool:
    """Whether the sentence tells the same deed of somebody, and names none whom the question does.

    "Pourquoi le ministre veut-il voir Thales ?" says nothing of what Thales did, and a sentence
    about something else corrects nothing.
    """
    asked = uncapitalised(question)
    named = names_in(asked)
    missing = unsupported_names(asked, [sentence])
    if not 0 < len(named) == len(missing) or not named_in(sentence) or takes_up(sentence):
        return False
    deed = set(tokens(asked)) - FUNCTION_WORDS - _ASKING
    deed -= {word for name in named for word in tokens(asked[name.start : name.end])}
    told = set(tokens(sentence))
    return _is_doer(asked, named) and any(cognates(one, other) for one in deed for other in told)


def _is_doer(asked: str, named: Sequence[Name]) -> bool:
    """Whether whom a question names first does what it asks about: nobody else comes before.

    "The Kestrow Ridge telescope" is a telescope, and may be taken up as one.
    """
    if not named:
        return False
    before, after = tokens(asked[: named[0].start]), tokens(asked[named[0].end :])
    thing = before[-1:] == ["the"] and not FUNCTION_WORDS.issuperset(after[:1])
    return not thing and (FUNCTION_WORDS | _ASKING).issuperset(before)
