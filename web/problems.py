"""What went wrong, as a reader is told: its kind, in their language. The details go to the log."""

from typing import Final

from assistant.errors import (
    ConfigurationError,
    CorpusError,
    FetchFailed,
    IndexDamaged,
    IndexMismatch,
    ModelError,
    ModelNotFetched,
)
from web.texts import Texts

# The first that fits: a kind comes before those that it is one of.
_KINDS: Final[tuple[tuple[tuple[type[Exception], ...], str], ...]] = (
    ((ModelNotFetched, FetchFailed), "problem_fetch"),
    ((ModelError,), "problem_model"),
    ((IndexDamaged, IndexMismatch), "problem_index"),
    ((CorpusError,), "problem_source"),
    ((ConfigurationError,), "problem_setting"),
)

KEYS: Final = frozenset({*(key for _, key in _KINDS), "problem_other"})
"""Every key that ``problem`` gives."""


def problem(error: BaseException | None) -> str:
    """The key of the text for ``error``; ``None`` is an error that nobody foresaw."""
    return next((key for kinds, key in _KINDS if isinstance(error, kinds)), "problem_other")


def not_started(failure: BaseException | None, words: Texts) -> str:
    """That the program could not start, and which kind of ``failure`` kept it from it."""
    return words["failed_start"].format(problem=words[problem(failure)])
