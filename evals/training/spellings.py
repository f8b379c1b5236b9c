"""What the speller learns from: careless questions, and what they ask in plain words.

``spellings.jsonl``, written for this, a line each: the ``language``, the question as ``typed`` (in
the spelling of text messages, with slips, in keywords, in both languages at once) and as
``written`` out: wholly in the language, and asking for neither more nor less.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import get_args

from assistant.answer import Language
from assistant.errors import ConfigurationError
from evals.cases import json_lines

SPELLINGS = Path(__file__).with_name("spellings.jsonl")

_KEPT = 8
"""One in so many is kept from the training, to measure by."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A careless question and what it asks; see the module."""

    language: Language
    typed: str
    written: str

    @property
    def kept(self) -> bool:
        """Whether nothing may be trained on it."""
        return sha256(self.written.encode()).digest()[-1] % _KEPT == 0


def load_spellings(file: Path = SPELLINGS) -> list[Spelling]:
    """All of them.

    Raises:
        ConfigurationError: naming file and line.
    """
    found = []
    for place, row in json_lines(file):
        try:
            one = Spelling(row["language"], row["typed"], row["written"])
        except (KeyError, TypeError) as error:
            raise ConfigurationError(f"{place}: is no spelling ({error!r}).") from error
        if one.language not in get_args(Language) or not one.typed:
            raise ConfigurationError(f"{place}: needs a language and what was typed.")
        if not str(one.written).endswith("?"):
            raise ConfigurationError(f"{place}: what is written out is no question.")
        found.append(one)
    return found
