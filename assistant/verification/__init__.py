"""Checks that a claim says no more than the sentences it cites."""

from assistant.verification.answer_type import type_problem
from assistant.verification.changes import with_working
from assistant.verification.corrections import corrected
from assistant.verification.dates import Date, find_dates, unsupported_dates, without_added_parts
from assistant.verification.exact import Around, Problem, exact_problems
from assistant.verification.figures import Figure, find_figures, unsupported_figures
from assistant.verification.name_finder import find_names
from assistant.verification.names import NameProblem, unsupported_names
from assistant.verification.premises import false_premise
from assistant.verification.question_type import AnswerType, asks_for_a_figure, expected_type
from assistant.verification.words import left_over, wrong_language

__all__ = [
    "AnswerType",
    "Around",
    "Date",
    "Figure",
    "NameProblem",
    "Problem",
    "asks_for_a_figure",
    "corrected",
    "exact_problems",
    "expected_type",
    "false_premise",
    "find_dates",
    "find_figures",
    "find_names",
    "left_over",
    "type_problem",
    "unsupported_dates",
    "unsupported_figures",
    "unsupported_names",
    "with_working",
    "without_added_parts",
    "wrong_language",
]
