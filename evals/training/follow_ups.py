"""What the rewriter learns from: follow-ups about the dense articles, and what they mean.

``follow_ups.jsonl``, written for this, a line each: the number of the ``article``, the ``language``
of the new ``question``, the ``turns`` before it (``q`` as understood, ``a`` as shown), the
``standalone`` question that is meant; to measure by, ``needs``, of each group of which one has to
stand in a right rewriting, and ``never``, what a wrong reading would have.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from assistant.answer import Language
from assistant.errors import ConfigurationError
from evals.cases import json_lines

FOLLOW_UPS = Path(__file__).with_name("follow_ups.jsonl")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up and what it means; see the module."""

    article: int
    language: Language
    turns: tuple[tuple[str, str], ...]
    question: str
    standalone: str
    needs: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]

    def understood(self, rewritten: str) -> bool:
        """Whether ``rewritten`` has what a right rewriting needs, and nothing of a wrong one."""
        text = _folded(rewritten)
        has_all = all(any(_folded(part) in text for part in group) for group in self.needs)
        return has_all and not any(_folded(part) in text for part in self.never)


def load_follow_ups(file: Path = FOLLOW_UPS) -> list[FollowUp]:
    """All of them.

    Raises:
        ConfigurationError: naming file and line.
    """
    found = []
    for place, row in json_lines(file):
        try:
            one = FollowUp(
                row["article"],
                row["language"],
                tuple((turn["q"], turn["a"]) for turn in row["turns"]),
                row["question"],
                row["standalone"],
                _groups(row["needs"]),
                tuple(row["never"]),
            )
        except (KeyError, TypeError) as error:
            raise ConfigurationError(f"{place}: is no follow-up ({error!r}).") from error
        if one.language not in get_args(Language) or not one.turns:
            raise ConfigurationError(f"{place}: needs a language and a turn before it.")
        if not one.understood(one.standalone):
            raise ConfigurationError(f"{place}: its own rewriting has not what it needs.")
        found.append(one)
    return found


def _groups(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))
