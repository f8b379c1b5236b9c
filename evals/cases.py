"""Cases: questions with what a right answer holds. One JSON object a line, checked when loaded."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from assistant import Answer
from assistant.errors import ConfigurationError

Kind = Literal["answerable", "not_stated", "false_premise", "off_topic", "instruction", "derived"]

EVALS = Path(__file__).resolve().parent
ARTICLE_SUITE = EVALS / "suites" / "article.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """One question.

    Attributes:
        id: unique in its suite.
        language: "fr" or "en": the question's, and so the answer's.
        question: as a person would ask it.
        kind: whether the source answers it, and why not.
        gold: groups of alternatives; a right answer holds one of each group, any case.
        forbidden: what only a wrong answer holds.
        evidence: beginnings of the sentences that state the answer; one of them must be cited.
        source: path below ``evals/sources``; empty for the shipped article.
    """

    id: str
    language: Literal["fr", "en"]
    question: str
    kind: Kind
    gold: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    source: str = ""

    @property
    def answerable(self) -> bool:
        """Whether an answer is right, and an abstention wrong."""
        return self.kind in {"answerable", "derived"}

    def right(self, text: str) -> bool:
        """Whether ``text`` holds the gold and nothing forbidden."""
        said = plain(text)
        return all(any(plain(a) in said for a in group) for group in self.gold) and not any(
            plain(wrong) in said for wrong in self.forbidden
        )

    def evidenced(self, answer: Answer) -> bool:
        """Whether one of the sentences that state the answer is cited."""
        quotes = [plain(citation.quote) for citation in answer.citations]
        return any(plain(start) in quote for start in self.evidence for quote in quotes)


def plain(text: str) -> str:
    """``text`` without markers, case, and the many kinds of blanks, quotes and dashes."""
    text = unicodedata.normalize("NFKC", re.sub(r"\s*\[\d+\]", "", text)).casefold()
    return " ".join(text.translate(str.maketrans("’‘“”–—", "''\"\"--")).split())


def load_cases(suite: Path) -> tuple[Case, ...]:
    """Read a suite.

    Raises:
        ConfigurationError: naming file and line: no JSON, an unknown or missing key, a kind or
            language that there is none of, an answerable case without gold, an id twice.
    """
    cases: dict[str, Case] = {}
    for place, values in json_lines(suite):
        case = _case(place, values)
        if case.id in cases:
            raise ConfigurationError(f"{place}: the id {case.id!r} stands there twice.")
        cases[case.id] = case
    return tuple(cases.values())


def json_lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a file of JSON lines, with its file and line to name in an error.

    Raises:
        ConfigurationError: the file cannot be read; a line is no JSON object.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise ConfigurationError(f"{file}: is no UTF-8 text ({error}).") from error
    for number, line in enumerate(lines, start=1):
        place = f"{file}:{number}"
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except ValueError as error:
            raise ConfigurationError(f"{place}: is no JSON ({error}).") from error
        if not isinstance(values, dict):
            raise ConfigurationError(f"{place}: is no JSON object.")
        yield place, values


def _case(place: str, values: dict[str, Any]) -> Case:
    try:
        known = {field.name for field in fields(Case)}
        if unknown := values.keys() - known:
            raise ConfigurationError(
                f"{place}: unknown keys {sorted(unknown)}; known: {sorted(known)}."
            )
        values["gold"] = tuple(tuple(group) for group in values.get("gold", ()))
        for name in ("forbidden", "evidence"):
            values[name] = tuple(values.get(name, ()))
        case = Case(**values)
    except (ValueError, TypeError, AttributeError) as error:
        raise ConfigurationError(f"{place}: is no case ({error}).") from error
    if case.kind not in get_args(Kind) or case.language not in ("fr", "en"):
        raise ConfigurationError(
            f"{place}: unknown kind {case.kind!r} or language {case.language!r}."
        )
    if case.kind == "answerable" and not (case.gold and case.evidence):
        raise ConfigurationError(f"{place}: an answerable case needs gold and evidence.")
    return case
