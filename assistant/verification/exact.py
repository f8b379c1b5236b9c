"""All exact checks of a claim against the sentences it cites."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.verification.added import additions
from assistant.verification.answer_type import type_problem
from assistant.verification.arithmetic import operation_of
from assistant.verification.changes import calculated, ends_stated, misread, turned_round
from assistant.verification.contrasts import contrasted
from assistant.verification.dates import hours_in_digits, unsupported_dates
from assistant.verification.doers import exchanged
from assistant.verification.figures import find_figures, unsupported_figures, without_its_limit
from assistant.verification.modality import modality_problems
from assistant.verification.name_finder import named_in, takes_up_somebody
from assistant.verification.names import unsupported_names
from assistant.verification.opposites import abstained_instead, opposite
from assistant.verification.owners import swapped_figures
from assistant.verification.payments import left_out, share_for_whole
from assistant.verification.periods import of_another_year, part_for_whole
from assistant.verification.premises import only_denied, told_of_others
from assistant.verification.quantifiers import is_outranked
from assistant.verification.question_type import asks_why, expected_type
from assistant.verification.quotations import misquoted
from assistant.verification.rates import other_rate
from assistant.verification.remainders import instead_of_remainder, of_those_who_do_not
from assistant.verification.roles import holder_is_known, unsupported_roles
from assistant.verification.sayings import misdated
from assistant.verification.shares import is_borne_out, is_rest
from assistant.verification.successions import wrong_end
from assistant.verification.supposed import only_supposed
from assistant.verification.undone import hardened, undone
from assistant.verification.words import (
    PERSONS,
    REFERRING,
    Language,
    fold,
    tokens,
    uncapitalised,
    wrong_language,
)

ProblemKind = Literal["figure", "date", "name", "negation", "modality", "cause", "quantifier",
                      "owner", "role", "time", "answer_type", "language", "quotation"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a claim that its sources do not bear out.

    Attributes:
        kind: a short constant, see ``ProblemKind``.
        detail: the words concerned, for logs and tests.
        hard: the claim must not be shown; else it is weaker or stronger than its sources.
    """

    kind: ProblemKind
    detail: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the sentences that a claim cites.

    Attributes:
        near: title and sentences before; whom they name, the cited ones may take up.
        whole: texts of the documents, where somebody is named in full once.
    """

    near: Sequence[str]
    whole: Sequence[str]

    def may_mean(self, name: str, sentences: Sequence[str]) -> bool:
        """Whether the sentences may speak of whom a claim calls ``name``: entailment has to tell.

        "The company" is whom the title names, and "Ms Quill" is "Sarah Quill".
        """
        mine = tokens(name)
        short = [set(run.keys) - _TITLES for s in sentences for run in named_in(s)]
        # "Marc Quill" is none of "Sarah Quill".
        in_full = any(mine[-1:] == [*run] for run in short)
        if in_full and any(name in text for text in self.whole):
            return True
        taken_up = any(takes_up_somebody(sentence) for sentence in sentences)
        # Within a phrase, so that its first capital is that of a name.
        return taken_up and not unsupported_names(f"de {name}", [*self.near, *sentences])


def exact_problems(
    claim: str,
    evidence: Sequence[str],
    question: str,
    language: Language,
    around: Around | None = None,
) -> list[Problem]:
    """Everything that the exact checks find wrong with a claim; empty when nothing is.

    Args:
        claim: one proposed statement, or a few words.
        evidence: the sentences it cites, each in its source's language.
        question: what was asked; it supports nothing, but spells names and sets the type.
        language: the language that the claim has to be in.
        around: where whom the sentences take up is named.
    """
    claim = hours_in_digits(unicodedata.normalize("NFC", claim))
    question = unicodedata.normalize("NFC", question)
    sentences = tuple(unicodedata.normalize("NFC", sentence) for sentence in evidence)
    problems: list[Problem] = []
    difference = calculated(claim, sentences, question)
    for figure in unsupported_figures(claim, sentences, question):
        if difference and figure.start == difference.figure.start:
            continue
        if ends_stated(claim, figure, sentences) or is_rest(figure, sentences):
            continue
        if is_borne_out(figure, claim, sentences):
            continue
        detail = f"{figure.text} (only in the question)" if figure.from_question else figure.text
        # "Les deux", and "les trois investisseurs" of whom the question speaks.
        pair = not figure.unit and figure.readings[0][0] == 2
        few = figure.from_question and figure.readings[0][0] <= _FEW
        taken_up = figure.definite and (pair or few)
        problems.append(Problem("figure", detail, not taken_up))
    if (change := misread(claim, sentences, question)) is not None:
        problems.append(Problem("figure", change.text, True))
    if (rate := other_rate(claim, sentences, question)) is not None:
        problems.append(Problem("figure", rate.text, True))
    for other in (
        of_another_year(claim, sentences, question),
        part_for_whole(claim, sentences, question),
        turned_round(claim, sentences),
        without_its_limit(claim, sentences),
    ):
        if other is not None:
            problems.append(Problem("figure", other.text, True))
    problems += [Problem("date", date.text, True) for date in unsupported_dates(claim, sentences)]
    if (date := misdated(claim, sentences, question)) is not None:
        problems.append(Problem("time", date.text, True))
    words = {word for sentence in sentences for word in tokens(sentence)}
    refers = bool(REFERRING & words)
    for name in unsupported_names(claim, sentences, question):
        detail = f"{name.name} → {name.correction}" if name.correction else name.name
        # "Il" in the source may well be whom the question names; entailment has to tell.
        meant = name.from_question and refers
        meant = meant or (around is not None and around.may_mean(name.name, sentences))
        problems.append(Problem("name", detail, not meant))
    wanted = expected_type(question).kind
    for problem in modality_problems(claim, sentences):
        if problem.detail.startswith("first:") and wanted != "yes_no" and _FIRST.search(question):
            # "When was it first lit?" takes it for granted, as its source does.
            continue
        ranked = operation_of(question) in {"most", "least"}
        if problem.detail.startswith("superlative:") and ranked:
            # "Who pays the most?": see ``is_outranked``.
            continue
        problems.append(Problem(_KINDS[problem.kind], problem.detail, problem.hard))
    reversed_ = opposite(claim, sentences)
    if reversed_ is None and asks_why(question):
        # "Why does she support it?" is not answered by why she opposes it.
        reversed_ = opposite(question, sentences)
    if reversed_ is not None:
        detail = f"{reversed_.said} ↔ {reversed_.stated}"
        problems.append(Problem("negation", detail, True))
    # A bare "12 millions" is given to whom the question asks about, for what it asks.
    bare = len(claim.split()) <= _BARE and not find_figures(question)
    asked = uncapitalised(question) if bare else ""
    if is_outranked(claim, sentences, question):
        problems.append(Problem("quantifier", "outranked", True))
    if (will := hardened(claim, sentences, question)) is not None:
        problems.append(Problem("modality", will, True))
    if (supposed := only_supposed(claim, sentences, question)) is not None:
        problems.append(Problem("modality", supposed, True))
    if (word := contrasted(claim, sentences)) is not None:
        problems.append(Problem("negation", word, True))
    stated = f"{asked} {claim}" if bare and find_figures(claim) else claim
    for verb in undone(stated, sentences, question):
        problems.append(Problem(verb.kind, verb.verb, True))
    for swap in swapped_figures(f"{asked} {claim}", sentences):
        problems.append(Problem("owner", f"{swap.owner}: {swap.figure}", True))
    if (share := share_for_whole(claim, sentences, question)) is not None:
        problems.append(Problem("owner", share.text, True))
    if (other := left_out(claim, sentences, question)) is not None:
        problems.append(Problem("quantifier", other.text, True))
    rest = None if difference else instead_of_remainder(claim, sentences, question)
    if rest is not None:
        problems.append(Problem("owner", rest.text, True))
    if (who_do_not := of_those_who_do_not(claim, sentences, question)) is not None:
        problems.append(Problem("negation", who_do_not.text, True))
    if abstained_instead(claim, sentences, question):
        problems.append(Problem("negation", "abstained", True))
    if only_denied(question, sentences):
        problems.append(Problem("cause", "denied", True))
    if told_of_others(question, claim, sentences):
        problems.append(Problem("owner", question, True))
    for role in unsupported_roles(claim, sentences, question):
        # "Il" in the source may well be "le ministre" of whom the question speaks.
        taken_up = bool(PERSONS & words) and role.role in fold(question)
        known = around is not None and holder_is_known(role.role, question, around.whole)
        taken_up = not role.of and (taken_up or known)
        problems.append(Problem("role", f"{role.role} {role.of}".rstrip(), not taken_up))
    if (party := exchanged(claim, sentences, question)) is not None:
        problems.append(Problem("role", party, True))
    if (party := wrong_end(claim, sentences, question)) is not None:
        problems.append(Problem("role", party, True))
    if (quoted := misquoted(claim, sentences, language)) is not None:
        problems.append(Problem("quotation", quoted, True))
    for added in additions(claim, sentences, question):
        problems.append(Problem(added.kind, added.detail, True))
    mistyped = type_problem(question, claim, sentences) if question.strip() else None
    if mistyped is not None:
        problems.append(Problem("answer_type", mistyped.detail, mistyped.hard))
    if wrong_language(claim, language, sentences, question):
        problems.append(Problem("language", fold(claim)[:80], True))
    return problems


_KINDS: dict[str, ProblemKind] = {
    "negation": "negation",
    "modality": "modality",
    "cause": "cause",
    "quantifier": "quantifier",
}

_TITLES = frozenset("m mm mme mlle mr mrs ms miss dr sir lady".split())

_FIRST = re.compile(r"\b(?:first|premi[eè]re?s?)\b", re.I)

_FEW = 10
"""What a question may count that the cited sentences only name."""

_BARE = 6
"""Words of an answer that names nobody of its own."""
